import pytest
from django.utils import timezone

from anas.people.models import Employee, Unit
from anas.refused import Refused
from anas.rounds import audit
from anas.rounds.models import AuditEntry
from anas.rounds.people import activation, services
from tests import cast

NIP = "199203052019031007"


def entries(round=None) -> list[tuple[str, str]]:
    acts = "^(employee|unit|deputy|activation)"
    found = AuditEntry.objects.filter(chain__name=audit.chain_name(round), action__regex=acts)
    return list(found.values_list("action", "subject"))


def code_for(employee, *, by) -> None:
    activation.issue([employee], until=timezone.localdate(), by=by)


def add(office, **fields) -> Employee:
    unit = fields.pop("unit", office.units["data"])
    return services.add_employee(
        **{"number": NIP, "name": "Hanif Ramadhan", "status": "pns", "unit": unit, **fields}, by=office.kartika
    )


def test_somebody_new_is_in_service_and_cannot_log_in_yet(office):
    hanif = add(office)

    assert (hanif.is_active, hanif.has_usable_password(), hanif.is_superuser) == (True, False, False)
    assert entries() == [("employee.added", "Hanif Ramadhan")]


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "123"},
        {"number": "3579010101800001", "status": "non-asn"},
        {"number": "198001012005011001"},  # Siti's
        {"unit": None},
    ],
)
def test_bad_numbers_and_missing_units_are_refused(office, fields):
    with pytest.raises(Refused):
        add(office, **fields)
    assert entries() == []


def test_a_change_is_in_the_trail_without_personal_numbers(office):
    services.change_employee(office.budi, number=NIP, classification="pns", name="Budi S.", by=office.kartika)

    entry = AuditEntry.objects.get(action="employee.changed")
    assert Employee.objects.get(pk=office.budi.pk).number == NIP
    assert entry.detail == {
        "unit": "Bidang Perizinan",
        "fields": ["number", "classification", "name"],
        "changes": {"classification": ["eselon4", "pns"]},
    }


def test_nothing_changed_is_nothing_in_the_trail(office):
    services.change_employee(office.budi, name=office.budi.name, by=office.kartika)

    assert entries() == []


def test_the_committee_of_one_office_cannot_touch_people_of_another(office):
    other = Unit.objects.get(code="dinkes")
    for act in (
        lambda: add(office, unit=other),
        lambda: services.change_employee(office.oki, name="X", by=office.kartika),
        lambda: services.change_employee(office.budi, unit=other, by=office.kartika),
        lambda: services.retire(office.oki, by=office.kartika),
        lambda: services.restore(office.oki, by=office.kartika),
        lambda: code_for(office.oki, by=office.kartika),
    ):
        with pytest.raises(Refused):
            act()
    assert entries() == []


def test_nobody_but_the_committee_can_touch_people(office):
    for act in (
        lambda: services.retire(office.budi, by=office.hadi),
        lambda: code_for(office.budi, by=office.bambang),
    ):
        with pytest.raises(Refused):
            act()


def test_the_committee_cannot_take_over_the_account_of_the_installation(office):
    Employee.objects.filter(pk=office.ratna.pk).update(is_superuser=True)
    for act in (
        lambda: code_for(office.ratna, by=office.kartika),
        lambda: services.change_employee(office.ratna, number=NIP, by=office.kartika),
        lambda: services.retire(office.ratna, by=office.kartika),
    ):
        with pytest.raises(Refused):
            act()


def test_who_is_out_of_service_leaves_the_electorate_and_comes_back(office):
    services.retire(office.budi, by=office.kartika)
    assert not Employee.objects.below(office.unit).filter(pk=office.budi.pk).exists()

    services.restore(office.budi, by=office.kartika)
    assert Employee.objects.below(office.unit).filter(pk=office.budi.pk).exists()
    assert [action for action, _subject in entries()] == ["employee.retired", "employee.restored"]


@pytest.mark.parametrize("who", ["kartika", "bambang"])
def test_neither_oneself_nor_a_head_is_taken_out_of_service(office, who):
    with pytest.raises(Refused):
        services.retire(getattr(office, who), by=office.kartika)


def test_the_witness_of_a_running_round_sees_who_got_a_code(office):
    round = cast.play(office, to="usulan")
    code_for(office.hadi, by=office.kartika)

    assert entries(round) == entries() == [("activation.issued", "Hadi Purnomo")]
    assert list(audit.faults(round)) == []


def test_rounds_that_are_over_or_not_begun_are_not_told(office):
    rounds = [cast.draft(office), cast.play(office, to="announced")]
    code_for(office.hadi, by=office.kartika)

    assert [entries(round) for round in rounds] == [[], []]
