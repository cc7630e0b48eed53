"""The fixed cast of the tests: one small office with named people, and how it plays a round.

DPMPTSP Kota Batu with its Sekretariat and three bidang. Each unit has a head and three people, one in each
classification; the head of the office, the committee, the witness and an outsider stand beside.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from anas.people.models import CommitteeSeat, Employee, Unit
from anas.rounds import rules, services
from anas.rounds import scheme as schemes
from anas.rounds.models import Round, Stage
from nominations import services as nominating
from nominations.models import Nominee, Proposal
from scoring import services as scoring
from scoring.panel import panel
from tests import album
from voting import counting, receipts
from voting import services as voting
from voting.keys import KeyInMemory

UNITS = {
    "sekretariat": ("Sekretariat", "Siti Rahayu", ["Agus Salim", "Ayu Lestari", "Andi Wijaya"]),
    "perizinan": ("Bidang Perizinan", "Bambang Susilo", ["Budi Santoso", "Bayu Pratama", "Bunga Citra"]),
    "promosi": ("Bidang Promosi", "Citra Dewi", ["Candra Kirana", "Cahyo Nugroho", "Cici Amelia"]),
    "data": ("Bidang Data", "Dedi Kurniawan", ["Dian Puspita", "Doni Saputra", "Dewi Anggraini"]),
}
CODES = ["eselon4", "pns", "nonasn"]
PASSWORD = "kata-sandi-uji"


@dataclass
class Office:
    government: Unit
    unit: Unit
    units: dict[str, Unit]
    people: dict[str, Employee]  # by first name, small letters
    keys: KeyInMemory = field(default_factory=KeyInMemory)

    def __getattr__(self, name: str) -> Employee:
        """`office.siti` is Siti Rahayu."""
        people = self.__dict__.get("people", {})
        if name in people:
            return people[name]
        raise AttributeError(name)

    @property
    def team(self) -> list[Employee]:
        """Lima penilai: the chair first."""
        return [self.lina, self.maya, self.nurul]


def make_office() -> Office:
    """Hadi heads the office, Kartika is its committee, Wulan the witness, Lina chairs the team of Maya and Nurul,
    Oki works for another office. Ratna may vote and has no other part."""
    if album.has("office") and not (Unit.objects.exists() or Employee.objects.exists()):
        return album.put_back("office")
    government = Unit.objects.create(code="kota-batu", name="Pemerintah Kota Batu")
    unit = Unit.objects.create(code="dpmptsp", name="DPMPTSP", parent=government, head_title="Kepala Dinas")
    people: dict[str, Employee] = {}
    units = {}

    def person(name: str, where: Unit, **fields) -> Employee:
        number = f"198001012005011{len(people) + 1:03d}"
        employee = Employee.objects.create(number=number, name=name, unit=where, position="Pelaksana", **fields)
        people[name.split()[0].lower()] = employee
        return employee

    for position, (code, (name, head, members)) in enumerate(UNITS.items()):
        units[code] = Unit.objects.create(code=code, name=name, parent=unit, position=position)
        units[code].head = person(head, units[code])
        units[code].save()
        for member, classification in zip(members, CODES, strict=True):
            person(member, units[code], classification=classification)
    for name in ("Kartika Sari", "Wulan Sari", "Lina Marlina", "Maya Indah", "Nurul Huda", "Ratna Juwita"):
        person(name, units["sekretariat"])
    unit.head = person("Hadi Purnomo", unit)
    unit.save()
    other = Unit.objects.create(code="dinkes", name="Dinas Kesehatan", parent=government)
    person("Oki Setiawan", other)
    CommitteeSeat.objects.create(unit=unit, employee=people["kartika"])
    return Office(government, unit, units, {name: Employee.objects.get(pk=item.pk) for name, item in people.items()})


def draft(office: Office, scheme: schemes.Scheme | None = None) -> Round:
    """A round that could be opened: team, witness and schedule are set."""
    round = services.create_round(
        name="Triwulan IV 2026", scope=office.unit, scheme=scheme or schemes.preset("anas"), by=office.kartika
    )
    services.set_team(round, chair=office.lina, assessors=[office.maya, office.nurul], by=office.kartika)
    services.set_member(round, employee=office.wulan, role=rules.WITNESS, by=office.kartika)
    now = timezone.now()
    services.set_schedule(
        round,
        schedule={
            stage.code: (now - timedelta(hours=1) + timedelta(minutes=stage.position), now + timedelta(days=7))
            for stage in round.stage_list
        },
        by=office.kartika,
    )
    return again(round)


def again(round: Round) -> Round:
    """The round as the database has it now."""
    return Round.objects.select_related("scope__head").get(pk=round.pk)


def scores_for(stage: Stage, base: int) -> dict[str, int]:
    """The same score on every indicator; yes to the question of complaints."""
    return {criterion.code: 100 if criterion.is_yes_no else base for criterion in stage.spec.criteria}


def propose_all(office: Office, round: Round, *, base: int = 80) -> None:
    """Each unit names its three people; the units differ by a point, so that nothing is tied by chance."""
    for offset, proposal in enumerate(Proposal.objects.filter(stage__round=round).order_by("unit__position")):
        propose(office, proposal, base=base + offset)


def propose(office: Office, proposal: Proposal, *, base: int = 80) -> None:
    for employee in proposal.people().exclude(classification=""):
        nominee = nominating.assess(
            proposal,
            employee=employee,
            classification=employee.classification,
            scores_by_criterion=scores_for(proposal.stage, base),
            reason=f"{employee.name} melayani dengan ramah.",
            by=fresh(proposal.unit.head),
        )
        nominating.name(nominee, by=fresh(proposal.unit.head))
    nominating.submit(proposal, by=fresh(proposal.unit.head))


def fresh(employee: Employee) -> Employee:
    """The person as the next request would see him: without roles remembered from before."""
    return Employee.objects.get(pk=employee.pk)


def assess_all(office: Office, round: Round, code: str = "tim", *, base: int = 70) -> None:
    """Every assessor scores every nominee whom he owes a sheet; who is named first in the office gets more."""
    stage = next(stage for stage in round.stage_list if stage.code == code)
    whole = panel(stage)
    for place, nominee in enumerate(whole.nominees):
        for assessor in whole.assessors:
            if not whole.is_excused(nominee, assessor):
                scoring.submit_sheet(
                    stage,
                    nominee=nominee,
                    scores_by_criterion=scores_for(stage, base - place),
                    by=fresh(assessor),
                )


def vote(office: Office, round: Round, voter: Employee, **choices: Nominee | None) -> voting.Receipt:
    poll = round.stage_of_kind("poll").poll
    return voting.cast(
        poll,
        employee=voter,
        choices={contest: nominee.pk if nominee else None for contest, nominee in choices.items()},
        nonce=receipts.new_nonce(poll, voter),
    )


def finalist(round: Round, name: str) -> Nominee:
    return Nominee.objects.named(round).get(employee__name=name)


ORDER = ["draft", "usulan", "tim", "polling", "kepala", "closed", "result", "approved", "decreed", "announced"]


def play(office: Office, *, to: str, scheme: schemes.Scheme | None = None, anew: bool = False) -> Round:
    """A round of the ANAS scheme at the beginning of a stage, or in a later state: one of ORDER. Everybody votes for
    the first finalist of each classification except Ratna, who abstains. What the album has is not played `anew`."""
    if scheme is None and not anew and isinstance(office.keys, KeyInMemory) and album.is_now("office"):
        office.keys = album.put_back(to)
        return again(Round.objects.get())
    round = draft(office, scheme)
    for step in ORDER[1 : ORDER.index(to) + 1]:
        STEPS[step](office, round)
        round = again(round)
    return round


def fill_album() -> None:
    """Plays the whole round in an empty database and takes a picture of each moment at which a test may begin."""
    office = make_office()
    album.take("office", office)
    round = draft(office)
    for step in ORDER:
        if step != "draft":
            STEPS[step](office, round)
            round = again(round)
        album.take(step, office.keys)


def _to_tim(office: Office, round: Round) -> None:
    propose_all(office, again(round))
    services.close_stage(round, by=office.kartika)
    services.advance(again(round), by=office.kartika)


def _to_polling(office: Office, round: Round) -> None:
    assess_all(office, again(round))
    services.close_stage(again(round), by=fresh(office.lina))
    services.advance(again(round), by=office.kartika, keys=office.keys)


def _to_kepala(office: Office, round: Round) -> None:
    poll = round.stage_of_kind("poll").poll
    firsts = {contest: Nominee.objects.get(pk=keys[0]) for contest, keys in poll.contests.items()}
    for voter in round.electorate().exclude(pk=office.ratna.pk):
        vote(office, round, voter, **firsts)
    vote(office, round, office.ratna)
    services.close_stage(round, by=office.kartika)
    counting.count(again(round), by=office.kartika, keys=office.keys)
    services.advance(again(round), by=office.kartika)


def _to_closed(office: Office, round: Round) -> None:
    assess_all(office, round, "kepala", base=90)
    services.close_stage(again(round), by=fresh(office.hadi))


STEPS = {
    "usulan": lambda office, round: services.open_round(round, by=office.kartika),
    "tim": _to_tim,
    "polling": _to_polling,
    "kepala": _to_kepala,
    "closed": _to_closed,
    "result": lambda office, round: services.advance(round, by=office.kartika),
    "approved": lambda office, round: services.approve(round, by=fresh(office.hadi)),
    "decreed": lambda office, round: services.decree(round, by=office.kartika, number="188/1/2026"),
    "announced": lambda office, round: services.announce(round, by=office.kartika),
}
