"""Inside of our application (see inside.py): an office whose poll is open, and what the load needs to know of it."""

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction

from anas.people.models import Employee
from anas.rounds import pages
from anas.rounds.models import Round
from nominations.models import Nominee
from tests import cast
from tests.bench.sessions import session_of
from voting import ballots, receipts, services
from voting.models import Poll


def main(voters: str) -> dict:
    """The office of the tests with so many more people, each with a session and the nonce of a form."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        office = cast.make_office()
        office.keys = None  # the key file, as the application itself does it
        password = make_password(cast.PASSWORD)  # slow on purpose, so once
        units = list(office.units.values())
        people = Employee.objects.bulk_create(
            Employee(number=f"pemilih-{number}", name=f"Pemilih {number}", unit=units[number % 4], password=password)
            for number in range(int(voters))
        )
        round = cast.play(office, to="polling")
        poll = Poll.objects.get()
        return {
            "path": f"/periode/{round.pk}/suara/",
            "password": cast.PASSWORD,
            "form": {ballots.field_of(code): finalists[0] for code, finalists in poll.contests.items()},
            "voters": [_voter(poll, who) for who in people],
            "round": _shown(round, poll),
        }


def _voter(poll: Poll, who: Employee) -> dict[str, str]:
    nonce = receipts.new_nonce(poll, who)
    return {
        "number": who.number,
        "name": who.name,
        "initials": who.initials,
        "session": session_of(who),
        "nonce": nonce,
    }


def _shown(round: Round, poll: Poll) -> dict:
    """What the ballot page shows, for the minimal project to show the same."""
    names = services.finalists_by_key(poll)
    return {
        "government": round.scope.parent.name,
        "office": round.scope.name,
        "name": str(round),
        "stages": [{**step, "label": str(step["label"])} for step in pages.steps(round)],
        "contests": [
            {
                "code": code,
                "name": round.scheme.classification(code).name,
                "nominees": [_nominee(names[key]) for key in finalists],
            }
            for code, finalists in poll.contests.items()
        ],
    }


def _nominee(nominee: Nominee) -> dict[str, str]:
    return {
        "name": nominee.name,
        "description": nominee.description,
        "unit": nominee.unit.name,
        "reason": nominee.reason,
    }
