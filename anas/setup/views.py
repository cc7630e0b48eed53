"""The set-up assistant: one page with the steps and how far each is, and what no other page does. Everything else is
done on the pages that there are; they lead back here (`anas.setup.context`)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from anas.people.again import decisive
from anas.people.models import Unit
from anas.rounds import pages
from anas.rounds import services as rounds
from anas.rounds.scheme_words import words
from anas.setup import finding, forms, heads, services
from anas.setup.context import KEY
from anas.setup.steps import steps


def _overview_of(office: Unit) -> str:
    return f"{reverse('setup:overview')}?kantor={office.pk}"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The line of steps, for the committee of an office, and for the account of an empty installation."""
    if services.reason_not_first(request.user) is None:
        return render(request, "setup/overview.html", {"line": steps(None)})
    offices = finding.offices(request)
    office = finding.office_of(request, offices)
    request.session[KEY] = office.pk
    context = {"line": steps(office), "shown": office, "offices": offices, "round_now": finding.round_of(office)}
    return render(request, "setup/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@decisive
def found(request: HttpRequest) -> HttpResponse:
    """The first office, for the account of an empty installation."""
    pages.only(services.reason_not_first(request.user))
    form = forms.OfficeForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        done = _("%(office)s is there, and you are its committee.") % {"office": form.cleaned_data["name"]}
        if pages.attempt(request, services.found_office, by=request.user, done=done, **form.cleaned_data):
            return redirect("setup:overview")
    return render(request, "setup/found.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def add_divisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Several units of the office at once."""
    office = finding.find_office(request, pk)
    form = forms.DivisionsForm(request.POST or None, office=office)
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data["names"]
        done = ngettext("%(count)s unit added.", "%(count)s units added.", len(names)) % {"count": len(names)}
        if pages.attempt(request, services.add_divisions, office, names=names, by=request.user, done=done):
            return redirect(_overview_of(office))
    context = {"office_shown": office, "form": form, "units": office.children.order_by("position", "name")}
    return render(request, "setup/divisions.html", context | {"back": _overview_of(office)})


@require_http_methods(["GET", "HEAD", "POST"])
@decisive
def name_heads(request: HttpRequest, pk: int) -> HttpResponse:
    """The heads of the office and of its units at once."""
    office = finding.find_office(request, pk)
    form = forms.HeadsForm(request.POST or None, places=heads.places(office, request.user))
    if request.method == "POST" and form.is_valid():
        done = _("The heads are named.")
        if pages.attempt(request, services.name_heads, form.heads, by=request.user, done=done):
            return redirect(_overview_of(office))
    context = {"office_shown": office, "form": form, "back": _overview_of(office)}
    return render(request, "setup/heads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_award(request: HttpRequest, pk: int) -> HttpResponse:
    """An award is chosen, with its rules in words and an example calculation; a draft of a round begins."""
    office = finding.find_office(request, pk)
    if reason := _reason_no_award(office):
        messages.info(request, reason)
        return redirect(_overview_of(office))
    form = forms.AwardForm(request.POST or None, employee=request.user, office=office)
    if request.method == "POST" and form.is_valid() and request.POST.get("act") != "look":
        round = rounds.create_round(**form.cleaned_data, by=request.user)
        return redirect("rounds:schedule", round.pk)
    context = {"office_shown": office, "form": form, "back": _overview_of(office)}
    context |= words(scheme) if (scheme := form.shown_scheme) else {}
    return render(request, "setup/award.html", context)


def _reason_no_award(office: Unit) -> str | None:
    """Why no round is begun for the office now."""
    if not office.children.exists():
        return _("%(office)s has no units that could propose.") % {"office": office}
    draft = finding.round_of(office)
    if draft and draft.is_draft:
        return _("There is a draft already: %(round)s.") % {"round": draft}
    return None
