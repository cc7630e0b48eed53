"""The help and the service standard: what everybody may read, and what follows from the code and the scheme."""

import re
from pathlib import Path

import pytest
from django.utils import timezone

from anas.documents import services as documents
from anas.help import guides, standard
from anas.rounds import scheme as schemes
from anas.rounds import stage as stages
from anas.rounds.own_schemes import OwnScheme
from tests import cast
from tests.schemes import anas_with
from voting.models import KeyShare

ROOT = Path(__file__).parent.parent.parent


def own(employee) -> set[str]:
    return {entry.role for entry in guides.entries(cast.fresh(employee)) if entry.is_own}


def test_everybody_finds_the_own_roles_first(office, login, django_assert_num_queries):
    round = cast.play(office, to="polling")
    poll = round.stage_of_kind("poll").poll
    KeyShare.objects.create(poll=poll, keyholder=office.wulan, index=1, first_asked=1, second_asked=2)
    found = {name: own(getattr(office, name)) for name in ("ratna", "siti", "lina", "maya", "hadi", "kartika", "wulan")}

    assert found == {
        "ratna": {"pegawai"},
        "siti": {"pegawai", "kepala-bidang"},
        "lina": {"pegawai", "ketua-tim"},
        "maya": {"pegawai", "tim"},
        "hadi": {"pegawai", "kepala-dinas"},
        "kartika": {"pegawai", "panitia"},
        "wulan": {"pegawai", "saksi", "pemegang-kunci"},
    }
    client = login(office.hadi)
    with django_assert_num_queries(9):
        links = re.findall(r'href="/bantuan/([\w-]+)/"', client.get("/bantuan/").content.decode())
    assert links[:2] == ["pegawai", "kepala-dinas"] and set(links) == set(guides.GUIDES)


@pytest.mark.once
def test_every_page_of_help_and_the_standard_are_open_to_everybody(client, office, django_assert_num_queries):
    addresses = ["/bantuan/", *(f"/bantuan/{role}/" for role in guides.GUIDES), "/standar-pelayanan/anas/"]
    unknown = ["/bantuan/raja/", "/standar-pelayanan/tidak-ada/", "/standar-pelayanan/ANAS/"]

    assert [client.get(address).status_code for address in addresses] == [200] * 10
    assert [client.get(address).status_code for address in unknown] == [404] * 3
    with django_assert_num_queries(1):
        client.get("/bantuan/pegawai/")


def sources() -> str:
    """All templates and programs but the help itself."""
    paths = [
        *ROOT.glob("templates/**/*.html"),
        *(p for d in ("anas", "voting", "nominations") for p in ROOT.glob(f"{d}/**/*.py")),
    ]
    return "\n".join(path.read_text() for path in paths if "help" not in path.relative_to(ROOT).parts)


def test_a_step_is_called_as_the_button_that_it_speaks_of():
    everywhere = re.sub(r"\{\{ \w+ \}\}|%\(\w+\)s", "…", sources())
    names = {name for make in guides.GUIDES.values() for name, _text in make().steps}

    assert {name for name in names if f'"{name}"' not in everywhere and f"%}}{name}{{%" not in everywhere} == set()


def test_how_long_it_takes_is_what_the_tasks_say(monkeypatch):
    monkeypatch.setattr(stages.kind("poll"), "minutes", 77, raising=False)
    monkeypatch.setattr(stages.kind("poll"), "minutes_to_bring_it", 78, raising=False)

    assert "77" in guides.GUIDES["pegawai"]().how_long and "78" in guides.GUIDES["pemegang-kunci"]().how_long


def test_the_standard_has_the_fourteen_components_and_follows_the_scheme():
    scheme = anas_with(objection_days=4, quorum="60")
    components = [*standard.delivery(scheme, None), *standard.management(None)]
    steps, said = components[1].steps, " ".join(line for item in components for line in [*item.lines, *item.steps])

    assert len(components) == 14 and all(item.lines or item.steps or item.blanks for item in components)
    assert [step.partition(",")[0] for step in steps[:4]] == [
        "Usulan bidang (weight 10%)",
        "Penilaian tim (weight 30%)",
        "Polling pegawai (weight 50%)",
        "Penilaian kepala (weight 10%)",
    ]
    assert "Objections: 4 days." in said and "at least 60% have voted" in said
    assert components[5].blanks == ["Phone", "E-mail"]


@pytest.mark.once
def test_a_scheme_of_an_office_has_a_standard_once_a_round_has_been_opened_with_it(client, office):
    round = cast.play(office, to="usulan")
    scheme = anas_with(name="Bintang Layanan")
    by = {"by": office.kartika, "at": timezone.now()}
    own = OwnScheme.objects.create(unit=office.unit, code=scheme.code, frozen=schemes.freeze(scheme), **by)
    before = client.get(f"/standar-pelayanan/own-{own.pk}/").status_code
    type(round).objects.update(own_scheme=own)

    page = client.get(f"/standar-pelayanan/own-{own.pk}/").content.decode()

    assert (before, round.scheme.name in page, "Bintang" in page) == (404, True, False)
    assert client.get("/standar-pelayanan/own-9999999999999999999999/").status_code == 404


def test_the_standard_says_where_to_complain_as_the_letterhead_does(client, office):
    values = {"phone": "(0341) 555-0100", "email": "anas@batu.example", "place": "Batu"}
    documents.set_letterhead(office.unit, values=values, by=office.kartika)
    page = client.get("/standar-pelayanan/anas/").content.decode()

    assert "Phone: (0341) 555-0100" in page and "E-mail: anas@batu.example" in page and "4 unit heads" in page
