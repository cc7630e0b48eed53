"""The file of a backup keeps what is written into it, and notices what is done to it, by accident or on purpose."""

import hashlib
import io

import pytest

from anas.keeping import container
from anas.keeping.container import CHECKSUM, LENGTH, Reader, Writer
from anas.refused import Refused

PASSPHRASE = "empat kata yang mudah diingat"
CONTENT = bytes(range(256)) * 40
FIRST_LINE = len("anas-backup/1 \n") + 32


@pytest.fixture(autouse=True)
def short_frames(monkeypatch, quick_passphrases):
    monkeypatch.setattr(container, "FRAME", 1000)


def written(content: bytes, passphrase: str | None) -> bytes:
    file = io.BytesIO()
    writer = Writer(file, passphrase)
    for start in range(0, len(content), 333):
        writer.write(content[start : start + 333])
    writer.finish()
    return file.getvalue()


def content_of(file: bytes, passphrase: str = PASSPHRASE) -> bytes:
    reader = Reader(io.BytesIO(file))
    if reader.is_sealed:
        reader.unseal(passphrase)
    return reader.read()


def frames(file: bytes) -> list[bytes]:
    found, place = [], FIRST_LINE
    while place < len(file) - CHECKSUM:
        end = place + LENGTH + int.from_bytes(file[place : place + LENGTH], "big")
        found.append(file[place:end])
        place = end
    return found


def forged(file: bytes, frames: list[bytes]) -> bytes:
    """A file of other frames whose checksum is right."""
    body = file[:FIRST_LINE] + b"".join(frames)
    return body + hashlib.sha256(body).digest()


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
@pytest.mark.parametrize("length", [0, 1, 999, 1000, 1001, 2000, len(CONTENT)])
def test_what_is_written_is_read(passphrase, length):
    assert content_of(written(CONTENT[:length], passphrase)) == CONTENT[:length]


def test_two_files_of_the_same_content_have_nothing_in_common():
    first, second = (frames(written(CONTENT, PASSPHRASE)) for _file in range(2))

    assert set(first) & set(second) == set()


@pytest.mark.parametrize(
    "forge",
    [
        lambda frames: frames[:-1],
        lambda frames: [frames[1], frames[0], *frames[2:]],
        lambda frames: [*frames, frames[-1]],
        lambda frames: frames[1:],
        lambda frames: [],
        lambda frames: [b"\xff\xff\xff\xff" + frames[0], *frames[1:]],
        lambda frames: [*frames[:-1], frames[-1][:-1]],
        lambda frames: [*frames, b"\0"],
        lambda frames: [*frames, b"\0\0\0\0"],
    ],
)
def test_whoever_does_not_know_the_passphrase_can_leave_nothing_out_and_exchange_nothing(forge):
    file = written(CONTENT, PASSPHRASE)
    with pytest.raises(Refused):
        content_of(forged(file, forge(frames(file))))


def test_a_passphrase_may_be_typed_on_any_computer():
    """é as one sign or as two."""
    assert content_of(written(CONTENT, "caf\u00e9 di kota Batu"), "cafe\u0301 di kota Batu") == CONTENT


def test_every_changed_byte_and_every_cut_is_noticed():
    file = written(CONTENT[:1500], None)
    for place in range(len(file)):
        with pytest.raises(Refused):
            content_of(file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :])
        with pytest.raises(Refused):
            content_of(file[:place])
