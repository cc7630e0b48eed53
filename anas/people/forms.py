from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import forms as auth
from django.utils.translation import gettext_lazy as _

from anas.people.numbers import without_blanks


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
        return without_blanks(self.cleaned_data["username"])


class AdminLoginForm(LoginForm, AdminAuthenticationForm):
    """The same for the admin, which lets superusers in."""
