"""The pages on which the team scores."""

import pytest
from django.urls import reverse

from anas.rounds.models import Round
from nominations.models import Nominee
from scoring.models import Recusal, ScoreSheet
from tests import cast
from tests.scoring.helpers import fields, nominee, stage_of, submit


@pytest.fixture
def round(office) -> Round:
    return cast.play(office, to="tim")


def sheet_url(round, name="Agus Salim", code="tim"):
    return reverse("scoring:sheet", args=[round.pk, code, nominee(round, name).pk])


def sent(round, name="Agus Salim", base=80, **more):
    return fields([nominee(round, name)], {**cast.scores_for(stage_of(round, "tim"), base), **more})


def draft(round, who, name="Agus Salim"):
    return ScoreSheet.objects.get(nominee__employee__name=name, assessor=who, state="draft")


def test_a_draft_is_saved_and_shown_again(office, round, login):
    client = login(office.maya)
    answer = client.post(sheet_url(round), sent(round, kinerja="87,5", inovasi=""))

    assert answer.status_code == 302
    assert draft(round, office.maya).scores["kinerja"] == "87.50"
    assert "inovasi" not in draft(round, office.maya).scores
    assert 'value="87.5' in client.get(sheet_url(round)).text


def test_saved_with_next_leads_to_the_next_nominee(office, round, login):
    answer = login(office.maya).post(sheet_url(round), {**sent(round), "act": "next"})

    assert answer.headers["Location"] == sheet_url(round, "Budi Santoso")


@pytest.mark.parametrize("wrong", ["101", "-1", "87,555", "delapan puluh", "1e400", "NaN", "Infinity"])
def test_a_wrong_score_has_its_error_beside_it_and_nothing_typed_is_lost(office, round, login, wrong):
    answer = login(office.maya).post(sheet_url(round), sent(round, kinerja=wrong))
    name = f"n{nominee(round, 'Agus Salim').pk}-kinerja"

    assert answer.status_code == 200
    assert answer.context["grid"].errors.keys() == {name}
    assert f'value="{wrong}"' in answer.text
    assert f'id="id_{name}_error" data-error-of="{name}">{answer.context["grid"].errors[name]}' in answer.text
    assert "kinerja" not in draft(round, office.maya).scores
    assert draft(round, office.maya).scores["inovasi"] == "80.00"


def test_a_yes_or_no_takes_nothing_between(office, round, login):
    answer = login(office.maya).post(sheet_url(round), sent(round, komplain="50"))

    assert len(answer.context["grid"].errors) == 1


def test_autosave_answers_with_what_is_wrong_and_saves_the_rest(office, round, login):
    client = login(office.maya)
    answer = client.post(sheet_url(round) + "?autosave=1", sent(round, kinerja="101"))

    errors = answer.json()["errors"]
    assert answer.status_code == 200
    assert list(errors) == [f"n{nominee(round, 'Agus Salim').pk}-kinerja"]
    assert draft(round, office.maya).scores["inovasi"] == "80.00"
    page = client.get(sheet_url(round))
    assert page.context["grid"].version == answer.json()["version"]


def test_autosave_says_why_nothing_can_be_saved(office, round, login):
    submit(round, office.maya, "Agus Salim")
    answer = login(office.maya).post(sheet_url(round) + "?autosave=1", sent(round))

    assert answer.status_code == 409
    assert len(answer.json()["reasons"]) == 1


def test_an_incomplete_sheet_is_not_handed_in_and_says_what_is_missing(office, round, login):
    answer = login(office.maya).post(sheet_url(round), {**sent(round, kinerja="", komplain=""), "act": "submit"})

    assert answer.status_code == 200
    assert len(answer.context["grid"].errors) == 2
    assert draft(round, office.maya).scores["inovasi"] == "80.00"


def test_handing_in_shows_the_own_sheet_for_reading(office, round, login):
    client = login(office.maya)
    answer = client.post(sheet_url(round), {**sent(round), "act": "submit"}, follow=True)

    assert answer.context["sheet"].score_values["kinerja"] == 80
    assert "data-autosave=" not in answer.text


