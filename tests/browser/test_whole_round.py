"""The whole round through its pages, with everybody at the own screen."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from pypdf import PdfReader

from anas.documents.models import Document
from anas.people.models import Employee
from anas.rounds.models import Round
from nominations.models import Nominee
from tests import cast, naive
from tests.browser.person import Person
from tests.nominations import helpers
from tests.scenarios import CODES, CRITERIA, sheet
from voting import receipts
from voting.models import Envelope

pytestmark = [pytest.mark.browser, pytest.mark.once]  # the same acts without a browser run on both databases

# Bayu and Cahyo are equal in everything until the chair decides. Bidang Data has nobody without a civil servant's rank.
PROPOSED = {
    "sekretariat": {"agus": sheet(88, kinerja=91), "ayu": sheet(90), "andi": sheet(84, inovasi=79.5)},
    "perizinan": {"budi": sheet(86, perilaku=92), "bayu": sheet(80), "bunga": sheet(82, komplain=0)},
    "promosi": {"candra": sheet(79), "cahyo": sheet(80), "cici": sheet(77)},
    "data": {"dian": sheet(75), "doni": sheet(70)},
}
FROM_THE_TEAM = {
    "agus": 82,
    "budi": 88,
    "candra": 70,
    "dian": 60,
    "ayu": 85,
    "bayu": 78,
    "cahyo": 78,
    "doni": 65,
    "andi": 80,
    "bunga": 84,
    "cici": 71,
}
TEAM = {"lina": 0, "maya": 3}  # how much each gives above these
RECUSED = {("maya", "budi")}
CODE_OF = {name: code for named in PROPOSED.values() for name, code in zip(named, CODES, strict=False)}
BALLOTS = {
    "siti": ("agus", "bayu", "bunga"),
    "bambang": ("budi", "bayu", "bunga"),
    "citra": ("budi", "bayu", "andi"),
    "agus": ("agus", "bayu", "bunga"),
    "cici": ("budi", "ayu", "bunga"),
    "wulan": ("budi", "ayu", None),
    "ratna": (None, None, None),
}
FROM_THE_HEAD = {
    "agus": sheet(92),
    "budi": sheet(90, kinerja=93.5),
    "ayu": sheet(95),
    "bayu": sheet(85),
    "andi": sheet(88),
    "bunga": sheet(90),
}
REASON = "Supaya semua orang dapat memahaminya."


def from_the_team(assessor: str, nominee: str) -> dict[str, float]:
    return sheet(FROM_THE_TEAM[nominee] + TEAM[assessor], penampilan=FROM_THE_TEAM[nominee])


def as_typed(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def naive_winners() -> list[str]:
    """Counted by hand, so to speak. Cahyo, whom the chair's decision leaves out, is left out from the beginning."""
    proposed = {name: scores for named in PROPOSED.values() for name, scores in named.items() if name != "cahyo"}
    result = naive.result(
        {
            "proposals": [
                {"nominee": name, "classification": CODE_OF[name], "scores": scores}
                for name, scores in proposed.items()
            ],
            "panel": [
                {"nominee": name, "scores": from_the_team(assessor, name)}
                for assessor in TEAM
                for name in proposed
                if (assessor, name) not in RECUSED
            ],
            "ballots": [{"choices": dict(zip(CODES, some, strict=True))} for some in BALLOTS.values()],
            "head_scores": [{"nominee": name, "scores": scores} for name, scores in FROM_THE_HEAD.items()],
        }
    )
    return [name for code in CODES for name, one in result.items() if one["rank"] == 1 and one["code"] == code]


