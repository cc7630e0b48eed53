"""Inside of our application (see inside.py): certificates, one by one and by the thousand."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from anas.documents import batches, papers, services
from anas.documents.models import Batch, Document
from anas.people.models import Employee
from anas.rounds.models import Round
from nominations.models import Nominee
from scoring import results
from scoring.models import Standing
from tests import cast

SITE = "https://anas.example"
STOPPED = 60  # certificates that are there when everything is stopped for the first time
ROUNDS = 30
MEGABYTE = 1024


def main(what: str, *arguments: str) -> dict:
    return {"play": play, "alone": alone, "background": background}[what](*arguments)


@transaction.atomic
def play(number: str) -> dict:
    """A round that is decreed, with so many winners more."""
    call_command("migrate", verbosity=0)
    office = cast.make_office()
    round = cast.play(office, to="approved")
    services.issue_decree(round, number="1", date=timezone.localdate(), by=cast.fresh(office.kartika), site=SITE)
    first = results.winners(round)[0].nominee
    people = Employee.objects.bulk_create(
        Employee(number=f"pemenang-{one}", name=f"Pemenang {one}", position="Analis", unit=first.employee.unit)
        for one in range(int(number))
    )
    nominees = Nominee.objects.bulk_create(
        Nominee(proposal=first.proposal, employee=who, classification=first.classification, slot=place)
        for place, who in enumerate(people, 100)
    )
    Standing.objects.bulk_create(Standing(round=round, nominee=one, final=80, rank=1) for one in nominees)
    return {}


def alone() -> dict:
    """Milliseconds for one certificate, in turn: ours from facts to bytes, bare WeasyPrint from the page to bytes."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    round = Round.objects.get()
    row, decree = results.winners(round)[0], services.decree_of(round)
    frozen = services.certificate_facts(round, row, decree, "1/2026", SITE)
    html, fonts = papers.html("certificate", frozen), FontConfiguration()
    seconds = {
        "ours": lambda: papers.render("certificate", frozen),
        "bare": lambda: weasyprint.HTML(string=html).write_pdf(font_config=fonts, pdf_variant="pdf/a-2a"),
    }
    for act in seconds.values():
        act()
    times = [{name: _timed(act) for name, act in seconds.items()} for _round in range(ROUNDS)]
    return {
        "ours": 1000 * median(one["ours"] for one in times),
        "bare": 1000 * median(one["bare"] for one in times),
        "ratio": median(one["ours"] / one["bare"] for one in times),
    }


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def background() -> dict:
    """Begins, kills the processes, gives the batch new ones, cancels it; then makes the rest, and measures that."""
    round, committee = Round.objects.get(), Employee.objects.get(committee_seats__isnull=False)
    batch = batches.start(round, by=committee, site=SITE)
    _until(batch, lambda: batch.done >= STOPPED)
    for process in _processes():
        os.kill(process, signal.SIGKILL)
    batches.launch(batch)
    _until(batch, lambda: batch.done >= 2 * STOPPED)
    batches.cancel(batch, by=committee)
    _until(batch, lambda: not _processes())
    return _rest(round, committee)


def _rest(round: Round, committee: Employee) -> dict:
    began = time.perf_counter()
    batch = batches.start(round, by=committee, site=SITE)
    most = _until(batch, lambda: not batch.is_running)
    seconds = time.perf_counter() - began
    issued = Document.objects.in_force().filter(round=round, kind="certificate")
    winners, found = len(results.winners(round)), issued.count()
    numbers = issued.values("number").distinct().count()
    all_there = batch.state == Batch.State.DONE and winners == found == numbers == _ever_issued(round)
    return {
        "number": batch.total,
        "processes": batches.PROCESSES,
        "seconds": seconds,
        "thousand": seconds / batch.total * 1000,
        "megabytes": most,
        "wrong": [] if all_there else [f"{winners} winners, {found} certificates, {numbers} numbers: {batch.problem}"],
    }


def _ever_issued(round: Round) -> int:
    return Document.objects.published().filter(round=round, kind="certificate").count()


def _until(batch: Batch, is_so: Callable[[], bool]) -> float:
    """Waits; answers with the most megabytes that one of the processes held."""
    most, last = 0.0, -1
    while not is_so():
        most = max([most, *map(_megabytes, _processes())])
        time.sleep(0.1)
        batch.refresh_from_db()
        if batch.done // 100 != last:
            last = batch.done // 100
            print(f"  {batch.done}/{batch.total}", file=sys.stderr, flush=True)
    return most


def _processes() -> list[int]:
    """Those that make certificates, as far as they live."""
    children = [int(child) for task in Path("/proc/self/task").iterdir() for child in _children(task)]
    return [child for child in children if _megabytes(child)]


def _children(task: Path) -> list[str]:
    return (task / "children").read_text().split()


def _megabytes(process: int) -> float:
    """0 for one that is gone, or dead and not yet buried."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / MEGABYTE for line in lines if line.startswith("VmHWM:")), 0)
