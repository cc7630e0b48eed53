"""Who takes the audit bundle away, and when."""

import hashlib

import pytest
from django.urls import reverse

from anas.rounds import audit
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry
from tests import cast
from tests.scoring.bundles import unpacked


@pytest.fixture
def round(office):
    return cast.play(office, to="result")


def address(round) -> str:
    return reverse("scoring:bundle", args=[round.pk])


def test_those_who_may_read_everything_take_it_away(office, round, login):
    for person in (office.kartika, office.lina, office.hadi, office.wulan):
        response = login(person).get(address(round))

        assert (person.name, response.status_code) == (person.name, 200)
        assert response["Content-Type"] == "application/zip"
        name = "audit-anas-nan-baik-hati-triwulan-iv-2026.zip"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "people.json" in unpacked(response.content)


def test_nobody_else_gets_it(office, round, login):
    others = (office.maya, office.siti, office.ratna, office.oki)

    assert {person.name: login(person).get(address(round)).status_code for person in others} == dict.fromkeys(
        (person.name for person in others), 404
    )
    assert not AuditEntry.objects.filter(action="bundle.downloaded").exists()


def test_the_variant_without_names_is_asked_for_in_the_address(office, round, login):
    response = login(office.wulan).get(address(round), {"nama": "0"})

    assert "tanpa-nama" in response["Content-Disposition"]
    assert "people.json" not in unpacked(response.content)


def test_the_trail_says_who_took_which_bundle(office, round, login):
    files = unpacked(login(office.wulan).get(address(round), {"nama": "0"}).content)

    entry = AuditEntry.objects.get(action="bundle.downloaded")
    assert entry.actor == office.wulan
    assert entry.subject == f"SHA-256 {hashlib.sha256(files['manifest.json']).hexdigest()}"
    assert entry.detail == {"names": False}
    assert list(audit.faults(round)) == []


def test_there_is_none_before_the_result(office, login):
    round = cast.play(office, to="closed")

    assert login(office.wulan).get(address(round)).status_code == 404
    assert address(round) not in login(office.wulan).get(reverse("rounds:audit", args=[round.pk])).content.decode()


def test_there_is_none_while_the_head_scores_again(office, round, login):
    rounds.send_back(round, reason="Salah ketik.", by=cast.fresh(office.hadi))

    assert login(office.wulan).get(address(round)).status_code == 404


def test_only_get_takes_it(office, round, login):
    assert login(office.wulan).post(address(round)).status_code == 405
    assert login(office.wulan).head(address(round)).status_code == 405


def test_the_page_of_the_trail_leads_to_it(office, round, login):
    page = login(office.wulan).get(reverse("rounds:audit", args=[round.pk])).content.decode()

    assert f'href="{address(round)}"' in page
    assert f'href="{address(round)}?nama=0"' in page
