"""The receipt: the envelope's hash, short enough to write down, with a check sign against slips of the pen."""

import secrets

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from anas.people.codes import ALPHABET, GROUP, READ_AS
from anas.people.models import Employee
from voting.models import Poll

DIGITS = 16  # 80 of the hash's 256 bits


def code(envelope_hash: str) -> str:
    """ "3f2a…" → "7WMJ-4T9C-…-K": 16 digits of base 32 and one check sign."""
    number = int(envelope_hash[: DIGITS * 5 // 4], 16)
    digits = "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(DIGITS)))
    return "-".join([*(digits[start : start + GROUP] for start in range(0, DIGITS, GROUP)), _check_sign(digits)])


def hash_prefix(typed: str) -> str | None:
    """The beginning of the hash that a typed code stands for; None where the code cannot be one."""
    signs = typed.upper().translate(READ_AS)
    if len(signs) != DIGITS + 1 or any(sign not in ALPHABET for sign in signs):
        return None
    if _check_sign(signs[:DIGITS]) != signs[-1]:
        return None
    number = 0
    for sign in signs[:DIGITS]:
        number = number * 32 + ALPHABET.index(sign)
    return f"{number:0{DIGITS * 5 // 4}x}"


def _check_sign(digits: str) -> str:
    """Luhn's sum to the base of 32: every single wrong sign, and nearly every swap of two neighbours, changes it."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = ALPHABET.index(sign) * (1 if place % 2 else 2)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def new_nonce(poll: Poll, employee: Employee) -> str:
    """A random value for one voter's form. The mark binds it to the voter, so that on a shared computer the next
    person's form cannot be mistaken for it; nothing of it is kept on the server."""
    nonce = secrets.token_hex(16)
    return f"{nonce}.{_mark(nonce, poll, employee)}"


def nonce_bytes(value: str, poll: Poll, employee: Employee) -> bytes:
    """The random part of a form's nonce. Raises signing.BadSignature where the form was made for somebody else."""
    nonce, _dot, mark = value.partition(".")
    if not constant_time_compare(mark, _mark(nonce, poll, employee)):
        raise signing.BadSignature("the form belongs to another voter or another poll")
    return bytes.fromhex(nonce)


def _mark(nonce: str, poll: Poll, employee: Employee) -> str:
    return salted_hmac("voting.nonce", f"{nonce}:{poll.pk}:{employee.pk}", algorithm="sha256").hexdigest()[:32]
