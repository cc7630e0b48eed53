"""What can and cannot be done with a score sheet."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from anas.refused import Refused
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry
from anas.rounds.scores import BadScore
from scoring import services
from scoring.models import ScoreSheet
from tests import cast
from tests.scoring.helpers import nominee, stage_of, submit

STATE = ScoreSheet.State


@pytest.fixture
def round(office):
    return cast.play(office, to="tim")


def test_a_draft_may_have_gaps_and_keeps_what_is_not_sent_again(office, round):
    stage, agus = stage_of(round, "tim"), nominee(round, "Agus Salim")
    services.save_draft(stage, nominee=agus, scores_by_criterion={"kinerja": 80, "inovasi": "70.5"}, by=office.maya)
    services.save_draft(stage, nominee=agus, scores_by_criterion={"kinerja": 90, "inovasi": None}, by=office.maya)

    assert ScoreSheet.objects.get().scores == {"kinerja": "90.00"}


def test_a_sheet_with_a_gap_is_not_handed_in(office, round):
    stage = stage_of(round, "tim")
    scores = cast.scores_for(stage, 80) | {"inovasi": None}

    with pytest.raises(BadScore) as refused:
        services.submit_sheet(stage, nominee=nominee(round, "Agus Salim"), scores_by_criterion=scores, by=office.maya)
    assert refused.value.criterion == "inovasi"
    assert not ScoreSheet.objects.exists()


def test_superseding_needs_a_reason_and_keeps_both_sheets(office, round):
    first = submit(round, office.maya, "Agus Salim", 80)

    with pytest.raises(Refused):
        submit(round, office.maya, "Agus Salim", 90)
    second = submit(round, office.maya, "Agus Salim", 90, reason=" Setelah diskusi. ")

    first.refresh_from_db()
    assert (first.state, first.scores["kinerja"]) == (STATE.SUPERSEDED, "80.00")
    assert (second.state, second.scores["kinerja"], second.reason) == (STATE.SUBMITTED, "90.00", "Setelah diskusi.")
    actions = AuditEntry.objects.filter(action__startswith="sheet.").order_by("number")
    assert list(actions.values_list("action", flat=True)) == ["sheet.submitted", "sheet.superseded"]


def test_a_sheet_that_was_handed_in_takes_no_draft(office, round):
    submit(round, office.maya, "Agus Salim", 80)

    with pytest.raises(Refused, match="Agus Salim"):
        services.save_draft(
            stage_of(round, "tim"),
            nominee=nominee(round, "Agus Salim"),
            scores_by_criterion={"kinerja": 1},
            by=office.maya,
        )
    assert ScoreSheet.objects.count() == 1


def test_several_drafts_are_kept_or_none_of_them(office, round):
    submit(round, office.maya, "Budi Santoso", 80)
    sheets = {nominee(round, "Agus Salim"): {"kinerja": 80}, nominee(round, "Budi Santoso"): {"kinerja": 80}}

    with pytest.raises(Refused):
        services.save_drafts(stage_of(round, "tim"), sheets=sheets, by=office.maya)
    assert not ScoreSheet.objects.filter(state=STATE.DRAFT).exists()


@pytest.mark.parametrize("name", ["ratna", "kartika", "wulan", "hadi", "siti"])
def test_only_the_team_scores(office, round, name):
    with pytest.raises(Refused):
        submit(round, office.people[name], "Agus Salim")


def test_nobody_scores_after_the_deadline(office, round):
    round.stages.filter(code="tim").update(closes_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(Refused, match="Penilaian tim"):
        submit(round, office.maya, "Agus Salim")


def test_nobody_scores_after_the_close_and_a_reopened_stage_takes_sheets_again(office, round):
    cast.assess_all(office, round)
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    with pytest.raises(Refused):
        submit(round, office.maya, "Agus Salim", 99, reason="Terlambat.")

    rounds.reopen_stage(cast.again(round), reason="Salah hitung.", by=cast.fresh(office.lina))
    submit(round, office.maya, "Agus Salim", 99, reason="Setelah dibuka lagi.")

    assert not round.stages.get(code="tim").scores.exists()


def test_an_eliminated_nominee_is_not_scored(office):
    round = cast.play(office, to="kepala")

    with pytest.raises(Refused):
        submit(round, office.hadi, "Dian Puspita", code="kepala")


@pytest.mark.parametrize("state", [STATE.DRAFT, STATE.SUBMITTED])
def test_the_database_itself_holds_one_draft_and_one_submitted_sheet(office, round, state):
    """Two requests at the same moment: the second one fails, whatever the service has seen before."""
    mine = {
        "stage": stage_of(round, "tim"),
        "nominee": nominee(round, "Agus Salim"),
        "assessor": office.maya,
        "written_by": office.maya,
        "state": state,
    }
    ScoreSheet.objects.create(**mine)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.objects.create(**mine)
    ScoreSheet.objects.create(**mine | {"state": STATE.SUPERSEDED})


def test_the_assessment_closes_only_when_every_sheet_is_in(office, round):
    for one in ["Agus Salim", "Ayu Lestari"]:
        submit(round, office.maya, one)

    with pytest.raises(Refused) as refused:
        rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    assert len(refused.value.reasons) == 3
    assert any("10" in reason and "12" in reason and "Maya" in reason for reason in refused.value.reasons)
