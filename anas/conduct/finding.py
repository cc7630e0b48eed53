"""Whom somebody means by a name or a number."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anas.people import numbers
from anas.people.models import Employee
from anas.refused import Refused

SHOWN = 5  # names, where several people fit


def one_of(people: QuerySet[Employee], words: str) -> Employee:
    """The only one of these people whom the words fit: the whole number, the whole name, or a part of it. Raises
    Refused with who it could be."""
    words = words.replace("\0", " ").strip()
    exact = list(people.filter(number=numbers.without_blanks(words))[:1]) or list(people.filter(name__iexact=words)[:2])
    if len(exact) == 1:
        return exact[0]
    found = list(people.search(words).order_by("name", "pk")[: SHOWN + 1]) if words else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(_("Nobody in your committee's units has this name or number."))
    names = "; ".join(employee.full_name for employee in found[:SHOWN])
    raise Refused(_("Several people have this name: %(names)s. Type more of it, or the number.") % {"names": names})
