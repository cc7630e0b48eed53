"""The Berita Acara of the ballot box: of its closing and of the count."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from anas.documents import minutes, papers, services, words
from anas.documents.models import Document
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry
from scoring.models import StageScore
from tests import cast
from tests.documents.conftest import SITE, pages_of, text_of
from voting import ceremony, counting, keys, sealing, turnout
from voting.models import Poll

pytestmark = pytest.mark.once  # what is drawn on paper comes from facts that are kept as JSON

READERS = ["kartika", "hadi", "lina", "wulan"]
EVERYBODY = [*READERS, "maya", "siti", "ratna", "oki"]


def poll_of(round) -> Poll:
    return Poll.objects.select_related("stage").get(stage__round=round)


def closed(office, *, voters: str = "agus budi candra dian ratna"):
    """A round whose box is closed with the votes of these."""
    round = cast.play(office, to="polling")
    firsts = {code: cast.Nominee.objects.get(pk=some[0]) for code, some in poll_of(round).contests.items()}
    for name in voters.split():
        cast.vote(office, round, getattr(office, name), **({} if name == "ratna" else firsts))
    rounds.close_stage(cast.again(round), by=office.kartika)
    return cast.again(round)


@pytest.fixture
def round(office):
    return closed(office)


@pytest.fixture
def counted(office, round):
    counting.count(round, by=office.kartika, keys=office.keys)
    return cast.again(round)


def issue(office, round, kind="closing", *, number="1/BA/2026", day=None, by="kartika", **more) -> Document:
    date = day or timezone.localdate()
    by = cast.fresh(getattr(office, by))
    return services.issue_minutes(round, kind=kind, number=number, date=date, by=by, site=SITE, **more)


def test_the_minutes_of_the_closing_say_what_was_in_the_box(office, round):
    text = text_of(issue(office, round, place="Ruang Rapat").pdf)
    poll = poll_of(round)
    now = turnout.overall(poll)

    assert (now.voters, now.voted) == (23, 5)
    assert f"Pada {words.day_in_words(timezone.localdate())}, bertempat di Ruang Rapat," in text
    assert "Daftar pemilih tetap 23 (dua puluh tiga) pegawai" in text
    assert "Telah memilih 5 (lima) pegawai" in text
    assert "Tingkat partisipasi 21,74%" in text
    assert "5 (lima) amplop" in text
    for fact in (poll.envelope_root, bytes(poll.public_key).hex(), round.scheme_hash, "NOMOR 1/BA/2026"):
        assert fact in text


def test_every_envelope_stands_in_the_attachment_in_order(office, round):
    text = text_of(issue(office, round).pdf)
    hashes = poll_of(round).envelope_hashes

    places = [text.index(f"{number} {one}") for number, one in enumerate(hashes, 1)]
    assert len(hashes) == 5 and places == sorted(places)
    assert hashlib.sha256("".join(f"{one}\n" for one in hashes).encode()).hexdigest() in text


def test_the_minutes_of_the_count_say_the_votes_and_the_stored_scores(office, counted):
    issue(office, counted)
    text = text_of(issue(office, counted, "count", number="2/BA/2026").pdf)
    poll = poll_of(counted)

    assert "Surat suara yang dihitung 5 (lima) surat suara" in text
    assert "Amplop tidak sah 0 (nol) amplop" in text
    for tally in counting.tallies(poll).values():
        for pk, votes in tally.votes.items():
            score = StageScore.objects.get(stage=poll.stage, nominee=pk)
            assert f"{score.nominee.name} {score.nominee.unit} {votes} {words.score(score.score)}" in text
    assert text.count("Suara sah: 4 (empat). Abstain: 1 (satu).") == 3
    assert "Berita Acara Penutupan Kotak Suara Nomor 1/BA/2026" in text


def test_a_share_is_never_computed_for_the_paper(office, counted):
    """What is stored is printed, also where it were wrong."""
    StageScore.objects.filter(stage=poll_of(counted).stage).update(score="12.34")

    assert text_of(issue(office, counted, "count").pdf).count("12,34") == 6


def broken(self, plain: bytes):
    raise sealing.BadEnvelope("does not open")


def test_an_envelope_that_does_not_open_is_reported(office, round, monkeypatch):
    poll = poll_of(round)
    with monkeypatch.context() as patch:
        patch.setattr(sealing.Opener, "_checked", broken)
        counting.count(round, by=office.kartika, keys=office.keys)
    text = text_of(issue(office, cast.again(round), "count").pdf)

    assert len(poll.envelope_hashes) == 5
    assert "dihitung 0 (nol) surat suara Amplop tidak sah 5 (lima) amplop" in text


def test_who_signs_the_closing_and_the_count(office, counted):
    assert [signer["name"] for signer in issue(office, counted).data["signers"]] == [
        "Kartika Sari", "Wulan Sari", "Lina Marlina",
    ]  # fmt: skip
    text = text_of(issue(office, counted, "count", number="2").pdf)
    assert "1. Kartika Sari Pelaksana Panitia, yang melaksanakan penghitungan suara" in text
    assert "2. Wulan Sari Pelaksana Saksi" in text


def test_keyholders_who_brought_their_parts_are_named_and_sign_once(office):
    keepers = keys.KeyParts([office.hadi, office.siti, office.wulan], 2)
    round = cast.play(office, to="tim")
    cast.assess_all(office, round)
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    rounds.advance(cast.again(round), by=office.kartika, keys=keepers)
    poll = poll_of(round)
    words_of = {}
    for share in poll.shares.select_related("keyholder"):
        part = keys.waiting(poll, share.index)
        words_of[share.keyholder.name.split()[0].lower()] = " ".join(part.words)
        typed = {"first": part.words[share.first_asked - 1], "second": part.words[share.second_asked - 1]}
        ceremony.confirm(share, **typed, by=cast.fresh(share.keyholder))
    cast.vote(office, cast.again(round), office.ratna)
    rounds.close_stage(cast.again(round), by=office.kartika)
    for name in ("siti", "wulan"):
        ceremony.bring(cast.again(round), words=words_of[name], by=office.kartika)
    counting.count(cast.again(round), by=office.kartika)

    closing = issue(office, cast.again(round))
    count = issue(office, cast.again(round), "count", number="2")
    assert [holder["name"] for holder in closing.data["keyholders"]] == ["Hadi Purnomo", "Siti Rahayu", "Wulan Sari"]
    assert "terbagi atas 3 bagian; penghitungan memerlukan 2 di antaranya" in text_of(closing.pdf)
    assert [holder["name"] for holder in count.data["keyholders"]] == ["Siti Rahayu", "Wulan Sari"]
    assert [(signer["name"], signer["roles"][1:]) for signer in count.data["signers"]] == [
        ("Kartika Sari", []), ("Siti Rahayu", []), ("Wulan Sari", ["Saksi"]), ("Lina Marlina", []),
    ]  # fmt: skip


def test_they_are_kept_with_number_hash_and_code_and_leave_their_trace(office, round):
    kept = Document.objects.get(pk=issue(office, round).pk)
    entry = AuditEntry.objects.filter(action="document.issued").last()

    assert hashlib.sha256(bytes(kept.pdf)).hexdigest() == kept.sha256
    assert papers.render("closing", kept.data) == bytes(kept.pdf)
    assert (kept.state, kept.number, kept.scheme_hash) == ("issued", "1/BA/2026", round.scheme_hash)
    assert (entry.actor, entry.detail["kind"], entry.detail["sha256"]) == (office.kartika, "closing", kept.sha256)
    assert "-".join(kept.code[start : start + 4].upper() for start in range(0, 20, 4)) in text_of(kept.pdf)


def test_nothing_in_them_tells_who_voted(office, round):
    document = issue(office, round)

    for name in ("Agus Salim", "Budi Santoso", "Ratna Juwita"):
        assert name not in text_of(document.pdf) and name not in str(document.data)


def test_many_envelopes_fill_many_pages(office, round):
    data = issue(office, round).data
    hashes = sorted(hashlib.sha256(str(number).encode()).hexdigest() for number in range(1000))
    paper = pages_of(papers.render("closing", {**data, "hashes": hashes}))

    found = [word for page in paper for word in page.split() if len(word) == 64]
    assert len(paper) == 7
    assert [one for one in found if one in set(hashes)] == hashes


@pytest.mark.parametrize(("width", "count"), [(165, 5), (165, 8000), (160, 99999), (90, 8000), (125, 100)])
def test_the_hashes_fit_the_width_of_the_paper(width, count):
    columns, size = papers.hash_columns(width, count)
    line = papers.numbered(["f" * 64] * 2, columns)[0]

    assert 5 <= size <= 7
    assert (len(line) + columns * (len(str(count)) - 1)) * size * 0.6 * 25.4 / 72 <= width


def test_long_names_are_never_cut(office, round):
    name = "Raden Ajeng Maharani Kusumawardhani Prawiranegara Sastrowardoyo Tanpa Singkatan"
    Employee.objects.filter(pk=office.wulan.pk).update(name=name, title_after="S.Sos., S.H., M.Si.")

    assert f"{name}, S.Sos., S.H., M.Si.".replace(" ", "") in text_of(issue(office, round).pdf).replace(" ", "")


def refusal(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.reasons


@pytest.mark.usefixtures("no_paper")
def test_each_is_issued_in_its_time_and_once(office):
    round = cast.play(office, to="polling")
    assert refusal(issue, office, round) == ["The ballot box has not been closed yet."]
    rounds.close_stage(round, by=office.kartika)
    assert refusal(issue, office, round, "count") == ["The votes have not been counted yet."]
    issue(office, round)
    assert refusal(issue, office, round, number="2") == ["These minutes have already been issued."]


@pytest.mark.usefixtures("no_paper")
def test_only_the_committee_issues_them(office, round):
    for name in EVERYBODY[1:]:
        assert refusal(issue, office, round, by=name) == ["Only the committee can do this."]
    assert not Document.objects.exists()


@pytest.mark.usefixtures("no_paper")
def test_both_are_numbered_in_one_register(office, counted):
    issue(office, counted, number="7/BA/DPMPTSP/2026")

    assert refusal(issue, office, counted, "count", number="7/BA/DPMPTSP/2026") == [
        "The number 7/BA/DPMPTSP/2026 has already been given to another document."
    ]


@pytest.mark.usefixtures("no_paper")
def test_the_day_lies_neither_before_the_act_nor_far_ahead(office, round):
    today = timezone.localdate()

    assert "before the act itself" in refusal(issue, office, round, day=today - timedelta(1))[0]
    assert refusal(issue, office, round, day=today + timedelta(400)) == ["The date lies more than a year ahead."]


def address(round, name: str, *more) -> str:
    return reverse(f"documents:{name}", args=[round.pk, *more])


@pytest.mark.usefixtures("no_paper")
def test_the_committee_issues_them_on_their_page(office, counted, login):
    client = login(office.kartika)
    page = client.get(address(counted, "list")).content.decode()
    assert address(counted, "closing_minutes") in page and address(counted, "count_minutes") in page

    form = client.get(address(counted, "closing_minutes")).context["form"]
    day = timezone.localdate()
    assert form["number"].value() == f"1/BA/DPMPTSP/{day.year}"
    data = {"number": form["number"].value(), "date": day.isoformat(), "place": "Aula"}
    assert client.post(address(counted, "closing_minutes"), data).url == address(counted, "list")

    kept = Document.objects.get()
    assert (kept.kind, kept.number, kept.data["place"]) == ("closing", data["number"], "Aula")
    form = client.get(address(counted, "count_minutes")).context["form"]
    assert form["number"].value() == f"2/BA/DPMPTSP/{day.year}"
    page = client.get(address(counted, "list")).content.decode()
    assert address(counted, "closing_minutes") not in page and "Minutes of the closing" in page
    assert kept.get_absolute_url() in page


@pytest.mark.usefixtures("no_paper")
def test_what_cannot_be_stays_in_the_form(office, round, login):
    data = {"number": "x" * 200, "date": "2020-01-01", "place": " "}
    response = login(office.kartika).post(address(round, "closing_minutes"), data)

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"number", "date", "place"}
    assert not Document.objects.exists()


@pytest.mark.usefixtures("no_paper")
def test_before_the_close_the_page_says_why_not(office, login):
    round = cast.play(office, to="usulan")
    for name in ("closing_minutes", "count_minutes"):
        page = login(office.kartika).get(address(round, name)).content.decode()
        assert "There is no ballot box in this round yet." in page and "btn-primary" not in page


@pytest.mark.usefixtures("no_paper")
def test_who_reaches_the_pages_and_the_paper(office, round, login):
    document = issue(office, round)

    def statuses(path: str) -> dict[str, int]:
        return {who: login(getattr(office, who)).get(path).status_code for who in EVERYBODY}

    for name in ("closing_minutes", "count_minutes"):
        assert statuses(address(round, name)) == {who: 200 if who == "kartika" else 404 for who in EVERYBODY}
    assert statuses(document.get_absolute_url()) == {who: 200 if who in READERS else 404 for who in EVERYBODY}


def test_employees_get_them_after_the_announcement(office, login):
    round = cast.play(office, to="announced")
    document = issue(office, round)

    response = login(office.ratna).get(document.get_absolute_url())
    assert response.headers["Content-Disposition"] == 'attachment; filename="berita-acara-1-ba-2026.pdf"'
    assert login(office.oki).get(document.get_absolute_url()).status_code == 404


def test_anybody_can_check_them_by_their_code(office, round, client):
    document = issue(office, round)
    page = client.get(reverse("documents:verify", args=[document.code])).content.decode()

    for fact in ("1/BA/2026", document.sha256, poll_of(round).envelope_root, document.title):
        assert fact in page
    assert "Winners" not in page and "Signatory" not in page


def test_they_are_pages_of_the_office_s_paper_with_titles(office, round):
    reader = PdfReader(BytesIO(bytes(issue(office, round).pdf)))

    assert reader.metadata.title == "Berita Acara Penutupan Kotak Suara Nomor 1/BA/2026"
    assert {tuple(round_(side) for side in page.mediabox[2:]) for page in reader.pages} == {(215, 330)}


def round_(points: float) -> int:
    return int(float(points) / 72 * 25.4 + 0.5)


@pytest.mark.usefixtures("no_paper")
def test_the_usual_place_is_the_office(office, round):
    assert minutes.usual_place(round) == "DPMPTSP, Batu"
    assert issue(office, round).data["place"] == "DPMPTSP, Batu"
