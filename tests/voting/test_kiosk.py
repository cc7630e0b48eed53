"""Voting at the office's computer with a voter card."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import services as rounds
from tests import cast
from tests.nominations.helpers import picture
from voting import cards
from voting.models import Envelope, Voter, VoterCard

FIELDS = {"pilihan-eselon4": "-", "pilihan-pns": "-", "pilihan-nonasn": "-"}


@pytest.fixture
def poll(round):
    return round.stage_of_kind("poll").poll


def card_of(poll, person, by):
    return cards.issue(poll, employee=person, by=by)[0]


def test_a_card_opens_one_ballot_and_the_vote_counts(office, client, round, poll):
    card = card_of(poll, office.ratna, office.kartika)
    path = f"/periode/{round.pk}/suara/"

    page = client.post(f"{path}kios/", {"code": card.shown.lower()}, follow=True)
    assert page.templates[0].name == "voting/ballot.html"
    nonce = client.post(path, FIELDS).context["nonce"]
    page = client.post(path, {**FIELDS, "nonce": nonce, "cast": "1"}, follow=True)

    assert page.context["receipt"].code
    assert Voter.objects.get(employee=office.ratna).has_voted


def test_nothing_says_when_somebody_came_to_vote(office, client, round, poll):
    """The next person at the kiosk, or the close, ends what the session says."""
    client.post(f"/periode/{round.pk}/suara/kios/", {"code": card_of(poll, office.ratna, office.kartika).code})
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    rounds.close_stage(cast.again(round), by=cast.fresh(office.kartika))

    assert not Employee.objects.exclude(last_login=None).exists()
    assert not Session.objects.exists()


def test_a_card_works_once(office, client, round, poll):
    card = card_of(poll, office.ratna, office.kartika)
    cast.vote(office, round, office.ratna)

    page = client.post(f"/periode/{round.pk}/suara/kios/", {"code": card.code})

    assert page.context["error"] and "_auth_user_id" not in client.session
    assert Envelope.objects.count() == 1


def test_who_came_with_a_card_sees_nothing_but_the_ballot(office, client, round, poll):
    card = card_of(poll, office.kartika, office.kartika)
    client.post(f"/periode/{round.pk}/suara/kios/", {"code": card.code})

    for path in ("/", "/periode/", f"/periode/{round.pk}/", f"/periode/{round.pk}/audit/", "/pegawai/", "/admin/"):
        assert client.get(path).headers["Location"] == f"/periode/{round.pk}/suara/"


def test_the_ballot_at_the_kiosk_is_the_own_one_with_its_faces(office, client, login, round, poll):
    """The same order as on the own phone; and the receipt is printed there, never left behind as a picture."""
    finalist = cast.finalist(round, "Ayu Lestari")
    finalist.photo.save("ayu.jpg", picture("a.jpg"))
    path, places = f"/periode/{round.pk}/suara/", r'type="radio" name="pilihan-\w+" value="(\d+)"'
    own = re.findall(places, login(office.ratna).get(path).content.decode())
    client.logout()

    client.post(f"{path}kios/", {"code": card_of(poll, office.ratna, office.kartika).code})
    here = client.get(path).content.decode()
    nonce = client.post(path, FIELDS).context["nonce"]
    receipt = client.post(path, {**FIELDS, "nonce": nonce, "cast": "1"}, follow=True).content.decode()

    assert re.findall(places, here) == own
    assert client.get(finalist.photo_url).status_code == 200
    assert ("data-print" in receipt, "data-save-receipt" in receipt) == (True, False)


def test_the_next_person_starts_afresh(office, client, round, poll):
    card = card_of(poll, office.ratna, office.kartika)
    client.post(f"/periode/{round.pk}/suara/kios/", {"code": card.code})

    client.get(f"/periode/{round.pk}/suara/kios/")

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("code", ["0000-0000-0000", "x", "\x00", "9" * 5000, "é"])
def test_a_wrong_code_is_refused_in_words(client, round, code):
    page = client.post(f"/periode/{round.pk}/suara/kios/", {"code": code})

    assert page.status_code == 200 and page.context["error"]


def test_a_new_card_ends_the_old_one(office, round, poll):
    old = card_of(poll, office.ratna, office.kartika)
    new = card_of(poll, office.ratna, office.kartika)

    with pytest.raises(Refused):
        cards.voter_of(poll, old.code)
    assert cards.voter_of(poll, new.code) == office.ratna


def test_cards_expire_with_the_close(office, round, poll):
    card = card_of(poll, office.ratna, office.kartika)
    rounds.close_stage(cast.again(round), by=office.kartika)

    with pytest.raises(Refused):
        cards.voter_of(poll, card.code)


def test_cards_are_for_those_who_have_not_voted_and_for_one_unit_if_wanted(office, round, poll):
    cast.vote(office, round, office.budi)

    names = {card.employee.name for card in cards.issue(poll, unit=office.units["perizinan"], by=office.kartika)}

    assert names == {"Bambang Susilo", "Bayu Pratama", "Bunga Citra"}


def test_only_the_committee_issues_cards_and_no_code_is_kept(office, round, poll):
    for name in ("hadi", "lina", "wulan", "ratna", "siti"):
        with pytest.raises(Refused):
            cards.issue(poll, by=getattr(office, name))
    made = cards.issue(poll, by=office.kartika)

    assert not VoterCard.objects.filter(code_hash__in=[card.code for card in made]).exists()
