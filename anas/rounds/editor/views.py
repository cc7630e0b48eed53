"""The committee's pages about schemes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anas.people.again import decisive
from anas.rounds import guards, pages, rules, scheme_file
from anas.rounds import scheme as schemes
from anas.rounds.editor import access, services
from anas.rounds.editor.changes import changes
from anas.rounds.forms import OWN
from anas.rounds.models import Round
from anas.rounds.own_schemes import OwnScheme
from anas.rounds.scheme_words import words

SHOWN = 50  # rounds, and versions, on one page


@require_safe
def scheme_list(request: HttpRequest) -> HttpResponse:
    """What there is: what comes with the application, and what offices have made."""
    access.only_committee(request)
    own = list(OwnScheme.objects.visible_to(request.user))
    uses, shipped_uses = access.uses_of(own, request.user), access.uses_of_presets(request.user)
    shipped = [schemes.preset(code) for code in schemes.preset_codes()]
    context = {
        "own": [{"own": one, "scheme": one.scheme, "uses": uses[one.pk]} for one in own],
        "shipped": [{"scheme": scheme, "uses": shipped_uses[scheme.code]} for scheme in shipped],
    }
    return render(request, "schemes/list.html", context)


@require_safe
def preset(request: HttpRequest, code: str) -> HttpResponse:
    """A scheme that comes with the application, in words."""
    scheme = access.find_preset(request, code)
    drafts = Round.objects.visible_to(request.user).filter(own_scheme=None)
    used = [round for round in drafts if round.scheme.code == code]
    context = {"used": used[:SHOWN], "digest": schemes.digest(schemes.freeze(scheme)), "standard": code}
    return render(request, "schemes/scheme.html", words(scheme) | context)


@require_safe
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """A scheme of an office, in words, with its rounds and its earlier versions."""
    found = access.find_own(request, pk)
    used = list(Round.objects.visible_to(request.user).filter(own_scheme=found).select_related("own_scheme")[:SHOWN])
    is_played = any(not (round.is_draft or round.is_rehearsal) for round in used)
    context = {
        "own": found,
        "standard": f"{OWN}{pk}" if is_played else "",
        "may_change": not rules.may_set_up_in(request.user, found.unit),
        "used": used,
        "versions": _versions(found),
        "digest": found.digest,
    }
    return render(request, "schemes/scheme.html", words(found.scheme) | context)


def _versions(found: OwnScheme) -> list[dict[str, object]]:
    """The latest first, each with what it changed."""
    texts = [found, *found.earlier.select_related("by")[:SHOWN]]
    before = [*texts[1:], None]
    return [
        {"text": text, "changes": changes(old.scheme, text.scheme) if old else []}
        for text, old in zip(texts, before, strict=True)
    ]


@require_safe
def preset_file(request: HttpRequest, code: str) -> HttpResponse:
    return _file(access.find_preset(request, code))


@require_safe
def own_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as a TOML file."""
    found = access.find_own(request, pk)
    text = found if found.number == number else get_object_or_404(found.earlier, number=number)
    return _file(text.scheme)


def _file(scheme: schemes.Scheme) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{scheme.code}.toml"'}
    return HttpResponse(scheme_file.write(scheme), content_type="application/toml; charset=utf-8", headers=headers)


@decisive
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.find_own_to_change(request, pk)
    if request.method == "POST":
        done = _("%(scheme)s has been deleted.") % {"scheme": found}
        if pages.attempt(request, services.delete, found, by=request.user, done=done):
            return redirect("schemes:list")
    page = {
        "title": _("Delete %(scheme)s?") % {"scheme": found},
        "text": _("With all its versions. This cannot be undone; download the file first if you may need it again."),
        "submit": _("Delete"),
        "danger": True,
        "reasons": list(services.reasons_not_to_delete(found)),
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "confirm.html", page)


@decisive
def take_present(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft takes its scheme as it is now; for the committee of the round."""
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    if round.present_scheme is None:
        raise Http404
    return pages.confirm(
        request,
        services.take_present_scheme,
        round,
        by=request.user,
        pk=pk,
        to="rounds:rules",
        done=_("The round has the rules of %(scheme)s as they are now.") % {"scheme": round.present_scheme.name},
        page={
            "title": _("Take the present version of the scheme?"),
            "text": _("The round is a draft, so its rules can still change. Stages that stay keep their dates."),
            "items": [
                f"{one.what}: {one.was or '–'} → {one.becomes or '–'}"
                for one in changes(round.scheme, round.present_scheme)
            ],
            "submit": _("Take the present version"),
            "reasons": list(guards.reasons_not_to_take_scheme(round)),
        },
    )
