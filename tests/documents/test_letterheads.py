"""The settings of an office: inherited down the tree, kept version by version."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from anas.documents import facts, numbers, papers, services, texts
from anas.documents.letterheads import head_title, letterhead_for
from anas.documents.models import Crest, Document, Letterhead
from anas.people.models import CommitteeSeat
from anas.refused import Refused
from anas.rounds.models import AuditEntry, Round
from tests import cast
from tests.documents.test_crests import picture

WHEN = date(2026, 11, 22)


def kept() -> Crest:
    return Crest.objects.create(digest="0" * 64, png=picture())


def changed(world: cast.Office, /, **values) -> Letterhead:
    return services.set_letterhead(world.unit, values=values, by=cast.fresh(world.kartika))


def test_without_one_it_follows_from_the_names_of_the_units(office):
    found = letterhead_for(office.unit)

    assert (found.government, found.office, found.place) == ("Pemerintah Kota Batu", "DPMPTSP", "Batu")
    assert found.head_title == "Kepala DPMPTSP Kota Batu"
    assert (found.paper, found.margin_left, found.decree_number) == ("F4", 30, "188/{nomor}/{kode}/{tahun}")


def test_a_unit_below_uses_the_office_s(office):
    Letterhead.objects.create(unit=office.unit, office="Dinas Contoh", address="Jalan Satu", margin_top=40)
    found = letterhead_for(office.units["data"])

    assert (found.office, found.address, found.margin_top, found.margin_bottom) == (
        "Dinas Contoh",
        "Jalan Satu",
        40,
        25,
    )


def test_the_government_hands_down_its_crest_and_paper_but_not_its_address(office):
    Letterhead.objects.create(
        unit=office.government, office="Sekretariat Daerah", address="Balai Kota", paper="LGL", crest=kept()
    )
    found = letterhead_for(office.unit)

    assert (found.office, found.address, found.paper, bytes(found.crest.png)) == ("DPMPTSP", "", "LGL", picture())


def test_what_is_set_nearer_counts(office):
    Letterhead.objects.create(unit=office.government, government="Pemkot", place="Kota")
    Letterhead.objects.create(unit=office.unit, place="Batu Permai")

    assert (letterhead_for(office.unit).government, letterhead_for(office.unit).place) == ("Pemkot", "Batu Permai")


def test_the_root_stands_for_itself(office):
    found = letterhead_for(office.government)

    assert (found.government, found.office, found.place) == ("", "Pemerintah Kota Batu", "Batu")


@pytest.mark.parametrize("unit", ["government", "unit"])
def test_it_is_found_in_one_query(office, unit, django_assert_num_queries):
    Letterhead.objects.create(unit=office.government, place="Kota")
    with django_assert_num_queries(1):
        letterhead_for(getattr(office, unit))


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        ("Kepala Dinas", "Dinas Kesehatan", "Kepala Dinas Kesehatan Kota Batu"),
        ("Kepala Dinas Kesehatan", "Dinas Kesehatan", "Kepala Dinas Kesehatan Kota Batu"),
        ("Kepala Dinas Kesehatan Kota Batu", "Dinas Kesehatan", "Kepala Dinas Kesehatan Kota Batu"),
        ("", "Dinas Kesehatan", "Kepala Dinas Kesehatan Kota Batu"),
        ("Direktur", "RSUD Karsa", "Direktur RSUD Karsa Kota Batu"),
        ("Wali Kota Batu", "Pemerintah Kota Batu", "Wali Kota Batu"),
    ],
)
def test_the_title_of_the_head_in_full(title, name, expected):
    assert head_title(title, name, "Kota Batu") == expected


def test_a_rule_that_is_switched_off_is_inherited_too(office):
    Letterhead.objects.create(unit=office.government, shows_nip=False, font="heros", considering="bahwa kota;")
    found = letterhead_for(office.units["data"])

    assert (found.shows_nip, found.shows_rank, found.font, found.font_size) == (False, True, "heros", 12)
    assert found.considering == "bahwa kota;"
    assert found.basis.startswith("Undang-Undang Nomor 25 Tahun 2009")


def test_each_change_is_a_version_and_the_last_one_counts(office):
    first = changed(office, office="Dinas Satu", crest=picture())
    second = changed(office, office="Dinas Dua", margin_top=30)

    assert (first.number, first.changed) == (1, ["office", "crest"])
    assert (second.number, second.changed, second.by) == (2, ["office", "margin_top"], office.kartika)
    assert [(one.number, one.office, one.is_current) for one in Letterhead.objects.order_by("number")] == [
        (1, "Dinas Satu", False), (2, "Dinas Dua", True),
    ]  # fmt: skip
    assert letterhead_for(office.unit).office == "Dinas Dua"
    assert bytes(letterhead_for(office.unit).crest.png) == picture()
    entries = AuditEntry.objects.filter(action="letterhead.changed").order_by("number")
    assert [(entry.actor, entry.subject, entry.detail) for entry in entries] == [
        (office.kartika, "DPMPTSP", {"fields": ["office", "crest"], "version": 1}),
        (office.kartika, "DPMPTSP", {"fields": ["office", "margin_top"], "version": 2}),
    ]


def test_what_changes_nothing_is_no_version(office):
    changed(office, office="Dinas Satu", crest=picture())
    with pytest.raises(Refused, match="Nothing has been changed."):
        changed(office, office="Dinas Satu", crest=picture())

    assert Letterhead.objects.count() == 1


def test_an_earlier_version_is_brought_back_as_a_new_one(office):
    for name in ("Dinas Satu", "Dinas Dua"):
        changed(office, office=name)
    third = services.bring_back_letterhead(office.unit, number=1, by=cast.fresh(office.kartika))

    assert (third.number, third.office, third.brought_back, third.is_current) == (3, "Dinas Satu", 1, True)
    assert Letterhead.objects.get(number=2).office == "Dinas Dua"
    assert AuditEntry.objects.get(action="letterhead.brought_back").detail == {
        "fields": ["office"], "version": 3, "as": 1,
    }  # fmt: skip


def test_a_version_is_never_changed(office):
    version = changed(office, office="Dinas Satu")
    version.office = "Dinas Dua"
    with pytest.raises(Refused):
        version.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letterhead.objects.create(unit=office.unit, number=2, is_current=True)


def test_only_the_committee_of_the_unit_changes_it(office):
    changed(office, place="Batu")
    for who in (office.hadi, office.lina, office.siti, office.wulan, office.oki):
        with pytest.raises(Refused, match="Only the committee"):
            services.set_letterhead(office.unit, values={"place": "x"}, by=cast.fresh(who))
        with pytest.raises(Refused, match="Only the committee"):
            services.bring_back_letterhead(office.unit, number=1, by=cast.fresh(who))
    with pytest.raises(Refused):
        services.set_letterhead(office.government, values={"place": "x"}, by=office.kartika)
    CommitteeSeat.objects.create(unit=office.government, employee=office.oki)

    assert services.set_letterhead(office.unit, values={"place": "y"}, by=cast.fresh(office.oki)).number == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"margin_left": 80, "paper": "A4"}, "Left and right leave a width of 110 mm on A4 (210 × 297 mm)"),
        ({"margin_top": 100, "margin_bottom": 90}, "Top and bottom leave a height of 140 mm on F4 (215 × 330 mm)"),
    ],
)
def test_margins_leave_room_for_the_text(office, values, said):
    with pytest.raises(Refused) as refused:
        changed(office, **values)

    assert str(refused.value).startswith(said)
    assert not Letterhead.objects.exists()


def test_rank_and_nip_stand_below_the_name_where_the_settings_say_so(office):
    shown = facts.signature(office.hadi, letterhead_for(office.unit))
    changed(office, shows_nip=False, shows_rank=False)
    hidden = facts.signature(office.hadi, letterhead_for(office.unit))

    assert shown["number"].replace(" ", "") == office.hadi.number
    assert (shown["name"], shown["rank"]) == (office.hadi.full_name, office.hadi.rank)
    assert hidden == {"name": office.hadi.full_name, "number": "", "rank": ""}


def test_the_office_s_own_texts_are_filled_in_for_the_round(office):
    changed(
        office,
        considering="bahwa **{penghargaan}** di {kantor};\nbahwa {penerima} {periode};",
        rulings="Menetapkan {judul} oleh {jabatan} pada {tahun}.",
        copies="Bupati {daerah}",
        noting="Berita Acara {nomor}",
    )
    round = cast.draft(office)
    found = texts.default_texts(round, letterhead_for(office.unit), when=WHEN)

    award, place = f"{round.scheme.title} {round}", "DPMPTSP Kota Batu"
    assert found.considering == [f"bahwa **{award}** di {place};", f"bahwa {round.scheme.title.lower()} {round};"]
    assert found.rulings == [f"Menetapkan {found.title} oleh Kepala {place} pada 2026."]
    assert (found.copies, found.noting) == (["Bupati Kota Batu"], ["Berita Acara {nomor}"])
    assert found.basis == letterhead_for(office.government).basis.splitlines()


def test_each_type_of_document_has_a_form_of_its_numbers(office):
    changed(office, recap_number="R-{nomor}/{tahun}")
    kinds = ("decree", "certificate", "closing", "announcement", "recap")

    round = Round(scope=office.unit)

    assert [numbers.suggested(round, kind, WHEN) for kind in kinds] == [
        "188/1/DPMPTSP/2026", "1/PIAGAM/DPMPTSP/2026", "1/BA/DPMPTSP/2026", "1/PENG/DPMPTSP/2026", "R-1/2026",
    ]  # fmt: skip


def test_an_issued_document_stays_as_it_is_whatever_is_set(office, decree):
    before = Document.objects.values().get()
    changed(office, office="Dinas Lain", font="heros", paper="LGL", rulings="Lain.", shows_nip=False, crest=picture())
    after = Document.objects.values().get()

    assert {name: bytes(value) if name == "pdf" else value for name, value in after.items()} == {
        name: bytes(value) if name == "pdf" else value for name, value in before.items()
    }
    assert papers.render("decree", after["data"]) == bytes(before["pdf"])
