"""Which act can be done in which state: every act is tried in every state of a round."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from anas.refused import Refused
from anas.rounds import rules, services
from anas.rounds.models import Member
from tests import cast

# "polling" has closed, uncounted and counted between it and "kepala"; they have tests of their own in tests/voting.
STATES = [
    "draft",
    "usulan",
    "tim",
    "polling",
    "kepala",
    "closed",
    "result",
    "approved",
    "decreed",
    "announced",
    "cancelled",
]

ACTS = {
    "open_round": lambda office, round: services.open_round(round, by=office.kartika),
    "set_schedule": lambda office, round: services.set_schedule(round, schedule={}, by=office.kartika),
    "set_member": lambda office, round: services.set_member(
        round, employee=office.ratna, role=rules.WITNESS, by=office.kartika
    ),
    "remove_member": lambda office, round: services.remove_member(
        round, member=Member.objects.get(employee=office.maya), by=office.kartika
    ),
    "close_stage": lambda office, round: services.close_stage(round, by=closer(office, round)),
    "advance": lambda office, round: services.advance(round, by=office.kartika),
    "extend_stage": lambda office, round: services.extend_stage(
        round.current_stage or round.stage_list[-1],
        closes_at=timezone.now() + timedelta(days=30),
        reason="Banyak yang dinas luar.",
        by=office.kartika,
    ),
    "reopen_stage": lambda office, round: services.reopen_stage(round, reason="Salah input.", by=closer(office, round)),
    "approve": lambda office, round: services.approve(round, by=office.hadi),
    "send_back": lambda office, round: services.send_back(round, reason="Periksa lagi.", by=office.hadi),
    "decree": lambda office, round: services.decree(round, by=office.kartika, number="1"),
    "announce": lambda office, round: services.announce(round, by=office.kartika),
    "cancel": lambda office, round: services.cancel(round, reason="Ditunda.", by=office.kartika),
}

ALLOWED = {
    "draft": {"open_round", "set_schedule", "set_member", "remove_member", "cancel", "extend_stage"},
    "usulan": {"set_member", "remove_member", "extend_stage", "cancel"},
    "tim": {"extend_stage", "cancel"},
    "polling": {"close_stage", "extend_stage", "cancel"},
    "kepala": {"extend_stage", "cancel"},
    "closed": {"advance", "reopen_stage", "cancel"},
    "result": {"approve", "send_back", "cancel"},
    "approved": {"decree", "cancel"},
    "decreed": {"announce"},
    "announced": set(),
    "cancelled": set(),
}


def closer(office, round):
    kind = round.current_stage.kind if round.current_stage else "proposal"
    return {"panel": office.lina, "head": office.hadi}.get(kind, office.kartika)


@pytest.mark.parametrize("state", STATES)
def test_an_act_is_refused_in_every_state_but_its_own(office, state):
    if state == "cancelled":
        round = services.cancel(cast.play(office, to="usulan"), reason="Ditunda.", by=office.kartika)
    else:
        round = cast.play(office, to=state)
    done = set()
    for name, act in ACTS.items():
        if _works(office, cast.again(round), act):
            done.add(name)

    assert done == ALLOWED[state]


def _works(office, round, act) -> bool:
    """Whether the act goes through; it is taken back either way."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                act(office, round)
        except Refused as refused:
            assert all(refused.reasons), "a refusal says why"
            return False
        transaction.set_rollback(True)
    return True


@pytest.mark.parametrize(
    ("act", "who"),
    [
        ("open_round", "committee"),
        ("set_schedule", "committee"),
        ("set_member", "committee"),
        ("cancel", "committee"),
    ],
)
def test_only_the_committee_prepares_a_round(office, act, who):
    round = cast.draft(office)
    for name in ("siti", "lina", "hadi", "wulan", "ratna"):
        office.people["kartika"] = getattr(office, name)
        with pytest.raises(Refused, match="Hanya panitia|Only the committee"):
            ACTS[act](office, cast.again(round))


def test_the_chair_closes_the_assessment_and_not_the_committee(office):
    round = cast.play(office, to="tim")
    cast.assess_all(office, round)

    with pytest.raises(Refused):
        services.close_stage(cast.again(round), by=office.kartika)
    services.close_stage(cast.again(round), by=office.lina)

    assert cast.again(round).current_stage.is_settled


def test_nobody_gives_himself_a_role(office):
    round = cast.draft(office)

    with pytest.raises(Refused):
        services.set_member(round, employee=office.kartika, role=rules.ASSESSOR, by=office.kartika)

    assert not round.members.filter(employee=office.kartika).exists()


def test_a_round_whose_rules_were_changed_behind_its_back_goes_nowhere(office):
    round = cast.play(office, to="usulan")
    round.frozen_scheme = round.frozen_scheme.replace('"weight":"50.00"', '"weight":"40.00"')
    round.save()

    with pytest.raises(Refused):
        services.cancel(round, reason="Coba.", by=office.kartika)


def test_an_extension_needs_a_reason_and_a_later_day(office):
    round = cast.play(office, to="usulan")
    stage = round.current_stage

    for closes_at, reason in ((stage.closes_at + timedelta(days=1), "  "), (stage.closes_at, "Ada libur.")):
        with pytest.raises(Refused):
            services.extend_stage(stage, closes_at=closes_at, reason=reason, by=office.kartika)

    services.extend_stage(stage, closes_at=stage.closes_at + timedelta(days=1), reason="Ada libur.", by=office.kartika)
    assert cast.again(round).current_stage.closes_at == stage.closes_at + timedelta(days=1)


def test_a_result_that_was_sent_back_can_be_combined_again(office):
    round = cast.play(office, to="result")

    services.send_back(round, reason="Nilai kepala belum lengkap.", by=office.hadi)
    round = cast.again(round)
    assert (round.state, round.current_stage.state, round.standings.count()) == ("running", "open", 0)

    services.close_stage(round, by=office.hadi)
    services.advance(cast.again(round), by=office.kartika)
    assert cast.again(round).standings.count() == 6
