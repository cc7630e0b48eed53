import pytest
from django.db import connection
from nacl import pwhash

from tests.keeping.helpers import PASSPHRASE, Keeper


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.KEY_DIR = tmp_path / "files", tmp_path / "keys"


@pytest.fixture
def quick_passphrases(monkeypatch):
    """Argon2id is slow on purpose; tests that are not about it do not wait for it."""
    monkeypatch.setattr(pwhash.argon2id, "OPSLIMIT_MODERATE", pwhash.argon2id.OPSLIMIT_MIN)
    monkeypatch.setattr(pwhash.argon2id, "MEMLIMIT_MODERATE", pwhash.argon2id.MEMLIMIT_MIN)


@pytest.fixture
def passphrase_file(tmp_path):
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    return path


@pytest.fixture
def same_numbers_afterwards(db, album):
    """A restore says where PostgreSQL's numbers go on, and no rollback takes that back: the album's rows of the tests
    that follow are further on."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
        before = cursor.fetchall()
        yield
        cursor.executemany("SELECT setval(%s, %s)", before)


@pytest.fixture
def keeper(same_numbers_afterwards, tmp_path, passphrase_file, quick_passphrases) -> Keeper:
    return Keeper(tmp_path, passphrase_file)
