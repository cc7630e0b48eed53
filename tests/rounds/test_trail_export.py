"""The audit trail as a file: what the page shows, all of it, and nothing that a spreadsheet would run."""

import csv
import json
from io import StringIO

import pytest

from anas.rounds import audit
from anas.rounds.models import AuditEntry
from tests import cast


@pytest.fixture
def round(office):
    return cast.play(office, to="tim")


def download(client, round, **how) -> list[list[str]]:
    answer = client.get(f"/periode/{round.pk}/audit/unduh/", how)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_every_entry_is_in_the_file_with_its_details(office, round, login):
    head, *lines = download(login(office.wulan), round)
    trail = list(AuditEntry.objects.filter(chain__name=audit.chain_name(round)).order_by("number"))

    assert head[:5] == ["No.", "When", "Who", "Role", "What"]
    assert [line[0] for line in lines] == [str(entry.number) for entry in trail]
    assert [line[-2:] for line in lines] == [[entry.hash, entry.previous] for entry in trail]
    assert [json.loads(line[6] or "{}") for line in lines] == [entry.detail for entry in trail]
    assert lines[0][2:6] == ["Kartika Sari", "committee", "prepared the round", "ANAS NAN BAIK HATI Triwulan IV 2026"]


def test_the_filter_of_the_page_is_that_of_the_file(office, round, login):
    client = login(office.wulan)
    page = client.get(f"/periode/{round.pk}/audit/", {"action": "member.set"})
    (address,) = [part.split('"')[0] for part in page.content.decode().split('href="') if "audit/unduh/" in part[:40]]

    assert address == f"/periode/{round.pk}/audit/unduh/?action=member.set"
    _head, *lines = download(client, round, action="member.set")
    assert [line[4] for line in lines] == ["gave a role in the round"] * 4
    assert len(download(client, round, action="nonsense")) == len(download(client, round))


def test_no_cell_is_taken_for_a_formula(office, round, login):
    audit.record(round, by=office.kartika, action="unit.changed", subject='=HYPERLINK("http://x")', reason="+1")

    line = download(login(office.wulan), round)[-1]

    assert line[5] == """'=HYPERLINK("http://x")"""
    assert [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_queries_does_not_grow(office, round, login, django_assert_num_queries, more):
    for _entry in range(more):
        audit.record(round, by=office.kartika, action="unit.changed")
    client = login(office.wulan)

    with django_assert_num_queries(9):
        client.get(f"/periode/{round.pk}/audit/unduh/")
