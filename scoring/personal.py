"""What is kept of a person's results, and of the sheets that he wrote."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people import personal
from anas.people.models import Employee
from anas.rounds.models import Round
from nominations.models import Nominee
from scoring.models import Recusal, ScoreSheet
from scoring.recap import recap


def results(employee: Employee) -> Iterator[dict[str, object]]:
    """The person's own scores, once the result is announced and as far as the page of the result shows them to him:
    what the stages came to, never what one assessor gave."""
    own = Nominee.objects.filter(employee=employee, proposal__stage__round__state=Round.State.ANNOUNCED)
    for nominee in own.select_related("proposal__stage__round__scope"):
        found = recap(nominee.proposal.stage.round, employee)
        row = found and found.row(nominee.pk)
        for stage in found.stages if row else []:
            yield _line(found.round, stage, row.scores.get(stage.code), row.points.get(stage.code))
        if row and row.standing:
            yield _line(found.round, _("final score"), row.final, None)


def _line(round: Round, part: object, score: object, points: object) -> dict[str, object]:
    return {_("Round"): str(round), _("Part"): str(part), _("Score"): score, _("Points"): points}


def sheets(employee: Employee) -> Iterator[dict[str, object]]:
    """The sheets that the person wrote, and from whom he stepped back."""
    for sheet in ScoreSheet.objects.filter(written_by=employee).select_related(
        "stage__round__scope", "nominee__employee"
    ):
        yield _work(sheet.stage.round, sheet.nominee, sheet.get_state_display(), sheet.submitted_at)
    for recusal in Recusal.objects.filter(assessor=employee).select_related("round__scope", "nominee__employee"):
        whom = recusal.nominee or recusal.round.scheme.classification(recusal.classification).name
        yield _work(recusal.round, whom, f"{_('stepped back')}: {recusal.reason}", recusal.declared_at)


def _work(round: Round, about: object, state: str, at: object) -> dict[str, object]:
    return {_("Round"): str(round), _("About"): str(about), _("State"): state, _("When"): at}


personal.register(
    parts=[
        personal.Part("results", gettext_lazy("Your results"), results),
        personal.Part("sheets", gettext_lazy("Score sheets that you wrote"), sheets),
    ],
    kinds={
        "sheets": gettext_lazy("read score sheets about you"),
        "scores": gettext_lazy("read your scores"),
        "scores-file": gettext_lazy("downloaded a file with your scores"),
    },
)
