"""`make bench`: how fast ANAS is, beside a minimal Django project on the same machine in the same minutes, and what
it survives (storm.py).

Requests are sent to both projects in turn, several rounds of each. The ratio is the median of the rounds' ratios: it
is what counts, since it does not depend on the machine. Ends with 1 where an answer was wrong, never for slowness.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from tests.bench import crowd, papers, servers, storm
from tests.bench.client import Browser, Measured, load
from tests.bench.field import Field, Project, field
from tests.bench.text import differences

SPEED = ["cast", "ballot", "login", "crowd", "pgbench", "opening"]
PARTS = [*SPEED, "papers", "storm"]


@dataclass(frozen=True)
class Size:
    """How much of everything: `voters` in the office, `rounds` of each comparison with so many requests; a crowd of so
    many people in so many seconds; `envelopes` to open; `certificates` to make."""

    voters: int = 640
    rounds: int = 12
    casts: int = 640
    pages: int = 320
    logins: int = 80
    crowd: int = 500
    crowd_seconds: int = 60
    pgbench_seconds: int = 6
    envelopes: int = 100_000
    certificates: int = 1_120


QUICK = Size(60, 2, 40, 40, 8, 20, 4, 1, 4_000, 150)
COLUMNS = ["", "ours/s", "p50", "p95", "p99", "minimal/s", "p50", "p95", "p99", "ratio", "target"]
Line = list[str]


def say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)


def numbers(measured: Measured) -> Line:
    percentiles = [f"{measured.percentile(percent):.1f}" for percent in (50, 95, 99)]
    return [f"{measured.per_second:.1f}", *percentiles]


class Bench:
    """Measures on one field; `wrong` holds a sentence for everything that was not as it should be."""

    def __init__(self, field: Field, size: Size):
        self.field, self.size, self.lines, self.wrong = field, size, [], []

    def compare(self, name: str, target: float, measure: Callable[[Project], Measured]) -> None:
        """A line of the table; `target`: the least ratio."""
        ratios, ours, minimal = [], Measured(), Measured()
        measure(self.field.ours), measure(self.field.minimal)  # warms up what a process remembers
        for number in range(self.size.rounds):
            pair = {}
            for which in ("ours", "minimal")[:: 1 if number % 2 else -1]:
                pair[which] = measure(getattr(self.field, which))
            ours, minimal = ours + pair["ours"], minimal + pair["minimal"]
            ratios.append(pair["ours"].per_second / pair["minimal"].per_second)
            say(f"  {name} {number + 1}/{self.size.rounds}: {ratios[-1]:.2f}")
        ratio = median(ratios)
        verdict = f"{target:.1f}{'' if ratio >= target else ' missed'}"
        self.lines.append([name, *numbers(ours), *numbers(minimal), f"{ratio:.2f}", verdict])
        self.check(not ours.wrong + minimal.wrong, f"{name}: answers with status {ours.wrong[:5]} {minimal.wrong[:5]}")

    def check(self, is_right: bool, complaint: str) -> None:
        if not is_right:
            self.wrong.append(complaint)

    def cast(self) -> None:
        self.compare("casting a vote", 1.5, self._cast)

    def _cast(self, project: Project) -> Measured:
        empty_the_box(self.field)
        voters = project.given["voters"][: self.size.casts]
        measured = load(project.port, [project.cast(voter) for voter in voters], status=302)
        written = project.tell(COUNTS["ours" if project is self.field.ours else "minimal"])[0]
        self.check(written == (len(voters), len(voters)), f"{len(voters)} votes were cast, and written are {written}")
        return measured

    def ballot(self) -> None:
        empty_the_box(self.field)
        pages = [
            Browser(project.port, sessionid=project.given["voters"][0]["session"]).get(project.given["path"]).text
            for project in (self.field.ours, self.field.minimal)
        ]
        for difference in differences(*pages):
            say(f"  the plain page is not quite the same: {difference}")
        self.compare("the ballot page", 2.0, self._ballot)

    def _ballot(self, project: Project) -> Measured:
        voters = islice(cycle(project.given["voters"]), self.size.pages)
        return load(project.port, [project.get(voter) for voter in voters], status=200)

    def login(self) -> None:
        self.compare("login", 0.9, self._login)

    def _login(self, project: Project) -> Measured:
        voters = project.given["voters"][: self.size.logins]
        return load(project.port, [project.login(voter) for voter in voters], status=302)

    def crowd(self) -> None:
        empty_the_box(self.field)
        number, seconds = self.size.crowd, self.size.crowd_seconds
        measured = crowd.vote(self.field.ours, number=number, seconds=seconds)
        name = f"{number} log in and vote in {seconds} s"
        self.lines.append([name, *numbers(measured), *[""] * 5, "p95 < 300"])
        self.check(not measured.wrong, f"{name}: {len(measured.wrong)} errors, {measured.wrong[:5]}")
        (written,) = self.field.ours.tell(COUNTS["ours"])
        self.check(written == (number, number), f"{name}: written are {written}")

    def pgbench(self) -> None:
        measured = pgbench(self.field, self.size.pgbench_seconds)
        self.lines.append(["pgbench, the two writes alone", *numbers(measured), *[""] * 6])

    def opening(self) -> None:
        empty_the_box(self.field)
        say("  filling the box")
        servers.inside("tests.bench.opening", "fill", self.size.envelopes, env=self.field.env)
        speed = servers.inside("tests.bench.opening", "speed", self.size.envelopes, env=self.field.env)
        pairs = list(zip(speed["ours"], speed["bare"], strict=True))
        for ours, bare in pairs:
            say(f"  opening {speed['envelopes']}: ours {ours:.2f} s, libsodium alone {bare:.2f} s")
        ratio = median(bare / ours for ours, bare in pairs)
        per_second = [f"{speed['envelopes'] / median(times):.0f}" for times in zip(*pairs, strict=True)]
        name = f"opening, {speed['processes']} processes"
        verdict = f"0.8{'' if ratio >= 0.8 else ' missed'}"
        self.lines.append([name, per_second[0], "", "", "", per_second[1], "", "", "", f"{ratio:.2f}", verdict])
        self._count()

    def _count(self) -> None:
        empty_the_box(self.field, envelopes=False)
        counted = servers.inside("tests.bench.opening", "count", self.size.envelopes, env=self.field.env)
        name = f"count in {counted['seconds']:.0f} s, at most {counted['megabytes']:.0f} MB"
        self.lines.append([name, *[""] * 9, "< 300 MB" + ("" if counted["megabytes"] < 300 else " missed")])
        contests = len(self.field.ours.given["form"])
        self.check(counted["choices"] == contests * self.size.envelopes, f"counted are {counted['choices']} choices")


COUNTS = {
    "ours": "SELECT (SELECT count(*) FROM voting_voter WHERE has_voted), (SELECT count(*) FROM voting_envelope)",
    "minimal": "SELECT (SELECT count(*) FROM minimal_participation), (SELECT count(*) FROM minimal_ballot)",
}


def empty_the_box(field: Field, *, envelopes: bool = True) -> None:
    """Nobody has voted, and nothing that was deleted is in the way of the next round."""
    if envelopes:
        field.ours.tell("TRUNCATE voting_envelope")
    field.ours.tell("UPDATE voting_voter SET has_voted = false WHERE has_voted", "VACUUM FULL ANALYZE voting_voter")
    field.minimal.tell("TRUNCATE minimal_participation, minimal_ballot", "CHECKPOINT")


SCRIPT = r"""
\set voter random(1, 200000)
BEGIN;
UPDATE bench_voter SET has_voted = true WHERE poll_id = 1 AND employee_id = :voter AND has_voted = false;
INSERT INTO bench_envelope (id, poll_id, sealed) VALUES (gen_random_uuid(), 1, decode(repeat('5e', 112), 'hex'));
COMMIT;
"""


def pgbench(field: Field, seconds: int) -> Measured:
    """What the database does with the two writes of a vote, without any application, for as many connections as there
    are workers."""
    field.ours.tell(
        "CREATE TABLE bench_voter (LIKE voting_voter INCLUDING ALL)",
        "CREATE TABLE bench_envelope (LIKE voting_envelope INCLUDING ALL)",
        "INSERT INTO bench_voter (poll_id, employee_id, has_voted) SELECT 1, n, false FROM generate_series(1, 2e5) n",
        "VACUUM ANALYZE bench_voter",
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "script").write_text(SCRIPT)
        options = ["--no-vacuum", "--client", str(servers.WORKERS), "--time", str(seconds), "--log", "--file", "script"]
        subprocess.run(
            [field.server.programs / "pgbench", *options, field.ours.url.replace("postgres://", "postgresql://")],
            cwd=folder,
            check=True,
            capture_output=True,
        )
        lines = [line.split() for log in folder.glob("pgbench_log.*") for line in log.read_text().splitlines()]
    field.ours.tell("DROP TABLE bench_voter, bench_envelope")
    return Measured([int(line[2]) / 1e6 for line in lines], seconds)


def table(lines: list[Line]) -> str:
    """In columns; times are in milliseconds."""
    rows = [COLUMNS, *lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) if not place else cell.rjust(width) for place, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in rows)
    )


def measure(parts: list[str], size: Size) -> list[str]:
    """Prints the table; answers with what was wrong."""
    say("making two projects ready")
    with field(size.voters) as ready:
        bench = Bench(ready, size)
        for part in parts:
            say(part)
            getattr(bench, part)()
    print(table(bench.lines), flush=True)
    return bench.wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--quick", action="store_true", help="tiny numbers: to see that it works, not how fast")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(unknown)}")
    parts, size, began = options.parts or PARTS, QUICK if options.quick else Size(), time.monotonic()
    wrong = measure(some, size) if (some := [p for p in SPEED if p in parts]) else []
    if "papers" in parts:
        say("papers")
        wrong += papers.run(size.certificates)
    if "storm" in parts and not storm.all_of_them():
        wrong.append("see the storm")
    say(f"done in {time.monotonic() - began:.0f} s")
    for complaint in wrong:
        print("WRONG:", complaint)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
