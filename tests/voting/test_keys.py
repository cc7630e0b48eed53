"""Keyholders: the key split, taken away, lost, brought back, and the count with it."""

import pytest

from anas.refused import Refused
from anas.rounds import services as rounds
from tests import cast
from voting import ceremony, counting, parts, sealing
from voting.keys import KeyParts
from voting.models import Choice, KeyShare, Poll

pytestmark = pytest.mark.once  # what keyholders do with words and shares; the count is asked on each database elsewhere


@pytest.fixture(autouse=True)
def key_dir(settings, tmp_path):
    settings.KEY_DIR = tmp_path / "keys"
    return settings.KEY_DIR


@pytest.fixture
def round(office):
    """A poll whose key is split among Kartika, Wulan and Hadi; two of them are needed."""
    office.keys = KeyParts([office.kartika, office.wulan, office.hadi], 2)
    return cast.play(office, to="polling")


@pytest.fixture
def poll(round):
    return round.stage_of_kind("poll").poll


def share_of(person):
    return KeyShare.objects.get(keyholder=person)


def take(person):
    """The keyholder writes the part down and types two words back; answers with what was written down."""
    share = share_of(person)
    words = ceremony.part_of(share, by=person).words
    ceremony.confirm(share, first=words[share.first_asked - 1], second=words[share.second_asked - 1], by=person)
    return " ".join(words)


def take_all(office, capture):
    with capture(execute=True):
        return {name: take(getattr(office, name)) for name in ("kartika", "wulan", "hadi")}


def test_nobody_votes_before_every_keyholder_has_his_part(office, round, poll):
    for name in ("kartika", "wulan"):
        take(getattr(office, name))
        with pytest.raises(Refused):
            cast.vote(office, round, office.ratna)

    take(office.hadi)

    assert cast.vote(office, round, office.ratna).code


def test_the_key_lies_nowhere_on_the_server_while_the_poll_runs(
    office, round, key_dir, django_capture_on_commit_callbacks
):
    assert len(list(key_dir.iterdir())) == 3, "before: the parts wait for their keyholders"

    take_all(office, django_capture_on_commit_callbacks)

    assert list(key_dir.iterdir()) == []


def test_a_part_is_shown_to_its_keyholder_alone_and_only_until_it_is_taken(office, round):
    with pytest.raises(Refused):
        ceremony.part_of(share_of(office.wulan), by=office.kartika)

    take(office.wulan)

    with pytest.raises(Refused):
        ceremony.part_of(share_of(office.wulan), by=office.wulan)


def test_wrong_words_do_not_take_a_part(office, round):
    with pytest.raises(Refused):
        ceremony.confirm(share_of(office.wulan), first="babab", second="babab", by=office.wulan)

    assert not share_of(office.wulan).is_confirmed


def close_and_bring(office, round, *texts):
    rounds.close_stage(cast.again(round), by=office.kartika)
    for text in texts:
        ceremony.bring(cast.again(round), words=text, by=office.kartika)


def test_two_of_three_parts_count(office, round, poll, key_dir, django_capture_on_commit_callbacks):
    texts = take_all(office, django_capture_on_commit_callbacks)
    cast.vote(office, round, office.ratna, pns=cast.finalist(round, "Ayu Lestari"))
    ceremony.report_lost(share_of(office.wulan), by=office.wulan)

    close_and_bring(office, round, texts["hadi"], texts["kartika"])
    with django_capture_on_commit_callbacks(execute=True):
        counting.count(cast.again(round), by=office.kartika)

    assert counting.tallies(poll)["pns"].valid == 1
    assert list(key_dir.iterdir()) == [], "the key is gone again"


def test_one_part_does_not_count(office, round, django_capture_on_commit_callbacks):
    texts = take_all(office, django_capture_on_commit_callbacks)
    close_and_bring(office, round, texts["hadi"])

    with pytest.raises(Refused):
        counting.count(cast.again(round), by=office.kartika)

    assert not Choice.objects.exists()


def test_a_keyholder_brings_his_part_in_his_own_login_and_others_cannot(
    office, round, django_capture_on_commit_callbacks
):
    texts = take_all(office, django_capture_on_commit_callbacks)
    rounds.close_stage(cast.again(round), by=office.kartika)

    ceremony.bring(cast.again(round), words=texts["wulan"], by=office.wulan)

    with pytest.raises(Refused):
        ceremony.bring(cast.again(round), words=texts["hadi"], by=office.ratna)


