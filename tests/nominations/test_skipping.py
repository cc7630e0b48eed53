"""A classification for which a unit has nobody."""

from nominations import services
from nominations.models import Skip
from tests.nominations.helpers import named, refusal


def test_nobody_needs_a_reason(office, proposal):
    assert refusal(services.skip, proposal, classification="pns", reason=" \n", by=office.bambang) == [
        "A reason is needed."
    ]


def test_the_reason_can_be_changed(office, proposal):
    services.skip(proposal, classification="pns", reason="Belum ada.", by=office.bambang)
    services.skip(proposal, classification="pns", reason="Semua baru.", by=office.bambang)

    assert [skip.reason for skip in Skip.objects.all()] == ["Semua baru."]


def test_there_is_no_such_classification(office, proposal):
    assert refusal(services.skip, proposal, classification="dewa", reason="x", by=office.bambang) == [
        "There is no such classification."
    ]


def test_a_classification_that_has_its_nominee_is_not_skipped(office, proposal):
    named(proposal, office.bayu)

    assert refusal(services.skip, proposal, classification="pns", reason="x", by=office.bambang) == [
        "PNS already has its nominee: Bayu Pratama. Take back first whom you want to replace."
    ]


def test_another_unit_head_skips_nothing_here(office, proposal):
    assert refusal(services.skip, proposal, classification="pns", reason="x", by=office.citra) == [
        "Only the head of Bidang Perizinan can propose for it."
    ]


def test_the_unit_can_propose_somebody_after_all(office, proposal):
    services.skip(proposal, classification="pns", reason="Belum ada.", by=office.bambang)

    services.unskip(proposal, classification="pns", by=office.bambang)

    assert not Skip.objects.exists()