class Play:
    """The round, step by step, by whoever takes the step."""

    def __init__(self, office: cast.Office, enter):
        self.office, self.enter = office, enter
        self.people: dict[str, Person] = {}

    def __getitem__(self, name: str) -> Person:
        """Each comes in once, and stays."""
        if name not in self.people:
            phone = name in BALLOTS
            self.people[name] = self.enter(getattr(self.office, name), phone=phone, javascript=name != "agus")
        return self.people[name]

    def path(self, rest: str = "") -> str:
        return f"/periode/{self.round.pk}/{rest}"

    def nominee(self, name: str) -> Nominee:
        return Nominee.objects.get(employee=getattr(self.office, name))

    def prepare(self) -> None:
        kartika = self["kartika"]
        kartika.follow("/periode/baru/")
        kartika.fill(name="Triwulan IV 2026", scope=self.office.unit.pk, scheme="anas")
        kartika.press()
        self.round = Round.objects.get()
        opens, closes = (timezone.localtime() + timedelta(days) for days in (-1, 7))
        for code in ("usulan", "tim", "polling", "kepala"):
            kartika.fill_in({f"{code}-opens_at": as_typed(opens), f"{code}-closes_at": as_typed(closes)})
        kartika.press()
        for name, role in {"lina": "chair", "maya": "assessor", "wulan": "witness"}.items():
            self.give_role(name, role)
        kartika.follow(self.path())
        kartika.confirm(self.path("buka/"))

    def give_role(self, name: str, role: str) -> None:
        employee, kartika = getattr(self.office, name), self["kartika"]
        kartika.fill(q=employee.name)
        kartika.press("form[role=search] button")
        kartika.press(f'form:has(input[name="employee"][value="{employee.pk}"]) button[value="{role}"]')

    def propose(self) -> None:
        for unit, named in PROPOSED.items():
            for name, scores in named.items():
                self.put_forward(unit, name, scores)
        self.skip("data", "nonasn")
        for unit in PROPOSED:
            self.hand_in(unit)

    def head_of(self, unit: str) -> Person:
        return self[self.office.units[unit].head.name.split()[0].lower()]

    def unit_path(self, unit: str, rest: str = "") -> str:
        return self.path(f"usulan/{self.office.units[unit].pk}/{rest}")

    def put_forward(self, unit: str, name: str, scores: dict) -> None:
        """From the tasks, through the unit's page, to the page of one person."""
        head = self.head_of(unit)
        head.go("/")
        head.follow(self.unit_path(unit))
        head.follow(self.unit_path(unit, f"calon/{getattr(self.office, name).pk}/"))
        head.fill_in({f"score-{code}": str(score).replace(".", ",") for code, score in scores.items()})
        head.fill(reason=f"{name.title()} melayani dengan ramah.")
        if name == "agus":
            head.attach(photo=helpers.picture("agus.jpg", size=(60, 80)), evidence=helpers.pdf("piagam.pdf"))
        head.press('button[name="name"]')

    def skip(self, unit: str, code: str) -> None:
        self.head_of(unit).confirm(self.unit_path(unit, f"lewati/{code}/"), reason="Tidak ada tenaga Non-ASN.")

    def hand_in(self, unit: str) -> None:
        self.head_of(unit).confirm(self.unit_path(unit, "serahkan/"))

    def return_for_repair(self, unit: str) -> None:
        """Bambang had mistyped a score; the committee saw it."""
        kartika, head = self["kartika"], self.head_of(unit)
        kartika.go(self.path("usulan/"))
        kartika.confirm(self.unit_path(unit, "kembalikan/"), reason="Nilai kehadiran Budi terbalik.")
        head.go("/")
        assert "Nilai kehadiran Budi terbalik." in head.text
        head.follow(self.unit_path(unit))
        head.follow(self.unit_path(unit, f"calon/{self.office.budi.pk}/"))
        head.fill_in({"score-kehadiran": "86"})
        head.press()
        self.hand_in(unit)

    def close(self, name: str) -> None:
        self[name].go(self.path())
        self[name].confirm(self.path("tutup/"))

    def go_on(self, name: str, **options: str) -> None:
        self[name].go(self.path())
        self[name].confirm(self.path("lanjut/"), **options)

    def score(self) -> None:
        """Maya goes indicator by indicator, the others nominee by nominee."""
        for assessor, name in RECUSED:
            self[assessor].follow(self.path("penilaian/tim/"))
            self[assessor].confirm(self.path("penilaian/tim/mundur/"), whom=f"n{self.nominee(name).pk}", reason=REASON)
        self.score_by_indicator("maya")
        for assessor in TEAM:
            for name in FROM_THE_TEAM:
                if (assessor, name) not in RECUSED:
                    self.score_by_nominee(assessor, name, is_filled=assessor == "maya")

    def fields(self, name: str, scores: dict) -> dict[str, object]:
        return {f"n{self.nominee(name).pk}-{code}": score for code, score in scores.items()}

    def score_by_indicator(self, assessor: str) -> None:
        person = self[assessor]
        person.follow(self.path(f"penilaian/tim/indikator/{CRITERIA[0]}/"))
        for code in CRITERIA:
            for name in FROM_THE_TEAM:
                if (assessor, name) not in RECUSED:
                    person.fill_in(self.fields(name, {code: from_the_team(assessor, name)[code]}))
            person.press('button[value="next"]')

    def score_by_nominee(self, assessor: str, name: str, *, is_filled: bool) -> None:
        person = self[assessor]
        person.go(self.path(f"penilaian/tim/calon/{self.nominee(name).pk}/"))
        if not is_filled:
            person.fill_in(self.fields(name, from_the_team(assessor, name)))
        person.press('button[value="submit"]')

    def decide_the_tie(self) -> None:
        lina = self["lina"]
        lina.go("/")
        lina.follow(self.path("hasil/seri/tim/pns/"))
        places = {f"n{self.nominee('bayu').pk}": 2, f"n{self.nominee('cahyo').pk}": 3}
        lina.fill_in(places | {"reason": "Bayu lebih lama melayani di loket."})
        lina.press("form.measure .once-more button")

    def choose(self, person: Person, ballot: tuple) -> None:
        person.go("/")
        person.follow(self.path("suara/"))
        chosen = {code: self.nominee(name).pk if name else "-" for code, name in zip(CODES, ballot, strict=True)}
        person.fill_in({f"pilihan-{code}": choice for code, choice in chosen.items()})
        person.press()

    def vote(self) -> str:
        """Everybody on a phone, Agus without JavaScript: his receipt is the answer."""
        for voter, ballot in BALLOTS.items():
            self.choose(self[voter], ballot)
            if voter != "citra":
                self[voter].press('button[name="cast"]')
        self.vote_twice("citra")
        return self["agus"].page.inner_text(".receipt-code")

    def vote_twice(self, voter: str) -> None:
        """Two pages to check lie open, with other choices. The first that is sent counts."""
        first, second = self[voter], self[voter].another_tab()
        self.choose(second, (None, None, None))
        first.press('button[name="cast"]')
        receipt = first.page.inner_text(".receipt-code")
        second.press('button[name="cast"]')
        assert second.page.inner_text(".receipt-code") == receipt
        with second.page.expect_download() as waiting:
            second.page.click("[data-save-receipt]")
        assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
        assert Envelope.objects.count() == len(BALLOTS)

    def count(self, receipt: str) -> None:
        self.close("kartika")
        kartika, agus = self["kartika"], self["agus"]
        kartika.go("/")
        kartika.confirm(self.path("kotak-suara/hitung/"))
        agus.go(self.path("suara/bukti/"))
        agus.fill(code=receipt)
        agus.press()
        assert receipts.hash_prefix(receipt) in agus.text

    def score_finalists(self) -> None:
        hadi = self["hadi"]
        hadi.follow(self.path("kepala/"))
        for name, scores in FROM_THE_HEAD.items():
            hadi.fill_in(self.fields(name, scores))
        hadi.press('button[value="submit"]')
        hadi.confirm(self.path("tutup/"))

    def approve(self) -> None:
        hadi = self["hadi"]
        hadi.go("/")
        hadi.follow(self.path("hasil/"))
        hadi.confirm(self.path("setuju/"))

    def issue(self) -> bytes:
        """The decree, as the committee gets it."""
        kartika = self["kartika"]
        kartika.go("/")
        kartika.follow(self.path("dokumen/"))
        kartika.confirm(self.path("dokumen/keputusan/terbitkan/"), number="188/45/DPMPTSP/2026")
        kartika.confirm(self.path("dokumen/piagam/terbitkan/"))
        decree = Document.objects.get(kind=Document.Kind.DECREE)
        return kartika.download(self.path(f"dokumen/{decree.pk}/"))

    def announce(self) -> list[str]:
        """The winners, as Ratna reads them on her phone."""
        self["kartika"].go("/")
        self["kartika"].confirm(self.path("umumkan/"))
        ratna = self["ratna"]
        ratna.go("/")
        ratna.follow(self.path("hasil/"))
        shown = ratna.page.locator(".person-award .person-name").all_inner_texts()
        ratna.go(f"/pengumuman/{self.round.pk}/")
        assert ratna.page.locator(".person-award .person-name").all_inner_texts() == shown
        return shown


def test_the_office_plays_a_whole_round(office, enter):
    Employee.objects.filter(pk=office.dewi.pk).update(classification="")
    play = Play(office, enter)

    play.prepare()
    play.propose()
    play.return_for_repair("perizinan")
    play.close("kartika")
    play.go_on("kartika")
    play.score()
    play.close("lina")
    play.decide_the_tie()
    play.go_on("kartika", mode="file")
    receipt = play.vote()
    play.count(receipt)
    play.go_on("kartika")
    play.score_finalists()
    play.go_on("kartika")
    play.approve()
    decree = play.issue()
    shown = play.announce()

    assert shown == [getattr(office, name).full_name for name in naive_winners()]
    paper = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(decree)).pages).split())
    assert all(name in paper for name in shown)
