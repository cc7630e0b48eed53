"""Where the private key of a poll is while the poll runs: in a file outside the database, in the simple mode."""

import os
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from anas.refused import Refused


class KeyKeeper(Protocol):
    def keep(self, poll_id: int, private_key: bytes) -> None:
        """Takes the private key away from the server's memory."""

    def fetch(self, poll_id: int) -> bytes:
        """The private key for the count. Raises Refused where it cannot be had."""

    def forget(self, poll_id: int) -> None:
        """Destroys the key after the count."""


class KeyFiles:
    """One file per poll in KEY_DIR, readable by the server's own user alone."""

    def keep(self, poll_id: int, private_key: bytes) -> None:
        settings.KEY_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path(poll_id), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(private_key)
            file.flush()
            os.fsync(file.fileno())

    def fetch(self, poll_id: int) -> bytes:
        try:
            key = self._path(poll_id).read_bytes()
        except FileNotFoundError:
            key = b""
        if len(key) != 32:
            raise Refused(_("The key of the ballot box is not where it was put when the poll opened."))
        return key

    def forget(self, poll_id: int) -> None:
        self._path(poll_id).unlink(missing_ok=True)

    def _path(self, poll_id: int) -> Path:
        return settings.KEY_DIR / f"poll-{poll_id}.key"


class KeysInMemory:
    """For a rehearsal that leaves nothing behind."""

    def __init__(self):
        self._keys: dict[int, bytes] = {}

    def keep(self, poll_id: int, private_key: bytes) -> None:
        self._keys[poll_id] = private_key

    def fetch(self, poll_id: int) -> bytes:
        return self._keys[poll_id]

    def forget(self, poll_id: int) -> None:
        self._keys.pop(poll_id, None)
