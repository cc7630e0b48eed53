"""Who owes what, for the committee: people by name, voters in numbers alone. And the round on the wall, with nobody's
name."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from anas.people.models import Employee
from anas.rounds import scheme as schemes
from anas.rounds import services
from anas.rounds.models import Round
from nominations.models import Proposal
from scoring.models import ScoreSheet
from tests import cast
from voting.keys import KeyParts


def look(office, login, round) -> dict[str, list[tuple[str, str]]]:
    """The committee's list: who and what, by section."""
    page = login(office.kartika).get(f"/periode/{round.pk}/menunggu/")
    return {part.title: [(row.owed.who, row.owed.what) for row in part.rows] for part in page.context["sections"]}


def wall(office, login, round) -> tuple[int, int]:
    """The two numbers on the wall."""
    page = login(office.kartika).get(f"/periode/{round.pk}/layar/")
    assert page.headers["Refresh"] == "30"
    assert [person.name for person in office.people.values() if person.name in page.content.decode()] == []
    return page.context["progress"].done, page.context["progress"].total


def test_units_owe_classifications_and_are_reminded_with_one_click(office, login, django_assert_num_queries):
    Employee.objects.filter(pk=office.siti.pk).update(email="siti@example.go.id")
    round = cast.play(office, to="usulan")
    cast.propose(office, Proposal.objects.get(unit=office.units["data"]))
    Proposal.objects.get(unit=office.units["promosi"]).skips.create(classification="pns", reason="Tidak ada.")

    names = [item.name for item in round.scheme.classifications]
    assert look(office, login, round)["Usulan bidang"] == [
        ("Sekretariat", f"Not proposed yet: {', '.join(names)}."),
        ("Bidang Perizinan", f"Not proposed yet: {', '.join(names)}."),
        ("Bidang Promosi", f"Not proposed yet: {names[0]}, {names[2]}."),
    ]
    assert wall(office, login, round) == (1, 4)
    client, page = login(office.kartika), f"/periode/{round.pk}/menunggu/"
    with django_assert_num_queries(16):
        first, *others = client.get(page).context["sections"][0].rows
    cast.propose(office, Proposal.objects.get(unit=office.units["perizinan"]))
    cast.propose(office, Proposal.objects.get(unit=office.units["promosi"]))
    with django_assert_num_queries(16):
        client.get(page)
    mail, *nobodys = [urlsplit(row.mail) for row in (first, *others)]
    assert (mail.scheme, mail.path, {one.path for one in nobodys}) == ("mailto", "siti@example.go.id", {""})
    assert parse_qs(mail.query)["subject"] == [str(round)]
    assert "http://testserver/" in first.text and first.text.startswith(f"*{round}*")


def test_assessors_and_the_head_owe_sheets(office, login):
    round = cast.play(office, to="tim")
    cast.assess_all(office, round)
    ScoreSheet.objects.filter(assessor=office.maya).last().delete()

    assert look(office, login, round)["Penilaian tim"] == [("Maya Indah", "1 of 12 score sheets are missing.")]
    assert wall(office, login, round) == (35, 36)


def test_of_voters_there_are_numbers_by_unit_only_where_they_tell_nobody(office, login):
    round = cast.play(office, to="polling")
    cast.vote(office, round, office.ratna)

    found = look(office, login, round)

    assert found["Polling pegawai"] == [
        ("all employees", "1 of 23 have voted."),
        ("Sekretariat", "1 of 10 have voted."),
    ]
    assert found["Documents"] == [("committee", "Not issued yet: Minutes of the assessment.")]
    assert wall(office, login, round) == (1, 23)


def test_keyholders_owe_their_parts_twice(office, login, settings, tmp_path):
    settings.KEY_DIR = tmp_path
    office.keys = KeyParts([office.wulan, office.hadi], 2)
    round = cast.play(office, to="polling")
    poll = round.stage_of_kind("poll").poll

    assert [who for who, _what in look(office, login, round)["Polling pegawai"]] == ["Wulan Sari", "Hadi Purnomo"]

    poll.shares.update(is_confirmed=True)
    type(poll).objects.update(is_started=True)
    services.close_stage(cast.again(round), by=office.kartika)
    poll.shares.filter(keyholder=office.hadi).update(is_lost=True)
    assert look(office, login, round)["Polling pegawai"] == [
        ("Wulan Sari", "Has not brought the part of the key for the count.")
    ]


def test_the_head_the_objections_and_the_papers(office, login):
    scheme = schemes.parse({**schemes.as_data(schemes.preset("anas")), "objection_days": 3})
    round = cast.play(office, to="result", scheme=scheme)
    objection = round.objections.create(classification="pns", mark="x", text="Tidak adil.")
    name = round.scheme.classification("pns").name

    assert look(office, login, round)["Objections"] == [
        ("chair of the team", f"An objection in {name} has not been answered yet.")
    ]

    round.objections.update(upheld=False, answer="Sudah diperiksa.")
    Round.objects.update(objections_until=timezone.now())
    assert objection and look(office, login, round)["Next step"] == [
        ("head of the office", "The result has not been approved yet.")
    ]
    Round.objects.update(approved_at=timezone.now(), approved_by=office.hadi)
    found = look(office, login, round)
    assert found["Next step"] == [("committee", "The decree has not been issued yet.")]
    assert ("committee", "Not issued yet: The recapitulation.") in found["Documents"]


@pytest.mark.parametrize(("to", "waits"), [("draft", []), ("announced", ["Documents"])])
def test_before_and_after_the_round_the_pages_say_so(office, login, to, waits):
    round = cast.play(office, to=to)

    assert list(look(office, login, round)) == waits
    assert login(office.kartika).get(f"/periode/{round.pk}/layar/").context["progress"] is None
