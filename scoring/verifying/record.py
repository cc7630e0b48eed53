"""Checks of the record: files, scheme, log, ballot box. Each answers with what holds, or raises Fault."""

import json
import re
from typing import Any

from scoring.verifying.opened import MANIFEST, Opened, sha256
from scoring.verifying.recount import expect, number

FORMAT = "anas-audit/1"
KEYS = {"format", "round", "scheme_hash", "names", "electorate", "turnout", "envelopes", "invalid", "root"}
KEYS |= {"log_entries", "log_head", "files"}
FILES = {"README.txt", "scheme.json", "scheme.sha256", "nominees.json", "sheets.json", "decisions.json"}
FILES |= {"result.json", "log.jsonl"}
HASH = re.compile(r"[0-9a-f]{64}")


def files(bundle: Opened) -> str:
    """Every file is listed with its hash, and the manifest is written in the one way that there is."""
    manifest = bundle.manifest
    expect(manifest["format"] == FORMAT, f"the format is {manifest['format']!r:.40}, not {FORMAT}")
    expect(manifest.keys() == KEYS, f"{MANIFEST} has other keys than the format")
    written = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    expect(bundle.data(MANIFEST) == written.encode(), f"{MANIFEST} is not laid out as the format says")
    listed = manifest["files"]
    for name in sorted((bundle.files.keys() | listed.keys()) - {MANIFEST}):
        expect(name in listed, f"{name!r:.60} is not listed in {MANIFEST}")
        expect(sha256(bundle.data(name)) == listed[name], f"{name} was changed, its SHA-256 is another one")
    wanted = FILES | ({"envelopes.txt"} if bundle.polls else set()) | ({"people.json"} if manifest["names"] else set())
    others = {name for name in listed if not name.startswith("ballots/")} ^ wanted
    expect(not others, f"missing, or none of the format: {', '.join(sorted(others))}")
    return f"{len(listed)} as listed in {MANIFEST}, whose SHA-256 is {sha256(bundle.data(MANIFEST))}"


def scheme(bundle: Opened) -> str:
    """The rules are those that were frozen when the round was opened."""
    found = sha256(bundle.data("scheme.json"))
    expect(found == bundle.manifest["scheme_hash"], f"scheme.json has the SHA-256 {found}, not that of the manifest")
    expect(bundle.data("scheme.sha256") == f"{found}  scheme.json\n".encode(), "scheme.sha256 names another hash")
    weights = sum(number(stage["weight"]) for stage in bundle.scheme["stages"])
    expect(weights == 100, f"the weights add up to {weights}, not to 100")
    return f"the rules have the SHA-256 {found}"


def log(bundle: Opened) -> str:
    """Every entry's hash covers the entry and the hash of the one before it."""
    previous = ""
    for place, entry in enumerate(bundle.log, 1):
        content = {key: value for key, value in entry.items() if key != "hash"}
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        expect(entry["number"] == place, f"entry {place} is missing")
        expect(entry["previous"] == previous, f"entry {place} does not follow the one before it")
        expect(entry["hash"] == sha256(canonical.encode()), f"entry {place} was changed")
        previous = entry["hash"]
    end = bundle.manifest["log_entries"], bundle.manifest["log_head"]
    expect((len(bundle.log), previous) == end, f"it does not end with entry {end[0]} as the manifest says")
    return f"{len(bundle.log)} entries, each follows from the one before it, the last is {previous}"


def opening(bundle: Opened) -> str:
    """The log says that this round was opened with this scheme."""
    entry = bundle.logged_once("round.opened")
    expect(entry["detail"]["scheme_hash"] == bundle.manifest["scheme_hash"], "the round was opened with another scheme")
    name = f"{bundle.scheme['name']} {bundle.manifest['round']}"
    expect(entry["subject"] == name[:250], f"it was {entry['subject']!r:.80} that was opened, not {name!r:.80}")
    return f"entry {entry['number']} of the log opened this round with this scheme"


def envelopes(bundle: Opened) -> str:
    """The hashes are those of the close: together they have the root that stands in the log and on the papers."""
    manifest = bundle.manifest
    if not bundle.polls:
        return _no_poll(manifest)
    lines = bundle.data("envelopes.txt").decode().splitlines()
    expect(all(HASH.fullmatch(line) for line in lines), "a line of envelopes.txt is no SHA-256")
    expect(lines == sorted(set(lines)), "the lines are not sorted, or one stands twice")
    root = sha256("".join(f"{line}\n" for line in lines).encode())
    expect(root == manifest["root"], f"the root is {root}, not that of the manifest")
    expect(len(lines) == manifest["envelopes"], f"there are {len(lines)}, not {manifest['envelopes']}")
    closed = bundle.logged_once("box.closed")
    told = closed["detail"]["root"], closed["detail"]["envelopes"]
    expect(told == (root, len(lines)), "the ballot box was closed with others, says the log")
    return f"{len(lines)} as at the close (entry {closed['number']} of the log), with the root {root}"


def _no_poll(manifest: dict[str, Any]) -> str:
    told = [manifest[key] for key in ("turnout", "envelopes", "invalid", "root")]
    expect(told == [0, 0, 0, ""], "there are votes, and the scheme has no poll")
    return "the scheme has no poll"


def count(bundle: Opened) -> str:
    """In each classification there are as many choices as valid envelopes."""
    manifest = bundle.manifest
    expect(bundle.ballots.keys() == _contests(bundle), "there are ballots of other classifications")
    if not bundle.polls:
        return _no_poll(manifest)
    valid = manifest["envelopes"] - manifest["invalid"]
    entry = bundle.logged_once("box.counted")
    told = [entry["detail"][key] for key in ("ballots", "invalid", "root")]
    expect(told == [valid, manifest["invalid"], manifest["root"]], "other numbers were counted, says the log")
    for contest, choices in bundle.ballots.items():
        expect(len(choices) == valid, f"{contest} has {len(choices)} choices of {valid} valid envelopes")
    return f"{valid} valid and {manifest['invalid']} invalid envelopes (entry {entry['number']} of the log)"


def _contests(bundle: Opened) -> set[str]:
    """Where there was somebody to vote for."""
    polls = {stage["code"] for stage in bundle.scheme["stages"] if stage["kind"] == "poll"}
    voted = [id for id, scores in bundle.recount.scores.items() if polls & scores.keys()]
    return {bundle.nominees[id]["classification"] for id in voted}


def turnout(bundle: Opened) -> str:
    """One envelope for everybody who has voted, and nobody who is not on the roll."""
    manifest = bundle.manifest
    told = bundle.result["electorate"], bundle.result["turnout"]
    expect(told == (manifest["electorate"], manifest["turnout"]), "result.json has other numbers than the manifest")
    if not bundle.polls:
        return _no_poll(manifest)
    voted, voters = manifest["turnout"], manifest["electorate"]
    expect(voted == manifest["envelopes"], f"{voted} have voted, and there are {manifest['envelopes']} envelopes")
    expect(voted <= voters, f"{voted} have voted of {voters}")
    roll = bundle.logged_once("box.opened")["detail"]["voters"]
    expect(roll == voters, f"the roll had {roll} voters, says the log, not {voters}")
    quorum = number(bundle.scheme.get("quorum", "0.00"))
    expect(voted * 100 >= quorum * voters, f"the quorum of {quorum} percent was not reached")
    return f"{voted} of {voters} on the roll have voted, and there is one envelope for each"
