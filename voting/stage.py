from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people.models import Employee
from anas.rounds import rules
from anas.rounds.models import Stage
from anas.rounds.stage import Owed, Progress, StageKind, Task, Votes
from nominations.models import Nominee
from voting import box, counting, history, keys, turnout
from voting.forms import OpeningForm
from voting.models import KeyShare, Poll, Voter


class PollStage(StageKind):
    """Every employee, each with the same right, chooses one finalist per classification in secret (mechanism, step
    4)."""

    code = "poll"
    label = gettext_lazy("Poll of all employees")
    who = gettext_lazy("all employees")
    actor = rules.EMPLOYEE
    part = gettext_lazy("you vote, which takes about three minutes")
    uses_criteria = False
    is_reopenable = False
    settles_on_close = False
    icon = "ballot"
    working_days = 3
    minutes = 3
    minutes_to_take_a_part, minutes_to_bring_it = 10, 5

    def open_warnings(self, stage: Stage) -> list[str]:
        voters = stage.round.electorate().count()
        finalists = Nominee.objects.in_play(stage.round).count()
        return [
            _("The voter roll is fixed: %(count)s employees.") % {"count": voters},
            _("The ballot is fixed: %(count)s finalists.") % {"count": finalists},
            *turnout.few_voters_warning(voters, stage.round.scheme.minimum_votes),
        ]

    def opening_form(self, stage: Stage, data: QueryDict | None) -> OpeningForm:
        return OpeningForm(data, round=stage.round)

    def close_warnings(self, stage: Stage) -> list[str]:
        now = turnout.overall(stage.poll)
        return [
            _("%(voted)s of %(voters)s have voted.") % {"voted": now.voted, "voters": now.voters},
            _("All envelopes are put into a new random order, and the list of their fingerprints is published."),
            _("A closed ballot box cannot be opened again for voting."),
        ]

    def reasons_not_to_open(self, stage: Stage) -> list[str]:
        if Nominee.objects.in_play(stage.round).exists():
            return []
        return [_("There are no finalists to choose from.")]

    def on_open(self, stage: Stage, *, by: Employee, **options) -> None:
        box.open_box(stage, by=by, keys=options.get("keys"))

    def on_close(self, stage: Stage, *, by: Employee) -> None:
        box.close_box(stage.poll, by=by)

    def reasons_not_to_settle(self, stage: Stage) -> list[str]:
        return [] if stage.poll.is_counted else [_("The votes have not been counted yet.")]

    def marks(self, stage: Stage) -> dict[int, Votes]:
        return {
            nominee: Votes(votes, tally.valid)
            for tally in counting.tallies(stage.poll).values()
            for nominee, votes in tally.votes.items()
        }

    def tasks(self, stage: Stage, employee: Employee, roles: frozenset[str]) -> list[Task]:
        return [
            *self._voting_task(stage, employee, roles),
            *self._key_task(stage, employee),
            *self._counting_task(stage, roles),
        ]

    def owes(self, stage: Stage) -> list[Owed]:
        """Keyholders by name, voters in numbers alone."""
        poll = stage.poll
        poll.stage = stage
        if stage.state == Stage.State.CLOSED:
            return self._owed_to_the_count(poll)
        if not stage.is_open:
            return []
        if not poll.is_started:
            waiting = poll.shares.filter(is_confirmed=False).select_related("keyholder")
            return [self._key_owed(share, _("Has not taken the part of the key away.")) for share in waiting]
        url = reverse("voting:box", args=[stage.round_id])
        rows = [turnout.overall(poll), *turnout.by_unit(poll)]
        return [
            Owed(
                str(row.unit or self.who),
                _("%(voted)s of %(voters)s have voted.") % {"voted": row.voted, "voters": row.voters},
                url,
            )
            for row in rows
            if row.voted < row.voters
        ]

    def _owed_to_the_count(self, poll: Poll) -> list[Owed]:
        brought = {part.index for part in keys.brought(poll)}
        if len(brought) >= poll.threshold:
            url = reverse("voting:count", args=[poll.round.pk])
            return [Owed(str(rules.ROLE_NAMES[rules.COMMITTEE]), _("The votes have not been counted yet."), url)]
        waiting = poll.shares.filter(is_lost=False).exclude(index__in=brought).select_related("keyholder")
        return [self._key_owed(share, _("Has not brought the part of the key for the count.")) for share in waiting]

    def _key_owed(self, share: KeyShare, what: str) -> Owed:
        url = reverse("voting:keys", args=[share.poll.stage.round_id])
        return Owed(str(share.keyholder), what, url, share.keyholder)

    def progress(self, stage: Stage) -> Progress:
        poll = stage.poll
        poll.stage = stage
        now = turnout.overall(poll)
        shown = history.picture(poll, now)
        picture = ("voting/history.html", {"history": shown, "bare": True}) if shown else None
        return Progress(now.voted, now.voters, _("employees have voted"), picture)

    def _key_task(self, stage: Stage, employee: Employee) -> list[Task]:
        """A keyholder takes the part away before the poll, and brings it for the count."""
        if stage.is_settled or not KeyShare.objects.filter(poll__stage=stage, keyholder=employee).exists():
            return []
        url = reverse("voting:keys", args=[stage.round_id])
        if stage.state == Stage.State.CLOSED:
            text = _("The ballot box is closed. The count needs your part.")
            return [
                Task(
                    title=_("Bring your part of the key"),
                    text=text,
                    url=url,
                    action=_("Bring it"),
                    minutes=self.minutes_to_bring_it,
                )
            ]
        if KeyShare.objects.filter(poll__stage=stage, keyholder=employee, is_confirmed=True).exists():
            return []
        text = _("The poll starts when every keyholder has taken his part away.")
        return [
            Task(
                title=_("Take your part of the key"),
                text=text,
                url=url,
                action=_("Take it"),
                minutes=self.minutes_to_take_a_part,
            )
        ]

    def _counting_task(self, stage: Stage, roles: frozenset[str]) -> list[Task]:
        if rules.COMMITTEE not in roles or stage.state != Stage.State.CLOSED:
            return []
        return [
            Task(
                title=_("Count the votes"),
                text=_("The ballot box is closed. The count opens the envelopes."),
                url=reverse("voting:count", args=[stage.round_id]),
                action=_("Count"),
                minutes=2,
            )
        ]

    def _voting_task(self, stage: Stage, employee: Employee, roles: frozenset[str]) -> list[Task]:
        if rules.EMPLOYEE not in roles or stage.reason_not_accepting():
            return []
        if not Voter.objects.filter(
            poll__stage=stage, employee=employee, has_voted=False, poll__is_started=True
        ).exists():
            return []
        return [self.call(stage)]

    def call(self, stage: Stage) -> Task:
        """What everybody on the roll is asked to do."""
        return Task(
            title=_("Vote"),
            text=_("Choose the best in each classification. Your envelope does not carry your name."),
            url=reverse("voting:ballot", args=[stage.round_id]),
            action=_("Vote now"),
            due=stage.closes_at,
            minutes=self.minutes,
        )

    def url(self, stage: Stage) -> str:
        return reverse("voting:ballot", args=[stage.round_id])

    def more_links(self, stage: Stage, roles: frozenset[str]) -> list[tuple[str, str, str, str]]:
        if stage.state == Stage.State.PENDING:
            return []
        box = (_("Ballot box"), _("turnout and fingerprints"), reverse("voting:box", args=[stage.round_id]), "box")
        receipts = (
            _("Receipts"),
            _("is my vote in the box?"),
            reverse("voting:receipts", args=[stage.round_id]),
            "check",
        )
        if not stage.poll.threshold:
            return [box, receipts]
        key = (
            _("Key of the ballot box"),
            _("who holds which part"),
            reverse("voting:keys", args=[stage.round_id]),
            "key",
        )
        return [box, receipts, key]
