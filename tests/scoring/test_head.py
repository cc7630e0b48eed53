"""The head's stage: the head, a deputy, and a head who changes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from anas.people.models import Deputy, Employee
from anas.refused import Refused
from anas.rounds import services as rounds
from nominations.models import Nominee
from scoring.models import ScoreSheet
from tests import cast
from tests.scoring.helpers import fields, stage_of, submit


@pytest.fixture
def round(office):
    return cast.play(office, to="kepala")


def page(round):
    return reverse("scoring:head", args=[round.pk])


def deputise(office, first: int, last: int) -> Employee:
    """Siti is Plh. from so many days from now to so many."""
    today = timezone.localdate()
    dates = {"starts": today + timedelta(days=first), "ends": today + timedelta(days=last)}
    Deputy.objects.create(unit=office.unit, employee=office.siti, kind="plh", **dates)
    return cast.fresh(office.siti)


def sent(round, base=90, **more):
    finalists = Nominee.objects.in_play(round)
    return fields(finalists, {**cast.scores_for(stage_of(round, "kepala"), base), **more})


def test_the_head_sees_the_poll_result_the_most_votes_first(office, round, login):
    answer = login(office.hadi).get(page(round))

    finalists = [[one.nominee.employee.name for one in some] for _item, some in answer.context["groups"]]
    votes = [[one.votes.votes for one in some] for _item, some in answer.context["groups"]]
    assert finalists == [
        ["Agus Salim", "Budi Santoso"],
        ["Ayu Lestari", "Bayu Pratama"],
        ["Andi Wijaya", "Bunga Citra"],
    ]
    assert votes == [[22, 0], [22, 0], [22, 0]]


def test_all_sheets_are_kept_and_handed_in_together(office, round, login):
    client = login(office.hadi)
    client.post(page(round), sent(round, base=70))
    assert ScoreSheet.objects.filter(stage__code="kepala", state="draft").count() == 6

    answer = client.post(page(round), {**sent(round), "act": "submit"})

    assert answer.status_code == 302
    sheets = ScoreSheet.objects.filter(stage__code="kepala")
    assert {(s.state, s.assessor, s.written_by) for s in sheets} == {("submitted", office.hadi, office.hadi)}
    assert [stage_of(round, "kepala").what.reasons_not_to_close(stage_of(round, "kepala"))] == [[]]


def test_one_missing_score_keeps_all_sheets_back_and_loses_nothing(office, round, login):
    first = Nominee.objects.in_play(round).first()
    answer = login(office.hadi).post(
        page(round), {**sent(round), f"n{first.pk}-kinerja": "", f"n{first.pk}-inovasi": "101", "act": "submit"}
    )

    assert answer.status_code == 200
    assert set(answer.context["grid"].errors) == {f"n{first.pk}-kinerja", f"n{first.pk}-inovasi"}
    assert 'value="101"' in answer.text
    assert not ScoreSheet.objects.filter(stage__code="kepala", state="submitted").exists()
    draft = ScoreSheet.objects.get(stage__code="kepala", nominee=first)
    assert "inovasi" not in draft.scores and draft.scores["kehadiran"] == "90.00"


def test_a_deputy_within_the_dates_writes_the_heads_sheet(office, round, login):
    siti = deputise(office, -1, 1)
    answer = login(siti).post(page(round), {**sent(round), "act": "submit"})

    assert answer.status_code == 302
    written = ScoreSheet.objects.filter(stage__code="kepala")
    assert {(sheet.assessor, sheet.written_by) for sheet in written} == {(office.hadi, office.siti)}
    assert "Hadi Purnomo" in login(siti).get(page(round)).text


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (1, 9)])
def test_a_deputy_outside_of_the_dates_is_nobody(office, round, login, first, last):
    siti = deputise(office, first, last)

    assert login(siti).get(page(round)).status_code == 404
    assert login(siti).post(page(round), {**sent(round), "act": "submit"}).status_code == 404
    with pytest.raises(Refused):
        submit(round, office.siti, "Agus Salim", code="kepala")


def test_a_deputy_who_is_a_finalist_does_not_score_himself(office, round):
    today = timezone.localdate()
    Deputy.objects.create(unit=office.unit, employee=office.agus, starts=today, ends=today)

    with pytest.raises(Refused):
        submit(round, office.agus, "Agus Salim", code="kepala")
    submit(round, office.agus, "Budi Santoso", code="kepala")


def test_the_others_read_the_heads_scores_only_once_the_stage_is_finished(office, round, login):
    for one in Nominee.objects.in_play(round):
        submit(round, office.hadi, one.employee.name, 93, code="kepala")
    first = Nominee.objects.in_play(round).first()

    before = login(office.lina).get(page(round))
    assert (before.status_code, before.context["groups"]) == (200, [])
    sheet = reverse("scoring:sheet", args=[round.pk, "kepala", first.pk])
    assert login(office.lina).get(sheet).context["spread"] is None
    rounds.close_stage(cast.again(round), by=cast.fresh(office.hadi))
    after = login(office.lina).get(page(round))
    assert "94.00" in after.text  # (6 × 93 + 100) / 7
    assert login(office.maya).get(page(round)).status_code == 404
    assert reverse("scoring:sheet", args=[round.pk, "kepala", first.pk]) in after.text


def test_a_new_head_scores_anew_and_the_old_sheets_do_not_count(office, round):
    for one in Nominee.objects.in_play(round):
        submit(round, office.hadi, one.employee.name, 10, code="kepala")
    office.unit.head = office.wulan
    office.unit.save()
    with pytest.raises(Refused):
        rounds.close_stage(cast.again(round), by=cast.fresh(office.wulan))

    for one in Nominee.objects.in_play(round):
        submit(round, office.wulan, one.employee.name, 90, code="kepala")
    rounds.close_stage(cast.again(round), by=cast.fresh(office.wulan))

    assert {str(score.score) for score in stage_of(round, "kepala").scores.all()} == {"91.43"}


def test_a_head_who_comes_later_changes_nothing_of_what_was_closed(office):
    round = cast.play(office, to="closed")
    before = stage_of(round, "kepala").what.marks(stage_of(round, "kepala"))
    office.unit.head = office.wulan
    office.unit.save()

    assert stage_of(round, "kepala").what.marks(stage_of(round, "kepala")) == before
