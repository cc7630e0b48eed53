"""A unit's own page: to work on for its head, to read for others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anas.people.models import Deputy, Employee
from nominations import services
from nominations.models import Proposal
from tests import cast
from tests.nominations.helpers import again, named, pass_deadline, pdf, text, url

EVERYBODY = ["bambang", "kartika", "lina", "hadi", "wulan", "citra", "maya", "budi", "ratna", "oki"]


@pytest.mark.parametrize("stage", ["usulan", "tim", "polling"])
def test_the_page_is_for_the_unit_head_and_those_who_read_everything(office, login, stage):
    cast.play(office, to=stage)
    address = url(Proposal.objects.get(unit=office.units["perizinan"]))

    statuses = {name: login(office.people[name]).get(address).status_code for name in EVERYBODY}

    readers = {"bambang", "kartika", "lina", "hadi", "wulan"}
    assert statuses == {name: 200 if name in readers else 404 for name in EVERYBODY}


def test_a_deputy_works_on_it_within_his_days(office, proposal, login):
    today = timezone.localdate()
    deputy = Deputy.objects.create(unit=proposal.unit, employee=office.ratna, starts=today, ends=today)
    assert login(cast.fresh(office.ratna)).get(url(proposal)).context["desk"].may_edit

    Deputy.objects.filter(pk=deputy.pk).update(starts=today - timedelta(days=2), ends=today - timedelta(days=1))
    assert login(cast.fresh(office.ratna)).get(url(proposal)).status_code == 404


def test_a_made_up_unit_is_not_found(office, round, login):
    client = login(office.kartika)

    for unit in ("0", "999999", "9" * 40):
        for rest in ("", "serahkan/", "kembalikan/", "pegawai/", "calon/1/", "calon/1/calonkan/"):
            assert client.get(f"/periode/{round.pk}/usulan/{unit}/{rest}").status_code in (404, 405)
            assert client.post(f"/periode/{round.pk}/usulan/{unit}/{rest}").status_code in (404, 405)


def test_a_draft_has_no_proposals_yet(office, login):
    round = cast.draft(office)
    unit = office.units["data"].pk

    assert login(office.kartika).get(f"/periode/{round.pk}/usulan/{unit}/").status_code == 404
    assert login(office.kartika).get(f"/periode/{round.pk}/usulan/").status_code == 200


def test_empty_places_and_what_is_missing_are_said(office, proposal, login):
    named(proposal, office.budi)

    page = login(office.bambang).get(url(proposal))

    assert text(page).count("Nobody has been named yet") == 2
    assert "1 of 3 classifications" in text(page)
    assert page.context["desk"].reasons_not_to_submit == [
        "Bidang Perizinan: nobody has been proposed for PNS yet.",
        "Bidang Perizinan: nobody has been proposed for Tenaga Non-ASN yet.",
    ]
    assert url(proposal, "serahkan") not in text(page)


def test_candidates_stand_side_by_side_with_what_they_come_to(office, proposal, login):
    Employee.objects.filter(pk=office.ratna.pk).update(unit=proposal.unit, classification="pns")
    nominee = named(proposal, office.bayu, base=90)
    services.attach(nominee, upload=pdf("Surat tugas.pdf"), by=office.bambang)
    services.assess(
        proposal,
        employee=cast.fresh(office.ratna),
        classification="pns",
        scores_by_criterion={"kehadiran": 77},
        by=office.bambang,
    )

    page = login(office.bambang).get(url(proposal))

    place = page.context["desk"].places[1]
    first, *_rest, last = place.comparison()
    assert [(cell[0].name, cell[1]) for cell in first[1]] == [("Bayu Pratama", 90), ("Ratna Juwita", 77)]
    assert [cell[1] for cell in last[1]] == [100, None]
    assert text(page).count("91.43") == 3  # on the card, as its bar, and in the table: (6 × 90 + 100) / 7
    assert "Surat tugas.pdf" in text(page)


def test_people_who_cannot_be_proposed_are_there_with_the_reason(office, proposal, login):
    Employee.objects.filter(pk=office.bambang.pk).update(classification="eselon4")
    Employee.objects.filter(pk=office.ratna.pk).update(unit=proposal.unit)

    page = login(cast.fresh(office.bambang)).get(url(proposal))

    sections = page.context["desk"].sections
    entries = [(str(entry.employee), " ".join(entry.reasons)) for _place, some in sections for entry in some]
    assert entries == [
        ("Bambang Susilo", "Nobody can propose himself."),
        ("Budi Santoso", ""),
        ("Bayu Pratama", ""),
        ("Bunga Citra", ""),
    ]
    assert "1 person of the unit has no classification" in text(page)
    assert "Ratna Juwita" in text(page)


def test_readers_find_nothing_to_press(office, proposal, login):
    named(proposal, office.budi)

    for name in ("wulan", "lina", "hadi"):
        page = text(login(office.people[name]).get(url(proposal)))
        assert "Budi Santoso" in page
        assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
        assert "/calon/" not in page


def test_a_returned_proposal_shows_the_remark_to_the_unit_head(office, proposal, login):
    cast.propose(office, proposal)
    services.return_proposal(again(proposal), reason="Bukti Bayu kabur.", by=office.kartika)

    page = login(office.bambang).get(url(proposal))

    assert "Bukti Bayu kabur." in text(page)
    assert page.context["desk"].may_edit


def test_after_the_deadline_the_page_says_so_and_offers_nothing(office, round, proposal, login):
    named(proposal, office.budi)
    pass_deadline(round)

    page = text(login(office.bambang).get(url(proposal)))

    assert "The deadline of Usulan bidang has passed. Only the committee can extend it." in page
    assert "/lepas/" not in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_takes_the_same_queries_for_one_candidate_and_for_three(
    office, proposal, login, people, django_assert_num_queries
):
    for name in ("budi", "bayu", "bunga")[:people]:
        nominee = named(proposal, office.people[name])
        services.attach(nominee, upload=pdf(), by=office.bambang)
    client = login(office.bambang)

    with django_assert_num_queries(15):
        client.get(url(proposal))


@pytest.fixture
def crowd(office):
    Employee.objects.bulk_create(
        Employee(
            number=f"K{number:03}", name=f"Pegawai {number:03}", unit=office.units["perizinan"], classification="pns"
        )
        for number in range(120)
    )


def test_a_large_unit_is_searched_and_paged(office, proposal, crowd, login):
    client = login(office.bambang)

    assert f"{url(proposal, 'pegawai')}?classification=pns" in text(client.get(url(proposal)))
    page = client.get(url(proposal, "pegawai"), {"classification": "pns"})
    assert (page.context["page_obj"].paginator.count, len(page.context["entries"])) == (121, 50)
    page = client.get(url(proposal, "pegawai"), {"q": "pegawai 017"})
    assert [entry.employee.name for entry in page.context["entries"]] == ["Pegawai 017"]


@pytest.mark.parametrize(
    "query",
    [{"q": "\0"}, {"q": "x" * 200}, {"classification": "dewa"}, {"page": "-1"}, {"page": "9" * 40}, {"q": "%_'"}],
)
def test_a_search_that_makes_no_sense_finds_nobody_and_breaks_nothing(office, proposal, login, query):
    assert login(office.bambang).get(url(proposal, "pegawai"), query).status_code == 200


def test_the_people_of_a_unit_are_for_its_head(office, proposal, login):
    assert login(office.kartika).get(url(proposal, "pegawai")).status_code == 404
