"""What an attacker tries who knows the application: see also test_access.py and test_never_500.py."""

from time import process_time

from anas.conduct.models import Report
from anas.people import xlsx
from anas.people.models import Employee
from tests.conduct.helpers import ago


def test_no_browser_and_no_proxy_keeps_a_page(office, login):
    client = login(office.kartika)
    pages = ["/", "/periode/", "/pegawai/", f"/pegawai/{office.ratna.pk}/", "/pengaduan/", "/peran/", "/masuk/lagi/"]
    files = ["/pegawai/ekspor/?format=csv", "/pegawai/ekspor/"]
    answers = {path: client.get(path) for path in [*pages, *files, "/verifikasi/", "/tidak-ada/", "/keluar/"]}

    def fails(answer) -> list[str]:
        told = answer.headers
        kept = {"no-store", "private"} - {word.strip() for word in told.get("Cache-Control", "").split(",")}
        safe = {"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options"} - set(told)
        return [*kept, *safe]

    assert {path: fails(answer) for path, answer in answers.items() if fails(answer)} == {}
    assert answers["/pegawai/"].status_code == 200


def test_fields_that_are_in_no_form_change_nothing(office, login):
    client, person = login(office.kartika), office.ratna
    columns = ["number", "name", "status", "position", "unit_id", "classification", "email"]
    sent = {name.removesuffix("_id"): getattr(person, name) or "" for name in columns}
    more = {"is_superuser": "on", "is_active": "", "password": "x", "id": office.siti.pk, "pk": office.siti.pk}
    answer = client.post(f"/pegawai/{person.pk}/", {**sent, "position": "Analis", **more})
    found = Employee.objects.get(pk=person.pk)
    words = {"person": person.number, "kind": "complaint", "source": "Loket", "date": ago(1), "text": "Lama."}
    decided = {"state": "upheld", "reason": "Benar.", "entered_by": office.siti.pk, "decided_by": office.siti.pk}
    entered = client.post("/pengaduan/baru/", {**words, **decided, "employee": office.siti.pk})
    report = Report.objects.get()

    assert (answer.status_code, entered.status_code) == (302, 302)
    assert (found.position, found.is_superuser, found.is_active, found.password) == (
        "Analis",
        False,
        True,
        person.password,
    )
    assert (report.employee, report.state, report.reason) == (person, "new", "")
    assert (report.entered_by, report.decided_by) == (office.kartika, None)


def test_tags_that_are_never_closed_do_not_keep_the_server_busy():
    started = process_time()

    assert xlsx._merged(b"<mergeCell " * 20_000) == []
    assert process_time() - started < 1


def test_cookies_travel_over_https_alone_and_no_script_reads_them(client, db):
    client.get("/masuk/", secure=True)
    client.post("/bahasa/", {"language": "en"}, secure=True)

    flags = {name: (cookie["secure"], cookie["httponly"]) for name, cookie in client.cookies.items()}
    assert flags == {"csrftoken": (True, True), "django_language": (True, True)}
