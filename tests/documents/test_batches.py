"""Many certificates are made in the background; whatever stops the processes, nothing is made twice or lost."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from anas.documents import batches, life, services
from anas.documents.models import Batch, Document
from anas.refused import Refused
from anas.rounds.models import AuditEntry
from tests import cast
from tests.documents.conftest import SITE, issue


@pytest.fixture(autouse=True)
def two_processes(monkeypatch):
    monkeypatch.setattr(batches, "PROCESSES", 2)


@pytest.fixture
def launched(monkeypatch) -> list[Batch]:
    """Instead of starting processes."""
    found = []
    monkeypatch.setattr(batches, "launch", found.append)
    return found


@pytest.fixture
def round(office, approved, no_paper):
    return issue(office, approved).round


@pytest.fixture
def batch(office, round, launched, django_capture_on_commit_callbacks) -> Batch:
    with django_capture_on_commit_callbacks(execute=True):
        return batches.start(cast.again(round), first=7, by=cast.fresh(office.kartika), site=SITE)


def run(batch: Batch, *shares: int) -> Batch:
    for share in shares:
        call_command("make_certificates", batch.pk, share)
    batch.refresh_from_db()
    return batch


def numbers() -> list[str]:
    issued = Document.objects.in_force().filter(kind="certificate").order_by("number")
    return list(issued.values_list("number", flat=True))


def test_two_processes_make_what_one_page_would_have_made(office, round, batch, launched):
    assert launched == [batch]
    assert (run(batch, 0).state, batch.done, len(numbers())) == ("running", 2, 2)
    assert (run(batch, 1).state, batch.done) == ("done", 3)

    winners = Document.objects.in_force().filter(kind="certificate").order_by("number")
    assert [document.nominee.name for document in winners] == ["Agus Salim", "Ayu Lestari", "Andi Wijaya"]
    assert [services.numbers.words.read_number(batch.template, number) for number in numbers()] == [7, 8, 9]
    trail = AuditEntry.objects.filter(action__startswith="batch.").order_by("pk")
    assert [(entry.action, entry.actor) for entry in trail] == [
        ("batch.started", office.kartika),
        ("batch.finished", office.kartika),
    ]


def test_after_the_death_of_a_process_the_rest_is_made_and_nothing_twice(batch, launched):
    run(batch, 0)
    assert not batches.revive(batch)
    Batch.objects.update(seen_at=timezone.now() - timedelta(minutes=2))

    assert [batches.revive(batch), batches.revive(batch)] == [True, False]
    assert launched == [batch, batch]
    assert (run(batch, 0, 1, 0).state, len(numbers()), Document.objects.filter(kind="certificate").count()) == (
        "done",
        3,
        3,
    )


def test_a_process_that_was_thought_dead_issues_no_second_certificate(batch, monkeypatch):
    """It rendered its paper, and another one has kept the same in between."""
    (number, row), *_rest = batches._share(batch, 0)
    run(batch, 0)

    batches._make(batch, row, number)

    assert Document.objects.filter(kind="certificate", nominee=row.nominee).count() == 1


def test_a_batch_that_is_cancelled_makes_no_more(office, batch):
    batches.cancel(batch, by=cast.fresh(office.kartika))

    assert (run(batch, 0, 1).state, numbers()) == ("cancelled", [])
    with pytest.raises(Refused, match="made, or it was stopped"):
        batches.cancel(batch, by=cast.fresh(office.kartika))


def test_only_the_committee_starts_and_cancels(office, round, batch):
    for who in (office.hadi, office.lina, office.wulan):
        for act, what in ((batches.start, cast.again(round)), (batches.cancel, batch)):
            with pytest.raises(Refused, match="Only the committee"):
                act(what, by=cast.fresh(who))


def test_one_batch_at_a_time(office, round, batch):
    with pytest.raises(Refused, match="are being made already"):
        batches.start(cast.again(round), by=cast.fresh(office.kartika), site=SITE)


def test_a_number_that_was_given_in_between_stops_it_with_the_reason(batch):
    (taken,) = run(batch, 1) and numbers()
    Batch.objects.update(first=8)

    assert (run(batch, 0).state, numbers()) == ("failed", [taken])
    assert batch.problem == f"The number {taken} has already been given to another document."


def test_a_decree_that_was_replaced_in_between_stops_it(office, batch):
    decree = batch.decree
    replace = {"number": "189/19/DPMPTSP/2026", "date": timezone.localdate(), "reason": "Salah ketik."}
    life.supersede(decree, **replace, texts=services.texts_of(decree.round), by=cast.fresh(office.kartika), site=SITE)

    assert (run(batch, 0).state, numbers()) == ("failed", [])


def test_the_page_has_more_than_a_few_made_in_the_background(office, round, launched, login, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    browser, path = login(office.kartika), f"/periode/{round.pk}/dokumen/piagam/"
    sent = browser.post(f"{path}terbitkan/", {"template": "{nomor}/2026", "first": 1})

    assert (sent.status_code, sent.url) == (302, f"{path}proses/")
    assert "0 of 3 certificates are issued." in browser.get(sent.url).content.decode()
    assert "They are being made: 0 of 3." in browser.get(f"/periode/{round.pk}/dokumen/").content.decode()
    browser.post(f"{path}proses/hentikan/")
    assert Batch.objects.get().state == "cancelled"
    assert "data-watch" not in browser.get(sent.url).content.decode()


def test_the_command_shows_how_many_it_issued(office, round, monkeypatch, capsys, django_capture_on_commit_callbacks):
    monkeypatch.setattr(batches, "launch", lambda batch: run(batch, 0, 1))
    monkeypatch.setattr(batches.transaction, "on_commit", lambda act: act())
    call_command("issue_certificates", round.pk, by=office.kartika.number, site=SITE)

    assert capsys.readouterr().out == "3 certificates have been issued.\n"
    with pytest.raises(CommandError, match="Every winner's certificate has been issued."):
        call_command("issue_certificates", round.pk, by=office.kartika.number, site=SITE)
    with pytest.raises(CommandError, match="no such person or round"):
        call_command("issue_certificates", 0, by=office.kartika.number, site=SITE)
