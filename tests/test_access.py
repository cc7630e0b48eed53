"""Who gets what: every address of the project, for every role, in every state of a round (DESIGN section 6)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from anas import urls
from tests.acts import ACTS, OF_THE_OFFICE, Act
from tests.addresses import STATES, World, make_world, routes

pytestmark = pytest.mark.django_db

# One mark for each state (draft usulan tim polling kepala result decreed announced), or one that holds in all of them:
# o the page, > somewhere else, . not found, x no page to look at. Oki is an outsider, Ratna an employee, Siti the head
# of the unit that the addresses name, Bambang that of another; Maya scores, Lina chairs, Hadi heads the office, Kartika
# is its committee, Wulan the witness. Siti, Wulan and Hadi hold parts of the key.
TABLE = """
                          oki      ratna    siti     bambang  maya     lina     hadi     kartika  wulan
rounds:tasks              o        o        o        o        o        o        o        o        o
rounds:list               o        o        o        o        o        o        o        o        o
rounds:create             .        .        .        .        .        .        .        o        .
rounds:detail             .        .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo o        .ooooooo
rounds:rules              .        .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo o        .ooooooo
rounds:schedule           .        .        .        .        .        .        .        o....... .
rounds:team               .        .        .        .        .        .ooooooo .ooooooo o        .ooooooo
rounds:remove_member      .        .        .        .        .        .        .        o        .
rounds:open               .        .        .        .        .        .        .        o....... .
rounds:close              .        .        .        .        .        ..o..... ....o... .o.o.... .
rounds:advance            .        .        .        .        .        ....o... .        .oooo... .
rounds:extend             .        .        .        .        .        .        .        o        .
rounds:reopen             .        .        .        .        .        ..o..... ....o... .o.o.... .
rounds:approve            .        .        .        .        .        .        .ooooooo .        .
rounds:send_back          .        .        .        .        .        .        .ooooooo .        .
rounds:announce           .        .        .        .        .        .        .        o        .
rounds:cancel             .        .        .        .        .        .        .        o        .
rounds:audit              .        .        .        .        .        .ooooooo .ooooooo o        .ooooooo
people:login              >        >        >        >        >        >        >        >        >
people:logout             x        x        x        x        x        x        x        x        x
people:password_change    o        o        o        o        o        o        o        o        o
people:list               .        .        .        .        .        .        .        o        .
people:add                .        .        .        .        .        .        .        o        .
people:edit               .        .        .        .        .        .        .        o        .
people:retire             .        .        .        .        .        .        .        o        .
people:restore            .        .        .        .        .        .        .        o        .
people:give_password      .        .        .        .        .        .        .        o        .
people:units              .        .        .        .        .        .        .        o        .
people:add_unit           .        .        .        .        .        .        .        o        .
people:unit               .        .        .        .        .        .        .        o        .
people:add_deputy         .        .        .        .        .        .        .        o        .
people:end_deputy         .        .        .        .        .        .        .        o        .
demo:login                .        .        .        .        .        .        .        .        .
nominations:overview      .        ...ooooo .>>>>>>> .>>>>>>> ...ooooo .ooooooo .ooooooo o        .ooooooo
nominations:finalists     .        ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
nominations:evidence      .        ...ooooo .ooooooo ...ooooo ..oooooo .ooooooo .ooooooo .ooooooo .ooooooo
nominations:photo         .        ...ooooo .ooooooo ...ooooo ..oooooo .ooooooo .ooooooo .ooooooo .ooooooo
nominations:proposal      .        .        .ooooooo .        .        .ooooooo .ooooooo .ooooooo .ooooooo
nominations:people        .        .        .ooooooo .        .        .        .        .        .
nominations:assess        .        .        .o>>>>>> .        .        .        .        .        .
nominations:name          x        x        x        x        x        x        x        x        x
nominations:unname        x        x        x        x        x        x        x        x        x
nominations:discard       .        .        .ooooooo .        .        .        .        .        .
nominations:skip          .        .        .ooooooo .        .        .        .        .        .
nominations:unskip        x        x        x        x        x        x        x        x        x
nominations:submit        .        .        .ooooooo .        .        .        .        .        .
nominations:withdraw      .        .        .ooooooo .        .        .        .        .        .
nominations:return        .        .        .        .        .        .        .        .ooooooo .
nominations:waive         .        .        .        .        .        .        .        .ooooooo .
scoring:stage             .        .        .        .        ..oooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:sheet             .        .        .        .        ..oooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:column            .        .        .        .        ..oooooo ..oooooo .        .        .
scoring:recuse            .        .        .        .        ..oooooo ..oooooo .        .        .
scoring:discussion        .        .        .        .        ..oooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:head              .        .        .        .        .        ....oooo ....oooo ....oooo ....oooo
scoring:results           .        .......o .......o .......o ...ooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:download          .        .        .        .        .        ..oooooo ..oooooo ..oooooo ..oooooo
scoring:tie               .        .        .        .        .        ...ooooo ...ooooo ...ooooo ...ooooo
scoring:explain           .        .......o .......o .......o ...ooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:bundle            .        .        .        .        .        .....ooo .....ooo .....ooo .....ooo
voting:ballot             .        ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
voting:receipts           .        ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
voting:kiosk              ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
voting:box                .        ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
voting:count              .        .        .        .        .        .        .        ...ooooo .
voting:keys               .        .        ...ooooo .        .        ...ooooo ...ooooo ...ooooo ...ooooo
voting:own_part           .        .        ...>>>>> .        .        .        .        .        ...>>>>>
voting:lost               .        .        ...ooooo .        .        .        .        ...ooooo .
voting:renew              .        .        .        .        .        .        .        ...ooooo .
voting:bring              x        x        x        x        x        x        x        x        x
documents:list            .        .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo o        .ooooooo
documents:prepare         .        .        .        .        .        .        .        >>>>>o>> .
documents:draft           .        .        .        .        .        .>>>>o>> .>>>>o>> >>>>>o>> .>>>>o>>
documents:issue           .        .        .        .        .        .        .        o        .
documents:certificates    .        .        .        .        .        .        .        o        .
documents:closing_minutes .        .        .        .        .        .        .        o        .
documents:count_minutes   .        .        .        .        .        .        .        o        .
documents:download        .        .......o .......o .......o .......o ......oo ......oo ......oo ......oo
documents:ask             o        o        o        o        o        o        o        o        o
documents:verify          ......oo ......oo ......oo ......oo ......oo ......oo ......oo ......oo ......oo
documents:announcement    .......o .......o .......o .......o .......o .......o .......o .......o .......o
documents:winner_photo    .......o .......o .......o .......o .......o .......o .......o .......o .......o
documents:letterhead      .        .        .        .        .        .        .        o        .
documents:sample          .        .        .        .        .        .        .        o        .
documents:crest           o        o        o        o        o        o        o        o        o
set_language              >        >        >        >        >        >        >        >        >
healthz                   o        o        o        o        o        o        o        o        o
"""
MARKS = {200: "o", 302: ">", 404: ".", 405: "x"}
ROLES, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
EXPECTED = {name: dict(zip(ROLES, cells, strict=True)) for name, *cells in ROWS}

# Tono acts for the head these days; Umar did, and Vina will. The account of the installation has no part in a round.
SAME = {"tono": "hadi", "umar": "ratna", "vina": "ratna", "admin": "oki"}

# Open without a login.
PUBLIC = {"demo:login", "people:logout", "set_language", "healthz", "voting:kiosk"}
PUBLIC |= {f"documents:{name}" for name in ("ask", "verify", "announcement", "winner_photo", "crest")}

# What everybody does for himself: no act on an award.
OWN = {"people:login", "people:logout", "people:password_change", "demo:login", "set_language", "voting:kiosk"}


@pytest.fixture(scope="module", params=STATES)
def world(request, django_db_setup, django_db_blocker):
    """One office per state, for all tests of the state; what a test changes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world(request.param)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def plain_404(monkeypatch, caplog):
    """The page that says so, and the line in the log, take longer than to find out."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponse(status=404), raising=False)
    caplog.set_level("ERROR", "django.request")


@pytest.fixture(scope="module")
def browsers(world, django_db_blocker):
    """Everybody logged in, and nobody."""
    with django_db_blocker.unblock():
        found = {role: logged_in(world, role) for role in (*ROLES, *SAME)}
    return found | {"nobody": Client(raise_request_exception=False)}


def logged_in(world: World, role: str, **how) -> Client:
    client = Client(raise_request_exception=False, **how)
    client.force_login(getattr(world.office, role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def names_in(world: World) -> list[str]:
    """All addresses; in all states but one only those that depend on the round."""
    known = {name: route for name, route in routes().items() if name in EXPECTED}
    return [name for name, route in known.items() if world.state == "usulan" or depends_on_round(name, route)]


def depends_on_round(name: str, route: str) -> bool:
    return route.startswith("periode/<int:pk>/") or any(len(marks) > 1 for marks in EXPECTED[name].values())


def expected(world: World, name: str, role: str) -> str:
    if role == "nobody" and name not in PUBLIC:
        return "o" if name == "people:login" else ">"
    marks = EXPECTED[name][SAME.get(role, "oki" if role == "nobody" else role)]
    return marks[STATES.index(world.state)] if len(marks) > 1 else marks


def test_every_address_stands_in_the_table():
    assert [name for name in routes() if name not in EXPECTED] == []
    assert [name for name in EXPECTED if name not in routes()] == []


def test_who_gets_which_page(world, browsers):
    wrong = {}
    for role in [*ROLES, *([*SAME, "nobody"] if world.state in ("kepala", "announced") else [])]:
        for name in names_in(world):
            status = browsers[role].get(world.address(name)).status_code
            if MARKS.get(status) != expected(world, name, role):
                wrong[name, role] = status
    assert wrong == {}


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
    """What the database says, but for sessions."""
    return {
        model._meta.label: set(map(repr, model.objects.values_list()))
        for model in apps.get_models()
        if model._meta.app_label not in ("sessions", "contenttypes", "auth", "axes")
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

    papers = ("documents:certificates", "documents:closing_minutes", "documents:count_minutes")
    assert late == {(name, "kartika") for name in papers}


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
