"""The committee starts a rehearsal, has the others play in it, and removes it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.documents.models import Document
from anas.people.again import decisive
from anas.rehearsal import guards, services, turns
from anas.rounds import pages, rules
from anas.rounds.models import Round
from nominations.models import Nominee
from voting.models import Envelope


class StartForm(forms.Form):
    audience = forms.ChoiceField(
        label=gettext_lazy("Who takes part"),
        choices=Round.Rehearsal.choices,
        initial=Round.Rehearsal.FEW,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Others do not see it at all. Whoever is absent can be played by the committee."),
    )


def find_rehearsal(request: HttpRequest, pk: int) -> Round:
    """The rehearsal, for its committee. 404 for everybody else, and for a real round."""
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round) or guards.reason_real(round))
    return round


def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what a rehearsal is, asks who takes part, and starts one."""
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round) or guards.reason_rehearsal(round))
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.start(round, audience=form.cleaned_data["audience"], by=request.user)
        messages.success(request, _("The rehearsal is prepared. Open it, and play it as you would a real round."))
        return redirect("rounds:detail", made.pk)
    page = {
        "title": _("Rehearse this round?"),
        "text": _("A copy of the round, to practise before it counts: the same rules, the same team, the same pages."),
        "items": _what_it_is(round),
        "submit": _("Start the rehearsal"),
        "form": form,
        "cancel_url": round.get_absolute_url(),
    }
    return render(request, "confirm.html", pages.context(request, round, **page))


def _what_it_is(round: Round) -> list[str]:
    return [
        _("Every page and every paper of it says that it is a rehearsal. Its papers take no number of your register."),
        _("Nobody outside sees it: there is no public announcement, no e-mail, and no signature with a certificate."),
        _("Whoever is absent can be played: the committee has the input invented that a stage waits for."),
        _("It has no dates, so that you can go through all of it in minutes. The team of %(round)s goes along.")
        % {"round": round},
        _("It counts nowhere, and is removed with everything in it when you have practised enough."),
    ]


def play(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what the others would do now, and has it done."""
    round = find_rehearsal(request, pk)
    turn = turns.next_turn(round, request.user)
    page = {"title": _("Have the others play"), "reasons": [guards.reason_no_turn(round)]}
    if turn:
        text = _("What they would enter is invented. It goes through the same steps as if they had entered it.")
        page = {"title": f"{turn.title}?", "text": text, "items": turn.items, "reasons": turn.reasons}
    return pages.confirm(
        request,
        services.play,
        round,
        by=request.user,
        pk=pk,
        done=_("The others have played. What comes next stands here."),
        page=page | {"submit": _("Have it done")},
    )


@decisive
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what goes, and deletes it all."""
    round = find_rehearsal(request, pk)
    return pages.confirm(
        request,
        services.remove,
        round,
        by=request.user,
        pk=pk,
        to=reverse("rounds:list"),
        done=_("The rehearsal has been removed with everything in it."),
        page={
            "title": _("Remove the rehearsal?"),
            "text": _("Everything of %(round)s is deleted at once. This cannot be undone.") % {"round": round},
            "items": _what_goes(round),
            "submit": _("Remove everything"),
            "danger": True,
            "reasons": list(filter(None, [guards.reason_batch(round)])),
        },
    )


def _what_goes(round: Round) -> list[str]:
    nominees = Nominee.objects.filter(proposal__stage__round=round).count()
    envelopes = Envelope.objects.filter(poll__stage__round=round).count()
    papers = Document.objects.filter(round=round).count()
    return [
        _("Nominees with photos, files and scores: %(count)s") % {"count": nominees},
        _("Sealed envelopes with roll and keys: %(count)s") % {"count": envelopes},
        _("Papers: %(count)s. Whoever checks one afterwards reads that it is not known.") % {"count": papers},
        _("The trail of the rehearsal. The office's trail keeps that it was held and removed, and by whom."),
    ]
