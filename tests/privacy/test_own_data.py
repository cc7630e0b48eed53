"""What is kept of people: said on a public page, shown to each, and deleted when its time is over."""

import json
import logging
from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import timezone

from anas import env, logs
from anas.conduct.models import Penalty, Report
from anas.documents.services import set_letterhead
from anas.mailing.models import Notice
from anas.people.models import CommitteeSeat, Employee, PeopleImport
from anas.people.niks import Nik
from anas.privacy import leaving
from anas.privacy.models import Departure, Look
from anas.rounds import audit
from anas.rounds.models import AuditEntry, Round
from anas.rounds.people import importing, undoing
from nominations import services as nominating
from nominations.models import Evidence, Nominee
from tests import cast
from tests.nominations import helpers
from voting.models import Voter

LONG_AGO = timezone.now() - timedelta(days=3000)


def data_of(client, person) -> dict[str, list[dict]]:
    client.force_login(cast.fresh(person), backend="anas.people.backends.EmployeeBackend")
    answer = client.get("/data-saya/unduh/")
    assert answer["Cache-Control"].count("no-store") == 1
    return {code: part["rows"] for code, part in json.loads(answer.content)["parts"].items()}


def purge(*words) -> str:
    out = StringIO()
    call_command("purge", *words, stdout=out)
    return out.getvalue()


def test_the_page_on_privacy_says_the_periods_that_purge_keeps_and_whom_to_ask(office, client, settings):
    settings.RETENTION = {**settings.RETENTION, "looks": 730, "evidence": 1461}
    set_letterhead(office.unit, values={"phone": "0341-1234", "email": "kantor@example.go.id"}, by=office.kartika)

    page = client.get("/privasi/").content.decode()

    for words in ("2 years", "1461 days", "0341-1234", "kantor@example.go.id", "What a single person chose: nobody."):
        assert words in page
    assert "/privasi/" in client.get("/masuk/").content.decode()


def test_nobody_but_the_person_gets_the_data_and_a_visitor_is_asked_to_log_in(client, office):
    assert [client.get(page).status_code for page in ("/data-saya/", "/data-saya/unduh/")] == [302, 302]


def test_my_data_tells_what_is_known_and_never_a_vote_or_a_sheet_of_somebody_else(office, client):
    round = cast.play(office, to="announced")
    winner = Nominee.objects.get(employee=office.agus)
    AccessAttempt.objects.create(username=office.agus.number, ip_address="10.0.0.9", failures_since_start=2)

    agus, ratna, maya = (data_of(client, person) for person in (office.agus, office.ratna, office.maya))

    assert [row["Score"] for row in agus["results"]][-1] == str(winner.standing.final)
    assert [row["Part"] for row in agus["results"]] == [*map(str, round.stage_list), "final score"]
    assert agus["nominations"][0]["Reason"] == "Agus Salim melayani dengan ramah."
    assert agus["polls"] == [
        {"Round": str(round), "On the voter roll": True, "Has voted": True, "Holds a part of the key": False}
    ]
    assert (agus["attempts"][0]["Wrong passwords"], ratna["attempts"]) == (2, [])
    assert (ratna["nominations"], ratna["results"], ratna["sheets"]) == ([], [], [])
    assert (len(maya["sheets"]), maya["roles"][0]["Role"]) == (12, "member of the team")
    assert "Maya" not in json.dumps(agus) and "penilaian" not in json.dumps(agus["results"])


def test_what_was_said_about_a_person_is_told_to_that_person_and_goes_with_time(office, client):
    by = {"employee": office.agus, "entered_by": office.kartika}
    Report.objects.create(**by, source="loket", date=timezone.localdate(), text="Cepat dan ramah.")
    Report.objects.create(**by, source="loket", date=LONG_AGO, text="Dulu.")
    Penalty.objects.create(employee=office.agus, level="ringan", starts=LONG_AGO, ends=LONG_AGO)

    assert [row["Text"] for row in data_of(client, office.agus)["reports"]] == ["Cepat dan ramah.", "Dulu."]
    assert [len(data_of(client, one)["penalties"]) for one in (office.agus, office.ratna)] == [1, 0]

    purge("--yes")

    assert (Report.objects.get().text, Penalty.objects.count()) == ("Cepat dan ramah.", 0)


def test_before_the_announcement_my_data_does_not_tell_who_was_proposed_or_what_came_out(office, client):
    cast.play(office, to="tim")
    assert data_of(client, office.agus)["nominations"] == []


def test_a_finalist_knows_but_no_score_before_the_announcement(office, client):
    round = cast.play(office, to="result")
    out = Nominee.objects.named(round).filter(standing=None).first().employee
    assert [len(data_of(client, one)["nominations"]) for one in (office.agus, out)] == [1, 0]
    CommitteeSeat.objects.create(unit=office.unit, employee=office.agus)  # though now he could read all numbers
    assert data_of(client, office.agus)["results"] == []

    Round.objects.update(state=Round.State.ANNOUNCED)
    mine = data_of(client, out)
    assert (len(mine["nominations"]), mine["results"]) == (1, [])  # nobody is put to shame


def test_the_page_asks_the_same_number_of_questions_however_much_there_is(office, login, django_assert_num_queries):
    client = login(office.ratna)
    for number in (1, 60):
        for other in range(number):
            Look.objects.create(
                reader=office.kartika.pk, subject=office.ratna.pk, kind=f"p{number}-{other}", day=LONG_AGO
            )
        with django_assert_num_queries(26):
            page = client.get("/data-saya/").content.decode()
    assert "The first 50 of 61" in page and "Ratna Juwita" in page


