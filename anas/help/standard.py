"""The service standard of an award (standar pelayanan): the fourteen components of UU 25/2009, article 21, in the two
parts and the order of Permenpan RB 15/2014. What follows from the scheme and from the office's settings is said; what
an office has to say for itself is a line to be filled in by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import Http404
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anas.documents.models import Letterhead
from anas.people.models import Unit
from anas.rounds import scheme as schemes
from anas.rounds import stage as stages
from anas.rounds.forms import OWN
from anas.rounds.models import Round
from anas.rounds.scheme import Scheme, StageSpec

LONGEST_KEY = 18  # digits that every database takes


@dataclass(frozen=True)
class Component:
    """`lines`: what it says; `steps`: the same in an order that counts; `blanks`: what the office fills in."""

    title: str
    lines: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)


def find_scheme(code: str) -> tuple[Scheme, Unit | None]:
    """A scheme that comes with the application; or "own-12", a scheme of an office's own, as its latest opened round
    plays it, and that office. 404 for any other: what no round has played yet is no service of an office."""
    if code in schemes.preset_codes():
        return schemes.preset(code), None
    key = code.removeprefix(OWN)
    if not (code.startswith(OWN) and key.isdecimal() and len(key) < LONGEST_KEY):
        raise Http404
    opened = Round.objects.real().exclude(state=Round.State.DRAFT).filter(own_scheme=int(key))
    round = opened.select_related("scope").order_by("-pk").first()
    if round is None:
        raise Http404
    return round.scheme, round.scope


def delivery(scheme: Scheme, office: Letterhead | None) -> list[Component]:
    """What concerns those who are served: components 1 to 6."""
    return [
        Component(_("Requirements"), list(_requirements(scheme))),
        Component(_("System, mechanism and procedure"), steps=[*_stages(scheme), *_after_the_stages(scheme)]),
        Component(_("Time"), list(_time(scheme)), blanks=[_("From the opening to the announcement (working days)")]),
        Component(_("Cost"), [_("Free of charge.")]),
        Component(_("Product of the service"), _products(scheme)),
        _complaints(scheme, office),
    ]


def management(office: Letterhead | None) -> list[Component]:
    """What concerns the office itself: components 7 to 14."""
    name = office.office if office else _("the office")
    units = office.unit.children.count() if office else 0
    return [
        Component(_("Legal basis"), _laws(), blanks=[_("Decree of the head on this service standard: number, date")]),
        Component(
            _("Facilities"),
            [
                _("The application ANAS, on any phone or computer with a browser."),
                _("A computer of the office, with a voter card, for whoever has no phone."),
            ],
            blanks=[_("Place of the notice board")],
        ),
        Component(
            _("Competence of those who carry it out"),
            [
                _("Unit heads and the head of the office know the work of their people."),
                _("The team knows the services of the office and the indicators."),
            ],
        ),
        Component(
            _("Internal supervision"),
            [
                _("A witness reads every sheet and the whole audit trail, and changes nothing."),
                _("The head of the office approves the result before it is decreed, or sends it back with a reason."),
            ],
        ),
        Component(
            _("Number of those who carry it out"),
            [_("%(count)s unit heads, and the head of the office.") % {"count": units}] if units else [],
            blanks=[_("Members of the team with its chair"), _("Members of the committee"), _("Witnesses")],
        ),
        Component(
            _("Guarantee of the service"),
            [
                _("The rules are fixed before the round opens, and nobody can change them afterwards."),
                _("Every printed number can be recomputed from the other printed numbers with a pocket calculator."),
                _("Every document bears a code with which everybody can check that it is genuine."),
            ],
        ),
        Component(
            _("Guarantee of security and safety"),
            [
                _("The poll is secret: an envelope carries no name and no time, and nobody can open a single one."),
                _("Personal data are protected as UU 27/2022 asks; a NIP stands whole on no public page."),
            ],
        ),
        Component(
            _("Evaluation of those who carry it out"),
            [
                _("After each round %(office)s compares turnout, winners and deadlines with the rounds before.")
                % {"office": name}
            ],
            blanks=[_("Reported to, and when")],
        ),
    ]


def _requirements(scheme: Scheme) -> Iterator[str]:
    yield _("For the classifications: %(names)s.") % {"names": "; ".join(item.name for item in scheme.classifications)}
    yield _("Is in service in the unit that proposes, and has a classification of this award. Nobody proposes himself.")
    yield from scheme.eligibility.in_words()
    if scheme.criteria:
        yield _("Is assessed on: %(names)s.") % {"names": "; ".join(item.name for item in scheme.criteria)}


def _stages(scheme: Scheme) -> Iterator[str]:
    for spec in scheme.stages:
        kind = stages.kind(spec.kind)
        words = {"stage": spec.name, "weight": floatformat(spec.weight, "-2"), "who": kind.who}
        sentence = _("%(stage)s (weight %(weight)s%%), by: %(who)s.") % words
        yield " ".join([sentence, *_of_a_stage(spec, scheme)])


def _of_a_stage(spec: StageSpec, scheme: Scheme) -> Iterator[str]:
    if stages.kind(spec.kind).is_nominating:
        yield ngettext(
            "Each unit proposes one person in each classification.",
            "Each unit proposes up to %(quota)s people in each classification.",
            spec.quota,
        ) % {"quota": spec.quota}
    if spec.advance:
        yield ngettext(
            "The best of each classification goes on.",
            "The best %(places)s of each classification go on.",
            spec.advance,
        ) % {"places": spec.advance}
    if stages.kind(spec.kind).has_sheets:
        yield _("Each nominee is scored on the indicators, from 0 to 100.")
    if spec.kind == "poll":
        yield _("Each has one vote in each classification, and it is secret.")
        if scheme.quorum is not None:
            yield _("It is counted if at least %(quorum)s%% have voted.") % {"quorum": floatformat(scheme.quorum, "-2")}


def _after_the_stages(scheme: Scheme) -> Iterator[str]:
    yield _("The points of all stages are added up. The highest final score in each classification wins.")
    if scheme.tie_break:
        names = ", ".join(scheme.stage(code).name for code in scheme.tie_break)
        yield _("Where two are equal, the better printed score decides, in this order: %(stages)s.") % {"stages": names}
    yield _("The head of the office approves, the decree is issued and signed, and the winners are announced.")


def _time(scheme: Scheme) -> Iterator[str]:
    for spec in scheme.stages:
        words = {"stage": spec.name, "minutes": stages.kind(spec.kind).minutes}
        if stages.kind(spec.kind).has_sheets:
            yield _("%(stage)s: about %(minutes)s minutes for each nominee.") % words
        else:
            yield _("%(stage)s: about %(minutes)s minutes of each person's time.") % words
    if days := scheme.objection_days:
        yield ngettext("Objections: %(days)s day.", "Objections: %(days)s days.", days) % {"days": days}


def _products(scheme: Scheme) -> list[str]:
    return [
        _("Decree of the head of the office, and a certificate for the best of each classification: %(title)s.")
        % {"title": scheme.title},
        _("Minutes of the assessment and of the count, recapitulation, announcement."),
    ]


def _complaints(scheme: Scheme, office: Letterhead | None) -> Component:
    lines = [_("In person, to the committee of the award.")]
    if office and office.address:
        lines.append(_("Address: %(address)s") % {"address": office.address})
    ways = [(_("Phone"), office and office.phone), (_("E-mail"), office and office.email)]
    ways.append((_("Website"), office and office.website))
    lines += [f"{label}: {value}" for label, value in ways if value]
    if scheme.objection_days:
        lines.append(
            _("Against the result: on the page “%(page)s”, in the objection period.") % {"page": _("Objections")}
        )
    lines.append(_("SP4N-LAPOR!, the national channel for complaints about public services."))
    blanks = [label for label, value in ways[:2] if not value]
    return Component(_("Complaints, suggestions and feedback"), lines, blanks=blanks)


def _laws() -> list[str]:
    return [
        _("Law 25 of 2009 on public services."),
        _("Government regulation 96 of 2012 on carrying out law 25 of 2009."),
        _("Regulation 15 of 2014 of the minister for administrative reform on guidelines for service standards."),
    ]
