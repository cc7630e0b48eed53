"""Whose eyes a visitor may look through: one person per role, with what that role does."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anas.demo import office
from anas.people.models import Employee


@dataclass(frozen=True)
class DemoPerson:
    number: str
    name: str
    role: str
    what: str


def people() -> list[DemoPerson]:
    """In the order in which they come into a round; none before the demo office has been made."""
    words = {office.people()[name].number: words for name, *words in parts()}
    found = Employee.objects.filter(is_active=True).in_bulk(words, field_name="number")
    return [
        DemoPerson(number, found[number].full_name, role, what)
        for number, (role, what) in words.items()
        if number in found
    ]


def everybody() -> QuerySet[Employee]:
    """Those whom a round may wait for while they are nobody's example, by name."""
    return Employee.objects.filter(is_active=True).order_by("name", "pk")


def parts() -> list[tuple[str, str, str]]:
    """Name, role, and what the role does."""
    return [
        (
            office.COMMITTEE,
            _("Committee"),
            _("Sets a round up, opens and closes its stages, counts, issues the documents."),
        ),
        (
            office.UNIT_HEAD,
            _("Unit head"),
            _("Assesses the people of the unit and proposes one in each classification."),
        ),
        (office.TEAM[0], _("Member of the team"), _("Scores every nominee on the indicators.")),
        (office.CHAIR, _("Chair of the team"), _("Scores too, decides ties of the shortlist, closes the assessment.")),
        (office.EMPLOYEE, _("Employee"), _("Votes for the finalists in secret, and sees the result.")),
        (
            office.HEAD,
            _("Head of the office"),
            _("Scores the finalists, approves the result, signs the decree."),
        ),
        (office.WITNESS, _("Witness"), _("Reads everything, the audit trail too, and changes nothing.")),
    ]
