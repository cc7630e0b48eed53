"""Forgers who put the manifest right are found by what contradicts them."""

import json

import pytest

from tests.scoring.bundles import (
    failed,
    failures,
    forged,
    id_of,
    with_envelopes,
    with_log,
    with_manifest,
    with_scheme,
)

pytestmark = [pytest.mark.once, pytest.mark.django_db]  # a bundle is checked without the database


def test_a_changed_ballot_is_found_by_the_scores(files):
    def change(ballots):
        ballots[ballots.index(id_of(files, "Cahyo Nugroho"))] = id_of(files, "Ayu Lestari")

    assert failed(forged(files, "ballots/pns.json", change)) == ["scores", "decisions", "ranking"]


@pytest.mark.parametrize("change", [lambda ballots: ballots[1:], lambda ballots: [*ballots, None]])
def test_a_ballot_more_or_less_is_found_by_the_envelopes(files, change):
    assert "count" in failed(forged(files, "ballots/eselon4.json", change))


def test_a_vote_for_somebody_else_than_the_finalists_is_found(files):
    stranger = id_of(files, "Agus Salim")

    forgery = forged(files, "ballots/pns.json", lambda ballots: [stranger, *ballots[1:]])

    assert "scores" in failed(forgery)


def test_a_changed_result_is_found(files):
    def change(result):
        result["classifications"][1]["nominees"][0]["final"] = "99.00"

    assert failed(forged(files, "result.json", change)) == ["ranking"]


def test_another_order_in_the_result_is_found(files):
    def change(result):
        result["classifications"][0]["nominees"].reverse()

    assert failed(forged(files, "result.json", change)) == ["ranking"]


def test_a_nominee_left_out_of_the_result_is_found(files):
    def change(result):
        result["classifications"][0]["nominees"].pop()

    assert "ranking" in failed(forged(files, "result.json", change))


def test_a_changed_score_is_found(files):
    def change(work):
        sheet = next(sheet for sheet in work["sheets"] if sheet["stage"] == "tim")
        sheet["scores"]["kinerja"] = "99.00"

    assert "scores" in failed(forged(files, "sheets.json", change))


def test_a_superseded_sheet_that_is_put_back_is_found(files):
    def change(work):
        of_budi = [sheet for sheet in work["sheets"] if sheet["nominee"] == id_of(files, "Budi Santoso")]
        for sheet in of_budi:
            if sheet["scores"]["kinerja"] in ("41.00", "68.00"):
                sheet["state"] = {"submitted": "superseded", "superseded": "submitted"}[sheet["state"]]

    assert "scores" in failed(forged(files, "sheets.json", change))


def test_a_sheet_that_was_taken_out_is_found_by_the_log(files):
    def change(work):
        work["sheets"].remove(next(sheet for sheet in work["sheets"] if sheet["state"] == "superseded"))

    assert failed(forged(files, "sheets.json", change)) == ["sheets"]


def test_a_second_sheet_of_one_assessor_is_found(files):
    def change(work):
        one, other = [sheet for sheet in work["sheets"] if sheet["stage"] == "tim"][:2]
        other |= {key: one[key] for key in ("assessor", "assessor_key") if key in one}

    assert failed(forged(files, "sheets.json", change)) == ["sheets"]


def test_a_recusal_that_was_hushed_up_is_found(files):
    assert failed(forged(files, "sheets.json", lambda work: work | {"recusals": []})) == ["sheets"]


def test_a_sheet_under_another_name_is_found_by_the_log(named):
    def change(work):
        for sheet in work["sheets"]:
            if sheet["assessor"] == "Lina Marlina":
                sheet["written_by"] = 1

    assert failed(forged(named, "sheets.json", change)) == ["sheets"]


def test_a_turned_decision_is_found_by_the_log(files):
    """The forger turns the winners of a tie round, in the decision and in the result."""

    def turn(decisions):
        decisions[1]["order"].reverse()

    def win(result):
        first, second, *_others = result["classifications"][1]["nominees"]
        first["id"], second["id"] = second["id"], first["id"]
        first["unit"], second["unit"] = second["unit"], first["unit"]

    forgery = forged(forged(files, "decisions.json", turn), "result.json", win)

    assert failed(forged(files, "decisions.json", turn)) == ["decisions", "ranking"]
    assert failed(forgery) == ["decisions"]


def test_a_tie_without_its_decision_is_found(files):
    assert "decisions" in failed(forged(files, "decisions.json", lambda decisions: decisions[:1]))


def test_a_decision_without_a_tie_is_found(files):
    def change(decisions):
        agus, budi = id_of(files, "Agus Salim"), id_of(files, "Budi Santoso")
        return [*decisions, decisions[0] | {"classification": "eselon4", "order": [budi, agus]}]

    assert failed(forged(files, "decisions.json", change)) == ["decisions"]


