"""A new draft like an earlier round: what goes along, what does not, and that it is shown first."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from anas.refused import Refused
from anas.rounds import audit, cloning, services
from anas.rounds import scheme as schemes
from anas.rounds.models import AuditEntry, Round
from anas.rounds.scheme_changes import changes
from nominations.models import Proposal
from tests import cast
from tests.schemes import anas_with


@pytest.fixture
def round(office):
    """Announced, about the fourth quarter; Maya has left since, and Kartika has sat in the team."""
    round = cast.play(office, to="announced")
    round.members.filter(employee=office.nurul).update(employee=office.kartika)
    Round.objects.update(period_from=date(2026, 10, 1), period_until=date(2026, 12, 31))
    office.maya.is_active = False
    office.maya.save()
    return cast.again(round)


def test_a_draft_is_made_of_what_was_shown_and_of_nothing_else(office, round, login):
    client, path = login(office.kartika), f"/periode/{round.pk}/salin/"
    before = AuditEntry.objects.count()

    page = client.get(path)
    copy, day = page.context["copy"], page.context["form"].initial["first_day"]
    assert [(member.employee, reason) for member, reason in copy.left_out] == [
        (office.kartika, "Nobody can give himself a role."),
        (office.maya, "Maya Indah is no longer in service."),
    ]
    assert (page.context["form"].initial["name"], copy.changes) == ("Triwulan I 2027", [])
    assert copy.period == (date(2027, 1, 1), date(2027, 3, 31))
    later = day + timedelta(7)
    shown = client.post(path, {"name": "Triwulan I 2027", "first_day": later.isoformat()})
    assert shown.context["copy"].stages[0]["opens_at"].date() == later
    assert (Round.objects.count(), AuditEntry.objects.count()) == (1, before)

    made = client.post(path, {"name": "Triwulan I 2027", "first_day": day.isoformat(), "make": "1"})
    new = Round.objects.get(name="Triwulan I 2027")
    assert made.headers["Location"] == new.get_absolute_url()
    assert (new.state, new.scope, new.frozen_scheme) == ("draft", round.scope, round.frozen_scheme)
    assert {(member.employee, member.role) for member in new.members.all()} == {
        (office.lina, "chair"),
        (office.wulan, "witness"),
    }
    moved = [(stage.opens_at - old.opens_at) for stage, old in zip(new.stage_list, round.stage_list, strict=True)]
    assert len(set(moved)) == 1
    assert (timezone.localtime(new.stage_list[0].opens_at).date(), new.period) == (day, copy.period)
    assert Proposal.objects.filter(stage__round=new).count() == 0
    first = AuditEntry.objects.get(chain__name=audit.chain_name(new), number=1)
    assert first.detail == {"copied_from": str(round), "copied_round": round.pk}


@pytest.mark.parametrize("day", ["2020-01-01", "9999-12-31", "", "besok"])
def test_a_day_that_cannot_be_is_said_at_its_field_and_nothing_is_made(office, round, login, day):
    typed = {"name": "Sendiri", "first_day": day, "make": "1"}

    page = login(office.kartika).post(f"/periode/{round.pk}/salin/", typed)

    assert list(page.context["form"].errors) == ["first_day"]
    assert (page.context["copy"], b"Sendiri" in page.content, Round.objects.count()) == (None, True, 1)


def test_a_round_without_dates_asks_for_no_day(office, login):
    round = cast.draft(office)
    services.set_schedule(round, schedule={}, by=office.kartika)

    page = login(office.kartika).post(f"/periode/{round.pk}/salin/", {"name": "Tanpa tanggal", "make": "1"})

    new = Round.objects.get(name="Tanpa tanggal")
    assert (page.status_code, [stage.opens_at for stage in new.stage_list]) == (302, [None] * 4)


def test_the_rules_are_those_of_today_and_what_changed_is_said(office):
    """Also where the earlier round was cancelled."""
    classifications = schemes.as_data(schemes.preset("anas"))["classifications"][:-1]
    old = anas_with(quorum="50.00", classifications=classifications)
    round = cast.draft(office, old)
    services.cancel(round, reason="Salah aturan.", by=office.kartika)
    round = cast.again(round)

    copy = cloning.plan(round, first_day=None, by=office.kartika)
    new = cloning.clone(round, name="Ulangan", first_day=None, by=office.kartika)

    assert copy.changes == ["quorum: 50.00 → –", "classification “Tenaga Non-ASN”: new"]
    assert new.frozen_scheme == schemes.freeze(schemes.preset("anas"))


def test_each_change_of_a_scheme_has_a_sentence():
    old = schemes.preset("anas")
    data = schemes.as_data(old)
    data["stages"][1] |= {"weight": "20.00", "advance": 3}
    data["stages"][2]["weight"] = "60.00"
    data["classifications"] = data["classifications"][::-1]
    data["tie_break"] = ["tim"]
    data["eligibility"] = {"no_penalty": True}
    data["stages"][0]["quota"] = 2

    assert changes(old, schemes.parse(data)) == [
        "order that breaks ties: Polling pegawai, Penilaian tim, Penilaian kepala, Usulan bidang → Penilaian tim",
        "who can be proposed: – → Has had no discipline penalty in the period.",
        "classification: another order",
        "stage “Usulan bidang”: people for each unit and classification: 1 → 2",
        "stage “Penilaian tim”: weight: 30.00 → 20.00",
        "stage “Penilaian tim”: how many go on: 2 → 3",
        "stage “Polling pegawai”: weight: 50.00 → 60.00",
    ]
    assert changes(old, old) == []


def test_only_the_committee_makes_a_copy(office):
    round = cast.draft(office)

    with pytest.raises(Refused, match="Only the committee can do this."):
        cloning.clone(round, name="Lain", first_day=None, by=office.hadi)


def test_the_list_offers_it_to_the_committee(office, login):
    round = cast.play(office, to="usulan")
    address = f'href="/periode/{round.pk}/salin/"'.encode()

    assert address in login(office.kartika).get("/periode/").content
    assert address not in login(office.lina).get("/periode/").content
