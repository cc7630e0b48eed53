"""Inside of our application (see inside.py): what is in the box after the storm, and what is tried before it."""

from django.db import IntegrityError, connection

from voting import receipts, sealing
from voting.models import Envelope, Voter


def main(what: str) -> dict:
    return {"look": look, "write_roll_twice": write_roll_twice, "drop_constraint": drop_constraint}[what]()


def look() -> dict:
    """The numbers of those who are marked, one for each line of the roll, and the receipt of every envelope."""
    marked = Voter.objects.filter(has_voted=True).values_list("employee__number", flat=True)
    sealed = Envelope.objects.values_list("sealed", flat=True)
    codes = [receipts.code(sealing.envelope_hash(bytes(one))) for one in sealed]
    return {"marked": sorted(marked), "codes": codes}


def write_roll_twice() -> dict:
    """As if the poll had been opened twice; answers whether the database let it happen."""
    lines = [Voter(poll_id=line.poll_id, employee_id=line.employee_id) for line in Voter.objects.all()]
    try:
        Voter.objects.bulk_create(lines)
    except IntegrityError:
        return {"written": False}
    return {"written": True}


def drop_constraint() -> dict:
    (constraint,) = [each for each in Voter._meta.constraints if each.name == "voter_once"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Voter, constraint)
    return {}
