"""What the committee enters, corrects and decides, and what the trail tells of it."""

import pytest

from anas.conduct import services
from anas.conduct.models import Penalty, Report
from anas.people.models import CommitteeSeat
from anas.refused import Refused
from anas.rounds.models import AuditEntry
from tests import cast
from tests.conduct.helpers import ago, complaint, penalty, upheld


def trail() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.filter(chain__name="office").order_by("number").values_list("action", "subject"))


def test_a_complaint_is_entered_decided_and_decided_anew(office):
    kartika = cast.fresh(office.kartika)
    report = complaint(office, "budi")
    services.decide(report, upheld=True, reason="Terbukti.", by=kartika)
    services.decide(report, upheld=False, reason="Bukan petugas ini.", by=kartika)

    report.refresh_from_db()
    assert (report.state, report.reason, report.decided_by) == ("dismissed", "Bukan petugas ini.", kartika)
    name = f"complaint {report.pk}"
    assert trail() == [("report.added", name), ("report.decided", name), ("report.decided", name)]


def test_a_correction_is_in_the_trail_without_names_and_words(office):
    report = upheld(office, "budi", text="Petugas Budi kasar.")
    services.correct_report(report, by=cast.fresh(office.kartika), text="Petugas kasar.", source="Loket")

    report.refresh_from_db()
    entry = AuditEntry.objects.get(action="report.corrected")
    assert (report.text, report.source, report.state) == ("Petugas kasar.", "Loket", "upheld")
    assert (entry.detail["fields"], entry.detail["changes"]) == (
        ["text", "source"],
        {"source": ["SP4N-LAPOR", "Loket"]},
    )
    assert "Budi" not in str(list(AuditEntry.objects.values("subject", "detail")))


def test_a_decision_goes_when_the_complaint_is_about_somebody_else(office):
    report = upheld(office, "budi")
    services.correct_report(report, by=cast.fresh(office.kartika), employee=office.bayu)

    report.refresh_from_db()
    assert (report.employee, report.state, report.reason, report.decided_by) == (office.bayu, "new", "", None)


def test_a_penalty_is_entered_corrected_and_removed(office):
    kartika = cast.fresh(office.kartika)
    entry = penalty(office, "budi", first=30, last=10)
    services.correct_penalty(entry, level="berat", by=kartika)
    assert Penalty.objects.get().level == "berat"
    services.remove_penalty(entry, by=kartika)

    assert not Penalty.objects.exists()
    assert [action for action, _subject in trail()] == ["penalty.added", "penalty.corrected", "penalty.removed"]
    assert "Budi" not in str(list(AuditEntry.objects.values("subject", "detail")))


def refusals(office, by):
    """Each act on what is there about Kartika, by somebody."""
    report, entry = Report.objects.get(), Penalty.objects.get()
    day = ago(1)
    said = {"employee": office.kartika, "kind": "complaint", "source": "Loket", "date": day, "text": "Kasar."}
    for act in (
        lambda: services.add_report(by=by, **said),
        lambda: services.correct_report(report, by=by, text="Ramah."),
        lambda: services.decide(report, upheld=False, reason="Tidak.", by=by),
        lambda: services.add_penalty(employee=office.kartika, level="berat", starts=day, ends=day, by=by),
        lambda: services.correct_penalty(entry, by=by, level="berat"),
        lambda: services.remove_penalty(entry, by=by),
    ):
        with pytest.raises(Refused) as refused:
            act()
        yield refused.value.reasons


def test_nobody_keeps_what_is_said_about_himself_nor_who_is_no_committee(office):
    """A colleague in the committee enters what is said about Kartika."""
    CommitteeSeat.objects.create(unit=office.unit, employee=office.ratna)
    ratna, day = cast.fresh(office.ratna), ago(1)
    services.add_report(by=ratna, employee=office.kartika, kind="complaint", source="Loket", date=day, text="Kasar.")
    services.add_penalty(by=ratna, employee=office.kartika, level="ringan", starts=day, ends=day)

    own = "Nobody enters or decides anything about himself. Another member of the committee has to."
    assert list(refusals(office, cast.fresh(office.kartika))) == [[own]] * 6
    assert list(refusals(office, cast.fresh(office.siti))) == [["Only the committee can do this."]] * 6


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({"days": -1}, ["The date lies ahead."]),
        ({"text": " "}, ["What was said is missing."]),
        ({"source": "x" * 61}, ["Source: at most 60 signs."]),
    ],
)
def test_what_cannot_be_entered(office, fields, reasons):
    with pytest.raises(Refused) as refused:
        complaint(office, "budi", **fields)

    assert refused.value.reasons == reasons


def test_what_is_sent_twice_is_entered_once(office):
    complaint(office, "budi")
    with pytest.raises(Refused) as refused:
        complaint(office, "budi")

    assert refused.value.reasons == ["This stands in the register already."]


def test_a_commendation_is_not_decided_on(office):
    with pytest.raises(Refused) as refused:
        upheld(office, "budi", kind="commendation")

    assert refused.value.reasons == ["Only a complaint is decided on."]
