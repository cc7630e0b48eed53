"""The people of an office as a file, which can be imported again."""

import csv
from io import StringIO

import pytest

from anas.people.models import Employee, Unit
from anas.rounds.people import export, importing
from anas.rounds.people.access import units_of
from tests import cast
from tests.people.lists import send


@pytest.fixture
def odd_office(office):
    """An office with what is hard to write into a file."""
    Unit.objects.create(code="arsip", name="Promosi", parent=office.units["data"])
    Unit.objects.filter(code="promosi").update(name="Promosi, “Investasi”")
    twins = [Unit.objects.create(code=f"loket-{n}", name="Loket", parent=office.unit) for n in (1, 2)]
    office.units["perizinan"].name = "=Perizinan"
    office.units["perizinan"].save()
    odd = [
        {"name": "=HYPERLINK(x)", "position": "+62", "title_before": "-", "title_after": "@x", "unit": twins[1]},
        {"name": 'Siti,  "Rahayu"; \'x', "position": "a\nb", "grade": "III/a", "rank": "", "unit": twins[0]},
        {"name": "'=x", "email": "-x@example.org", "status": "pppk-pw", "grade": "IX", "classification": "lama"},
        {"name": "Renée", "status": "non-asn", "classification": "nonasn", "rank": "Penata Tingkat 9"},
    ]
    for n, fields in enumerate(odd):
        Employee.objects.create(**{"number": f"THL/{n}", "unit": office.units["data"], **fields})
    return office


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_exported_imports_as_unchanged(odd_office, kind):
    kartika = cast.fresh(odd_office.kartika)
    job = send(odd_office, export.FORMATS[kind][0](units_of(kartika)), retires=True)
    plan = importing.plan_of(job, by=kartika)

    assert [str(problem) for problem in plan.problems] == []
    assert [(change.employee, change.before) for change in plan.changes] == []
    assert plan.unchanged == Employee.objects.below(odd_office.unit).count()


def test_no_cell_is_a_formula(odd_office):
    text = export.as_csv(units_of(odd_office.kartika)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]

    assert "'=HYPERLINK(x)" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_people_out_of_service_and_of_other_offices_are_not_in_it(login, office):
    Employee.objects.filter(pk=office.budi.pk).update(is_active=False)
    response = login(office.kartika).get("/pegawai/ekspor/?format=csv")
    text = response.content.decode("utf-8-sig")

    assert ["Budi" in text, "Oki" in text, "Siti" in text] == [False, False, True]
    assert text.splitlines()[0] == (
        "nip,nama,gelar_depan,gelar_belakang,unit,jabatan,pangkat,golongan,status,klasifikasi,email,sejak"
    )
    assert (response["Content-Type"], "attachment" in response["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        True,
    )


def test_another_kind_of_file_does_not_exist(login, office):
    client = login(office.kartika)

    assert [client.get("/pegawai/ekspor/", {"format": kind}).status_code for kind in ("xlsx", "pdf", "")] == [
        200,
        404,
        404,
    ]
