"""From which kind of client somebody acts, as the audit trail says it. Coarse on purpose: three kinds tell no two
people apart."""

from contextvars import ContextVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PHONE, COMPUTER, COMMAND_LINE = "phone", "computer", "command"
NAMES = {PHONE: pgettext_lazy("client", "phone"), COMPUTER: _("computer"), COMMAND_LINE: _("command line")}

# Outside of a request it is the command line.
present: ContextVar[str] = ContextVar("client", default=COMMAND_LINE)


def kind_of(request: HttpRequest) -> str:
    """By what the browser says of itself; a tablet counts as a phone."""
    words = request.headers.get("User-Agent", "")
    return PHONE if any(word in words for word in ("Mobi", "Android", "iPad")) else COMPUTER
