import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anas.rounds import audit
from anas.rounds.models import AuditChain, Round


class Command(BaseCommand):
    help = "Checks the hash chains of the audit trail: of one round, or of every round and of the office."

    def add_arguments(self, parser) -> None:
        parser.add_argument("round", type=int, nargs="?", metavar="ROUND", help="the number in the round's address")

    def handle(self, *, round: int | None, **options) -> None:
        """One line per trail. Exit status 1, and the place of the first break, where one does not hold."""
        breaks = [self._report(name, which) for name, which in _trails(round)]
        if any(breaks):
            sys.exit(1)

    def _report(self, name: str, round: Round | None) -> bool:
        """Says how one trail is; whether it is broken."""
        fault = next(audit.faults_of(name), None)
        if fault:
            self.stderr.write(f"{name} ({_title(round)}): {fault}")
            return True
        chain = AuditChain.objects.filter(name=name).first()
        length = chain.length if chain else 0
        holds = ngettext("%(count)s entry, the chain holds", "%(count)s entries, the chain holds", length)
        self.stdout.write(f"{name} ({_title(round)}): {holds % {'count': length}}")
        return False


def _title(round: Round | None) -> str:
    return str(round) if round else _("what belongs to no round")


def _trails(number: int | None) -> Iterator[tuple[str, Round | None]]:
    """The names of the trails with their rounds. One that only the database still knows is among them."""
    if number is not None:
        rounds = Round.objects.filter(pk=number)
        if not rounds:
            raise CommandError(_("There is no round %(number)s.") % {"number": number})
        yield audit.chain_name(rounds[0]), rounds[0]
        return
    known = {audit.chain_name(round): round for round in Round.objects.order_by("pk")}
    others = AuditChain.objects.exclude(name__in=known).order_by("name").values_list("name", flat=True)
    yield from known.items()
    yield from ((name, None) for name in others)
