"""Handing a proposal in, and taking it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anas.people.models import Deputy, Employee
from anas.rounds.models import AuditEntry, Round
from nominations import services
from nominations.models import Nominee
from tests import cast
from tests.nominations.helpers import again, assessed, named, pass_deadline, pdf, picture, refusal
from tests.nominations.test_naming import cast_with_quota


@pytest.fixture
def ready(office, proposal):
    """Everybody is named, nothing is handed in."""
    for name in ("budi", "bayu", "bunga"):
        named(proposal, office.people[name])
    return proposal


@pytest.fixture
def submitted(office, ready):
    return services.submit(ready, by=office.bambang)


def test_every_classification_has_a_nominee_or_a_reason(office, proposal):
    named(proposal, office.budi)
    assessed(proposal, office.bayu)
    services.skip(proposal, classification="nonasn", reason="Belum ada.", by=office.bambang)

    assert refusal(services.submit, proposal, by=office.bambang) == [
        "Bidang Perizinan: nobody has been proposed for PNS yet."
    ]


def test_a_slot_too_few_is_said_with_numbers(office, round, ready):
    Round.objects.filter(pk=round.pk).update(**cast_with_quota(round, 2))
    for code in ("eselon4", "nonasn"):
        services.skip(again(ready), classification=code, reason="Hanya satu.", by=office.bambang)

    assert refusal(services.submit, ready, by=office.bambang) == [
        "Bidang Perizinan: 1 of 2 have been proposed for PNS."
    ]


def test_a_nominee_who_was_changed_afterwards_is_looked_at_again(office, ready):
    services.assess(
        ready, employee=office.bayu, classification="pns", scores_by_criterion={}, reason="Ramah.", by=office.bambang
    )
    Employee.objects.filter(pk=office.bunga.pk).update(classification="pns")

    reasons = refusal(services.submit, ready, by=office.bambang)

    assert len(reasons) == 2
    assert reasons[0].startswith("Bayu Pratama: no score yet for Kehadiran, Kinerja")
    assert reasons[1] == "Bunga Citra does not belong to the classification Tenaga Non-ASN."


def test_a_deputy_who_is_named_does_not_hand_himself_in(office, ready):
    today = timezone.localdate()
    Deputy.objects.create(unit=ready.unit, employee=office.bayu, starts=today, ends=today + timedelta(days=1))

    assert refusal(services.submit, ready, by=cast.fresh(office.bayu)) == ["Nobody can propose himself."]


def test_the_trail_says_who_was_handed_in(office, submitted):
    entry = AuditEntry.objects.get(action="proposal.submitted")

    assert entry.detail == {
        "named": {"eselon4": ["Budi Santoso"], "pns": ["Bayu Pratama"], "nonasn": ["Bunga Citra"]},
    }
    assert (submitted.submitted_by, submitted.state) == (office.bambang, "submitted")


@pytest.mark.parametrize("name", ["citra", "kartika", "bayu", "hadi"])
def test_only_the_unit_head_hands_in_and_takes_back(office, ready, name):
    words = ["Only the head of Bidang Perizinan can propose for it."]

    assert refusal(services.submit, ready, by=office.people[name]) == words
    services.submit(ready, by=office.bambang)
    assert refusal(services.withdraw, ready, by=office.people[name]) == words


def edits(office, proposal):
    nominee = Nominee.objects.get(employee=office.bayu)
    by = office.bambang
    return {
        "assess": lambda: assessed(proposal, office.bayu),
        "name": lambda: services.name(nominee, by=by),
        "unname": lambda: services.unname(nominee, by=by),
        "discard": lambda: services.discard(nominee, by=by),
        "skip": lambda: services.skip(proposal, classification="pns", reason="x", by=by),
        "unskip": lambda: services.unskip(proposal, classification="pns", by=by),
        "photo": lambda: services.set_photo(nominee, upload=picture("a.jpg"), by=by),
        "attach": lambda: services.attach(nominee, upload=pdf(), by=by),
        "detach": lambda: services.detach(nominee.evidence.get(), by=by),
        "submit": lambda: services.submit(proposal, by=by),
    }


EDITS = ["assess", "name", "unname", "discard", "skip", "unskip", "photo", "attach", "detach", "submit"]


@pytest.mark.parametrize("edit", EDITS)
def test_a_submitted_proposal_stands(office, ready, edit):
    services.attach(Nominee.objects.get(employee=office.bayu), upload=pdf(text=b"lama"), by=office.bambang)
    services.submit(ready, by=office.bambang)

    assert refusal(edits(office, ready)[edit]) == ["The proposal of Bidang Perizinan has been submitted."]


@pytest.mark.parametrize("edit", [*EDITS, "withdraw"])
def test_after_the_deadline_nothing_can_be_changed(office, round, ready, edit):
    services.attach(Nominee.objects.get(employee=office.bayu), upload=pdf(text=b"lama"), by=office.bambang)
    acts = {**edits(office, ready), "withdraw": lambda: services.withdraw(ready, by=office.bambang)}
    pass_deadline(round)

    assert refusal(acts[edit]) == ["The deadline of Usulan bidang has passed."]


def test_what_was_taken_back_can_be_changed_again(office, submitted):
    services.withdraw(submitted, by=office.bambang)

    assert again(submitted).state == "draft"
    assert assessed(submitted, office.bayu, base=90).slot == 1


def test_only_what_was_submitted_is_taken_back(office, ready):
    assert refusal(services.withdraw, ready, by=office.bambang) == [
        "The proposal of Bidang Perizinan has not been submitted."
    ]
