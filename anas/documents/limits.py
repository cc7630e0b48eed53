"""How often one address may ask for what is open to everybody, or dear to make. Django's cache counts; where each
process of the server has a cache of its own, which is the default, each counts for itself."""

import hashlib
import ipaddress
from time import time

from django.core.cache import cache
from django.http import HttpRequest

from anas.people.addresses import client_address

PER_MINUTE = {"code": 30, "file": 10, "preview": 60}


def seconds_to_wait(request: HttpRequest, what: str) -> int:
    """Counts this request. 0 where it may go on, else the seconds until the next minute begins."""
    now = int(time())
    key = f"asked:{what}:{now // 60}:{_who(request)}"
    cache.add(key, 0, timeout=120)
    try:
        count = cache.incr(key)
    except ValueError:  # a full cache has dropped it
        return 0
    return 60 - now % 60 if count > PER_MINUTE[what] else 0


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