def test_the_others_are_seen_after_the_own_sheet_and_never_before(office, round, login):
    submit(round, office.nurul, "Agus Salim", 43)
    submit(round, office.nurul, "Budi Santoso", 47)
    client = login(office.maya)
    assert client.get(sheet_url(round)).context["spread"] is None
    assert "43.00" not in client.get(sheet_url(round)).text

    submit(round, office.maya, "Agus Salim", 80)

    assert "43.00" in client.get(sheet_url(round)).text
    assert "47.00" not in client.get(sheet_url(round, "Budi Santoso")).text


def test_the_chair_too_sees_the_others_only_after_her_own_sheet(office, round, login):
    """She may read everything, but she is an assessor first."""
    submit(round, office.nurul, "Agus Salim", 43)

    assert "43.00" not in login(office.lina).get(sheet_url(round)).text
    submit(round, office.lina, "Agus Salim", 80)
    assert "43.00" in login(office.lina).get(sheet_url(round)).text


def test_a_draft_is_seen_by_nobody_else(office, round, login):
    login(office.maya).post(sheet_url(round), sent(round, base=43))

    for reader in (office.lina, office.kartika, office.hadi, office.wulan):
        assert login(reader).get(sheet_url(round)).context["spread"] is None
    submit(round, office.nurul, "Agus Salim", 80)
    assert "43.00" not in login(office.nurul).get(sheet_url(round)).text


def test_who_stepped_back_sees_no_sheets_before_the_stage_is_finished(office, round, login):
    client = login(office.maya)
    one = nominee(round, "Agus Salim")
    recuse = reverse("scoring:recuse", args=[round.pk, "tim"])
    answer = client.post(recuse, {"whom": f"n{one.pk}", "reason": "Suami saya."})
    submit(round, office.nurul, "Agus Salim", 43)

    assert answer.headers["Location"] == reverse("scoring:stage", args=[round.pk, "tim"])
    assert Recusal.objects.get().nominee == one
    assert "43.00" not in client.get(sheet_url(round)).text
    assert "Suami saya." in login(office.kartika).get(reverse("scoring:stage", args=[round.pk, "tim"])).text


@pytest.mark.parametrize("whom", ["", "n999999", "cmenteri", "npns", "x"])
def test_stepping_back_from_nobody_is_an_error_beside_the_field(office, round, login, whom):
    recuse = reverse("scoring:recuse", args=[round.pk, "tim"])
    answer = login(office.maya).post(recuse, {"whom": whom, "reason": "Kerabat dekat."})

    assert list(answer.context["form"].errors) == ["whom"]
    assert "Kerabat dekat." in answer.text
    assert not Recusal.objects.exists()


def test_a_classification_can_be_stepped_back_from_on_the_page(office, round, login):
    login(office.maya).post(
        reverse("scoring:recuse", args=[round.pk, "tim"]), {"whom": "cpns", "reason": "Satu bidang."}
    )

    assert (Recusal.objects.get().classification, Recusal.objects.get().nominee) == ("pns", None)


def test_superseding_on_the_page_needs_a_reason_and_loses_nothing(office, round, login):
    submit(round, office.maya, "Agus Salim", 80)
    client = login(office.maya)
    answer = client.post(sheet_url(round), {**sent(round, kinerja="77"), "act": "supersede", "reason": ""})
    assert list(answer.context["reason_form"].errors) == ["reason"]
    assert 'value="77"' in answer.text

    client.post(sheet_url(round), {**sent(round, kinerja="77"), "act": "supersede", "reason": "Setelah diskusi."})

    assert [s.state for s in ScoreSheet.objects.order_by("pk")] == ["superseded", "submitted"]
    assert "Setelah diskusi." in client.get(sheet_url(round)).text


def test_one_indicator_is_scored_for_all_at_once(office, round, login):
    submit(round, office.maya, "Budi Santoso", 66)
    client, column = login(office.maya), reverse("scoring:column", args=[round.pk, "tim", "kinerja"])
    agus, ayu = nominee(round, "Agus Salim"), nominee(round, "Ayu Lestari")
    client.post(sheet_url(round), sent(round, base=80))

    answer = client.post(column, {f"n{agus.pk}-kinerja": "91", f"n{ayu.pk}-kinerja": "110"})

    assert list(answer.context["grid"].errors) == [f"n{ayu.pk}-kinerja"]
    assert 'value="110"' in answer.text and 'value="91"' in answer.text
    assert "66.00" in answer.text  # what is handed in stands beside, to compare
    assert draft(round, office.maya).scores["kinerja"] == "91.00"
    assert draft(round, office.maya).scores["inovasi"] == "80.00"


