"""What a list of people would change: every row is checked, and nothing is written."""

import pytest

from anas.people.models import CommitteeSeat, Employee, Unit
from anas.rounds.people import importing
from tests import cast
from tests.people.lists import HANIF, HEAD, NIP, as_csv, as_xlsx, changes, plan, problems, send

BUDI = "198001012005011006"  # Budi Santoso of Bidang Perizinan
RIGHT = {
    "nip": NIP,
    "nama": "Hanif Ramadhan",
    "unit": "Bidang Data",
    "status": "PNS",
    "golongan": "III/b",
    "pangkat": "",
    "klasifikasi": "pns",
    "jabatan": "Analis",
    "email": "hanif@example.org",
    "gelar_depan": "",
    "gelar_belakang": "S.E.",
}


def wide(office, **cells: str):
    """One new person, all of whose cells are right but these."""
    return plan(office, list(RIGHT), list((RIGHT | cells).values()))


def test_the_cast_is_as_this_file_takes_it(office):
    assert (office.budi.number, office.budi.unit.name) == (BUDI, "Bidang Perizinan")


def test_new_changed_moved_returning_and_unchanged_people_are_told_apart(office):
    Employee.objects.filter(pk=office.bayu.pk).update(is_active=False)
    found = plan(
        office,
        HANIF,
        [BUDI, "Budi Santosa", "Bidang Perizinan"],
        [office.dian.number, "Dian Puspita", "bidang promosi"],
        [office.bayu.number, "Bayu Pratama", "PERIZINAN"],
        [office.doni.number, "Doni  Saputra ", "data"],
    )

    assert problems(found) == []
    assert changes(found) == [
        ("new", "Hanif Ramadhan", []),
        ("changed", "Budi Santosa", ["name"]),
        ("moved", "Dian Puspita", ["unit"]),
        ("back", "Bayu Pratama", ["is_active"]),
    ]
    assert found.unchanged == 1


def test_a_preview_writes_nothing(office):
    before = list(Employee.objects.order_by("pk").values())
    plan(office, HANIF, [BUDI, "Budi Santosa", "Bidang Baru"], adds_units=True, retires=True)

    assert list(Employee.objects.order_by("pk").values()) == before
    assert not Unit.objects.filter(name="Bidang Baru").exists()


def test_somebody_new_has_every_field_as_the_list_says(office):
    hanif = wide(office).changes[0].employee

    assert (hanif.number, hanif.status, hanif.rank_and_grade, hanif.classification, hanif.email, hanif.full_name) == (
        NIP,
        "pns",
        "Penata Muda Tk. I, III/b",
        "pns",
        "hanif@example.org",
        "Hanif Ramadhan, S.E.",
    )
    assert (hanif.unit, hanif.is_active, hanif.is_superuser) == (office.units["data"], True, False)


def test_the_preview_says_what_changes_in_words(office):
    Employee.objects.filter(pk=office.budi.pk).update(number="198001012021211004")
    moved = ["198001012021211004", "Budi Santoso", "Bidang Data", "PPPK Paruh Waktu"]
    found = plan(office, [*HEAD, "status"], moved, [*HANIF, ""])

    assert [change.fields for change in found.changes] == [
        [("unit", office.units["perizinan"], office.units["data"]), ("status", "PNS", "PPPK Paruh Waktu")],
        [("status", "", "PNS")],
    ]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("nip", ""),
        ("nip", "123"),
        ("nip", "1.98E+17"),
        ("nip", "1,99203E+17"),
        ("nip", "199203052019031000"),
        ("nip", "199213052019031007"),
        ("nip", "9" * 400),
        ("nama", ""),
        ("nama", "x" * 151),
        ("unit", ""),
        ("unit", "Bidang Cuaca"),
        ("unit", "Dinas Kesehatan"),
        ("unit", "dinkes"),
        ("status", "presiden"),
        ("golongan", "V/a"),
        ("golongan", "3b"),
        ("pangkat", "x" * 61),
        ("klasifikasi", "nobel"),
        ("jabatan", "x" * 151),
        ("email", "hanif"),
        ("email", "x" * 300 + "@example.org"),
        ("gelar_depan", "x" * 61),
        ("gelar_belakang", "x" * 61),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_column(office, column, cell):
    assert problems(wide(office, **{column: cell})) == [(2, column)]


def test_a_nik_is_refused(office):
    found = wide(office, nip="3579010101800001", status="Non-ASN")

    assert problems(found) == [(2, "nip")]
    assert "NIK" in found.problems[0].reason


@pytest.mark.parametrize("number", ["1.98E+17", "1,98001012005011E+17", "2E+17", "198001012005011000"])
@pytest.mark.parametrize("head", [HEAD, [*HEAD, "status"]])
def test_a_number_that_a_spreadsheet_has_destroyed_is_refused_with_the_remedy(office, number, head):
    found = plan(office, head, [number, "Hanif", "data", "PNS"][: len(head)])

    assert "as text" in found.problems[0].reason


