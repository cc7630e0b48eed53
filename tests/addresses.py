"""Every address of the project, filled in for one office that plays a round: for the tests that walk all pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from anas.conduct import services as conduct
from anas.conduct.models import Penalty, Report
from anas.documents import services as documents
from anas.people.models import CommitteeSeat, Deputy, Employee
from anas.rounds import objections, services
from anas.rounds.editor import services as editing
from anas.rounds.models import Round
from anas.rounds.people import importing
from nominations import services as nominating
from nominations.models import Nominee, Proposal
from scoring.models import Decision
from tests import cast
from tests.nominations import helpers
from tests.schemes import small
from voting.models import KeyShare

STATES = ["draft", "usulan", "tim", "polling", "kepala", "result", "decreed", "announced"]
QUERIES = {"scoring:download": "?format=csv", "comparison:download": "?table=unit"}
OF_AN_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@cache
def routes(*, admin: bool = False) -> dict[str, str]:
    """The routes of all addresses by their names, in the order of the URL configuration: "rounds:detail" →
    "periode/<int:pk>/". What has no name goes by its route."""
    return {name: route for name, route in _routes(get_resolver()) if name.startswith("admin:") == admin}


def _routes(resolver: URLResolver, space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or route}", route
        else:
            yield from _routes(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, route)


@dataclass
class World:
    """An office with a round in one of STATES, and one of each thing that an address can name.

    `arguments`: what stands for an argument, by "namespace:argument", or by "name argument" where that is not enough.
    """

    state: str
    office: cast.Office
    round: Round
    arguments: dict[str, object] = field(default_factory=dict)

    def address(self, name: str, **others: str) -> str:
        """With the world's own arguments, but for `others`."""
        space = name.partition(":")[0]

        def filled(found: re.Match) -> str:
            argument = found[1]
            own = self.arguments.get(f"{name} {argument}") or self.arguments.get(f"{space}:{argument}")
            return str(others.get(argument, own))

        return "/" + OF_AN_ARGUMENT.sub(filled, routes()[name]) + QUERIES.get(name, "")


def make_world(state: str) -> World:
    """In it Siti has named Agus, with a photo and a file, and Ayu, and skips the non-ASN; in "usulan" she has not
    submitted yet, Bambang has, and the others have not begun. Later the poll has keyholders, a tie has been decided."""
    office = cast.make_office()
    world = World(state, office, cast.draft(office))
    world.arguments = _of_the_office(office) | _nothing_yet() | {f"{space}:pk": world.round.pk for space in OF_A_ROUND}
    world.arguments["rounds:member"] = world.round.members.get(employee=office.maya).pk
    for step in STATES[1 : STATES.index(state) + 1]:
        STEPS[step](world)
        world.round = cast.again(world.round)
    return world


OF_A_ROUND = ["rounds", "nominations", "scoring", "voting", "documents", "mailing", "rehearsal"]


def _of_the_office(office: cast.Office) -> dict[str, object]:
    """Three who act, have acted and will act for the head; another member of the committee; the account of the
    installation; a letterhead; a scheme of the office's own; a list of people that waits to be imported."""
    today = timezone.localdate()
    for name, first, last in (("Tono", -1, 1), ("Umar", -9, -1), ("Vina", 1, 9)):
        person = Employee.objects.create(number=f"plh-{name}", name=name, unit=office.units["data"])
        days = {"starts": today + timedelta(first), "ends": today + timedelta(last)}
        deputy = Deputy.objects.create(unit=office.unit, employee=person, **days)
        office.people[name.lower()] = person
    rini = Employee.objects.create(number="rini", name="Rini", unit=office.government)
    seat = CommitteeSeat.objects.create(unit=office.unit, employee=rini)
    office.people["admin"] = Employee.objects.create_superuser("admin", name="Admin")
    crest = helpers.picture("lambang.png", "PNG").read()
    letterhead = documents.set_letterhead(office.unit, values={"crest": crest}, by=office.kartika)
    content = (
        f"nip,nama,unit,jabatan\n{office.agus.number},Agus Salim,Sekretariat,Analis\nTHL-7,Yuni,Bidang Data,Supir\n"
    )
    job = importing.send(unit=office.unit, content=content.encode(), file_name="pegawai.csv", by=office.kartika)
    report, penalty = _registers(office)
    own_scheme = editing.keep(unit=office.unit, scheme=small(), by=office.kartika)
    return {
        "schemes:pk": own_scheme.pk,
        "schemes:number": own_scheme.number,
        "schemes:code": "anas",
        "conduct:pk": report.pk,
        "conduct:penalty pk": penalty.pk,
        "conduct:remove_penalty pk": penalty.pk,
        "people:pk": office.agus.pk,
        "people:unit pk": office.units["data"].pk,
        "people:add_deputy pk": office.units["data"].pk,
        "people:add_to_committee pk": office.unit.pk,
        "people:remove_from_committee pk": seat.pk,
        "people:end_deputy pk": deputy.pk,
        "people:import_check pk": job.pk,
        "people:import_apply pk": job.pk,
        "people:import_undo pk": job.pk,
        "setup:pk": office.unit.pk,
        "documents:code": office.unit.code,
        "documents:number": letterhead.number,
        "documents:digest": letterhead.crest_id,
        "nominations:unit": office.units["sekretariat"].pk,
        "nominations:employee": office.agus.pk,
        "nominations:name employee": office.andi.pk,
    }


