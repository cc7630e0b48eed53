from importlib import reload

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from anas import checks, wsgi


@pytest.fixture
def demo(settings, monkeypatch):
    """`demo(ALLOWED_HOSTS=[…])` → what the check says about a demo with these settings."""
    settings.DEMO, settings.SITE_URL = True, ""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "anas.localhost"]

    def faults(*, database: str = "", **changed) -> int:
        monkeypatch.setitem(settings.DATABASES["default"], "HOST", database)
        for name, value in changed.items():
            setattr(settings, name, value)
        return len(checks.demo_stays_at_home())

    return faults


ELSEWHERE = [
    {"ALLOWED_HOSTS": ["localhost", "anas.batukota.go.id"]},
    {"ALLOWED_HOSTS": ["*"]},
    {"ALLOWED_HOSTS": ["192.168.1.7"]},
    {"SITE_URL": "https://anas.batukota.go.id"},
    {"database": "db.batukota.go.id"},
]


@pytest.mark.parametrize("database", ["", "/var/run/postgresql", "localhost", "127.0.0.1", "::1"])
def test_the_demo_runs_on_the_own_machine(demo, database):
    assert demo(database=database) == 0
    checks.refuse_to_serve()


@pytest.mark.parametrize("changed", ELSEWHERE)
def test_the_demo_refuses_whatever_others_could_reach(demo, changed):
    assert demo(**changed) == 1
    with pytest.raises(SystemCheckError):
        call_command("check")
    with pytest.raises(SystemCheckError):
        call_command("showmigrations", skip_checks=False)


def test_a_web_server_refuses_to_start_with_it(demo):
    demo(ALLOWED_HOSTS=["anas.batukota.go.id"])
    with pytest.raises(ImproperlyConfigured, match="anas.batukota.go.id"):
        reload(wsgi)


@pytest.mark.parametrize("changed", ELSEWHERE)
def test_a_real_installation_may_have_any_address(demo, changed):
    assert demo(DEMO=False, **changed) == 0