def test_a_number_that_stands_as_a_number_in_a_workbook_is_refused(office):
    job = send(office, as_xlsx(HEAD, [1.98001012005011e17, "Hanif", "data"], HANIF))

    assert problems(importing.plan_of(job, by=office.kartika)) == [(2, "nip")]


@pytest.mark.parametrize("number", ["19920305 201903 1 007", "'199203052019031007", " 199203052019031007 "])
def test_numbers_may_be_written_with_blanks_and_the_sign_of_a_text(office, number):
    assert plan(office, [number, *HANIF[1:]]).changes[0].employee.number == NIP


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("PNS", "pns"),
        ("Calon PNS", "cpns"),
        ("pppk", "pppk"),
        ("PPPK Paruh Waktu", "pppk-pw"),
        ("P3K", "pppk"),
        ("", "pns"),
    ],
)
def test_statuses_are_recognised(office, written, status):
    assert wide(office, status=written).changes[0].employee.status == status


def test_without_a_status_the_number_says_it(office):
    found = plan(office, HANIF, ["THL-7", "Yuni", "data"])

    assert [change.employee.status for change in found.changes] == ["pns", "non-asn"]


@pytest.mark.parametrize(
    ("written", "code"),
    [("pns", "pns"), ("PNS", "pns"), ("Tenaga Non-ASN", "nonasn"), ("eselon4", "eselon4"), ("-", ""), ("", "")],
)
def test_classifications_are_recognised_by_code_and_name(office, written, code):
    assert wide(office, klasifikasi=written).changes[0].employee.classification == code


def test_a_hyphen_is_an_empty_cell(office):
    hyphens = dict.fromkeys(["golongan", "pangkat", "klasifikasi", "jabatan", "email", "gelar_depan"], "-")
    found = wide(office, **hyphens).changes[0].employee

    assert [getattr(found, name) for name in ("grade", "rank", "position", "email", "title_before")] == [""] * 5
    assert problems(wide(office, nip="-", nama="-", unit="-")) == [(2, "nama"), (2, "unit"), (2, "nip")]


def test_all_errors_of_all_lines_are_said_at_once(office):
    found = plan(office, ["1", "", "x"], HANIF, ["", "y", "data"], HANIF, ["2", "z", "data", "more"])

    assert problems(found) == [(2, "nama"), (2, "unit"), (4, "nip"), (5, "nip"), (6, "")]
    assert "line 3" in found.problems[3].reason


def test_what_is_only_odd_is_a_doubt(office):
    found = plan(office, ["200503052019031007", "Hanif", "data"])

    assert ([doubt.line for doubt in found.doubts], problems(found), len(found.changes)) == ([2], [], 1)


def test_formulas_and_merged_cells_are_answered_in_words_where_they_matter(office):
    rows = [["no", *HEAD], ["=ROW()", *HANIF], ["=ROW()", "THL-1", '=B2&""', "data"], ["x", "THL-2", "Yuni", "data"]]
    found = importing.plan_of(send(office, as_xlsx(*rows, merged="D3:D4")), by=office.kartika)

    assert problems(found) == [(3, "nama"), (3, "unit"), (4, "unit")]
    assert ["paste" in problem.reason or "unmerge" in problem.reason for problem in found.problems] == [True] * 3


def test_people_of_another_office_are_refused_with_their_line(office):
    found = plan(office, HANIF, [office.oki.number, "Oki Setiawan", "data"])

    assert problems(found) == [(3, "nip")]


def test_the_committee_of_a_unit_reaches_no_further_than_its_tree(office):
    CommitteeSeat.objects.create(unit=office.units["data"], employee=office.dian)
    dian, unit = cast.fresh(office.dian), office.units["data"]
    found = plan(office, HANIF, [BUDI, "Budi Santoso", "data"], by=dian, unit=unit)

    assert problems(found) == [(3, "nip")]
    assert problems(plan(office, [*HANIF[:2], "Bidang Promosi"], by=dian, unit=unit)) == [(2, "unit")]


def test_the_account_of_the_installation_is_not_changed(office):
    admin = Employee.objects.create_superuser("ADMIN", name="Admin", unit=office.units["data"], status="non-asn")

    assert problems(plan(office, [admin.number, "Admin", "data"])) == []
    assert problems(plan(office, [admin.number, "Somebody", "data"])) == [(2, "nip")]


def test_no_column_gives_a_role(office):
    head = [*HEAD, "is_superuser", "peran", "kepala", "password", "is_active", "committee"]
    found = plan(office, head, [office.kartika.number, "Kartika Sari", "Sekretariat", *["1"] * 6])

    assert (found.unchanged, changes(found)) == (1, [])


