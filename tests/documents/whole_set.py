"""Every paper of one played round, made once for all tests that only look at papers."""

from dataclasses import dataclass

from django.utils import timezone

from anas.documents import cards, crests, publishing, services
from anas.documents.models import Document
from anas.people.models import Employee
from anas.rounds import services as rounds
from anas.rounds.models import Round
from nominations.models import Nominee
from scoring import services as scoring
from scoring.models import StageScore
from tests import cast
from tests.nominations import helpers

SITE = "https://anas.example"
LONG_NAME = "Raden Mas Muhammad Abdurrahman Wiryadinata Kusumanegara Putra"  # 61 letters
RECUSED = "Calon adalah saudara kandung."


@dataclass
class Paper:
    """A document as it was kept, to be read without a database."""

    kind: str
    data: dict
    pdf: bytes
    sha256: str


def make() -> dict[str, Paper]:
    """By kind; certificates by "certificate" (of a winner) and "finalist"; the cards by "cards". In the round Agus has
    a long name and a photo, Maya stepped back from him, and two of the PNS were given the same score by the team."""
    office = cast.make_office()
    crest = crests.clean(helpers.picture("lambang.png", "PNG", (400, 500), "RGBA"))
    services.set_letterhead(office.unit, values={"crest": crest}, by=cast.fresh(office.kartika))
    round = _round_at_the_poll(office)
    made = {"cards": Paper("cards", {}, _cards(office, round), "")}
    for step in ("kepala", "closed", "result", "approved"):
        cast.STEPS[step](office, cast.again(round))
    round = cast.again(round)
    today, by = timezone.localdate(), cast.fresh(office.kartika)
    who = {"by": by, "site": SITE}
    kept = [
        services.issue_minutes(round, kind=kind, number=f"{place}/BA/2026", date=today, **who)
        for place, kind in enumerate(Document.MINUTES, 1)
    ]
    kept.append(publishing.issue_recap(cast.again(round), number="1/REKAP/2026", date=today, **who))
    kept.append(services.issue_decree(cast.again(round), number="188/19/DPMPTSP/2026", date=today, **who))
    certificates = services.issue_certificates(cast.again(round), finalists=True, **who)
    objections = {"objections_to": "Sekretariat DPMPTSP", "objections_until": today}
    kept.append(publishing.issue_announcement(cast.again(round), number="1/PENG/2026", date=today, **objections, **who))
    kept.append(publishing.issue_poster(cast.again(round), **who))
    made |= {document.kind: _paper(document) for document in kept}
    return made | {"certificate": _paper(certificates[0]), "finalist": _paper(certificates[-1])}


def _paper(document: Document) -> Paper:
    return Paper(document.kind, document.data, bytes(document.pdf), document.sha256)


def _cards(office: cast.Office, round: Round) -> bytes:
    poll = round.stage_of_kind("poll").poll
    return cards.draw(poll, unit=office.units["data"], by=cast.fresh(office.kartika), site=SITE)


def _round_at_the_poll(office: cast.Office) -> Round:
    round, maya = cast.play(office, to="tim"), cast.fresh(office.maya)
    agus = Nominee.objects.get(employee=office.agus)
    agus.photo.save("agus.jpg", helpers.picture("agus.jpg"))
    scoring.recuse(round, assessor=maya, classification="eselon4", nominee=agus, reason=RECUSED, by=maya)
    cast.assess_all(office, round)
    Employee.objects.filter(pk=office.agus.pk).update(name=LONG_NAME, title_after="S.Kom., M.M.", rank="Penata")
    _give_the_same(office, round, "bayu", "cahyo")
    bunga, cici = _give_the_same(office, round, "bunga", "cici")
    StageScore.objects.filter(stage__code="usulan", nominee__in=[bunga, cici]).update(score="80.50", points="8.05")
    rounds.close_stage(cast.again(round), by=cast.fresh(office.lina))
    lina = {"order": [cici.pk, bunga.pk], "reason": "Masa kerja lebih lama.", "by": cast.fresh(office.lina)}
    scoring.decide(cast.again(round), stage="tim", classification="nonasn", **lina)
    rounds.advance(cast.again(round), by=cast.fresh(office.kartika), keys=office.keys)
    return cast.again(round)


def _give_the_same(office: cast.Office, round: Round, first: str, second: str) -> tuple[Nominee, Nominee]:
    """The team gives the second what it gave the first."""
    stage = cast.again(round).stage_list[1]
    one, other = (Nominee.objects.get(employee=getattr(office, name)) for name in (first, second))
    for sheet in stage.sheets.filter(nominee=one, state="submitted"):
        given = {"scores_by_criterion": sheet.scores, "reason": "Keliru.", "by": cast.fresh(sheet.assessor)}
        scoring.submit_sheet(stage, nominee=other, **given)
    return one, other
