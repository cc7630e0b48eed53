"""A person with an empty database comes from the first login to an open round, step by step, without the admin."""

import re

import pytest
from django.core.files.base import ContentFile

from anas.documents import card_sheets
from anas.people.models import Employee, Unit
from anas.rounds.models import AuditEntry, Round

OFFICE = {
    "government": "Pemerintah Kota Batu",
    "name": "DPMPTSP",
    "head_title": "Kepala Dinas",
    "divisions": "1. Sekretariat\n2. Bidang Perizinan",
}
PEOPLE = """nip,nama,unit,jabatan,golongan,klasifikasi
197005181995032901,Retno Palupi,DPMPTSP,Kepala Dinas,IV/c,
197309021998031902,Sugeng Hariyanto,Sekretariat,Sekretaris,IV/b,
197501262000122903,Endang Kristiani,Bidang Perizinan,Kepala Bidang Perizinan,IV/a,
197211301999031904,Wahyu Widodo,Sekretariat,Analis,IV/b,
198207212006042905,Yuliana Kusuma,Sekretariat,Kepala Subbagian Umum,III/d,
198501012010011906,Budi Santoso,Bidang Perizinan,Pelaksana,III/b,pns
"""


class Walker:
    """Sees the assistant, and goes where the first button of the current step leads."""

    def __init__(self, client):
        self.client = client

    @property
    def step(self):
        page = self.client.get("/persiapan/")
        return next((step for step in page.context["line"] if step.state == "current"), None)

    def go(self, label: str, data: dict | None = None, **more):
        """Sends the form behind the first button as it stands there, with what is typed into it."""
        step = self.step
        assert step.label == label
        page = self.client.get(step.acts[0].url)
        form = page.context.get("form")
        shown = {field.html_name: field.value() for field in form} if form else {}
        sent = {name: value for name, value in shown.items() if value is not None and value != ""} | (data or {})
        return self.client.post(step.acts[0].url, as_typed(sent), follow=True, **more)


def as_typed(data: dict) -> dict:
    moment = "%Y-%m-%dT%H:%M"
    return {name: value.strftime(moment) if hasattr(value, "hour") else value for name, value in data.items()}


@pytest.mark.django_db
def test_from_the_first_login_to_an_open_round(client, monkeypatch):
    monkeypatch.setattr(card_sheets, "draw", lambda *args, **how: b"")  # takes longer than all else
    admin = Employee.objects.create_superuser("admin", name="Rudi")
    client.force_login(admin, backend="anas.people.backends.EmployeeBackend")
    walker = Walker(client)
    assert b'href="/persiapan/"' in client.get("/").content

    walker.go("Office", OFFICE)
    assert [unit.name for unit in Unit.objects.order_by("pk")] == [
        "Pemerintah Kota Batu", "DPMPTSP", "Sekretariat", "Bidang Perizinan"
    ]  # fmt: skip
    file = ContentFile(PEOPLE.encode(), name="pegawai.csv")
    check = walker.go("People", {"file": file, "unit": Unit.objects.get(name="DPMPTSP").pk}).request["PATH_INFO"]
    assert b'href="/persiapan/?kantor=' in client.get(check).content  # the way back
    client.post(f"{check}terapkan/", {"seen": client.get(f"{check}terapkan/").context["form"]["seen"].value()})

    assert walker.step.missing == [f"{name} has no head." for name in ("DPMPTSP", "Sekretariat", "Bidang Perizinan")]
    walker.go("People")  # as suggested
    heads = {unit.name: (unit.head.name, unit.head_title) for unit in Unit.objects.exclude(parent=None)}
    assert heads == {
        "DPMPTSP": ("Retno Palupi", "Kepala Dinas"),
        "Sekretariat": ("Sugeng Hariyanto", "Sekretaris"),
        "Bidang Perizinan": ("Endang Kristiani", "Kepala Bidang"),
    }

    assert walker.step.missing == ["6 people have neither a password nor a code."]
    walker.go("Accounts")
    walker.go("Award", {"name": "Triwulan I"})
    round = Round.objects.get()
    walker.go("Dates")
    assert all(stage.opens_at < stage.closes_at for stage in Round.objects.get().stage_list)

    team = walker.step.acts[0].url
    assert walker.step.missing == ["The team has no chair.", "The chair has nobody beside him in the team."]
    suggested = re.findall(rb'name="employee" value="(\d+)"', client.get(team).content)
    assert [Employee.objects.get(pk=pk).name for pk in map(int, suggested)] == ["Wahyu Widodo", "Yuliana Kusuma"]
    for pk, role in zip(map(int, suggested), ("chair", "assessor"), strict=True):
        client.post(team, {"employee": pk, "role": role})

    step = walker.step
    assert (step.label, [check.reasons for check in step.checks]) == ("Check and open", [[]] * 5)
    walker.go("Check and open")
    round.refresh_from_db()
    assert (round.is_running, walker.step) == (True, None)
    assert b"Back to the set-up" not in client.get("/pegawai/").content
    told = AuditEntry.objects.filter(chain__name="office").values_list("action", flat=True)
    assert list(told[:4]) == ["office.founded", "committee.added", "unit.added", "unit.added"]
