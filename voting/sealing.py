"""Envelopes: a ballot is sealed to the poll's public key (libsodium sealed box) and can be opened with the private key
alone. Pure functions, no database."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

BLOCK = 64

Ballot = dict[str, int | None]  # choices by contest, None for an abstention


class BadEnvelope(ValueError):
    """An envelope that does not open, or holds no ballot of this poll."""


def make_keys() -> tuple[bytes, bytes]:
    """A new public and private key, 32 bytes each."""
    private = PrivateKey.generate()
    return bytes(private.public_key), bytes(private)


def are_pair(private_key: bytes, public_key: bytes) -> bool:
    """Whether the private key opens what is sealed to the public one."""
    return len(private_key) == PrivateKey.SIZE and bytes(PrivateKey(private_key).public_key) == public_key


def plaintext_size(contests: Mapping[str, list[int]]) -> int:
    """Bytes that hold the longest possible ballot, in whole blocks: sealed ballots are all of one length."""
    longest = {code: max(nominees, key=lambda nominee: len(str(nominee))) for code, nominees in contests.items()}
    abstaining = dict.fromkeys(contests)
    size = max(len(_plain(longest)), len(_plain(abstaining)))
    return -(-size // BLOCK) * BLOCK


def seal(choices: Ballot, *, public_key: bytes, size: int) -> bytes:
    return SealedBox(PublicKey(public_key)).encrypt(_plain(choices).ljust(size))


class Opener:
    """Opens the envelopes of one poll. It holds the private key, so it is let go after the count."""

    def __init__(self, private_key: bytes, contests: Mapping[str, list[int]]):
        self._box, self._contests = SealedBox(PrivateKey(private_key)), contests
        self._known: dict[bytes, Ballot] = {}  # many voters choose alike, and there are not many ways to choose

    def open(self, sealed: bytes) -> Ballot:
        """The choices in an envelope. Raises BadEnvelope where it was not sealed to this key, or holds a choice that
        is no finalist of its contest."""
        try:
            plain = self._box.decrypt(sealed)
        except (CryptoError, ValueError) as error:
            raise BadEnvelope("does not open") from error
        if plain not in self._known:
            self._known[plain] = self._checked(plain)
        return self._known[plain]

    def count(self, envelopes: Iterable[bytes]) -> list[tuple[Ballot | None, int]]:
        """The ballots in these envelopes, with how often each was found; None stands for what holds no ballot."""
        ballots: dict[int, Ballot | None] = {}  # `open` gives the same object for the same choices
        times: Counter[int] = Counter()
        for sealed in envelopes:
            try:
                ballot = self.open(sealed)
            except BadEnvelope:
                ballot = None
            ballots[id(ballot)] = ballot
            times[id(ballot)] += 1
        return [(ballots[key], number) for key, number in times.items()]

    def _checked(self, plain: bytes) -> Ballot:
        try:
            choices = json.loads(plain)
        except (ValueError, RecursionError) as error:
            raise BadEnvelope("holds nothing that can be read") from error
        if not isinstance(choices, dict) or choices.keys() != self._contests.keys():
            raise BadEnvelope("holds no ballot of this poll")
        for contest, nominee in choices.items():
            if nominee is not None and (type(nominee) is not int or nominee not in self._contests[contest]):
                raise BadEnvelope("holds a choice that is no finalist")
        return choices


def _plain(choices: Ballot) -> bytes:
    return json.dumps(choices, separators=(",", ":"), sort_keys=True).encode()


def envelope_id(nonce: bytes) -> UUID:
    """The key of the envelope that a form with this nonce makes. It leads from the voter's own form to his envelope,
    and from the envelope to nobody: the server does not keep the nonce."""
    return UUID(bytes=hashlib.sha256(b"anas envelope" + nonce).digest()[:16])


def envelope_hash(sealed: bytes) -> str:
    return hashlib.sha256(sealed).hexdigest()


def root(hashes: Iterable[str]) -> str:
    """SHA-256 of the sorted hashes, one per line: changes when any envelope is changed, added or removed."""
    return hashlib.sha256("".join(f"{line}\n" for line in sorted(hashes)).encode()).hexdigest()
