"""A person opens a stage, never the clock: one that was planned for later begins when it is opened."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anas.rounds import audit, cloning, services
from anas.rounds.models import AuditEntry
from tests import cast


@pytest.fixture
def settled(office):
    """All units have proposed, and the team was to begin in three days."""
    round = cast.play(office, to="usulan")
    cast.propose_all(office, round)
    services.close_stage(round, by=office.kartika)
    now = timezone.now()
    round.stages.filter(code="tim").update(opens_at=now + timedelta(3), closes_at=now + timedelta(6))
    return cast.again(round)


def test_who_opens_early_is_told_and_everybody_can_begin(office, settled, login):
    planned = settled.stage_list[1].opens_at
    page = login(office.kartika).get(f"/periode/{settled.pk}/lanjut/")
    assert any("It begins now." in item for item in page.context["items"])

    round = cast.again(services.advance(settled, by=office.kartika))
    stage = round.stage_list[1]
    assert stage.opens_at <= timezone.now()
    assert stage.reason_not_accepting() is None
    entry = AuditEntry.objects.get(chain__name=audit.chain_name(round), action="stage.opened", subject=str(stage))
    assert entry.detail["planned"][:16] == str(planned)[:16]
    asked = [task.url for agenda in login(office.lina).get("/").context["agendas"] for task in agenda.tasks]
    assert asked == [f"/periode/{round.pk}/penilaian/tim/"]


def test_a_stage_on_time_keeps_its_date_and_nothing_is_said(office, settled, login):
    begins = timezone.now() - timedelta(hours=1)
    settled.stages.filter(code="tim").update(opens_at=begins)
    round = cast.again(settled)
    page = login(office.kartika).get(f"/periode/{round.pk}/lanjut/")
    assert [item for item in page.context["items"] if "begins now" in item] == []

    assert services.advance(round, by=office.kartika).stages.get(code="tim").opens_at == begins


def test_the_plan_of_the_next_round_begins_a_stage_after_the_one_before(office, settled):
    now = timezone.now()
    settled.stages.filter(code="usulan").update(opens_at=now - timedelta(1), closes_at=now + timedelta(2))
    round = cast.again(services.advance(settled, by=office.kartika))

    plan = cloning.schedule_of(round)
    assert plan["tim"] == (plan["usulan"][1], round.stage_list[1].closes_at)


def test_what_has_a_button_on_the_page_of_the_round_is_not_asked_twice(office, settled, login):
    client = login(office.kartika)
    asked = [task.url for agenda in client.get("/").context["agendas"] for task in agenda.tasks]

    page = client.get(f"/periode/{settled.pk}/")

    assert asked == [f"/periode/{settled.pk}/lanjut/"]
    assert (page.context["tasks"], page.content.decode().count(f'href="{asked[0]}"')) == ([], 1)
