"""Voters do what they like in any order, through the pages; the box stays sound after each step."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from anas.rounds import services as rounds
from tests import cast
from voting import receipts, sealing
from voting.models import Envelope, Voter

OUTSIDER = "oki"
PEOPLE = ["ratna", "siti", OUTSIDER]
people = st.sampled_from(["ratna", "ratna", "ratna", "siti", "siti", OUTSIDER])  # few, who do much
CODES = ["eselon4", "pns", "nonasn"]


class Poll(RuleBasedStateMachine):
    """Each person has a browser of his own. `forms`: what came to whose check page. `receipts`: of whom a vote is in
    the box, with what he was told."""

    office: cast.Office
    round: cast.Round

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()  # all that an example does is taken back at its end
        self.example.__enter__()
        self.path = f"/periode/{self.round.pk}/suara/"
        self.browsers = {name: Client() for name in PEOPLE}
        self.logged_in: set[str] = set()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.voted_with: dict[str, dict[str, str]] = {}
        self.receipts: dict[str, str] = {}
        self.is_open = True
        for name in PEOPLE:
            self.log_in(name)

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @precondition(lambda self: len(self.logged_in) < len(PEOPLE))
    @rule(name=people)
    def log_in(self, name):
        number = getattr(self.office, name).number
        self.browsers[name].post("/masuk/", {"username": number, "password": cast.PASSWORD})
        self.logged_in.add(name)

    @rule(name=people)
    def log_out(self, name):
        self.browsers[name].post("/keluar/")
        self.logged_in.discard(name)

    @rule(name=people, places=st.lists(st.integers(0, 2), min_size=3, max_size=3))
    def choose(self, name, places):
        """0: an abstention; else the first or the second finalist."""
        contests = self.round.stage_of_kind("poll").poll.contests
        chosen = {
            f"pilihan-{code}": str(["-", *contests[code]][place]) for code, place in zip(CODES, places, strict=True)
        }
        answer = self.browsers[name].post(self.path, chosen)
        if answer.context and "nonce" in answer.context:
            assert name in self.logged_in
            self.forms.append((name, {**chosen, "nonce": answer.context["nonce"], "cast": "1"}))

    @precondition(lambda self: self.forms)
    @rule(name=people, number=st.integers(0, 20))
    def send(self, name, number):
        """Any form that there is: an own one, for the first time or again, or somebody else's."""
        owner, form = self.forms[-1 - number % len(self.forms)]
        is_refused = name in self.logged_in and (name != owner or not (self.is_open or name in self.voted_with))
        answer = self.browsers[name].post(self.path, form, follow=True)
        assert answer.status_code == (
            404 if name == OUTSIDER and name in self.logged_in else 409 if is_refused else 200
        )
        if name == owner and name in self.logged_in and name != OUTSIDER and self.is_open:
            self.voted_with.setdefault(name, form)
            self._shows_receipt(name, answer)

    @rule(name=people)
    def look(self, name):
        answer = self.browsers[name].get(self.path, follow=True)
        assert answer.status_code == (404 if name == OUTSIDER and name in self.logged_in else 200)
        if name in self.logged_in and name in self.voted_with:
            self._shows_receipt(name, answer)

    def _shows_receipt(self, name, answer):
        """The same one each time. None where the browser has opened another form since: it knows the last one only."""
        assert "Your vote is in the box" in answer.content.decode()
        if receipt := answer.context["receipt"]:
            assert self.receipts.setdefault(name, receipt.code) == receipt.code

    @precondition(lambda self: self.is_open and len(self.forms) > 4)
    @rule()
    def close(self):
        rounds.close_stage(cast.again(self.round), by=cast.fresh(self.office.kartika))
        self.is_open = False

    @invariant()
    def every_vote_is_one_mark_and_one_envelope(self):
        marked = set(Voter.objects.filter(has_voted=True).values_list("employee_id", flat=True))
        hashes = [sealing.envelope_hash(bytes(sealed)) for sealed in Envelope.objects.values_list("sealed", flat=True)]
        assert marked == {getattr(self.office, name).pk for name in self.voted_with}
        assert len(hashes) == len(set(hashes)) == len(marked)
        assert set(self.receipts.values()) <= set(map(receipts.code, hashes))


@pytest.mark.django_db
def test_any_order_of_steps_keeps_voters_and_envelopes_equal(office):
    for name in PEOPLE:
        getattr(office, name).set_password(cast.PASSWORD)
        getattr(office, name).save()
    round = cast.play(office, to="polling")
    machine = type("PollOfTheOffice", (Poll,), {"office": office, "round": round})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # a failing example is short enough as it is
            suppress_health_check=list(HealthCheck),
        ),
    )
