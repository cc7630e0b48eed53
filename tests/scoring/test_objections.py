"""The objection period: after the result, before the head approves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds import objections
from anas.rounds import scheme as schemes
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry, Objection, Round
from tests import cast
from tests.schemes import anas_with


@pytest.fixture
def round(office) -> Round:
    """A result to which everybody can object for five days."""
    round = cast.play(office, to="closed")
    frozen = schemes.freeze(anas_with(objection_days=5))
    Round.objects.update(frozen_scheme=frozen, scheme_hash=schemes.digest(frozen))
    return rounds.advance(cast.again(round), by=office.kartika)


def raised(
    office, round, name: str = "ratna", classification: str = "pns", text: str = "Nilai tim keliru."
) -> Objection:
    by = cast.fresh(getattr(office, name))
    return objections.raise_objection(cast.again(round), classification=classification, text=text, by=by)


def answered(office, objection, upheld: bool, name: str = "maya") -> Objection:
    return objections.answer(objection, upheld=upheld, text="Sudah diperiksa.", by=cast.fresh(getattr(office, name)))


def refusal(act, *args, **how) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **how)
    return refused.value.reasons


def end(round) -> None:
    Round.objects.filter(pk=round.pk).update(objections_until=timezone.now() - timedelta(seconds=1))


def approve(office, round) -> Round:
    return rounds.approve(cast.again(round), by=cast.fresh(office.hadi))


def test_the_deadline_is_the_end_of_the_fifth_day_and_goes_with_a_result_that_is_sent_back(office, round):
    deadline = timezone.localtime(objections.deadline(round))

    assert deadline.date() == timezone.localdate() + timedelta(5)
    assert (deadline.hour, deadline.minute) == (23, 59)
    rounds.send_back(cast.again(round), reason="Periksa lagi.", by=cast.fresh(office.hadi))
    assert objections.deadline(cast.again(round)) is None


def test_a_scheme_without_objections_has_no_such_page(office, login):
    round = cast.play(office, to="result")

    assert (round.objections_until, login(office.ratna).get(f"/periode/{round.pk}/sanggahan/").status_code) == (
        None,
        404,
    )
    assert refusal(raised, office, round) == ["There is no result to object to."]


def test_everybody_of_the_office_objects_once_in_each_classification_until_the_deadline(office, round):
    raised(office, round)
    raised(office, round, classification="nonasn")
    raised(office, round, "maya")

    assert refusal(raised, office, round) == ["You have already objected in this classification."]
    assert refusal(raised, office, round, classification="lain") == ["There is no such classification."]
    assert refusal(raised, office, round, text=" ", classification="eselon4") == ["A reason is needed."]
    assert refusal(raised, office, round, "oki") == ["Only an employee of the office can do this."]
    end(round)
    assert refusal(raised, office, round, "siti") == ["The objection period is over."]


def test_who_objected_is_kept_nowhere(office, round):
    objection, other = raised(office, round), raised(office, round, classification="nonasn")
    assert objection.mark != other.mark

    people = {field.name for field in Objection._meta.get_fields() if field.related_model is Employee}
    entry = AuditEntry.objects.filter(action="objection.raised").earliest("number")
    assert people == {"answered_by"}
    assert (entry.actor, entry.role, entry.subject, entry.detail) == (None, "employee", f"PNS, {objection.pk}", {})
    assert [list(objections.own(person, round)) for person in (office.ratna, office.siti)] == [
        [objection, other],
        [],
    ]


def test_the_head_approves_when_the_period_is_over_and_everything_is_dealt_with(office, round):
    objection = raised(office, round)
    [running, waiting] = refusal(approve, office, round)
    assert running.startswith("Employees can object until ")
    end(round)

    assert refusal(approve, office, round) == [waiting]
    assert waiting == "PNS: an objection has not been answered yet: “Nilai tim keliru.”"
    answered(office, objection, upheld=True)
    assert refusal(approve, office, round) == [
        "PNS: nothing is said yet of what follows from an upheld objection: “Nilai tim keliru.”"
    ]
    objections.settle(objection, text="Nilai diperiksa, hasil tetap.", by=cast.fresh(office.lina))
    assert approve(office, round).is_approved


def test_the_team_answers_once_and_nobody_his_own_and_the_chair_settles_what_is_upheld(office, round):
    first, own = raised(office, round), raised(office, round, "maya")
    settle = objections.settle

    assert refusal(answered, office, own, True) == [
        "Nobody answers his own objection. Another member of the team has to."
    ]
    assert refusal(answered, office, first, True, "kartika") == ["Only a member of the team can do this."]
    assert refusal(settle, first, text="Ya.", by=cast.fresh(office.lina)) == [
        "Only an objection that was upheld has to be followed by something."
    ]
    answered(office, first, upheld=False)
    assert refusal(answered, office, first, True) == ["This objection has already been answered."]
    answered(office, own, upheld=True, name="nurul")
    assert refusal(settle, own, text="Ya.", by=cast.fresh(office.maya)) == ["Only the chair of the team can do this."]
    settle(own, text="Hasil tetap.", by=cast.fresh(office.lina))
    assert refusal(settle, own, text="Lain.", by=cast.fresh(office.lina)) == ["What follows has already been said."]
    end(round)
    approve(office, round)
    Objection.objects.filter(pk=first.pk).update(upheld=None)
    assert refusal(answered, office, first, True) == ["The result no longer waits for the head of the office."]


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_shows_each_his_own_and_the_team_all_without_names(
    office, round, login, more, django_assert_num_queries
):
    raised(office, round)
    for name in ["siti", "bambang"][:more]:
        raised(office, round, name, text=f"Keberatan {more}.")
    address = f"/periode/{round.pk}/sanggahan/"
    texts = {}
    for name, queries in (("ratna", 13), ("dian", 13), ("maya", 14)):
        client = login(getattr(office, name))
        with django_assert_num_queries(queries):
            texts[name] = client.get(address).content.decode()

    assert {name: text.count("Nilai tim keliru.") for name, text in texts.items()} == {"ratna": 1, "dian": 0, "maya": 1}
    assert {name: text.count("Keberatan 2.") for name, text in texts.items()} == {"ratna": 0, "dian": 0, "maya": more}
    assert ["Ratna Juwita" in texts[name] for name in ("dian", "maya")] == [False, False]
    assert "Ayu Lestari" in texts["dian"]


def test_who_has_to_act_is_asked_to(office, round, login):
    objection = raised(office, round)

    def tasks(name: str) -> list[str]:
        page = login(cast.fresh(getattr(office, name))).get("/")
        return [task.title for agenda in page.context["agendas"] for task in agenda.tasks]

    assert [tasks(name) for name in ("maya", "lina", "hadi")] == [["Answer the objections"]] * 2 + [[]]
    page = login(office.hadi).get(f"/periode/{round.pk}/")
    assert [reason.partition(":")[0] for reason in page.context["reasons"]][1:] == ["PNS"]
    assert page.context["steps"][-1]["label"] == "Objection period"
    answered(office, objection, upheld=True)
    end(round)
    assert [tasks(name) for name in ("maya", "lina", "hadi")] == [[], ["Say what follows from an objection"], []]
    objections.settle(objection, text="Hasil tetap.", by=cast.fresh(office.lina))
    assert [tasks(name) for name in ("lina", "hadi")] == [[], ["Approve the result"]]
