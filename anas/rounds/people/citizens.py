"""The NIK of somebody: set, replaced, forgotten; never answered."""

from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.people.niks import Nik, digest
from anas.refused import Refused


def is_known(employee: Employee) -> bool:
    return Nik.objects.filter(employee=employee.pk).exists()


def reason_taken(number: str, employee: Employee | None) -> str | None:
    others = Nik.objects.filter(digest=digest(number)).exclude(employee=employee and employee.pk)
    return _("Somebody else has this NIK.") if others.exists() else None


def keep(employee: Employee, number: str | None) -> bool:
    """Sets the NIK; empty: forgets it; None: leaves it. Answers whether anything was done."""
    if number is None:
        return False
    if not number:
        return bool(Nik.objects.filter(employee=employee).delete()[0])
    if reason := reason_taken(number, employee):
        raise Refused(reason)
    Nik.objects.update_or_create(employee=employee, defaults={"number": number})
    return True
