"""The pages of a round, as the committee, the head and an employee use them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from anas.rounds.models import Round
from tests import cast


def stamp(days: int) -> str:
    return timezone.localtime(timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def test_the_committee_prepares_and_opens_a_round_through_the_pages(office, login, client):
    client = login(office.kartika)

    page = client.post("/periode/baru/", {"name": "Triwulan I 2027", "scope": office.unit.pk, "scheme": "anas"})
    round = Round.objects.get()
    assert page.headers["Location"] == f"/periode/{round.pk}/jadwal/"

    schedule = {
        f"{code}-{edge}": stamp(day)
        for day, code in enumerate(["usulan", "tim", "polling", "kepala"])
        for edge, day in (("opens_at", day), ("closes_at", day + 1))
    }
    assert client.post(f"/periode/{round.pk}/jadwal/", schedule).headers["Location"] == f"/periode/{round.pk}/tim/"

    for name, role in (("lina", "chair"), ("maya", "assessor"), ("wulan", "witness")):
        client.post(f"/periode/{round.pk}/tim/", {"employee": getattr(office, name).pk, "role": role})
    assert round.members.count() == 3

    page = client.post(f"/periode/{round.pk}/buka/", follow=True)
    assert page.redirect_chain == [(f"/periode/{round.pk}/", 302)]
    assert cast.again(round).state == "running"


def test_a_draft_is_seen_by_its_committee_alone(office, login):
    round = cast.draft(office)

    assert login(office.kartika).get(f"/periode/{round.pk}/").status_code == 200
    for name in ("siti", "lina", "hadi", "wulan", "ratna", "oki"):
        assert login(getattr(office, name)).get(f"/periode/{round.pk}/").status_code == 404


def test_what_is_missing_stands_on_the_page_and_nothing_can_be_pressed(office, login):
    round = cast.draft(office)
    round.members.all().delete()
    office.units["data"].head = None
    office.units["data"].save()

    page = login(office.kartika).get(f"/periode/{round.pk}/buka/")

    assert len(page.context["reasons"]) == 2
    assert b'<button type="submit" class="btn btn-primary">' not in page.content


def test_a_deadline_before_the_opening_is_refused_and_what_was_typed_is_kept(office, login):
    round = cast.draft(office)

    page = login(office.kartika).post(
        f"/periode/{round.pk}/jadwal/", {"usulan-opens_at": stamp(3), "usulan-closes_at": stamp(2)}
    )

    assert page.status_code == 200
    assert stamp(3) in page.content.decode() and stamp(2) in page.content.decode()


def test_an_extension_without_a_reason_says_so_beside_the_field(office, login):
    round = cast.play(office, to="usulan")

    page = login(office.kartika).post(
        f"/periode/{round.pk}/perpanjang/usulan/", {"closes_at": stamp(20), "reason": " "}
    )

    assert list(page.context["form"].errors) == ["reason"]
    assert cast.again(round).current_stage.closes_at == round.current_stage.closes_at


def test_the_first_page_tells_each_what_is_asked(office, login):
    cast.play(office, to="usulan")

    def tasks(name):
        return [
            task.url for agenda in login(getattr(office, name)).get("/").context["agendas"] for task in agenda.tasks
        ]

    round = Round.objects.get()
    assert tasks("siti") == [f"/periode/{round.pk}/usulan/{office.units['sekretariat'].pk}/"]
    assert tasks("ratna") == tasks("hadi") == tasks("wulan") == []
    assert login(office.oki).get("/").context["agendas"] == []


def test_everybody_sees_the_rules_with_their_fingerprint(office, login):
    round = cast.play(office, to="usulan")

    page = login(office.ratna).get(f"/periode/{round.pk}/aturan/")

    assert round.scheme_hash in page.content.decode()
    assert [stage.spec.weight for stage in page.context["round"].stage_list] == [10, 30, 50, 10]


@pytest.mark.parametrize(
    ("name", "status"), [("kartika", 200), ("wulan", 200), ("lina", 200), ("maya", 404), ("ratna", 404)]
)
def test_the_audit_trail_is_for_those_who_read_everything(office, login, name, status):
    round = cast.play(office, to="usulan")

    assert login(getattr(office, name)).get(f"/periode/{round.pk}/audit/").status_code == status


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"employee": "x", "role": "chair"},
        {"employee": "1" * 30, "role": "chair"},
        {"employee": "1", "role": "king"},
    ],
)
def test_a_made_up_member_is_not_found(office, login, data):
    round = cast.draft(office)

    assert login(office.kartika).post(f"/periode/{round.pk}/tim/", data).status_code == 404


def test_a_second_chair_is_refused_in_words(office, login):
    round = cast.draft(office)

    page = login(office.kartika).post(
        f"/periode/{round.pk}/tim/", {"employee": office.ratna.pk, "role": "chair"}, follow=True
    )

    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert not round.members.filter(employee=office.ratna).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_rounds_takes_the_same_queries_for_one_and_for_three(
    office, login, count, django_assert_num_queries
):
    for _ in range(count):
        cast.draft(office)
    client = login(office.kartika)

    with django_assert_num_queries(9):
        page = client.get("/periode/")

    assert len(page.context["page_obj"]) == count


def test_the_language_can_be_changed_and_stays(office, login, client, settings):
    settings.LANGUAGE_CODE = "id"
    client = login(office.ratna)
    assert client.get("/").headers["Content-Language"] == "id"

    client.post("/bahasa/", {"language": "en"})

    assert client.get("/").headers["Content-Language"] == "en"


def test_what_the_browser_prefers_does_not_count(office, login, settings):
    settings.LANGUAGE_CODE = "id"
    assert login(office.ratna).get("/", headers={"accept-language": "en"}).headers["Content-Language"] == "id"


def test_the_first_page_says_when_it_is_my_turn_again(office, login):
    cast.play(office, to="usulan")
    pages = [login(person).get("/").content.decode() for person in (office.maya, office.ratna)]
    next_time = re.compile(r"What comes next for you:\s*<strong>([^<]+)</strong>.*?: ([^:<]+)\.</p>", re.DOTALL)

    assert [next_time.search(page).groups() for page in pages] == [
        ("Penilaian tim", "you score the nominees"),
        ("Polling pegawai", "you vote, which takes about three minutes"),
    ]


def test_the_first_page_shows_eight_rounds_at_a_time(office, login):
    rounds = [cast.draft(office).pk for _ in range(9)]
    client = login(office.kartika)

    assert [len(client.get("/", {"page": page}).context["agendas"]) for page in (1, 2)] == [8, 1]
    assert {agenda.round.pk for page in (1, 2) for agenda in client.get("/", {"page": page}).context["agendas"]} == {
        *rounds
    }
