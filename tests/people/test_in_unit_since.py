"""Since when somebody is in the unit: entered, imported, and begun anew with a move."""

from datetime import date

import pytest
from django.utils import timezone

from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds.people import importing, services, undoing
from tests import cast
from tests.people.lists import as_csv, plan, problems, send

LONG_AGO = date(2020, 3, 1)


def since(employee) -> date | None:
    return Employee.objects.get(pk=employee.pk).in_unit_since


def test_who_moves_begins_anew_unless_the_committee_says_otherwise(office):
    kartika, data = cast.fresh(office.kartika), office.units["data"]
    Employee.objects.filter(pk__in=[office.budi.pk, office.bayu.pk]).update(in_unit_since=LONG_AGO)
    services.change_employee(office.budi, by=kartika, unit=data, in_unit_since=LONG_AGO)
    services.change_employee(office.bayu, by=kartika, unit=data, in_unit_since=date(2026, 1, 2))
    services.change_employee(office.bunga, by=kartika, unit=data)

    today = timezone.localdate()
    assert [since(office.budi), since(office.bayu), since(office.bunga)] == [today, date(2026, 1, 2), None]
    with pytest.raises(Refused) as refused:
        services.change_employee(office.budi, by=kartika, in_unit_since=date(2999, 1, 1))
    assert refused.value.reasons == ["The date lies ahead."]


def test_a_list_says_it_and_what_it_changed_is_taken_back(office):
    Employee.objects.filter(pk__in=[office.bayu.pk, office.bunga.pk]).update(in_unit_since=LONG_AGO)
    head = ["nip", "nama", "unit", "sejak"]
    rows = [
        [office.budi.number, "Budi Santoso", "Bidang Perizinan", "2/1/2026"],
        [office.bayu.number, "Bayu Pratama", "Bidang Perizinan", ""],
        [office.bunga.number, "Bunga Citra", "Bidang Data", ""],
    ]
    kartika, told = cast.fresh(office.kartika), [office.budi, office.bayu, office.bunga]
    job = importing.apply(send(office, as_csv(head, *rows)), by=kartika)
    assert [since(person) for person in told] == [date(2026, 1, 2), LONG_AGO, timezone.localdate()]
    undoing.undo(job, by=kartika)

    assert [since(person) for person in told] == [None, LONG_AGO, LONG_AGO]
    wrong = [[office.budi.number, "Budi Santoso", "Bidang Perizinan", text] for text in ("kemarin", "2999-01-01")]
    assert [problems(plan(office, head, row)) for row in wrong] == [[(2, "sejak")]] * 2
