"""The papers about assessment and result: who issues and reads them, when, once; what becomes of them."""

import base64
import datetime
from io import BytesIO

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from anas.documents import life, portraits, publishing, services
from anas.documents.models import Document
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry
from scoring.models import StageScore
from tests import cast
from tests.documents.conftest import SITE, issue
from tests.documents.short import round_with_result
from tests.nominations import helpers

pytestmark = pytest.mark.usefixtures("no_paper")

EVERYBODY = ["kartika", "hadi", "lina", "wulan", "maya", "siti", "ratna", "oki"]
READERS = ["kartika", "hadi", "lina", "wulan"]
DAY = timezone.localdate


def refusals(act, *args, **kwargs) -> list[str]:
    before = list(Document.objects.order_by("pk").values("pk", "state"))
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(*args, **kwargs)
    assert list(Document.objects.order_by("pk").values("pk", "state")) == before
    return refused.value.reasons


def announce(office, round, *, number="1/PENG/2026", date=None, by="kartika", **more) -> Document:
    who = {"by": cast.fresh(getattr(office, by)), "site": SITE}
    return publishing.issue_announcement(cast.again(round), number=number, date=date or DAY(), **more, **who)


def poster(office, round, *, by="kartika", **more) -> Document:
    return publishing.issue_poster(cast.again(round), by=cast.fresh(getattr(office, by)), site=SITE, **more)


def recap(office, round, *, by="kartika") -> Document:
    by = cast.fresh(getattr(office, by))
    return publishing.issue_recap(cast.again(round), number="1/REKAP/2026", date=DAY(), by=by, site=SITE)


def minutes(office, round, *, by="kartika") -> Document:
    by = cast.fresh(getattr(office, by))
    return services.issue_minutes(cast.again(round), kind="assessment", number="1/BA/2026", date=DAY(), by=by)


def url(round, name: str, *more) -> str:
    return reverse(f"documents:{name}", args=[round.pk, *more])


def state(document: Document) -> str:
    return Document.objects.get(pk=document.pk).state


@pytest.fixture
def announced(office, decree) -> Document:
    return announce(office, decree.round)


def test_the_assessment_is_minuted_once_it_is_closed(office):
    round = cast.play(office, to="tim")
    assert refusals(minutes, office, round) == ["The assessment by the team has not been closed yet."]

    cast.assess_all(office, round)
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    (stage,) = minutes(office, round).data["stages"]

    assert [[one["goes_on"] for one in contest["nominees"]] for contest in stage["contests"]] == [
        [True, True, False, False]
    ] * 3
    assert refusals(minutes, office, round) == ["These minutes have already been issued."]


def test_a_tie_that_is_open_has_to_be_decided_first(office):
    round = cast.play(office, to="tim")
    cast.assess_all(office, round)
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    StageScore.objects.filter(stage__round=round).update(score=80)

    assert refusals(minutes, office, round) == ["A tie has still to be decided."]


def test_the_minutes_tell_the_same_whenever_they_are_issued(office):
    """What came after the assessment changes nothing in who went on and why, poll and result included."""
    round = cast.play(office, to="approved")
    StageScore.objects.filter(stage__round=round, stage__code="tim").update(score=70)
    StageScore.objects.filter(stage__round=round, stage__code="polling").update(score=99)
    told = minutes(office, round).data["stages"][0]["contests"][0]

    # By the units' scores, as it was then, not by the poll, in which only the finalists have a score.
    assert [one["unit"] for one in told["nominees"]] == [
        "Bidang Data", "Bidang Promosi", "Bidang Perizinan", "Sekretariat",
    ]  # fmt: skip
    (tie,) = told["ties"]
    assert tie["how"][0].startswith("Dibandingkan menurut nilai Usulan bidang: Dian Puspita 85,43")


def test_scores_of_those_who_did_not_make_it_are_for_readers_and_the_team(office, login):
    """DOMAIN section 6: the minutes of the assessment name everybody's score, also after the announcement."""
    round = cast.play(office, to="announced")
    found = {"assessment": minutes(office, round), "recap": recap(office, round)}

    def readers(document: Document) -> list[str]:
        address = document.get_absolute_url()
        return [who for who in EVERYBODY if login(getattr(office, who)).get(address).status_code == 200]

    assert readers(found["assessment"]) == [*READERS, "maya"]
    assert readers(found["recap"]) == [*READERS, "maya", "siti", "ratna"]
    assert "1/BA/2026" not in login(office.ratna).get(url(round, "list")).content.decode()


