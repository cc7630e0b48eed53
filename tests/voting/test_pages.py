"""Voting as an employee does it, and the box as committee, witness and employees see it."""

import re
from html import unescape

import pytest
import segno
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anas.rounds import services as rounds
from nominations.models import Nominee
from tests import cast
from tests.nominations.helpers import picture
from voting import ballots, counting, printed
from voting.models import Envelope, Poll, Voter

FIELDS = {"pilihan-eselon4": "-", "pilihan-pns": "-", "pilihan-nonasn": "-"}


@pytest.fixture
def ayu(round):
    return cast.finalist(round, "Ayu Lestari")


def send(client, path, **choices):
    """Chooses, checks and sends; answers with the last page."""
    data = {**FIELDS, **{f"pilihan-{code}": str(value) for code, value in choices.items()}}
    checked = client.post(path, data)
    return client.post(path, {**data, "nonce": checked.context["nonce"], "cast": "1"}, follow=True)


def template(response) -> str:
    return response.templates[0].name


def test_an_employee_chooses_checks_and_gets_a_receipt(office, login, path, ayu):
    client = login(office.ratna)

    page = send(client, path, pns=ayu.pk)

    assert template(page) == "voting/voted.html"
    assert page.context["receipt"].code in page.content.decode()
    assert Voter.objects.get(employee=office.ratna).has_voted


def test_the_ballot_shows_the_finalists_and_no_number_of_votes(office, login, path, round):
    page = login(office.ratna).get(path)

    shown = re.findall(r'person-name d-block">([^<]*)<', page.content.decode())
    assert sorted(shown) == sorted(nominee.name for nominee in Nominee.objects.in_play(round))


def test_the_order_on_the_ballot_is_stable_for_a_voter_and_differs_between_voters(office, login, path):
    def order(employee):
        return re.findall(r'type="radio" name="pilihan-\w+" value="(\d+)"', login(employee).get(path).content.decode())

    people = [person for name, person in office.people.items() if name != "oki"]
    assert order(office.ratna) == order(office.ratna)
    assert len({tuple(order(person)) for person in people}) > 1


def test_the_order_says_nothing_of_the_vote(office, round):
    """What lies in the envelope is the finalist, not the place; two orders, one ballot."""
    poll = round.stage_of_kind("poll").poll
    people = [person for name, person in office.people.items() if name != "oki"]
    orders = {tuple(map(tuple, ballots.order(poll, person).values())): person for person in people}
    chosen = {code: max(keys) for code, keys in poll.contests.items()}

    forms = [{ballots.field_of(code): str(key) for code, key in chosen.items()} for _person in orders.values()]

    assert len(orders) > 1
    assert all(ballots.choices(poll, form) == chosen for form in forms)


def test_the_page_to_check_asks_for_no_photo_whose_address_would_be_the_choice(office, login, path, ayu):
    ayu.photo.save("ayu.jpg", picture("a.jpg"))
    printed._print.cache_clear()
    client = login(office.ratna)

    assert ayu.photo_url in client.get(path).content.decode()
    assert "/foto/" not in client.post(path, {**FIELDS, "pilihan-pns": str(ayu.pk)}).content.decode()


def test_reason_and_evidence_are_read_on_the_ballot(office, login, path, ayu):
    Nominee.objects.filter(pk=ayu.pk).update(reason="Ramah. " * 41)
    file = ayu.evidence.create(name="Surat.pdf", content_type="application/pdf", size=9, sha256="0", file="x.pdf")
    printed._print.cache_clear()

    page = login(office.ratna).get(path).content.decode()

    assert f'href="{path}'.replace("suara/", f'usulan/bukti/{file.pk}/"') in page
    assert f'<p class="reason">{"Ramah. " * 41}</p>' in page


