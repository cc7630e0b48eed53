from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from anas.sso import factors
from voting.kiosk import SESSION_KEY as KIOSK

# Open before the second factor: to set it up, to leave, to read.
OPEN = {"mfa_activate_totp", "people:again", "people:login", "people:logout", "set_language"}


class SecondFactor:
    """Nobody goes on who has a second factor and has not shown it, or who needs one and has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or KIOSK in request.session:
            return None
        if request.session.get(factors.MISSING):
            return _to_login(request)
        if request.resolver_match.view_name in OPEN or factors.has_shown_it(request):
            return None
        if not factors.needs_one(request.user):
            return None
        return _to_login(request) if factors.has_one(request.user) else _to_set_up(request)


def _to_login(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("You have a second factor: log in on this page, which asks for it."))
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def _to_set_up(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("What you may do here needs a second factor. Please set it up first."))
    return redirect("mfa_activate_totp")