def test_the_team_reads_its_minutes_before_the_announcement_too(office, login):
    document = minutes(office, cast.play(office, to="polling"))

    for who, status in (("maya", 200), ("siti", 404), ("ratna", 404)):
        assert login(getattr(office, who)).get(document.get_absolute_url()).status_code == status


def test_only_the_committee_issues_them(office, decree):
    for who in ("hadi", "lina", "wulan", "ratna"):
        for act in (announce, poster, recap, minutes):
            assert refusals(act, office, decree.round, by=who) == ["Only the committee can do this."]


def test_a_portrait_is_small_and_upright_and_a_torn_file_is_none():
    photo, torn = helpers.picture("a.jpg", size=(900, 700)), helpers.picture("b.png", "PNG", (900, 700))
    torn.truncate(60)
    small = base64.b64decode(portraits.small(photo))

    assert Image.open(BytesIO(small)).size == (600, 800)
    assert (portraits.small(torn), portraits.small(None)) == ("", "")


def test_the_announcement_waits_for_the_decree_and_the_poster_for_the_announcement(office, approved):
    assert refusals(announce, office, approved) == [
        "The decree has not been issued yet; the announcement refers to it."
    ]
    assert refusals(poster, office, approved) == [
        "The announcement has not been issued yet; the poster bears its number."
    ]


def test_the_recap_waits_for_the_approval(office):
    assert refusals(recap, office, cast.play(office, to="kepala")) == ["There is no result yet."]
    assert refusals(recap, office, round_with_result(office, approved=False)) == [
        "The head of the office has not approved the result yet."
    ]


def test_each_is_issued_once(office, decree, announced):
    assert refusals(announce, office, decree.round, number="2/PENG") == ["This document has already been issued."]


def test_the_constraint_stops_a_second_one_that_slips_through(office, decree, announced, monkeypatch):
    monkeypatch.setattr("anas.documents.guards.reasons_not_to_issue_announcement", lambda *args: [])

    assert refusals(announce, office, decree.round, number="2/PENG/2026") == [
        "The number 2/PENG/2026 has already been given to another document."
    ]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"objections_to": "Sekretariat"}, "Say both where one can object and until when, or neither."),
        ({"objections_until": DAY()}, "Say both where one can object and until when, or neither."),
        (
            {"objections_to": "x", "objections_until": DAY() - datetime.timedelta(1)},
            "One can object until a day after the announcement, not before it.",
        ),
        (
            {"objections_to": "x" * 251, "objections_until": DAY()},
            "Where one can object is longer than 250 letters.",
        ),
        ({"date": DAY() - datetime.timedelta(1)}, "The date lies before the decree of"),
        ({"date": DAY() + datetime.timedelta(400)}, "The date lies more than a year ahead."),
        ({"number": ""}, "The number is missing"),
    ],
)
def test_what_cannot_be_announced(office, decree, wrong, reason):
    (found,) = refusals(announce, office, decree.round, **wrong)

    assert found.startswith(reason)


def test_issuing_leaves_its_trace(office):
    round = issue(office, cast.play(office, to="approved")).round
    found = [announce(office, round), poster(office, round), recap(office, round)]
    trail = AuditEntry.objects.filter(action="document.issued").order_by("-number")[:3]

    assert [(entry.subject, entry.actor) for entry in trail] == [(one.number, office.kartika) for one in found[::-1]]
    assert [(entry.detail["kind"], entry.detail["sha256"]) for entry in trail] == [
        (one.kind, one.sha256) for one in found[::-1]
    ]


def test_a_poster_is_issued_anew_under_the_number_of_the_announcement(office, decree, announced, client):
    first = poster(office, decree.round)
    second = poster(office, decree.round, with_photos=False)

    page = client.get(reverse("documents:verify", args=[second.code])).content.decode()

    assert "Issued and in force." in page and "signed by hand" not in page and "Signatory" not in page
    assert (first.number, second.number, second.supersedes) == ("1/PENG/2026", "1/PENG/2026", first)
    assert [state(first), state(second)] == ["superseded", "issued"]
    assert refusals(life.supersede, second, number="2", date=DAY(), reason="Salah.", by=cast.fresh(office.kartika)) == [
        "A poster is issued anew from the announcement."
    ]


