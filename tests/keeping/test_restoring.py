"""What was backed up is there again, wholly or not at all."""

import errno
import os

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.test import Client

from anas.keeping import rows as kept_rows
from anas.people.models import Employee
from anas.rounds import audit
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry, Round
from scoring import bundle as bundles
from tests import cast
from tests.keeping.helpers import files, refusal, rows, run
from tests.scoring.bundles import failed
from voting import counting
from voting.keys import KeyFile

TRAIL = ("rounds_auditchain", "rounds_auditentry")


def without_trail(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    return {table: some for table, some in rows.items() if table not in TRAIL}


def test_a_whole_round_is_there_again(keeper):
    keeper.backup(to="announced")
    assert (Employee.objects.count(), files()) == (0, {})

    said = keeper.restore()

    assert "Everything is as it was" in said
    assert without_trail(rows()) == without_trail(keeper.rows)
    assert files() == keeper.files
    assert len(keeper.files) == 2


def test_the_trail_holds_the_round_can_be_verified_and_the_restore_is_noted(keeper):
    keeper.backup(to="announced")
    keeper.restore()
    round = Round.objects.get()

    assert [set(keeper.rows[table]) - set(rows()[table]) for table in TRAIL] == [set(), set()]
    assert list(audit.faults(round)) == []
    assert failed(bundles.contents(round, names=True)) == []
    entry = AuditEntry.objects.get(chain__name="office")
    assert (entry.action, list(entry.detail)) == ("backup.restored", ["made_at"])
    assert "round-" in run("verify_log")


def test_new_rows_get_numbers_behind_those_that_were_restored(keeper):
    keeper.backup(to="draft")
    keeper.restore()
    last = Employee.objects.order_by("-pk").first()

    assert Employee.objects.create_user("1", name="Baru").pk > last.pk
    assert len(rows()["people_employee"]) == len(keeper.rows["people_employee"]) + 1


def test_what_points_to_the_tables_of_migrate_points_to_the_same_things(keeper):
    """Their numbers differ from one installation to the next."""

    def more(office):
        """Numbers that no other database has."""
        kind = ContentType.objects.get(app_label="rounds", model="round")
        permission = Permission.objects.create(pk=7340001, codename="sign", name="May sign", content_type=kind)
        office.ratna.user_permissions.add(permission)

    keeper.backup(to="draft", more=more)
    assert not Permission.objects.filter(codename="sign").exists()
    keeper.restore()

    assert Employee.objects.get(name="Ratna Juwita").has_perm("rounds.sign")


def test_a_poll_under_way_goes_on_after_the_restore_where_its_key_was_kept_apart(keeper):
    def more(office):
        """The album's poll has its key in memory; here the box is opened with a file."""
        round = Round.objects.get()
        cast.assess_all(office, round)
        rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
        rounds.advance(cast.again(round), by=office.kartika, keys=KeyFile())
        cast.vote(office, cast.again(round), office.budi, pns=cast.finalist(round, "Ayu Lestari"))

    keeper.backup(to="tim", more=more)
    keeper.restore()
    office = cast.Office(*[None] * 3, {one.name.split()[0].lower(): one for one in Employee.objects.all()})
    round = cast.again(Round.objects.get())
    cast.vote(office, round, office.ratna, pns=cast.finalist(round, "Ayu Lestari"))
    rounds.close_stage(round, by=office.kartika)
    counting.count(cast.again(round), by=office.kartika)

    assert counting.tallies(round.stage_of_kind("poll").poll)["pns"].valid == 2


def test_nobody_is_logged_in_after_a_restore(keeper):
    def more(office):
        Client().force_login(office.ratna, backend="anas.people.backends.EmployeeBackend")
        assert Session.objects.exists()

    keeper.backup(to="draft", more=more)
    keeper.restore()

    assert not Session.objects.exists()


def test_a_file_without_a_passphrase_needs_none(keeper):
    path = keeper.backup(to="draft", plain=True)

    run("restore", path)

    assert len(rows()["people_employee"]) == len(keeper.rows["people_employee"])


def test_a_restore_that_fails_half_way_leaves_nothing(keeper, monkeypatch):
    keeper.backup(to="tim")
    real, calls = os.fsync, []

    def full_disk(handle):
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    before = rows()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk)
        assert "No space left on device" in keeper.refusal()

    assert (rows(), files()) == (before, {})
    assert keeper.refusal() == "", "and then it can be tried again"


# --- Refusals ---------------------------------------------------------------------------------------------------------


def swap(old: bytes, new: bytes):
    return lambda content: content.replace(old, new, 1)


def changed(place: int):
    def change(content: bytes) -> bytes:
        place_in = place % len(content)
        return content[:place_in] + bytes([content[place_in] ^ 1]) + content[place_in + 1 :]

    return change


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda content: content[:-1], "not complete"),
        (lambda content: content[: len(content) // 2], "not complete"),
        (lambda content: content[:60], "not complete"),
        (lambda content: content + b"x", "not complete"),
        (changed(49), "not complete"),
        (changed(5000), "not complete"),
        (changed(-1), "not complete"),
        (lambda content: b"", "no backup of ANAS"),
        (lambda content: b"PK\3\4" + content, "no backup of ANAS"),
        (lambda content: b"x" * 100_000, "no backup of ANAS"),
        (swap(b"anas-backup/1 ", b"anas-backup/2 "), "newer version"),
    ],
)
def test_a_damaged_file_is_refused_in_words_and_nothing_is_written(keeper, damage, reason):
    path = keeper.backup(to="draft")
    path.write_bytes(damage(path.read_bytes()))
    before = rows()

    assert reason in keeper.refusal()

    assert (rows(), files()) == (before, {})


def test_a_wrong_passphrase_is_refused(keeper):
    keeper.backup(to="draft")
    keeper.passphrase_file.write_text("another passphrase altogether")

    assert keeper.refusal() == "The passphrase is not the one that the file was sealed with."
    assert not Employee.objects.exists()


@pytest.mark.parametrize(
    ("theirs", "reason"),
    [
        (lambda ours: [*ours, "people.0099_later"], "newer version of ANAS (people.0099_later)"),
        (lambda ours: ours[:-1], "older version of ANAS, without "),
    ],
)
def test_a_file_of_another_version_is_refused(keeper, monkeypatch, theirs, reason):
    real = kept_rows.migrations
    with monkeypatch.context() as patch:
        patch.setattr(kept_rows, "migrations", lambda: theirs(real()))
        keeper.backup(to="draft")

    assert reason in keeper.refusal()
    assert not Employee.objects.exists()


def test_an_installation_with_rows_is_not_overwritten(keeper):
    keeper.backup(to="draft")
    Employee.objects.create_user("1", name="Administrator")

    assert keeper.refusal() == ("A backup is restored into an empty installation. This one has rows already: employee.")
    assert Employee.objects.count() == 1


def test_an_installation_with_files_is_not_overwritten(keeper, settings):
    keeper.backup(to="draft")
    (settings.MEDIA_ROOT / "photos").mkdir(parents=True)
    (settings.MEDIA_ROOT / "photos" / "a.jpg").write_bytes(b"somebody's")

    assert "This one has files already, in " in keeper.refusal()
    assert files() == {"photos/a.jpg": b"somebody's"}
    assert not Employee.objects.exists()


def test_a_file_that_is_not_there_is_said_in_words(db, tmp_path):
    assert refusal("restore", tmp_path / "nothing") == f"{tmp_path / 'nothing'}: No such file or directory."
    assert refusal("restore", tmp_path) == f"{tmp_path}: Is a directory."
