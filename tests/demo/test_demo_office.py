"""The demo office is data: here it is read as the application would read it."""

from collections import Counter
from datetime import date

from anas.demo import making, office, roles
from anas.people import numbers
from anas.people.models import Employee, Unit
from anas.people.ranks import CONTRACT_GRADES, RANKS

TODAY = date(2026, 11, 20)


def test_every_number_is_unique_and_has_the_right_shape():
    people = office.people().values()

    assert [fault for person in people for fault in numbers.faults(person.number, person.status, TODAY)] == []
    assert [doubt for person in people for doubt in numbers.doubts(person.number, person.status)] == []
    assert len({person.number for person in people}) == len(people) == 88


def test_the_people_are_of_every_kind_in_believable_numbers():
    people = [person for person in office.people().values() if person.unit != "inspektorat"]

    assert len(people) == 86
    assert Counter(person.classification for person in people) == {"pns": 35, "nonasn": 30, "": 12, "eselon4": 9}
    assert {person.status for person in people} == {"pns", "cpns", "pppk", "non-asn"}


def test_every_unit_has_several_people_in_every_classification():
    counts = Counter((person.unit, person.classification) for person in office.people().values())

    assert min(counts[place.code, c] for place in office.PLACES[2:6] for c in ("eselon4", "pns", "nonasn")) == 2


def test_grades_are_those_of_the_status():
    for person in office.people().values():
        allowed = {"pppk": CONTRACT_GRADES, "non-asn": [""]}.get(person.status, RANKS)
        assert person.grade in allowed, person.name


def test_heads_team_committee_and_witness_stand_beside_the_candidates():
    named = [place.head for place in office.PLACES if place.head]
    named += [office.COMMITTEE, office.WITNESS, office.CHAIR, *office.TEAM]

    assert len(set(named)) == 6 + 7
    assert {office.people()[name].classification for name in named} == {""}


def test_the_office_stands_in_the_database_with_heads_and_a_committee(db):
    making.create()

    dinas = Unit.objects.get(code="dpmptsp")
    assert Employee.objects.below(dinas).count() == 86
    assert {unit.head.name for unit in dinas.children.all()} == {place.head for place in office.PLACES[2:6]}
    assert making.called(office.COMMITTEE).committee_paths == ["/kota-batu-demo/dpmptsp/"]
    assert making.called(office.EMPLOYEE).check_password(office.PASSWORD)
    assert making.called(office.HEAD).rank_and_grade == "Pembina Utama Muda, IV/c"


def test_the_login_page_offers_every_role_and_everybody(client, settings, db, django_assert_num_queries):
    settings.DEMO = True
    making.create()
    with django_assert_num_queries(3):  # the office at the head, one person per role, everybody
        response = client.get("/masuk/")

    page = response.content.decode()
    assert [person.number in page for person in roles.people()] == [True] * 7
    assert page.count("<option ") == roles.everybody().count() > 80


def test_the_login_page_offers_nobody_outside_of_the_demo(client, db):
    making.create()

    assert office.people()[office.HEAD].number not in client.get("/masuk/").content.decode()
