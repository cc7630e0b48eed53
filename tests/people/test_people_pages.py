import pytest
from django.urls import reverse

from anas.people.models import Employee, Unit
from tests import cast

LIST = "/pegawai/"
NIP = "199203052019031007"


@pytest.fixture
def kartika(login, office):
    """The committee's browser."""
    return login(office.kartika)


def names(response) -> list[str]:
    return [employee.name for employee in response.context["page_obj"]]


def post_employee(client, url: str, office, **fields):
    data = {
        "name": "Hanif Ramadhan",
        "status": "pns",
        "number": NIP,
        "unit": office.units["data"].pk,
        "classification": "pns",
        "grade": "III/b",
        **fields,
    }
    return client.post(url, data)


def urls(office) -> list[str]:
    return [
        LIST,
        "/pegawai/baru/",
        f"/pegawai/{office.budi.pk}/",
        f"/pegawai/{office.budi.pk}/nonaktif/",
        f"/pegawai/{office.budi.pk}/aktif/",
        "/unit-kerja/",
        "/unit-kerja/baru/",
        f"/unit-kerja/{office.units['data'].pk}/",
        f"/unit-kerja/{office.units['data'].pk}/pengganti/",
    ]


def test_every_page_is_open_to_the_committee(kartika, office):
    assert [kartika.get(url).status_code for url in urls(office)] == [200] * 9


@pytest.mark.parametrize("who", ["budi", "bambang", "hadi", "lina", "wulan", "oki"])
def test_for_everybody_else_there_are_no_such_pages(login, office, who):
    client = login(getattr(office, who))

    assert [client.get(url).status_code for url in urls(office)] == [404] * 9
    assert [client.post(url).status_code for url in urls(office)] == [404] * 9


def test_visitors_are_asked_to_log_in(client, office):
    assert {client.get(url).url.partition("?")[0] for url in urls(office)} == {"/masuk/"}


def test_people_and_units_of_another_office_do_not_exist_for_the_committee(kartika, office):
    other = Unit.objects.get(code="dinkes")
    pages = [f"/pegawai/{office.oki.pk}/{act}" for act in ("", "nonaktif/", "aktif/")]
    pages += [f"/unit-kerja/{unit.pk}/{act}" for unit in (other, office.government) for act in ("", "pengganti/")]

    assert [kartika.get(page).status_code for page in pages] == [404] * 7
    assert [kartika.post(page).status_code for page in pages] == [404] * 7
    assert "Oki" not in kartika.get(LIST, {"service": "all", "unit": other.pk}).content.decode()


@pytest.mark.parametrize(
    "page", ["/pegawai/999999/", f"/pegawai/{10**30}/", "/unit-kerja/999999/", "/pengganti/1/akhiri/"]
)
def test_who_is_not_there_is_not_found(kartika, page):
    assert kartika.get(page).status_code == 404


def test_the_list_shows_everybody_in_service_by_name(kartika, office):
    Employee.objects.filter(pk=office.budi.pk).update(is_active=False)
    found = names(kartika.get(LIST))

    assert found == sorted(found)
    assert len(found) == Employee.objects.count() - 2  # Budi, and Oki of another office


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "kartika"}, ["Kartika Sari"]),
        ({"q": "sari"}, ["Kartika Sari", "Wulan Sari"]),
        ({"q": "sari wulan"}, ["Wulan Sari"]),
        ({"q": "198001012005011001"}, ["Siti Rahayu"]),
        ({"q": "19800101200501100"}, []),  # nobody is found by trying digits
        ({"unit": "promosi"}, ["Cahyo Nugroho", "Candra Kirana", "Cici Amelia", "Citra Dewi"]),
        (
            {"classification": "nonasn", "sort": "-name"},
            ["Dewi Anggraini", "Cici Amelia", "Bunga Citra", "Andi Wijaya"],
        ),
        (
            {"classification": "eselon4", "sort": "unit"},
            ["Dian Puspita", "Budi Santoso", "Candra Kirana", "Agus Salim"],
        ),
        ({"classification": "-", "q": "indah"}, ["Maya Indah"]),
        ({"status": "pppk"}, []),
        ({"service": "out"}, []),
    ],
)
def test_people_are_searched_narrowed_down_and_sorted(kartika, office, asked, found):
    if "unit" in asked:
        asked["unit"] = office.units[asked["unit"]].pk

    assert names(kartika.get(LIST, asked)) == found


