"""Schemes of an office: copied, changed, taken in, used by rounds, deleted; by its committee alone."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from anas.people.models import CommitteeSeat, Unit
from anas.refused import Refused
from anas.rounds import scheme as schemes
from anas.rounds import scheme_file
from anas.rounds import services as rounds
from anas.rounds.editor import services
from anas.rounds.models import AuditEntry
from anas.rounds.own_schemes import OwnScheme
from tests import cast
from tests.schemes import anas_with, small, typed

ANAS = schemes.preset("anas")


@pytest.fixture
def own(office):
    return services.keep(unit=office.unit, scheme=small(), by=office.kartika)


@pytest.fixture
def kartika(office, login):
    return login(office.kartika)


def committee_of(office, name: str, unit: Unit) -> Client:
    CommitteeSeat.objects.create(unit=unit, employee=getattr(office, name))
    client = Client()
    client.force_login(cast.fresh(getattr(office, name)), backend="anas.people.backends.EmployeeBackend")
    return client


def said(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def trail() -> list[tuple]:
    entries = AuditEntry.objects.filter(action__startswith="scheme.").order_by("pk")
    return [(entry.action, entry.subject, entry.actor.name, entry.role) for entry in entries]


def test_a_copy_is_changed_kept_and_told_in_words(office, kartika):
    form = kartika.get("/skema/baru/?dari=anas")
    assert (form.status_code, form.context["editor"].draft.top["code"]) == (200, "anas")
    data = typed(ANAS, unit=office.unit.pk, act="save", name="ANAS Baru", quorum="50")

    page = kartika.post("/skema/baru/", data, follow=True)

    own = OwnScheme.objects.get()
    assert page.redirect_chain == [(f"/skema/{own.pk}/", 302)]
    assert (own.unit, own.code, own.number, own.by) == (office.unit, "anas", 1, office.kartika)
    assert own.scheme == anas_with(name="ANAS Baru", quorum="50")
    assert "at least 50 percent of the voter roll" in page.content.decode()
    assert own.digest in page.content.decode()
    assert trail() == [("scheme.kept", "ANAS Baru", "Kartika Sari", "committee")]
    assert kartika.get("/skema/baru/?dari=anas").context["editor"].draft.top["code"] == "anas-2"


def test_a_change_is_a_version_and_the_one_before_it_stays(office, kartika, own):
    page = kartika.post(f"/skema/{own.pk}/ubah/", typed(own.scheme, seen=1, act="save", title="Bintang"), follow=True)

    own.refresh_from_db()
    assert (own.number, own.scheme.title, own.earlier.get().scheme) == (2, "Bintang", small())
    assert [(v["text"].number, [c.what for c in v["changes"]]) for v in page.context["versions"]] == [
        (2, ["What a winner becomes"]),
        (1, []),
    ]
    assert AuditEntry.objects.get(action="scheme.changed").detail["changes"] == ["title: Pegawai Teladan → Bintang"]
    file = kartika.get(f"/skema/{own.pk}/unduh/1/").content
    assert schemes.parse(scheme_file.read(file)) == small()
    assert kartika.get(f"/skema/{own.pk}/unduh/3/").status_code == 404


def test_who_saves_second_is_told_what_the_other_did_and_loses_nothing(office, kartika, own):
    services.change(own, scheme=anas_like(title="Bintang"), seen=1, by=office.kartika)
    mine = typed(small(), seen=1, act="save", note="Punya saya.")

    page = kartika.post(f"/skema/{own.pk}/ubah/", mine)

    assert said(page) == ["Kartika Sari has saved version 2 meanwhile. Nothing of yours is lost; it is not saved yet."]
    assert [(change.what, change.was) for change in page.context["changes"]] == [
        ("What a winner becomes", "Bintang"),
        ("Note", ""),
    ]
    assert "Punya saya." in page.content.decode()
    again = typed(small(), seen=page.context["seen"], act="save", note="Punya saya.")
    assert kartika.post(f"/skema/{own.pk}/ubah/", again).status_code == 302
    own.refresh_from_db()
    assert (own.number, own.scheme.note, own.scheme.title) == (3, "Punya saya.", "Pegawai Teladan")


def anas_like(**more: object) -> schemes.Scheme:
    return schemes.parse(schemes.as_data(small()) | more)


@pytest.mark.once
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(office, kartika, own):
    wrong = typed(small(), unit=office.unit.pk, act="save", name="Teladan", code="")
    wrong |= {"stages[0].weight": "41,5", "quorum": "separuh"}

    page = kartika.post("/skema/baru/", wrong)

    text = page.content.decode()
    assert [problem["where"] for problem in page.context["editor"].problems] == ["Quorum in percent", "Stages", "Code"]
    assert "another scheme of this office has this code" in text
    assert 'value="41,5"' in text and 'value="separuh"' in text
    assert "The weights add up to 101.50 of 100." in text
    assert OwnScheme.objects.count() == 1


@pytest.mark.once
def test_a_button_of_a_row_keeps_what_was_typed_and_saves_nothing(office, kartika, own):
    data = typed(small(), seen=1, title="Baru diketik", act="add.classifications")

    page = kartika.post(f"/skema/{own.pk}/ubah/", data)

    text = page.content.decode()
    assert 'name="classifications[1].name"' in text and 'value="Baru diketik"' in text
    assert (page.context["editor"].problems, OwnScheme.objects.get().number) == ([], 1)


@pytest.mark.once
def test_a_look_shows_the_words_of_what_was_typed_unsaved(office, kartika):
    page = kartika.post("/skema/baru/", typed(small(), name="Belum disimpan", unit=office.unit.pk, act="look"))

    assert page.context["scheme"].name == "Belum disimpan"
    assert "The best of one classification becomes: Pegawai Teladan." in page.content.decode()
    assert not OwnScheme.objects.exists()


@pytest.mark.once
def test_a_file_is_shown_before_it_is_kept_and_its_errors_are_told_with_their_places(kartika):
    good = scheme_file.write(small())
    shown = kartika.post("/skema/impor/", {"file": ContentFile(good.encode(), name="teladan.toml")})
    assert (shown.context["scheme"], shown.context["address"]) == (small(), "/skema/baru/")

    wrong = good.replace('kind = "poll"', 'kind = "undian"').replace("weight = 40", "weight = nan")
    page = kartika.post("/skema/impor/", {"text": wrong})
    assert [(one["where"], one["fault"].place) for one in page.context["problems"]] == [
        ("Stages, row 1: Weight in percent", "stages[0].weight"),
        ("Stages, row 2: What happens", "stages[1].kind"),
    ]
    assert "undian" in page.content.decode()
    broken = kartika.post("/skema/impor/", {"text": "code = "}).context["form"].errors
    assert list(broken) == ["text"]
    assert list(kartika.post("/skema/impor/", {}).context["form"].errors) == ["__all__"]
    assert not OwnScheme.objects.exists()


def test_another_office_neither_sees_nor_changes_it_and_those_under_it_only_see_it(office, own):
    oki = committee_of(office, "oki", office.oki.unit)
    maya = committee_of(office, "maya", office.units["data"])
    rini = committee_of(office, "ratna", office.government)
    addresses = [f"/skema/{own.pk}/", f"/skema/{own.pk}/unduh/1/", f"/skema/{own.pk}/ubah/", f"/skema/{own.pk}/hapus/"]

    assert [[client.get(address).status_code for address in addresses] for client in (oki, maya, rini)] == [
        [404, 404, 404, 404],
        [200, 200, 404, 404],
        [200, 200, 200, 200],
    ]
    assert oki.get(f"/skema/baru/?dari=own-{own.pk}").status_code == 404
    assert [len(client.get("/skema/").context["own"]) for client in (oki, maya, rini)] == [0, 1, 1]
    with pytest.raises(Refused):
        services.change(own, scheme=anas_like(title="x"), seen=1, by=office.oki)


def test_a_round_follows_the_offices_scheme_and_a_draft_takes_its_present_version(office, kartika, own):
    choices = dict(kartika.get("/periode/baru/").context["form"].fields["scheme"].choices)
    assert list(choices) == ["Of the office", "Comes with ANAS"]
    kartika.post("/periode/baru/", {"name": "2027", "scope": office.unit.pk, "scheme": f"own-{own.pk}"})
    round = own.rounds.get()
    assert (round.scheme, round.is_behind_its_scheme) == (small(), False)
    first = round.stage_list[0]
    first.opens_at = round.created_at
    first.save()
    services.change(own, scheme=with_team(), seen=1, by=office.kartika)

    asked = kartika.get(f"/periode/{round.pk}/aturan/perbarui/")
    assert f"/periode/{round.pk}/aturan/perbarui/" in kartika.get(f"/periode/{round.pk}/aturan/").content.decode()
    assert "Stages: usulan, polling → usulan, tim, polling" in asked.context["items"]
    kartika.post(f"/periode/{round.pk}/aturan/perbarui/")

    round = cast.again(round)
    assert (round.scheme, [stage.code for stage in round.stage_list]) == (with_team(), ["usulan", "tim", "polling"])
    assert round.stage_list[0].opens_at == round.created_at
    assert AuditEntry.objects.filter(action="round.scheme_taken").count() == 1


def with_team() -> schemes.Scheme:
    data = schemes.as_data(small())
    tim = {"code": "tim", "name": "Tim", "kind": "panel", "weight": 20}
    return schemes.parse(data | {"stages": [data["stages"][0], tim, data["stages"][1] | {"weight": 40}]})


def test_a_round_that_is_open_is_not_touched(office, kartika):
    own = services.keep(unit=office.unit, scheme=ANAS, by=office.kartika)
    round = cast.draft(office)
    type(round).objects.update(own_scheme=own)
    round = rounds.open_round(round, by=office.kartika)
    services.change(own, scheme=anas_with(objection_days=5), seen=1, by=office.kartika)

    page = kartika.post(f"/periode/{round.pk}/aturan/perbarui/", follow=True)

    assert "its rules are frozen" in page.content.decode()
    assert (cast.again(round).scheme, cast.again(round).is_behind_its_scheme) == (ANAS, False)
    assert "frozen, as they were then" in kartika.get(f"/skema/{own.pk}/").content.decode()


def test_it_is_deleted_only_where_no_round_uses_it(office, kartika, own):
    round = rounds.create_round(name="2027", scope=office.unit, scheme=own.scheme, own=own, by=office.kartika)
    page = kartika.post(f"/skema/{own.pk}/hapus/")
    assert said(page) == ["Pegawai Teladan 2027 of DPMPTSP uses it."] == page.context["reasons"]

    round.delete()
    services.change(own, scheme=anas_like(title="Bintang"), seen=1, by=office.kartika)

    assert kartika.post(f"/skema/{own.pk}/hapus/", follow=True).redirect_chain == [("/skema/", 302)]
    assert not OwnScheme.objects.exists()
    assert [action for action, *_rest in trail()] == ["scheme.kept", "scheme.changed", "scheme.deleted"]


def test_a_scheme_of_another_office_is_refused_for_a_round(office, own):
    with pytest.raises(Refused):
        rounds.create_round(name="x", scope=office.government, scheme=own.scheme, own=own, by=rini(office))


def rini(office):
    CommitteeSeat.objects.create(unit=office.government, employee=office.ratna)
    return cast.fresh(office.ratna)


@pytest.mark.once
def test_the_classifications_of_the_office_can_be_given_to_its_people(office, kartika, own):
    other = committee_of(office, "oki", office.oki.unit)

    offered = [
        dict(client.get("/pegawai/baru/").context["form"].fields["classification"].choices)
        for client in (kartika, other)
    ]

    assert [choices.get("semua") for choices in offered] == ["Semua pegawai", None]


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_the_same_queries_for_one_and_for_three(office, kartika, number, django_assert_num_queries):
    for n in range(number):
        own = services.keep(unit=office.unit, scheme=anas_like(code=f"teladan-{n}"), by=office.kartika)
    for n in range(number):
        services.change(own, scheme=anas_like(code=own.code, title=f"Bintang {n}"), seen=n + 1, by=office.kartika)
        own.refresh_from_db()
        rounds.create_round(name=f"{n}", scope=office.unit, scheme=own.scheme, own=own, by=office.kartika)

    with django_assert_num_queries(9):  # session, user, committee, schemes, headed units, own unit, uses, uses, office
        page = kartika.get("/skema/")
    with django_assert_num_queries(9):  # the same, with rounds and versions for the uses
        detail = kartika.get(f"/skema/{own.pk}/")

    assert len(page.context["own"]) == number
    assert [row["uses"] for row in page.context["own"]] == [0] * (number - 1) + [number]
    assert len(detail.context["used"]) == number
