"""People who left long ago. Decrees, certificates and minutes keep their own text and bytes and stay as they are; of
the person remains what these, the results and the audit trail need."""

from datetime import datetime

from django.db import transaction
from django.db.models import ManyToOneRel, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.activations import Activation
from anas.people.models import Employee
from anas.people.niks import Nik
from anas.privacy.models import Departure

# Rows of these say nothing that others rely on by name. Any other row that leads to somebody keeps the name.
WITHOUT_A_NAME = {
    "people.nik",
    "people.activation",
    "voting.voter",
    "voting.votercard",
    "mailing.message",
    "privacy.departure",
}


def purge(before: datetime, really: bool) -> int:
    """Erases what is no longer needed of everybody who was known to have left before this moment."""
    if really:
        _notice()
    gone = _due(before)
    number = gone.count()
    if really:
        for employee in gone:
            erase(employee)
    return number


def _due(before: datetime) -> QuerySet[Employee]:
    return Employee.objects.filter(
        is_active=False, departure__noticed_on__lt=timezone.localdate(before), departure__erased_on=None
    )


def _notice() -> None:
    """Begins to count the days of whoever has left since, and forgets about whoever has come back."""
    Departure.objects.filter(employee__is_active=True).delete()
    new = Employee.objects.filter(is_active=False, departure=None)
    today = timezone.localdate()
    Departure.objects.bulk_create((Departure(employee=one, noticed_on=today) for one in new), batch_size=500)


def erase(employee: Employee) -> None:
    """Numbers, address, photo, password, rank and log-ins go for everybody; name and position too, unless the person
    had a part in a round or stands in the audit trail, where somebody may have to read who it was."""
    _delete_after_commit(employee.photo)
    Nik.objects.filter(employee=employee).delete()
    Activation.objects.filter(employee=employee).delete()
    employee.number = f"arsip-{employee.pk}"
    employee.email = employee.photo = employee.rank = employee.grade = employee.classification = ""
    employee.last_login = None
    employee.set_unusable_password()
    if not has_a_part(employee):
        employee.name = _("Former employee")
        employee.title_before = employee.title_after = employee.position = ""
    employee.save()
    Departure.objects.filter(employee=employee).update(erased_on=timezone.localdate())


def has_a_part(employee: Employee) -> bool:
    """Whether any row leads to the person by which others should still know the name."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: employee}).exists()
        for relation in Employee._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and relation.related_model._meta.label_lower not in WITHOUT_A_NAME
    )


def _delete_after_commit(photo) -> None:
    if photo:
        storage, name = photo.storage, photo.name
        transaction.on_commit(lambda: storage.delete(name))