@pytest.mark.parametrize(
    "odd",
    [
        {"q": "\x00"},
        {"q": "%_\\'\""},
        {"q": "x" * 3000},
        {"unit": "x"},
        {"unit": 10**30},
        {"sort": "password"},
        {"status": "x", "classification": "x", "service": "x"},
        {"page": "x"},
        {"page": "-1"},
        {"page": 10**30},
    ],
)
def test_what_cannot_be_asked_is_left_out_of_account(kartika, odd):
    assert kartika.get(LIST, odd).status_code == 200


def test_the_counts_add_up_to_those_found(kartika, office):
    response = kartika.get(LIST)

    assert response.context["counts"] == [
        ("Analis Kebijakan Ahli Muda/setara eselon 4", 4),
        ("PNS", 4),
        ("Tenaga Non-ASN", 4),
        (response.context["counts"][3][0], 11),
    ]
    assert sum(number for _name, number in response.context["counts"]) == response.context["page_obj"].paginator.count


def test_fifty_people_stand_on_a_page_and_the_search_goes_along(kartika, office):
    Employee.objects.bulk_create(
        Employee(number=f"P-{n}", name=f"Pegawai {n:03d}", unit=office.units["data"]) for n in range(120)
    )
    first, third = (kartika.get(LIST, {"q": "pegawai", "page": page}) for page in (1, 3))

    assert [len(names(first)), len(names(third))] == [50, 20]
    assert "q=pegawai&amp;page=2" in first.content.decode()


@pytest.mark.parametrize("rows", [10, 30])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(kartika, office, rows, django_assert_num_queries):
    Employee.objects.filter(classification="").exclude(pk=office.kartika.pk).update(is_active=False)
    Employee.objects.bulk_create(
        Employee(number=f"P-{n}", name=f"P {n}", unit=office.units["data"]) for n in range(rows)
    )
    with django_assert_num_queries(9):  # session, user, committee, schemes, units, count, rows, counts, office
        kartika.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_units_take_the_same_queries_for_any_number_of_rows(kartika, office, rows, django_assert_num_queries):
    for n in range(rows):
        Unit.objects.create(code=f"seksi-{n}", name=f"Seksi {n}", parent=office.units["data"], head=office.ratna)
    with django_assert_num_queries(6):  # session, user, committee, units, deputies, office
        kartika.get("/unit-kerja/")


def test_units_stand_as_a_tree_each_under_its_own(kartika, office):
    Unit.objects.create(code="loket", name="Loket", parent=office.units["perizinan"])
    units = kartika.get("/unit-kerja/").context["units"]

    assert [(unit.depth, unit.code) for unit in units] == [
        (0, "dpmptsp"),
        (1, "sekretariat"),
        (1, "perizinan"),
        (2, "loket"),
        (1, "promosi"),
        (1, "data"),
    ]
    assert [unit.people for unit in units] == [1, 10, 4, 0, 4, 4]


