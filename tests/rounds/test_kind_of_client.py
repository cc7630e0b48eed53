"""The trail says from which kind of client somebody acted: three kinds, nothing finer."""

import pytest
from django.db import DatabaseError, transaction
from django.test import RequestFactory

from anas.people import clients
from anas.rounds import audit
from anas.rounds.models import AuditChain, AuditEntry
from tests import cast
from tests.rounds.behind import behind_the_back

ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "kind"), [(ANDROID, "phone"), ("iPad; CPU OS 17", "phone"), (DESK, "computer"), ("", "computer")]
)
def test_a_client_is_known_by_what_it_says(agent, kind):
    assert clients.kind_of(RequestFactory().get("/", headers={"user-agent": agent})) == kind


def test_each_entry_says_where_it_came_from_and_nothing_finer(office, login):
    round = cast.draft(office)
    client = login(office.kartika)
    for agent in (ANDROID, DESK):
        data = {"employee": office.ratna.pk, "role": "assessor"}
        client.post(f"/periode/{round.pk}/tim/", data, headers={"user-agent": agent})
    audit.record(round, by=None, action="member.set")
    last = AuditEntry.objects.filter(chain__name=audit.chain_name(round)).order_by("-number")[:3]
    page = client.get(f"/periode/{round.pk}/audit/").content.decode()

    assert [entry.client for entry in last] == ["command", "computer", "phone"]
    assert clients.present.get() == "command"
    assert "Android" not in str(list(AuditEntry.objects.values()))
    assert ">phone<" in page and ">computer<" in page
    assert list(audit.faults(round)) == []


def test_who_acts_without_a_name_leaves_no_kind_of_client(office):
    before = clients.present.set(clients.PHONE)
    kinds = [audit.record(None, by=by, action="unit.added").client for by in (office.kartika, None)]
    clients.present.reset(before)

    assert kinds == ["phone", None]
    assert list(audit.faults(None)) == []


def test_entries_of_before_still_hold_and_a_changed_client_is_found(office):
    audit.record(None, by=office.kartika, action="unit.added")
    chain = AuditChain.objects.get(name="office")
    old = AuditEntry(
        chain=chain,
        number=chain.length + 1,
        at=AuditEntry.objects.latest("at").at,
        action="unit.added",
        previous=chain.head,
    )
    old.hash = audit.digest(old)
    old.save()
    chain.length, chain.head = old.number, old.hash
    chain.save()
    assert "client" not in audit.content(old) and list(audit.faults(None)) == []

    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.filter(pk=old.pk).update(client="phone")
    with behind_the_back():
        AuditEntry.objects.filter(pk=old.pk).update(client="phone")
    assert list(audit.faults(None)) == [f"Entry {old.number} was changed."]
