from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from anas.people import rules
from anas.people.models import Deputy, Unit
from anas.refused import Refused
from anas.rounds.people import services
from tests import cast


def test_a_unit_that_moves_takes_its_whole_subtree_along(office):
    desk = Unit.objects.create(code="loket", name="Loket", parent=office.units["perizinan"])
    window = Unit.objects.create(code="loket-1", name="Loket 1", parent=desk)
    unit = office.units["perizinan"]
    unit.parent = office.units["data"]
    unit.save()

    assert Unit.objects.get(pk=window.pk).path == "/kota-batu/dpmptsp/data/perizinan/loket/loket-1/"
    assert Unit.objects.filter(path__startswith=unit.path).count() == 3
    assert office.unit.contains(Unit.objects.get(pk=window.pk))


def test_a_unit_whose_code_begins_like_its_siblings_is_no_child_of_it(office):
    Unit.objects.create(code="data-2", name="Data 2", parent=office.unit)

    assert [unit.code for unit in Unit.objects.below(office.units["data"])] == ["data"]


def test_a_unit_cannot_lie_under_itself(office):
    government = office.government
    government.parent = office.units["data"]
    with pytest.raises(ValidationError):
        government.full_clean()


@pytest.mark.parametrize(("first", "last", "acts"), [(0, 0, True), (-3, 3, True), (1, 9, False), (-9, -1, False)])
def test_a_deputy_acts_within_the_dates_only(office, first, last, acts):
    today = timezone.localdate()
    unit = office.units["perizinan"]
    Deputy.objects.create(
        unit=unit, employee=office.ratna, starts=today + timedelta(days=first), ends=today + timedelta(days=last)
    )

    assert rules.acts_as_head_of(office.ratna, unit) == acts
    assert rules.acts_as_head_of(cast.fresh(unit.head), unit)


def deputise(office, employee, *, days: int = 7, by=None) -> Deputy:
    today = timezone.localdate()
    unit = office.units["perizinan"]
    return services.add_deputy(
        unit,
        employee=employee,
        kind=Deputy.Kind.PLT,
        starts=today - timedelta(days=1),
        ends=today + timedelta(days=days),
        by=by or office.kartika,
    )


def test_the_committee_names_a_deputy_and_ends_it(office):
    deputy = deputise(office, office.ratna)
    assert office.ratna.headed_unit_ids == {office.units["perizinan"].pk}

    services.end_deputy(deputy, by=office.kartika)
    assert cast.fresh(office.ratna).headed_unit_ids == frozenset()
    assert Deputy.objects.get().ends == timezone.localdate() - timedelta(days=1)


def test_a_deputy_who_has_not_begun_leaves_no_trace_but_in_the_audit_trail(office):
    deputy = deputise(office, office.ratna)
    Deputy.objects.update(starts=timezone.localdate())
    services.end_deputy(Deputy.objects.get(), by=office.kartika)

    assert not Deputy.objects.filter(pk=deputy.pk).exists()


@pytest.mark.parametrize("who", ["kartika", "bambang"])
def test_neither_oneself_nor_the_head_becomes_a_deputy(office, who):
    with pytest.raises(Refused):
        deputise(office, getattr(office, who))


def test_days_that_are_over_are_refused(office):
    with pytest.raises(Refused):
        deputise(office, office.ratna, days=-1)


def test_only_the_committee_names_a_deputy(office):
    with pytest.raises(Refused):
        deputise(office, office.ratna, by=office.hadi)


def change(office, **changed):
    unit = office.units["data"]
    fields = {"name": unit.name, "head": unit.head, "head_title": "", "position": unit.position, **changed}
    return services.change_unit(unit, by=office.kartika, **fields)


def test_the_committee_changes_name_and_head_of_a_unit(office):
    change(office, name="Bidang Data dan Informasi", head=office.ratna)

    unit = Unit.objects.get(code="data")
    assert (unit.name, unit.head, unit.path) == ("Bidang Data dan Informasi", office.ratna, office.units["data"].path)


def test_the_committee_does_not_make_itself_a_head(office):
    with pytest.raises(Refused):
        change(office, head=office.kartika)


def test_who_is_out_of_service_does_not_become_a_head(office):
    services.retire(office.ratna, by=office.kartika)
    with pytest.raises(Refused):
        change(office, head=cast.fresh(office.ratna))


def test_a_new_unit_gets_a_code_of_its_own(office):
    units = [services.add_unit(parent=office.unit, name=name, by=office.kartika) for name in ("Data", "Data", "§")]

    assert [unit.path for unit in units] == [f"/kota-batu/dpmptsp/{code}/" for code in ("data-2", "data-3", "unit")]


def test_a_tree_that_grows_too_deep_is_refused_in_words(office):
    parent = office.unit
    with pytest.raises(Refused):
        for _depth in range(20):
            parent = services.add_unit(parent=parent, name="x" * 36, by=office.kartika)
    assert len(parent.path) < 500


def test_the_committee_sets_up_the_units_of_its_own_office_only(office):
    other = Unit.objects.get(code="dinkes")
    for act in (
        lambda: services.add_unit(parent=other, name="Seksi", by=office.kartika),
        lambda: services.add_unit(parent=office.government, name="Seksi", by=office.kartika),
        lambda: services.change_unit(other, name="X", head=None, head_title="", position=0, by=office.kartika),
        lambda: services.add_deputy(
            other,
            employee=office.ratna,
            kind="plh",
            starts=date(2026, 1, 1),
            ends=date(2099, 1, 1),
            by=office.kartika,
        ),
    ):
        with pytest.raises(Refused):
            act()
    assert Unit.objects.count() == 7
