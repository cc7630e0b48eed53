from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth import forms as auth
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from anas.people import devices, niks
from anas.people.numbers import NIK, without_blanks


class LoginForm(auth.AuthenticationForm):
    """The number may be typed with the blanks that it is printed with."""

    # Django's own field lets any length through, which the table of wrong tries does not hold.
    username = auth.UsernameField(max_length=60)

    error_messages = {
        **auth.AuthenticationForm.error_messages,
        "invalid_login": _(
            "This number and this password do not belong together. Mind small and capital letters in the password."
        ),
    }

    def clean_username(self) -> str:
        """Somebody without a NIP may have been entered with his NIK."""
        typed = without_blanks(self.cleaned_data["username"])
        return niks.login_name(typed) if NIK.fullmatch(typed) else typed

    def clean(self) -> dict[str, Any]:
        if devices.is_shut_out(self.request, self.cleaned_data.get("username", "")):
            raise forms.ValidationError(
                _(
                    "Too many wrong passwords have come from your address. Wait a quarter of an hour, or log in on a "
                    "phone or computer where you have logged in before."
                )
            )
        return super().clean()


class AdminLoginForm(LoginForm, AdminAuthenticationForm):
    """The same for the admin, which lets superusers in."""


class PasswordChangeForm(auth.PasswordChangeForm):
    """Django's counts no wrong tries: in a browser that was left open anybody could guess on."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        if not is_own_password(self.request, password := self.cleaned_data["old_password"]):
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return password


def is_own_password(request: HttpRequest, password: str) -> bool:
    """Whether it is that of whoever is logged in. Wrong tries count as those at the login do."""
    return authenticate(request, username=request.user.get_username(), password=password) == request.user
