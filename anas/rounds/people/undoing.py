"""An import of people is taken back, as long as nobody has changed anything about them since."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import ManyToOneRel, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.models import Employee, PeopleImport, Unit
from anas.refused import refuse_for
from anas.rounds.people.importing import SAID, held, put, record, values_of
from anas.rounds.people.services import running_rounds

AT_ONCE = 500  # keys per query


@transaction.atomic
def undo(job: PeopleImport, *, by: Employee) -> PeopleImport:
    """People and units that came with the import are deleted; of the others the changed fields are as before. Raises
    Refused where one of them has been changed since, or has a part in something."""
    job = held(job, by)
    refuse_for(islice(reasons_not_to_undo(job), SAID))
    new, others = people(job.undo["new"]), people(job.undo["before"])
    touched = [*new.values(), *others.values()]
    units_then = [employee.unit_id for employee in touched]
    for employee in others.values():
        for name, value in job.undo["before"][str(employee.pk)].items():
            setattr(employee, "unit_id" if name == "unit" else name, value)
    _tell(job, by, [(employee, {then, employee.unit_id}) for employee, then in zip(touched, units_then, strict=True)])
    put(list(others.values()))
    for keys in in_parts(new):
        Employee.objects.filter(pk__in=keys).delete()
    Unit.objects.filter(pk__in=job.undo["units"]).delete()
    job.undone_at, job.undo = timezone.now(), {}
    job.save()
    return job


def _tell(job: PeopleImport, by: Employee, touched: list[tuple[Employee, set[int]]]) -> None:
    """As for the import: the office, and every running round whose people it concerns."""
    for round in [None, *running_rounds().select_related("scope")]:
        units = Unit.objects.below(round.scope) if round else Unit.objects.all()
        below = set(units.values_list("pk", flat=True))
        names = [str(employee) for employee, places in touched if places & below]
        if names or round is None:
            record(round, job, by, "people.import_undone", people=names)


def people(keys: Iterable[str]) -> dict[str, Employee]:
    """By their keys, held against other writers."""
    found = {}
    for some in in_parts(keys):
        held_ones = Employee.objects.select_for_update(of=("self",)).select_related("unit").order_by("pk")
        found |= {str(employee.pk): employee for employee in held_ones.filter(pk__in=some)}
    return found


def in_parts(keys: Iterable[str]) -> Iterator[list[str]]:
    keys = list(keys)
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def reasons_not_to_undo(job: PeopleImport) -> Iterator[str]:
    """Whatever has been done since with one of the people, by name."""
    if job.applied_at is None or job.undone_at or not job.undo:
        yield _("There is nothing to undo.")
        return
    yield from _changed_since(job.undo["after"] | job.undo["new"], job.undo["new"])
    if any(_is_used(Employee, keys) for keys in in_parts(job.undo["new"])):
        yield _("Somebody who came with the import already has a part in a round, in a team or in the trail.")
    if job.undo["units"] and _is_used(Unit, job.undo["units"], but=_places_of(job)):
        yield _("A unit that came with the import is already used for something else.")


def _changed_since(expected: dict[str, dict], new: dict[str, dict]) -> Iterator[str]:
    now = people(expected)
    for key, values in expected.items():
        employee = now.get(key)
        if (
            employee
            and values_of(employee, list(values)) == values
            and not (key in new and employee.has_usable_password())
        ):
            continue
        yield _("%(name)s has been changed since.") % {"name": employee or values.get("name", "?")}


def _places_of(job: PeopleImport) -> set[int]:
    """Those who may be in the new units."""
    return {int(key) for key in [*job.undo["new"], *job.undo["after"]]}


def _is_used(model: type[Model], keys: list, but: Iterable[int] = ()) -> bool:
    """Whether any row anywhere leads to one of these; people in `but` may."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):  # a OneToOneRel is one too
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
            found = rows.values_list("pk", flat=True)
            if set(found) - set(but) if relation.related_model is Employee else found.exists():
                return True
    return Unit.objects.filter(pk__in=keys).exclude(head=None).exists() if model is Unit else False
