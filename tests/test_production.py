"""The application as an office runs it: production settings, from nothing, in processes of their own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.once  # in processes and databases of their own

RUN = {"cwd": settings.BASE_DIR, "capture_output": True, "text": True, "timeout": 120}


@pytest.fixture
def production(tmp_path):
    """An environment with nothing of the tests' own in it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATA_DIR": str(tmp_path), "ALLOWED_HOSTS": "anas.example.go.id"}


def python(code: str, env: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", f"import django; django.setup(); {code}"], env=env, **RUN)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def manage(env: dict[str, str], *words: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "manage.py", *words], env=env, **RUN)


def test_the_deployment_check_finds_nothing(production):
    done = manage(production, "check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


def test_an_empty_installation_shows_its_login_page_with_files_named_by_their_content(production):
    assert manage(production, "migrate", "--verbosity", "0").returncode == 0
    assert manage(production, "collectstatic", "--no-input", "--verbosity", "0").returncode == 0

    page = python(
        "from django.test import Client;"
        "page = Client(headers={'host': 'anas.example.go.id'}).get('/masuk/', secure=True);"
        "print(page.status_code, page.content.decode())",
        {**production, "DJANGO_SETTINGS_MODULE": "anas.settings"},
    )

    assert page.startswith("200")
    assert "/static/css/anas." in page and "/static/css/anas.css" not in page


def test_the_secret_key_is_made_once_and_private(production, tmp_path):
    env = {**production, "DJANGO_SETTINGS_MODULE": "anas.settings"}
    show = "from django.conf import settings; print(settings.SECRET_KEY)"

    first, second = python(show, env), python(show, env)

    assert first == second and len(first) > 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_an_environment_that_is_misspelt_is_refused(production):
    done = manage({**production, "DEBUG": "maybe"}, "check")

    assert done.returncode == 1 and "DEBUG='maybe' is neither true nor false" in done.stderr


def test_postgresql_keeps_its_connections_and_looks_after_them(production):
    env = {
        **production,
        "DJANGO_SETTINGS_MODULE": "anas.settings",
        "DATABASE_URL": "postgres://anas:x@127.0.0.1:1/anas",
    }
    show = "from django.conf import settings; d = settings.DATABASES['default']; "

    found = python(show + "print(d['ENGINE'], d['CONN_MAX_AGE'], d['CONN_HEALTH_CHECKS'])", env)

    assert found == "django.db.backends.postgresql 60 True"


@pytest.mark.django_db
def test_sqlite_is_set_up_so_that_an_acknowledged_vote_survives():
    if connection.vendor != "sqlite":
        pytest.skip("this database is PostgreSQL")
    with connection.cursor() as cursor:
        pragmas = {}
        for name in ("journal_mode", "synchronous", "secure_delete", "busy_timeout"):
            cursor.execute(f"PRAGMA {name}")
            pragmas[name] = cursor.fetchone()[0]

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "busy_timeout": 20000}
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
