"""The objection period: after the result, before the head approves, any employee of the office may object once in each
classification. The team answers, and the chair says what follows from an objection that is upheld.

Nobody learns who objected: neither the table nor the audit trail holds a name. What leads the same person back to his
objection is a mark, made with the installation's secret.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.refused import Refused, require
from anas.rounds import audit, rules
from anas.rounds.guards import reason_missing
from anas.rounds.models import Objection, Round
from anas.rounds.services import locked, note


def deadline(round: Round) -> datetime | None:
    """Until when employees can, or could, object to the result as it stands; None where the award knows no objections,
    or has no result yet. For pages and papers."""
    return round.objections_until


def mark_of(employee: Employee, round: Round, classification: str) -> str:
    """Another one in each classification, so that two objections of one person have nothing in common."""
    whose = f"{round.pk}:{classification}:{employee.pk}"
    return salted_hmac("anas.objection", whose, algorithm="sha256").hexdigest()


def own(employee: Employee, round: Round) -> QuerySet[Objection]:
    """What this person has objected in the round, with the answers. For his own eyes."""
    marks = [mark_of(employee, round, code) for code in round.scheme.classification_codes]
    return round.objections.filter(mark__in=marks)


def reason_not_objecting(round: Round) -> str | None:
    if round.is_open_to_objections:
        return None
    return _("The objection period is over.") if round.objections_until else _("There is no result to object to.")


def reason_not_waiting(round: Round) -> str | None:
    """Answers are given while the result waits for the head."""
    if round.state == Round.State.RESULT and not round.is_approved:
        return None
    return _("The result no longer waits for the head of the office.")


def reason_own(objection: Objection, by: Employee) -> str | None:
    if objection.mark == mark_of(by, objection.round, objection.classification):
        return _("Nobody answers his own objection. Another member of the team has to.")
    return None


def reason_answered(objection: Objection) -> str | None:
    return _("This objection has already been answered.") if objection.is_answered else None


def reason_not_to_settle(objection: Objection) -> str | None:
    if not objection.upheld:
        return _("Only an objection that was upheld has to be followed by something.")
    return _("What follows has already been said.") if objection.settlement else None


@transaction.atomic
def raise_objection(round: Round, *, classification: str, text: str, by: Employee) -> Objection:
    """An employee objects to the result of a classification, once. The trail says that it happened, not who did it."""
    round = locked(round)
    require(rules.must_be(rules.EMPLOYEE, by, round), reason_not_objecting(round), reason_missing(text))
    if classification not in round.scheme.classification_codes:
        raise Refused(_("There is no such classification."))
    try:
        with transaction.atomic():
            objection = round.objections.create(
                classification=classification, mark=mark_of(by, round, classification), text=text.strip()
            )
    except IntegrityError:
        raise Refused(_("You have already objected in this classification.")) from None
    audit.record(round, by=None, action="objection.raised", subject=str(objection), role=rules.EMPLOYEE)
    return objection


@transaction.atomic
def end(round: Round, *, by: Employee) -> None:
    """Ends the objection period at once: in a rehearsal alone, where nobody can wait for days."""
    round = locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round), reason_not_objecting(round))
    if not round.is_rehearsal:
        raise Refused(_("Nobody shortens the time in which employees can object."))
    round.objections_until = timezone.now()
    round.save(update_fields=["objections_until"])
    note(round, by, "objections.ended")


@transaction.atomic
def answer(objection: Objection, *, upheld: bool, text: str, by: Employee) -> Objection:
    """The team says whether the objection is upheld, and why. An answer stands."""
    objection = _held(objection)
    round = objection.round
    require(
        rules.must_be(rules.ASSESSOR, by, round),
        reason_not_waiting(round),
        reason_answered(objection),
        reason_own(objection, by),
        reason_missing(text),
    )
    objection.upheld, objection.answer, objection.answered_by = upheld, text.strip(), by
    objection.save(update_fields=["upheld", "answer", "answered_by"])
    note(round, by, "objection.answered", objection, upheld=upheld, answer=objection.answer)
    return objection


@transaction.atomic
def settle(objection: Objection, *, text: str, by: Employee) -> Objection:
    """The chair says what was done about an objection that was upheld. To change the result itself the head sends it
    back; what came before the poll cannot be done again."""
    objection = _held(objection)
    round = objection.round
    require(
        rules.must_be(rules.CHAIR, by, round),
        reason_not_waiting(round),
        reason_not_to_settle(objection),
        reason_missing(text),
    )
    objection.settlement = text.strip()
    objection.save(update_fields=["settlement"])
    note(round, by, "objection.settled", objection, settlement=objection.settlement)
    return objection


def _held(objection: Objection) -> Objection:
    """As the database has it now, its round held against other writers."""
    round = locked(objection.round)
    found = round.objections.get(pk=objection.pk)
    found.round = round
    return found
