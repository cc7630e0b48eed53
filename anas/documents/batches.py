"""Certificates by the hundred, in the background: processes of their own render them and keep each in a transaction of
its own. So whatever ends the processes, what has been issued is issued, and the rest is made when somebody looks."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.documents import guards, numbers, papers, services
from anas.documents.models import Batch, Document
from anas.people.models import Employee
from anas.refused import Refused, refuse_for, require
from anas.rounds import rules
from anas.rounds import services as rounds
from anas.rounds.models import Round
from scoring import results

AT_ONCE = 12  # so many a page makes by itself: they take no longer than the processes would to start
PROCESSES = min(os.cpu_count() or 1, 4)
SILENCE = timedelta(seconds=60)  # a batch of which nothing was heard for so long has lost its processes
State = Batch.State


@transaction.atomic
def start(
    round: Round, *, template: str = "", first: int | None = None, finalists: bool = False, by: Employee, site: str = ""
) -> Batch:
    """Has a Piagam made for everybody for whom `services.issue_certificates` would issue one. Returns at once."""
    round = rounds.locked(round)
    decree, template, first = services.certificate_numbers(round, template=template, first=first, by=by)
    refuse_for(guards.reasons_not_to_issue_certificates(round, decree, finalists=finalists))
    require(_reason_running(round))
    nominees = [row.nominee.pk for row in guards.without_certificate(round, decree, finalists=finalists)]
    batch = Batch.objects.create(
        round=round, decree=decree, by=by, template=template, first=first, site=site, nominees=nominees
    )
    rounds.note(round, by, "batch.started", number=len(nominees))
    transaction.on_commit(lambda: launch(batch))
    return batch


def _reason_running(round: Round) -> str | None:
    if Batch.objects.filter(round=round, state=State.RUNNING).exists():
        return _("Certificates of this round are being made already.")
    return None


@transaction.atomic
def cancel(batch: Batch, *, by: Employee) -> None:
    """No more certificates are begun. Those that have been issued stay issued."""
    round = rounds.locked(batch.round)
    require(rules.must_be(rules.COMMITTEE, by, round))
    if not _end(batch, State.CANCELLED):
        raise Refused(_("They have all been made, or it was stopped before."))
    rounds.note(round, by, "batch.cancelled")


def launch(batch: Batch) -> None:
    """Starts the processes. They outlive the request and the worker that started them."""
    for share in range(min(PROCESSES, batch.total)):
        command = [sys.executable, settings.BASE_DIR / "manage.py", "make_certificates", batch.pk, share]
        subprocess.Popen(  # noqa: S603 (nothing of it comes from outside)
            [str(word) for word in command], cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True
        )


def revive(batch: Batch) -> bool:
    """Starts processes anew for a batch that has lost its own; of several who notice it, one does."""
    now = timezone.now()
    found = bool(_running(batch).filter(seen_at__lt=now - SILENCE).update(seen_at=now))
    if found:
        launch(batch)
    return found


def work(batch: Batch, *, share: int) -> None:
    """Makes one process's share of a batch: every so manieth certificate of those that are not there yet. Stops where
    the batch has been cancelled, or cannot go on; then it says why."""
    try:
        for number, row in _share(batch, share):
            if not _make(batch, row, number):
                return
        _finish(batch)
    except Refused as refused:
        _end(batch, State.FAILED, problem=str(refused))
    except Exception:
        _end(batch, State.FAILED, problem=_("An error of the program; its log says more."))
        raise


def _share(batch: Batch, share: int) -> Iterator[tuple[str, results.Row]]:
    """The numbers and winners of this process. A number belongs to a winner from the start."""
    waiting = {row.nominee.pk: row for row in _without(batch)}
    for place, nominee in enumerate(batch.nominees):
        if place % PROCESSES == share and nominee in waiting:
            number = batch.first + place
            yield numbers.filled(batch.template, number, batch.round.scope, batch.decree.date), waiting[nominee]


def _without(batch: Batch) -> list[results.Row]:
    return guards.without_certificate(batch.round, batch.decree, finalists=True)


def _make(batch: Batch, row: results.Row, number: str) -> bool:
    """Renders first, and holds the round only while the paper is kept: so several processes work side by side.
    Answers whether to go on."""
    frozen = services.certificate_facts(batch.round, row, batch.decree, number, batch.site)
    pdf = papers.render(Document.Kind.CERTIFICATE, frozen)
    with transaction.atomic():
        round = rounds.locked(batch.round)
        if not _running(batch).update(done=F("done") + 1, seen_at=timezone.now()):
            return False
        require(guards.reason_not_in_force(Document.objects.light().get(pk=batch.decree_id)))
        if not guards.has_certificate(round, batch.decree, row.nominee):
            services.keep_certificate(round, row, frozen, by=batch.by, pdf=pdf)
    return True


@transaction.atomic
def _finish(batch: Batch) -> None:
    """The process that finds nothing left to do says that the batch is done."""
    round = rounds.locked(batch.round)
    waiting = {row.nominee.pk for row in _without(batch)}
    if waiting.isdisjoint(batch.nominees) and _end(batch, State.DONE, done=batch.total):
        rounds.note(round, batch.by, "batch.finished", number=batch.total)


def _running(batch: Batch) -> QuerySet:
    return Batch.objects.filter(pk=batch.pk, state=State.RUNNING)


def _end(batch: Batch, state: str, **more: object) -> bool:
    """Whether it was still running."""
    return bool(_running(batch).update(state=state, seen_at=timezone.now(), **more))


def last_of(round: Round) -> Batch | None:
    """The batch that is running, else the last one. One that has lost its processes gets new ones."""
    batch = Batch.objects.filter(round=round).first()
    if batch and batch.is_running:
        revive(batch)
    return batch
