"""Who gets what: every address of the project, for every role, in every state of a round (DESIGN section 6)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.template import Template
from django.test import Client

from anas.people.models import CommitteeSeat, Unit
from anas.privacy.models import Look
from tests.access_table import EXPECTED, MARKS, ROLES
from tests.acts import ACTS, OF_THE_OFFICE, Act
from tests.addresses import STATES, World, routes

# Who may is decided in Python; PostgreSQL is asked for every page by test_never_500.
pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("plain_404")]

# Tono acts for the head these days; Umar did, and Vina will. The account of the installation has no part in a round.
SAME = {"tono": "hadi", "umar": "ratna", "vina": "ratna", "admin": "oki"}

# Open without a login.
PUBLIC = {"demo:login", "people:activate", "people:logout", "set_language", "healthz", "voting:kiosk"}
PUBLIC |= {"mfa_authenticate", "openid_connect_login", "openid_connect_callback", "account_login"}
PUBLIC = {"demo:login", "people:logout", "set_language", "healthz", "voting:kiosk", "privacy"}
PUBLIC |= {"help", "help_role", "service_standard"}
PUBLIC |= {f"documents:{name}" for name in ("ask", "verify", "announcement", "lobby", "winner_photo", "crest")}

# Open without a login once the box is closed.
PUBLIC_LATER = {"voting:receipts"}

# What comes with the application and belongs to no office.
OF_EACH_COMMITTEE = {"schemes:preset", "schemes:preset_file"}

# What everybody does for himself: no act on an award.
OWN = {"demo:login", "set_language", "voting:kiosk"}
OWN |= {f"people:{name}" for name in ("activate", "again", "login", "logout", "password_change")}
OWN |= {"mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_authenticate"}


@pytest.fixture(autouse=True)
def nothing_written(monkeypatch, empty_papers):
    """Who gets a page or a paper does not hang on what stands on it, and writing it takes longer than all else."""
    monkeypatch.setattr(Template, "_render", lambda self, context: "")


@pytest.fixture(scope="module")
def browsers(world, django_db_blocker):
    """Everybody logged in, and nobody."""
    with django_db_blocker.unblock():
        found = {role: logged_in(world, role) for role in (*ROLES, *SAME)}
    return found | {"nobody": Client(raise_request_exception=False)}


def logged_in(world: World, role: str, **how) -> Client:
    client = Client(raise_request_exception=False, **how)
    client.force_login(getattr(world.office, role), backend="anas.people.backends.EmployeeBackend")
    return client


def names_in(world: World) -> list[str]:
    """All addresses; in all states but one only those that depend on the round."""
    known = {name: route for name, route in routes().items() if name in EXPECTED}
    return [name for name, route in known.items() if world.state == "usulan" or depends_on_round(name, route)]


def depends_on_round(name: str, route: str) -> bool:
    return route.startswith("periode/<int:pk>/") or any(len(marks) > 1 for marks in EXPECTED[name].values())


def expected(world: World, name: str, role: str) -> str:
    if role == "nobody" and name not in PUBLIC | PUBLIC_LATER:
        return "o" if name == "people:login" else ">"
    marks = EXPECTED[name][SAME.get(role, "oki" if role == "nobody" else role)]
    mark = marks[STATES.index(world.state)] if len(marks) > 1 else marks
    return ">" if role == "nobody" and name in PUBLIC_LATER and mark == "." else mark


def test_every_address_stands_in_the_table():
    assert [name for name in routes() if name not in EXPECTED] == []
    assert [name for name in EXPECTED if name not in routes()] == []


def test_who_gets_which_page(world, browsers):
    wrong = {}
    for role in [*ROLES, *([*SAME, "nobody"] if world.state == "kepala" else [])]:
        for name in names_in(world):
            status = browsers[role].get(world.address(name)).status_code
            if MARKS.get(status) != expected(world, name, role):
                wrong[name, role] = status
    assert wrong == {}


@pytest.mark.parametrize("world", ["announced"], indirect=True)
def test_committee_and_head_of_another_office_get_nothing_that_an_address_of_this_one_names(world):
    with taken_back():
        oki = world.office.oki
        CommitteeSeat.objects.create(unit=oki.unit, employee=oki)
        Unit.objects.filter(pk=oki.unit_id).update(head=oki)
        client = logged_in(world, "oki")
        everybodys = PUBLIC | PUBLIC_LATER | OF_EACH_COMMITTEE
        named = [name for name, route in routes().items() if "<" in route and name not in everybodys]
        found = {name: [ask(world.address(name)).status_code for ask in (client.get, client.post)] for name in named}
        own = client.get("/pegawai/").status_code, client.get(f"/kop/{oki.unit.code}/").status_code

    assert {name: codes for name, codes in found.items() if not {*codes} <= {404, 405}} == {}
    assert (own, len(named) > 80) == ((200, 200), True)


@pytest.mark.parametrize("world", ["announced"], indirect=True)
def test_the_admin_is_for_the_account_of_the_installation_alone(world, browsers):
    inside = {name: route for name, route in routes(admin=True).items() if name != "admin:logout"}
    addresses = ["/admin/people/", *(f"/{re.sub('<.+?>', '1', route)}" for route in inside.values())]
    found = {
        browsers[role].get(address).headers.get("Location", address).partition("?")[0]
        for role in ("nobody", "lina", "hadi", "kartika")
        for address in addresses
    }

    assert found == {"/admin/login/"}


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_of_everything() -> dict[str, set]:
    """What the database says, but for sessions and for who has looked at what. PostgreSQL hands bytes out in a wrapping
    of their own."""
    return {
        model._meta.label: {
            repr([bytes(value) if isinstance(value, memoryview) else value for value in row])
            for row in model.objects.values_list()
        }
        for model in apps.get_models()
        if model._meta.app_label not in ("sessions", "contenttypes", "auth", "axes") and model is not Look
    }


def has_changed(before: dict[str, set], client: Client, address: str, data: dict) -> bool:
    """Whether a POST changes anything that is kept. Most write nothing, and then there is nothing to compare."""
    written = []

    def watch(execute, sql, params, many, context):
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with taken_back(), connection.execute_wrapper(watch):
        assert client.post(address, data).status_code < 500, address
        return bool(written) and rows_of_everything() != before


def who_can(world: World, browsers: dict[str, Client], act: Act) -> set[str]:
    """Who changes something with this act, each in a world in which it can be done and nobody has done it."""
    with taken_back():
        act.before(world)
        before = rows_of_everything()
        data = {role: act.data_for(world, getattr(world.office, role, world.office.oki)) for role in browsers}
        address = world.address(act.name)
        return {role for role, client in browsers.items() if has_changed(before, client, address, data[role])}


def test_each_act_is_for_those_who_may_and_for_nobody_else(world, browsers):
    acts = ACTS.get(world.state, [])

    assert {act.name: who_can(world, browsers, act) for act in acts} == {act.name: {*act.who.split()} for act in acts}


def test_no_act_is_done_without_the_token_of_its_form(world):
    acts = ACTS.get(world.state, [])
    clients = {act.name: logged_in(world, act.who.split()[0], enforce_csrf_checks=True) for act in acts}

    assert {name: client.post(world.address(name)).status_code for name, client in clients.items()} == {
        act.name: 403 for act in acts
    }


@pytest.mark.parametrize("world", ["announced"], indirect=True)
def test_once_the_result_is_announced_nothing_in_the_round_changes_any_more(world, browsers):
    before, late = rows_of_everything(), set()
    for act in [act for some in ACTS.values() for act in some if act not in OF_THE_OFFICE]:
        for role in act.who.split():
            data = act.data_for(world, getattr(world.office, role))
            if has_changed(before, browsers[role], world.address(act.name), data):
                late.add((act.name, role))

    minutes = ["assessment_minutes", "closing_minutes", "count_minutes"]
    papers = [*minutes, "certificates", "announcement_paper", "recap", "supersede", "revoke"]
    signatures = {(f"documents:{name}", "hadi") for name in ("sign", "sign_all")}
    assert late == {(f"documents:{name}", "kartika") for name in papers} | signatures


@pytest.mark.parametrize("world", ["polling"], indirect=True)
def test_whatever_is_no_act_changes_nothing(world, browsers):
    acts = {act.name for some in ACTS.values() for act in some}
    before, pages = rows_of_everything(), [name for name in routes() if name not in acts | OWN]

    assert [
        (name, role)
        for name in pages
        for role in ("siti", "lina", "hadi", "kartika")
        if has_changed(before, browsers[role], world.address(name), {"reason": "Ingin tahu."})
    ] == []
