"""Everything that can be done by a POST, with data that make it succeed: who does it, in which state of a round."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from anas.documents import batches, publishing
from anas.documents import services as documents
from anas.people.models import Employee, PeopleImport
from anas.rehearsal import services as rehearsal
from anas.rounds import scheme as schemes
from anas.rounds import services as rounds
from anas.rounds.models import Objection, Round, Stage
from anas.rounds.people import importing
from nominations.models import Nominee
from scoring.models import StageScore
from tests import cast
from tests.addresses import World, proposal, submit_all
from tests.documents import keys as keys_of_signers
from tests.nominations import helpers
from tests.schemes import everything, small, typed
from voting import keys, parts, receipts
from voting.models import KeyShare, Poll

KARTIKA, SITI, LINA, HADI = "kartika", "siti", "lina", "hadi tono"  # Tono acts for Hadi these days
TEAM = "maya lina"
VOTERS = "ratna siti bambang maya lina hadi kartika wulan tono umar vina"
HOLDERS = "wulan siti hadi"
REASON = {"reason": "Agar tertib."}


@dataclass(frozen=True)
class Act:
    name: str  # of the address
    who: str  # may do it, by first names
    data: Callable[[World, Employee], dict] | dict = field(default_factory=dict)
    before: Callable[[World], object] = lambda world: None  # brings the world to where it can be done

    def data_for(self, world: World, person: Employee) -> dict:
        return self.data(world, person) if callable(self.data) else self.data


def closed(finish: Callable[[World], object]) -> Callable[[World], None]:
    """The present stage is finished, and closed by whoever closes it."""

    def act(world: World) -> None:
        finish(world)
        closer = {"panel": "lina", "head": "hadi"}.get(cast.again(world.round).current_stage.kind, "kartika")
        rounds.close_stage(cast.again(world.round), by=cast.fresh(getattr(world.office, closer)))

    return act


def assessed(world: World) -> None:
    round = cast.again(world.round)
    cast.assess_all(world.office, round, round.current_stage.code)


def tied(world: World) -> None:
    """Everybody has the same score from the unit and from the team."""
    StageScore.objects.filter(stage__round=world.round).update(score=80, points=8)
    Stage.objects.filter(round=world.round, code="tim").update(state=Stage.State.OPEN)
    assessed(world)
    closed(lambda world: None)(world)
    StageScore.objects.filter(stage__round=world.round, stage__code="tim").update(score=80, points=24)


def tie_order(world: World, person: Employee) -> dict:
    some = Nominee.objects.in_play(world.round).filter(classification="pns")
    return {f"n{nominee.pk}": str(place) for place, nominee in enumerate(some, 1)} | REASON


def sheet(world: World, person: Employee) -> dict:
    stage, nominee = world.round.stage_list[1], world.arguments["scoring:nominee"]
    return {f"n{nominee}-{code}": score for code, score in cast.scores_for(stage, 80).items()} | {"act": "submit"}


def pass_deadline(world: World) -> None:
    helpers.pass_deadline(world.round)


def batch_running(world: World) -> None:
    batches.start(cast.again(world.round), by=cast.fresh(world.office.kartika))


def poll_of(world: World) -> Poll:
    return Poll.objects.get(stage__round=world.round)


def key_in_parts(world: World) -> None:
    """Wulan, Siti, Hadi and Nurul have not taken their parts yet; Kartika may bring Nurul's."""
    poll, office = poll_of(world), world.office
    poll.shares.all().delete()
    holders = [getattr(office, name) for name in [*HOLDERS.split(), "nurul"]]
    keys.KeyParts(holders, 2).keep(poll, office.keys.fetch(poll))


def share_of(world: World, person: Employee) -> KeyShare:
    """The person's own part; who has none brings the last one."""
    shares = poll_of(world).shares
    return shares.filter(keyholder=person).first() or shares.last()


def words_of(share: KeyShare) -> list[str]:
    """The words of a part; some others once it is no longer on the server."""
    part = keys.waiting(share.poll, share.index)
    return part.words if part else ["kata"] * parts.WORDS


def two_words(world: World, person: Employee) -> dict:
    share = share_of(world, person)
    words = words_of(share)
    return {"first": words[share.first_asked - 1], "second": words[share.second_asked - 1]}


