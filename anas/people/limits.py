"""How often one address may ask for what is open to everybody, or dear to make. Django's cache counts; where each
process of the server has a cache of its own, which is the default, each counts for itself."""

import hashlib
import ipaddress
from time import time

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anas.people.addresses import client_address

# Of activation codes only the wrong ones count: a whole office may come from one address on one morning.
PER_MINUTE = {"code": 30, "file": 10, "preview": 60, "activation": 100}


def seconds_to_wait(request: HttpRequest, what: str) -> int:
    """Counts this request. 0 where it may go on, else the seconds until the next minute begins."""
    return _rest() if count(request, what) > PER_MINUTE[what] else 0


def seconds_left(request: HttpRequest, what: str) -> int:
    """The same without counting: for what counts only when it has gone wrong."""
    return _rest() if cache.get(_key(request, what), 0) >= PER_MINUTE[what] else 0


def count(request: HttpRequest, what: str) -> int:
    """How many there were in this minute, this one included."""
    key = _key(request, what)
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key)
    except ValueError:  # a full cache has dropped it
        return 0


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that asks to wait."""
    response = render(request, "too_many.html", {"seconds": seconds}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _rest() -> int:
    return 60 - int(time()) % 60


def _key(request: HttpRequest, what: str) -> str:
    return f"asked:{what}:{int(time()) // 60}:{_who(request)}"


def _who(request: HttpRequest) -> str:
    """The address, not to be read back; of IPv6 the network, since one visitor has all addresses of it."""
    address = client_address(request)
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        found = None  # whatever a proxy wrote there
    if found and found.version == 6 and not found.ipv4_mapped:
        address = str(ipaddress.ip_network((int(found), 64), strict=False))
    return hashlib.sha256(address.encode()).hexdigest()[:32]
