"""Envelopes: a ballot is sealed to the poll's public key (libsodium sealed box) and can be opened with the private key
alone. Pure functions, no database."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

BLOCK = 64


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


def seal(choices: Mapping[str, int | None], *, public_key: bytes, size: int) -> bytes:
    """The sealed ballot: choices by contest, None for an abstention."""
    return SealedBox(PublicKey(public_key)).encrypt(_plain(choices).ljust(size))


def unseal(sealed: bytes, *, private_key: bytes, contests: Mapping[str, list[int]]) -> dict[str, int | None]:
    """The choices in an envelope. Raises BadEnvelope where it was not sealed to this key, or holds a choice that is
    no finalist of its contest."""
    try:
        choices = json.loads(SealedBox(PrivateKey(private_key)).decrypt(sealed))
    except (CryptoError, ValueError) as error:
        raise BadEnvelope("does not open") from error
    if not isinstance(choices, dict) or choices.keys() != contests.keys():
        raise BadEnvelope("holds no ballot of this poll")
    for contest, nominee in choices.items():
        if nominee is not None and (type(nominee) is not int or nominee not in contests[contest]):
            raise BadEnvelope("holds a choice that is no finalist")
    return choices


def _plain(choices: Mapping[str, int | None]) -> bytes:
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
