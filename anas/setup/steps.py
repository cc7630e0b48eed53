"""The steps from nothing to an open round, and how far each is. Everything is read from what there is, nothing is kept:
one can stop at any step and go on another day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anas.people.models import Unit
from anas.rounds import guards, rules
from anas.rounds.models import Stage
from anas.setup.checks import Check, checks
from anas.setup.state import Office


@dataclass(frozen=True)
class Act:
    """A page where something of the step is done."""

    label: str
    url: str
    icon: str = "arrow-right"


@dataclass
class Step:
    """`waits`: what has to come before it; `missing`: what is to be done; `hints`: what is good to know. The first of
    `acts` is what one would do next."""

    label: str
    text: str
    waits: str = ""
    facts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    is_done: bool = False
    state: str = "upcoming"  # as components/stage_line.html has it


def steps(unit: Unit | None) -> list[Step]:
    """All seven; the first that is not done is the current one. `unit`: None where there is no office yet."""
    office = Office(unit) if unit else None
    line = [make(office) for make in (_office, _people, _accounts, _award, _dates, _team, _opening)]
    for step in line:
        step.state = "done" if step.is_done else "upcoming"
    for step in [step for step in line if not step.is_done][:1]:
        step.state = "current"
    return line


def _office(office: Office | None) -> Step:
    step = Step(_("Office"), _("Its name, its head's title, and the units that propose, each through its head."))
    if office is None:
        step.acts = [Act(_("Enter the office"), reverse("setup:found"), "plus")]
        return step
    step.facts = [", ".join(map(str, office.units))] if office.units else []
    if not office.units:
        step.missing = [_("%(office)s has no units that could propose.") % {"office": office.unit}]
    if not office.has_letterhead:
        step.hints = [_("Crest and letterhead are needed for the papers only, not before the decree.")]
    step.acts = [
        Act(_("Enter the units"), office.address("setup:divisions"), "plus"),
        Act(_("Crest and letterhead"), reverse("documents:letterhead", args=[office.unit.code]), "document"),
        Act(_("Units and heads"), reverse("people:units"), "home"),
    ]
    step.is_done = bool(office.units)
    return step


def _people(office: Office | None) -> Step:
    step = Step(_("People"), _("Everybody in service, each in a unit and with a classification; and who heads what."))
    if office is None:
        return step
    total = office.count()
    step.missing = list(_missing_people(office, total))
    step.hints = list(_hints_classifications(office)) if total else []
    if total:
        step.facts = [ngettext("%(count)s person", "%(count)s people", total) % {"count": total}]
    step.acts = [
        Act(_("Import a list"), reverse("people:import"), "upload"),
        Act(_("Add somebody"), reverse("people:add"), "plus"),
        *([Act(_("Name the heads"), office.address("setup:heads"), "people")] if total else []),
    ]
    if total and all(office.below(unit) for unit in office.units):
        step.acts.reverse()  # what is left is to name the heads
    step.is_done = not step.missing
    return step


def _missing_people(office: Office, total: int) -> Iterator[str]:
    if not total:
        yield _("Nobody is entered yet.")
        return
    for unit in office.units:
        if not office.below(unit):
            yield _("%(unit)s: nobody works there yet.") % {"unit": unit}
    for unit in [office.unit, *office.units]:
        if unit.head_id is None:
            yield _("%(unit)s has no head.") % {"unit": unit}


def _hints_classifications(office: Office) -> Iterator[str]:
    """Who is in no classification cannot be proposed."""
    if office.count() == office.count(classification=""):
        yield _(
            "Nobody has a classification yet, so nobody could be proposed. The list to be imported has a column for it."
        )
    elif office.draft:
        for unit in office.units:
            known = {row["classification"] for row in office.below(unit)}
            for item in office.draft.scheme.classifications:
                if item.code not in known:
                    words = {"unit": unit, "classification": item.name}
                    yield _("%(unit)s: nobody is in the classification %(classification)s.") % words


def _accounts(office: Office | None) -> Step:
    step = Step(_("Accounts"), _("Everybody sets a password of his own, with a code that you print or mail."))
    if office is None:
        return step
    total, waiting = office.count(), office.count("waiting")
    if not total:
        step.waits = _("First the people.")
        return step
    if waiting and not settings.OIDC_NAME:
        text = ngettext(
            "%(count)s person has neither a password nor a code.",
            "%(count)s people have neither a password nor a code.",
            waiting,
        )
        step.missing = [text % {"count": waiting}]
    step.hints = list(_hints_committee(office))
    step.acts = [
        Act(_("Activation codes"), reverse("documents:activation"), "key"),
        Act(_("Take somebody into the committee"), office.address("people:add_to_committee"), "plus"),
    ]
    step.is_done = not step.missing
    return step


def _hints_committee(office: Office) -> Iterator[str]:
    if len(office.seats) == 1:
        yield _("%(name)s is the committee alone; take a colleague into it.") % {"name": office.seats[0].employee}
    elif any(seat.employee.is_superuser for seat in office.seats):
        yield _(
            "The account of the installation is in the committee; once colleagues are, it can be taken out (Roles)."
        )


def _award(office: Office | None) -> Step:
    step = Step(_("Award"), _("By which rules the best are found: in words, and with an example calculation."))
    if office is None:
        return step
    step.is_done = office.round is not None
    if office.round:
        step.facts = [str(office.round)]
        step.acts = [Act(_("The rules, with an example"), reverse("rounds:rules", args=[office.round.pk]), "book")]
    elif office.units:
        step.acts = [Act(_("Choose the award"), office.address("setup:award"), "medal")]
    else:
        step.waits = _("First the units of the office.")
    if office.draft:
        text = _("Another award? Cancel the draft and choose anew")
        step.acts.append(Act(text, reverse("rounds:cancel", args=[office.draft.pk]), "close"))
    return step


def _dates(office: Office | None) -> Step:
    step = Step(_("Dates"), _("When each stage opens and closes. Dates are suggested, and each can be changed."))
    if office is None or office.round is None:
        step.waits = _("First the award.") if office else ""
        return step
    step.is_done = office.is_open
    if office.draft:
        stages = office.draft.stage_list
        step.facts = [_span(stage) for stage in stages if stage.opens_at and stage.closes_at]
        step.missing = [*_missing_dates(stages), *guards.reasons_deadlines_passed(office.draft)]
        step.is_done = not step.missing
        step.acts = [Act(_("Set the dates"), reverse("rounds:schedule", args=[office.draft.pk]), "calendar")]
    return step


def _span(stage: Stage) -> str:
    first, last = (date_format(localtime(moment), "j F Y") for moment in (stage.opens_at, stage.closes_at))
    return _("%(stage)s: %(first)s to %(last)s") % {"stage": stage, "first": first, "last": last}


def _missing_dates(stages: Iterable[Stage]) -> Iterator[str]:
    for stage in stages:
        if not (stage.opens_at and stage.closes_at):
            yield _("%(stage)s has no dates yet.") % {"stage": stage}


def _team(office: Office | None) -> Step:
    step = Step(_("Team"), _("Who assesses, who chairs, and who watches as the witness."))
    if office is None or office.round is None:
        step.waits = _("First the award.") if office else ""
        return step
    step.is_done = office.is_open
    if office.draft:
        step.facts = list(map(str, office.members))
        step.missing = list(_missing_members(office))
        step.is_done = not step.missing
        if rules.WITNESS not in office.roles:
            step.hints = [
                _("There is no witness. One who reads everything and writes nothing makes the result trusted.")
            ]
        step.acts = [Act(_("Choose the team"), reverse("rounds:team", args=[office.draft.pk]), "people")]
    return step


def _missing_members(office: Office) -> Iterator[str]:
    if all(stage.kind != "panel" for stage in office.draft.stage_list):
        return
    if rules.CHAIR not in office.roles:
        yield _("The team has no chair.")
    if rules.ASSESSOR not in office.roles:
        yield _("The chair has nobody beside him in the team.")


def _opening(office: Office | None) -> Step:
    step = Step(_("Check and open"), _("Nothing begins before you open the round; its rules are frozen then."))
    if office and office.draft:
        step.checks = list(checks(office, office.draft))
        if not any(check.reasons for check in step.checks):
            step.acts = [Act(_("Open the round"), reverse("rounds:open", args=[office.draft.pk]), "unlock")]
    elif office and office.round is None:
        step.waits = _("First the award.")
    step.is_done = bool(office and office.is_open)
    return step
