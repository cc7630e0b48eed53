"""Who is told what by e-mail, once, and what happens where the mail server does not want it."""

from contextlib import suppress
from datetime import timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from anas.mailing import delivery, notices, texts
from anas.mailing.models import STALE, Message, Notice
from anas.people.models import Employee
from anas.rounds import services
from anas.rounds.models import AuditEntry, Round, Stage
from nominations import services as nominating
from nominations.models import Proposal
from tests import cast
from voting.keys import KeyParts


@pytest.fixture
def addresses(office):
    """Everybody has an address but Dedi."""
    for person in Employee.objects.exclude(name="Dedi Kurniawan"):
        Employee.objects.filter(pk=person.pk).update(email=f"{person.name.split()[0].lower()}@example.go.id")


def remind(*words) -> str:
    out = StringIO()
    call_command("remind", *words, stdout=out)
    return out.getvalue()


def told(mailoutbox) -> list[str]:
    """Whom the mails since the last call went to, by first name."""
    people = sorted(address.partition("@")[0] for mail in mailoutbox for address in mail.recipients())
    mailoutbox.clear()
    return people


def forget(office) -> None:
    """What has been played so far is told."""
    Notice.objects.all().delete()


def near_deadline(round: Round, code: str) -> Stage:
    now = timezone.now()
    own = Stage.objects.filter(round=round, code=code)
    own.update(opens_at=now - timedelta(hours=6), closes_at=now + timedelta(hours=5))
    return Stage.objects.get(round=round, code=code)


def test_unit_heads_are_told_when_proposals_open_and_once_more_before_the_deadline(office, addresses, mailoutbox):
    round = cast.draft(office)
    services.open_round(round, by=office.kartika)
    Employee.objects.filter(pk=office.siti.pk).update(language="en")

    first = remind("--dry-run"), remind(), remind()

    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert told(mailoutbox) == ["bambang", "citra", "siti"]
    assert [mail.to + mail.cc + mail.bcc for mail in mails.values()] == [[address] for address in mails]
    assert "Propose for Sekretariat" in mails["siti@example.go.id"].body
    assert "Usulkan calon dari Bidang Perizinan" in mails["bambang@example.go.id"].body
    assert (first[0].count("→"), "Sent: 3" in first[1], first[2]) == (3, True, "")

    cast.propose(office, Proposal.objects.get(unit=office.units["promosi"]))
    Stage.objects.filter(round=round, code="usulan").update(closes_at=timezone.now() + timedelta(hours=2))
    remind()
    assert told(mailoutbox) == []  # half of the time is not over
    near_deadline(round, "usulan")
    remind()
    remind()

    assert told(mailoutbox) == ["bambang", "siti"]  # Citra has submitted

    Stage.objects.filter(round=round, code="usulan").update(closes_at=timezone.now() + timedelta(hours=5, minutes=9))
    remind()
    assert told(mailoutbox) == ["bambang", "siti"]  # the deadline is another one


def test_a_returned_proposal_is_told_to_its_own_unit_and_what_was_done_meanwhile_to_nobody(
    office, addresses, mailoutbox
):
    round = cast.play(office, to="usulan")
    cast.propose_all(office, round)
    remind()
    assert told(mailoutbox) == []  # everything was submitted before anybody was told

    proposal = Proposal.objects.get(unit=office.units["promosi"])
    nominating.return_proposal(proposal, reason="Foto belum ada.", by=office.kartika)
    nominating.return_proposal(Proposal.objects.get(unit=office.units["data"]), reason="Kurang.", by=office.kartika)
    remind()

    assert "Foto belum ada." in mailoutbox[0].body
    assert told(mailoutbox) == ["citra"]  # Dedi has no address


def test_everybody_is_told_of_the_announcement_and_outsiders_are_not(office, addresses, mailoutbox, settings):
    settings.SITE_URL = "https://anas.example.go.id"
    round = cast.play(office, to="decreed")
    forget(office)
    Employee.objects.filter(pk=office.ratna.pk).update(is_active=False)
    services.announce(round, by=office.kartika)

    remind()

    assert f"https://anas.example.go.id/pengumuman/{round.pk}/" in mailoutbox[0].body
    assert f"https://anas.example.go.id/pengumuman/{round.pk}/" in texts.for_a_group(cast.again(round), "")
    names = told(mailoutbox)
    assert (len(names), "ratna" in names, "oki" in names) == (round.electorate().count() - 1, False, False)


