"""Codes on paper that open something once: a ballot, an account. Only their keyed hash is kept."""

import secrets
from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac

from anas.people.models import Employee

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})
GROUP = 4
DIGITS = 12  # 60 bits: more than anybody can try while a code holds


@dataclass(frozen=True)
class PrintedCard:
    """What stands on one card, or in one mail; exists only until it is printed or sent."""

    employee: Employee
    code: str = field(repr=False)

    @property
    def shown(self) -> str:
        return shown(self.code)


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _digit in range(DIGITS))


def shown(code: str) -> str:
    """As it is printed: "7WMJ-4T9C-K2Q8"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def digest(purpose: str, typed: str) -> str:
    """The keyed hash of a code, however it was typed. A code of one purpose opens nothing of another."""
    return salted_hmac(purpose, typed.upper().translate(READ_AS), algorithm="sha256").hexdigest()
