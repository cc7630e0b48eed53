"""The pages of the registers: who reads what, search, sorting; a file that is taken in."""

import pytest
from django.core.files.base import ContentFile

from anas.conduct.models import Penalty, Report
from tests.conduct.helpers import ago, complaint, penalty, upheld
from tests.people.lists import as_csv, as_xlsx

HEAD = ["nip", "tanggal", "jenis", "sumber", "nomor", "isi"]


@pytest.fixture
def three(office):
    """Two about people of Perizinan, one about somebody of Data."""
    return [
        upheld(office, "budi", text="Lama sekali.", days=3),
        complaint(office, "bayu", kind="commendation", source="Loket", text="Sangat ramah.", days=9),
        complaint(office, "dian", text="Berkas hilang.", days=6),
    ]


def shown(page) -> list[str]:
    return [report.employee.name for report in page.context["page_obj"]]


def test_the_committee_reads_all_a_head_his_own_people_and_others_nothing(office, three, login):
    assert shown(login(office.kartika).get("/pengaduan/")) == ["Budi Santoso", "Dian Puspita", "Bayu Pratama"]
    assert shown(login(office.hadi).get("/pengaduan/")) == ["Budi Santoso", "Dian Puspita", "Bayu Pratama"]
    client = login(office.bambang)
    page = client.get("/pengaduan/")
    assert shown(page) == ["Budi Santoso", "Bayu Pratama"]
    assert "/pengaduan/baru/" not in page.content.decode()
    pages = [client.get(f"/pengaduan/{report.pk}/") for report in three]
    assert [answer.status_code for answer in pages] == [200, 200, 404]
    assert "perbaiki" not in pages[0].content.decode()
    assert login(office.budi).get("/pengaduan/").status_code == 404


def test_entries_are_searched_narrowed_down_and_sorted(office, three, login):
    client = login(office.kartika)
    asked = ["?q=RAMAH", "?q=bayu loket", "?kind=complaint&sort=employee", "?state=new", "?sort=-source", "?sort=x"]

    assert [shown(client.get(f"/pengaduan/{query}")) for query in asked] == [
        ["Bayu Pratama"],
        ["Bayu Pratama"],
        ["Budi Santoso", "Dian Puspita"],
        ["Dian Puspita"],
        ["Dian Puspita", "Budi Santoso", "Bayu Pratama"],
        ["Budi Santoso", "Dian Puspita", "Bayu Pratama"],
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_take_the_same_queries_for_any_number_of_rows(office, login, rows, django_assert_num_queries):
    for name in ["budi", "bayu", "dian"][:rows]:
        complaint(office, name)
        penalty(office, name, first=3, last=1)
    client = login(office.kartika)

    with django_assert_num_queries(8):  # session, user, committee, heads, count, rows, access log, office
        assert len(client.get("/pengaduan/").context["page_obj"]) == rows
    with django_assert_num_queries(7):
        assert len(client.get("/disiplin/").context["page_obj"]) == rows


def test_the_person_is_found_by_name_or_number_and_nothing_typed_is_lost(office, login):
    client = login(office.kartika)
    sent = {"kind": "complaint", "source": "Loket", "date": ago(1).isoformat(), "text": "Kasar sekali."}
    said = [
        client.post("/pengaduan/baru/", sent | {"person": who}).context["form"].errors["person"]
        for who in ("Sari", "Nobody", "Oki Setiawan")
    ]
    client.post("/pengaduan/baru/", sent | {"person": "budi"})

    nobody = "Nobody in your committee's units has this name or number."
    several = "Several people have this name: Kartika Sari; Wulan Sari. Type more of it, or the number."
    assert said == [[several], [nobody], [nobody]]
    assert Report.objects.get().employee == office.budi
    page = client.post("/pengaduan/baru/", sent | {"person": "budi", "date": "2999-01-01"})
    assert "The date lies ahead." in page.content.decode() and "Kasar sekali." in page.content.decode()
    page = client.post("/disiplin/baru/", {"person": "budi", "level": "berat", "starts": ago(1), "ends": ago(2)})
    assert "The last day lies before the first." in page.content.decode() and not Penalty.objects.exists()


def send(client, content: bytes, name: str = "lapor.csv"):
    return client.post("/pengaduan/impor/", {"file": ContentFile(content, name=name)}, follow=True)


def test_a_file_is_taken_in_once(office, login):
    client = login(office.kartika)
    rows = [
        [office.budi.number, "02/11/2026", "Pengaduan", "SP4N-LAPOR", "LPR-1", "Lama, dan kasar; sekali."],
        ["Bayu Pratama", "2026-11-03", "apresiasi", "Loket", "", "Ramah."],
    ]
    for content in (as_csv(HEAD, *rows, separator=";"), as_xlsx(HEAD, *rows)):
        assert send(client, content).redirect_chain == [("/pengaduan/", 302)]

    found = Report.objects.order_by("pk").values_list("employee__name", "kind", "date__day", "source", "reference")
    assert list(found) == [
        ("Budi Santoso", "complaint", 2, "SP4N-LAPOR", "LPR-1"),
        ("Bayu Pratama", "commendation", 3, "Loket", ""),
    ]


def test_with_one_wrong_row_nothing_is_written(office, login):
    good = [office.budi.number, "2026-11-02", "", "SP4N-LAPOR", "", "Lama."]
    wrong = {
        "nip": ["THL-99", *good[1:]],
        "tanggal": [good[0], "kemarin", *good[2:]],
        "jenis": [*good[:2], "usul", *good[3:]],
        "isi": [*good[:5], ""],
    }
    own = [office.kartika.number, *good[1:]]
    client = login(office.kartika)
    page = send(client, as_csv(HEAD, good, *wrong.values(), own))

    problems = [(problem.line, problem.column) for problem in page.context["problems"]]
    assert problems == [(3, "nip"), (4, "tanggal"), (5, "jenis"), (6, "isi"), (7, "nip")]
    assert not Report.objects.exists()
    missing = send(client, as_csv(["nip", "isi"], ["1", "x"])).context["problems"]
    assert [problem.column for problem in missing] == ["tanggal", "sumber"]
    assert "neither CSV nor XLSX" in send(client, b"%PDF\0").content.decode()
