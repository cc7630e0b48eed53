"""Schemes for the tests beside those that come with the application."""

from anas.rounds import scheme as schemes
from anas.rounds.editor.draft import Draft
from anas.rounds.scheme import Scheme

ALL_RULES = {"months_in_unit": 6, "rounds_since_win": 2, "no_penalty": True, "no_complaint": True}


def anas_with(**more: object) -> Scheme:
    """ANAS with further keys in its file."""
    return schemes.parse(schemes.as_data(schemes.preset("anas")) | more)


def everything() -> Scheme:
    """ANAS with every rule about who can be proposed, and five days for objections."""
    return anas_with(eligibility=ALL_RULES, objection_days=5)


def small() -> Scheme:
    """As few rows as a scheme can have: a proposal and a poll, one classification, one indicator."""
    return schemes.parse(
        {
            "code": "teladan",
            "name": "Pegawai Teladan",
            "classifications": [{"code": "semua", "name": "Semua pegawai"}],
            "criteria": [{"code": "kinerja", "name": "Kinerja"}],
            "stages": [
                {"code": "usulan", "name": "Usulan", "kind": "proposal", "weight": 40},
                {"code": "polling", "name": "Polling", "kind": "poll", "weight": 60},
            ],
        }
    )


def typed(scheme: Scheme, **more: object) -> dict[str, object]:
    """The form of a scheme as a browser sends it."""
    return dict(Draft.of(scheme).flat().lists()) | more