def all_words(world: World, person: Employee) -> dict:
    return {"words": " ".join(words_of(share_of(world, person)))}


def holders(world: World) -> dict:
    return {"keyholders": [world.office.wulan.pk, world.office.siti.pk], "threshold": "2"}


def closed_with_parts(world: World) -> None:
    key_in_parts(world)
    Poll.objects.update(is_started=True)
    closed(lambda world: None)(world)


def closed_with_key(world: World) -> None:
    keys.KeyFile().keep(poll_of(world), world.office.keys.fetch(poll_of(world)))
    closed(lambda world: None)(world)


def ballot(world: World, person: Employee) -> dict:
    poll = poll_of(world)
    return {f"pilihan-{code}": "-" for code in poll.contests} | {
        "nonce": receipts.new_nonce(poll, person),
        "cast": "1",
    }


def decree_form(world: World, person: Employee) -> dict:
    texts = documents.texts_of(cast.again(world.round)).as_data()
    return {key: "\n".join(value) if isinstance(value, list) else value for key, value in texts.items()}


def corrected_decree(world: World, person: Employee) -> dict:
    return decree_form(world, person) | REASON | {"number": "188/3/2026", "date": day(0)}


def with_own_key(world: World, person: Employee) -> dict:
    key_file = ContentFile(keys_of_signers.key_file(), name="kunci.p12")
    chosen = [world.arguments["documents:document"]]
    return {"documents": chosen, "key_file": key_file, "passphrase": keys_of_signers.PASSPHRASE}


def announced_on_paper(world: World) -> None:
    by = cast.fresh(world.office.kartika)
    publishing.issue_announcement(cast.again(world.round), number="2/PENG/2026", date=timezone.localdate(), by=by)


def approved(world: World) -> None:
    rounds.approve(cast.again(world.round), by=cast.fresh(world.office.hadi))


def rehearsing(name: str) -> Callable[[World], None]:
    """A rehearsal of the round is open, and the address of the act names it."""

    def act(world: World) -> None:
        by = cast.fresh(world.office.kartika)
        made = rehearsal.start(cast.again(world.round), audience="everybody", by=by)
        rounds.open_round(made, by=by)
        world.arguments[f"rehearsal:{name} pk"] = made.pk

    return act


def new_person(world: World, person: Employee) -> dict:
    return {
        "name": "Hanif Ramadhan",
        "status": "pns",
        "number": "199203052019031007",
        "unit": world.office.units["data"].pk,
        "grade": "III/b",
    }


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days)).isoformat()


def retired(world: World) -> None:
    Employee.objects.filter(pk=world.office.agus.pk).update(is_active=False)


def waiting_import(world: World) -> PeopleImport:
    return PeopleImport.objects.get(pk=world.arguments["people:import_check pk"])


def seen_plan(world: World, person: Employee) -> dict:
    return {"seen": importing.plan_of(waiting_import(world), by=cast.fresh(world.office.kartika)).digest}


def imported(world: World) -> None:
    importing.apply(waiting_import(world), by=cast.fresh(world.office.kartika))


def list_of_people(world: World, person: Employee) -> dict:
    file = ContentFile(b"nip;nama;unit\nTHL-8;Yusuf;Bidang Data\n", name="pegawai.csv")
    return {"file": file, "unit": world.office.unit.pk}


def changed_letterhead(world: World) -> None:
    documents.set_letterhead(world.office.unit, values={"place": "Malang"}, by=cast.fresh(world.office.kartika))


def cancelled(world: World) -> None:
    rounds.cancel(cast.again(world.round), reason="Diulang.", by=cast.fresh(world.office.kartika))


def about(world: World, person: Employee) -> dict:
    """What is entered about Dian."""
    return {
        "person": world.office.dian.number,
        "kind": "commendation",
        "source": "Loket",
        "date": day(-1),
        "text": "Ramah.",
        "level": "ringan",
        "starts": day(-9),
        "ends": day(9),
    }


def file_of_reports(world: World, person: Employee) -> dict:
    rows = f"nip;tanggal;sumber;isi\n{world.office.dian.number};{day(-2)};SP4N-LAPOR;Cepat, dan ramah.\n"
    return {"file": ContentFile(rows.encode(), name="lapor.csv")}


def scheme_form() -> dict:
    """As little as a scheme can say."""
    return {name: value for name, value in typed(small()).items() if name.endswith(("code", "kind", "weight"))}


