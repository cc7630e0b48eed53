"""What is suggested to a committee: dates in working days, and people for the team."""

from datetime import date

from django.utils import timezone

from anas.people.models import Employee
from anas.rounds import suggesting
from tests import cast


def days(schedule: dict) -> dict[str, tuple[str, str]]:
    return {code: tuple(f"{timezone.localtime(moment):%d.%m %H}" for moment in some) for code, some in schedule.items()}


def test_dates_follow_each_other_in_working_days(office):
    """The 2nd of January 2027 is a Saturday."""
    assert days(suggesting.schedule(cast.draft(office), date(2027, 1, 2))) == {
        "usulan": ("04.01 08", "15.01 16"),
        "tim": ("18.01 08", "22.01 16"),
        "polling": ("25.01 08", "27.01 16"),
        "kepala": ("28.01 08", "29.01 16"),
    }
    assert suggesting.first_day().weekday() == 0
    assert (suggesting.first_day() - timezone.localdate()).days in range(7, 14)


def test_suggested_dates_are_shown_and_a_wrong_first_day_is_said(office, login):
    round, client = cast.draft(office), login(office.kartika)
    address = f"/periode/{round.pk}/jadwal/"
    round.stages.update(opens_at=None, closes_at=None)

    assert client.get(address).context["begin"].first == suggesting.first_day()
    later = suggesting.first_day().replace(month=12, day=31)
    shown = client.get(address, {"mulai": later.isoformat()}).context["form"]["usulan-opens_at"].value()
    assert shown.date() >= later
    for wrong in ("", "31/31/2027", "2020-01-01", "9999-12-31"):
        page = client.get(address, {"mulai": wrong})
        assert (list(page.context["begin"].errors), page.context["form"]["tim-opens_at"].value()) == (["mulai"], None)


def test_what_is_wrong_with_a_date_is_said_beside_it(office, login):
    round, client = cast.draft(office), login(office.kartika)
    sent = {
        "usulan-opens_at": "2036-01-02T08:00", "usulan-closes_at": "2036-01-10T08:00",
        "tim-opens_at": "2036-01-09T08:00", "tim-closes_at": "2036-01-08T08:00",
        "polling-opens_at": "2036-01-01T08:00",
    }  # fmt: skip

    errors = client.post(f"/periode/{round.pk}/jadwal/", sent).context["form"].errors

    assert dict(errors) == {
        "tim-closes_at": ["Penilaian tim: the deadline lies before the opening."],
        "polling-opens_at": ["Polling pegawai opens before the stage ahead of it."],
        "tim-opens_at": ["Penilaian tim would begin before Usulan bidang ends."],
    }


def test_for_the_team_those_are_suggested_who_have_no_other_part(office, login):
    Employee.objects.filter(name="Ratna Juwita").update(grade="IV/a")
    round = cast.draft(office)

    assert [person.name for person in suggesting.team(round, office.kartika)] == ["Ratna Juwita"]
    next_round = cast.play(office, to="draft", anew=True)
    next_round.members.all().delete()
    names = [person.name for person in suggesting.team(next_round, office.kartika)]
    assert names == ["Lina Marlina", "Maya Indah", "Nurul Huda", "Ratna Juwita", "Wulan Sari"]

    page = login(office.kartika).get(f"/periode/{round.pk}/tim/?q=Kartika").content.decode()
    assert "Nobody can give himself a role." in page and 'name="role"' not in page
