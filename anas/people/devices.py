"""Wrong passwords by the hundred from one address: no more tries from there, but for those phones and computers where
the person has logged in before. So nobody guesses through a list of numbers, and nobody shuts out a whole office that
goes online through one address."""

from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from anas.people.addresses import client_address
from anas.people.models import Employee

COOKIE, AGE = "perangkat", 180 * 24 * 60 * 60
SALT = "people.device"
COUNTED_FOR = 5  # seconds: in the morning a whole office logs in from one address


def remember(response: HttpResponse, employee: Employee) -> None:
    """This browser has been the employee's. The cookie holds a keyed hash: it says nothing to anybody else."""
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=SALT).sign(_mark(employee.number)),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_shut_out(request: HttpRequest, number: str) -> bool:
    """Whether a try with this number from this browser comes too late."""
    if _is_known(request, number):
        return False
    address = client_address(request)
    tries = cache.get_or_set(f"wrong-tries-{address}", lambda: _wrong_tries(address), COUNTED_FOR)
    return tries >= settings.WRONG_TRIES_PER_ADDRESS


def _wrong_tries(address: str) -> int:
    lately = timezone.now() - settings.AXES_COOLOFF_TIME
    found = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=lately)
    return found.aggregate(Sum("failures_since_start"))["failures_since_start__sum"] or 0


def _is_known(request: HttpRequest, number: str) -> bool:
    try:
        kept = signing.TimestampSigner(salt=SALT).unsign(request.COOKIES.get(COOKIE, ""), max_age=AGE)
    except signing.BadSignature:
        return False
    return constant_time_compare(kept, _mark(number))


def _mark(number: str) -> str:
    return salted_hmac(SALT, number, algorithm="sha256").hexdigest()[:32]
