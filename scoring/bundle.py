"""The audit bundle, `anas-audit/1` (`FORMATS.md` section 4): everything that the result follows from, so that a witness
can recompute it without this application's database. `scoring.verify` checks it."""

import hashlib
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.refused import require
from anas.rounds import audit, rules
from anas.rounds.models import AuditChain, AuditEntry, Round
from anas.rounds.services import note
from nominations.models import Nominee
from scoring.given import Given
from scoring.result_format import result
from voting.models import Poll

FORMAT = "anas-audit/1"
README = Path(__file__).with_name("bundle_readme.txt")


def reason_no_result(round: Round) -> str | None:
    """There is nothing to take away before the count is over and the parts are combined."""
    return None if round.has_result else _("The audit bundle is there once the round has a result.")


@transaction.atomic
def hand_out(round: Round, *, names: bool, by: Employee) -> bytes:
    """The bundle for somebody who may read everything. The audit trail says who took which one: the hash is that of
    its manifest."""
    require(rules.may_read_everything(by, round), reason_no_result(round))
    files = contents(round, names=names)
    note(round, by, "bundle.downloaded", f"SHA-256 {_sha256(files['manifest.json'])}", names=names)
    return zipped(files)


def bundle(round: Round, *, names: bool) -> bytes:
    """The bundle of a round that has a result. `names`: of the assessors; without them "Penilai 1", …, numbered anew
    for each nominee. The same data give the same bytes."""
    return zipped(contents(round, names=names))


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP in the order of the names, without a time."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()


def contents(round: Round, *, names: bool) -> dict[str, bytes]:
    """The files of the bundle by their names, the manifest among them."""
    nominees = list(
        Nominee.objects.named(round).select_related("eliminated_after", "proposal__submitted_by").order_by("pk")
    )
    ids = {nominee.pk: f"n{nominee.pk}" for nominee in nominees}
    poll = Poll.objects.filter(stage__round=round).first()
    chain = AuditChain.objects.get(name=audit.chain_name(round))
    outcome = result(round, ids, {nominee.proposal.unit_id: nominee.unit.code for nominee in nominees})
    given = Given(round, nominees, ids, names)
    files = {
        "README.txt": README.read_bytes(),
        "scheme.json": round.frozen_scheme.encode(),
        "scheme.sha256": f"{round.scheme_hash}  scheme.json\n".encode(),
        "nominees.json": _json([_nominee(nominee, ids) for nominee in nominees]),
        "sheets.json": _json(given.work()),
        "decisions.json": _json(given.decisions()),
        "result.json": _json(outcome),
        "log.jsonl": _log(chain),
        **(_box(poll, ids) if poll else {}),
        **({"people.json": _json(_people(chain, given.people))} if names else {}),
    }
    manifest = {
        "format": FORMAT,
        "round": round.name,
        "scheme_hash": round.scheme_hash,
        "names": names,
        "electorate": outcome["electorate"],
        "turnout": outcome["turnout"],
        "envelopes": len(poll.envelope_hashes) if poll else 0,
        "invalid": poll.invalid_envelopes if poll else 0,
        "root": poll.envelope_root if poll else "",
        "log_entries": chain.length,
        "log_head": chain.head,
        "files": {name: _sha256(data) for name, data in files.items()},
    }
    return files | {"manifest.json": _json(manifest, sort_keys=True)}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(data: Any, *, sort_keys: bool = False) -> bytes:
    return f"{json.dumps(data, indent=2, ensure_ascii=False, sort_keys=sort_keys)}\n".encode()


def _nominee(nominee: Nominee, ids: dict[int, str]) -> dict[str, Any]:
    return {
        "id": ids[nominee.pk],
        "name": nominee.name,
        "unit": nominee.unit.code,
        "unit_name": nominee.unit.name,
        "classification": nominee.classification,
        "eliminated_after": nominee.eliminated_after.code if nominee.eliminated_after else None,
    }


def _box(poll: Poll, ids: dict[int, str]) -> dict[str, bytes]:
    """The hashes as published at the close, whose SHA-256 is the root; the choices by contest in their stored order,
    which is random."""
    chosen = defaultdict(list)
    for contest, nominee in poll.choices.order_by("contest", "place").values_list("contest", "nominee"):
        chosen[contest].append(ids.get(nominee))
    hashes = "".join(f"{line}\n" for line in poll.envelope_hashes)
    return {"envelopes.txt": hashes.encode()} | {
        f"ballots/{contest}.json": _json(chosen[contest]) for contest in poll.contests
    }


def _log(chain: AuditChain) -> bytes:
    """The entries up to the end that the chain knows: what each hash covers, and the hash."""
    entries = chain.entries.filter(number__lte=chain.length).order_by("number")
    lines = (
        json.dumps(
            audit.content(entry) | {"hash": entry.hash}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        for entry in entries
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _people(chain: AuditChain, others: Iterable[Employee]) -> dict[str, str]:
    """The names behind the keys in the log and the sheets."""
    actors = AuditEntry.objects.filter(chain=chain, actor__isnull=False).order_by().values("actor")
    found = {employee.pk: employee.full_name for employee in [*Employee.objects.filter(pk__in=actors), *others]}
    return {str(key): found[key] for key in sorted(found)}
