import ctypes
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

# What WeasyPrint loads, and the Debian packages that bring it.
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-texgyre"


@register
def libraries_for_pdf(app_configs, **kwargs) -> list[CheckMessage]:
    """Says at start, not at the first decree, that documents cannot be made; the rest of ANAS works without."""
    missing = [name for name in LIBRARIES if not _is_there(name)] if sys.platform.startswith("linux") else []
    if not missing:
        return []
    return [
        Warning(
            f"No document can be made: {', '.join(missing)} is missing.",
            hint=f"On Debian or Ubuntu: sudo apt-get install {PACKAGES}",
            id="documents.W001",
        )
    ]


@register
def signing_service(app_configs, **kwargs) -> list[CheckMessage]:
    """Says at start what is wrong with the address of the signing service; passphrases travel to it."""
    if not settings.BSRE_URL:
        return []
    site = urlsplit(settings.BSRE_URL)
    if site.scheme not in ("http", "https") or not site.hostname or settings.BSRE_VERSION not in (1, 2):
        return [Error("BSRE_URL is no address, or BSRE_VERSION neither 1 nor 2.", id="documents.E001")]
    if site.scheme == "http" and site.hostname not in ("localhost", "127.0.0.1"):
        hint = "Passphrases can be read on their way. Use https://, or a service on this machine."
        return [Warning("BSRE_URL is not encrypted.", hint=hint, id="documents.W002")]
    return []


def _is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
