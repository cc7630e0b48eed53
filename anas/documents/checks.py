import ctypes
import sys

from django.core.checks import CheckMessage, Warning, register

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


def _is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
