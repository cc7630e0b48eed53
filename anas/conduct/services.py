"""What the committee does with the registers. Every function takes `by`, the person who acts, runs in one transaction,
writes the audit trail, and raises Refused with the reasons where the act cannot be done.

Entries of the trail give an entry's number, never whom it is about, nor its words: trails are read by many more than
the registers.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from anas.conduct import guards
from anas.conduct.models import Penalty, Report
from anas.people.models import Employee
from anas.refused import refuse_for, require
from anas.rounds.guards import reason_missing
from anas.rounds.people.services import note

TOLD = ("kind", "source", "date")  # fields whose values may stand in the trail
UNDECIDED = {"state": Report.State.NEW, "reason": "", "decided_by": None, "decided_at": None}


@transaction.atomic
def add_report(*, by: Employee, **fields: Any) -> Report:
    """A complaint or a commendation comes into the register, not decided yet."""
    report = Report(entered_by=by, **fields)
    _check(report, by)
    require(guards.reason_there_already(report))
    report.save(force_insert=True)
    note(by, "report.added", report, unit=report.employee.unit, kind=report.kind)
    return report


def _check(report: Report, by: Employee) -> None:
    refuse_for(guards.reasons_not_about(report.employee, by))
    refuse_for(guards.reasons_bad_words(report))
    require(guards.reason_bad_day(report.date))


@transaction.atomic
def correct_report(report: Report, *, by: Employee, **fields: Any) -> Report:
    """Changes what was entered. A decision is taken back where the entry is then about somebody or something else."""
    report = held(report)
    refuse_for(guards.reasons_not_about(report.employee, by))
    before = {name: getattr(report, name) for name in fields}
    changed = [name for name, value in fields.items() if value != before[name]]
    if not changed:
        return report
    taken_back = UNDECIDED if {"employee", "kind"} & set(changed) else {}
    for name, value in {**fields, **taken_back}.items():
        setattr(report, name, value)
    _check(report, by)
    report.save()
    told = {name: [str(before[name]), str(fields[name])] for name in changed if name in TOLD}
    note(by, "report.corrected", report, unit=report.employee.unit, fields=changed, changes=told)
    return report


@transaction.atomic
def decide(report: Report, *, upheld: bool, reason: str, by: Employee) -> Report:
    """The committee upholds a complaint, or does not, and says why. A later decision takes the place of an earlier
    one; the trail keeps both."""
    report = held(report)
    refuse_for(guards.reasons_not_about(report.employee, by))
    require(guards.reason_no_complaint(report), reason_missing(reason))
    before, report.state = report.state, Report.State.UPHELD if upheld else Report.State.DISMISSED
    report.reason, report.decided_by, report.decided_at = reason.strip(), by, timezone.now()
    report.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    note(by, "report.decided", report, unit=report.employee.unit, before=before, after=report.state)
    return report


def held(report: Report) -> Report:
    """The entry as the database has it now, held against other writers."""
    found = Report.objects.select_for_update(of=("self",)).select_related("employee__unit")
    return found.get(pk=report.pk)


@transaction.atomic
def add_penalty(*, employee: Employee, level: str, starts: date, ends: date, by: Employee) -> Penalty:
    refuse_for(guards.reasons_not_about(employee, by))
    refuse_for(guards.reasons_bad_days(starts, ends))
    penalty = Penalty.objects.create(employee=employee, level=level, starts=starts, ends=ends)
    note(by, "penalty.added", penalty, unit=None)
    return penalty


@transaction.atomic
def correct_penalty(penalty: Penalty, *, by: Employee, **fields: Any) -> Penalty:
    penalty = _held(penalty)
    refuse_for(guards.reasons_not_about(penalty.employee, by))
    changed = [name for name, value in fields.items() if value != getattr(penalty, name)]
    for name in changed:
        setattr(penalty, name, fields[name])
    refuse_for(guards.reasons_not_about(penalty.employee, by))
    refuse_for(guards.reasons_bad_days(penalty.starts, penalty.ends))
    if changed:
        penalty.save()
        note(by, "penalty.corrected", penalty, unit=None, fields=changed)
    return penalty


@transaction.atomic
def remove_penalty(penalty: Penalty, *, by: Employee) -> None:
    """For what was entered by mistake, or has to be forgotten by law."""
    penalty = _held(penalty)
    refuse_for(guards.reasons_not_about(penalty.employee, by))
    note(by, "penalty.removed", penalty, unit=None)
    penalty.delete()


def _held(penalty: Penalty) -> Penalty:
    found = Penalty.objects.select_for_update(of=("self",)).select_related("employee__unit")
    held = found.filter(pk=penalty.pk).first()
    require(guards.reason_gone(held))
    return held
