"""The audit bundle: what is in it, and what does not leave the house."""

import hashlib
import json

import pytest
from django.db import transaction

from anas.rounds import audit
from anas.rounds.models import AuditEntry
from nominations.models import Nominee
from scoring import bundle as bundles
from scoring.models import ScoreSheet
from tests import cast
from tests.scoring import bundles as played
from voting.models import Choice

TEAM = ["Lina Marlina", "Maya Indah", "Nurul Huda"]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """One office for all tests of this file; what one of them writes is taken back before the next one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield cast.make_office()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def round(office):
    return played.play(office)


def test_the_same_round_gives_the_same_bytes_in_the_order_of_the_names(round):
    packed = bundles.bundle(round, names=True)

    assert bundles.bundle(cast.again(round), names=True) == packed
    assert list(played.unpacked(packed)) == [
        "README.txt",
        "ballots/eselon4.json",
        "ballots/nonasn.json",
        "ballots/pns.json",
        "decisions.json",
        "envelopes.txt",
        "log.jsonl",
        "manifest.json",
        "nominees.json",
        "people.json",
        "result.json",
        "scheme.json",
        "scheme.sha256",
        "sheets.json",
    ]


def test_the_manifest_says_what_the_round_came_to_and_has_every_hash(round):
    files = bundles.contents(round, names=False)
    manifest = json.loads(files["manifest.json"])
    entries = AuditEntry.objects.filter(chain__name=audit.chain_name(round))

    assert manifest.pop("files") == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"
    }
    assert manifest == {
        "format": "anas-audit/1",
        "round": "Triwulan IV 2026",
        "names": False,
        "scheme_hash": round.scheme_hash,
        "electorate": 23,
        "turnout": 12,
        "envelopes": 12,
        "invalid": 1,
        "root": round.stage_of_kind("poll").poll.envelope_root,
        "log_entries": entries.count(),
        "log_head": entries.last().hash,
    }


def test_the_frozen_scheme_and_the_published_envelopes_are_in_it_to_the_letter(round):
    files = bundles.contents(round, names=False)
    poll = round.stage_of_kind("poll").poll

    assert files["scheme.json"].decode() == round.frozen_scheme
    assert files["scheme.sha256"].decode() == f"{round.scheme_hash}  scheme.json\n"
    assert files["envelopes.txt"].decode().splitlines() == poll.envelope_hashes
    assert hashlib.sha256(files["envelopes.txt"]).hexdigest() == poll.envelope_root


def test_the_ballots_are_listed_by_contest_in_their_stored_random_order(round):
    stored = Choice.objects.filter(contest="pns").order_by("place").values_list("nominee", flat=True)

    ballots = json.loads(bundles.contents(round, names=True)["ballots/pns.json"])

    assert ballots == [f"n{key}" if key else None for key in stored]
    assert len(ballots) == 11


def test_every_sheet_that_was_handed_in_is_in_it(round):
    sheets = json.loads(bundles.contents(round, names=True)["sheets.json"])["sheets"]
    budi = Nominee.objects.get(employee__name="Budi Santoso")

    found = [sheet for sheet in sheets if (sheet["stage"], sheet["nominee"]) == ("tim", f"n{budi.pk}")]

    assert len(sheets) == ScoreSheet.objects.count() + Nominee.objects.count()
    assert [(sheet["assessor"], sheet["state"], sheet["scores"]["kinerja"], sheet["reason"]) for sheet in found] == [
        ("Lina Marlina", "submitted", "65.00", ""),
        ("Maya Indah", "submitted", "66.00", ""),
        ("Nurul Huda", "superseded", "67.00", ""),
        ("Nurul Huda", "submitted", "41.00", "Salah baris."),
    ]


def test_a_draft_stays_with_its_assessor(office, round):
    tim = round.stage_of_kind("panel")
    draft = {"stage": tim, "nominee": tim.sheets.first().nominee, "assessor": office.lina, "written_by": office.lina}
    ScoreSheet.objects.create(**draft, state=ScoreSheet.State.DRAFT, scores={"kinerja": "12.34"})

    assert b"12.34" not in bundles.contents(round, names=True)["sheets.json"]


def test_recusals_and_decisions_have_their_reasons(round):
    files = bundles.contents(round, names=True)
    keys = {nominee.employee.name: f"n{nominee.pk}" for nominee in Nominee.objects.all()}
    names = json.loads(files["people.json"])

    [recusal] = json.loads(files["sheets.json"])["recusals"]
    first, last = json.loads(files["decisions.json"])

    assert names[str(recusal.pop("assessor_key"))] == "Maya Indah"
    assert recusal == {
        "assessor": "Maya Indah",
        "classification": "nonasn",
        "nominee": keys["Bunga Citra"],
        "reason": "Bunga saudara saya.",
    }
    assert first == {
        "stage": "tim",
        "classification": "pns",
        "order": [keys["Cahyo Nugroho"], keys["Ayu Lestari"], keys["Bayu Pratama"]],
        "reason": "Masa kerja lebih lama.",
        "role": "chair",
        "decided_by": "Lina Marlina",
    }
    assert (last["stage"], last["role"], last["decided_by"]) == ("final", "head", "Hadi Purnomo")


def test_without_names_nothing_that_was_given_says_who_gave_it(round):
    """The log keeps what its hashes cover; README.txt says what can be read from it."""
    named, nameless = bundles.contents(round, names=True), bundles.contents(round, names=False)
    given = ["sheets.json", "decisions.json"]

    assert [name for name in TEAM if not any(name.encode() in named[file] for file in given)] == []
    assert [name for name in TEAM for file in given if name.encode() in nameless[file]] == []
    assert named.keys() - nameless.keys() == {"people.json"}
    sheets = json.loads(nameless["sheets.json"])
    assert {tuple(sheet) for sheet in sheets["sheets"]} == {("stage", "nominee", "assessor", "state", "scores")}
    assert {sheet["assessor"] for sheet in sheets["sheets"] if sheet["stage"] == "tim"} == {
        "Penilai 1",
        "Penilai 2",
        "Penilai 3",
    }
    assert {sheet["assessor"] for sheet in sheets["sheets"] if sheet["stage"] == "kepala"} == {"Kepala Dinas"}


def test_a_pseudonym_is_another_person_from_nominee_to_nominee(round):
    """Lina gives everybody one point less than Maya, so her sheets could be told by their scores, not by their
    number."""
    sheets = json.loads(bundles.contents(round, names=False)["sheets.json"])["sheets"]
    by_nominee: dict[str, list[str]] = {}
    for sheet in sheets:
        if sheet["stage"] == "tim" and sheet["state"] == "submitted":
            by_nominee.setdefault(sheet["nominee"], []).append(sheet["scores"]["kinerja"])

    orders = {tuple(sorted(range(len(scores)), key=scores.__getitem__)) for scores in by_nominee.values()}

    assert len(orders) > 1


def test_no_employee_number_leaves_the_house(office, round):
    assert office.siti.number.startswith("198001012005011")
    everything = b"".join(bundles.contents(round, names=True).values())

    assert everything.count(b"198001012005011") == 0


def test_the_electorate_is_the_roll_whoever_joins_the_office_later(office, round):
    office.oki.unit = office.units["data"]
    office.oki.save()

    assert json.loads(bundles.contents(round, names=True)["result.json"])["electorate"] == 23


def test_the_number_of_queries_does_not_grow_with_what_is_in_it(office, round, django_assert_num_queries):
    plain = cast.play(office, to="result")

    for one in (plain, cast.again(round)):
        with django_assert_num_queries(20):
            bundles.contents(one, names=True)
