"""Two of allauth's pages, with what the project has to remember about them."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

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


def _note(user, action: str) -> None:
    note(user, action, user, unit=user.unit, role=_("owner of the account"))
