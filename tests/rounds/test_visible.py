"""Who a round exists for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anas.people.models import Deputy
from anas.rounds.models import Round
from tests import cast


@pytest.mark.parametrize("unit", ["dpmptsp", "data"])
def test_a_deputy_from_another_office_sees_the_round_within_his_dates(office, unit):
    round = cast.play(office, to="usulan")
    where = office.unit if unit == "dpmptsp" else office.units[unit]
    today = timezone.localdate()
    deputy = Deputy.objects.create(unit=where, employee=office.oki, kind=Deputy.Kind.PLT, starts=today, ends=today)

    assert list(Round.objects.visible_to(cast.fresh(office.oki))) == [round]

    deputy.starts = deputy.ends = today - timedelta(days=1)
    deputy.save()
    assert list(Round.objects.visible_to(cast.fresh(office.oki))) == []


def test_who_left_sees_nothing_any_more(office):
    cast.play(office, to="usulan")
    office.ratna.is_active = False
    office.ratna.save()

    assert list(Round.objects.visible_to(cast.fresh(office.ratna))) == []
