"""The number of queries of a page does not grow with the people on it."""

import pytest
from django.urls import reverse

from nominations.models import Nominee
from scoring.models import ScoreSheet, StageScore, Standing
from tests import cast
from tests.scoring.helpers import fields, nominee, stage_of

SIZES = [1, 3]
NOTED = ["sheet", "discussion"]  # one more where sheets of others are shown: the access log


def keep(round, size: int) -> None:
    """So many assessors, and so many nominees in each classification, all of them with a photo."""
    Nominee.objects.update(photo="nominees/photo.jpg")
    for member in round.members.filter(role="assessor")[size - 1 :]:
        ScoreSheet.objects.filter(assessor=member.employee, stage__round=round).delete()
        member.delete()
    for code in round.scheme.classification_codes:
        for one in Nominee.objects.named(round).filter(classification=code)[size:]:
            StageScore.objects.filter(nominee=one).delete()
            Standing.objects.filter(nominee=one).delete()
            Nominee.objects.filter(pk=one.pk).update(slot=None)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("view", "args", "queries"),
    [
        ("stage", ["tim"], 17),
        ("sheet", ["tim", "Agus Salim"], 16),
        ("column", ["tim", "kinerja"], 13),
        ("recuse", ["tim"], 13),
        ("discussion", ["tim"], 17),
    ],
)
def test_the_pages_of_the_team(office, login, django_assert_num_queries, size, view, args, queries):
    round = cast.play(office, to="tim")
    cast.assess_all(office, round)
    keep(round, size)
    args = [nominee(round, arg).pk if arg == "Agus Salim" else arg for arg in args]
    client = login(office.lina)

    with django_assert_num_queries(queries + (size > 1 and view in NOTED)):
        assert client.get(reverse(f"scoring:{view}", args=[round.pk, *args])).status_code == 200


@pytest.mark.parametrize("size", SIZES)
def test_saving_a_column(office, login, django_assert_num_queries, size):
    round = cast.play(office, to="tim")
    keep(round, size)
    sent = fields(Nominee.objects.in_play(round), {"kinerja": "80"})
    client = login(office.maya if size > 1 else office.lina)

    with django_assert_num_queries(26):
        client.post(reverse("scoring:column", args=[round.pk, "tim", "kinerja"]), sent)
    assert ScoreSheet.objects.count() == 3 * size


@pytest.mark.parametrize("size", [1, 2])
def test_the_page_of_the_head(office, login, django_assert_num_queries, size):
    round = cast.play(office, to="kepala")
    keep(round, size)
    client = login(office.hadi)

    with django_assert_num_queries(24):
        answer = client.get(reverse("scoring:head", args=[round.pk]))
    assert len(answer.context["grid"].forms) == 3 * size


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("view", "queries"), [("results", 16), ("explain", 25), ("download", 13)])
def test_the_pages_of_the_result(office, login, django_assert_num_queries, size, view, queries):
    round = cast.play(office, to="announced")
    agus = nominee(round, "Agus Salim")
    keep(round, size)
    args = [agus.pk] if view == "explain" else []
    client = login(office.hadi)

    with django_assert_num_queries(queries):
        answer = client.get(reverse(f"scoring:{view}", args=[round.pk, *args]), {"format": "csv"})
    assert answer.status_code == 200
    assert stage_of(round, "tim").scores.count() == 3 * size
