"""What holds for every page: its language, who may see it at all, and what a browser may load for it."""

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_supported_language_variant

from anas.people import clients
from anas.refused import Refused

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Bootstrap's style sheet draws its marks with data: images
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)


class ContentSecurityPolicy:
    """Lets a page load its own files only: no inline script or style, no other site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class NotKept:
    """Neither a browser nor a proxy keeps a page, unless its view says otherwise: the back button shows nothing after
    the logout."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ChosenLanguage:
    """Indonesian, until the visitor chooses another language. What the browser prefers does not count: office phones
    are often set to English, and their owners are not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        try:
            language = get_supported_language_variant(chosen)
        except LookupError:
            language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class NumbersOfRows:
    """An address with a number that no row of a database can have does not exist. SQLite would not take the number."""

    LARGEST = 2**63 - 1

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if any(isinstance(value, int) and value > self.LARGEST for value in view_kwargs.values()):
            raise Http404


class SaysNo:
    """What a service refuses and no page has said: 409, with every reason in words. Mostly somebody else was faster."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            return render(request, "409.html", {"reasons": exception.reasons}, status=409)
        return None


class KindOfClient:
    """What the audit trail will say of acts in this request: phone or computer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        before = clients.present.set(clients.kind_of(request))
        try:
            return self.get_response(request)
        finally:
            clients.present.reset(before)


class LoginRequired(LoginRequiredMiddleware):
    """Every page asks for a login unless its view says `login_not_required`; the admin sees to that itself."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.path.startswith("/admin/"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
