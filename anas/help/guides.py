"""The help to each role: where it stands, and whose it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from anas.help import running, taking_part
from anas.help.guide import Guide
from anas.people.models import Employee, Unit
from anas.rounds.models import Member, Round
from voting.models import KeyShare

# By what stands in the address, in the order of the flow.
GUIDES: dict[str, Callable[[], Guide]] = {
    "pegawai": taking_part.employee,
    "kepala-bidang": taking_part.unit_head,
    "tim": taking_part.assessor,
    "ketua-tim": taking_part.chair,
    "kepala-dinas": running.head,
    "panitia": running.committee,
    "saksi": running.witness,
    "pemegang-kunci": running.keyholder,
}
OF_MEMBERS = {Member.Role.CHAIR: "ketua-tim", Member.Role.ASSESSOR: "tim", Member.Role.WITNESS: "saksi"}


@dataclass(frozen=True)
class Entry:
    role: str
    guide: Guide
    is_own: bool


def entries(employee: Employee | None) -> list[Entry]:
    """All guides, those to the person's own roles first."""
    own = set(_roles(employee)) if employee else set()
    found = [Entry(role, make(), role in own) for role, make in GUIDES.items()]
    return sorted(found, key=lambda entry: not entry.is_own)


def _roles(employee: Employee) -> Iterator[str]:
    """The roles that the person has in some round, or would have in the next one."""
    if employee.is_active and employee.unit_id:
        yield "pegawai"
    members = Member.objects.filter(employee=employee).exclude(round__state__in=[Round.State.CANCELLED])
    yield from (OF_MEMBERS[role] for role in members.values_list("role", flat=True).distinct())
    if employee.is_committee:
        yield "panitia"
    headed = Unit.objects.filter(pk__in=employee.headed_unit_ids)
    if headed.filter(rounds__isnull=False).exists():
        yield "kepala-dinas"
    if headed.filter(parent__rounds__isnull=False).exists():
        yield "kepala-bidang"
    if KeyShare.objects.filter(keyholder=employee, is_lost=False).exists():
        yield "pemegang-kunci"
