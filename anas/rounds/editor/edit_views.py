"""Writing a scheme: a copy, a new one, one from a file, the next version of one's own."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anas.people.models import Unit
from anas.refused import Refused
from anas.rounds import scheme as schemes
from anas.rounds.editor import access, services
from anas.rounds.editor.changes import changes
from anas.rounds.editor.draft import Draft
from anas.rounds.editor.file_forms import FileForm, OfficeForm
from anas.rounds.editor.forms import Editor, place_in_words
from anas.rounds.forms import OWN
from anas.rounds.own_schemes import OwnScheme
from anas.rounds.scheme_words import words
from anas.rounds.tables import CODE, BadData

SHOWN = 100  # errors of a file
either = require_http_methods(["GET", "HEAD", "POST"])


@either
def new(request: HttpRequest) -> HttpResponse:
    """A scheme of the office's own; `?dari=` names what it is a copy of."""
    access.only_committee(request)
    office = OfficeForm(request.POST or None, units=access.offices_of(request.user))
    draft = Draft.sent(request.POST) if request.method == "POST" else _source(request)
    if request.POST.get("act") == "save":
        office.is_valid()
        unit = office.cleaned_data.get("unit")
        editor = Editor.checked(draft, _code_taken(draft, unit) if unit else [])
        if unit and editor.scheme and (kept := _kept(request, editor, services.keep, unit=unit)):
            return redirect(kept)
        return _page(request, editor, whose=office)
    return _page(request, _edited(request, draft), whose=_as_typed(request, office))


@either
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of the office's scheme. Who saves over what somebody else has saved meanwhile is told first."""
    own = access.find_own_to_change(request, pk)
    seen = request.POST.get("seen", str(own.number))
    draft = Draft.sent(request.POST) if request.method == "POST" else Draft.of(own.scheme)
    if request.POST.get("act") == "save":
        editor = Editor.checked(draft, _code_taken(draft, own.unit, own))
        number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        if editor.scheme and (kept := _kept(request, editor, services.change, own, seen=number)):
            return redirect(kept)
        seen = str(own.number) if editor.scheme else seen
        return _page(request, editor, own=own, seen=seen)
    return _page(request, _edited(request, draft), own=own, seen=seen)


@either
def take_in(request: HttpRequest) -> HttpResponse:
    """A scheme from a TOML file: what is wrong with it, or the form with everything in it, not kept yet."""
    access.only_committee(request)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    faults: list[BadData] = []
    if request.method == "POST" and form.is_valid():
        scheme, faults = schemes.examine(form.cleaned_data["data"])
        if scheme:
            office = OfficeForm(units=access.offices_of(request.user))
            return _page(request, Editor.checked(Draft.of(scheme)), whose=office, imported=True)
    problems = [{"where": place_in_words(fault.place), "fault": fault} for fault in faults[:SHOWN]]
    page = {"form": form, "problems": problems, "number": len(faults)}
    return render(request, "schemes/import.html", page)


def _source(request: HttpRequest) -> Draft:
    """What is copied: a shipped scheme by its code, an office's by its key; else nothing."""
    source = request.GET.get("dari", "")
    if not source:
        return Draft.empty()
    if source.startswith(OWN) and (key := source.removeprefix(OWN)).isdecimal() and len(key) < 18:
        draft = Draft.of(access.find_own(request, int(key)).scheme)
    else:
        draft = Draft.of(access.find_preset(request, source))
    taken = set(OwnScheme.objects.filter(unit__in=access.offices_of(request.user)).values_list("code", flat=True))
    draft.top["code"] = next(code for code in _codes_like(draft.top["code"]) if code not in taken)
    return draft


def _codes_like(code: str) -> Iterator[str]:
    yield code
    for number in count(2):
        yield f"{code[:36]}-{number}"


def _edited(request: HttpRequest, draft: Draft) -> Editor:
    """After a button that is not "save": with a row more, less or elsewhere, or looked at."""
    if request.method != "POST" or draft.act(request.POST.get("act", "")):
        return Editor(draft)
    return Editor.checked(draft)


def _as_typed(request: HttpRequest, office: OfficeForm) -> OfficeForm:
    """With the office that was chosen, and no word yet about what is wrong with it."""
    return OfficeForm(initial={"unit": request.POST.get("unit")}, units=office.fields["unit"].queryset)


def _code_taken(draft: Draft, unit: Unit, own: OwnScheme | None = None) -> list[BadData]:
    """What the office's other schemes have against the code, if it can be one at all."""
    draft.fill_codes()
    code = draft.top["code"]
    reason = services.reason_code_taken(unit, code, own) if CODE.fullmatch(code) else None
    return [BadData("code", reason)] if reason else []


def _kept(
    request: HttpRequest, editor: Editor, act: Callable[..., OwnScheme], *args: Any, **kwargs: Any
) -> OwnScheme | None:
    try:
        own = act(*args, scheme=editor.scheme, by=request.user, **kwargs)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return None
    messages.success(
        request, _("Kept as version %(number)s. Rounds that have been opened keep theirs.") % {"number": own.number}
    )
    return own


def _page(request: HttpRequest, editor: Editor, *, own: OwnScheme | None = None, **more: Any) -> HttpResponse:
    """The form, and beneath it in words what it says, where nothing is wrong with it."""
    found: dict[str, Any] = {"editor": editor, "own": own, "address": reverse("schemes:new")}
    if own:
        found |= {"address": reverse("schemes:change", args=[own.pk])}
    if editor.scheme:
        found |= words(editor.scheme) | {"changes": changes(own.scheme, editor.scheme) if own else None}
    return render(request, "schemes/edit.html", found | more)