def test_a_corrected_announcement_tells_of_the_decree_in_force(office, decree, announced):
    shown = poster(office, decree.round)
    who = {"date": DAY(), "reason": "Salah ketik.", "by": cast.fresh(office.kartika)}
    Employee.objects.filter(pk=office.agus.pk).update(name="Agus Salim Baru")
    life.supersede(decree, number="188/20", renew_people=True, **who)
    new = life.supersede(announced, number="2/PENG", objections_to="Sekretariat", objections_until=DAY(), **who)

    assert (new.data["decree"]["number"], new.data["winners"][0]["name"]) == ("188/20", "Agus Salim Baru")
    assert new.data["objections"]["to"] == "Sekretariat"
    assert new.data["replaces"]["sentence"].startswith("Pengumuman ini menggantikan Pengumuman Nomor 1/PENG/2026")
    assert [state(announced), state(shown), state(new)] == ["superseded", "issued", "issued"]
    assert poster(office, decree.round).supersedes == shown


def test_a_corrected_recap_and_minutes_keep_their_numbers(office):
    round = cast.play(office, to="approved")
    who = {"date": DAY(), "reason": "Salah ketik.", "by": cast.fresh(office.kartika)}
    old = recap(office, round)
    Employee.objects.filter(pk=office.agus.pk).update(name="Agus Salim Baru")
    StageScore.objects.filter(stage__round=round, stage__code="usulan").update(score=1)
    same = life.supersede(old, number="2/R", **who)
    new = life.supersede(same, number="3/R", renew_people=True, **who)
    told = life.supersede(minutes(office, round), number="9/BA", place="Aula", **who)

    assert same.data["contests"] == old.data["contests"]
    assert new.data["contests"][0]["finalists"][0]["name"] == "Agus Salim Baru"
    assert (told.data["place"], told.data["stages"]) == (
        "Aula",
        Document.objects.get(number="1/BA/2026").data["stages"],
    )


def test_what_rests_on_a_paper_is_revoked_with_it(office, decree, announced):
    shown = poster(office, decree.round)
    by = cast.fresh(office.kartika)
    rounds.announce(cast.again(decree.round), by=by)
    life.revoke(announced, reason="Keliru.", by=by)
    assert [state(announced), state(shown)] == ["revoked", "revoked"]

    again, again_shown = announce(office, decree.round), poster(office, decree.round)
    life.revoke(Document.objects.get(pk=decree.pk), reason="Putusan.", by=by)
    assert [state(again), state(again_shown)] == ["revoked", "revoked"]
    assert Document.objects.get(pk=again.pk).remark == "Keputusan yang menjadi dasarnya telah dicabut."


def test_finalists_get_a_certificate_if_so_wished_after_the_winners(office, decree):
    by = cast.fresh(office.kartika)
    first = services.issue_certificates(decree.round, by=by)
    more = services.issue_certificates(cast.again(decree.round), finalists=True, by=by)

    assert [item.nominee.name for item in [*first, *more]] == [
        "Agus Salim", "Ayu Lestari", "Andi Wijaya", "Budi Santoso", "Bayu Pratama", "Bunga Citra",
    ]  # fmt: skip
    assert [item.is_for_finalist for item in [*first, *more]] == [False] * 3 + [True] * 3
    assert (more[0].number, more[0].filename) == ("4/PIAGAM/DPMPTSP/2026", "piagam-finalis-budi-santoso.pdf")


def test_a_finalist_s_certificate_follows_another_decree_by_itself(office, decree):
    by = cast.fresh(office.kartika)
    old = services.issue_certificates(decree.round, finalists=True, by=by)[:4]
    life.revoke(Document.objects.get(nominee__employee=office.bunga), reason="Hilang.", by=by)
    life.supersede(decree, number="188/20", date=DAY(), reason="Salah.", by=by)
    new = services.issue_certificates(cast.again(decree.round), by=by)

    assert [item.supersedes for item in new[:4]] == old
    assert [item.nominee.name for item in new][3:] == ["Budi Santoso", "Bayu Pratama"]


