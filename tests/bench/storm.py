"""`make bench ARGS=storm`: a crowd votes while workers are killed with SIGKILL and PostgreSQL crashes. Then every vote
that was acknowledged has to be in the box once, with the receipt that the voter was given, and as many voters are
marked as there are envelopes.

The storm is worth something only if it notices what is wrong: it runs again without a part of what keeps the box sound,
and has to find fault each time. Ends with 1 where it finds fault with the sound application, or none with a broken one.

Not tried, since it takes the power from a whole machine: SQLite with synchronous=OFF, which survives killed processes.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from tests.bench import servers
from tests.bench.field import folder, prepare_ours
from tests.bench.voter import HABITS, Voter
from tests.postgres import Server

# What can be taken away, and the database on which it is missed.
WITHOUT = {
    "": ("postgresql", "sqlite"),
    "atomic": ("postgresql", "sqlite"),  # the one transaction around the two writes
    "condition": ("postgresql",),  # has_voted = false, when a voter is marked
    "constraint": ("postgresql",),  # each voter is on the roll once
    "durability": ("postgresql",),  # synchronous_commit: what was acknowledged is on the disk
}
KILL_AFTER = 5  # votes that were acknowledged since a worker was killed: so the storm gets to its end
CRASHES = 2
DOWN = 1.0  # seconds that PostgreSQL stays away


def say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)


@contextmanager
def database(kind: str, without: str) -> Iterator[tuple[str, Server | None]]:
    """Its address, and the server that can crash."""
    if kind == "sqlite":
        yield "", None
        return
    with Server(durable=True) as server:
        yield server.url + ("?options=-c%20synchronous_commit%3Doff" if without == "durability" else ""), server


def storm(kind: str, without: str, *, voters: int, seconds: float) -> list[str]:
    """Blows once; answers with a sentence for each fault that it finds."""
    with database(kind, without) as (url, server), folder() as data:
        env, given = prepare_ours(data, url, voters)
        if without == "constraint":
            servers.inside("tests.bench.storm_box", "drop_constraint", env=env)
        was_written = servers.inside("tests.bench.storm_box", "write_roll_twice", env=env)["written"]
        log = data / "log"
        with servers.Gunicorn(
            "tests.bench.storming", env | {"STORM_WITHOUT": without}, log=log, ready="/healthz"
        ) as gunicorn:
            crowd = [
                Voter(gunicorn.port, given, voter, HABITS[place % len(HABITS)])
                for place, voter in enumerate(given["voters"])
            ]
            killed = blow(crowd, gunicorn, server, seconds)
            for voter in crowd:
                voter.look_again()
        box = servers.inside("tests.bench.storm_box", "look", env=env)
        say(f"  {len(box['codes'])} envelopes, {killed} workers killed, {CRASHES if server else 0} crashes")
        return [*faults(crowd, box), *(["The database let the roll be written twice."] if was_written else [])]


def blow(crowd: list[Voter], gunicorn: servers.Gunicorn, server: Server | None, seconds: float) -> int:
    """All vote, one after the other in so many seconds, while things break; answers how many workers were killed."""
    began, is_over, kills = time.monotonic(), Event(), []
    breaking = [Thread(target=kill_workers, args=(gunicorn, crowd, is_over, kills))]
    if server:
        breaking.append(Thread(target=crash, args=(server, seconds)))
    people = [Thread(target=voter.vote, args=(began + seconds * n / len(crowd),)) for n, voter in enumerate(crowd)]
    for thread in [*breaking, *people]:
        thread.start()
    for thread in people:
        thread.join()
    is_over.set()
    for thread in breaking:
        thread.join()
    return len(kills)


def kill_workers(gunicorn: servers.Gunicorn, crowd: list[Voter], is_over: Event, kills: list[int]) -> None:
    """Now and then, at any moment of a request."""
    killed_at = 0
    while not is_over.wait(0.1 + 0.3 * random.random()):
        acknowledged = sum(voter.is_acknowledged for voter in crowd)
        if acknowledged >= killed_at + KILL_AFTER and (pid := gunicorn.kill_worker()):
            killed_at = acknowledged
            kills.append(pid)


def crash(server: Server, seconds: float) -> None:
    """PostgreSQL is stopped as by a power cut, and comes back after a while."""
    for _time in range(CRASHES):
        time.sleep(seconds / (CRASHES + 1) - DOWN)
        server.stop("immediate")
        time.sleep(DOWN)
        server.start()


def faults(crowd: list[Voter], box: dict[str, list[str]]) -> list[str]:
    """What is wrong between what the voters were told and what is in the box."""
    found = [f"{voter.number} {complaint}" for voter in crowd for complaint in voter.complaints]
    marked, codes = Counter(box["marked"]), Counter(box["codes"])
    if marked.total() != codes.total():
        found.append(f"{marked.total()} voters are marked, and there are {codes.total()} envelopes.")
    for voter in crowd:
        if marked[voter.number] != voter.is_acknowledged:
            found.append(
                f"{voter.number} is marked {marked[voter.number]} times; acknowledged: {voter.is_acknowledged}."
            )
        if voter.receipt and codes[voter.receipt] != 1:
            found.append(f"The receipt of {voter.number} is in the box {codes[voter.receipt]} times.")
    return found


def all_of_them(*, without: str | None = None, on: str | None = None, voters: int = 180, seconds: float = 15) -> bool:
    """Whether everything is as it should be; `without` and `on` choose some."""
    right = [
        try_one(kind, missing, voters=voters, seconds=seconds)
        for missing, kinds in WITHOUT.items()
        for kind in kinds
        if without in (None, missing) and on in (None, kind)
    ]
    return all(right)


def try_one(kind: str, without: str, **size: float) -> bool:
    """Whether the storm finds fault with a broken application, and none with the sound one."""
    name = f"{kind}, {f'without {without}' if without else 'sound'}"
    say(name)
    found = storm(kind, without, **size)
    is_right = bool(found) == bool(without)
    print(f"{'ok   ' if is_right else 'WRONG'} {name}: {len(found)} faults", flush=True)
    for sentence in found[: 3 if is_right else 20]:
        print("     ", sentence, flush=True)
    return is_right


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.storm", description=__doc__.splitlines()[0])
    parser.add_argument("--without", choices=list(WITHOUT), help="only an application without this; '' is sound")
    parser.add_argument("--on", choices=["postgresql", "sqlite"], help="only on this database")
    parser.add_argument("--voters", type=int, default=180)
    parser.add_argument("--seconds", type=float, default=15)
    return 0 if all_of_them(**vars(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
