"""What templates of every app may ask about sheets."""

import pytest
from django.template import Context, Template
from django.utils import translation

from tests import cast
from tests.scoring.helpers import nominee, stage_of, submit

TEMPLATE = "{% load scoring_tags %}{% sheet_score sheet stage as score %}{% firstof score 'not yet' %}"


@pytest.fixture
def round(office):
    return cast.play(office, to="tim")


def rendered(**context) -> str:
    with translation.override("en"):
        return Template(TEMPLATE).render(Context(context))


def test_a_sheet_comes_to_its_weighted_mean(office, round):
    sheet, stage = submit(round, office.maya, "Agus Salim", 43), stage_of(round, "tim")

    assert rendered(sheet=sheet, stage=stage) == "51.14"


def test_a_nominee_is_the_sheet_of_the_unit(office, round):
    agus, usulan = nominee(round, "Agus Salim"), stage_of(round, "usulan")
    assert rendered(sheet=agus, stage=usulan) == "82.86"

    del agus.scores["kinerja"]
    assert rendered(sheet=agus, stage=usulan) == "not yet"
