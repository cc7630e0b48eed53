"""Who may do what in a round. A rule answers None where it allows, else a reason in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people.models import Employee, Unit
from anas.people.rules import acts_as_head_of, is_committee_of
from anas.rounds.models import Member, Round

COMMITTEE, HEAD, UNIT_HEAD, EMPLOYEE = "committee", "head", "unit-head", "employee"
CHAIR, ASSESSOR, WITNESS = Member.Role.CHAIR.value, Member.Role.ASSESSOR.value, Member.Role.WITNESS.value
READERS = frozenset({COMMITTEE, CHAIR, HEAD, WITNESS})  # who may read everything in a round

# The most telling role first.
ROLE_NAMES = {
    HEAD: gettext_lazy("head of the office"),
    CHAIR: gettext_lazy("chair of the team"),
    ASSESSOR: gettext_lazy("member of the team"),
    UNIT_HEAD: gettext_lazy("unit head"),
    COMMITTEE: gettext_lazy("committee"),
    WITNESS: gettext_lazy("witness"),
    EMPLOYEE: gettext_lazy("employee"),
}


def roles_in(employee: Employee, round: Round) -> frozenset[str]:
    """Every role of the person in this round. Read once per request: the answer is kept on the employee object."""
    known = employee.__dict__.setdefault("_roles_in_rounds", {})
    if round.pk not in known:
        known[round.pk] = frozenset(_roles(employee, round))
    return known[round.pk]


def _roles(employee: Employee, round: Round) -> set[str]:
    roles = set(Member.objects.filter(round=round, employee=employee).values_list("role", flat=True))
    if CHAIR in roles:
        roles.add(ASSESSOR)
    if is_committee_of(employee, round.scope):
        roles.add(COMMITTEE)
    if acts_as_head_of(employee, round.scope):
        roles.add(HEAD)
    if employee.headed_unit_ids and round.scope.children.filter(pk__in=employee.headed_unit_ids).exists():
        roles.add(UNIT_HEAD)
    if employee.is_active and employee.unit_id and round.scope.contains(employee.unit):
        roles.add(EMPLOYEE)
    return roles


def main_role(roles: frozenset[str]) -> str:
    """The most telling one of the roles, for the audit trail; empty where there is none."""
    return next((role for role in ROLE_NAMES if role in roles), "")


def must_be(role: str, employee: Employee, round: Round) -> str | None:
    """None where the person has the role in the round, else who it is that may."""
    if role in roles_in(employee, round):
        return None
    return {
        COMMITTEE: _("Only the committee can do this."),
        HEAD: _("Only the head of the office, or a deputy, can do this."),
        CHAIR: _("Only the chair of the team can do this."),
        ASSESSOR: _("Only a member of the team can do this."),
        UNIT_HEAD: _("Only the head of a unit can do this."),
        WITNESS: _("Only a witness can do this."),
    }.get(role, _("Only an employee of the office can do this."))


def may_set_up_in(employee: Employee, scope: Unit) -> str | None:
    """New rounds are for the committee of the office or of one above it."""
    return None if is_committee_of(employee, scope) else _("Only the committee can do this.")


def may_propose_for(employee: Employee, unit: Unit, round: Round) -> str | None:
    """The unit's own head or deputy proposes (mechanism, step 1)."""
    if unit.parent_id == round.scope_id and acts_as_head_of(employee, unit):
        return None
    return _("Only the head of %(unit)s can propose for it.") % {"unit": unit}


def may_advance(employee: Employee, round: Round) -> str | None:
    """The committee opens stages; the team combines the parts at the end (mechanism, step 6)."""
    if round.current_stage and round.current_stage.next is None and CHAIR in roles_in(employee, round):
        return None
    return must_be(COMMITTEE, employee, round)


def may_read_everything(employee: Employee, round: Round) -> str | None:
    """Every sheet, the recap and the audit trail: the committee, the chair, the head and the witness."""
    if roles_in(employee, round) & READERS:
        return None
    return _("Only the committee, the chair, the head of the office and a witness can read this.")
