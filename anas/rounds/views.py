from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from anas.people.again import decisive
from anas.people.models import Employee, Unit
from anas.rounds import forms, guards, pages, rules, services, suggesting
from anas.rounds.links import links
from anas.rounds.models import Member, Round
from anas.rounds.scheme_words import words
from anas.rounds.tasks import Agenda, tasks_in

PER_PAGE = 25
ON_THE_FIRST_PAGE = 8  # rounds; each asks for its own tasks


def tasks(request: HttpRequest) -> HttpResponse:
    """The first page: what is asked of me now, until when, and what comes next."""
    rounds = Round.objects.visible_to(request.user).exclude(state=Round.State.CANCELLED)
    going_on = rounds.exclude(state=Round.State.ANNOUNCED).prefetch_related("stages")
    page = Paginator(going_on, ON_THE_FIRST_PAGE).get_page(request.GET.get("page"))
    agendas = [
        Agenda(round, pages.steps(round), rules.roles_in(request.user, round), tasks_in(round, request.user))
        for round in page
    ]
    announced = rounds.real().filter(state=Round.State.ANNOUNCED)[:3]
    is_new = request.user.is_superuser and not Unit.objects.exists()
    context = {"agendas": agendas, "announced": announced, "page_obj": page, "is_new_installation": is_new}
    return render(request, "rounds/tasks.html", context)


def round_list(request: HttpRequest) -> HttpResponse:
    """All rounds that the person has a part in, the newest first."""
    rounds = Round.objects.visible_to(request.user).prefetch_related("stages")
    page = Paginator(rounds, PER_PAGE).get_page(request.GET.get("page"))
    for round in page:
        round.can_be_copied = not (round.is_rehearsal or rules.may_set_up_in(request.user, round.scope))
    return render(request, "rounds/list.html", {"page_obj": page})


def create(request: HttpRequest) -> HttpResponse:
    """A new draft, for the committee."""
    if not request.user.is_committee:
        raise Http404
    form = forms.NewRoundForm(request.POST or None, employee=request.user)
    if request.method == "POST" and form.is_valid():
        round = services.create_round(**form.cleaned_data, by=request.user)
        return redirect("rounds:schedule", round.pk)
    return render(request, "rounds/create.html", {"form": form})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the round is, what comes next, and what this person can do about it."""
    round = pages.find_round(request, pk)
    stage = round.current_stage
    return render(
        request,
        "rounds/detail.html",
        pages.context(
            request,
            round,
            stage=stage,
            tasks=tasks_in(round, request.user),
            acts=_acts(round, request.user),
            reasons=_reasons(round, request.user),
            links=links(round, request.user),
        ),
    )


def _acts(round: Round, employee: Employee) -> dict[str, bool]:
    """Which acts this person's page offers; whether one can be done right now is for its own page to say."""
    roles, stage = rules.roles_in(employee, round), round.current_stage
    committee = rules.COMMITTEE in roles
    return {
        "prepare": committee and round.is_draft,
        "take_scheme": committee and round.is_behind_its_scheme,
        "open": committee and round.is_draft,
        "close": bool(stage and stage.is_open and stage.what.closed_by in roles),
        "advance": bool(stage and stage.is_settled and not rules.may_advance(employee, round)),
        "extend": bool(committee and stage and stage.is_open),
        "reopen": bool(stage and stage.is_closed and stage.what.is_reopenable and stage.what.closed_by in roles),
        "approve": rules.HEAD in roles and round.state == Round.State.RESULT and not round.is_approved,
        "announce": committee and round.state == Round.State.DECREED,
        "cancel": committee and not any(guards.reasons_not_to_cancel(round)),
        "copy": committee and not round.is_rehearsal,
    }


def _reasons(round: Round, employee: Employee) -> list[str]:
    """What the round waits for, for those who can act on it."""
    stage = round.current_stage
    if rules.may_read_everything(employee, round):
        return []
    if round.is_draft:
        return list(guards.reasons_not_to_open_round(round))
    if round.state == Round.State.RESULT and not round.is_approved:
        return list(guards.reasons_not_to_approve(round))
    if stage and stage.is_open:
        return guards.reasons_not_to_close(stage)
    return list(guards.reasons_not_to_advance(stage)) if stage else []


def scheme_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules of the award in words: who can be proposed, parts, weights, indicators, ties, rounding, objections;
    and an example."""
    round = pages.find_round(request, pk)
    behind = not rules.must_be(rules.COMMITTEE, request.user, round) and round.is_behind_its_scheme
    return render(request, "rounds/rules.html", pages.context(request, round, behind=behind, **words(round.scheme)))


def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """When each stage opens and closes; for the committee, while the round is a draft. Dates are suggested where there
    are none yet, and from ?mulai=2026-12-01 on."""
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round))
    pages.still(request, guards.reason_not_draft(round))
    begin = _begin_form(request, round)
    suggested = suggesting.schedule(round, begin.first) if begin.first else None
    form = forms.ScheduleForm(request.POST or None, round=round, suggested=suggested)
    if request.method == "POST" and form.is_valid():
        done = _("The schedule has been saved.")
        if pages.attempt(request, services.set_schedule, round, by=request.user, done=done, **form.options()):
            return redirect("rounds:team", pk)
    return render(request, "rounds/schedule.html", pages.context(request, round, form=form, begin=begin))


def _begin_form(request: HttpRequest, round: Round) -> forms.BeginForm:
    has_dates = any(stage.opens_at or stage.closes_at for stage in round.stage_list)
    return forms.BeginForm(request.GET if "mulai" in request.GET else None, has_dates=has_dates)


def team(request: HttpRequest, pk: int) -> HttpResponse:
    """The team, its chair and the witnesses; the committee chooses from suggestions, or finds people by name, and gives
    them a role."""
    round = pages.find_round(request, pk)
    pages.only(rules.may_read_everything(request.user, round))
    if request.method == "POST":
        return _set_member(request, round)
    fixed = rules.must_be(rules.COMMITTEE, request.user, round) or guards.reason_team_fixed(round)
    members = round.members.select_related("employee__unit")
    choosing = {} if fixed else _choosing(request, round, members)
    return render(request, "rounds/team.html", pages.context(request, round, members=members, fixed=fixed, **choosing))


def _choosing(request: HttpRequest, round: Round, members: QuerySet[Member]) -> dict[str, object]:
    """Who is found or suggested, and which roles there are still to give."""
    words = request.GET.get("q", "").strip()
    root = round.scope.path.split("/")[1]
    people = Employee.objects.filter(is_active=True, unit__path__startswith=f"/{root}/").select_related("unit")
    has_chair = any(member.role == Member.Role.CHAIR for member in members)
    return {
        "words": words,
        "found": people.search(words)[:PER_PAGE] if words else [],
        "suggested": [] if words else suggesting.team(round, request.user),
        "choices": [choice for choice in Member.Role.choices if not (has_chair and choice[0] == Member.Role.CHAIR)],
    }


@decisive
def _set_member(request: HttpRequest, round: Round) -> HttpResponse:
    employee = get_object_or_404(Employee.objects.filter(is_active=True), pk=_whole(request.POST.get("employee")))
    role = request.POST.get("role")
    if role not in Member.Role.values:
        raise Http404
    pages.attempt(
        request,
        services.set_member,
        round,
        employee=employee,
        role=role,
        by=request.user,
        done=_("%(name)s is now: %(role)s.") % {"name": employee, "role": Member.Role(role).label},
    )
    return redirect("rounds:team", round.pk)


def _whole(value: str | None) -> int:
    if value and value.isascii() and value.isdigit() and len(value) < 18:
        return int(value)
    raise Http404
