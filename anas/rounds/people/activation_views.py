"""The page where somebody comes with a code and sets a password. The code is typed, or stands behind the # of the
address, from where the page's script takes it; it is in no address that a server sees."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from anas.people import limits
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import pages
from anas.rounds.people import activation


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "receipt-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "XXXX-XXXX-XXXX",
                "autofocus": True,
                "data-from-address": True,
            }
        ),
    )
    owner: Employee

    def clean_code(self) -> str:
        try:
            self.owner = activation.owner_of(self.cleaned_data["code"])
        except Refused as refused:
            raise forms.ValidationError(refused.reasons) from None
        return self.cleaned_data["code"]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def activate(request: HttpRequest) -> HttpResponse:
    """First the code, then the password of its owner. Afterwards one logs in as always."""
    if request.method == "POST" and (seconds := limits.seconds_left(request, "activation")):
        return limits.too_many(request, seconds)
    code = CodeForm(request.POST or None)
    if request.method != "POST" or not code.is_valid():
        if code.errors:
            limits.count(request, "activation")
        return render(request, "people/activate.html", {"code": code})
    has_typed = "new_password1" in request.POST
    form = SetPasswordForm(code.owner, request.POST if has_typed else None)
    if has_typed and form.is_valid():
        typed, password = code.cleaned_data["code"], form.cleaned_data["new_password1"]
        done = _("Your password is set. Log in with the number %(number)s.") % {"number": code.owner.number}
        if pages.attempt(request, activation.activate, typed, password=password, done=done):
            return redirect("people:login")
    return render(request, "people/activate.html", {"code": code, "form": form, "owner": code.owner})
