"""Receipt codes: short, readable aloud, with a check sign."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anas.people import codes
from voting import receipts

HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(HASHES)
def test_a_code_leads_back_to_its_hash(envelope_hash):
    assert envelope_hash.startswith(receipts.hash_prefix(receipts.code(envelope_hash)))


@given(HASHES)
def test_a_code_may_be_typed_carelessly(envelope_hash):
    code = receipts.code(envelope_hash)
    careless = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert receipts.hash_prefix(careless) == receipts.hash_prefix(code)


@given(HASHES, st.integers(0, 15), st.integers(1, 31))
def test_one_wrong_sign_is_noticed(envelope_hash, place, step):
    signs = receipts.code(envelope_hash).replace("-", "")
    wrong = codes.ALPHABET[(codes.ALPHABET.index(signs[place]) + step) % 32]
    changed = signs[:place] + wrong + signs[place + 1 :]

    assert receipts.hash_prefix(changed) is None


@pytest.mark.parametrize("typed", ["", "X", "0" * 16, "0" * 18, "U" * 17, "0000-0000-0000-0000-1", "é" * 17])
def test_what_is_no_code_is_none(typed):
    assert receipts.hash_prefix(typed) is None


def test_a_code_looks_like_this():
    assert receipts.code(hashlib.sha256(b"anas").hexdigest()) == "3QSR-SFH0-4DJZ-RVS2-1"
