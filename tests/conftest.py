import pytest

from tests import cast


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Argon2id is slow on purpose; tests that are not about it do not wait for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def office(db) -> cast.Office:
    return cast.make_office()


@pytest.fixture
def login(client):
    """`login(office.siti)` → a client in which she is logged in."""

    def as_employee(employee):
        client.force_login(employee, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_employee
