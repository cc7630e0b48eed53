"""Who needs a second factor, and who has shown it."""

from typing import Any

from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_password_login,
)
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from anas.people import entering
from anas.people.models import Employee, Unit

TWICE = {"mfa", "socialaccount"}  # allauth's names of what is more than a password
MISSING = "second_factor_missing"


def enter(request: HttpRequest, employee: Employee, to: str) -> HttpResponse:
    """Logs in, or asks first for the second factor of whoever has one."""
    if not has_one(employee):
        request.has_no_second_factor = True
        return entering.straight(request, employee, to)
    return perform_password_login(request, {"username": employee.number}, Login(user=employee, redirect_url=to))


def needs_one(employee: Employee) -> bool:
    """The committee, the head of an office with the deputies of today, and the administrator, where the setting says
    so."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    heads = Unit.objects.filter(pk__in=employee.headed_unit_ids, children__isnull=False)
    return employee.is_superuser or employee.is_committee or heads.exists()


def has_one(employee: Employee) -> bool:
    return is_mfa_enabled(employee, [Authenticator.Type.TOTP])


def has_shown_it(request: HttpRequest) -> bool:
    """In this session, or came through single sign-on."""
    return any(record["method"] in TWICE for record in get_authentication_records(request, request.user))


@receiver(user_logged_in)
def note_what_is_missing(request: HttpRequest, user: Employee, **kwargs: Any) -> None:
    """Some logins do not pass `enter`: that of the admin, that of the demo."""
    if getattr(request, "has_no_second_factor", False):
        return
    records = get_authentication_records(request, user)
    request.session[MISSING] = has_one(user) and not any(record["method"] in TWICE for record in records)
