"""The password once more, before an act that decides something: whoever finds an open browser cannot do it."""

from collections.abc import Callable
from functools import wraps
from time import time
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import RedirectURLMixin, redirect_to_login
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from anas.people.forms import is_own_password

SESSION_KEY = "proved_at"
SECONDS = 15 * 60  # that a password holds for such acts
LONGER = 4  # times so long for a form that was opened in time: what is typed into it is not lost


@receiver(user_logged_in)
def prove(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Whoever logs in has just shown who he is."""
    request.session[SESSION_KEY] = int(time())


def is_proved(request: HttpRequest) -> bool:
    """Whether the visitor has shown lately who he is."""
    seconds = SECONDS * LONGER if request.method == "POST" else SECONDS
    return time() - request.session.get(SESSION_KEY, 0) < seconds


def decisive(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views of acts that decide something: asks for the password first where the last one was long ago."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_proved(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            messages.warning(request, _("Nothing has been done yet: your password was needed once more."))
        return redirect_to_login(request.get_full_path(), str(reverse_lazy("people:again")))

    return asking


class AgainForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        if not is_own_password(self.request, password := self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return password


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Again(RedirectURLMixin, FormView):
    """Asks, and leads on to where the visitor came from."""

    form_class = AgainForm
    template_name = "people/again.html"
    next_page = "rounds:tasks"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=self.get_redirect_url(), **kwargs)

    def form_valid(self, form: AgainForm) -> HttpResponse:
        self.request.session.cycle_key()
        prove(None, self.request)
        return HttpResponseRedirect(self.get_success_url())
