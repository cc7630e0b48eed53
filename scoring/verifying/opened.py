"""An audit bundle that has been read: its files, each parsed where a check first needs it."""

import hashlib
import json
from functools import cached_property
from typing import Any

from scoring.verifying.recount import Recount, expect
from scoring.verifying.unzip import NoBundle

MANIFEST = "manifest.json"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def parsed(data: bytes) -> Any:
    """What the JSON says. Raises Fault where a key stands twice, for then two readers could read two things."""
    return json.loads(data.decode(), object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    expect(len(dict(pairs)) == len(pairs), "a key stands twice in one object")
    return dict(pairs)


class Opened:
    """The files by their names. Whatever is missing, damaged or written otherwise than the format says is found by the
    check that asks for it."""

    def __init__(self, files: dict[str, bytes | None]):
        if MANIFEST not in files:
            raise NoBundle(f"has no {MANIFEST}")
        self.files = files

    def data(self, name: str) -> bytes:
        found = self.files.get(name)
        expect(found is not None, f"{name} is missing or damaged")
        return found

    def json(self, name: str) -> Any:
        return parsed(self.data(name))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return self.json(MANIFEST)

    @cached_property
    def scheme(self) -> dict[str, Any]:
        return self.json("scheme.json")

    @cached_property
    def result(self) -> dict[str, Any]:
        return self.json("result.json")

    @cached_property
    def nominees(self) -> dict[str, dict[str, Any]]:
        rows = self.json("nominees.json")
        found = {row["id"]: row for row in rows}
        expect(len(found) == len(rows), "nominees.json has an id twice")
        return found

    @cached_property
    def sheets(self) -> list[dict[str, Any]]:
        return self.json("sheets.json")["sheets"]

    @cached_property
    def recusals(self) -> list[dict[str, Any]]:
        return self.json("sheets.json")["recusals"]

    @cached_property
    def assessors(self) -> dict[str, int]:
        """How many assessors each stage with score sheets has."""
        return self.json("sheets.json")["assessors"]

    @cached_property
    def decisions(self) -> list[dict[str, Any]]:
        return self.json("decisions.json")

    @cached_property
    def ballots(self) -> dict[str, list[str | None]]:
        names = [name for name in self.files if name.startswith("ballots/")]
        return {name.removeprefix("ballots/").removesuffix(".json"): self.json(name) for name in names}

    @cached_property
    def log(self) -> list[dict[str, Any]]:
        return [parsed(line) for line in self.data("log.jsonl").removesuffix(b"\n").split(b"\n")]

    def logged(self, action: str) -> list[dict[str, Any]]:
        """The log's entries of one action."""
        return [entry for entry in self.log if entry["action"] == action]

    def logged_once(self, action: str) -> dict[str, Any]:
        found = self.logged(action)
        expect(len(found) == 1, f"the log has {len(found)} entries {action}, not one")
        return found[0]

    @property
    def polls(self) -> bool:
        return any(stage["kind"] == "poll" for stage in self.scheme["stages"])

    @cached_property
    def recount(self) -> Recount:
        return Recount(
            scheme=self.scheme,
            nominees=self.nominees,
            sheets=self.sheets,
            ballots=self.ballots,
            decisions=self.decisions,
        )
