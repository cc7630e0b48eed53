"""The steps of the set-up as an office finds them, and what the assistant refuses."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from anas.people.models import Employee, Unit
from anas.rounds import services as rounds
from anas.setup import services
from anas.setup.steps import steps
from tests import cast


def states(office) -> dict[str, str]:
    return {step.label: step.state for step in steps(cast.fresh(office.kartika).committee_seats.get().unit)}


def test_each_step_is_read_from_what_there_is(office, login):
    """Nobody of the cast has a password."""
    assert list(states(office).values()) == ["done", "done", "current"] + ["upcoming"] * 4

    Employee.objects.update(password="x")
    round = cast.draft(office)
    assert list(states(office).values()) == ["done"] * 6 + ["current"]

    round.members.filter(role="chair").delete()
    Unit.objects.filter(code="data").update(head=None)
    line = {step.label: step for step in steps(office.unit)}
    assert (line["People"].state, line["Team"].missing) == ("current", ["The team has no chair."])
    missing = {check.reasons[0]: check.url for check in line["Check and open"].checks if check.reasons}
    assert missing == {
        "Bidang Data has no head.": f"/persiapan/{office.unit.pk}/kepala/",
        "The team has no chair.": f"/periode/{round.pk}/tim/",
    }

    page = login(cast.fresh(office.kartika)).get("/").content.decode()
    assert f'href="/persiapan/?kantor={office.unit.pk}"' in page


def test_the_page_asks_the_same_whatever_the_number_of_units_and_people(office, login):
    client = login(office.kartika)
    cast.draft(office)
    client.get("/persiapan/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/persiapan/")
    services.add_divisions(office.unit, names=["Bidang X", "Bidang Y"], by=cast.fresh(office.kartika))
    Employee.objects.create(number="THL-1", name="Xena", unit=Unit.objects.get(name="Bidang X"))
    with CaptureQueriesContext(connection) as more:
        page = client.get("/persiapan/")
    heads = client.get(f"/persiapan/{office.unit.pk}/kepala/")

    assert len(more) == len(few)
    assert [step.missing for step in page.context["line"]][1] == [
        "Bidang Y: nobody works there yet.", "Bidang X has no head.", "Bidang Y has no head."
    ]  # fmt: skip
    assert len(heads.context["form"].places) == 7


def test_there_is_one_first_office_and_only_the_account_of_the_installation_founds_it(db, client):
    admin = Employee.objects.create_superuser("admin", name="Rudi")
    client.force_login(admin, backend="anas.people.backends.EmployeeBackend")
    typed = {"government": "Kota", "name": "Dinas", "divisions": "A\nA"}

    wrong = client.post("/persiapan/kantor/", typed | {"works_here": "on"})
    assert sorted(wrong.context["form"].errors) == ["divisions", "works_here"]
    assert not Unit.objects.exists()

    client.post("/persiapan/kantor/", typed | {"divisions": ""})
    assert client.post("/persiapan/kantor/", typed | {"divisions": ""}).status_code == 404
    assert Unit.objects.count() == 2
    award = client.get(f"/persiapan/{Unit.objects.get(name='Dinas').pk}/penghargaan/", follow=True)
    assert "Dinas has no units that could propose." in award.content.decode()

    other = Employee.objects.create(number="THL-1", name="Oki")
    client.force_login(other, backend="anas.people.backends.EmployeeBackend")
    assert client.get("/persiapan/").status_code == client.get("/persiapan/kantor/").status_code == 404


def test_heads_are_chosen_among_their_people_and_nobody_chooses_himself(office, login):
    client, address = login(office.kartika), f"/persiapan/{office.unit.pk}/kepala/"
    page = client.get(address)
    sent = {field.html_name: field.value() or "" for field in page.context["form"]}
    own = f"head-{office.units['sekretariat'].pk}"

    for wrong in (office.kartika.pk, office.budi.pk, office.oki.pk, "x", "9" * 30):
        assert list(client.post(address, sent | {own: wrong}).context["form"].errors) == [own]

    assert client.post(address, sent | {own: office.ratna.pk}).status_code == 302
    assert Unit.objects.get(code="sekretariat").head == office.ratna
    assert Unit.objects.get(code="data").head == office.dedi


def test_an_award_is_looked_at_before_a_draft_begins_and_there_is_one_draft(office, login):
    client, address = login(office.kartika), f"/persiapan/{office.unit.pk}/penghargaan/"

    looked = client.post(address, {"scheme": "anas", "name": "Triwulan I", "act": "look"})
    assert "67.05" in looked.content.decode() and 'value="Triwulan I"' in looked.content.decode()
    assert client.post(address, {"scheme": "lain", "name": ""}).context.get("scheme") is None
    assert office.unit.rounds.count() == 0

    client.post(address, {"scheme": "anas", "name": "Triwulan I"})
    client.post(address, {"scheme": "anas", "name": "Triwulan II"})
    assert [round.name for round in office.unit.rounds.all()] == ["Triwulan I"]
    rounds.cancel(office.unit.rounds.get(), reason="Salah pilih.", by=cast.fresh(office.kartika))
    assert client.get(address).status_code == 200
