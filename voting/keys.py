"""Where the private key of a poll is while the poll runs: never in the database, and not in one piece unless the
office chose the simple mode."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from anas.people.models import Employee
from anas.refused import Refused
from voting import parts, sealing
from voting.models import KeyShare, Poll
from voting.parts import BadPart, Part


class KeyKeeper(Protocol):
    def keep(self, poll: Poll, private_key: bytes) -> None:
        """Takes the private key away from the server's memory."""

    def fetch(self, poll: Poll) -> bytes:
        """The private key for the count. Raises Refused where it cannot be had."""

    def forget(self, poll: Poll) -> None:
        """Destroys what is left of the key after the count."""


def keeper_of(poll: Poll) -> KeyKeeper:
    return KeyParts([], poll.threshold) if poll.threshold else KeyFile()


class KeyFile:
    """The simple mode: one file in KEY_DIR, readable by the server's own user alone."""

    def keep(self, poll: Poll, private_key: bytes) -> None:
        _write(_path(poll, "key"), private_key)

    def fetch(self, poll: Poll) -> bytes:
        """Raises Refused for another poll's key too: with it every vote would be counted as invalid."""
        try:
            found = _path(poll, "key").read_bytes()
        except FileNotFoundError:
            reason = _("The key of the ballot box is not where it was put when the poll opened.")
            raise Refused(reason) from None
        if not sealing.are_pair(found, bytes(poll.public_key)):
            raise Refused(_("The key that lies there is not that of this ballot box. Nothing was counted."))
        return found

    def forget(self, poll: Poll) -> None:
        _path(poll, "key").unlink(missing_ok=True)


class KeyParts:
    """The key split among keyholders. A part waits in a file in KEY_DIR until its keyholder has taken it away, and
    comes back into one when the keyholder brings it for the count."""

    def __init__(self, keyholders: Sequence[Employee], threshold: int):
        self.keyholders, self.threshold = keyholders, threshold

    def keep(self, poll: Poll, private_key: bytes) -> None:
        made = parts.split(private_key, count=len(self.keyholders), threshold=self.threshold)
        for part, keyholder in zip(made, self.keyholders, strict=True):
            first, second = parts.asked_words()
            KeyShare.objects.create(
                poll=poll, keyholder=keyholder, index=part.index, first_asked=first, second_asked=second
            )
            _write(_waiting(poll, part.index), part.text.encode())
        poll.threshold, poll.is_started = self.threshold, False
        poll.save(update_fields=["threshold", "is_started"])

    def fetch(self, poll: Poll) -> bytes:
        try:
            return parts.combine(brought(poll), bytes(poll.public_key))
        except BadPart as bad:
            raise Refused(in_words(bad)) from None

    def forget(self, poll: Poll) -> None:
        for path in settings.KEY_DIR.glob(f"poll-{poll.pk}-*"):
            path.unlink(missing_ok=True)


class KeyInMemory:
    """For a rehearsal that leaves nothing behind."""

    def __init__(self):
        self._keys: dict[int, bytes] = {}

    def keep(self, poll: Poll, private_key: bytes) -> None:
        self._keys[poll.pk] = private_key

    def fetch(self, poll: Poll) -> bytes:
        return self._keys[poll.pk]

    def forget(self, poll: Poll) -> None:
        self._keys.pop(poll.pk, None)


def waiting(poll: Poll, index: int) -> Part | None:
    """The part that its keyholder has not taken away yet."""
    return _part(poll, _waiting(poll, index))


def taken(poll: Poll, index: int) -> None:
    """Destroys the server's copy of a part."""
    _waiting(poll, index).unlink(missing_ok=True)


def bring(poll: Poll, part: Part) -> None:
    """Keeps a part until enough of them are there for the count."""
    _write(_brought(poll, part.index), part.text.encode())


def brought(poll: Poll) -> list[Part]:
    """The parts that have been brought for the count."""
    found = [_part(poll, _brought(poll, index)) for index in range(1, parts.MOST + 1)]
    return [part for part in found if part]


def missing(poll: Poll) -> int:
    """How many parts the count still needs."""
    return max(poll.threshold - len(brought(poll)), 0)


def in_words(bad: BadPart) -> str:
    """Why words are not a part of this key, for the person who typed them."""
    return {
        "word": _("This word cannot be in a part, please check it: %(detail)s"),
        "length": _("A part has %(count)s words; these are %(detail)s."),
        "check": _("A word is mistyped or stands in the wrong place."),
        "tag": _("This is a part of another poll's key."),
        "few": _("Not enough parts have been brought yet."),
        "mixed": _("These parts do not belong together."),
    }[bad.problem] % {"detail": bad.detail, "count": parts.WORDS}


def _waiting(poll: Poll, index: int) -> Path:
    return _path(poll, f"{index}.waiting")


def _brought(poll: Poll, index: int) -> Path:
    return _path(poll, f"{index}.brought")


def _path(poll: Poll, name: str) -> Path:
    return settings.KEY_DIR / f"poll-{poll.pk}-{name}"


def _part(poll: Poll, path: Path) -> Part | None:
    """None also for what is no part of this poll's key, left behind by a database of before."""
    try:
        return parts.read(path.read_text(), bytes(poll.public_key))
    except (FileNotFoundError, BadPart):
        return None


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
