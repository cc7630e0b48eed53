"""What goes into a backup, and what does not."""

import os
import stat
import threading
from base64 import b64decode, b64encode

import pytest
from django.conf import settings
from django.db import connection

from anas.people.models import Employee
from anas.rounds import services as rounds
from anas.rounds.models import Round
from tests import cast
from tests.keeping.helpers import lines, refusal, run, table
from voting import keys, receipts, sealing
from voting import services as voting
from voting.models import Poll


def open_with_a_key_file(office):
    """The album's poll has its key in memory."""
    cast.assess_all(office, Round.objects.get())
    rounds.close_stage(cast.again(Round.objects.get()), by=cast.fresh(office.lina))
    rounds.advance(cast.again(Round.objects.get()), by=office.kartika, keys=keys.KeyFile())


def test_a_sealed_file_shows_nothing_and_is_the_users_alone(keeper):
    path = keeper.backup(to="tim")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"Siti" not in path.read_bytes()
    assert "Siti Rahayu" in str(table(lines(path), "people.Employee"))
    assert not path.with_name("anas.backup.part").exists()


def test_no_key_of_a_poll_and_no_secret_key_is_in_a_backup(keeper):
    """Tried: with the files of KEY_DIR beside those of the rows this is red."""
    found = {}

    def more(office):
        open_with_a_key_file(office)
        found.update({path.name: path.read_bytes() for path in settings.KEY_DIR.iterdir()})

    content = str(lines(keeper.backup(to="tim", more=more)))

    (key,) = found.values()
    forms = [key.hex(), str(key), b64encode(key).decode(), settings.SECRET_KEY]
    assert [form for form in forms if form in content] == []
    assert "The poll of “ANAS NAN BAIK HATI Triwulan IV 2026” is not counted, and its key is not in" in keeper.said


def test_it_is_said_that_keyholders_have_not_taken_their_parts(keeper):
    def more(office):
        cast.assess_all(office, Round.objects.get())
        rounds.close_stage(cast.again(Round.objects.get()), by=cast.fresh(office.lina))
        parts = keys.KeyParts([office.kartika, office.hadi], 2)
        rounds.advance(cast.again(Round.objects.get()), by=office.kartika, keys=parts)

    keeper.backup(to="tim", more=more)

    assert "has keyholders who still have to take their parts" in keeper.said
    assert "its key is not in the backup" not in keeper.said


def test_nothing_is_said_of_a_poll_that_has_been_counted(keeper):
    keeper.backup(to="announced")

    assert "poll of" not in keeper.said


def test_roll_and_box_stand_in_an_order_that_has_nothing_to_do_with_the_votes(keeper):
    """Both go by their keys: the roll's were drawn before the first vote, those of envelopes are random."""
    hashes = []

    def more(office):
        poll = Poll.objects.get()
        for voter in poll.voters.order_by("-employee__name")[:8]:
            nonce = receipts.new_nonce(poll, voter.employee)
            hashes.append(voting.cast(poll, employee=voter.employee, choices={}, nonce=nonce).envelope_hash)

    content = lines(keeper.backup(to="polling", more=more))
    roll, box = table(content, "voting.Voter"), table(content, "voting.Envelope")

    assert [row["id"] for row in roll] == sorted(row["id"] for row in roll)
    assert [row["id"] for row in box] == sorted(row["id"] for row in box)
    assert (sum(row["has_voted"] for row in roll), len(box)) == (8, 8)
    sealed = [b64decode(row["sealed"]) for row in box]
    assert sorted(map(sealing.envelope_hash, sealed)) == sorted(hashes)


def test_sessions_and_failed_logins_are_not_in_it(keeper):
    tables = {line["table"] for line in lines(keeper.backup(to="draft")) if isinstance(line, dict) and "table" in line}

    assert {label.split(".")[0] for label in tables} == {
        "admin",
        "auth",
        "contenttypes",
        "people",
        "conduct",
        "rounds",
        "nominations",
        "scoring",
        "voting",
        "documents",
        "mailing",
        "privacy",
    }


def test_a_file_that_is_gone_is_named_and_the_rest_is_kept(keeper):
    def more(office):
        next((settings.MEDIA_ROOT / "evidence").iterdir()).unlink()

    keeper.backup(to="tim", more=more)

    assert "This file is not there any more: evidence/" in keeper.said
    assert len(keeper.files) == 1
    keeper.restore()


def test_another_file_is_never_overwritten(db, tmp_path, passphrase_file):
    path = tmp_path / "anas.backup"
    path.write_text("the one of yesterday")

    assert "exists already" in refusal("backup", path, "--plain")
    assert path.read_text() == "the one of yesterday"


def test_a_backup_that_fails_leaves_no_file(db, tmp_path, monkeypatch):
    def full_disk(handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk)
        said = refusal("backup", tmp_path / "anas.backup", "--plain")

    assert said == f"{tmp_path / 'anas.backup'}: No space left on device."
    assert list(tmp_path.iterdir()) == []
    assert "No such file or directory" in refusal("backup", tmp_path / "nowhere" / "anas.backup", "--plain")


@pytest.mark.parametrize(("words", "reason"), [("kurang", "at least 12 letters"), (" " * 20, "at least 12 letters")])
def test_a_passphrase_that_protects_nothing_is_refused(db, tmp_path, passphrase_file, words, reason):
    passphrase_file.write_text(words)

    assert reason in refusal("backup", tmp_path / "anas.backup", "--passphrase-file", passphrase_file)


def test_where_nobody_can_type_a_file_is_asked_for(db, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", (tmp_path / "empty").open("w+"))

    assert "--passphrase-file" in refusal("backup", tmp_path / "anas.backup")
    assert "cannot be read" in refusal("backup", tmp_path / "anas.backup", "--passphrase-file", tmp_path / "none")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [(["empat kata panjang", "empat kata panjang"], ""), (["empat kata panjang", "lima"], "The two are not the same.")],
)
def test_a_passphrase_is_typed_twice(db, tmp_path, monkeypatch, quick_passphrases, typed, reason):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: typed.pop(0))

    assert refusal("backup", tmp_path / "anas.backup") == reason


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_of_one_moment_whatever_others_write_meanwhile(office, tmp_path, monkeypatch):
    """Tried: without REPEATABLE READ the newcomer is among the rows on PostgreSQL; on SQLite he waits."""

    def join():
        Employee.objects.create_user("1", name="Pendatang", pk=10**6)  # whatever the sequence says by now
        connection.close()

    newcomer, seconds = threading.Thread(target=join), 2 if connection.vendor == "postgresql" else 0.2

    def progress(done, total):
        if not newcomer.ident:
            newcomer.start()
            newcomer.join(seconds)

    monkeypatch.setattr("anas.keeping.management.commands.backup.progress_on", lambda stream: progress)
    run("backup", tmp_path / "anas.backup", "--plain")
    newcomer.join()

    content = lines(tmp_path / "anas.backup")
    assert "Pendatang" not in str(content)
    assert len(table(content, "people.Employee")) == Employee.objects.count() - 1
