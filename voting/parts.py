"""The private key in parts: split so that k of n bring it back (Shamir), written as words that can be read aloud.

A part is spelled in words of five letters, each of which stands for two bytes: consonant, vowel, consonant, vowel,
consonant. Pure functions, no database.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from Crypto.Protocol.SecretSharing import Shamir
from nacl.public import PrivateKey

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
HALF = 16  # the library shares 16 bytes at a time; a private key has 32
TAG, CHECK = 2, 2
SIZE = 1 + 1 + TAG + 2 * HALF + CHECK
WORDS = SIZE // 2
MOST = 10  # keyholders of one poll


class BadPart(ValueError):
    """Words that are no part of this poll's key. `problem`: "word" (no such word), "length" (too few or too many
    words), "check" (a slip of the pen), "tag" (another poll's key), "few" (too few parts), "mixed" (parts that do not
    belong together); `detail` says where."""

    def __init__(self, problem: str, detail: str = ""):
        self.problem, self.detail = problem, detail
        super().__init__(f"{problem} {detail}".strip())


@dataclass(frozen=True)
class Part:
    """One keyholder's part. `tag` says of which poll's key; `threshold` how many parts bring the key back."""

    index: int
    threshold: int
    tag: bytes
    secret: bytes

    @property
    def words(self) -> list[str]:
        body = bytes([self.index, self.threshold]) + self.tag + self.secret
        return _spell(body + _check(body))

    @property
    def text(self) -> str:
        return " ".join(self.words)


def tag_of(public_key: bytes) -> bytes:
    return hashlib.sha256(b"anas key" + public_key).digest()[:TAG]


def split(private_key: bytes, *, count: int, threshold: int) -> list[Part]:
    """As many parts as there are keyholders; any `threshold` of them bring the key back, fewer say nothing about it."""
    tag = tag_of(bytes(PrivateKey(private_key).public_key))
    halves = [Shamir.split(threshold, count, private_key[start : start + HALF]) for start in (0, HALF)]
    return [
        Part(index, threshold, tag, first + second) for (index, first), (_same, second) in zip(*halves, strict=True)
    ]


def combine(parts: Iterable[Part], public_key: bytes) -> bytes:
    """The private key. Raises BadPart where the parts are too few or do not belong together."""
    found = {part.index: part for part in parts}
    if not found or len(found) < max(part.threshold for part in found.values()):
        raise BadPart("few")
    used = sorted(found.values(), key=lambda part: part.index)[: next(iter(found.values())).threshold]
    try:
        private_key = b"".join(
            Shamir.combine([(part.index, part.secret[start : start + HALF]) for part in used]) for start in (0, HALF)
        )
    except ValueError as error:
        raise BadPart("mixed") from error
    if bytes(PrivateKey(private_key).public_key) != public_key:
        raise BadPart("mixed")
    return private_key


def read(text: str, public_key: bytes) -> Part:
    """A part from its words, however they are spaced, numbered and capitalised. Raises BadPart, saying why."""
    words = [word for word in "".join(sign if sign.isalpha() else " " for sign in text.lower()).split() if word]
    for number, word in enumerate(words, 1):
        if not _is_word(word):
            raise BadPart("word", f"{number}: {word}")
    if len(words) != WORDS:
        raise BadPart("length", f"{len(words)} / {WORDS}")
    data = b"".join(_value(word).to_bytes(2, "big") for word in words)
    body, check = data[:-CHECK], data[-CHECK:]
    if _check(body) != check:
        raise BadPart("check")
    part = Part(body[0], body[1], body[2 : 2 + TAG], body[2 + TAG :])
    if part.tag != tag_of(public_key):
        raise BadPart("tag")
    return part


def asked_words() -> tuple[int, int]:
    """Two different numbers of words, from 2 on, that a keyholder is asked to type back."""
    first, second = sorted(secrets.SystemRandom().sample(range(2, WORDS + 1), 2))
    return first, second


def _check(body: bytes) -> bytes:
    return hashlib.sha256(b"anas part" + body).digest()[:CHECK]


def _spell(data: bytes) -> list[str]:
    return [_word(int.from_bytes(data[start : start + 2], "big")) for start in range(0, len(data), 2)]


def _word(value: int) -> str:
    return (
        CONSONANTS[value >> 12]
        + VOWELS[value >> 10 & 3]
        + CONSONANTS[value >> 6 & 15]
        + VOWELS[value >> 4 & 3]
        + CONSONANTS[value & 15]
    )


def _is_word(word: str) -> bool:
    return len(word) == 5 and all(sign in (VOWELS if place % 2 else CONSONANTS) for place, sign in enumerate(word))


def _value(word: str) -> int:
    value = 0
    for place, sign in enumerate(word):
        value = value << 2 | VOWELS.index(sign) if place % 2 else value << 4 | CONSONANTS.index(sign)
    return value
