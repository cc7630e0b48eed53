from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from anas.refused import refuse_for
from anas.rounds.models import Round, Stage
from anas.rounds.rules import HEAD
from anas.rounds.scheme import FINAL
from nominations.models import Nominee
from scoring import arithmetic, results
from scoring.models import StageScore, Standing
from scoring.results import Tie
from scoring.rules import decider


class Scorekeeper:
    """Stores what `results` computes, when `anas.rounds` moves a round on. See `anas.rounds.stage.Scorekeeper`."""

    def settle(self, stage: Stage) -> None:
        spec = stage.spec
        computed = []
        for nominee, marks in stage.what.marks(stage).items():
            score = results.stage_score(marks, spec)
            computed.append(
                StageScore(stage=stage, nominee_id=nominee, score=score, points=arithmetic.points(spec.weight, score))
            )
        StageScore.objects.bulk_create(computed)

    def unsettle(self, stage: Stage) -> None:
        stage.scores.all().delete()
        stage.round.decisions.filter(stage__in=[stage.code, FINAL]).delete()
        Nominee.objects.filter(eliminated_after=stage).update(eliminated_after=None)

    def reasons_not_to_advance(self, stage: Stage) -> list[str]:
        return list(self._tie_reasons(stage))

    def _tie_reasons(self, stage: Stage) -> Iterator[str]:
        for tie in results.open_ties(stage):
            yield tie_in_words(stage.round, tie)

    def shortlist(self, stage: Stage) -> None:
        refuse_for(self._tie_reasons(stage))
        if stage.spec.advance:
            left_out = stage.scores.exclude(nominee__in=results.advancing(stage)).values("nominee")
            Nominee.objects.filter(pk__in=left_out).update(eliminated_after=stage)

    def combine(self, round: Round) -> None:
        refuse_for(tie_in_words(round, tie) for tie in results.final_ties(round))
        orders = results.decisions(round, FINAL)
        standings = []
        for code, finalists in results.finalist_rows(round).items():
            final = {row.nominee.pk: row.final for row in finalists}
            groups = results.final_groups(round, finalists, orders[code])
            for rank, key in enumerate((key for group in groups for key in group), 1):
                standings.append(Standing(round=round, nominee_id=key, final=final[key], rank=rank))
        Standing.objects.bulk_create(standings)

    def uncombine(self, round: Round) -> None:
        round.standings.all().delete()

    def winners(self, rounds: Iterable[Round]) -> dict[int, Round]:
        known = {round.pk: round for round in rounds}
        first = Standing.objects.filter(round__in=known, rank=1)
        return {key: known[pk] for key, pk in first.values_list("nominee__employee", "round")}


def tie_in_words(round: Round, tie: Tie) -> str:
    """Who is equal, and who has to decide."""
    names = ", ".join(nominee.name for nominee in tie.nominees)
    facts = {"classification": round.scheme.classification(tie.classification).name, "names": names}
    if tie.is_final:
        return _("%(classification)s: %(names)s end equal. The head of the office decides, with a reason.") % facts
    if decider(round, tie) == HEAD:
        return _("%(classification)s: %(names)s are equal at the line. The head decides, with a reason.") % facts
    return _("%(classification)s: %(names)s are equal at the line. The chair decides, with a reason.") % facts
