"""One person plays a whole rehearsal alone, to the certificates, and removes it: nothing of it is left."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from anas.documents import numbers, papers, publishing
from anas.documents import services as documents
from anas.documents.models import Batch, Document
from anas.people.models import Employee
from anas.privacy.models import Look
from anas.refused import Refused
from anas.rehearsal import services, turns
from anas.rounds import audit, objections
from anas.rounds import services as rounds
from anas.rounds.models import AuditEntry, Round
from nominations import services as nominating
from nominations.eligible import Eligible
from nominations.models import Nominee, Proposal
from scoring import bundle
from scoring.models import ScoreSheet, StageScore
from scoring.verify import verify
from tests import cast
from tests.nominations import helpers
from tests.schemes import anas_with
from voting import counting, receipts
from voting.keys import KeyFile

QUERIES = 10


class Rehearsing:
    """The committee at its desk."""

    def __init__(self, office: cast.Office, real: Round, audience: str = "few"):
        self.office = office
        self.pk = services.start(real, audience=audience, by=office.kartika).pk
        rounds.open_round(self.round, by=self.by)

    @property
    def round(self) -> Round:
        return cast.again(Round.objects.get(pk=self.pk))

    @property
    def by(self) -> Employee:
        return cast.fresh(self.office.kartika)

    def play(self) -> turns.Turn:
        return services.play(self.round, by=self.by)

    def go_on(self, **options: object) -> None:
        rounds.advance(self.round, by=self.by, **options)

    def close(self) -> None:
        rounds.close_stage(self.round, by=self.by)


def counts() -> dict[str, int]:
    """Rows of every table but the access log, which nobody can delete from."""
    return {m._meta.label: m._base_manager.count() for m in apps.get_models() if m is not Look}


@pytest.fixture
def real(office, settings, tmp_path, monkeypatch) -> Round:
    """A draft of an award in which employees can object for five days. Files lie where the test sees them; papers are
    looked at as pages, which is quicker."""
    settings.KEY_DIR, settings.MEDIA_ROOT = tmp_path / "keys", tmp_path / "media"
    monkeypatch.setattr(papers, "render", lambda kind, facts, **how: b"%%PDF %b" % facts["code"].encode())
    return cast.draft(office, anas_with(objection_days=5))


def propose_alone(desk: Rehearsing) -> Nominee:
    office = desk.office
    proposal = Proposal.objects.get(stage__round=desk.round, unit=office.units["sekretariat"])
    nominee = helpers.named(proposal, office.agus, base=90)
    nominating.set_photo(nominee, upload=helpers.picture("agus.jpg"), by=office.siti)
    nominating.attach(nominee, upload=helpers.pdf(), by=office.siti)
    return nominee


def to_the_announcement(desk: Rehearsing) -> None:
    desk.play(), desk.close(), desk.go_on()  # the proposals
    desk.play(), desk.play(), desk.go_on(keys=KeyFile())  # the sheets, and their close by the chair
    desk.play(), desk.close(), counting.count(desk.round, by=desk.by), desk.go_on()
    desk.play(), desk.play(), desk.go_on()  # the head's
    objections.raise_objection(desk.round, classification="pns", text="Kurang.", by=cast.fresh(desk.office.siti))
    desk.play()
    issue_everything(desk)
    rounds.announce(desk.round, by=desk.by)


def issue_everything(desk: Rehearsing) -> None:
    def numbered(kind: str) -> dict[str, object]:
        today = timezone.localdate()
        return {"number": numbers.suggested(desk.round, kind, today), "date": today, "by": desk.by}

    for kind in Document.MINUTES:
        documents.issue_minutes(desk.round, kind=kind, **numbered(kind))
    publishing.issue_recap(desk.round, **numbered("recap"))
    documents.issue_decree(desk.round, **numbered("decree"))
    documents.issue_certificates(desk.round, by=desk.by)
    publishing.issue_announcement(desk.round, **numbered("announcement"))
    publishing.issue_poster(desk.round, by=desk.by)
    publishing.issue_poster(desk.round, by=desk.by)  # and once more: the first one is superseded


def played(desk: Rehearsing) -> list[str]:
    """What the committee had done by others, as the trail tells it."""
    trail = AuditEntry.objects.filter(chain__name=f"round-{desk.pk}", action="rehearsal.played")
    return list(trail.order_by("number").values_list("subject", flat=True))


def test_one_person_plays_it_all_and_removes_it_without_a_trace(
    office, real, client, tmp_path, django_capture_on_commit_callbacks
):
    before = counts()
    desk = Rehearsing(office, real)
    propose_alone(desk)
    to_the_announcement(desk)

    # It went the same way as any round.
    assert desk.round.state == "announced"
    assert list(audit.faults(desk.round)) == []
    assert [line for holds, line in verify(bundle.contents(desk.round, names=True)) if not holds] == []
    poll = desk.round.stage_of_kind("poll").poll
    assert (poll.voters.count(), poll.envelopes.count()) == (23, 20)
    assert not poll.voters.get(employee=office.kartika).has_voted
    assert ScoreSheet.objects.filter(stage__round=desk.round).count() == 3 * 12 + 6
    assert list(desk.round.objections.values_list("upheld", flat=True)) == [False]
    assert played(desk) == [
        "Have the units propose",
        "Have the sheets filled in",
        "Have it closed: Penilaian tim",
        "Have the others vote",
        "Have the sheets filled in",
        "Have it closed: Penilaian kepala",
        "Have the result approved",
    ]

    # Every paper says what it is, and nobody outside sees any of it.
    for paper in Document.objects.filter(round=desk.round):
        assert paper.number.startswith(f"GLADI-{desk.pk}/") and "gladi" in paper.filename
        assert '<div class="konsep">GLADI</div>' in papers.html(paper.kind, paper.data)
    assert b"is from a rehearsal and is worth nothing" in client.get(f"/verifikasi/{paper.code}/").content
    assert [client.get(f"/pengumuman/{desk.pk}/{page}").status_code for page in ("", "layar/")] == [404, 404]
    Round.objects.filter(pk=real.pk).update(created_at=timezone.now())
    assert Eligible(cast.again(real), [])._last_rounds == []

    # And then it has never been.
    photo, key = Nominee.objects.exclude(photo="").get().photo.name, tmp_path / "keys" / f"poll-{poll.pk}-key"
    assert (default_storage.exists(photo), key.exists()) == (True, True)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove(desk.round, by=desk.by)
    after = counts()
    left = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert left == {"rounds.AuditChain": 1, "rounds.AuditEntry": 2}  # the office's trail
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert client.get(f"/verifikasi/{paper.code}/").status_code == 404


def test_the_offices_trail_keeps_that_it_was_held_and_removed(office, real):
    desk = Rehearsing(office, real)
    end = AuditEntry.objects.filter(chain__name=f"round-{desk.pk}").order_by("number").last()
    name = str(desk.round)

    services.remove(desk.round, by=desk.by)

    kept = AuditEntry.objects.filter(chain__name="office").order_by("number")
    assert [(entry.action, entry.subject, entry.actor) for entry in kept] == [
        ("rehearsal.started", name, office.kartika),
        ("rehearsal.removed", name, office.kartika),
    ]
    assert (kept[1].detail["entries"], kept[1].detail["head"]) == (end.number, end.hash)
    out = StringIO()
    call_command("verify_log", stdout=out)
    assert [line.partition(" ")[0] for line in out.getvalue().splitlines()] == [f"round-{real.pk}", "office"]
    call_command("purge", stdout=StringIO())


def test_the_committees_own_turn_is_left_to_it(office, real):
    desk = Rehearsing(office, real)
    desk.play()

    assert turns.next_turn(desk.round, desk.by) is None
    with pytest.raises(Refused, match="it is your turn"):
        desk.play()


def test_ties_are_decided_by_those_who_decide_them(office, real):
    desk = Rehearsing(office, real)
    desk.play(), desk.close(), desk.go_on(), desk.play(), desk.play()
    StageScore.objects.filter(stage__round=desk.round, nominee__classification="pns").update(score=80)

    turn = desk.play()

    assert [item.partition(" between ")[0] for item in turn.items] == ["Lina Marlina decides on a tie"]
    assert desk.round.decisions.get().decided_by == office.lina
    assert turns.next_turn(desk.round, desk.by) is None


def test_who_does_not_take_part_cannot_vote_though_he_is_on_the_roll(office, real, login):
    desk = Rehearsing(office, real)
    desk.play(), desk.close(), desk.go_on(), desk.play(), desk.play(), desk.go_on(keys=KeyFile())
    poll, path = desk.round.stage_of_kind("poll").poll, f"/periode/{desk.pk}/suara/"
    vote = {f"pilihan-{code}": "-" for code in poll.contests} | {"cast": "1"}

    def answers(voter: Employee) -> tuple[int, int]:
        client, nonce = login(voter), {"nonce": receipts.new_nonce(poll, voter)}
        return client.get(path).status_code, client.post(path, vote | nonce).status_code

    assert (answers(office.ratna), answers(office.lina)) == ((404, 404), (200, 302))
    assert list(poll.voters.filter(has_voted=True).values_list("employee", flat=True)) == [office.lina.pk]


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_page_that_plays_takes_the_same_queries_whatever_is_waited_for(office, real, login):
    desk, client = Rehearsing(office, real), login(office.kartika)
    address = f"/periode/{desk.pk}/gladi/mainkan/"
    client.get(address)
    four = queries_of(client, address)
    Proposal.objects.exclude(unit=office.units["data"]).update(state=Proposal.State.WAIVED)

    assert (four, queries_of(client, address)) == (QUERIES, QUERIES)


def test_what_stands_in_the_way_is_said_and_nothing_is_played(office, real):
    """A unit has lost its head since the rehearsal was opened."""
    desk = Rehearsing(office, real)
    office.units["data"].head = None
    office.units["data"].save()

    with pytest.raises(Refused, match="Bidang Data has no head."):
        desk.play()

    assert Nominee.objects.count() == 0


def test_a_unit_without_people_says_so_as_its_head_would(office, real):
    desk = Rehearsing(office, real)
    Employee.objects.filter(pk=office.dian.pk).update(is_active=False)

    desk.play()

    skipped = Proposal.objects.get(stage__round=desk.round, unit=office.units["data"]).skips.get()
    assert (skipped.classification, skipped.reason) == ("eselon4", turns.REASON)


def test_certificates_that_are_being_made_are_waited_for(office, real):
    desk = Rehearsing(office, real)
    paper = Document.objects.create(scope=office.unit, round=desk.round, kind="decree")
    Batch.objects.create(round=desk.round, decree=paper, by=office.kartika, template="", first=1, nominees=[])

    with pytest.raises(Refused, match="Certificates are being made"):
        services.remove(desk.round, by=desk.by)