def test_other_rules_are_found_by_the_opening(files):
    """The forger moves five percent from the poll to the head."""

    def change(scheme):
        scheme["stages"][2]["weight"], scheme["stages"][3]["weight"] = "45.00", "15.00"

    forgery = with_scheme(files, change)

    assert failed(forgery) == ["opening", "scores", "ranking"]
    assert failed(with_manifest(forgery, scheme_hash=json.loads(files["manifest.json"])["scheme_hash"])) == [
        "scheme",
        "scores",
        "ranking",
    ]


def test_a_changed_entry_of_the_log_is_found(files):
    log = files["log.jsonl"].replace(b"Salah baris.", b"Salah kolom.")

    assert failed(with_manifest(files | {"log.jsonl": log})) == ["log"]


def test_a_log_without_its_end_is_found(files):
    log = b"".join(files["log.jsonl"].splitlines(keepends=True)[:-1])

    assert failed(with_manifest(files | {"log.jsonl": log})) == ["log"]


def test_another_envelope_is_found_by_the_log(files):
    lines = files["envelopes.txt"].split()

    assert failed(with_envelopes(files, [b"0" * 64, *lines[1:]])) == ["envelopes", "count"]


@pytest.mark.parametrize(
    ("told", "checks"),
    [
        ({"turnout": 24}, ["turnout"]),
        ({"turnout": 11}, ["turnout"]),
        ({"electorate": 24}, ["turnout"]),
        ({"invalid": 0}, ["count"]),
        ({"round": "Triwulan I 2026"}, ["opening"]),
        ({"names": False}, ["files"]),
        ({"format": "anas-audit/2"}, ["files"]),
        ({"remark": "Halo"}, ["files"]),
    ],
    ids=str,
)
def test_a_manifest_that_tells_something_else_is_found(named, told, checks):
    assert failed(with_manifest(named, **told)) == checks


def test_more_votes_than_voters_are_found_however_consistent(files):
    def change(result):
        result["electorate"] = 11

    assert failed(with_manifest(forged(files, "result.json", change), electorate=11)) == ["turnout"]


def test_a_unit_that_proposes_more_than_it_may_is_found(files):
    def change(nominees):
        nominees[0]["unit"] = nominees[3]["unit"]

    assert "nominees" in failed(forged(files, "nominees.json", change))


def test_somebody_let_through_the_shortlist_is_found(files):
    def change(nominees):
        next(row for row in nominees if row["eliminated_after"])["eliminated_after"] = None

    assert failed(forged(files, "nominees.json", change)) == ["shortlists"]


def both_told(files, **told):
    """Manifest and result tell the same."""
    return with_manifest(forged(files, "result.json", lambda result: result | told), **told)


def sheet_of(work, stage, nominee):
    return next(sheet for sheet in work["sheets"] if (sheet["stage"], sheet["nominee"]) == (stage, nominee))


def scored(**scores):
    """A forger of the first sheet's scores; None takes one out."""

    def change(work):
        first = work["sheets"][0]
        first["scores"] = {code: score for code, score in (first["scores"] | scores).items() if score}

    return change


def written_by_maya(work):
    """A sheet for Bunga, from whom Maya has stepped back, gets Maya's name."""
    [recusal] = work["recusals"]
    sheet_of(work, "tim", recusal["nominee"])["assessor_key"] = recusal["assessor_key"]


def without_a_sheet(stage):
    return lambda work: work["sheets"].remove(next(one for one in work["sheets"] if one["stage"] == stage))


def renumbered(entries):
    for entry in entries[4:]:
        entry["number"] += 1