def test_a_stage_that_has_not_begun_is_told_when_it_begins_and_old_news_is_not_told(office, addresses, mailoutbox):
    cast.play(office, to="usulan")
    Stage.objects.filter(code="usulan").update(opens_at=timezone.now() + timedelta(days=2))
    remind()
    assert (told(mailoutbox), Notice.objects.filter(taken_at=None).count()) == ([], 1)

    Stage.objects.filter(code="usulan").update(opens_at=timezone.now() - STALE - timedelta(hours=1))
    Notice.objects.update(made_at=timezone.now() - STALE - timedelta(hours=1))
    remind()

    assert (told(mailoutbox), Notice.objects.filter(taken_at=None).count()) == ([], 0)


def test_a_reminder_to_vote_goes_to_all_who_have_not_voted_and_leaves_no_trace_of_who_they_are(
    office, addresses, mailoutbox, caplog, login, monkeypatch
):
    round = cast.play(office, to="polling")
    remind()
    assert len(told(mailoutbox)) == round.electorate().count() - 1  # all on the roll with an address
    voters = [person for person in round.electorate() if person not in (office.ratna, office.budi, office.dedi)]
    for person in voters:
        cast.vote(office, round, person)
    near_deadline(round, "polling")
    messages, entries = Message.objects.count(), AuditEntry.objects.count()
    caplog.set_level("DEBUG")

    refused = []

    def refuse_budi(backend, mails):
        if "budi" in mails[0].to[0]:
            refused.append(mails[0].to)
            raise SMTPRecipientsRefused({mails[0].to[0]: (550, b"no")})
        return send_messages(backend, mails)

    send_messages = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", refuse_budi)
    said = remind("--dry-run"), remind(), remind()

    assert (told(mailoutbox), len(refused)) == (["ratna"], 1)
    reminder = Notice.objects.get(occasion="deadline")
    assert (Message.objects.count(), AuditEntry.objects.count()) == (messages, entries)
    assert (reminder.reached, reminder.messages.count(), said[1:]) == (None, 0, ("", ""))
    page = login(cast.fresh(office.kartika)).get(f"/periode/{round.pk}/pesan/").content.decode()
    everything = page + caplog.text + "".join(said)
    names = [person.name for person in Employee.objects.exclude(pk=office.kartika.pk)]
    assert [name for name in names if name in everything or name.split()[0].lower() + "@" in everything] == []
    assert "how many is not told" in page and "Your vote is secret: the envelope does not carry your name." in page


def test_a_number_of_reminded_voters_is_told_only_where_it_names_nobody():
    numbers = [(9, 40), (10, 40), (30, 40), (31, 40), (40, 40), (3, 5)]

    assert [delivery.tellable(number, of=of) for number, of in numbers] == [None, 10, 30, None, None, None]


def test_nothing_about_a_reminder_to_vote_is_written_to_the_console(office, addresses, settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    round = cast.play(office, to="polling")
    forget(office)
    near_deadline(round, "polling")

    remind()

    assert capsys.readouterr().out == ""


def test_voters_are_told_when_the_poll_starts_and_keyholders_before(office, addresses, mailoutbox, settings, tmp_path):
    settings.KEY_DIR = tmp_path
    office.keys = KeyParts([office.wulan, office.hadi], 2)
    round = cast.play(office, to="polling")
    near_deadline(round, "polling")
    forget_but_the_poll()

    remind()
    assert told(mailoutbox) == ["hadi", "wulan"]

    poll = round.stage_of_kind("poll").poll
    type(poll).objects.update(is_started=True)
    services.note(round, office.wulan, "box.started")
    remind()
    assert told(mailoutbox).count("ratna") == 2  # the start, and the deadline that was near already

    for action in ("stage.opened", "box.started"):
        services.note(round, office.wulan, action)
    remind()
    assert told(mailoutbox).count("ratna") == 1  # both were told at once


def forget_but_the_poll() -> None:
    Notice.objects.exclude(stage__kind="poll").delete()


def test_a_mail_server_that_is_away_is_said_in_words_and_nothing_is_lost(office, addresses, mailoutbox, monkeypatch):
    cast.play(office, to="usulan")
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "open", lambda backend: (_ for _ in ()).throw(ConnectionRefusedError()))
        with pytest.raises(CommandError, match="cannot be reached"):
            remind()
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}

    remind()
    assert told(mailoutbox) == ["bambang", "citra", "siti"]


