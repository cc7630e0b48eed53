"""What the help to a role says. The texts are made when they are asked for, in the reader's language, so that a button
is called as it is on its page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from anas.rounds import stage as stages


@dataclass(frozen=True)
class Guide:
    """`steps`: what to press or open, and what happens then. `limits`: what one may or may not, and why. `troubles`:
    what has gone wrong, and what to do. `questions`: what is asked, and the answer."""

    title: str
    lead: str
    when: str
    how_long: str
    steps: list[tuple[str, str]]
    limits: list[str]
    troubles: list[tuple[str, str]]
    questions: list[tuple[str, str]]


def minutes(kind: str) -> dict[str, int]:
    """How long the part of one person in a stage of this kind takes, to be put into a sentence."""
    return {"minutes": stages.kind(kind).minutes}


def forgotten_password() -> tuple[str, str]:
    return (
        _("I have forgotten my password."),
        _("Ask the committee of your office for an activation card. With its code you set a new password yourself."),
    )


def deadline_passed() -> tuple[str, str]:
    return (
        _("The deadline has passed."),
        _(
            "After it nothing is accepted. The committee can extend it with a reason, which everybody sees: ask at "
            "once."
        ),
    )


def lost_connection() -> tuple[str, str]:
    return (
        _("The connection broke while I was writing."),
        _("What you typed stays in your browser. Open the same page again once you are connected; it is saved then."),
    )
