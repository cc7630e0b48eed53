"""The pages on which a document is replaced or revoked, and what is seen of it afterwards."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from anas.documents import life, services
from anas.documents.models import Document
from anas.people.models import Employee
from tests import cast
from tests.documents.conftest import SITE, issue
from tests.documents.short import round_with_result

pytestmark = pytest.mark.usefixtures("no_paper")

EVERYBODY = ["kartika", "hadi", "lina", "wulan", "siti", "ratna", "oki"]
REASON = "Salah ketik."
DAY = {"reason": REASON, "date": timezone.localdate().isoformat()}


def url(document, name: str) -> str:
    return reverse(f"documents:{name}", args=[document.round_id, document.pk])


def listed(round) -> str:
    return reverse("documents:list", args=[round.pk])


def decree_data(document, **more) -> dict:
    frozen = document.data["texts"]
    texts = {key: "\n".join(value) if isinstance(value, list) else value for key, value in frozen.items()}
    return texts | DAY | {"number": "188/21/2026"} | more


def minutes(office) -> Document:
    by = cast.fresh(office.kartika)
    round = cast.play(office, to="kepala")
    return services.issue_minutes(round, kind="count", number="1/BA", date=timezone.localdate(), by=by, site=SITE)


def test_the_pages_are_the_committee_s(office, decree, login):
    for name in ("supersede", "revoke"):
        found = {who: login(getattr(office, who)).get(url(decree, name)).status_code for who in EVERYBODY}

        assert found == {who: 200 if who == "kartika" else 404 for who in EVERYBODY}


def test_a_document_of_another_round_and_a_draft_are_not_found(office, decree, login):
    other = round_with_result(office)
    draft = services.save_draft(other, texts=services.texts_of(other), by=cast.fresh(office.kartika))
    client = login(office.kartika)

    for name in ("supersede", "revoke"):
        for round, document in ((other, decree), (other, draft)):
            assert client.get(reverse(f"documents:{name}", args=[round.pk, document.pk])).status_code == 404


def test_the_committee_corrects_a_decree(office, decree, login):
    client = login(office.kartika)
    page = client.get(url(decree, "supersede")).content.decode()
    response = client.post(url(decree, "supersede"), decree_data(decree, title="Judul\r\nBenar"))
    new = Document.objects.get(supersedes=decree)

    assert "dicabut dan dinyatakan tidak berlaku" in page
    assert decree.data["texts"]["rulings"][0] in page
    assert response.url == listed(decree.round)
    assert (new.number, new.title, new.data["texts"]["basis"]) == (
        "188/21/2026",
        "Judul Benar",
        decree.data["texts"]["basis"],
    )
    assert new.data["link"].startswith("http://testserver/verifikasi/")


def test_the_committee_corrects_a_certificate(office, certificates, login):
    Employee.objects.filter(pk=office.agus.pk).update(title_after="S.E.")
    data = DAY | {"number": "9/P", "renew_people": "on"}
    login(office.kartika).post(url(certificates[0], "supersede"), data)

    assert Document.objects.get(supersedes=certificates[0]).data["winner"]["name"] == "Agus Salim, S.E."


def test_the_committee_corrects_minutes(office, login):
    old = minutes(office)
    client = login(office.kartika)
    page = client.get(url(old, "supersede")).content.decode()
    client.post(url(old, "supersede"), DAY | {"number": "2/BA", "place": "Aula"})
    new = Document.objects.get(supersedes=old)

    assert f'value="{old.data["place"]}"' in page
    assert (new.number, new.data["place"]) == ("2/BA", "Aula")


WRONG = {
    "reason": ["", "x" * 501, "NIK 3579010101800001", "a\0b"],
    "number": ["", "x" * 81, "188/19/DPMPTSP/2026"],
    "date": ["", "besok", "2020-01-01", "9999-12-31"],
    "title": ["", "x" * 301],
    "rulings": ["", "x\n" * 41],
}


def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(office, decree, login):
    client = login(office.kartika)
    for field, values in WRONG.items():
        for value in values:
            data = decree_data(decree, considering="bahwa ini ketikan saya;", **{field: value})
            page = client.post(url(decree, "supersede"), data)

            assert list(page.context["form"].errors) == [field], value
            assert "bahwa ini ketikan saya;" in page.content.decode()
    assert Document.objects.count() == 1


def test_minutes_have_a_place_and_are_not_older_than_the_act(office, login):
    old = minutes(office)
    data = DAY | {"number": "2/BA", "place": "", "date": "2020-01-01"}
    page = login(office.kartika).post(url(old, "supersede"), data)

    assert set(page.context["form"].errors) == {"place", "date"}


def test_the_committee_revokes_a_certificate_with_a_reason(office, certificates, login):
    client = login(office.kartika)
    address = url(certificates[0], "revoke")
    without = client.post(address, {"reason": " "})
    assert list(without.context["form"].errors) == ["reason"]

    assert client.post(address, {"reason": REASON}).url == listed(certificates[0].round)
    page = client.get(listed(certificates[0].round)).content.decode()
    assert "revoked" in page
    assert REASON in page
    assert "1 winner has no certificate yet." in page


def test_why_a_decree_is_not_revoked_stands_on_the_page(office, decree, login):
    client = login(office.kartika)
    page = client.get(url(decree, "revoke")).content.decode()

    assert "replace the decree by a corrected one instead" in page
    assert 'class="btn btn-danger"' not in page
    client.post(url(decree, "revoke"), {"reason": REASON})
    assert Document.objects.get().is_in_force


def test_the_list_offers_both_for_what_is_in_force_to_the_committee_alone(office, decree, login):
    new = life.supersede(decree, number="2", date=decree.date, reason=REASON, by=cast.fresh(office.kartika))
    page = login(office.kartika).get(listed(decree.round)).content.decode()

    assert [url(document, "supersede") in page for document in (decree, new)] == [False, True]
    assert [url(document, "revoke") in page for document in (decree, new)] == [False, True]
    assert "superseded by number 2" in page
    assert url(new, "supersede") not in login(office.wulan).get(listed(decree.round)).content.decode()


def test_the_public_page_says_what_holds_now(client, office, decree):
    new = life.supersede(decree, number="2/X", date=decree.date, reason=REASON, by=cast.fresh(office.kartika))
    page = client.get(reverse("documents:verify", args=[decree.code])).content.decode()

    assert "superseded by number 2/X" in page
    assert REASON in page
    assert reverse("documents:verify", args=[new.code]) in page
    assert "Issued and in force" not in page
    assert "Issued and in force" in client.get(reverse("documents:verify", args=[new.code])).content.decode()


def test_the_public_page_says_when_and_why_a_document_was_revoked(client, office, certificates):
    life.revoke(certificates[0], reason=REASON, by=cast.fresh(office.kartika))
    page = client.get(reverse("documents:verify", args=[certificates[0].code])).content.decode()

    assert "No longer in force: revoked." in page
    day = timezone.localdate()
    assert f"Since {day.day} {day:%B} {day.year}, because: {REASON}" in page


def test_the_public_page_of_minutes_names_who_signed(client, office):
    page = client.get(reverse("documents:verify", args=[minutes(office).code])).content.decode()

    assert all(name in page for name in ("Kartika Sari", "Wulan Sari", "Lina Marlina"))


@pytest.mark.parametrize("superseded", [False, True])
def test_the_public_page_asks_the_database_two_times(client, office, decree, superseded, django_assert_num_queries):
    if superseded:
        life.supersede(decree, number="2", date=decree.date, reason=REASON, by=cast.fresh(office.kartika))
    with django_assert_num_queries(2):
        client.get(reverse("documents:verify", args=[decree.code]))


def test_in_the_admin_documents_are_read_and_never_deleted(client, office, decree):
    draft = services.save_draft(
        round_with_result(office), texts=services.texts_of(decree.round), by=cast.fresh(office.kartika)
    )
    client.force_login(Employee.objects.create_superuser("admin", name="Administrator"))
    page = f"/admin/documents/document/{decree.pk}/"

    assert admin.site.is_registered(Document)
    assert client.get("/admin/documents/document/").status_code == 200
    assert client.get(f"{page}change/").status_code == 200
    assert client.get(f"/admin/documents/document/{draft.pk}/change/").status_code == 302
    assert client.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{page}change/", {"number": "x"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": decree.pk, "post": "yes"}
    client.post("/admin/documents/document/", action)
    assert Document.objects.get(pk=decree.pk).number == decree.number


def test_two_decrees_of_one_office_do_not_share_a_number(office, decree, login):
    other = issue(office, round_with_result(office), number="188/20/2026")
    page = login(office.kartika).post(url(decree, "supersede"), decree_data(decree, number=other.number))

    assert list(page.context["form"].errors) == ["number"]