def new_scheme(world: World, person: Employee) -> dict:
    return scheme_form() | {"code": "teladan-2", "unit": world.office.unit.pk, "act": "save"}


def behind(world: World) -> None:
    """The round follows the scheme as it was before."""
    Round.objects.update(frozen_scheme=schemes.freeze(everything()))


def objecting(world: World) -> None:
    """The objection period runs."""
    Round.objects.update(objections_until=timezone.now() + timedelta(1))


def unanswered(world: World) -> None:
    objecting(world)
    Objection.objects.update(upheld=None, answer="", answered_by=None)


OF_THE_OFFICE = [
    Act("conduct:add", KARTIKA, about),
    Act("conduct:correct", KARTIKA, about),
    Act("conduct:decide", KARTIKA, {"upheld": "yes"} | REASON),
    Act("conduct:import", KARTIKA, file_of_reports),
    Act("conduct:add_penalty", KARTIKA, about),
    Act("conduct:penalty", KARTIKA, about),
    Act("conduct:remove_penalty", KARTIKA),
    Act("people:import", KARTIKA, list_of_people),
    Act("people:import_check", KARTIKA, {"number": "0", "name": "1", "adds_units": "on"}),
    Act("people:import_apply", KARTIKA, seen_plan),
    Act("people:import_undo", KARTIKA, before=imported),
    Act("people:add", KARTIKA, new_person),
    Act("people:edit", KARTIKA, new_person),
    Act("people:retire", KARTIKA),
    Act(
        "people:restore",
        KARTIKA,
        before=lambda world: Employee.objects.filter(name="Agus Salim").update(is_active=False),
    ),
    Act("documents:activation", KARTIKA, lambda world, _: {"whom": "person", "person": "Ratna", "until": day(3)}),
    Act("people:add_unit", KARTIKA, lambda world, _: {"parent": world.office.unit.pk, "name": "UPT", "position": 9}),
    Act("people:unit", KARTIKA, {"name": "Bidang Statistik", "position": 3}),
    Act(
        "people:add_deputy",
        KARTIKA,
        lambda world, _: {"employee": world.office.dian.pk, "kind": "plh", "starts": day(0), "ends": day(3)},
    ),
    Act("people:end_deputy", KARTIKA),
    Act("people:add_to_committee", KARTIKA, lambda world, _: {"employee": world.office.dian.pk}),
    Act("people:remove_from_committee", KARTIKA),
    Act("documents:letterhead", KARTIKA, {"office": "DPMPTSP"}),
    Act("documents:version", KARTIKA, before=changed_letterhead),
    Act("setup:divisions", KARTIKA, {"names": "UPT Pelayanan\nUPT Pengaduan"}),
    Act("setup:heads", KARTIKA, lambda world, _: {f"head-{world.office.units['data'].pk}": world.office.dian.pk}),
    Act("setup:award", KARTIKA, {"name": "2027", "scheme": "anas"}, before=cancelled),
    Act("schemes:new", KARTIKA, new_scheme),
    Act("schemes:change", KARTIKA, lambda world, _: scheme_form() | {"seen": "1", "act": "save"}),
    Act("schemes:delete", KARTIKA),
    Act("rounds:create", KARTIKA, lambda world, _: {"name": "2027", "scope": world.office.unit.pk, "scheme": "anas"}),
    Act("rounds:clone", KARTIKA, lambda world, _: {"name": "2027", "first_day": day(30), "make": "1"}),
    Act("rehearsal:start", KARTIKA, {"audience": "everybody"}),
    Act("rehearsal:play", KARTIKA, before=rehearsing("play")),
    Act("rehearsal:remove", KARTIKA, before=rehearsing("remove")),
]

MINUTES = {"number": "005/1/2026", "date": day(0), "place": "Batu"}

