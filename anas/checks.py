"""What must hold before anything runs. Registered in anas/people/apps.py; wsgi.py asks again, since a web server
runs no checks of its own."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

HERE = {"localhost", "127.0.0.1", "::1", "[::1]"}


@register
def demo_stays_at_home(app_configs=None, **kwargs) -> list[Error]:
    """DEMO lets anybody log in as anybody: an Error for each setting by which others could reach it, or by which it
    could reach a database of somebody else."""
    if not settings.DEMO:
        return []
    return [
        Error(f"DEMO is on, and {what}. The demo lets anybody log in as anybody.", hint=hint, id="anas.E001")
        for what, hint in (
            *((f"ALLOWED_HOSTS names {host}", "Leave ALLOWED_HOSTS away, or DEMO.") for host in _hosts_elsewhere()),
            *((f"the database is on {host}", "Leave DATABASE_URL away, or DEMO.") for host in _database_elsewhere()),
        )
    ]


@register
def second_factor_can_be_asked_for(app_configs=None, **kwargs) -> list[Error]:
    """An Error where a second factor is required and nothing is installed that could ask for one."""
    if not settings.SECOND_FACTOR_REQUIRED or settings.HAS_SSO:
        return []
    hint = "Install the extra: pip install '.[sso]', then run manage.py migrate."
    return [Error("SECOND_FACTOR_REQUIRED is on, and the extra “sso” is not installed.", hint=hint, id="anas.E002")]


def _is_elsewhere(host: str) -> bool:
    return host not in HERE and not host.endswith(".localhost")


def _hosts_elsewhere() -> list[str]:
    site = urlsplit(settings.SITE_URL).hostname
    return [host for host in [*settings.ALLOWED_HOSTS, *([site] if site else [])] if _is_elsewhere(host)]


def _database_elsewhere() -> list[str]:
    host = settings.DATABASES["default"].get("HOST") or ""
    return [host] if host and not host.startswith("/") and _is_elsewhere(host) else []


def refuse_to_serve() -> None:
    """Raises ImproperlyConfigured with what `manage.py check` would say."""
    if errors := demo_stays_at_home() + second_factor_can_be_asked_for():
        raise ImproperlyConfigured("\n".join(f"{error.msg} {error.hint}" for error in errors))
