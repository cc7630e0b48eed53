"""Inside of our application (see inside.py): a full box, how fast its envelopes are opened, what the count needs."""

import os
import threading
import time
import uuid
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from nacl.bindings import crypto_box_seal_open, crypto_scalarmult_base

from anas.people.models import Employee
from anas.rounds.models import Round, Stage
from voting import counting, sealing
from voting.keys import keeper_of
from voting.models import Choice, Envelope, Poll

PROCESSES = os.cpu_count() or 1
ROUNDS = 3


def main(what: str, envelopes: str) -> dict:
    return {"fill": fill, "speed": speed, "count": count}[what](int(envelopes))


def fill(number: int) -> dict:
    """Puts so many envelopes into the box and closes it, without the roll: nobody has that many voters to spare."""
    poll = Poll.objects.get()
    with ProcessPoolExecutor(PROCESSES, get_context("fork")) as pool:
        tasks = [
            (poll.contests, bytes(poll.public_key), poll.plaintext_size, start) for start in range(0, number, 1000)
        ]
        hashes = []
        for sealed in pool.map(_thousand, tasks):
            Envelope.objects.bulk_create(Envelope(id=uuid.uuid4(), poll=poll, sealed=one) for one in sealed)
            hashes += map(sealing.envelope_hash, sealed)
    poll.envelope_hashes, poll.envelope_root = sorted(hashes), sealing.root(hashes)
    poll.save()
    Stage.objects.filter(pk=poll.stage_id).update(state=Stage.State.CLOSED)
    return {"envelopes": len(hashes)}


def _thousand(task: tuple) -> list[bytes]:
    contests, public_key, size, start = task
    made = []
    for number in range(start, start + 1000):
        choices = {
            code: [*keys, None][(number + place) % (len(keys) + 1)]
            for place, (code, keys) in enumerate(contests.items())
        }
        made.append(sealing.seal(choices, public_key=public_key, size=size))
    return made


def speed(number: int) -> dict:
    """Seconds for opening all envelopes: the count's way, and a bare loop on the same number of processes, in turn."""
    poll = Poll.objects.get()
    key = keeper_of(poll).fetch(poll)
    envelopes = [bytes(sealed) for sealed in poll.envelopes.values_list("sealed", flat=True)]
    seconds: dict[str, list[float]] = {"ours": [], "bare": []}
    for _round in range(ROUNDS):
        began = time.perf_counter()
        assert all(ballot for ballot, _times in counting._opened(poll, key, envelopes))
        seconds["ours"].append(time.perf_counter() - began)
        began = time.perf_counter()
        _bare(key, envelopes)
        seconds["bare"].append(time.perf_counter() - began)
    return {"envelopes": len(envelopes), "processes": PROCESSES, **seconds}


def _bare(key: bytes, envelopes: list[bytes]) -> None:
    """libsodium and nothing else; the forked processes have the envelopes already, and give nothing back."""

    def loop(share: list[bytes]) -> None:
        public = crypto_scalarmult_base(key)
        for sealed in share:
            crypto_box_seal_open(sealed, public, key)

    fork = get_context("fork")
    processes = [fork.Process(target=loop, args=(envelopes[start::PROCESSES],)) for start in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def count(number: int) -> dict:
    """The count as the committee does it; the most memory that it and its processes held together, in megabytes."""
    round = Round.objects.select_related("scope__head").get()
    committee = Employee.objects.get(committee_seats__isnull=False)
    memory = Memory()
    began = time.perf_counter()
    with memory:
        counting.count(round, by=committee)
    counted = Choice.objects.count()
    return {
        "seconds": time.perf_counter() - began,
        "megabytes": memory.peak,
        "before": memory.before,
        "choices": counted,
    }


class Memory:
    """Looks twenty times a second at the memory of this process and its children; what they share counts for each."""

    def __enter__(self) -> "Memory":
        self.before = self.peak = self._now()
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self

    def __exit__(self, *problem) -> None:
        self.ended.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.ended.wait(0.05):
            self.peak = max(self.peak, self._now())

    def _now(self) -> float:
        found = [Path("/proc/self"), *(Path("/proc") / child for child in self._children())]
        return round(sum(map(_resident, found)), 1)

    def _children(self) -> list[str]:
        lists = [task / "children" for task in Path("/proc/self/task").iterdir()]
        return [child for found in lists if found.exists() for child in found.read_text().split()]


def _resident(process: Path) -> float:
    try:
        line = next(line for line in (process / "status").read_text().splitlines() if line.startswith("VmRSS:"))
    except (OSError, StopIteration):
        return 0.0  # it has ended meanwhile
    return int(line.split()[1]) / 1024
