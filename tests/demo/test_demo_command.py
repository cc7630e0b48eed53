from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from anas.demo import making, office, play
from anas.demo.making import called
from anas.documents import papers
from anas.people.models import Employee, Unit
from anas.rounds import audit
from anas.rounds.models import Round
from nominations.models import Proposal
from scoring import results
from scoring.panel import panel
from tests import cast

pytestmark = pytest.mark.once  # `make demo` keeps its data in SQLite


@pytest.fixture(autouse=True)
def is_demo(settings):
    settings.DEMO = True


@pytest.fixture
def no_paper(monkeypatch):
    """For tests that do not count on the papers: drawing them takes longer than the round."""
    monkeypatch.setattr(papers, "render", lambda kind, facts: b"%PDF")


def demo(*options: str) -> str:
    out = StringIO()
    call_command("demo", *options, stdout=out)
    return out.getvalue()


def played(to: str) -> Round:
    making.create()
    return play.play(to, today=timezone.localdate(), previous=False)


STANDS = {
    "draft": ("draft", None),
    "usulan": ("running", "usulan"),
    "tim": ("running", "tim"),
    "polling": ("running", "polling"),
    "kepala": ("running", "kepala"),
    "hasil": ("result", None),
    "keputusan": ("decreed", None),
    "pengumuman": ("announced", None),
}
OF_THE_RESULT = {"assessment": 1, "closing": 1, "count": 1, "recap": 1, "decree": 1}
DOCUMENTS = {
    "keputusan": OF_THE_RESULT,
    "pengumuman": OF_THE_RESULT | {"certificate": 3, "announcement": 1, "poster": 1},
}


@pytest.mark.parametrize("step", play.STEPS)
def test_a_round_stands_at_every_step_with_days_left_for_the_visitor(db, step):
    round = played(step)
    stage = round.current_stage
    times = list(audit.AuditEntry.objects.filter(chain__name=audit.chain_name(round)).values_list("at", flat=True))

    assert (round.state, stage and stage.code) == STANDS[step]
    assert Counter(round.documents.values_list("kind", flat=True)) == DOCUMENTS.get(step, {})
    assert list(audit.faults(round)) == []
    assert times == sorted(times)
    assert times[-1] < timezone.now()
    if round.has_result:
        poll = round.stage_of_kind("poll").poll
        assert (poll.voters.count(), poll.voters.filter(has_voted=True).count()) == (86, 73)
        assert len(results.winners(round)) == 3
        assert times[0] < timezone.now() - timedelta(weeks=4)
    if stage:
        assert stage.reason_not_accepting() is None
        assert 2 <= (stage.closes_at - timezone.now()).days <= 4


def test_at_the_proposals_some_units_have_submitted_and_the_visitor_has_not(db):
    stage = played("usulan").current_stage

    assert {p.unit.code: p.state for p in Proposal.objects.filter(stage=stage)} == {
        "sekretariat": "submitted",
        "modal": "submitted",
        "perizinan": "draft",
        "pengaduan": "draft",
    }
    assert called(office.UNIT_HEAD).headed_unit_ids == {Unit.objects.get(code="perizinan").pk}


def test_at_the_assessment_the_visitors_have_a_few_sheets_left(db):
    whole = panel(played("tim").current_stage)

    assert {assessor.name: len(whole.owed(assessor)) for assessor in whole.assessors} == {
        office.CHAIR: 3,
        office.TEAM[0]: 3,
        office.TEAM[1]: 0,
        office.TEAM[2]: 0,
        office.TEAM[3]: 0,
    }


def test_at_the_poll_some_have_voted_and_no_visitor_has(db):
    poll = played("polling").current_stage.poll

    assert poll.voters.filter(has_voted=True).count() == 36
    assert not poll.voters.filter(has_voted=True, employee__name__in=play.VISITORS).exists()


def test_the_same_demo_comes_every_time(transactional_db):
    def sheets():
        sheets = played("tim").current_stage.sheets.order_by("nominee__employee__number", "assessor__number")
        return list(sheets.values_list("nominee__employee__name", "scores"))

    first = sheets()
    making.clear()
    assert sheets() == first
    assert len(first) == 5 * 12 - 2 * 3


def test_a_machine_that_cannot_make_documents_has_a_demo_too(db, monkeypatch):
    monkeypatch.setattr(play, "libraries_for_pdf", lambda app_configs: ["missing"])

    assert played("pengumuman").state == "announced"


def test_the_command_makes_the_office_once_and_keeps_what_visitors_did(db, no_paper):
    said = demo()
    Employee.objects.filter(number=office.ADMINISTRATOR).update(name="Diganti")
    again = demo("--stage", "polling")

    assert [round.state for round in Round.objects.all()] == ["running", "announced"]
    assert Employee.objects.get(number=office.ADMINISTRATOR).name == "Diganti"
    assert (said.count("http://127.0.0.1:8000/"), again.count("http://127.0.0.1:8000/")) == (1, 1)
    assert office.PASSWORD in said
    assert "STAGE=polling" in again
    assert "STAGE=polling" not in said


def test_the_command_says_the_port_it_was_given(db, no_paper, monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    making.create()

    assert "http://127.0.0.1:8123/" in demo()


def test_a_reset_begins_anew_at_any_stage(transactional_db, no_paper):
    demo("--stage", "draft")
    Employee.objects.filter(number=office.ADMINISTRATOR).update(name="Diganti")
    demo("--reset")

    assert Round.objects.first().current_stage.code == "usulan"
    assert Employee.objects.get(number=office.ADMINISTRATOR).name == "Administrator"
    assert Employee.objects.count() == 89


def test_the_command_refuses_outside_of_the_demo(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        demo("--reset")
    assert not Unit.objects.exists()


def test_the_command_leaves_a_real_office_alone(db):
    cast.make_office()
    before = Employee.objects.count()
    for options in ([], ["--reset"]):
        with pytest.raises(CommandError):
            demo(*options)
    assert Employee.objects.count() == before