ACTS = {
    "draft": [
        *OF_THE_OFFICE,
        Act("rounds:schedule", KARTIKA, {"polling-closes_at": "2036-01-01T08:00"}),
        Act("rounds:team", KARTIKA, lambda world, _: {"employee": world.office.ratna.pk, "role": "assessor"}),
        Act("rounds:remove_member", KARTIKA),
        Act("rounds:take_scheme", KARTIKA, before=behind),
        Act("rounds:open", KARTIKA),
        Act("rounds:cancel", KARTIKA, REASON),
    ],
    "usulan": [
        Act("nominations:assess", SITI, lambda world, _: helpers.as_form(proposal(world, "sekretariat"), 77)),
        Act("nominations:name", SITI),
        Act("nominations:unname", SITI),
        Act("nominations:discard", SITI),
        Act("nominations:skip", SITI, REASON),
        Act("nominations:unskip", SITI),
        Act("nominations:submit", SITI),
        Act("nominations:withdraw", SITI, before=submit_all),
        Act("nominations:return", KARTIKA, REASON, before=submit_all),
        Act("nominations:waive", KARTIKA, REASON, before=pass_deadline),
        Act("rounds:extend", KARTIKA, REASON | {"closes_at": "2036-01-01T08:00"}),
        Act("rounds:close", KARTIKA, before=submit_all),
        Act("rounds:reopen", KARTIKA, REASON, before=closed(submit_all)),
        Act("rounds:advance", KARTIKA, before=closed(submit_all)),
    ],
    "tim": [
        Act("scoring:sheet", TEAM, sheet),
        Act("scoring:column", TEAM, sheet),
        Act("scoring:recuse", TEAM, lambda world, _: {"whom": f"n{world.arguments['scoring:nominee']}"} | REASON),
        Act("rounds:close", LINA, before=assessed),
        Act("rounds:reopen", LINA, REASON, before=closed(assessed)),
        Act("rounds:advance", KARTIKA, {"mode": "file", "threshold": "2"}, before=closed(assessed)),
        Act("scoring:tie", LINA, tie_order, before=tied),
    ],
    "polling": [
        Act("voting:ballot", VOTERS, ballot),
        Act("voting:own_part", HOLDERS, two_words, before=key_in_parts),
        Act("voting:renew", KARTIKA, lambda world, _: holders(world), before=key_in_parts),
        Act("voting:lost", f"{SITI} {KARTIKA}"),
        Act("documents:voter_cards", KARTIKA, {"whom": "person", "person": "Ratna Juwita"}),
        Act("rounds:close", KARTIKA),
        Act("documents:closing_minutes", KARTIKA, MINUTES, before=closed(lambda world: None)),
        Act("voting:bring", f"{HOLDERS} {KARTIKA}", all_words, before=closed_with_parts),
        Act("voting:count", KARTIKA, before=closed_with_key),
    ],
    "kepala": [
        Act("documents:assessment_minutes", KARTIKA, MINUTES),
        Act("documents:count_minutes", KARTIKA, MINUTES),
        Act("scoring:head", HADI, sheet),
        Act("rounds:close", HADI, before=assessed),
        Act("rounds:reopen", HADI, REASON, before=closed(assessed)),
        Act("rounds:advance", f"{KARTIKA} {LINA}", before=closed(assessed)),
    ],
    "result": [
        Act("scoring:object", VOTERS, {"text": "Saya keberatan."}, before=objecting),
        Act("scoring:answer_objection", TEAM, {"upheld": "no", "text": "Sudah benar."}, before=unanswered),
        Act(
            "scoring:settle_objection",
            LINA,
            {"text": "Nilai diperiksa ulang."},
            before=lambda world: Objection.objects.update(upheld=True),
        ),
        Act("rounds:approve", HADI),
        Act("rounds:send_back", HADI, REASON),
        Act("documents:prepare", KARTIKA, decree_form),
        Act("documents:issue", KARTIKA, {"number": "188/2/2026", "date": day(0)}, before=approved),
    ],
    "decreed": [
        Act("documents:certificates", KARTIKA, {"template": "PIAGAM/{nomor}/2026", "first": "1"}),
        Act("documents:cancel_batch", KARTIKA, before=batch_running),
        Act("documents:supersede", KARTIKA, corrected_decree),
        Act("documents:sign", "hadi", with_own_key),
        Act("documents:sign_all", "hadi", with_own_key),
        Act("documents:recap", KARTIKA, {"number": "1/REKAP/2026", "date": day(0)}),
        Act("documents:announcement_paper", KARTIKA, {"number": "1/PENG/2026", "date": day(0)}),
        Act("documents:poster", KARTIKA, before=announced_on_paper),
        Act("rounds:announce", KARTIKA),
    ],
    "announced": [
        Act("documents:revoke", KARTIKA, REASON),
    ],
}
