"""Issuing the decree and the certificates: who, when, once, all or nothing."""

import datetime
import hashlib
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from anas.documents import life, papers, services
from anas.documents.models import Document
from anas.documents.texts import DecreeTexts
from anas.people.models import Deputy, Employee
from anas.refused import Refused
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry
from scoring import results
from tests import cast
from tests.documents.conftest import SITE, issue, text_of
from tests.documents.short import round_with_result

TEXTS = DecreeTexts(title="Judul Sendiri", considering=["bahwa sendiri;"], basis=["Dasar;"], rulings=["Menetapkan."])


def refusals(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(*args, **kwargs)
    return refused.value.reasons


def test_a_played_round_is_decreed_with_its_winners_and_their_final_scores(office):
    decree = issue(office, cast.play(office, to="approved"))
    text = text_of(decree.pdf)

    assert [row.nominee.name for row in results.winners(decree.round)] == ["Agus Salim", "Ayu Lestari", "Andi Wijaya"]
    for row in results.winners(decree.round):
        assert row.nominee.name in text
        assert f"{row.final:.2f}".replace(".", ",") in text


def test_the_decree_bears_number_date_rules_and_the_fingerprint_of_the_scheme(decree):
    text = text_of(decree.pdf)

    assert text.count("188/19/DPMPTSP/2026") == 2
    assert decree.round.scheme_hash in text
    assert "Usulan bidang 10%, Penilaian tim 30%, Polling pegawai 50%, Penilaian kepala 10%" in text
    assert "Polling pegawai → Penilaian tim → Penilaian kepala → Usulan bidang" in text


def test_the_decree_is_kept_with_its_hash_and_can_be_made_again_from_its_data(decree):
    kept = Document.objects.get(pk=decree.pk)

    assert hashlib.sha256(bytes(kept.pdf)).hexdigest() == kept.sha256
    assert papers.render("decree", kept.data) == bytes(kept.pdf)
    assert (kept.state, kept.number, kept.scheme_hash) == ("issued", "188/19/DPMPTSP/2026", kept.round.scheme_hash)


def test_issuing_decrees_the_round_and_leaves_its_trace(office, decree):
    assert cast.again(decree.round).state == "decreed"
    entry = AuditEntry.objects.get(action="document.issued")
    assert (entry.actor, entry.subject) == (office.kartika, "188/19/DPMPTSP/2026")
    assert entry.detail == {"kind": "decree", "code": decree.short_code, "sha256": decree.sha256}


@pytest.mark.usefixtures("no_paper")
def test_only_the_committee_issues(office, approved):
    for who in ("hadi", "lina", "wulan", "ratna", "siti", "oki"):
        act = {"number": "1", "date": timezone.localdate(), "by": cast.fresh(getattr(office, who))}

        assert refusals(services.issue_decree, approved, **act) == ["Only the committee can do this."]


@pytest.mark.usefixtures("no_paper")
def test_a_result_that_the_head_has_not_approved_is_not_decreed(office):
    round = round_with_result(office, approved=False)

    assert refusals(issue, office, round) == ["The head of the office has not approved the result yet."]
    assert not Document.objects.exists()


@pytest.mark.usefixtures("no_paper")
def test_a_result_without_winners_is_not_decreed(office, approved):
    approved.standings.all().delete()

    assert refusals(issue, office, approved) == ["Nobody has won, so there is nothing to decree."]


@pytest.mark.usefixtures("no_paper")
def test_a_second_decree_is_refused_and_nothing_is_half_done(office, decree):
    entries = AuditEntry.objects.count()

    assert (
        refusals(issue, office, decree.round, number="188/20/DPMPTSP/2026")
        == [
            "There is no result that waits for a decision: the round is decreed.",
            "The head of the office has not approved the result yet.",
        ][:1]
    )
    assert Document.objects.count() == 1
    assert AuditEntry.objects.count() == entries


def test_a_failure_while_rendering_leaves_everything_as_it_was(office, approved, monkeypatch):
    entries = AuditEntry.objects.count()
    services.save_draft(approved, texts=TEXTS, by=office.kartika)
    monkeypatch.setattr(papers, "render", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        issue(office, approved)

    assert cast.again(approved).state == "result"
    assert [document.state for document in Document.objects.all()] == ["draft"]
    assert AuditEntry.objects.count() == entries + 1


@pytest.mark.usefixtures("no_paper")
def test_a_number_that_cannot_be_is_refused(office, approved):
    for number in ("", "   ", "x" * 81, "188\n/19"):
        assert refusals(issue, office, approved, number=number) == ["The number is missing, or longer than 80 letters."]


@pytest.mark.usefixtures("no_paper")
def test_a_number_is_given_once_in_an_office(office, decree):
    second = round_with_result(office)

    assert refusals(issue, office, second) == [
        "The number 188/19/DPMPTSP/2026 has already been given to another document."
    ]
    assert cast.again(second).state == "result"


@pytest.mark.usefixtures("no_paper")
def test_the_constraint_stops_a_number_that_slips_through(office, decree, monkeypatch):
    """Two rounds at the same moment: neither sees the other's number, the database does."""
    second = round_with_result(office)
    monkeypatch.setattr("anas.documents.guards.reason_bad_number", lambda *args: None)

    assert refusals(issue, office, second) == [
        "The number 188/19/DPMPTSP/2026 has already been given to another document."
    ]


@pytest.mark.usefixtures("no_paper")
@pytest.mark.parametrize(("days", "reason"), [(-1, "The date lies before"), (400, "The date lies more than")])
def test_a_date_that_cannot_be_is_refused(office, approved, days, reason):
    date = timezone.localdate() + datetime.timedelta(days=days)

    (found,) = refusals(services.issue_decree, approved, number="1", date=date, by=office.kartika)
    assert found.startswith(reason)


def test_the_texts_of_the_draft_are_those_of_the_decree(office, approved):
    services.save_draft(approved, texts=TEXTS, by=office.kartika)
    decree = issue(office, approved)

    assert "JUDUL SENDIRI" in text_of(decree.pdf)
    assert not Document.objects.filter(state="draft").exists()


def test_there_is_one_draft_and_it_is_changed_in_place(office, approved):
    services.save_draft(approved, texts=TEXTS, by=office.kartika)
    services.save_draft(approved, texts=TEXTS, by=office.kartika)

    assert Document.objects.count() == 1
    assert "KONSEP" in text_of(services.draft_pdf(approved))


@pytest.mark.usefixtures("no_paper")
def test_a_draft_can_be_prepared_before_the_approval_but_not_before_the_result(office):
    round = cast.play(office, to="kepala")

    assert refusals(services.save_draft, round, texts=TEXTS, by=office.kartika) == [
        "There is no result that waits for a decision: the round is running.",
        "The head of the office has not approved the result yet.",
    ]


@pytest.mark.parametrize(("kind", "before"), [("plt", "Plt. "), ("plh", "Plh. "), ("delegate", "a.n. ")])
def test_a_deputy_who_approved_signs_as_one(office, kind, before):
    round = round_with_result(office, approved=False)
    today = timezone.localdate()
    Deputy.objects.create(unit=office.unit, employee=office.bambang, kind=kind, starts=today, ends=today)
    Employee.objects.filter(pk=office.bambang.pk).update(rank="Pembina", position="Kepala Bidang")
    rounds.approve(round, by=cast.fresh(office.bambang))
    text = text_of(issue(office, cast.again(round)).pdf)

    assert f"{before}KEPALA DPMPTSP KOTA BATU" in text
    assert "Bambang Susilo" in text
    assert ("KEPALA BIDANG," in text) == (kind == "delegate")
    assert "Hadi Purnomo" not in text


def test_numbers_of_civil_servants_are_printed_and_no_others(office):
    Employee.objects.filter(pk=office.andi.pk).update(status="non-asn", number="3579010101800001")
    text = text_of(issue(office, round_with_result(office)).pdf)

    assert office.agus.number[:8] in text
    assert "3579010101800001" not in text.replace(" ", "")


@pytest.mark.usefixtures("no_paper")
def test_every_winner_gets_one_certificate_numbered_on(office, certificates):
    assert [(item.nominee.name, item.number) for item in certificates] == [
        ("Agus Salim", "1/PIAGAM/DPMPTSP/2026"),
        ("Ayu Lestari", "2/PIAGAM/DPMPTSP/2026"),
        ("Andi Wijaya", "3/PIAGAM/DPMPTSP/2026"),
    ]


def test_a_certificate_says_for_whom_and_on_what_ground(certificates, decree):
    text = text_of(certificates[1].pdf)

    assert "PIAGAM PENGHARGAAN" in text
    assert "Ayu Lestari" in text
    assert "klasifikasi PNS" in text
    assert "188/19/DPMPTSP/2026" in text
    assert "Agus Salim" not in text


@pytest.mark.usefixtures("no_paper")
def test_issuing_the_certificates_again_issues_none(office, certificates, decree):
    assert services.issue_certificates(decree.round, by=cast.fresh(office.kartika)) == []
    assert Document.objects.filter(kind="certificate").count() == 3


@pytest.mark.usefixtures("no_paper")
def test_who_has_lost_a_certificate_gets_a_new_one_and_nobody_else(office, certificates, decree):
    first = certificates[0]
    life.revoke(first, reason="Hilang.", by=cast.fresh(office.kartika))

    (new,) = services.issue_certificates(decree.round, by=cast.fresh(office.kartika))
    assert (new.nominee, new.number) == (first.nominee, "4/PIAGAM/DPMPTSP/2026")


@pytest.mark.usefixtures("no_paper")
def test_certificates_wait_for_the_decree(office, approved):
    assert refusals(services.issue_certificates, approved, by=office.kartika) == [
        "The decree has not been issued yet; the certificates refer to it."
    ]


@pytest.mark.usefixtures("no_paper")
def test_a_taken_number_stops_all_certificates(office, decree):
    other = round_with_result(office)
    issue(office, other, number="188/20/DPMPTSP/2026")
    services.issue_certificates(cast.again(other), first=3, by=cast.fresh(office.kartika))

    assert refusals(services.issue_certificates, decree.round, first=1, by=cast.fresh(office.kartika)) == [
        "The number 3/PIAGAM/DPMPTSP/2026 has already been given to another document."
    ]
    assert not Document.objects.filter(round=decree.round, kind="certificate").exists()


@pytest.mark.usefixtures("no_paper")
@pytest.mark.parametrize(
    ("template", "reason"),
    [("PIAGAM/{tahun}", "The running number {nomor} is missing."), ("{nomor}/{nama}", "There is no field {nama}")],
)
def test_a_form_of_numbers_that_cannot_be_is_refused(office, decree, template, reason):
    (found,) = refusals(services.issue_certificates, decree.round, template=template, by=cast.fresh(office.kartika))

    assert found.startswith(reason)


@pytest.mark.usefixtures("no_paper")
def test_the_code_in_the_qr_leads_to_the_public_page(decree, settings):
    assert decree.data["link"] == f"{SITE}/verifikasi/{decree.code}/"
    settings.SITE_URL = "https://piagam.example"
    assert services.verification_link("abc", SITE) == "https://piagam.example/verifikasi/abc/"


@pytest.mark.usefixtures("no_paper")
def test_codes_are_long_and_differ(decree, certificates):
    codes = {decree.code, *(item.code for item in certificates)}

    assert len(codes) == 4
    assert {len(code) for code in codes} == {20}


@pytest.mark.usefixtures("no_paper")
def test_no_number_is_computed_for_the_paper(decree):
    """What stands on paper is what the scorekeeper stored."""
    stored = {row.nominee.name: row.standing.final for row in results.winners(decree.round)}

    assert {row["name"]: Decimal(row["score"].replace(",", ".")) for row in decree.data["winners"]} == stored