def _registers(office: cast.Office) -> tuple[Report, Penalty]:
    """A complaint about Agus, and a penalty of Andi's long ago."""
    day = timezone.localdate() - timedelta(3)
    said = {"source": "SP4N-LAPOR", "date": day, "text": "Lama menunggu."}
    ends = day - timedelta(900)
    return (
        conduct.add_report(employee=office.agus, kind="complaint", reference="LPR-1", by=office.kartika, **said),
        conduct.add_penalty(employee=office.andi, level="ringan", starts=ends, ends=ends, by=office.kartika),
    )


def _nothing_yet() -> dict[str, object]:
    """What does not depend on the round, and the numbers of things that are not there yet."""
    ahead = ["nominations:evidence", "nominations:nominee", "scoring:nominee", "voting:share"]
    ahead += ["scoring:objection", "documents:document", "documents:nominee", "documents:verify code"]
    return dict.fromkeys(ahead, 999) | {
        "rounds:code": "usulan",
        "nominations:code": "nonasn",
        "scoring:code": "tim",
        "scoring:criterion": "kinerja",
        "scoring:stage": "tim",
        "scoring:classification": "pns",
        "documents:kind": "announcement",
        "help_role:role": "pegawai",
        "service_standard:scheme": "anas",
    }


def _open(world: World) -> None:
    office = world.office
    cast.STEPS["usulan"](office, world.round)
    for name in ("agus", "ayu"):
        helpers.named(proposal(world, "sekretariat"), getattr(office, name), base=90)
    helpers.assessed(proposal(world, "sekretariat"), office.andi)
    nominating.skip(proposal(world, "sekretariat"), classification="nonasn", reason="Baru bekerja.", by=office.siti)
    cast.propose(office, proposal(world, "perizinan"), base=85)
    agus = Nominee.objects.get(employee=office.agus)
    nominating.set_photo(agus, upload=helpers.picture("agus.jpg"), by=office.siti)
    evidence = nominating.attach(agus, upload=helpers.pdf(), by=office.siti)
    world.arguments |= {
        "nominations:nominee": agus.pk,
        "documents:nominee": agus.pk,
        "nominations:evidence": evidence.pk,
        "scoring:nominee": Nominee.objects.get(employee=office.budi).pk,
    }


def proposal(world: World, unit: str) -> Proposal:
    return Proposal.objects.get(stage__round=world.round, unit=world.office.units[unit])


def submit_all(world: World) -> None:
    nominating.submit(proposal(world, "sekretariat"), by=world.office.siti)
    for unit, base in (("promosi", 80), ("data", 75)):
        cast.propose(world.office, proposal(world, unit), base=base)


def _to_tim(world: World) -> None:
    submit_all(world)
    services.close_stage(world.round, by=world.office.kartika)
    services.advance(cast.again(world.round), by=world.office.kartika)


def _to_polling(world: World) -> None:
    office = world.office
    cast.STEPS["polling"](office, world.round)
    poll = cast.again(world.round).stage_of_kind("poll").poll
    for index, name in enumerate(("wulan", "siti"), 1):
        share = KeyShare.objects.create(
            poll=poll, keyholder=getattr(office, name), index=index, first_asked=1, second_asked=2
        )
    world.arguments["voting:share"] = share.pk
    order = poll.contests["pns"]
    Decision.objects.create(
        round=world.round, stage="tim", classification="pns", order=order, reason="Lebih lama.", decided_by=office.lina
    )


def _to_result(world: World) -> None:
    for step in ("closed", "result"):
        cast.STEPS[step](world.office, cast.again(world.round))
    _object(world)


def _object(world: World) -> None:
    """Employees could object until yesterday, and Ratna did; Maya has answered."""
    Round.objects.update(objections_until=timezone.now() + timedelta(1))
    round = cast.again(world.round)
    objection = objections.raise_objection(
        round, classification="eselon4", text="Nilai belum benar.", by=cast.fresh(world.office.ratna)
    )
    objections.answer(objection, upheld=False, text="Sudah benar.", by=cast.fresh(world.office.maya))
    Round.objects.update(objections_until=timezone.now() - timedelta(1))
    world.arguments["scoring:objection"] = objection.pk


def _to_decreed(world: World) -> None:
    office, kartika = world.office, cast.fresh(world.office.kartika)
    cast.STEPS["approved"](office, world.round)
    decree = documents.issue_decree(world.round, number="188/1/2026", date=timezone.localdate(), by=kartika)
    world.arguments |= {"documents:document": decree.pk, "documents:verify code": decree.code}


STEPS = {
    "usulan": _open,
    "tim": _to_tim,
    "polling": _to_polling,
    "kepala": lambda world: cast.STEPS["kepala"](world.office, world.round),
    "result": _to_result,
    "decreed": _to_decreed,
    "announced": lambda world: cast.STEPS["announced"](world.office, world.round),
}
