"""The ballot that is printed once for many voters: as if it were rendered for each, and never out of date."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from anas.people.models import Employee
from anas.rounds import services as rounds
from anas.rounds.people import services as people
from nominations.models import Nominee
from tests import cast
from voting import printed


@pytest.fixture
def path(round):
    printed._print.cache_clear()
    return f"/periode/{round.pk}/suara/"


def text(response) -> str:
    """The page without its token, which is another one each time, and without the blanks between its lines."""
    html = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", response.content.decode())
    return re.sub(r"\s*\n\s*", "\n", html)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_print_is_the_page_that_would_be_rendered(office, login, client, path, language, monkeypatch):
    client.cookies["django_language"] = language
    voters = [office.ratna, office.siti, office.kartika, office.hadi]
    prints = [text(login(voter).get(path)) for voter in voters + voters]

    monkeypatch.setattr(printed, "ballot", lambda request, round_pk: None)

    assert prints == [text(login(voter).get(path)) for voter in voters + voters]
    assert len(set(prints)) == len(voters)


def test_a_print_holds_nothing_of_the_voter_for_whom_it_was_made(office, login, client, path):
    first = login(office.ratna).get(path).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)', first)[1]
    client.cookies.clear()

    second = login(office.siti).get(path).content.decode()

    assert printed._print.cache_info().hits == 1
    assert "Ratna" in first and "Ratna" not in second and token not in second


def test_a_name_cannot_break_the_page(office, login, path):
    login(office.siti).get(path)
    Employee.objects.filter(pk=office.ratna.pk).update(name="<b>Ratna")

    assert "<b>Ratna" not in login(office.ratna).get(path).content.decode()


def test_a_ballot_that_is_printed_takes_five_queries(office, login, path):
    """Session, user, roll with poll, committee, the ends of the audit trails."""
    login(office.siti).get(path)
    client = login(office.ratna)

    with CaptureQueriesContext(connection) as captured:
        client.get(path)

    assert len(captured) == 5


def rename_a_finalist(office, round):
    finalist = cast.finalist(round, "Ayu Lestari").employee
    people.change_employee(finalist, by=office.kartika, name="Ayu Lestari Baru")
    return "Ayu Lestari Baru"


def rename_the_office(office, round):
    unit = {"head": office.hadi, "head_title": office.unit.head_title, "position": 0}
    people.change_unit(office.unit, name="Dinas Baru", by=office.kartika, **unit)
    return "Dinas Baru"


def extend_the_poll(office, round):
    later = timezone.now() + timedelta(days=40)
    rounds.extend_stage(round.stage_of_kind("poll"), closes_at=later, reason="Banyak dinas luar.", by=office.kartika)
    return timezone.localtime(later).isoformat()


@pytest.mark.parametrize("act", [rename_a_finalist, rename_the_office, extend_the_poll])
def test_what_is_done_meanwhile_is_on_the_next_ballot(office, login, path, round, act):
    before = text(login(office.ratna).get(path))

    new = act(office, round)

    assert new not in before
    assert new in text(login(office.ratna).get(path))


def test_a_change_past_the_application_is_on_the_ballot_after_a_minute(office, login, path, monkeypatch):
    login(office.ratna).get(path)
    Nominee.objects.update(reason="Selalu ada di loket.")

    assert "Selalu ada" not in text(login(office.ratna).get(path))
    now = printed.time.monotonic()
    monkeypatch.setattr(printed.time, "monotonic", lambda: now + printed.SECONDS)
    assert "Selalu ada" in text(login(office.ratna).get(path))


def test_a_message_stands_on_the_ballot_once(office, login, path):
    office.ratna.set_password(cast.PASSWORD)
    office.ratna.save()
    client = login(office.ratna)
    client.get(path)
    new = {"new_password1": "lebih-panjang-lagi", "new_password2": "lebih-panjang-lagi"}
    client.post(reverse("people:password_change"), {"old_password": cast.PASSWORD, **new})

    assert "Your new password holds" in text(client.get(path))
    assert "Your new password holds" not in text(client.get(path))
