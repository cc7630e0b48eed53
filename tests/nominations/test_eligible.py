"""Who can be proposed by the rules of the scheme, and who is told why not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anas.people.models import Employee
from anas.rounds import services as rounds
from anas.rounds.models import Round
from nominations import services
from nominations.eligible import Eligible
from nominations.models import Proposal
from tests import cast
from tests.conduct.helpers import complaint, penalty, upheld
from tests.nominations.helpers import assessed, named, refusal, url
from tests.schemes import anas_with, everything


@pytest.fixture
def round(office) -> Round:
    """With every rule on; everybody has been in the unit for years."""
    Employee.objects.update(in_unit_since="2020-01-01")
    return cast.play(office, to="usulan", scheme=everything())


def too_new(office) -> None:
    since = timezone.localdate() - timedelta(150)
    Employee.objects.filter(pk=office.bayu.pk).update(in_unit_since=since)


def unknown(office) -> None:
    Employee.objects.filter(pk=office.bayu.pk).update(in_unit_since=None)


BREAKS = {
    "Bayu Pratama has worked in the unit for less than 6 months.": too_new,
    "It is not known since when Bayu Pratama has worked in the unit. The committee can enter it.": unknown,
    "Bayu Pratama has a discipline penalty in this period.": lambda office: penalty(
        office, "bayu", first=400, last=360
    ),
    "A complaint about Bayu Pratama was upheld in this period.": lambda office: upheld(office, "bayu"),
}


@pytest.mark.parametrize(("reason", "breaks"), BREAKS.items())
def test_each_rule_refuses_at_assessing_naming_and_submitting(office, proposal, reason, breaks):
    bambang = cast.fresh(office.bambang)
    nominee = named(proposal, cast.fresh(office.bayu))
    for code in ("eselon4", "nonasn"):
        services.skip(proposal, classification=code, reason="Belum ada.", by=bambang)
    breaks(office)
    bayu = cast.fresh(office.bayu)

    assert refusal(services.submit, proposal, by=bambang) == [reason]
    assert refusal(assessed, proposal, bayu) == [reason]
    Proposal.objects.filter(pk=proposal.pk).update(state="submitted")
    assert proposal.stage.what.close_warnings(proposal.stage)[2:] == [reason]
    Proposal.objects.filter(pk=proposal.pk).update(state="draft")
    services.unname(nominee, by=bambang)
    assert refusal(services.name, nominee, by=bambang) == [reason]


def test_what_is_not_in_the_period_and_not_upheld_is_nothing_against_anybody(office, proposal):
    penalty(office, "bayu", first=900, last=366)
    upheld(office, "bayu", days=366)
    complaint(office, "bayu")

    assert list(Eligible(proposal.round, [office.bayu]).reasons(cast.fresh(office.bayu))) == []


def test_a_scheme_without_rules_asks_for_nothing(office, django_assert_num_queries):
    upheld(office, "bayu")
    round = Round(scope=office.unit, frozen_scheme=cast.draft(office).frozen_scheme)

    with django_assert_num_queries(0):
        eligible = Eligible(round, [office.bayu])
        assert (eligible.has_rules, list(eligible.reasons(office.bayu))) == (False, [])


def test_the_winners_of_the_last_rounds_wait(office):
    """Agus won. Two rounds later, and in another award, he can be proposed again."""
    past = cast.play(office, to="announced")

    def reasons(scheme) -> list[str]:
        return list(Eligible(cast.draft(office, scheme), [office.agus]).reasons(office.agus))

    once, other = anas_with(eligibility={"rounds_since_win": 1}), {"rounds_since_win": 1}
    assert reasons(once) == ["Agus Salim won in Triwulan IV 2026."]
    assert reasons(anas_with(code="lain", eligibility=other)) == []
    Round.objects.create(name="I", scope=office.unit, state="announced", frozen_scheme=past.frozen_scheme)
    assert reasons(once) == []
    assert reasons(everything())[-1] == "Agus Salim won in Triwulan IV 2026."
    Round.objects.filter(pk=past.pk).update(created_at=timezone.now() + timedelta(days=1))
    assert [reason for reason in reasons(everything()) if "won" in reason] == []


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_people_says_at_once_who_can_be_proposed_in_the_same_queries(
    office, proposal, login, people, django_assert_num_queries
):
    penalty(office, "bayu", first=30, last=10)
    Employee.objects.filter(pk__in=[office.bunga.pk, office.budi.pk][: 3 - people]).update(is_active=False)
    client = login(cast.fresh(office.bambang))

    with django_assert_num_queries(18):
        page = client.get(url(proposal, "pegawai"))
    entries = {entry.employee.name: (entry.is_eligible, entry.reasons) for entry in page.context["entries"]}
    assert entries.pop("Bayu Pratama") == (False, ["Bayu Pratama has a discipline penalty in this period."])
    assert entries.pop("Bambang Susilo")[0] is False
    assert set(map(str, entries.values())) == ({"(True, [])"} if people > 1 else set())
    assert "ringan" not in page.content.decode() and "not eligible" in page.content.decode()


def test_the_rules_stand_on_their_page_before_the_round_opens(office, login):
    round = cast.draft(office, everything())
    sent = {"period_from": "2026-10-01", "period_until": "2026-12-31"}
    client = login(office.kartika)
    address = f"/periode/{round.pk}"
    wrong = client.post(f"{address}/jadwal/", sent | {"period_until": "2026-09-30"})
    assert "The period ends before it begins." in wrong.content.decode()
    client.post(f"{address}/jadwal/", sent)
    text = client.get(f"{address}/aturan/").content.decode()

    for sentence in [*everything().eligibility.in_words(), "For 5 days after the result", "register of complaints"]:
        assert sentence in text
    assert "The period: 1 October 2026 to 31 December 2026." in text
    rounds.open_round(cast.again(round), by=office.kartika)
    assert cast.again(round).period[1].month == 12
