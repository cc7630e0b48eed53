"""The file of a backup from the outside: a line that says what it is, frames, and a checksum over all of it.

    anas-backup/1 <salt in hexadecimal, or "open">\\n
    frames: the length in 4 bytes, then that many bytes; sealed where there is a passphrase
    SHA-256 of everything before, 32 bytes

The key of the sealed frames comes from the passphrase by Argon2id. The nonce of a frame is its number and whether it is
the last one, so frames can be neither exchanged nor left out; no nonce comes twice, since every file has a salt and so
a key of its own. Frames are short: neither side ever holds more than one in memory.
"""

import hashlib
import hmac
import io
import re
import unicodedata
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from anas.refused import Refused

VERSION = 1
FRAME = 1 << 20  # bytes of content in one frame
CHECKSUM = hashlib.sha256().digest_size
LENGTH = 4
FIRST_LINE = re.compile(rb"anas-backup/(\d{1,9}) (open|[0-9a-f]{32})\n")
LONGEST_LINE = 100
UNFIT = gettext_lazy("The file is damaged: its parts do not fit together.")


class Cipher(Protocol):
    def seal(self, frame: bytes, number: int, is_last: bool) -> bytes: ...
    def open(self, sealed: bytes, number: int, is_last: bool) -> bytes: ...


class Sealed:
    """With a passphrase. `open` raises CryptoError for what was not sealed with it, at this place."""

    def __init__(self, passphrase: str, salt: bytes):
        words = unicodedata.normalize("NFC", passphrase).encode()
        cost = {"opslimit": pwhash.argon2id.OPSLIMIT_MODERATE, "memlimit": pwhash.argon2id.MEMLIMIT_MODERATE}
        self._box = SecretBox(pwhash.argon2id.kdf(SecretBox.KEY_SIZE, words, salt, **cost))

    def seal(self, frame: bytes, number: int, is_last: bool) -> bytes:
        return self._box.encrypt(frame, self._nonce(number, is_last)).ciphertext

    def open(self, sealed: bytes, number: int, is_last: bool) -> bytes:
        return self._box.decrypt(sealed, self._nonce(number, is_last))

    def _nonce(self, number: int, is_last: bool) -> bytes:
        return number.to_bytes(SecretBox.NONCE_SIZE - 1, "big") + bytes([is_last])


class Open:
    """Without a passphrase: anybody can read the file."""

    def seal(self, frame: bytes, number: int, is_last: bool) -> bytes:
        return frame

    def open(self, sealed: bytes, number: int, is_last: bool) -> bytes:
        return sealed


class Writer(io.RawIOBase):
    """Puts what is written into the frames of a file; `finish` ends it, and without it the file is none."""

    def __init__(self, file: BinaryIO, passphrase: str | None):
        self._file, self._hash, self._number, self._waiting = file, hashlib.sha256(), 0, bytearray()
        salt = random(pwhash.argon2id.SALTBYTES) if passphrase else b""
        self._cipher: Cipher = Sealed(passphrase, salt) if passphrase else Open()
        self._put(f"anas-backup/{VERSION} {salt.hex() or 'open'}\n".encode())

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:
        self._waiting += content
        while len(self._waiting) > FRAME:
            self._frame(bytes(self._waiting[:FRAME]), is_last=False)
            del self._waiting[:FRAME]
        return len(content)

    def finish(self) -> None:
        self._frame(bytes(self._waiting), is_last=True)
        self._file.write(self._hash.digest())

    def _frame(self, content: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.seal(content, self._number, is_last)
        self._put(len(sealed).to_bytes(LENGTH, "big") + sealed)
        self._number += 1

    def _put(self, content: bytes) -> None:
        self._hash.update(content)
        self._file.write(content)


class Reader(io.RawIOBase):
    """The content of a file that was written by a Writer. The whole file is checked before the first byte of it is
    answered. Raises Refused, with the reason in words, for a file that is none, damaged, or from a newer version."""

    def __init__(self, file: BinaryIO):
        self._file, self._number, self._ready = file, 0, memoryview(b"")
        self._salt = self._read_first_line()
        start = file.tell()
        self._end = file.seek(0, io.SEEK_END) - CHECKSUM
        if self._end <= start or not self._is_whole():
            raise Refused(_("The file is damaged or not complete: its checksum is not right."))
        file.seek(start)
        self._cipher: Cipher | None = None if self._salt else Open()

    @property
    def is_sealed(self) -> bool:
        return bool(self._salt)

    def unseal(self, passphrase: str) -> None:
        """To be done before reading, where the file is sealed. Raises Refused for a wrong passphrase."""
        self._cipher = Sealed(passphrase, self._salt)
        self._ready = memoryview(self._frame())

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        while not self._ready and self._file.tell() < self._end:
            self._ready = memoryview(self._frame())
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)

    def _read_first_line(self) -> bytes:
        line = FIRST_LINE.fullmatch(self._file.readline(LONGEST_LINE))
        if not line:
            raise Refused(_("The file is no backup of ANAS."))
        if int(line[1]) != VERSION:
            raise Refused(_("The file was written by a newer version of ANAS. Please install that version first."))
        return b"" if line[2] == b"open" else bytes.fromhex(line[2].decode())

    def _is_whole(self) -> bool:
        self._file.seek(0)
        checksum, left = hashlib.sha256(), self._end
        while content := self._file.read(min(FRAME, left)):
            checksum.update(content)
            left -= len(content)
        return hmac.compare_digest(checksum.digest(), self._file.read())

    def _frame(self) -> bytes:
        length = int.from_bytes(self._file.read(LENGTH), "big")
        if length > min(FRAME + SecretBox.MACBYTES, self._end - self._file.tell()):
            raise Refused(UNFIT)
        sealed = self._file.read(length)
        is_last = self._file.tell() == self._end
        try:
            content = self._cipher.open(sealed, self._number, is_last)
        except CryptoError:
            wrong = _("The passphrase is not the one that the file was sealed with.")
            raise Refused(UNFIT if self._number else wrong) from None
        self._number += 1
        return content
