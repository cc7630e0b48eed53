import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from anas.progress import phases_on
from anas.rounds.tables import BadData
from scoring.scenario import load
from scoring.simulate import simulate


class Command(BaseCommand):
    help = "Plays a whole round from a scenario file (anas-scenario/1). Nothing stays in the database."

    def add_arguments(self, parser) -> None:
        parser.add_argument("scenario", type=Path, metavar="SCENARIO.json")
        parser.add_argument("--out", type=Path, metavar="RESULT.json", help="where the result goes; default: here")

    def handle(self, *, scenario: Path, out: Path | None, **options) -> None:
        """Exit status 2, one line on standard error and nothing written for a scenario that is wrong."""
        say = phases_on(self.stderr)
        try:
            say("Reading the scenario …")
            read = load(scenario)
            say(f"Playing a round of {len(read.employees)} employees …")
            result = simulate(read)
        except BadData as bad:
            self.stderr.write(" ".join(str(bad).split()))
            sys.exit(2)
        text = json.dumps(result, indent=2, ensure_ascii=False)
        if out:
            out.write_text(f"{text}\n", encoding="utf-8")
        else:
            self.stdout.write(text)
