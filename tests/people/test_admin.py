import pytest
from django.apps import apps
from django.contrib import admin

from anas.people.models import Deputy, Employee, Unit
from anas.rounds import audit
from anas.rounds.models import AuditEntry
from tests import cast

READ_ONLY = [
    "rounds_round",
    "rounds_stage",
    "rounds_auditentry",
    "voting_voter",
    "nominations_proposal",
    "nominations_nominee",
    "scoring_scoresheet",
]
WRITABLE = ["people_unit", "people_employee", "people_deputy", "people_committeeseat"]


@pytest.fixture
def root(client, db):
    """The browser of a superuser."""
    superuser = Employee.objects.create_superuser("admin", cast.PASSWORD, name="Administrator")
    client.force_login(superuser, backend="anas.people.backends.EmployeeBackend")
    return client


def first_of(name: str) -> str:
    model = apps.get_model(*name.split("_"))
    return f"/admin/{name.replace('_', '/')}/{model._default_manager.first().pk}/change/"


def test_only_superusers_come_in(login, office):
    for who in (office.kartika, office.hadi, office.wulan):
        assert login(who).get("/admin/people/employee/").status_code == 302


def test_nothing_of_a_poll_but_the_roll_is_in_the_admin():
    ours = {model._meta.label for model in admin.site._registry if model._meta.app_label != "documents"}

    assert ours == {
        "people.Unit",
        "people.Employee",
        "people.Deputy",
        "people.CommitteeSeat",
        "rounds.Round",
        "rounds.Stage",
        "rounds.AuditEntry",
        "voting.Voter",
        "mfa.Authenticator",
        "nominations.Proposal",
        "nominations.Nominee",
        "scoring.ScoreSheet",
    }


def test_every_page_opens_and_those_of_the_application_change_nothing(root, office):
    cast.play(office, to="kepala")
    Deputy.objects.create(
        unit=office.unit, employee=office.ratna, starts="2026-01-01", ends="2099-01-01", kind=Deputy.Kind.PLH
    )
    AuditEntry.objects.first()
    assert root.get("/admin/").status_code == 200
    for name in READ_ONLY + WRITABLE:
        page = f"/admin/{name.replace('_', '/')}/"
        assert root.get(page).status_code == 200, name
        assert root.get(first_of(name)).status_code == 200, name
    for name in READ_ONLY:
        codes = [root.post(first_of(name)).status_code, root.get(f"/admin/{name.replace('_', '/')}/add/").status_code]
        codes += [root.post(first_of(name).replace("change", "delete"), {"post": "yes"}).status_code]
        assert codes == [403, 403, 403], name


def test_the_roll_does_not_say_who_has_voted(root, office):
    round = cast.play(office, to="polling")
    cast.vote(office, round, office.budi)
    voter = round.current_stage.poll.voters.get(employee=office.budi)
    before = root.get(f"/admin/voting/voter/{voter.pk}/change/").content
    voter.has_voted = False
    voter.save()

    after = root.get(f"/admin/voting/voter/{voter.pk}/change/").content
    assert b"Budi" in before
    assert _without_tokens(before) == _without_tokens(after)


def _without_tokens(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"csrf" not in line]


def test_drafts_are_their_authors_alone(root, office):
    cast.play(office, to="usulan")
    proposal = apps.get_model("nominations.Proposal").objects.get(unit__code="data")
    cast.propose(office, proposal)
    nominee = proposal.nominees.first()
    page = f"/admin/nominations/nominee/{nominee.pk}/change/"
    assert root.get(page).status_code == 200

    type(proposal).objects.update(state="draft")
    assert root.get(page).status_code == 302


def test_what_a_superuser_changes_is_in_the_trail_and_in_that_of_the_running_round(root, office):
    round = cast.play(office, to="usulan")
    day = {"starts": "2026-01-01", "ends": "2099-01-01"}
    root.post("/admin/people/deputy/add/", {"unit": office.unit.pk, "employee": office.ratna.pk, "kind": "plt", **day})
    deputy = Deputy.objects.get()
    root.post(f"/admin/people/deputy/{deputy.pk}/delete/", {"post": "yes"})
    page = f"/admin/people/unit/{office.units['data'].pk}/change/"
    root.post(page, {"code": "data", "name": "Bidang Data Besar", "parent": office.unit.pk, "position": 3})

    for name in ("office", audit.chain_name(round)):
        entries = AuditEntry.objects.filter(chain__name=name, action__startswith="admin.")
        assert list(entries.values_list("action", "actor__number")) == [
            ("admin.added", "admin"),
            ("admin.deleted", "admin"),
            ("admin.changed", "admin"),
        ]
    assert Unit.objects.get(code="data").name == "Bidang Data Besar"


def test_people_are_added_with_a_password_and_never_deleted(root, office):
    data = {"number": "NA-7", "name": "Rohmad", "status": "non-asn", "unit": office.unit.pk}
    password = {"usable_password": "true", "password1": "apel-manalagi-7", "password2": "apel-manalagi-7"}
    root.post("/admin/people/employee/add/", {**data, **password})

    rohmad = Employee.objects.get(number="NA-7")
    assert rohmad.check_password("apel-manalagi-7")
    assert root.post(f"/admin/people/employee/{rohmad.pk}/delete/", {"post": "yes"}).status_code == 403
    new = {"usable_password": "true", "password1": "apel-anna-8-batu", "password2": "apel-anna-8-batu"}
    root.post(f"/admin/people/employee/{rohmad.pk}/password/", new)
    assert Employee.objects.get(number="NA-7").check_password("apel-anna-8-batu")
    assert AuditEntry.objects.filter(subject__contains="Rohmad").count() == 2
    assert "argon2" not in str(list(AuditEntry.objects.values()))


def test_a_unit_is_not_moved_under_itself(root, office):
    page = f"/admin/people/unit/{office.government.pk}/change/"
    data = {"code": "kota-batu", "name": "Kota", "parent": office.units["data"].pk, "position": 0}

    assert root.post(page, data).status_code == 200
    assert Unit.objects.get(pk=office.government.pk).parent is None


@pytest.mark.parametrize("number", ["x" * 5000, "\x00", "admin"])
def test_the_login_of_the_admin_refuses_in_words(client, db, number):
    assert client.post("/admin/login/", {"username": number, "password": "x"}).status_code == 200
