"""Activation codes, for the committee that hands them out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from anas.documents import activation_cards
from anas.documents.activation_forms import ActivationForm
from anas.documents.views import pdf_response
from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds.people import access, activation, activation_mail


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables()
def activation_codes(request: HttpRequest) -> HttpResponse:
    """Asks for whom; POST makes new codes, and prints them as a PDF that exists in this answer alone, or mails them."""
    units = access.find_units(request)
    form = ActivationForm(request.POST or None, units=units, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _issue(request, form)
        except Refused as refused:
            for reason in refused.reasons:
                messages.error(request, reason)
    waiting = activation.without_password(units).count()
    return render(request, "documents/activation_codes.html", {"form": form, "waiting": waiting})


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """?orang=12: a person of the committee's, chosen on another page."""
    key = request.GET.get("orang", "")
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        return {"whom": ActivationForm.ALL}
    found = Employee.objects.filter(pk=key, unit__in=access.find_units(request)).first()
    return {"whom": ActivationForm.PERSON, "person": found.number} if found else {"whom": ActivationForm.ALL}


def _issue(request: HttpRequest, form: ActivationForm) -> HttpResponse:
    how = {"until": form.cleaned_data["until"], "by": request.user, "site": request.build_absolute_uri("/")}
    if not form.is_by_mail:
        return pdf_response(activation_cards.draw(form.chosen(), **how), "kartu-aktivasi.pdf")
    _tell(request, activation_mail.send(form.chosen(), **how))
    return redirect("documents:activation")


def _tell(request: HttpRequest, report: activation_mail.Report) -> None:
    if report.sent:
        messages.success(
            request, ngettext("%(count)s mail sent.", "%(count)s mails sent.", report.sent) % {"count": report.sent}
        )
    for people, text in (
        (report.failed, _("The mail server did not take the mails to: %(names)s. Their codes of before still hold.")),
        (report.without_address, _("Without an address, so print cards for: %(names)s.")),
    ):
        if people:
            messages.warning(request, text % {"names": "; ".join(map(str, people))})