def test_somebody_new_is_added_with_the_rank_of_the_grade(kartika, office):
    response = post_employee(kartika, "/pegawai/baru/", office, number=" 19920305 201903 1 007 ")

    hanif = Employee.objects.get(number=NIP)
    assert response.url == reverse("people:edit", args=[hanif.pk])
    assert (hanif.rank_and_grade, hanif.unit, hanif.classification) == (
        "Penata Muda Tk. I, III/b",
        office.units["data"],
        "pns",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("number", "123"),
        ("number", "199213052019031007"),
        ("number", "198001012005011001"),  # Siti's
        ("number", "1.99E+17"),
        ("number", "\x00"),
        ("number", "9" * 400),
        ("name", ""),
        ("name", "x" * 151),
        ("status", "president"),
        ("unit", ""),
        ("unit", "dinkes"),
        ("unit", "x"),
        ("classification", "nobel"),
        ("grade", "V/a"),
        ("email", "no address"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(kartika, office, field, value):
    if value == "dinkes":
        value = Unit.objects.get(code="dinkes").pk
    response = post_employee(kartika, "/pegawai/baru/", office, **{"position": "Analis Cuaca", field: value})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "Analis Cuaca" in response.content.decode()
    assert not Employee.objects.filter(name="Hanif Ramadhan").exists()


def test_a_nik_is_refused_with_the_reason(kartika, office):
    response = post_employee(kartika, "/pegawai/baru/", office, status="non-asn", number="3579010101800001")

    assert "NIK" in response.context["form"].errors["number"][0]


def test_what_is_only_odd_is_saved_and_said(kartika, office):
    response = post_employee(kartika, "/pegawai/baru/", office, number="200503052019031007")

    assert Employee.objects.filter(number="200503052019031007").exists()
    assert "14" in kartika.get(response.url).content.decode()


def test_a_change_is_saved(kartika, office):
    page = f"/pegawai/{office.budi.pk}/"
    response = post_employee(kartika, page, office, name="Budi Santosa", unit=office.units["promosi"].pk)

    budi = Employee.objects.get(pk=office.budi.pk)
    assert (response.url, budi.name, budi.unit) == (LIST, "Budi Santosa", office.units["promosi"])


def test_a_rank_of_its_own_wording_stays_while_the_grade_does(kartika, office):
    Employee.objects.filter(pk=office.budi.pk).update(grade="III/b", rank="Penata Muda Tingkat I")
    post_employee(kartika, f"/pegawai/{office.budi.pk}/", office)

    assert Employee.objects.get(pk=office.budi.pk).rank == "Penata Muda Tingkat I"


def test_fields_that_no_form_has_are_not_changed(kartika, office):
    post_employee(kartika, f"/pegawai/{office.budi.pk}/", office, is_superuser="1", is_active="", password="x")
    before, budi = office.budi, Employee.objects.get(pk=office.budi.pk)

    assert (budi.is_superuser, budi.is_active, budi.password) == (False, True, before.password)


def test_who_is_taken_out_of_service_is_logged_out(client, office, kartika):
    browser = type(client)()
    browser.force_login(cast.fresh(office.budi), backend="anas.people.backends.EmployeeBackend")
    kartika.post(f"/pegawai/{office.budi.pk}/nonaktif/")

    assert browser.get("/sandi/").status_code == 302
    assert kartika.post(f"/pegawai/{office.budi.pk}/aktif/").status_code == 302
    assert Employee.objects.get(pk=office.budi.pk).is_active


def test_a_head_is_not_taken_out_of_service_and_the_page_says_why(kartika, office):
    page = f"/pegawai/{office.bambang.pk}/nonaktif/"

    assert "Bidang Perizinan" in kartika.get(page).content.decode()
    assert kartika.post(page).status_code == 409
    assert Employee.objects.get(pk=office.bambang.pk).is_active


def test_a_unit_is_added_changed_and_gets_a_deputy(kartika, office):
    kartika.post("/unit-kerja/baru/", {"parent": office.units["data"].pk, "name": "Seksi Arsip", "position": 1})
    seksi = Unit.objects.get(name="Seksi Arsip")
    data = {"name": "Seksi Kearsipan", "head": office.ratna.pk, "head_title": "Kepala Seksi", "position": 2}
    kartika.post(f"/unit-kerja/{seksi.pk}/", data)
    days = {"employee": office.maya.pk, "kind": "plh", "starts": "2026-01-01", "ends": "2099-12-31"}
    kartika.post(f"/unit-kerja/{seksi.pk}/pengganti/", days)

    seksi.refresh_from_db()
    deputy = seksi.deputies.get()
    assert (seksi.name, seksi.head, seksi.position, deputy.employee) == (
        "Seksi Kearsipan",
        office.ratna,
        2,
        office.maya,
    )
    assert kartika.post(f"/pengganti/{deputy.pk}/akhiri/").status_code == 302
    assert not cast.fresh(office.maya).headed_unit_ids


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"ends": "2025-12-31"}, "ends"),
        ({"ends": "tomorrow"}, "ends"),
        ({"ends": ""}, "ends"),
        ({"employee": "oki"}, "employee"),
        ({"employee": ""}, "employee"),
        ({"kind": "king"}, "kind"),
    ],
)
def test_a_deputy_who_cannot_be_is_refused_beside_the_field(kartika, office, changed, field):
    if changed.get("employee"):
        changed["employee"] = office.oki.pk  # of another office
    data = {"employee": office.maya.pk, "kind": "plh", "starts": "2026-01-01", "ends": "2099-12-31", **changed}
    response = kartika.post(f"/unit-kerja/{office.units['data'].pk}/pengganti/", data)

    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize("position", ["-1", "x", "", str(10**12)])
def test_a_place_that_cannot_be_is_refused_beside_the_field(kartika, office, position):
    data = {"parent": office.unit.pk, "name": "Seksi", "position": position}

    assert list(kartika.post("/unit-kerja/baru/", data).context["form"].errors) == ["position"]
