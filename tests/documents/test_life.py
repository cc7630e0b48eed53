"""What becomes of issued documents: replaced by corrected ones, or revoked; with a reason, and for good."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from anas.documents import life, papers, services, words
from anas.documents.models import Document
from anas.documents.texts import DecreeTexts
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry
from scoring import results
from tests import cast
from tests.documents.conftest import SITE, pages_of, text_of

REASON = "Nama pemenang salah ketik."
DAY = timezone.localdate


def supersede(office, document, *, number="188/21/DPMPTSP/2026", date=None, reason=REASON, by="kartika", **more):
    by = cast.fresh(getattr(office, by))
    return life.supersede(document, number=number, date=date or DAY(), reason=reason, by=by, site=SITE, **more)


def revoke(office, document, *, reason=REASON, by="kartika") -> None:
    life.revoke(document, reason=reason, by=cast.fresh(getattr(office, by)))


def now(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def states(kind: str = "certificate") -> list[str]:
    return list(Document.objects.filter(kind=kind).order_by("pk").values_list("state", flat=True))


def refusals(act, *args, **kwargs) -> list[str]:
    before = list(Document.objects.order_by("pk").values())
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(*args, **kwargs)
    assert list(Document.objects.order_by("pk").values()) == before
    return refused.value.reasons


@pytest.fixture
def announced(office, no_paper, certificates):
    return rounds.announce(cast.again(certificates[0].round), by=cast.fresh(office.kartika))


def test_a_corrected_decree_says_which_one_it_replaces(office, decree):
    before = bytes(decree.pdf)
    new = supersede(office, decree)
    old, text = now(decree), text_of(new.pdf)

    assert (old.state, old.remark, timezone.localdate(old.ended_at)) == ("superseded", REASON, DAY())
    assert (old.superseded_by, bytes(old.pdf)) == (new, before)
    assert "Dengan ditetapkannya Keputusan ini, Keputusan Kepala DPMPTSP Kota Batu Nomor" in text
    assert text.index("dinyatakan tidak berlaku. KEEMPAT") < text.index("Keputusan ini mulai berlaku")
    assert f"Nomor {old.number} tanggal {words.day(old.date)} tentang {old.title} dicabut dan dinyatakan" in text
    assert text.count("188/21/DPMPTSP/2026") == 2
    assert cast.again(decree.round).state == "decreed"


@pytest.mark.usefixtures("no_paper")
def test_it_is_made_from_the_frozen_data_of_the_old_one(office, decree):
    services.set_letterhead(office.unit, values={"office": "Dinas Lain"}, by=cast.fresh(office.kartika))
    Employee.objects.filter(pk=office.agus.pk).update(name="Agus Salim Baru")
    new = supersede(office, decree)

    same = ["letterhead", "winners", "signatory", "rules", "scheme_hash", "texts", "title", "award", "round"]
    assert {key: new.data[key] for key in same} == {key: decree.data[key] for key in same}
    assert new.code != decree.code
    assert new.data["link"] == f"{SITE}/verifikasi/{new.code}/"


@pytest.mark.usefixtures("no_paper")
def test_texts_date_and_the_winners_own_data_can_be_corrected(office, decree):
    Employee.objects.filter(pk=office.agus.pk).update(name="Agus Salim Baru", rank="Penata")
    texts = DecreeTexts(title="Judul Benar", considering=["a"], basis=["b"], rulings=["c"])
    day = DAY() + datetime.timedelta(3)
    new = supersede(office, decree, texts=texts, date=day, renew_people=True)

    assert (new.title, new.data["texts"], new.date) == ("Judul Benar", texts.as_data(), day)
    assert [row["name"] for row in new.data["winners"]] == ["Agus Salim Baru", "Ayu Lestari", "Andi Wijaya"]
    assert [row["score"] for row in new.data["winners"]] == [row["score"] for row in decree.data["winners"]]


def test_a_single_ruling_stays_the_first(sample):
    texts = sample["texts"] | {"rulings": ["Menetapkan."]}
    page = papers.html("decree", {**sample, "texts": texts, "replaces": {"sentence": "Yang lama dicabut."}})

    assert page.index("Menetapkan.") < page.index("KEDUA") < page.index("Yang lama dicabut.")


def test_a_winner_s_certificate_is_issued_anew_and_nobody_else_s(office, certificates):
    old = certificates[0]
    Employee.objects.filter(pk=office.agus.pk).update(title_after="S.E.")
    new = supersede(office, old, number="4/PIAGAM/DPMPTSP/2026", renew_people=True)
    (text,) = pages_of(new.pdf)

    assert "Agus Salim, S.E." in text
    replaced = f"Piagam ini menggantikan Piagam Penghargaan Nomor 1/PIAGAM/DPMPTSP/2026 tanggal {words.day(old.date)},"
    assert f"{replaced} yang dinyatakan tidak berlaku." in text
    assert (new.nominee, new.data["decree"]) == (old.nominee, old.data["decree"])
    assert states() == ["superseded", "issued", "issued", "issued"]


@pytest.mark.usefixtures("no_paper")
def test_after_another_decree_all_certificates_are_issued_anew(office, certificates, decree):
    corrected = supersede(office, decree)
    assert states() == ["issued"] * 3

    new = services.issue_certificates(cast.again(decree.round), by=cast.fresh(office.kartika), site=SITE)

    assert states() == ["superseded"] * 3 + ["issued"] * 3
    assert [item.supersedes for item in new] == certificates
    assert {item.data["decree"]["number"] for item in new} == {corrected.number}
    assert {now(item).remark for item in certificates} == {"Keputusan yang menjadi dasarnya telah diganti."}
    assert "menggantikan Piagam Penghargaan Nomor 1/PIAGAM" in new[0].data["replaces"]["sentence"]
    assert services.issue_certificates(cast.again(decree.round), by=cast.fresh(office.kartika)) == []


def test_corrected_minutes_tell_of_the_same_act(office):
    round = cast.play(office, to="kepala")
    by, day = cast.fresh(office.kartika), DAY() + datetime.timedelta(1)
    closing, count = (
        services.issue_minutes(round, kind=kind, number=f"{kind}/1", date=DAY(), by=by) for kind in ("closing", "count")
    )
    closing_anew = supersede(office, closing, number="closing/2", date=day, place="Aula")
    count_anew = supersede(office, count, number="count/2", date=day)
    text = text_of(closing_anew.pdf)

    assert f"Pada {words.day_in_words(day)}, bertempat di Aula," in text
    assert "Berita Acara ini menggantikan Berita Acara Penutupan Kotak Suara Nomor closing/1 tanggal" in text
    for fact in ("root", "at", "by", "signers", "hashes"):
        assert closing_anew.data[fact] == closing.data[fact]
    assert count_anew.data["contests"] == count.data["contests"]
    assert count_anew.data["closing"] == {"number": "closing/2", "date": words.day(day)}
    assert count_anew.data["place"] == count.data["place"]


@pytest.mark.usefixtures("no_paper")
def test_what_stands_in_the_way_of_replacing(office, decree, certificates):
    reasons = {
        "Only the committee can do this.": {"by": "hadi"},
        "A reason is needed.": {"reason": " "},
        "The reason is longer than 500 letters.": {"reason": "x" * 501},
        "Everybody can read the reason: write it without personal numbers.": {
            "reason": "NIP 19800101 200501 1 001 salah."
        },
        f"The number {decree.number} has already been given to another document.": {"number": decree.number},
        "The number is missing, or longer than 80 letters.": {"number": " "},
        "The date lies more than a year ahead.": {"date": DAY() + datetime.timedelta(400)},
        "The place is missing, or longer than 150 letters.": {"place": "x" * 151},
    }

    found = {reason: refusals(supersede, office, decree, **wrong) for reason, wrong in reasons.items()}
    assert found == {reason: [reason] for reason in reasons}


@pytest.mark.usefixtures("no_paper")
def test_a_document_is_replaced_once(office, decree):
    stale = now(decree)
    supersede(office, decree)

    assert refusals(supersede, office, stale, number="3") == ["It is not in force: it is superseded."]


def test_the_old_one_stays_in_force_where_the_new_one_cannot_be_made(office, decree, monkeypatch):
    def broken(*args, **kwargs):
        raise Refused("This server cannot make PDF files yet.")

    monkeypatch.setattr(papers, "render", broken)

    assert refusals(supersede, office, decree) == ["This server cannot make PDF files yet."]
    assert now(decree).is_in_force


@pytest.mark.usefixtures("no_paper")
def test_a_decree_can_be_replaced_after_the_announcement_too(office, announced, decree, client):
    supersede(office, decree)
    page = client.get(reverse("documents:announcement", args=[announced.pk])).content.decode()

    assert cast.again(announced).state == "announced"
    assert ("188/21/DPMPTSP/2026" in page, decree.number in page) == (True, False)


def test_a_revoked_certificate_is_no_longer_in_force_and_can_be_issued_anew(office, no_paper, certificates):
    old = certificates[1]
    revoke(office, old)
    (new,) = services.issue_certificates(cast.again(old.round), by=cast.fresh(office.kartika))

    assert (now(old).state, now(old).remark) == ("revoked", REASON)
    assert (new.nominee, new.supersedes, "replaces" in new.data) == (old.nominee, None, False)


def test_revoked_minutes_can_be_issued_anew(office, no_paper):
    round, by = cast.play(office, to="kepala"), cast.fresh(office.kartika)
    revoke(office, services.issue_minutes(round, kind="count", number="1", date=DAY(), by=by))
    services.issue_minutes(round, kind="count", number="1", date=DAY(), by=by)

    assert states("count") == ["revoked", "issued"]


def test_a_decree_is_not_revoked_before_the_announcement(office, no_paper, decree):
    assert refusals(revoke, office, decree) == [
        "The result has not been announced yet: replace the decree by a corrected one instead."
    ]


@pytest.mark.usefixtures("no_paper")
def test_a_decree_takes_its_certificates_along_and_everybody_is_told(office, announced, decree, certificates, client):
    revoke(office, decree, reason="Putusan pengadilan.")
    page = client.get(reverse("documents:announcement", args=[announced.pk])).content.decode()

    assert (states("decree"), states()) == (["revoked"], ["revoked"] * 3)
    assert {now(item).remark for item in certificates} == {"Keputusan yang menjadi dasarnya telah dicabut."}
    assert "The decree that this rests on has been revoked." in page
    assert "Putusan pengadilan." in page
    assert refusals(services.issue_certificates, cast.again(announced), by=cast.fresh(office.kartika))


def test_what_stands_in_the_way_of_revoking(office, no_paper, certificates):
    first = certificates[0]

    assert refusals(revoke, office, first, by="lina") == ["Only the committee can do this."]
    assert refusals(revoke, office, first, reason="") == ["A reason is needed."]
    assert refusals(revoke, office, first, reason="NIK 3579010101800001") == [
        "Everybody can read the reason: write it without personal numbers."
    ]
    revoke(office, first)
    assert refusals(revoke, office, first) == ["It is not in force: it is revoked."]
    assert refusals(supersede, office, first, number="9") == ["It is not in force: it is revoked."]


@pytest.mark.usefixtures("no_paper")
def test_the_trail_says_who_replaced_and_revoked_what_and_why(office, certificates):
    old, other = certificates[:2]
    new = supersede(office, old, number="9/P")
    revoke(office, other)
    trail = AuditEntry.objects.filter(action__startswith="document.").order_by("number")
    replaced, issued, revoked = list(trail)[-3:]

    assert [entry.action for entry in (replaced, issued, revoked)] == [
        "document.superseded",
        "document.issued",
        "document.revoked",
    ]
    assert (replaced.subject, replaced.actor, replaced.role) == (old.number, office.kartika, "committee")
    assert replaced.detail == {
        "kind": "certificate",
        "code": old.short_code,
        "sha256": old.sha256,
        "successor": "9/P",
        "reason": REASON,
    }
    assert (issued.subject, issued.detail["sha256"]) == ("9/P", new.sha256)
    assert (revoked.subject, revoked.detail["reason"]) == (other.number, REASON)


def test_scores_stay_those_of_the_scorekeeper(office, no_paper, decree):
    new = supersede(office, decree, renew_people=True)
    stored = [f"{row.standing.final:.2f}".replace(".", ",") for row in results.winners(decree.round)]

    assert [row["score"] for row in new.data["winners"]] == stored
