"""A list of people is applied, all of it or nothing, and taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anas.people.models import CommitteeSeat, Employee, PeopleImport, Unit
from anas.refused import Refused
from anas.rounds import audit
from anas.rounds.models import AuditEntry
from anas.rounds.people import activation, importing, services, undoing
from tests import cast
from tests.people.lists import HANIF, HEAD, NIP, as_csv, send


def rows_of(office) -> list[list]:
    """Hanif is new in a new unit, Budi moves there, Ayu is called otherwise, Bayu returns."""
    Employee.objects.filter(pk=office.bayu.pk).update(is_active=False)
    return [
        [NIP, "Hanif Ramadhan", "UPT Arsip"],
        [office.budi.number, "Budi Santoso", "UPT Arsip"],
        [office.ayu.number, "Ayu Lestari Dewi", "Sekretariat"],
        [office.bayu.number, "Bayu Pratama", "Bidang Perizinan"],
        [office.agus.number, "Agus Salim", "Sekretariat"],
    ]


def applied(office, **options) -> PeopleImport:
    job = send(office, as_csv(HEAD, *rows_of(office)), adds_units=True, **options)
    return importing.apply(job, by=cast.fresh(office.kartika))


def people() -> list[dict]:
    return list(Employee.objects.order_by("pk").values())


def said(refused) -> str:
    return " ".join(refused.value.reasons)


def test_everything_in_the_file_happens(office):
    job = applied(office)

    hanif, arsip = Employee.objects.get(number=NIP), Unit.objects.get(name="UPT Arsip")
    assert (hanif.name, hanif.unit, hanif.is_active, hanif.has_usable_password()) == (
        "Hanif Ramadhan",
        arsip,
        True,
        False,
    )
    assert (arsip.path, arsip.parent) == ("/kota-batu/dpmptsp/upt-arsip/", office.unit)
    assert Employee.objects.get(pk=office.budi.pk).unit == arsip
    assert Employee.objects.get(pk=office.ayu.pk).name == "Ayu Lestari Dewi"
    assert Employee.objects.get(pk=office.bayu.pk).is_active
    assert job.counts == {"new": 1, "moved": 1, "changed": 1, "back": 1, "retired": 0, "unchanged": 1}


def test_what_the_file_does_not_say_stays(office):
    Employee.objects.filter(pk=office.ayu.pk).update(password="x", photo="photos/ayu.jpg", is_superuser=False)
    before = Employee.objects.filter(pk=office.ayu.pk).values().get()
    applied(office)

    assert Employee.objects.filter(pk=office.ayu.pk).values().get() == before | {"name": "Ayu Lestari Dewi"}


def test_with_one_error_nothing_happens(office):
    job = send(office, as_csv(HEAD, *rows_of(office), ["1", "Yuni", "data"], ["1.98E+17", "Yusuf", "data"]))
    before = people()
    with pytest.raises(Refused) as refused:
        importing.apply(job, by=cast.fresh(office.kartika))

    assert "Line 8, nip:" in said(refused)
    assert (people(), Unit.objects.filter(name="UPT Arsip").exists()) == (before, False)


def test_a_file_that_changes_nothing_is_not_applied(office):
    job = send(office, as_csv(HEAD, [office.agus.number, "Agus Salim", "Sekretariat"]))
    with pytest.raises(Refused):
        importing.apply(job, by=cast.fresh(office.kartika))


def test_a_file_is_applied_once_and_then_goes(office):
    job = applied(office)
    with pytest.raises(Refused):
        importing.apply(job, by=cast.fresh(office.kartika))
    job.refresh_from_db()

    assert (job.content, job.applied_at is not None) == (None, True)


def test_what_is_applied_is_what_has_been_looked_at(office):
    kartika = cast.fresh(office.kartika)
    job = send(office, as_csv(HEAD, [office.ayu.number, "Ayu L.", "Sekretariat"]))
    seen = importing.plan_of(job, by=kartika).digest
    Employee.objects.filter(pk=office.ayu.pk).update(name="Ayu")
    with pytest.raises(Refused, match="Meanwhile"):
        importing.apply(job, by=kartika, seen=seen)

    importing.apply(job, by=kartika, seen=importing.plan_of(job, by=kartika).digest)
    assert Employee.objects.get(pk=office.ayu.pk).name == "Ayu L."


@pytest.mark.parametrize("who", ["siti", "hadi", "oki", "dian"])
def test_only_the_committee_of_the_unit_imports(office, who):
    CommitteeSeat.objects.create(unit=office.units["data"], employee=office.dian)
    person, job = cast.fresh(getattr(office, who)), send(office, as_csv(HEAD, HANIF))
    for act in (
        lambda: importing.send(unit=office.unit, content=as_csv(HEAD, HANIF), file_name="x", by=person),
        lambda: importing.choose(job, columns={}, adds_units=True, retires=True, by=person),
        lambda: importing.apply(job, by=person),
        lambda: undoing.undo(job, by=person),
    ):
        with pytest.raises(Refused, match="committee"):
            act()


def test_a_file_that_is_a_day_old_goes_and_a_newer_one_takes_its_place(office):
    first = send(office, as_csv(HEAD, HANIF))
    second = send(office, as_csv(HEAD, HANIF))
    assert list(PeopleImport.objects.all()) == [second]

    PeopleImport.objects.update(sent_at=first.sent_at - timedelta(hours=25))
    importing.forget_old()
    assert not PeopleImport.objects.exists()


def test_an_applied_import_stays(office):
    job = applied(office)
    PeopleImport.objects.update(sent_at=job.sent_at - timedelta(days=300))
    send(office, as_csv(HEAD, HANIF[:2] + ["promosi"]))

    assert PeopleImport.objects.filter(pk=job.pk).exists()


def test_the_trail_says_who_became_what_without_personal_numbers(office):
    job = applied(office)

    entry = AuditEntry.objects.get(action="people.imported")
    assert (entry.actor, entry.subject, entry.detail) == (
        office.kartika,
        "DPMPTSP",
        {
            "number": job.pk,
            "new_units": ["UPT Arsip"],
            "added": [{"name": "Hanif Ramadhan"}],
            "changed": [
                {"name": "Budi Santoso", "fields": ["unit"], "changes": {"unit": ["Bidang Perizinan", "UPT Arsip"]}},
                {"name": "Ayu Lestari Dewi", "fields": ["name"], "changes": {}},
            ],
            "restored": [{"name": "Bayu Pratama"}],
        },
    )
    assert list(audit.faults(None)) == []


def test_the_witness_of_a_running_round_sees_it_too(office):
    round = cast.play(office, to="usulan")
    undoing.undo(applied(office), by=cast.fresh(office.kartika))
    found = AuditEntry.objects.filter(chain__name=audit.chain_name(round), action__startswith="people.")

    assert [entry.action for entry in found] == ["people.imported", "people.import_undone"]
    assert len(found[1].detail["people"]) == 4
    assert list(audit.faults(round)) == []


def test_a_round_of_others_does_not_hear_of_it(office):
    round = cast.play(office, to="usulan")
    CommitteeSeat.objects.create(unit=office.government, employee=office.oki)
    oki = cast.fresh(office.oki)
    importing.apply(send(office, as_csv(HEAD, [*HANIF[:2], "dinkes"]), by=oki, unit=office.government), by=oki)

    assert not AuditEntry.objects.filter(chain__name=audit.chain_name(round), action="people.imported").exists()


def test_undoing_brings_everything_back(office):
    rows_of(office)  # Bayu is out of service
    before, units = people(), list(Unit.objects.values())
    job = undoing.undo(applied(office), by=cast.fresh(office.kartika))

    assert (people(), list(Unit.objects.values())) == (before, units)
    assert (job.undone_at is not None, job.undo) == (True, {})


def test_who_was_taken_out_of_service_by_a_list_comes_back(office):
    keep = Employee.objects.below(office.unit).exclude(pk=office.ratna.pk).select_related("unit")
    rows = [[employee.number, employee.name, employee.unit.code] for employee in keep]
    kartika = cast.fresh(office.kartika)
    job = importing.apply(send(office, as_csv(HEAD, *rows), retires=True), by=kartika)
    assert not Employee.objects.get(pk=office.ratna.pk).is_active

    undoing.undo(job, by=kartika)
    assert Employee.objects.get(pk=office.ratna.pk).is_active


CHANGES = {
    "changed again": lambda office: services.change_employee(office.ayu, name="Ayu", by=office.kartika),
    "moved again": lambda office: services.change_employee(office.budi, unit=office.unit, by=office.kartika),
    "retired": lambda office: services.retire(office.bayu, by=office.kartika),
    "changed after coming": lambda office: services.change_employee(hanif(), position="Supir", by=office.kartika),
    "got a code": lambda office: activation.issue([hanif()], until=timezone.localdate(), by=office.kartika),
    "became a deputy": lambda office: cast_deputy(office),
    "became a head": lambda office: Unit.objects.filter(code="data").update(head=hanif()),
    "heads the new unit": lambda office: Unit.objects.filter(code="upt-arsip").update(head=office.ratna),
    "works in the new unit": lambda office: services.change_employee(
        office.ratna, unit=Unit.objects.get(code="upt-arsip"), by=office.kartika
    ),
}


def hanif() -> Employee:
    return Employee.objects.get(number=NIP)


def cast_deputy(office) -> None:
    CommitteeSeat.objects.create(unit=office.unit, employee=hanif())


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_after_the_next_change_nothing_is_undone(office, change):
    job = applied(office)
    change(office)
    before = people()
    with pytest.raises(Refused):
        undoing.undo(job, by=cast.fresh(office.kartika))

    assert people() == before


def test_what_others_do_meanwhile_does_not_hinder_undoing(office):
    job = applied(office)
    services.change_employee(office.ratna, position="Supir", by=office.kartika)
    undoing.undo(job, by=cast.fresh(office.kartika))

    assert Employee.objects.get(pk=office.ratna.pk).position == "Supir"


def test_nothing_is_undone_twice_or_before_it_is_done(office):
    kartika = cast.fresh(office.kartika)
    with pytest.raises(Refused):
        undoing.undo(send(office, as_csv(HEAD, HANIF)), by=kartika)
    job = undoing.undo(applied(office), by=kartika)
    with pytest.raises(Refused):
        undoing.undo(job, by=kartika)


def test_a_list_can_be_imported_again_after_undoing(office):
    undoing.undo(applied(office), by=cast.fresh(office.kartika))

    assert applied(office).counts["new"] == 1


@pytest.mark.parametrize("hundreds", [5, 10])
def test_a_hundred_new_people_take_two_statements(office, hundreds, django_assert_max_num_queries):
    content = as_csv(HEAD, *([f"THL-{n}", f"Pegawai {n}", "data"] for n in range(100 * hundreds)))
    job, by = send(office, content), cast.fresh(office.kartika)
    with django_assert_max_num_queries(22 + 2 * hundreds):  # SQLite takes 1000 values in a statement, some 70 people
        importing.apply(job, by=by)
