"""How far an office is: what the steps of the assistant ask for, each asked of the database once."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from anas.people.models import CommitteeSeat, Employee, Unit
from anas.rounds.models import Member, Round
from anas.rounds.people.activation import NO_PASSWORD
from anas.setup.finding import round_of


@dataclass
class Office:
    unit: Unit

    @cached_property
    def units(self) -> list[Unit]:
        return list(self.unit.children.select_related("head").order_by("position", "name"))

    @cached_property
    def round(self) -> Round | None:
        return round_of(self.unit)

    @property
    def draft(self) -> Round | None:
        return self.round if self.round and self.round.is_draft else None

    @property
    def is_open(self) -> bool:
        return self.round is not None and not self.round.is_draft

    @cached_property
    def people(self) -> list[dict[str, object]]:
        """How many are in each unit and classification, and how many of them have neither password nor code."""
        no_code = Q(activation=None) | Q(activation__ends_at__lte=timezone.now())
        waiting = NO_PASSWORD & no_code & Q(is_superuser=False)
        found = Employee.objects.below(self.unit).order_by()
        return list(
            found.values("unit__path", "classification").annotate(n=Count("pk"), waiting=Count("pk", filter=waiting))
        )

    def count(self, what: str = "n", **where: object) -> int:
        return sum(row[what] for row in self.people if all(row[key] == value for key, value in where.items()))

    def below(self, unit: Unit) -> list[dict[str, object]]:
        return [row for row in self.people if str(row["unit__path"]).startswith(unit.path)]

    @cached_property
    def seats(self) -> list[CommitteeSeat]:
        return list(self.unit.committee.select_related("employee").order_by("employee__name", "pk"))

    @cached_property
    def members(self) -> list[Member]:
        """The draft's team, the chair first, and its witnesses."""
        found = self.draft.members.select_related("employee") if self.draft else []
        return sorted(found, key=lambda member: Member.Role.values.index(member.role))

    @property
    def roles(self) -> set[str]:
        return {member.role for member in self.members}

    @cached_property
    def has_letterhead(self) -> bool:
        return self.unit.letterheads.exists()

    def address(self, name: str) -> str:
        return reverse(name, args=[self.unit.pk])