def test_a_server_that_takes_nothing_from_us_costs_nobody_a_message(office, addresses, monkeypatch):
    cast.play(office, to="usulan")

    def refuse_us(backend, mails):
        raise SMTPSenderRefused(553, b"not you", "anas@localhost")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_us)
    with pytest.raises(CommandError):
        remind()
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}

    Notice.objects.all().delete()
    round = cast.play(office, to="polling", anew=True)
    Notice.objects.all().delete()
    near_deadline(round, "polling")
    with pytest.raises(CommandError):
        remind()
    assert [notice.taken_at for notice in Notice.objects.all()] == [None]


def test_a_process_that_dies_while_it_sends_leaves_nobody_with_two_mails(office, addresses, mailoutbox, monkeypatch):
    cast.play(office, to="usulan")
    send_messages, seen = EmailBackend.send_messages, []

    def die_at_the_second(backend, mails):
        seen.append(mails[0].to)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return send_messages(backend, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        remind()
    remind()

    assert len(told(mailoutbox)) == 2  # the one that was on its way is lost
    assert sorted(Message.objects.values_list("state", flat=True)) == ["sent", "sent", "taken"]


@pytest.mark.parametrize(
    ("error", "states", "words"),
    [
        (SMTPRecipientsRefused({}), ["failed", "sent", "sent"], "The mail server refused the address"),
        (SMTPServerDisconnected("gone"), ["failed", "waiting", "waiting"], "The connection broke."),
        (ValueError("bad"), ["failed", "sent", "sent"], "This is no address that mail can be sent to."),
    ],
)
def test_what_could_not_be_delivered_is_said_in_words(office, addresses, monkeypatch, login, error, states, words):
    round = cast.play(office, to="usulan")
    send_messages, seen = EmailBackend.send_messages, []

    def fail_first(backend, mails):
        seen.append(mails)
        if len(seen) == 1:
            raise error
        return send_messages(backend, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", fail_first)
    with suppress(CommandError):
        remind()

    assert sorted(Message.objects.values_list("state", flat=True)) == states
    page = login(office.kartika).get(f"/periode/{round.pk}/pesan/").content.decode()
    failed = Message.objects.get(state="failed").employee
    assert (str(failed) in page, words in page) == (True, True)


def test_an_act_starts_the_sending_after_its_commit_and_never_waits_for_it(
    office, monkeypatch, settings, django_capture_on_commit_callbacks
):
    started = []
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr(notices.subprocess, "Popen", lambda command, **_: started.append(command[-1]))
    with django_capture_on_commit_callbacks(execute=True):
        services.open_round(cast.draft(office), by=office.kartika)
        assert started == []
    assert started == ["remind"]

    def broken(command, **_):
        raise OSError("no process")

    monkeypatch.setattr(notices.subprocess, "Popen", broken)
    with django_capture_on_commit_callbacks(execute=True):
        services.cancel(Round.objects.get(), reason="x", by=office.kartika)
        services.note(Round.objects.get(), office.kartika, "round.announced")


def test_the_page_asks_the_same_number_of_questions_whatever_was_told(
    office, addresses, login, django_assert_num_queries
):
    round = cast.play(office, to="usulan")
    remind()
    client = login(cast.fresh(office.kartika))
    client.get(f"/periode/{round.pk}/pesan/")
    with django_assert_num_queries(11):
        page = client.get(f"/periode/{round.pk}/pesan/").content.decode()
    assert "3 people" in page and "Log in here: http://testserver/" in page
    near_deadline(round, "usulan")
    remind()
    with django_assert_num_queries(11):
        client.get(f"/periode/{round.pk}/pesan/")


def test_the_language_that_somebody_chooses_is_that_of_the_mails_to_him(office, login, client):
    client.post("/bahasa/", {"language": "en"})
    login(office.ratna).post("/bahasa/", {"language": "en"})
    login(office.siti).post("/bahasa/", {"language": "xx"})

    languages = Employee.objects.filter(pk__in=[office.ratna.pk, office.siti.pk]).order_by("name")
    assert [person.language for person in languages] == ["en", "id"]
