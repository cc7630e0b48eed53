"""Accounts without a password that somebody else has known: codes on cards or by mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from anas.documents import activation_cards, card_sheets
from anas.people import codes, limits
from anas.people.models import Activation, Employee
from anas.refused import Refused
from anas.rounds import audit
from anas.rounds.models import AuditEntry
from anas.rounds.people import activation, activation_mail
from tests import cast
from tests.documents.conftest import text_of

PAGE, COMMITTEE_PAGE = "/aktivasi/", "/pegawai/aktivasi/"
NEW = "apel-manalagi-7"


def issue(office, *names: str, days: int = 3) -> list[str]:
    people = [getattr(office, name) for name in names]
    until = timezone.localdate() + timedelta(days)
    return [card.code for card in activation.issue(people, until=until, by=cast.fresh(office.kartika))]


def set_password(client, code: str, password: str = NEW):
    return client.post(PAGE, {"code": code, "new_password1": password, "new_password2": password})


def test_a_code_shows_its_owner_and_sets_the_password_once(office, client):
    [code] = issue(office, "ratna")
    first = client.post(PAGE, {"code": codes.shown(code).lower()})
    kept = Employee.objects.get(pk=office.ratna.pk).password
    done, again = set_password(client, code), set_password(client, code)

    assert "Good day, Ratna Juwita" in first.content.decode() and kept == office.ratna.password
    assert (done.status_code, done.url) == (302, "/masuk/")
    assert "This code is not known." in again.content.decode()
    assert client.post("/masuk/", {"username": office.ratna.number, "password": NEW}).status_code == 302
    assert not Activation.objects.exists()
    assert "no-store" in first.headers["Cache-Control"]


def test_a_new_password_ends_the_sessions_of_before_and_the_trail_says_who_set_it(office, client, login):
    round = cast.play(office, to="usulan")
    assert login(cast.fresh(office.ratna)).get("/sandi/").status_code == 200
    [code] = issue(office, "ratna")
    activation.activate(code, password=NEW)

    assert client.get("/sandi/").status_code == 302
    for chain in (round, None):
        entries = AuditEntry.objects.filter(chain__name=audit.chain_name(chain), action__startswith="activation")
        assert list(entries.values_list("action", "actor", "subject")) == [
            ("activation.issued", office.kartika.pk, "Ratna Juwita"),
            ("activation.used", office.ratna.pk, "Ratna Juwita"),
        ]
    assert code not in str(list(AuditEntry.objects.values())) + str(list(Activation.objects.values()))


def test_a_code_that_is_replaced_too_old_or_of_somebody_out_of_service_opens_nothing(office, client):
    [lost], [_new] = issue(office, "ratna"), issue(office, "ratna")
    [old], [gone], [voter] = issue(office, "agus"), issue(office, "ayu"), [codes.new_code()]
    Activation.objects.filter(employee=office.agus).update(ends_at=timezone.now())
    Employee.objects.filter(pk=office.ayu.pk).update(is_active=False)
    Activation.objects.filter(employee=office.budi).update(code_hash=codes.digest("voting.card", voter))
    before = set(Employee.objects.values_list("pk", "password"))
    said = {code: set_password(client, code).context["code"].errors["code"] for code in (lost, old, gone, voter, "\0")}

    assert set(Employee.objects.values_list("pk", "password")) == before
    assert [errors[0].split(".")[0] for errors in said.values()] == [
        "This code is not known",
        "This code is too old",
        "This code is not known",
        "This code is not known",
        "Null characters are not allowed",
    ]


def test_a_weak_password_is_refused_in_words_and_the_code_stays(office, client):
    [code] = issue(office, "ratna")
    page = set_password(client, code, "12345")

    assert page.context["form"].errors["new_password2"] and f'value="{code}"' in page.content.decode()
    assert Activation.objects.filter(employee=office.ratna).exists()


def test_the_committee_issues_no_code_for_itself_for_strangers_or_for_long(office):
    Employee.objects.filter(pk=office.maya.pk).update(is_superuser=True)
    Employee.objects.filter(pk=office.nurul.pk).update(is_active=False)
    for name, days in (("kartika", 1), ("oki", 1), ("maya", 1), ("nurul", 1), ("ratna", 99), ("ratna", -1)):
        with pytest.raises(Refused):
            issue(office, name, days=days)
    with pytest.raises(Refused):
        activation.issue([office.ratna], until=timezone.localdate(), by=office.hadi)
    assert not Activation.objects.exists()


def test_cards_for_all_of_a_unit_without_a_password(office, login, monkeypatch):
    office.dian.set_password(NEW)
    office.dian.save()
    links = []
    make = card_sheets.segno.make
    monkeypatch.setattr(card_sheets.segno, "make", lambda text, **how: links.append(text) or make(text, **how))
    data = {"whom": "unit", "unit": office.units["data"].pk, "until": timezone.localdate().isoformat()}
    paper = b"".join(login(office.kartika).post(COMMITTEE_PAGE, data))
    text = text_of(paper)

    owners = [activation.owner_of(link.partition("#")[2]).name for link in links]
    assert owners == ["Dedi Kurniawan", "Dewi Anggraini", "Doni Saputra"]
    assert [link for link in links if not link.startswith("http://testserver/aktivasi/#")] == []
    assert [code for link in links if (code := codes.shown(link.partition("#")[2])) not in text] == []
    assert office.dedi.number in text and "KARTU AKTIVASI AKUN" in text and "Dian" not in text


def test_a_card_that_cannot_be_drawn_leaves_the_old_code(office, monkeypatch):
    [code] = issue(office, "ratna")
    monkeypatch.setattr(card_sheets, "_html", lambda *card: 1 / 0)
    with pytest.raises(card_sheets.CardsNotDrawn):
        activation_cards.draw([office.ratna], until=timezone.localdate(), by=office.kartika)

    assert activation.owner_of(code) == office.ratna


def test_by_mail_to_those_who_have_an_address(office, login):
    Employee.objects.filter(pk=office.dedi.pk).update(email="dedi@example.go.id")
    data = {"whom": "unit", "unit": office.units["data"].pk, "until": timezone.localdate().isoformat(), "how": "mail"}
    page = login(office.kartika).post(COMMITTEE_PAGE, data, follow=True).content.decode()
    [letter] = mail.outbox
    code = letter.body.partition("/aktivasi/#")[2].split()[0]

    assert (letter.to, activation.owner_of(code)) == (["dedi@example.go.id"], office.dedi)
    assert "1 mail sent." in page and "Dewi Anggraini; Dian Puspita; Doni Saputra" in page
    assert Activation.objects.count() == 1


def test_a_mail_that_does_not_leave_gives_no_code_and_none_leaves_without_a_server(office, settings, monkeypatch):
    Employee.objects.filter(pk=office.dedi.pk).update(email="dedi@example.go.id")
    people = [cast.fresh(office.dedi)]

    def broken(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    report = activation_mail.send(people, until=timezone.localdate(), by=office.kartika)
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with pytest.raises(Refused):
        activation_mail.send(people, until=timezone.localdate(), by=office.kartika)

    assert (report.sent, report.failed) == (0, people)
    assert not Activation.objects.exists()


def test_wrong_codes_are_tried_out_only_so_often_and_right_ones_as_often_as_it_takes(office, client, monkeypatch):
    monkeypatch.setitem(limits.PER_MINUTE, "activation", 2)
    monkeypatch.setattr(limits, "time", lambda: 1_800_000_050)
    right = [set_password(client, code).status_code for code in issue(office, "ratna", "siti", "budi")]
    wrong = [client.post(PAGE, {"code": f"xxxx-{number}"}).status_code for number in range(3)]
    [code] = issue(office, "agus")
    late = set_password(client, code)

    assert (right, wrong) == ([302] * 3, [200, 200, 429])
    assert (late.status_code, late.headers["Retry-After"]) == (429, "10")
    elsewhere = {"code": code, "new_password1": NEW, "new_password2": NEW}
    assert client.post(PAGE, elsewhere, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_the_page_proposes_the_person_that_it_was_called_for_but_no_stranger(office, login):
    client = login(office.kartika)
    found = {who: client.get(COMMITTEE_PAGE, {"orang": who}).context["form"]["person"].value()
             for who in (office.ratna.pk, office.oki.pk, "x", "9" * 30)}  # fmt: skip

    assert list(found.values()) == [office.ratna.number, None, None, None]


def test_neither_page_takes_a_form_without_its_token(office):
    client = Client(enforce_csrf_checks=True)
    [code] = issue(office, "ratna")
    assert set_password(client, code).status_code == 403
    client.force_login(cast.fresh(office.kartika), backend="anas.people.backends.EmployeeBackend")
    assert client.post("/masuk/lagi/", {"password": NEW}).status_code == 403
    assert Activation.objects.filter(employee=office.ratna).exists()
