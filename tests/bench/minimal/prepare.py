"""`python -m tests.bench.minimal.prepare `: fills the minimal project's database with the round that our own
application was given (JSON on standard input), and prints what the load needs."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from tests.bench.minimal.models import Classification, Nominee, Round, Stage, Unit
from tests.bench.sessions import session_of


def main(given: dict) -> dict:
    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)  # for our own models, which have no migrations
    with transaction.atomic():
        password = make_password(given["password"])  # slow on purpose, so once
        users = User.objects.bulk_create(
            User(username=who["number"], first_name=who["name"], last_name=who["initials"], password=password)
            for who in given["voters"]
        )
        round = _round(given["round"])
        choices = {f"pilihan-{item.code}": item.nominees.first().pk for item in round.classifications.all()}
        return {
            "path": f"/periode/{round.pk}/suara/",
            "vote": f"/periode/{round.pk}/pilih/",
            "form": choices,
            "voters": [{"number": user.username, "session": session_of(user)} for user in users],
        }


def _round(given: dict) -> Round:
    government = Unit.objects.create(name=given["government"])
    scope = Unit.objects.create(name=given["office"], parent=government)
    round = Round.objects.create(name=given["name"], scope=scope)
    for position, stage in enumerate(given["stages"]):
        dates = {name: stage[name] and datetime.fromisoformat(stage[name]) for name in ("opens_at", "closes_at")}
        Stage.objects.create(round=round, position=position, label=stage["label"], state=stage["state"], **dates)
    for contest in given["contests"]:
        classification = Classification.objects.create(round=round, code=contest["code"], name=contest["name"])
        for nominee in contest["nominees"]:
            unit, _created = Unit.objects.get_or_create(name=nominee.pop("unit"), parent=scope)
            Nominee.objects.create(classification=classification, unit=unit, **nominee)
    return round