def test_a_column_changes_no_sheet_that_was_handed_in(office, round, login):
    submit(round, office.maya, "Budi Santoso", 66)
    budi = nominee(round, "Budi Santoso")
    column = reverse("scoring:column", args=[round.pk, "tim", "kinerja"])
    login(office.maya).post(column, {f"n{budi.pk}-kinerja": "91"})

    assert ScoreSheet.objects.get(nominee=budi).scores["kinerja"] == "66.00"


def test_the_discussion_begins_once_all_sheets_are_in(office, round, login):
    discussion = reverse("scoring:discussion", args=[round.pk, "tim"])
    submit(round, office.maya, "Agus Salim", 43)
    before = login(office.maya).get(discussion)
    assert len(before.context["owing"]) == 3
    assert "43.00" not in before.text

    for assessor in office.team:
        for one in Nominee.objects.in_play(round):
            if (assessor, one.employee) != (office.maya, office.agus):
                submit(round, assessor, one.employee.name, 80)
    after = login(office.nurul).get(discussion)

    spread = after.context["groups"][0][1][0]
    assert (spread.nominee.name, str(spread.total.low), str(spread.total.high)) == ("Agus Salim", "51.14", "82.86")
    assert "51.14" in after.text


def test_the_matrix_says_who_owes_what_without_a_score(office, round, login):
    submit(round, office.maya, "Agus Salim", 43.21)
    answer = login(office.kartika).get(reverse("scoring:stage", args=[round.pk, "tim"]))

    rows = [row for _item, some in answer.context["matrix"] for row in some]
    states = {(one.employee.name, who.name): state for one, cells in rows for who, state in cells}
    assert [key for key, state in states.items() if state == "submitted"] == [("Agus Salim", "Maya Indah")]
    assert len(states) == 36
    assert "43.21" not in answer.text


def test_the_chair_is_told_why_the_assessment_cannot_be_closed_yet(office, round, login):
    page = reverse("scoring:stage", args=[round.pk, "tim"])
    assert len(login(office.lina).get(page).context["reasons"]) == 3
    assert reverse("rounds:close", args=[round.pk]) not in login(office.lina).get(page).text

    cast.assess_all(office, round)

    assert login(office.lina).get(page).context["reasons"] == []
    assert reverse("rounds:close", args=[round.pk]) in login(office.lina).get(page).text
    assert reverse("rounds:close", args=[round.pk]) not in login(office.maya).get(page).text


@pytest.mark.parametrize(
    "path", ["calon/0/", "calon/999999/", "calon/99999999999999999999999/", "indikator/menteri/", "indikator/usulan/"]
)
def test_what_is_not_there_is_not_found(office, round, login, path):
    assert login(office.maya).get(f"/periode/{round.pk}/penilaian/tim/{path}").status_code == 404


@pytest.mark.parametrize("code", ["usulan", "polling", "menteri"])
def test_a_stage_without_sheets_has_no_such_page(office, round, login, code):
    assert login(office.lina).get(f"/periode/{round.pk}/penilaian/{code}/").status_code == 404


def test_before_it_is_open_a_stage_shows_nobody_whom_the_units_propose(office, login):
    round = cast.play(office, to="usulan")
    cast.propose_all(office, round)

    for name in ("lina", "maya", "kartika", "hadi", "wulan"):
        for path in ("", f"calon/{nominee(round, 'Agus Salim').pk}/", "indikator/kinerja/", "mundur/", "diskusi/"):
            assert login(office.people[name]).get(f"/periode/{round.pk}/penilaian/tim/{path}").status_code == 404


def test_an_empty_post_to_any_page_is_answered(office, round, login):
    client = login(office.maya)
    for path in ("", f"calon/{nominee(round, 'Agus Salim').pk}/", "indikator/kinerja/", "mundur/", "diskusi/"):
        answer = client.post(f"/periode/{round.pk}/penilaian/tim/{path}")
        assert answer.status_code in (200, 302)


def test_after_the_close_the_sheet_is_for_reading(office, login):
    round = cast.play(office, to="polling")
    client = login(office.maya)
    answer = client.post(sheet_url(round), {**sent(round, base=1), "act": "supersede", "reason": "Terlambat."})

    assert answer.status_code == 200
    assert not ScoreSheet.objects.filter(state="superseded").exists()
    assert 'value="supersede"' not in client.get(sheet_url(round)).text
