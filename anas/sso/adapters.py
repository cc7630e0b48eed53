"""What allauth asks the project: nobody signs up, secrets are sealed, people are known by their number."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from anas.people import numbers, sealed
from anas.people.models import Employee
from anas.sso import factors


class Accounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy("Too many wrong codes. Wait five minutes."),
        "rate_limited": gettext_lazy("Too many wrong codes. Wait five minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what has been done."""


class SecondFactors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right. Type the one that the app shows now."),
        "cannot_delete_authenticator": gettext_lazy("Your role needs a second factor."),
    }

    def encrypt(self, text: str) -> str:
        return sealed.seal("sso.factor", text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed with another SECRET_KEY is lost: a new secret in its stead, which nobody has a code of."""
        return sealed.opened("sso.factor", encrypted_text) or generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not factors.needs_one(authenticator.user)

    def get_totp_label(self, user: Employee) -> str:
        return user.name


class SingleSignOn(DefaultSocialAccountAdapter):
    """Whoever the provider knows by a number that is in service here comes in; nobody else does, and the provider's
    word counts anew each time."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        number = _claimed_number(sociallogin.account.extra_data)
        employee = Employee.objects.filter(number=number, is_active=True).first() if number else None
        if employee is None or (sociallogin.is_existing and sociallogin.user != employee):
            _turn_away(request, gettext("Nobody in service here has the number with which you come."))
        if not sociallogin.is_existing:
            sociallogin.connect(request, employee)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        _turn_away(request, gettext("The single sign-on has not worked. Try again, or use your password."))


def _claimed_number(data: dict[str, Any]) -> str:
    found = (data.get("userinfo") or data.get("id_token") or data).get(settings.OIDC_NUMBER_CLAIM, "")
    return numbers.without_blanks(str(found))


def _turn_away(request: HttpRequest, reason: str) -> None:
    messages.error(request, reason)
    raise ImmediateHttpResponse(redirect("people:login"))
