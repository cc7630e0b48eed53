"""Two of allauth's pages, with what the project has to remember about them."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from requests import RequestException

from anas.rounds.people.services import note


class SetUp(totp.ActivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        """Whoever has just set it up has shown it."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        _note(self.request.user, "factor.added")
        return response


class TurnOff(totp.DeactivateTOTPView):
    @transaction.atomic
    def form_valid(self, form: DeactivateTOTPForm) -> HttpResponse:
        _note(self.request.user, "factor.removed")
        return super().form_valid(form)


def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider; back to our own login where it does not answer."""
    try:
        return openid.login(request, provider_id)
    except (RequestException, ValueError, KeyError):
        messages.error(request, _("The single sign-on does not answer. Try again later, or use your password."))
        return redirect("people:login")


def _note(user, action: str) -> None:
    note(user, action, user, unit=user.unit, role=_("owner of the account"))
