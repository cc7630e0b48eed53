"""Which address a login attempt comes from."""

import pytest
from django.test import RequestFactory

from anas.people.addresses import client_address

CLAIMED = "10.0.0.1, 203.0.113.9"


@pytest.mark.parametrize(("behind_proxy", "address"), [(False, "127.0.0.1"), (True, "203.0.113.9")])
def test_only_our_own_proxy_is_believed_and_only_what_it_wrote(settings, behind_proxy, address):
    settings.BEHIND_PROXY = behind_proxy

    assert client_address(RequestFactory().get("/", headers={"x-forwarded-for": CLAIMED})) == address


def test_without_a_forwarded_address_the_peer_counts(settings):
    settings.BEHIND_PROXY = True

    assert client_address(RequestFactory().get("/")) == "127.0.0.1"