FORGERIES = {
    "files: 'x.txt' is not listed in manifest.json": lambda f: f | {"x.txt": b""},
    "scheme: scheme.sha256 names another hash": lambda f: with_manifest(f | {"scheme.sha256": b"0" * 64}),
    "scheme: the weights add up to 99.00, not to 100": lambda f: with_scheme(
        f, lambda scheme: scheme["stages"][0].update(weight="9.00")
    ),
    "log: entry 5 is missing": lambda f: with_log(f, renumbered),
    "log: entry 6 does not follow the one before it": lambda f: with_log(f, lambda log: log[4].update(subject="Oki")),
    "opening: the log has 0 entries round.opened, not one": lambda f: with_log(
        f, lambda log: next(one for one in log if one["action"] == "round.opened").update(action="round.shut")
    ),
    "envelopes: a line of envelopes.txt is no SHA-256": lambda f: with_envelopes(f, [b"x" * 64]),
    "envelopes: the lines are not sorted, or one stands twice": lambda f: with_envelopes(
        f, f["envelopes.txt"].split()[::-1]
    ),
    "envelopes: the root is {root}, not that of the manifest": lambda f: with_manifest(f, root="0" * 64),
    "envelopes: there are 12, not 13": lambda f: with_manifest(f, envelopes=13),
    "envelopes: the ballot box was closed with others, says the log": lambda f: with_envelopes(
        f, f["envelopes.txt"].split()[1:]
    ),
    "count: there are ballots of other classifications": lambda f: with_manifest(
        f | {"ballots/pppk.json": f["ballots/pns.json"]}
    ),
    "count: other numbers were counted, says the log": lambda f: with_manifest(f, invalid=2),
    "count: pns has 12 choices of 11 valid envelopes": lambda f: forged(
        f, "ballots/pns.json", lambda ballots: [*ballots, None]
    ),
    "turnout: result.json has other numbers than the manifest": lambda f: forged(
        f, "result.json", lambda result: result | {"turnout": 13}
    ),
    "turnout: 11 have voted, and there are 12 envelopes": lambda f: both_told(f, turnout=11),
    "turnout: 12 have voted of 11": lambda f: both_told(f, electorate=11),
    "turnout: the roll had 23 voters, says the log, not 24": lambda f: both_told(f, electorate=24),
    "turnout: the quorum of 90.00 percent was not reached": lambda f: with_scheme(
        f, lambda scheme: scheme.update(quorum="90.00")
    ),
    "nominees: {agus} stands in no classification of the scheme": lambda f: forged(
        f, "nominees.json", lambda nominees: nominees[0].update(classification="pppk")
    ),
    "nominees: perizinan has 2 nominees in eselon4, not 1 at most": lambda f: forged(
        f, "nominees.json", lambda nominees: nominees[0].update(unit="perizinan")
    ),
    "sheets: there are sheets for others than those in the round: kepala, {doni}": lambda f: forged(
        f, "sheets.json", lambda work: work["sheets"].append(work["sheets"][-1] | {"nominee": id_of(f, "Doni Saputra")})
    ),
    "sheets: tim, {agus}: 2 sheets are not all": lambda f: forged(f, "sheets.json", without_a_sheet("tim")),
    "sheets: tim, {bunga}: a sheet of one who stepped back counts": lambda f: forged(f, "sheets.json", written_by_maya),
    "sheets: somebody stepped back, says the log, who is not among the recusals": lambda f: forged(
        f, "sheets.json", lambda work: work["recusals"][0].update(reason="Sakit.")
    ),
    "scores: {agus}, usulan: 82.86 giving 8.29 in result.json, 83.00 giving 8.30 recounted": lambda f: forged(
        f, "sheets.json", scored(kinerja="81.00")
    ),
    "scores: '1e999999999' is no number with two decimals": lambda f: forged(
        f, "sheets.json", scored(kinerja="1e999999999")
    ),
    "scores: '100.01' is no number with two decimals": lambda f: forged(f, "sheets.json", scored(kinerja="100.01")),
    "scores: usulan: a sheet with other indicators than the scheme's": lambda f: forged(
        f, "sheets.json", scored(kinerja=None)
    ),
    "scores: usulan: komplain is yes or no, not 50.00": lambda f: forged(f, "sheets.json", scored(komplain="50.00")),
    "scores: usulan: no sheet for {agus}": lambda f: forged(f, "sheets.json", without_a_sheet("usulan")),
    "scores: votes in pns for {agus}, who is no finalist there": lambda f: forged(
        f, "ballots/pns.json", lambda ballots: [id_of(f, "Agus Salim"), *ballots[1:]]
    ),
    "ranking: result.json is no anas-result/1": lambda f: forged(
        f, "result.json", lambda result: result | {"format": "anas-result/2"}
    ),
    "ranking: result.json is of another scheme": lambda f: forged(
        f, "result.json", lambda result: result | {"scheme": "petruk"}
    ),
    "ranking: {agus}: winner is False in result.json, True recounted": lambda f: forged(
        f, "result.json", lambda result: result["classifications"][0]["nominees"][0].update(winner=False)
    ),
    "ranking: result.json has other nominees, or another order": lambda f: forged(
        f, "result.json", lambda result: result["classifications"].reverse()
    ),
}


@pytest.mark.parametrize("line", FORGERIES)
def test_a_forgery_is_called_by_its_name(named, line):
    """Teeth: with an `expect` of the verifier taken away, the line that it says is missing."""
    ids = {name.split()[0].lower(): id_of(named, name) for name in ("Agus Salim", "Bunga Citra", "Doni Saputra")}
    ids["root"] = json.loads(named["manifest.json"])["root"]

    assert line.format(**ids) in failures(FORGERIES[line](named))
