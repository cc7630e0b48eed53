"""Schemes for the tests beside those that come with the application."""

from anas.rounds import scheme as schemes
from anas.rounds.scheme import Scheme

ALL_RULES = {"months_in_unit": 6, "rounds_since_win": 2, "no_penalty": True, "no_complaint": True}


def anas_with(**more: object) -> Scheme:
    """ANAS with further keys in its file."""
    return schemes.parse(schemes.as_data(schemes.preset("anas")) | more)


def everything() -> Scheme:
    """ANAS with every rule about who can be proposed, and five days for objections."""
    return anas_with(eligibility=ALL_RULES, objection_days=5)
