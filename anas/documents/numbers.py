"""The numbers of documents: given by the office's register, suggested from the letterhead's template."""

from datetime import date

from anas.documents import words
from anas.documents.letterheads import code_of, letterhead_for
from anas.documents.models import Document
from anas.people.models import Unit
from anas.rounds.models import Round


def template(round: Round, kind: str) -> str:
    """The form of the office's numbers, such as "188/{nomor}/{kode}/{tahun}"; in a rehearsal behind a mark, so that its
    papers take no number of the register."""
    own = f"{'minutes' if kind in Document.MINUTES else kind}_number"
    return mark(round) + getattr(letterhead_for(round.scope), own)


def mark(round: Round) -> str:
    """What the numbers of a rehearsal begin with, such as "GLADI-7/"; nothing for a real round."""
    return f"{Round.MARK}-{round.pk}/" if round.is_rehearsal else ""


def register(kind: str) -> tuple[str, ...]:
    """The kinds of documents that are numbered together."""
    return Document.MINUTES if kind in Document.MINUTES else (kind,)


def following(scope: Unit, kind: str, form: str, year: int) -> int:
    """One more than the highest running number of this form that the office has given in the year."""
    given = Document.objects.published().filter(scope=scope, kind__in=register(kind), date__year=year)
    running = [words.read_number(form, number) or 0 for number in given.values_list("number", flat=True)]
    return max(running, default=0) + 1


def suggested(round: Round, kind: str, when: date) -> str:
    """The number that the next document would have; the register decides."""
    form = template(round, kind)
    return filled(form, following(round.scope, kind, form, when.year), round.scope, when)


def filled(form: str, number: int, scope: Unit, when: date) -> str:
    return words.fill_number(form, number=number, code=code_of(scope), when=when)