def test_without_columns_for_number_and_name_nothing_is_checked(office):
    found = plan(office, HANIF, columns={"unit": 2})

    assert problems(found) == [(None, "nip"), (None, "nama")]


def test_a_column_that_the_file_has_not_is_none(office):
    assert problems(plan(office, HANIF, columns={"number": 0, "name": 99})) == [(None, "nama")]


def test_what_is_not_in_the_file_stays(office):
    Employee.objects.filter(pk=office.budi.pk).update(email="budi@example.org", grade="III/c", rank="Penata")
    found = plan(office, ["nip", "nama", "golongan"], [BUDI, "Budi Santoso", "III/c"])

    assert (found.unchanged, changes(found)) == (1, [])


def test_the_rank_follows_a_grade_that_changes(office):
    found = plan(office, ["nip", "nama", "golongan", "pangkat"], [BUDI, "Budi Santoso", "III/c", ""])

    assert [change.employee.rank for change in found.changes] == ["Penata"]


def test_what_somebody_has_already_can_stay(office):
    Employee.objects.filter(pk=office.budi.pk).update(grade="IV-x", classification="lama", email="x", number="old 1")
    head = ["nip", "nama", "golongan", "klasifikasi", "email"]
    Employee.objects.filter(pk=office.budi.pk).update(number="OLD")

    assert plan(office, head, ["OLD", "Budi Santoso", "IV-x", "lama", "x"]).unchanged == 1


def test_a_status_that_does_not_go_with_the_number_is_refused(office):
    Employee.objects.filter(pk=office.budi.pk).update(number="THL-1", status="non-asn")

    assert problems(plan(office, [*HEAD, "status"], ["THL-1", "Budi Santoso", "perizinan", "PNS"])) == [(2, "nip")]


def test_who_is_not_in_the_file_has_left_only_if_that_is_ticked(office):
    everybody = Employee.objects.below(office.unit)
    heads = set(Unit.objects.exclude(head=None).values_list("head", flat=True))
    staying = everybody.filter(pk__in=heads) | everybody.filter(pk=office.kartika.pk)
    rows = [[employee.number, employee.name, employee.unit.code] for employee in staying]
    leaving = {employee.name for employee in everybody} - {employee.name for employee in staying}

    assert changes(plan(office, *rows)) == []
    found = plan(office, *rows, retires=True)
    assert {(change.kind, change.employee.name) for change in found.changes} == {("retired", name) for name in leaving}


def test_heads_and_oneself_do_not_leave_by_being_left_out(office):
    found = plan(office, HANIF, retires=True)

    assert [problem.line for problem in found.problems] == [None] * 6
    assert sum("heads" in problem.reason for problem in found.problems) == 5


def test_only_people_of_the_files_own_unit_leave(office):
    found = plan(
        office,
        [office.dedi.number, "Dedi Kurniawan", "data"],
        [office.dian.number, "Dian Puspita", "data"],
        unit=office.units["data"],
        retires=True,
    )

    assert {change.employee.name for change in found.of_kind("retired")} == {"Dewi Anggraini", "Doni Saputra"}


def test_units_that_are_missing_are_added_only_if_that_is_ticked(office):
    rows = [[*HANIF[:2], "UPT Arsip"], ["THL-1", "Yuni", "upt arsip"]]

    assert problems(plan(office, *rows)) == [(2, "unit"), (3, "unit")]
    found = plan(office, *rows, adds_units=True)
    assert [(unit.name, unit.parent) for unit in found.new_units] == [("UPT Arsip", office.unit)]


def test_a_column_that_has_no_units_in_it_adds_no_thousand_units(office):
    rows = [[f"THL-{n}", "Yuni", f"Unit {n}"] for n in range(102)]

    assert problems(plan(office, *rows, adds_units=True)) == [(102, "unit"), (103, "unit")]


def test_a_name_that_several_units_have_asks_for_the_code(office):
    Unit.objects.create(code="arsip-1", name="Arsip", parent=office.units["data"])
    Unit.objects.create(code="arsip-2", name="Arsip", parent=office.units["promosi"])
    found = plan(office, [*HANIF[:2], "Arsip"], ["THL-1", "Yuni", "arsip-2"])

    assert problems(found) == [(2, "unit")]
    assert "arsip-1, arsip-2" in found.problems[0].reason


@pytest.mark.parametrize("thousands", [1, 2])
def test_a_thousand_rows_take_two_queries(office, thousands, django_assert_num_queries):
    content = as_csv(HEAD, *([f"THL-{n}", f"Pegawai {n}", "data"] for n in range(1000 * thousands)))
    job, by = send(office, content), cast.fresh(office.kartika)
    with django_assert_num_queries(4 + 2 * thousands):  # units, schemes, the committee's paths, its units; people
        assert importing.plan_of(job, by=by).counts["new"] == 1000 * thousands