def test_an_empty_choice_is_asked_for_and_the_others_are_kept(office, login, path, ayu):
    page = login(office.ratna).post(path, {"pilihan-pns": str(ayu.pk)})

    contests = {contest.classification.code: contest for contest in page.context["contests"]}
    assert template(page) == "voting/ballot.html"
    assert contests["pns"].chosen_nominee == ayu and not contests["pns"].error
    assert contests["eselon4"].error and contests["nonasn"].error


@pytest.mark.parametrize("choice", ["0", "999999", "abc", "-1", "1e9", "٣", "9" * 400, "\x00"])
def test_a_choice_that_is_not_on_the_ballot_is_refused_in_words(office, login, path, choice):
    page = login(office.ratna).post(path, {**FIELDS, "pilihan-pns": choice})

    assert (page.status_code, template(page)) == (200, "voting/ballot.html")
    assert not Envelope.objects.exists()


def test_a_finalist_of_another_classification_is_refused_when_it_is_sent(office, login, path, ayu):
    client = login(office.ratna)
    nonce = client.post(path, FIELDS).context["nonce"]

    page = client.post(path, {**FIELDS, "pilihan-eselon4": str(ayu.pk), "nonce": nonce, "cast": "1"})

    assert template(page) == "voting/ballot.html"
    assert not Envelope.objects.exists()


def test_change_leads_back_with_the_choices_kept(office, login, path, ayu):
    page = login(office.ratna).post(path, {**FIELDS, "pilihan-pns": str(ayu.pk), "change": "1"})

    assert template(page) == "voting/ballot.html"
    assert [contest.chosen for contest in page.context["contests"]] == ["-", str(ayu.pk), "-"]


def test_who_comes_back_sees_the_receipt_in_the_own_browser_only(office, login, client, path):
    receipt = send(login(office.ratna), path).context["receipt"]

    assert client.get(path).context["receipt"].code == receipt.code
    client.logout()
    client.cookies.clear()
    assert login(office.ratna).get(path).context["receipt"] is None


def test_the_next_voter_at_the_same_browser_gets_a_ballot(office, login, client, path):
    send(login(office.ratna), path)

    page = login(office.siti).get(path)

    assert "pilihan-pns" in page.content.decode()
    assert template(send(client, path)) == "voting/voted.html"
    assert Envelope.objects.count() == 2


def test_a_second_vote_is_told_that_the_first_one_counts(office, login, client, path, ayu):
    send(login(office.ratna), path)
    client.cookies.pop("suara")

    page = client.post(path, FIELDS, follow=True)
    again = client.post(path, {**FIELDS, "nonce": page.context["nonce"], "cast": "1"}, follow=True)

    assert template(again) == "voting/voted.html"
    assert Envelope.objects.count() == 1


def test_after_the_close_there_is_no_ballot(office, login, path, round):
    client = login(office.ratna)
    nonce = client.post(path, FIELDS).context["nonce"]
    rounds.close_stage(round, by=office.kartika)

    assert template(client.get(path)) == "voting/no_ballot.html"
    late = client.post(path, {**FIELDS, "nonce": nonce, "cast": "1"})
    assert (template(late), late.status_code, Envelope.objects.count()) == ("voting/no_ballot.html", 409, 0)
    assert "did not go into the box" in late.content.decode()


def test_an_outsider_finds_nothing(office, login, round):
    client = login(office.oki)

    for page in ("suara/", "suara/bukti/", "kotak-suara/", "kotak-suara/hitung/"):
        assert client.get(f"/periode/{round.pk}/{page}").status_code == 404
        assert client.post(f"/periode/{round.pk}/{page}").status_code == 404


def test_a_receipt_can_be_looked_up_after_the_close(office, login, client, path, round):
    code = send(login(office.ratna), path).context["receipt"].code
    assert client.post(f"{path}bukti/", {"code": code}).context["found"] is None

    rounds.close_stage(round, by=office.kartika)

    page = client.post(f"{path}bukti/", {"code": code.lower().replace("-", " ")})
    assert page.context["found"] in Poll.objects.get().envelope_hashes
    wrong = client.post(f"{path}bukti/", {"code": "0000-0000-0000-0000-0"})
    assert (wrong.context["found"], wrong.context["is_code"]) == (None, True)
    assert client.post(f"{path}bukti/", {"code": "hello"}).context["is_code"] is False


