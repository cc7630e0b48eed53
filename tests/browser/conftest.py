"""Debian's Chromium on a live server: `enter(office.siti)` is Siti at her screen, logged in with her password."""

import os
import shutil

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import cast
from tests.browser.person import Person

# Playwright keeps an event loop in this thread, so Django thinks that it is called from asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [f"--disable-{what}" for what in ("gpu", "background-networking", "component-update", "sync")]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(scope="package")
def browser():
    """Gone after the tests in browsers: whoever runs an event loop of his own could not do so beside Playwright's."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "Chromium is not on this machine: apt-get install chromium-headless-shell"
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *QUIET])
        yield chromium
        chromium.close()


@pytest.fixture
def office(transactional_db) -> cast.Office:
    """The cast with a password for everybody."""
    made = cast.make_office()
    for employee in made.people.values():
        employee.set_password(cast.PASSWORD)
        employee.save(update_fields=["password"])
    return made


@pytest.fixture
def plain_http(settings):
    """The live server has no certificate."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.LANGUAGE_COOKIE_SECURE = False


@pytest.fixture
def enter(browser: Browser, live_server, plain_http):
    """Opens a browser of his own for somebody, at a desk or with a phone, and logs him in. At the end nobody's browser
    may have complained of anything."""
    people = []

    def open_for(employee, *, phone: bool = False, javascript: bool = True) -> Person:
        context = browser.new_context(
            base_url=live_server.url,
            locale="id-ID",
            viewport=PHONE if phone else DESK,
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=javascript,
            reduced_motion="reduce",  # colours that are on their way to others tell axe nothing
        )
        context.set_default_timeout(20_000)
        people.append(Person(context))
        people[-1].log_in(employee)
        return people[-1]

    yield open_for
    for person in people:
        person.context.close()
    assert [complaint for person in people for complaint in person.complaints] == []