def test_the_committee_is_led_from_paper_to_paper(office, login):
    round, client, today = cast.play(office, to="approved"), login(office.kartika), DAY().isoformat()
    page = client.get(url(round, "list")).content.decode()
    for name in ("assessment_minutes", "closing_minutes", "count_minutes", "recap"):
        assert url(round, name) in page
    assert url(round, "announcement_paper") not in page

    client.post(url(round, "recap"), {"number": "1/R", "date": today})
    issue(office, cast.again(round))
    client.post(url(round, "certificates"), {"template": "{nomor}/P", "first": 1})
    page = client.get(url(round, "list")).content.decode()
    assert url(round, "announcement_paper") in page and url(round, "recap") not in page
    assert "Issue certificates for the other finalists too" in page

    answer = client.post(url(round, "certificates"), {"template": "{nomor}/P", "first": 4})
    assert answer.context["form"].errors["finalists"] == ["Every winner has a certificate already."]
    assert client.get(url(round, "certificates")).context["form"]["finalists"].value() is True

    form = client.get(url(round, "announcement_paper")).context["form"]
    assert form["number"].value() == f"1/PENG/DPMPTSP/{DAY().year}"
    data = {"number": form["number"].value(), "date": today, "objections_to": "Sekretariat", "objections_until": today}
    assert client.post(url(round, "announcement_paper"), data).url == url(round, "list")
    assert url(round, "poster") in client.get(url(round, "list")).content.decode()
    client.post(url(round, "poster"), {})

    kept = Document.objects.in_force().filter(kind__in=["announcement", "poster", "recap"]).order_by("pk")
    assert [one.kind for one in kept] == ["recap", "announcement", "poster"]
    assert (kept[1].data["objections"]["to"], kept[2].data["winners"][0]["photo"]) == ("Sekretariat", "")
    page = client.get(url(round, "list")).content.decode()
    assert url(round, "poster") not in page.partition("<table")[0]
    for said in ("Announcement", "Poster", "Recapitulation"):
        assert said in page


def test_what_cannot_be_announced_stays_in_the_form(office, decree, login):
    data = {"number": "x" * 81, "date": "2020-01-01", "objections_to": "Sekretariat"}
    response = login(office.kartika).post(url(decree.round, "announcement_paper"), data)
    assert (response.status_code, set(response.context["form"].errors)) == (200, {"number", "date"})

    data = {"number": "1", "date": DAY().isoformat(), "objections_to": "Sekretariat"}
    response = login(office.kartika).post(url(decree.round, "announcement_paper"), data)
    assert set(response.context["form"].errors) == {"objections_until"}
    assert Document.objects.count() == 1


def test_replacing_an_announcement_asks_for_the_way_to_object_and_a_poster_is_made_anew(
    office, decree, announced, login
):
    shown, client = poster(office, decree.round), login(office.kartika)
    assert client.get(url(decree.round, "supersede", shown.pk)).url == url(decree.round, "poster")

    page = client.get(url(decree.round, "supersede", announced.pk)).content.decode()
    assert "What rests on it, to be issued anew after it: poster." in page
    data = {"reason": "Keliru.", "number": "2/PENG", "date": DAY().isoformat()}
    client.post(url(decree.round, "supersede", announced.pk), data)
    assert Document.objects.get(supersedes=announced).data["objections"] == {}


def test_drafts_are_for_readers_while_the_paper_can_be_issued(office, login):
    papers_drawn, round = [], issue(office, cast.play(office, to="approved")).round
    minutes(office, round)

    def draw(kind, facts, is_draft):
        papers_drawn.append((kind, facts["number"], facts["code"], is_draft))
        return b"%PDF"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("anas.documents.papers.render", draw)
        for who in EVERYBODY:
            status = login(getattr(office, who)).get(url(round, "paper_draft", "announcement")).status_code
            assert status == (200 if who in READERS else 404)
        for kind in ("recap", "announcement"):
            answer = login(office.wulan).get(url(round, "paper_draft", kind))
            assert answer.headers["Content-Disposition"].startswith("inline")
        for kind in ("poster", "assessment", "decree", "certificate", "x"):
            assert login(office.wulan).get(url(round, "paper_draft", kind)).status_code == 404

    assert papers_drawn[-2:] == [("recap", "", "", True), ("announcement", "", "", True)]


def test_the_public_check_says_what_each_is_and_nobody_s_score(office, client):
    round = cast.play(office, to="approved")
    for document, title in ((minutes(office, round), "Minutes"), (recap(office, round), "A recapitulation")):
        page = client.get(reverse("documents:verify", args=[document.code])).content.decode()

        assert title in page and document.number in page and document.sha256 in page
        assert "Candra" not in page and "74,29" not in page and "Ballot box" not in page