def test_wrong_parts_are_refused_in_words(office, round, poll, django_capture_on_commit_callbacks):
    texts = take_all(office, django_capture_on_commit_callbacks)
    rounds.close_stage(cast.again(round), by=office.kartika)
    words = texts["hadi"].split()
    swapped = " ".join([words[1], words[0], *words[2:]])
    other_key = parts.split(sealing.make_keys()[1], count=3, threshold=2)[0].text
    messages = set()

    for wrong in ("", "halo dunia", " ".join(words[:-1]), texts["hadi"] + " babab", swapped, other_key):
        with pytest.raises(Refused) as refused:
            ceremony.bring(cast.again(round), words=wrong, by=office.kartika)
        messages.update(refused.value.reasons)
    ceremony.bring(cast.again(round), words=texts["hadi"], by=office.kartika)
    with pytest.raises(Refused):
        ceremony.bring(cast.again(round), words=texts["hadi"], by=office.kartika)

    assert len(messages) == 6, "each mistake has words of its own"


def test_a_part_may_be_typed_with_numbers_commas_and_capitals(office, round, django_capture_on_commit_callbacks):
    texts = take_all(office, django_capture_on_commit_callbacks)
    rounds.close_stage(cast.again(round), by=office.kartika)
    careless = ",\n".join(f"{number}. {word.upper()}" for number, word in enumerate(texts["hadi"].split(), 1))

    assert ceremony.bring(cast.again(round), words=careless, by=office.kartika).index == 3


def test_a_new_key_can_be_made_before_the_start_and_not_after(office, round, django_capture_on_commit_callbacks):
    old = take(office.wulan)

    ceremony.renew(round, keyholders=[office.lina, office.hadi], threshold=2, by=office.kartika)

    poll = Poll.objects.get()
    with pytest.raises(parts.BadPart):
        parts.read(old, bytes(poll.public_key))
    for person in (office.lina, office.hadi):
        take(person)
    with pytest.raises(Refused):
        ceremony.renew(round, keyholders=[office.lina, office.hadi], threshold=2, by=office.kartika)


@pytest.mark.parametrize(("names", "threshold"), [([], 2), (["hadi"], 2), (["hadi", "lina"], 1), (["hadi", "lina"], 3)])
def test_a_split_that_protects_nobody_is_refused(office, round, names, threshold):
    with pytest.raises(Refused):
        ceremony.renew(
            round, keyholders=[getattr(office, name) for name in names], threshold=threshold, by=office.kartika
        )


def test_the_committee_opens_the_poll_with_keyholders_through_the_page(office, login):
    round = cast.play(office, to="tim")
    cast.assess_all(office, cast.again(round))
    rounds.close_stage(cast.again(round), by=office.lina)
    path = f"/periode/{round.pk}/lanjut/"
    client = login(office.kartika)

    nobody = client.post(path, {"mode": "parts", "threshold": "2"})
    assert list(nobody.context["form"].errors) == ["keyholders"]
    client.post(path, {"mode": "parts", "threshold": "2", "keyholders": [office.hadi.pk, office.wulan.pk]})

    assert list(KeyShare.objects.values_list("keyholder__name", flat=True)) == ["Hadi Purnomo", "Wulan Sari"]
    assert not Poll.objects.get().is_started


def test_a_keyholder_takes_the_part_through_the_pages(office, login, round, django_capture_on_commit_callbacks):
    client = login(office.wulan)
    base = f"/periode/{round.pk}/kotak-suara/kunci/"
    assert client.get(f"{base}bagian/").headers["Location"] == base

    page = client.post(f"{base}bagian/")
    words = page.context["part"].words
    share = share_of(office.wulan)
    wrong = client.post(f"{base}bagian/", {"first": "x", "second": "y"})
    assert wrong.status_code == 200 and not share_of(office.wulan).is_confirmed
    client.post(f"{base}bagian/", {"first": words[share.first_asked - 1], "second": words[share.second_asked - 1]})

    assert share_of(office.wulan).is_confirmed
    assert login(office.ratna).get(base).status_code == 404
    assert login(office.ratna).post(f"{base}bagian/").status_code == 404


def test_the_page_says_whose_turn_it_is_before_and_after_the_poll(
    office, round, login, django_capture_on_commit_callbacks
):
    keys, count = (f"/periode/{round.pk}/kotak-suara/{page}/" for page in ("kunci", "hitung"))

    def asked():
        return {task.url for agenda in login(office.kartika).get("/").context["agendas"] for task in agenda.tasks}

    assert round.current_stage.turn.startswith("the keyholders")
    words = take_all(office, django_capture_on_commit_callbacks)
    round = cast.again(round)
    assert round.current_stage.turn == "everybody who has not voted yet"
    rounds.close_stage(round, by=office.kartika)
    assert asked() == {keys}
    for name in ("wulan", "hadi"):
        ceremony.bring(cast.again(round), words=words[name], by=getattr(office, name))
    assert asked() == {keys, count}
