"""Plays a round of the demo office through the same services as the pages, up to the beginning of a step: what is
asked there of the people on the login page is left for the visitor to do."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from anas.demo import clock, office, papers, roles
from anas.demo.making import called
from anas.demo.words import REASONS
from anas.documents import numbers
from anas.documents import services as documents
from anas.documents.checks import libraries_for_pdf
from anas.documents.models import Document
from anas.people.models import Employee, Unit
from anas.rehearsal.inventing import Inventor
from anas.rounds import rules, services
from anas.rounds import scheme as schemes
from anas.rounds.models import Round, Stage
from nominations import services as nominating
from nominations.models import Proposal
from scoring.panel import panel
from voting import counting

STEPS = ["draft", "usulan", "tim", "polling", "kepala", "hasil", "keputusan", "pengumuman"]
OPEN_DAYS, PERIOD, BEGUN = 5, 7, 2  # a stage is open for 5 days, one begins every 7, the present one began 2 days ago
TURNOUT = 0.85
VISITORS = [name for name, *_words in roles.parts()]


@transaction.atomic
def play(to: str, *, today: date, site: str = "", previous: bool = True) -> Round:
    """The present quarter's round up to a step, after the previous quarter's round as a whole. `site`: the address in
    the QR codes of the documents. Deterministic but for the keys, the envelopes and the codes of the documents."""
    if previous:
        quarter_ago = today - timedelta(days=90)
        before = clock.quarter_days(today)[0] - timedelta(days=1)
        Play(before, today=quarter_ago, to=STEPS[-1], seed=3, site=site).run()
    return Play(today, today=today, to=to, seed=4, site=site).run()


class Play:
    """One round on its way to a step, about the quarter of a day; `today` is the day in that step."""

    def __init__(self, about: date, *, today: date, to: str, seed: int, site: str):
        self.name, self.period = clock.quarter(about), clock.quarter_days(about)
        self.to, self.site = STEPS.index(to), site
        self.first_day = today - timedelta(days=BEGUN + PERIOD * max(self.to - 1, 0))
        self.random = random.Random(seed)  # noqa: S311 (the same demo every time)
        self.reasons = {code: self.random.sample(some, len(some)) for code, some in REASONS.items()}
        self.inventor = Inventor(self.random, lambda classification: self.reasons[classification].pop())
        self.round: Round | None = None

    def run(self) -> Round:
        for number, step in enumerate(STEPS[: self.to + 1]):
            self._act(number, 0, getattr(self, f"_begin_{step}"))
            if number < self.to:
                self._act(number, 1, getattr(self, f"_finish_{step}"))
        return self._fresh()

    def _act(self, number: int, later: int, act: Callable[[], None]) -> None:
        """Days 0 and 1 of a step are its beginning and what follows; both lie before today."""
        day = self.first_day + timedelta(days=PERIOD * (number - 1) + later)
        with clock.at(clock.moment(day, 9 + 5 * later)):
            act()

    def _fresh(self) -> Round:
        return Round.objects.select_related("scope__head").get(pk=self.round.pk)

    def _stage(self, code: str) -> Stage:
        return next(stage for stage in self._fresh().stage_list if stage.code == code)

    @property
    def committee(self) -> Employee:
        return called(office.COMMITTEE)

    def _advance(self) -> None:
        services.advance(self._fresh(), by=self.committee)

    # --- One pair per step: what is so at its beginning, and what is done until the next one --------------------------

    def _begin_draft(self) -> None:
        scope = Unit.objects.get(code=office.OFFICE)
        self.round = services.create_round(
            name=self.name, scope=scope, scheme=schemes.preset("anas"), by=self.committee
        )
        schedule = {
            stage.code: (self._opens(stage), self._opens(stage) + timedelta(days=OPEN_DAYS, hours=8))
            for stage in self.round.stage_list
        }
        services.set_schedule(self._fresh(), schedule=schedule, period=self.period, by=self.committee)

    def _opens(self, stage: Stage):
        return clock.moment(self.first_day + timedelta(days=PERIOD * stage.position), 8)

    def _finish_draft(self) -> None:
        team = [called(name) for name in office.TEAM]
        services.set_team(self.round, chair=called(office.CHAIR), assessors=team, by=self.committee)
        services.set_member(self.round, employee=called(office.WITNESS), role=rules.WITNESS, by=self.committee)

    def _begin_usulan(self) -> None:
        services.open_round(self._fresh(), by=self.committee)
        self._propose("sekretariat", "modal")

    def _finish_usulan(self) -> None:
        self._propose("perizinan", "pengaduan")
        services.close_stage(self._fresh(), by=self.committee)

    def _propose(self, *units: str) -> None:
        for proposal in Proposal.objects.filter(stage=self._stage("usulan"), unit__code__in=units):
            head = Employee.objects.get(pk=proposal.unit.head_id)
            for classification in proposal.round.scheme.classification_codes:
                self._propose_one(proposal, classification, head)
            nominating.submit(proposal, by=head)

    def _propose_one(self, proposal: Proposal, classification: str, head: Employee) -> None:
        """Two people are assessed, and the better one is named."""
        people = proposal.people().filter(classification=classification)
        people = people.exclude(name=office.EMPLOYEE).exclude(status=Employee.Status.PPPK)
        candidates = self.random.sample(list(people.order_by("number")), 2)
        self.inventor.propose(proposal, classification, candidates, by=head)

    def _begin_tim(self) -> None:
        self._advance()
        for assessor in panel(self._stage("tim")).assessors:
            self.inventor.assess(self._stage("tim"), assessor, leave=3 if assessor.name in VISITORS else 0)

    def _finish_tim(self) -> None:
        for assessor in panel(self._stage("tim")).assessors:
            self.inventor.assess(self._stage("tim"), assessor)
        services.close_stage(self._fresh(), by=called(office.CHAIR))

    def _begin_polling(self) -> None:
        self._advance()
        self._vote(TURNOUT / 2)

    def _finish_polling(self) -> None:
        self._vote(TURNOUT)
        services.close_stage(self._fresh(), by=self.committee)
        counting.count(self._fresh(), by=self.committee)

    def _vote(self, turnout: float) -> None:
        """Others than the visitor vote, until so many of all have."""
        poll = self._stage("polling").poll
        waiting = poll.voters.filter(has_voted=False).exclude(employee__name__in=VISITORS)
        needed = int(turnout * poll.voters.count()) - poll.voters.filter(has_voted=True).count()
        self.inventor.vote(poll, waiting.select_related("employee").order_by("employee__number"), needed)

    def _begin_kepala(self) -> None:
        self._advance()

    def _finish_kepala(self) -> None:
        self.inventor.assess(self._stage("kepala"), called(office.HEAD))
        services.close_stage(self._fresh(), by=called(office.HEAD))

    def _begin_hasil(self) -> None:
        self._advance()

    def _finish_hasil(self) -> None:
        services.approve(self._fresh(), by=called(office.HEAD))
        if not libraries_for_pdf(None):
            papers.of_the_result(self._fresh(), by=self.committee, site=self.site)

    def _begin_keputusan(self) -> None:
        """Issues the Keputusan; a machine without WeasyPrint's libraries goes on without the papers."""
        round, today = self._fresh(), timezone.localdate()
        number = numbers.suggested(round, Document.Kind.DECREE, today)
        if libraries_for_pdf(None):
            services.decree(round, number=number, by=self.committee)
        else:
            documents.issue_decree(round, number=number, date=today, by=self.committee, site=self.site)

    def _finish_keputusan(self) -> None:
        if not libraries_for_pdf(None):
            documents.issue_certificates(self._fresh(), by=self.committee, site=self.site)

    def _begin_pengumuman(self) -> None:
        if not libraries_for_pdf(None):
            papers.of_the_announcement(self._fresh(), by=self.committee, site=self.site)
        services.announce(self._fresh(), by=self.committee)