def test_only_who_sends_twice_is_told_that_the_vote_had_arrived_before(office, login, path):
    client = login(office.ratna)
    once = send(client, path)
    twice = client.post(path, {**FIELDS, "nonce": client.cookies["suara"].value, "cast": "1"}, follow=True)

    assert [str(message) for message in once.context["messages"]] == []
    assert [str(message) for message in twice.context["messages"]] == ["Your vote had arrived before. It counts once."]
    assert twice.context["receipt"].code == once.context["receipt"].code


def test_after_the_close_anybody_looks_a_receipt_up_without_a_login(office, login, client, path, round):
    code = send(login(office.ratna), path).context["receipt"].code
    client.logout()
    assert client.get(f"{path}bukti/").url == f"/masuk/?next={path}bukti/"

    rounds.close_stage(round, by=office.kartika)

    assert client.post(f"{path}bukti/", {"code": code}).context["found"] in Poll.objects.get().envelope_hashes


def test_the_receipt_as_a_qr_code_leads_there_with_the_code_where_no_server_sees_it(office, login, path):
    page = send(login(office.ratna), path)

    address = f"http://testserver{path}bukti/#{page.context['receipt'].code}"
    assert page.context["qr"] == segno.make(address, error="m").svg_data_uri(border=2)
    assert page.context["qr"] in unescape(page.text)


def test_the_box_shows_turnout_and_no_tally_while_the_poll_runs(office, login, round, path, ayu):
    send(login(office.ratna), path, pns=ayu.pk)

    page = login(office.wulan).get(f"/periode/{round.pk}/kotak-suara/")

    assert (page.context["turnout"].voted, page.context["turnout"].voters) == (1, 23)
    assert page.context["tallies"] == []
    assert [row.unit.name for row in page.context["by_unit"]] == ["Sekretariat"]


def test_the_committee_counts_and_an_employee_does_not_see_the_tally(office, login, round, monkeypatch):
    monkeypatch.setattr(counting, "keeper_of", lambda poll: office.keys)
    rounds.close_stage(round, by=office.kartika)

    page = login(office.kartika).post(f"/periode/{round.pk}/kotak-suara/hitung/", follow=True)

    assert page.redirect_chain == [(f"/periode/{round.pk}/kotak-suara/", 302)]
    assert [tally["valid"] for tally in page.context["tallies"]] == [0, 0, 0]
    assert login(office.ratna).get(f"/periode/{round.pk}/kotak-suara/").context["tallies"] == []


def test_casting_a_vote_takes_four_queries(office, login, client, path):
    """Session, user, mark, envelope; a storm of voters must not wait for anything else."""
    client = login(office.ratna)
    nonce = client.post(path, FIELDS).context["nonce"]
    client.post(path, {**FIELDS, "nonce": "warms up what a process remembers", "cast": "1"})

    with CaptureQueriesContext(connection) as captured:
        client.post(path, {**FIELDS, "nonce": nonce, "cast": "1"})

    queries = [query["sql"].split()[0] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert queries == ["SELECT", "SELECT", "UPDATE", "INSERT"]


def test_of_two_open_forms_the_one_that_was_sent_gives_the_receipt(office, login, path, ayu):
    client = login(office.ratna)
    first = client.post(path, FIELDS).context["nonce"]
    second = client.post(path, {**FIELDS, "pilihan-pns": str(ayu.pk)}).context["nonce"]

    page = client.post(path, {**FIELDS, "nonce": first, "cast": "1"}, follow=True)
    late = client.post(path, {**FIELDS, "nonce": second, "cast": "1"}, follow=True)

    assert page.context["receipt"].code == late.context["receipt"].code
    assert Envelope.objects.count() == 1
