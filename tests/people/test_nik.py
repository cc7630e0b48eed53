"""NIK: sealed, found for the login, shown nowhere."""

import pytest
from axes.models import AccessAttempt
from django.db import connection

from anas.keeping import rows
from anas.people import numbers
from anas.people.models import Employee
from anas.people.niks import Nik, rekey
from anas.rounds.models import AuditEntry
from tests import cast

GOOD, OTHER = "3579014101800001", "3579010101800002"


@pytest.mark.parametrize(
    ("number", "faults"),
    [
        (GOOD, 0),  # a woman, born on the first of January
        (OTHER, 0),
        ("3579012902000001", 0),
        ("357901290201000", 1),
        ("35790141018000O1", 1),
        ("3579013201800001", 1),
        ("3579017201800001", 1),
        ("3579010113800001", 1),
        ("0079010101800001", 1),
        ("3579010101800000", 1),
    ],
)
def test_a_nik_has_a_place_a_date_and_a_number(number, faults):
    assert len(list(numbers.nik_faults(number))) == faults


def edit(client, person: Employee, **data):
    fields = {"name": person.name, "status": "non-asn", "number": "THL-7", "unit": person.unit_id, **data}
    return client.post(f"/pegawai/{person.pk}/", fields)


def test_the_committee_enters_one_that_nobody_sees_again(office, login):
    client = login(office.kartika)
    edit(client, office.ratna, nik="3579 0141 0180 0001")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest FROM people_nik")
        [(sealed, digest)] = cursor.fetchall()
    page = client.get(f"/pegawai/{office.ratna.pk}/").content.decode()
    taken = edit(client, office.ayu, number="THL-8", nik=GOOD)
    wrong = edit(client, office.ayu, number="THL-8", nik="123")

    assert Nik.objects.get().number == GOOD
    assert GOOD not in f"{sealed} {digest} {page} {list(AuditEntry.objects.values())}"
    assert "One is kept, sealed." in page
    assert taken.context["form"].errors == {"nik": ["Somebody else has this NIK."]}
    assert wrong.context["form"].errors == {"nik": ["A NIK has 16 digits; here are 3 signs."]}
    assert "nik" in AuditEntry.objects.filter(action="employee.changed").last().detail["fields"]

    edit(client, office.ratna, name="Ratna J.")
    assert Nik.objects.count() == 1  # an empty field leaves it
    edit(client, office.ratna, forget_nik="on")
    assert not Nik.objects.exists()


def test_one_logs_in_with_it_and_wrong_ones_leave_no_trace(office, client):
    Nik.objects.create(employee=office.ratna, number=GOOD)
    office.ratna.set_password(cast.PASSWORD)
    office.ratna.save()
    client.post("/masuk/", {"username": OTHER, "password": "salah"})

    assert OTHER not in str(list(AccessAttempt.objects.values()))
    assert client.post("/masuk/", {"username": f" {GOOD} ", "password": cast.PASSWORD}).status_code == 302
    assert client.session["_auth_user_id"] == str(office.ratna.pk)


def test_a_backup_takes_it_to_an_installation_with_another_key(office, settings):
    Nik.objects.create(employee=office.ratna, number=GOOD)
    names = [field.name for field in rows.fields(Nik)]
    dumped = list(rows.dump(Nik))
    old_digest = Nik.objects.get().digest
    settings.SECRET_KEY = "another" * 9
    assert Nik.objects.get().number.startswith("sealed:")  # and not lost
    Nik.objects.all().delete()
    rows.load(Nik, iter(dumped), names)
    rekey()

    assert Nik.objects.get().number == GOOD
    assert Nik.objects.get().digest != old_digest
