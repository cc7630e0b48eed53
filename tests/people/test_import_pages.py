from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from anas.people import sheets
from anas.people.models import Employee, PeopleImport
from tests.people.lists import HANIF, HEAD, NIP, as_csv, as_xlsx, send

SEND = "/pegawai/impor/"


@pytest.fixture
def kartika(login, office):
    """The committee's browser."""
    return login(office.kartika)


def post(client, office, content: bytes, name="pegawai.csv", **fields):
    return client.post(SEND, {"file": ContentFile(content, name=name), "unit": office.unit.pk, **fields})


def test_from_the_file_to_the_result(kartika, office):
    check = post(kartika, office, as_xlsx(HEAD, HANIF), name="pegawai.xlsx").url
    page = kartika.get(check).content.decode()
    assert ("Hanif Ramadhan" in page, Employee.objects.filter(number=NIP).exists()) == (True, False)

    seen = kartika.get(f"{check}terapkan/").context["form"].initial
    assert kartika.post(f"{check}terapkan/", seen).url == check
    assert Employee.objects.get(number=NIP).unit == office.units["data"]

    page = kartika.get(check).content.decode()
    assert f"{check}batalkan/" in page
    assert kartika.get(f"{check}terapkan/").url == check
    assert kartika.post(f"{check}batalkan/").url == check
    assert not Employee.objects.filter(number=NIP).exists()
    assert f"{check}batalkan/" not in kartika.get(check).content.decode()


def test_the_file_lies_in_a_row_and_not_in_the_session(kartika, office):
    post(kartika, office, as_csv(HEAD, HANIF))

    job = PeopleImport.objects.get()
    assert (bytes(job.content), job.by, job.unit) == (as_csv(HEAD, HANIF), office.kartika, office.unit)
    assert "Hanif" not in str(dict(kartika.session))


def test_columns_can_be_chosen(kartika, office):
    check = post(kartika, office, as_csv(["Orang", "Kode", "Tempat"], ["Hanif", NIP, "UPT Arsip"])).url
    page = kartika.get(check)
    assert ([str(problem) for problem in page.context["plan"].problems][0][:4], page.context["left_out"]) == (
        "nip:",
        ["Orang", "Kode", "Tempat"],
    )

    kartika.post(check, {"number": "1", "name": "0", "unit": "2", "adds_units": "on"})
    page = kartika.get(check)
    assert page.context["plan"].counts["new"] == 1
    assert [unit.name for unit in page.context["plan"].new_units] == ["UPT Arsip"]


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "9"}, "number"),
        ({"number": "x"}, "number"),
        ({"unit": "0"}, "unit"),
        ({"email": str(10**30)}, "email"),
    ],
)
def test_columns_that_cannot_be_are_refused_beside_their_field(kartika, office, chosen, field):
    check = post(kartika, office, as_csv(HEAD, HANIF)).url
    response = kartika.post(check, {"number": "0", "name": "1", "unit": "2"} | chosen)

    assert list(response.context["form"].errors) == [field]


def test_fields_that_are_no_columns_cannot_be_chosen(kartika, office):
    check = post(kartika, office, as_csv(HEAD, HANIF)).url
    kartika.post(check, {"number": "0", "name": "1", "unit": "2", "is_superuser": "0", "password": "1", "id": "2"})

    assert PeopleImport.objects.get().columns == {"number": 0, "name": 1, "unit": 2}


@pytest.mark.parametrize(
    "content", [b"", b"nip,nama\n", b"\0", b"PK\x03\x04", as_csv(HEAD, HANIF) + b'"', b"x" * (sheets.MEGABYTES << 20)]
)
def test_a_file_that_cannot_be_read_is_answered_beside_its_field(kartika, office, content):
    response = post(kartika, office, content + b"x" if len(content) > 1000 else content)

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["file"])
    assert not PeopleImport.objects.exists()


@pytest.mark.parametrize("unit", ["", "x", "dinkes", 10**30])
def test_only_a_unit_of_the_committee_can_be_chosen(kartika, office, unit):
    unit = office.oki.unit_id if unit == "dinkes" else unit

    assert list(post(kartika, office, as_csv(HEAD, HANIF), unit=unit).context["form"].errors) == ["unit"]


def test_errors_stand_with_line_and_column_and_there_is_no_way_on(kartika, office):
    check = post(kartika, office, as_csv(HEAD, HANIF, ["1.98E+17", "<b>Yuni", "data"])).url
    page = kartika.get(check).content.decode()
    assert "A spreadsheet has shortened this number" in page
    assert f"{check}terapkan/" not in page

    response = kartika.post(f"{check}terapkan/", {"seen": "x"})
    assert response.status_code == 409
    assert not Employee.objects.filter(number=NIP).exists()


def test_what_a_file_says_is_never_markup(kartika, office):
    check = post(kartika, office, as_csv([*HEAD, "<b>x"], ["THL-1", "<script>x", "data", ""]), name="<i>.csv").url
    page = kartika.get(check).content.decode()

    assert [bad in page for bad in ("<b>x", "<script>x", "<i>.csv")] == [False] * 3


@pytest.mark.parametrize("seen", [{}, {"seen": "x"}, {"seen": "x" * 100}])
def test_nothing_is_applied_that_has_not_been_looked_at(kartika, office, seen):
    check = post(kartika, office, as_csv(HEAD, HANIF)).url
    kartika.post(f"{check}terapkan/", seen)

    assert not Employee.objects.filter(number=NIP).exists()


def test_a_file_of_yesterday_is_there_no_more(kartika, office):
    check = post(kartika, office, as_csv(HEAD, HANIF)).url
    PeopleImport.objects.update(sent_at=PeopleImport.objects.get().sent_at - timedelta(hours=25))

    assert [kartika.get(f"{check}{act}").status_code for act in ("", "terapkan/", "batalkan/")] == [404] * 3
    assert kartika.get(SEND).status_code == 200
    assert not PeopleImport.objects.exists()


@pytest.mark.parametrize("who", ["siti", "hadi", "wulan", "oki"])
def test_for_everybody_else_there_is_no_import(login, office, who):
    job = send(office, as_csv(HEAD, HANIF))
    client = login(getattr(office, who))
    pages = [SEND, *(f"{SEND}{job.pk}/{act}" for act in ("", "terapkan/", "batalkan/")), "/pegawai/ekspor/"]

    assert [client.get(page).status_code for page in pages] == [404] * 5
    assert [client.post(page).status_code for page in pages] == [404] * 5


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_takes_the_same_queries_for_any_number_of_rows(kartika, office, rows, django_assert_num_queries):
    moved = [[office.budi.number, "Budi S.", "promosi"], [office.dian.number, "Dian P.", "promosi"]]
    job = send(office, as_csv(HEAD, *[HANIF, *moved][:rows]), retires=False)
    with django_assert_num_queries(9):  # session, user, committee, import, units, schemes, its units, people, office
        kartika.get(f"{SEND}{job.pk}/")


@pytest.mark.parametrize("imports", [1, 3])
def test_the_first_page_takes_the_same_queries_for_any_number_of_imports(
    kartika, office, imports, django_assert_num_queries
):
    for n in range(imports):
        PeopleImport.objects.create(unit=office.unit, by=office.budi, applied_at=timezone.now(), file_name=f"{n}.csv")
    with django_assert_num_queries(10):  # session, user, committee, old files, units, imports, schemes, office
        assert f"{imports - 1}.csv" in kartika.get(SEND).content.decode()


def test_the_list_of_people_leads_to_the_import(kartika):
    assert f'href="{SEND}"' in kartika.get("/pegawai/").content.decode()
