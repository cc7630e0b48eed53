from typing import Any

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from anas.people import devices, entering
from anas.people.forms import LoginForm, PasswordChangeForm


class Login(auth.LoginView):
    form_class = LoginForm
    template_name = "people/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: LoginForm) -> HttpResponse:
        response = entering.enter(self.request, form.get_user(), self.get_success_url())
        devices.remember(response, form.get_user())
        return response


@method_decorator(login_not_required, name="dispatch")
class Logout(auth.LogoutView):
    """Open to everybody, so that a second click after the first does not lead to a login."""


class PasswordChange(SuccessMessageMixin, auth.PasswordChangeView):
    form_class = PasswordChangeForm
    template_name = "people/password_change.html"
    success_url = reverse_lazy("rounds:tasks")
    success_message = _("Your new password holds from now on. Other devices have been logged out.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}
