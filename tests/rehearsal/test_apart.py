"""A rehearsal and a real round are never mistaken for each other."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from anas.documents import guards, numbers
from anas.documents.keeping import keep
from anas.documents.signing import services as signing
from anas.mailing.models import Notice
from anas.refused import Refused
from anas.rehearsal import services
from anas.rounds import cloning, objections
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry, Round
from tests import cast


@pytest.mark.parametrize("becomes", ["", "few", "everybody"])
def test_the_database_lets_no_round_become_the_other(real, rehearsal, becomes):
    """Tried: without the trigger of migration 0005 this is red."""
    for round in (real, rehearsal):
        if round.rehearsal == becomes:
            continue
        with pytest.raises(IntegrityError, match="stays what it is"), transaction.atomic():
            Round.objects.filter(pk=round.pk).update(rehearsal=becomes)
        with pytest.raises(IntegrityError, match="stays what it is"), transaction.atomic():
            round.rehearsal = becomes
            round.save()

    assert dict(Round.objects.values_list("pk", "rehearsal")) == {real.pk: "", rehearsal.pk: "few"}


def test_a_rehearsal_has_the_word_in_its_name(office, rehearsal):
    assert rehearsal.name == "GLADI Triwulan IV 2026"
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=rehearsal.pk).update(name="Triwulan IV 2026")


def test_its_trail_alone_can_be_deleted_and_is_never_changed(real, rehearsal):
    real_trail, its = (AuditEntry.objects.filter(chain__name=f"round-{one.pk}") for one in (real, rehearsal))
    for act in (lambda: its.update(subject="Lain"), lambda: its.update(rehearsal=None), real_trail.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE rounds_auditentry SET rehearsal = true")

    assert its.delete()[0] == 6
    assert set(real_trail.values_list("rehearsal", flat=True)) == {None}


@pytest.mark.parametrize("act", [services.play, services.remove])
def test_in_a_real_round_nobody_is_played_and_nothing_removed(office, real, act):
    """Tried: without `reason_real` both are done."""
    rounds.open_round(real, by=office.kartika)

    with pytest.raises(Refused, match="This is no rehearsal"):
        act(cast.again(real), by=office.kartika)

    assert AuditEntry.objects.filter(action__startswith="rehearsal.").count() == 0


def test_neither_is_made_from_the_other(office, rehearsal):
    with pytest.raises(Refused, match="This is a rehearsal already."):
        services.start(rehearsal, audience="few", by=office.kartika)
    with pytest.raises(Refused, match="A rehearsal cannot be made into a real round."):
        cloning.clone(rehearsal, name="Sungguh", first_day=None, by=office.kartika)


def test_only_the_committee_starts_plays_and_removes_one(office, real, rehearsal):
    acts = [
        lambda by: services.start(real, audience="few", by=by),
        lambda by: services.play(rehearsal, by=by),
        lambda by: services.remove(rehearsal, by=by),
    ]
    for act in acts:
        with pytest.raises(Refused, match="Only the committee can do this."):
            act(office.hadi)
    with pytest.raises(Refused, match="Say who takes part"):
        services.start(real, audience="", by=office.kartika)


def test_nobody_shortens_a_real_objection_period(office):
    round = cast.play(office, to="result")
    Round.objects.update(objections_until=timezone.now() + timedelta(1))

    with pytest.raises(Refused, match="Nobody shortens"):
        objections.end(cast.again(round), by=office.kartika)


def test_who_takes_part_sees_it_and_nobody_else(office, real, rehearsal):
    for_all = services.start(real, audience="everybody", by=office.kartika)
    for round in (rehearsal, for_all):
        rounds.open_round(round, by=office.kartika)
    names = ("kartika", "lina", "maya", "wulan", "siti", "hadi", "ratna", "oki")
    seen = {name: set(Round.objects.visible_to(cast.fresh(getattr(office, name)))) - {real} for name in names}

    both = {rehearsal, for_all}
    assert seen == dict.fromkeys(names[:6], both) | {"ratna": {for_all}, "oki": set()}


def test_its_papers_have_numbers_of_their_own(office, real, rehearsal):
    mark, today = f"GLADI-{rehearsal.pk}/", timezone.localdate()
    number = numbers.suggested(rehearsal, "decree", today)

    assert number == f"{mark}188/1/DPMPTSP/{today.year}"
    assert numbers.suggested(real, "decree", today) == f"188/1/DPMPTSP/{today.year}"
    assert guards.reason_bad_number(rehearsal, "decree", number) is None
    assert mark in guards.reason_bad_number(rehearsal, "decree", "188/1/2026")
    assert "Only the numbers of a rehearsal" in guards.reason_bad_number(real, "decree", "Gladi-1/188")


def test_no_paper_of_a_rehearsal_is_without_its_mark(office, real, rehearsal):
    for round, frozen in ((rehearsal, {}), (real, {"rehearsal": "GLADI"})):
        with pytest.raises(ValueError, match="bears its mark"):
            keep(round, "decree", frozen, by=office.kartika)


def test_nobody_signs_for_it_and_nobody_gets_mail(office, rehearsal, login):
    rounds.open_round(rehearsal, by=office.kartika)

    assert "worth nothing" in signing.reason_not_signatory(rehearsal, cast.fresh(office.hadi))
    assert Notice.objects.count() == 0
    assert login(office.kartika).get(f"/periode/{rehearsal.pk}/pesan/").status_code == 404


def test_a_role_in_it_throws_nobody_out_of_his_work(office, real):
    before = cast.fresh(office.lina).sessions_ended

    made = services.start(real, audience="few", by=office.kartika)
    rounds.remove_member(made, member=made.members.get(employee=office.lina), by=office.kartika)

    assert cast.fresh(office.lina).sessions_ended == before


def test_every_page_of_it_says_so(office, real, rehearsal, login):
    """Also those that only ask once more, and those that are printed in advance."""
    client, says = login(office.kartika), b'<aside class="rehearsal" aria-label="Rehearsal">'
    pages = ["", "jadwal/", "aturan/", "tim/", "buka/", "batalkan/", "audit/", "gladi/mainkan/", "gladi/hapus/"]

    assert [page for page in pages if says not in client.get(f"/periode/{rehearsal.pk}/{page}").content] == []
    assert [page for page in pages[:7] if says in client.get(f"/periode/{real.pk}/{page}").content] == []
    tasks, listed = client.get("/").content, client.get("/periode/").content
    assert [page.count(b'<span class="rehearsal-tag">rehearsal</span>') for page in (tasks, listed)] == [1, 1]
