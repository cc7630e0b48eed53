"""The demo office in the database: made once, found again, thrown away."""

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import models, transaction

from anas.demo import office
from anas.documents.services import set_letterhead
from anas.people.models import CommitteeSeat, Employee, Unit
from anas.people.ranks import RANKS


def exists() -> bool:
    return Unit.objects.filter(code=office.ROOT).exists()


def is_somebody_elses() -> bool:
    """Whether the database holds people or units that are no demo."""
    return not exists() and (Unit.objects.exists() or Employee.objects.exists())


@transaction.atomic
def create() -> None:
    """The units, the people with one password for all, and the committee. An administrator for the admin pages too."""
    units: dict[str, Unit] = {}
    for position, place in enumerate(office.PLACES):
        units[place.code] = Unit.objects.create(
            code=place.code,
            name=place.name,
            parent=units.get(place.parent),
            position=position,
            head_title=place.head_title,
        )
    password = make_password(office.PASSWORD)  # slow on purpose, so once
    Employee.objects.bulk_create(_employee(person, units, password) for person in office.people().values())
    Employee.objects.create(number=office.ADMINISTRATOR, name="Administrator", password=password, is_superuser=True)
    for place in office.PLACES:
        if place.head:
            units[place.code].head = called(place.head)
            units[place.code].save()
    CommitteeSeat.objects.create(unit=units[office.OFFICE], employee=called(office.COMMITTEE))
    set_letterhead(units[office.OFFICE], values=office.LETTERHEAD, by=called(office.COMMITTEE))


def _employee(person: office.Person, units: dict[str, Unit], password: str) -> Employee:
    return Employee(
        number=person.number,
        name=person.name,
        title_before=person.before,
        title_after=person.after,
        status=person.status,
        grade=person.grade,
        rank=RANKS.get(person.grade, ""),
        position=person.position,
        classification=person.classification,
        unit=units[person.unit],
        password=password,
    )


def called(name: str) -> Employee:
    """Somebody of the demo office as the database has him now, without roles remembered from before."""
    return Employee.objects.get(number=office.people()[name].number)


def clear() -> None:
    """Empties the whole database, and deletes the files that it knows of."""
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, models.FileField):
                for row in model._default_manager.exclude(**{field.name: ""}):
                    getattr(row, field.name).delete(save=False)
    call_command("flush", interactive=False, verbosity=0)
