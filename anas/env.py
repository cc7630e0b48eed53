"""Typed readers of the environment. What is misspelt fails at start, not at midnight."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The variable as it stands, or the default."""
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off; raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false.")


def number(name: str, default: int) -> int:
    """A whole number; raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None


def days(name: str, default: int, least: int = 1) -> int:
    """A number of days; raises ImproperlyConfigured for fewer than `least`."""
    value = number(name, default)
    if value < least:
        raise ImproperlyConfigured(f"{name}={value} is less than {least} days.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Values separated by commas, blanks dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def path(name: str, default: Path) -> Path:
    """A path; one that is not absolute is refused, since it would depend on where the server starts."""
    value = os.environ.get(name)
    if not value:
        return default
    if not Path(value).is_absolute():
        raise ImproperlyConfigured(f"{name}={value!r} is not an absolute path.")
    return Path(value)
