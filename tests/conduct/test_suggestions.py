"""What the register suggests beside the field of the seventh indicator, and to whom."""

from datetime import date

import pytest
from django.utils import timezone

from anas.conduct.suggestions import suggestions
from anas.rounds.models import Round
from nominations.models import Nominee
from tests import cast
from tests.conduct.helpers import ago, complaint, upheld
from tests.schemes import anas_with


def test_only_an_upheld_complaint_of_the_period_counts(office):
    round = Round(period_from=ago(30), period_until=ago(1))
    behind = {
        "budi": [upheld(office, "budi", days=30)],
        "bayu": [complaint(office, "bayu", days=1)],
        "bunga": [complaint(office, "bunga", kind="commendation", days=5)],
        "dian": [],
    }
    upheld(office, "dian", days=31)
    upheld(office, "dian", days=0)
    found = suggestions(round, [getattr(office, name).pk for name in behind])

    told = {name: found[getattr(office, name).pk] for name in behind}
    assert {name: one.score for name, one in told.items()} == {"budi": 0, "bayu": 100, "bunga": 100, "dian": 100}
    assert {name: one.entries for name, one in told.items()} == behind
    assert [len(one.waiting) for one in told.values()] == [0, 1, 0, 0]


def test_without_dates_the_period_is_the_twelve_months_up_to_today():
    first, last = Round().period

    assert (last, (last - first).days) == (timezone.localdate(), 365)
    assert Round(period_from=date(2026, 10, 1), period_until=date(2026, 12, 31)).period[0] == date(2026, 10, 1)


def test_who_proposes_and_who_assesses_sees_it_beside_the_field_and_decides(office, login):
    round = cast.play(office, to="tim")
    upheld(office, "agus", text="Kasar di loket.")
    agus = Nominee.objects.get(employee=office.agus)
    client = login(office.maya)
    pages = [
        client.get(f"/periode/{round.pk}/penilaian/tim/{way}/") for way in (f"calon/{agus.pk}", "indikator/komplain")
    ]
    texts = [page.content.decode() for page in pages]

    assert ["suggests 0" in text and "Kasar di loket." in text for text in texts] == [True, True]
    assert [text.count("suggests 100") for text in texts] == [0, 11]
    assert "suggests" not in client.get(f"/periode/{round.pk}/penilaian/tim/indikator/kinerja/").content.decode()


@pytest.mark.parametrize("fed", [True, False])
def test_a_scheme_says_which_criterion_is_fed(office, login, fed):
    criteria = [{"code": "komplain", "scale": "yes-no", **({"source": "complaints"} if fed else {})}]
    stages = [{"code": "usulan", "kind": "proposal", "weight": 40}, {"code": "tim", "kind": "panel", "weight": 60}]
    round = cast.play(office, to="usulan", scheme=anas_with(criteria=criteria, stages=stages, tie_break=[]))
    page = login(office.bambang).get(
        f"/periode/{round.pk}/usulan/{office.units['perizinan'].pk}/calon/{office.budi.pk}/"
    )

    assert ("suggests 100" in page.content.decode()) == fed