def test_purge_shows_first_then_deletes_what_is_too_old_and_leaves_numbers_in_the_trail(office, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    round = cast.play(office, to="usulan")
    proposal = round.stage_list[0].proposals.get(unit=office.units["sekretariat"])
    nominating.attach(helpers.assessed(proposal, office.agus), upload=helpers.pdf(), by=office.siti)
    file = PeopleImport.objects.create(unit=office.unit, content=b"x", sent_at=LONG_AGO)
    undoable = PeopleImport.objects.create(unit=office.unit, applied_at=LONG_AGO, undo={"before": {"1": {}}})
    Session.objects.create(session_key="old", expire_date=LONG_AGO)
    AccessAttempt.objects.create(username="x", failures_since_start=1)
    AccessAttempt.objects.update(attempt_time=LONG_AGO)
    Look.objects.create(reader=1, subject=2, kind="person", day=LONG_AGO)
    Look.objects.create(reader=1, subject=2, kind="person", day=timezone.localdate())
    Notice.objects.update(made_at=LONG_AGO, stage=None)

    Round.objects.update(created_at=LONG_AGO)
    assert "     0  Files that support a nomination." in purge()  # the round goes on
    Round.objects.update(state=Round.State.CANCELLED)
    shown, entries = purge(), AuditEntry.objects.count()
    assert ("     1  Files that support" in shown, "--yes" in shown, Evidence.objects.count()) == (True, True, 1)
    purge("--yes")

    undoable.refresh_from_db()
    left = [Evidence, Session, AccessAttempt, Notice, PeopleImport.objects.filter(pk=file.pk), Look]
    assert [getattr(one, "objects", one).count() for one in left] == [0, 0, 0, 0, 0, 1]
    assert (undoable.undo, list(undoing.reasons_not_to_undo(undoable))) == ({}, ["There is nothing to undo."])
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.detail["evidence"], entry.detail["looks"], AuditEntry.objects.count()) == (
        "data.purged",
        1,
        1,
        entries + 1,
    )
    assert list(audit.faults(None)) == []
    assert ("nothing to delete" in purge(), purge("--yes"), AuditEntry.objects.count()) == (
        True,
        purge("--yes"),
        entries + 1,
    )


def test_of_people_who_left_long_ago_only_what_decrees_and_results_need_stays(office):
    cast.play(office, to="announced")
    oki, agus, back = office.oki, office.agus, office.ratna
    Employee.objects.filter(pk__in=[oki.pk, agus.pk, back.pk]).update(
        is_active=False, email="x@example.go.id", grade="III/b", last_login=LONG_AGO
    )
    Nik.objects.create(employee=oki, number="3579011508820001")
    leaving.purge(timezone.now(), True)
    assert cast.fresh(oki).number == oki.number  # the days count from when it was noticed
    Departure.objects.update(noticed_on=LONG_AGO)
    Employee.objects.filter(pk=back.pk).update(is_active=True)
    votes = Voter.objects.count()

    assert leaving.purge(timezone.now(), False) == 2
    leaving.purge(timezone.now(), True)

    oki, agus, back = (cast.fresh(person) for person in (oki, agus, back))
    assert [(one.name, one.email, one.grade, one.has_usable_password(), one.last_login) for one in (oki, agus)] == [
        ("Former employee", "", "", False, None),
        ("Agus Salim", "", "", False, None),
    ]
    assert (oki.number, agus.number, back.email) == (f"arsip-{oki.pk}", f"arsip-{agus.pk}", "x@example.go.id")
    assert not Nik.objects.exists()
    assert not Departure.objects.filter(employee=back).exists()  # should she leave again, the days begin anew
    assert (Voter.objects.count(), leaving.purge(timezone.now(), True)) == (votes, 0)
    assert list(audit.faults(Round.objects.get())) == []


def test_an_import_whose_people_were_looked_at_can_still_be_undone(office):
    content = b"nip,nama,unit\nTHL-7,Yuni,Bidang Data\n"
    job = importing.send(unit=office.unit, content=content, file_name="x.csv", by=office.kartika)
    importing.apply(job, by=office.kartika)
    Look.objects.create(
        reader=office.kartika.pk, subject=Employee.objects.get(name="Yuni").pk, kind="people", day=timezone.localdate()
    )

    undoing.undo(PeopleImport.objects.get(pk=job.pk), by=office.kartika)

    assert not Employee.objects.filter(name="Yuni").exists()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("NIP 198207212006042903.", "NIP [number]."),
        ("nik=3579011508820001&x", "nik=[number]&x"),
        ("19820721200604290312 and 123456789012345", "19820721200604290312 and 123456789012345"),
    ],
)
def test_a_log_line_shows_no_personal_number(text, line):
    assert logs.masked(text) == line


def test_every_logger_writes_without_personal_numbers_in_words_arguments_and_tracebacks():
    out = StringIO()
    handler, log = logging.StreamHandler(out), logging.getLogger("somebody.elses")
    log.addHandler(handler)
    try:
        log.warning("wrong password of %s", "198207212006042903")
        raise ValueError("Key (number)=(198207212006042903) already exists.")
    except ValueError:
        log.exception("failed", stack_info=True)
    finally:
        log.removeHandler(handler)

    assert "198207212006042903" not in out.getvalue()
    assert "wrong password of [number]" in out.getvalue() and "(number)=([number])" in out.getvalue()


def test_a_period_shorter_than_the_database_allows_is_refused_at_the_start(monkeypatch):
    monkeypatch.setenv("KEEP_ACCESS_LOG_DAYS", "30")

    with pytest.raises(ImproperlyConfigured, match="KEEP_ACCESS_LOG_DAYS=30 is less than 365 days"):
        env.days("KEEP_ACCESS_LOG_DAYS", 730, least=365)
