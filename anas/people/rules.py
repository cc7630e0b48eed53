"""Who stands where in the tree. Round-bound roles are in `anas.rounds.rules`."""

from anas.people.models import Employee, Unit


def is_committee_of(employee: Employee, unit: Unit) -> bool:
    """Whether the employee is the committee of this unit or of one above it."""
    return any(unit.path.startswith(path) for path in employee.committee_paths)


def acts_as_head_of(employee: Employee, unit: Unit) -> bool:
    """Whether the employee is this unit's head, or today's deputy of the head (Plt., Plh., delegate)."""
    return unit.pk in employee.headed_unit_ids
