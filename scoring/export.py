"""The recapitulation as tables for a spreadsheet: the head and one line each; texts are harmless, numbers are numbers,
None is an empty cell. Every number is the one that the pages print."""

import csv
from decimal import Decimal
from io import StringIO

from django.utils.translation import gettext as _

from anas.people.columns import harmless
from anas.rounds.models import Round, Stage
from scoring import explain
from scoring.recap import Recap
from scoring.results import Row
from voting import counting, turnout

Cell = str | int | Decimal | None
Table = list[list[Cell]]


def whole(recap: Recap) -> Table:
    """All classifications in one table, as the CSV has them."""
    mark = f"{Round.MARK}: " if recap.round.is_rehearsal else ""
    head = [mark + _("Classification"), *_head(recap)]
    return [head, *([harmless(item.name), *_line(recap, row)] for item, rows in recap.groups for row in rows)]


def of_one(recap: Recap, rows: list[Row]) -> Table:
    """One classification."""
    return [_head(recap), *(_line(recap, row) for row in rows)]


def _head(recap: Recap) -> list[Cell]:
    return [
        _("Rank"),
        _("Name"),
        _("Unit"),
        *(harmless(f"{stage}: {what}") for stage in recap.stages for what in (_("score"), _("points"))),
        _("Final score") if recap.is_final else _("Points so far"),
    ]


def _line(recap: Recap, row: Row) -> list[Cell]:
    rank = row.standing.rank if recap.is_final and row.standing else None
    numbers = [some.get(stage.code) for stage in recap.stages for some in (row.scores, row.points)]
    return [rank, harmless(row.nominee.name), harmless(str(row.nominee.unit)), *numbers, recap.total(row)]


def winners(recap: Recap) -> Table:
    """The best of each classification; before there is a result the head alone."""
    found = [(item, row) for item, rows in recap.groups for row in rows if recap.is_final and row.standing]
    return [
        [_("Classification"), _("Winner"), _("Unit"), _("Final score")],
        *(
            [harmless(item.name), harmless(row.nominee.name), harmless(str(row.nominee.unit)), row.final]
            for item, row in found
            if row.standing.is_winner
        ),
    ]


def weights(recap: Recap) -> Table:
    """What each stage counts, and whether it is in the other tables."""
    shown = {stage.code for stage in recap.stages}
    return [
        [_("Stage"), _("Weight"), _("In these tables")],
        *(
            [harmless(str(stage)), stage.spec.weight, _("yes") if stage.code in shown else _("not yet")]
            for stage in recap.round.stage_list
        ),
    ]


def sheets(recap: Recap) -> Table:
    """Every sheet that counts, the units' proposals first: what was given on each indicator, and what it comes to."""
    criteria = recap.round.scheme.criteria
    marks, found = explain.marks(recap), []
    for item, rows in recap.groups:
        for row in rows:
            for part in explain.parts(recap, row, marks):
                for sheet in part.sheets:
                    given = {criterion.code: score for criterion, score in sheet.scores}
                    words = map(harmless, [item.name, row.nominee.name, part.label, sheet.author])
                    found.append([*words, *(given.get(one.code) for one in criteria), sheet.score])
    names = (harmless(one.name) for one in criteria)
    return [[_("Classification"), _("Name"), _("Stage"), _("Sheet of"), *names, _("Score of the sheet")], *found]


def votes(recap: Recap, stage: Stage) -> Table:
    """The count of the poll: the votes for each finalist, those who abstained, and the share of the valid ones."""
    tallies = counting.tallies(stage.poll)
    lines: Table = [[_("Classification"), _("Finalist"), _("Votes"), _("Valid votes"), _("Abstentions"), _("Score")]]
    for item, rows in recap.groups:
        tally = tallies[item.code]
        for row in rows:
            if row.nominee.pk in tally.votes:
                counted = [tally.votes[row.nominee.pk], tally.valid, tally.abstentions]
                lines.append([harmless(item.name), harmless(row.nominee.name), *counted, row.scores[stage.code]])
    return lines


def turned_out(stage: Stage) -> Table:
    now = turnout.overall(stage.poll)
    return [[_("On the voter roll"), _("Have voted")], [now.voters, now.voted]]


def as_csv(table: Table) -> bytes:
    """UTF-8 with the mark that Excel looks for, commas between the cells, points in the numbers."""
    out = StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue().encode("utf-8-sig")
