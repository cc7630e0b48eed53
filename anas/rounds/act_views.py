"""The acts that move a round on. Each has a page that asks once more and says what stands in its way."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from anas.people.again import decisive
from anas.rounds import forms, guards, pages, rules, services
from anas.rounds.models import Round


@decisive
def remove_member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    found = get_object_or_404(round.members.select_related("employee"), pk=member)
    return pages.confirm(
        request,
        services.remove_member,
        round,
        member=found,
        by=request.user,
        to="rounds:team",
        pk=pk,
        done=_("%(name)s no longer has a role in this round.") % {"name": found.employee},
        page={
            "title": _("Take %(name)s out of the team?") % {"name": found.employee},
            "text": _("The person loses the role, and can be given one again until the team begins its work."),
            "submit": _("Take out"),
            "reasons": list(filter(None, [guards.reason_team_fixed(round)])),
        },
    )


@decisive
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    pages.still(request, guards.reason_not_draft(round))
    return pages.confirm(
        request,
        services.open_round,
        round,
        by=request.user,
        pk=pk,
        done=_("The round is open. The unit heads can propose."),
        page={
            "title": _("Open the round?"),
            "text": _("From now on its rules cannot be changed any more."),
            "items": [
                _("The rules of %(scheme)s are frozen and get a fingerprint.") % {"scheme": round.scheme.name},
                _("%(stage)s opens for the heads of %(count)s units.")
                % {"stage": round.stage_list[0], "count": round.scope.children.count()},
            ],
            "submit": _("Open the round"),
            "reasons": list(guards.reasons_not_to_open_round(round)),
        },
    )


@decisive
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends the input of the current stage."""
    round = pages.find_round(request, pk)
    stage = pages.current_stage(request, round)
    pages.only(rules.must_be(stage.what.closed_by, request.user, round))
    return pages.confirm(
        request,
        services.close_stage,
        round,
        by=request.user,
        pk=pk,
        done=_("%(stage)s is closed.") % {"stage": stage},
        page={
            "title": _("Close: %(stage)s?") % {"stage": stage},
            "text": _("Afterwards nothing can be handed in for this stage."),
            "items": stage.what.close_warnings(stage),
            "submit": _("Close"),
            "reasons": guards.reasons_not_to_close(stage),
        },
    )


@decisive
def advance(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the next stage, or combines all parts after the last one."""
    round = pages.find_round(request, pk)
    stage = pages.current_stage(request, round)
    pages.only(rules.may_advance(request.user, round))
    following = stage.next
    return pages.confirm(
        request,
        services.advance,
        round,
        by=request.user,
        form=following.what.opening_form(following, request.POST or None) if following else None,
        pk=pk,
        done=_("%(stage)s is open.") % {"stage": following} if following else _("The result has been combined."),
        page={
            "title": _("Open: %(stage)s?") % {"stage": following} if following else _("Combine the result?"),
            "text": _("What came before cannot be changed afterwards."),
            "items": following.what.open_warnings(following) if following else [],
            "submit": _("Open") if following else _("Combine"),
            "reasons": list(guards.reasons_not_to_advance(stage)),
        },
    )


def extend(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    round = pages.find_round(request, pk)
    stage = pages.find_stage(round, code=code)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    return pages.confirm(
        request,
        services.extend_stage,
        stage,
        by=request.user,
        form=forms.ExtensionForm(request.POST or None, initial={"closes_at": stage.closes_at}),
        pk=pk,
        done=_("%(stage)s has a new deadline.") % {"stage": stage},
        page={
            "title": _("Extend: %(stage)s") % {"stage": stage},
            "text": _("Everybody in the round will see the new deadline and the reason."),
            "submit": _("Extend"),
        },
    )


@decisive
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    round = pages.find_round(request, pk)
    stage = pages.current_stage(request, round)
    pages.only(rules.must_be(stage.what.closed_by, request.user, round))
    return pages.confirm(
        request,
        services.reopen_stage,
        round,
        by=request.user,
        form=forms.ReasonForm(request.POST or None),
        pk=pk,
        done=_("%(stage)s is open again.") % {"stage": stage},
        page={
            "title": _("Open again: %(stage)s?") % {"stage": stage},
            "text": _("The scores of this stage and decisions on its ties are taken back."),
            "submit": _("Open again"),
            "danger": True,
            "reasons": list(guards.reasons_not_to_reopen(stage)),
        },
    )


@decisive
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.HEAD, request.user, round))
    return pages.confirm(
        request,
        services.approve,
        round,
        by=request.user,
        pk=pk,
        done=_("The result is approved. The committee can issue the decree."),
        page={
            "title": _("Approve the result?"),
            "text": _("With this the winners stand, and the decree can be issued."),
            "submit": _("Approve"),
            "reasons": list(guards.reasons_not_to_approve(round)),
        },
    )


@decisive
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.HEAD, request.user, round))
    return pages.confirm(
        request,
        services.send_back,
        round,
        by=request.user,
        form=forms.ReasonForm(request.POST or None),
        pk=pk,
        done=_("The result has been sent back."),
        page={
            "title": _("Send the result back?"),
            "text": _(
                "The result is taken back and the last stage is open again. The votes stay as they were counted."
            ),
            "submit": _("Send back"),
            "danger": True,
            "reasons": list(guards.reasons_not_to_send_back(round)),
        },
    )


def announce(request: HttpRequest, pk: int) -> HttpResponse:
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    return pages.confirm(
        request,
        services.announce,
        round,
        by=request.user,
        pk=pk,
        done=_("The result is announced."),
        page={
            "title": _("Announce the result?"),
            "text": _announced_to(round),
            "submit": _("Announce"),
            "reasons": list(guards.reasons_not_to_announce(round)),
        },
    )


def _announced_to(round: Round) -> str:
    if round.is_rehearsal:
        return _("Whoever takes part in the rehearsal will see the winners. It has no page for everybody.")
    return _("All employees, and everybody who has the address of the announcement, will see the winners.")


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    return pages.confirm(
        request,
        services.cancel,
        round,
        by=request.user,
        form=forms.ReasonForm(request.POST or None),
        pk=pk,
        done=_("The round has been cancelled."),
        page={
            "title": _("Cancel the round?"),
            "text": _("Everything stays readable, but nothing can be handed in any more. This cannot be undone."),
            "submit": _("Cancel the round"),
            "danger": True,
            "reasons": list(guards.reasons_not_to_cancel(round)),
        },
    )
