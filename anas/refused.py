"""How the application says no."""

from collections.abc import Iterable


class Refused(Exception):
    """An act that cannot be done, with every reason in words that may be shown to the person who asked.

    Raised by services inside their transaction, so that nothing of the act stays.
    """

    def __init__(self, *reasons: str):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


def require(*reasons: str | None) -> None:
    """Raises Refused with those answers that are a reason; a rule that allows answers None or an empty string."""
    refuse_for(reason for reason in reasons if reason)


def refuse_for(reasons: Iterable[str]) -> None:
    """Raises Refused where there is at least one reason."""
    if found := list(reasons):
        raise Refused(*found)
