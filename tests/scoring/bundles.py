"""A round with everything that an audit bundle can hold, and ways to forge its bundle."""

import hashlib
import json
import uuid
import zipfile
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from anas.rounds import services as rounds
from anas.rounds.models import Round
from nominations.models import Nominee
from scoring import results
from scoring import services as scoring
from scoring.verify import report, verify
from tests import cast
from tests.scoring.helpers import nominee, submit
from voting import counting
from voting.models import Envelope, Voter

Files = dict[str, bytes]


def play(office: cast.Office) -> Round:
    """A round up to its result. Maya steps back from Bunga. Nurul supersedes her sheet for Budi. Ayu, Bayu and Cahyo
    are equal at the line, and Lina decides for Cahyo and Ayu; these end equal, and Hadi decides for Ayu. Ratna
    abstains, Maya does not vote, and Siti's envelope holds rubbish."""
    round = cast.play(office, to="usulan")
    for proposal in round.stage_list[0].proposals.all():
        cast.propose(office, proposal, base=80)
    rounds.close_stage(round, by=office.kartika)
    rounds.advance(cast.again(round), by=office.kartika)
    _assess(office, round)
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    _decide(round, office.lina, "Cahyo Nugroho", "Ayu Lestari", "Bayu Pratama")
    rounds.advance(cast.again(round), by=office.kartika, keys=office.keys)
    _vote(office, cast.again(round))
    rounds.close_stage(cast.again(round), by=office.kartika)
    counting.count(cast.again(round), by=office.kartika, keys=office.keys)
    rounds.advance(cast.again(round), by=office.kartika)
    cast.assess_all(office, cast.again(round), "kepala", base=90)
    submit(round, office.hadi, "Cahyo Nugroho", 90, "kepala", reason="Sama dengan Ayu.")
    submit(round, office.hadi, "Ayu Lestari", 90, "kepala", reason="Sama dengan Cahyo.")
    rounds.close_stage(cast.again(round), by=cast.fresh(office.hadi))
    _decide(round, office.hadi, "Ayu Lestari", "Cahyo Nugroho")
    rounds.advance(cast.again(round), by=office.kartika)
    return cast.again(round)


def _assess(office: cast.Office, round: Round) -> None:
    scoring.recuse(
        cast.again(round),
        assessor=office.maya,
        classification="nonasn",
        nominee=nominee(round, "Bunga Citra"),
        reason="Bunga saudara saya.",
        by=cast.fresh(office.maya),
    )
    for place, person in enumerate(Nominee.objects.in_play(round).order_by("pk")):
        for number, assessor in enumerate(office.team):
            if (assessor, person.employee) != (office.maya, office.bunga):
                base = 70 if person.employee in (office.ayu, office.bayu, office.cahyo) else 69 - place
                submit(round, assessor, person.employee.name, base + number)
    submit(round, office.nurul, "Budi Santoso", 41, reason="Salah baris.")


def _decide(round: Round, by, *names: str) -> None:
    [tie] = results.open_ties(cast.again(round).current_stage)
    scoring.decide(
        cast.again(round),
        stage=tie.stage,
        classification=tie.classification,
        order=[nominee(round, name).pk for name in names],
        reason="Masa kerja lebih lama.",
        by=cast.fresh(by),
    )


def _vote(office: cast.Office, round: Round) -> None:
    poll = round.stage_of_kind("poll").poll
    firsts = {code: Nominee.objects.get(pk=keys[0]) for code, keys in poll.contests.items()}
    for name in ("bambang", "citra", "dedi", "lina", "nurul"):
        cast.vote(office, round, getattr(office, name), **firsts | {"pns": nominee(round, "Ayu Lestari")})
    for name in ("agus", "ayu", "andi", "budi", "bayu"):
        cast.vote(office, round, getattr(office, name), pns=nominee(round, "Cahyo Nugroho"))
    cast.vote(office, round, office.ratna)
    Envelope.objects.create(id=uuid.uuid4(), poll=poll, sealed=b"rubbish" * 20)
    Voter.objects.filter(poll=poll, employee=office.siti).update(has_voted=True)


def unpacked(data: bytes) -> Files:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def holds(files: Files) -> bool:
    """Whether every check holds; stops at the first that does not."""
    return all(holds for holds, _line in verify(files))


def run(path: Path) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of the verifier."""
    out, err = StringIO(), StringIO()
    return report(path, out, err), out.getvalue(), err.getvalue()


def id_of(files: Files, name: str) -> str:
    return next(row["id"] for row in json.loads(files["nominees.json"]) if row["name"] == name)


def failures(files: Files) -> list[str]:
    """The lines of the checks that do not hold."""
    return [line for holds, line in verify(files) if not holds]


def failed(files: Files) -> list[str]:
    """Their names."""
    return [line.partition(":")[0] for line in failures(files)]


def forged(files: Files, name: str, change: Callable[[Any], Any]) -> Files:
    """The bundle with one JSON file changed, by a forger who puts the manifest right."""
    data = json.loads(files[name])
    return with_manifest(files | {name: _written(change(data) or data)})


def with_manifest(files: Files, **told: object) -> Files:
    """The bundle with a manifest that fits its files, and with what else the forger makes it tell."""
    manifest = json.loads(files["manifest.json"]) | told
    others = {name: data for name, data in files.items() if name != "manifest.json"}
    manifest["files"] = {name: hashlib.sha256(data).hexdigest() for name, data in others.items()}
    return others | {"manifest.json": _written(manifest, sort_keys=True)}


def with_log(files: Files, change: Callable[[list[dict]], Any]) -> Files:
    """The bundle with a changed log, by a forger who gives every entry a new hash, and the manifest the last one."""
    entries = [json.loads(line) for line in files["log.jsonl"].splitlines()]
    change(entries)
    lines = []
    for entry in entries:
        content = {key: value for key, value in entry.items() if key != "hash"}
        hashed = content | {"hash": hashlib.sha256(_canonical(content)).hexdigest()}
        lines.append(_canonical(hashed) + b"\n")
    log = {"log_entries": len(lines), "log_head": hashed["hash"]}
    return with_manifest(files | {"log.jsonl": b"".join(lines)}, **log)


def _canonical(data: Any) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def with_scheme(files: Files, change: Callable[[dict], Any]) -> Files:
    """The bundle with other rules, and with their hash wherever the forger can put it."""
    scheme = json.loads(files["scheme.json"])
    change(scheme)
    data = _canonical(scheme)
    digest = hashlib.sha256(data).hexdigest()
    changed = files | {"scheme.json": data, "scheme.sha256": f"{digest}  scheme.json\n".encode()}
    return with_manifest(changed, scheme_hash=digest)


def with_envelopes(files: Files, lines: list[bytes]) -> Files:
    """The bundle with other envelopes and their root."""
    data = b"".join(line + b"\n" for line in lines)
    return with_manifest(files | {"envelopes.txt": data}, root=hashlib.sha256(data).hexdigest(), envelopes=len(lines))


def _written(data: Any, **how: bool) -> bytes:
    return f"{json.dumps(data, indent=2, ensure_ascii=False, **how)}\n".encode()
