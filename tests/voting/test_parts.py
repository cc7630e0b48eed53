"""Parts of a key: words that lead back to them, and only enough of them to the key."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voting import parts, sealing

SIZES = st.integers(2, 6).flatmap(lambda count: st.tuples(st.just(count), st.integers(2, count)))


@settings(max_examples=25)
@given(SIZES)
def test_any_threshold_of_parts_brings_the_key_back_and_fewer_do_not(size):
    count, threshold = size
    public, private = sealing.make_keys()
    made = parts.split(private, count=count, threshold=threshold)

    for some in combinations(made, threshold):
        assert parts.combine(some, public) == private
    for few in combinations(made, threshold - 1):
        with pytest.raises(parts.BadPart):
            parts.combine(few, public)


def test_a_part_comes_back_from_its_words():
    public, private = sealing.make_keys()

    for part in parts.split(private, count=3, threshold=2):
        assert parts.read(part.text, public) == part
        assert len(part.words) == parts.WORDS


@settings(max_examples=50)
@given(st.data())
def test_a_mistyped_letter_is_noticed(data):
    public, private = sealing.make_keys()
    words = parts.split(private, count=2, threshold=2)[0].words
    place, letter = data.draw(st.integers(0, len(words) - 1)), data.draw(st.integers(0, 4))
    allowed = parts.VOWELS if letter % 2 else parts.CONSONANTS
    other = data.draw(st.sampled_from([sign for sign in allowed if sign != words[place][letter]]))
    words[place] = words[place][:letter] + other + words[place][letter + 1 :]

    with pytest.raises(parts.BadPart):
        parts.read(" ".join(words), public)


def test_parts_of_different_keys_do_not_open():
    public, private = sealing.make_keys()
    _other, stranger = sealing.make_keys()
    mixed = [parts.split(private, count=2, threshold=2)[0], parts.split(stranger, count=2, threshold=2)[1]]

    with pytest.raises(parts.BadPart) as bad:
        parts.combine(mixed, public)

    assert bad.value.problem == "mixed"
