import pytest
from django.contrib.auth.models import AnonymousUser

from anas.documents import context
from anas.documents.models import Crest, Letterhead
from anas.people.models import CommitteeSeat, Employee, Unit


@pytest.fixture
def at_the_head(rf, django_assert_num_queries):
    """What stands at the head of this person's pages, in one query."""

    def of(user) -> tuple[str, str]:
        request = rf.get("/")
        request.user = user if user.is_anonymous else Employee.objects.get(pk=user.pk)
        with django_assert_num_queries(1):
            office = context.office(request)["office"]
            return (office.name, office.government) if office else None

    return of


def test_somebody_in_a_unit_sees_the_office_above_it(office, at_the_head):
    assert at_the_head(office.budi) == ("DPMPTSP", "Pemerintah Kota Batu")


def test_somebody_of_the_office_itself_sees_the_office(office, at_the_head):
    assert at_the_head(office.hadi) == ("DPMPTSP", "Pemerintah Kota Batu")


def test_somebody_of_the_root_sees_the_root(office, at_the_head):
    Employee.objects.filter(pk=office.budi.pk).update(unit=office.government)

    assert at_the_head(office.budi) == ("Pemerintah Kota Batu", "")


def test_somebody_without_a_unit_sees_no_office(db, at_the_head):
    assert at_the_head(Employee.objects.create(number="1", name="Administrator")) is None


def test_visitors_see_the_one_office_that_has_a_committee(office, at_the_head):
    assert at_the_head(AnonymousUser()) == ("DPMPTSP", "Pemerintah Kota Batu")


def test_visitors_see_no_office_where_there_are_several(office, at_the_head):
    CommitteeSeat.objects.create(unit=Unit.objects.get(code="dinkes"), employee=office.oki)

    assert at_the_head(AnonymousUser()) is None


def test_a_page_that_does_not_show_the_office_asks_for_nothing(office, rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = office.budi
    with django_assert_num_queries(0):
        context.office(request)


def test_the_crest_of_the_office_or_the_nearest_above_stands_there_too(office, rf, django_assert_num_queries):
    digests = {unit.code: str(place) * 64 for place, unit in enumerate([office.government, office.unit])}

    def crest_of(user) -> str | None:
        request = rf.get("/")
        request.user = user
        with django_assert_num_queries(1):
            return context.office(request)["office"].crest_url

    assert crest_of(office.budi) is None
    for unit in (office.government, office.unit):
        crest = Crest.objects.create(digest=digests[unit.code], png=b"x")
        Letterhead.objects.create(unit=unit, crest=crest)
        for user in (Employee.objects.get(pk=office.budi.pk), AnonymousUser()):
            assert crest_of(user) == f"/lambang/{crest.digest}/"
