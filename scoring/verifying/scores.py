"""Checks of the numbers: from sheets and ballots to the winners. Each answers with what holds, or raises Fault."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from scoring.verifying.opened import Opened
from scoring.verifying.recount import expect

RESULT_FORMAT = "anas-result/1"
SHOWN = 5  # differences in one line


def nominees(bundle: Opened) -> str:
    """No unit has proposed more than it may, and everybody stands in a classification of the scheme."""
    rows = bundle.nominees.values()
    codes = {item["code"] for item in bundle.scheme["classifications"]}
    for row in rows:
        expect(row["classification"] in codes, f"{row['id']} stands in no classification of the scheme")
    quota = bundle.scheme["stages"][0]["quota"]
    for (unit, code), number in Counter((row["unit"], row["classification"]) for row in rows).items():
        expect(number <= quota, f"{unit} has {number} nominees in {code}, not {quota} at most")
    return f"{len(rows)}, at most {quota} of each unit in each classification"


def sheets(bundle: Opened) -> str:
    """Every assessor has one sheet that counts for every nominee, except where he stepped back; and there are as many
    sheets as were handed in."""
    counted = defaultdict(list)
    for sheet in bundle.sheets:
        if sheet["state"] == "submitted":
            counted[sheet["stage"], sheet["nominee"]].append(author(sheet))
    for stage in bundle.scheme["stages"]:
        for nominee in [id for id, scores in bundle.recount.scores.items() if stage["code"] in scores]:
            if stage["kind"] != "poll":
                _check_authors(bundle, stage, nominee, counted.pop((stage["code"], nominee)))
    others = [f"{code}, {nominee}" for code, nominee in counted]
    expect(not others, f"there are sheets for others than those in the round: {'; '.join(others[:SHOWN])}")
    _check_handed_in(bundle)
    _check_recusals(bundle)
    superseded = sum(sheet["state"] == "superseded" for sheet in bundle.sheets)
    return f"{len(bundle.sheets) - superseded} that count, {superseded} superseded; recusals: {len(bundle.recusals)}"


def _check_authors(bundle: Opened, stage: dict[str, Any], nominee: str, authors: list[Any]) -> None:
    place = f"{stage['code']}, {nominee}"
    expect(len(set(authors)) == len(authors), f"{place}: somebody has two sheets that count")
    excused = _excused(bundle, nominee) if stage["kind"] == "panel" else set()
    missing = bundle.assessors.get(stage["code"], 1) - len(excused) - len(authors)
    is_last = stage["code"] == [item["code"] for item in bundle.scheme["stages"] if item["kind"] == stage["kind"]][-1]
    # Who steps back in a later stage keeps the sheets of an earlier one.
    expect(missing == 0 or (missing < 0 and not is_last), f"{place}: {len(authors)} sheets are not all")
    expect(not is_last or not excused.intersection(authors), f"{place}: a sheet of one who stepped back counts")


def author(item: dict[str, Any]) -> Any:
    """Whose a sheet or a recusal is: by key in a bundle with names, since two people can have one name."""
    return item.get("assessor_key", item["assessor"])


def _excused(bundle: Opened, nominee: str) -> set[Any]:
    code = bundle.nominees[nominee]["classification"]
    return {
        author(item)
        for item in bundle.recusals
        if (item["nominee"] == nominee if item["nominee"] else item["classification"] == code)
    }


def _check_handed_in(bundle: Opened) -> None:
    """The log has an entry for each sheet; with names, of whoever wrote it."""
    proposed = bundle.scheme["stages"][0]["code"]
    named = bundle.manifest["names"]
    kept = Counter(
        (sheet["stage"], sheet["written_by"] if named else None)
        for sheet in bundle.sheets
        if sheet["stage"] != proposed
    )
    logged = Counter(
        (entry["detail"]["stage"], entry["actor"] if named else None)
        for entry in [*bundle.logged("sheet.submitted"), *bundle.logged("sheet.superseded")]
    )
    for code, actor in sorted(kept.keys() | logged.keys(), key=str):
        there, told = kept[code, actor], logged[code, actor]
        by = f" by {actor}" if named else ""
        expect(there == told, f"{code}: {there} sheets{by} are here, and {told} were handed in, says the log")


def _check_recusals(bundle: Opened) -> None:
    """Nobody's stepping back was left out. Who is nominated himself has stepped back without an entry."""
    here = Counter(item["reason"] for item in bundle.recusals)
    told = Counter(entry["detail"]["reason"] for entry in bundle.logged("assessor.recused"))
    expect(told <= here, "somebody stepped back, says the log, who is not among the recusals")


def stages(bundle: Opened) -> str:
    """Sheet scores, stage scores and points, stage by stage."""
    result, recount = _result_by_id(bundle), bundle.recount
    wrong = [
        f"{id}, {code}: {here} in result.json, {told} recounted"
        for row in (item for group in recount.result() for item in group["nominees"])
        for id in [row["id"]]
        for code in sorted(row["stages"].keys() | result.get(id, {}).get("stages", {}).keys())
        if (here := _numbers(result.get(id), code)) != (told := _numbers(row, code))
    ]
    expect(not wrong, "; ".join(wrong[:SHOWN]))
    return f"{sum(map(len, recount.scores.values()))} scores with their points are those of sheets and ballots"


def _numbers(row: dict[str, Any] | None, code: str) -> str:
    found = row["stages"].get(code) if row else None
    return f"{found['score']} giving {found['points']}" if found else "nothing"


def _result_by_id(bundle: Opened) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for group in bundle.result["classifications"] for row in group["nominees"]}


def shortlists(bundle: Opened) -> str:
    """Who went on from each stage."""
    left_out = bundle.recount.left_out
    for id, row in bundle.nominees.items():
        here, told = row["eliminated_after"], left_out.get(id)
        expect(here == told, f"{id} was left out after {here or 'no stage'}, recounted: after {told or 'no stage'}")
    return f"{len(bundle.nominees) - len(left_out)} finalists, {len(left_out)} were left out by the rule"


def decisions(bundle: Opened) -> str:
    """A decision for every tie that the rule leaves equal, and none besides; each stands in the log."""
    recount = bundle.recount
    expect(not recount.unsettled, f"nobody has decided the tie {'; '.join(recount.unsettled)}")
    unused = [f"{item['stage']}, {item['classification']}" for item in recount.unused]
    expect(not unused, f"there is no tie to decide between these in {'; '.join(unused)}")
    for item in bundle.decisions:
        names = [bundle.nominees[id]["name"] for id in item["order"]]
        found = any(_is_of(entry["detail"], item, names) for entry in bundle.logged("tie.decided"))
        expect(found, f"{item['stage']}, {item['classification']}: the log has no such decision")
    return f"{len(bundle.decisions)}, each of a real tie and in the log"


def _is_of(detail: dict[str, Any], decision: dict[str, Any], names: list[str]) -> bool:
    """Whether the log's entry is about this decision. A name can have been put right since then; where all are the
    same, their order is too."""
    if (detail["stage"], detail["reason"]) != (decision["stage"], decision["reason"]):
        return False
    return detail["order"] == names or sorted(detail["order"]) != sorted(names)


def ranking(bundle: Opened) -> str:
    """Final scores, ranks and winners: result.json is what the recount gives, to the letter."""
    result, recounted = bundle.result, bundle.recount.result()
    expect(result["format"] == RESULT_FORMAT, f"result.json is no {RESULT_FORMAT}")
    expect(result["scheme"] == bundle.scheme["code"], "result.json is of another scheme")
    wrong = list(_differences(_result_by_id(bundle), recounted))
    expect(not wrong, "; ".join(wrong[:SHOWN]))
    expect(result["classifications"] == recounted, "result.json has other nominees, or another order")
    winners = [row["id"] for group in recounted for row in group["nominees"] if row["winner"]]
    named = "; ".join(f"{bundle.nominees[id]['name']} ({id})" for id in winners)
    return f"final scores and ranks as recounted; winners: {named}"


def _differences(result: dict[str, Any], recounted: list[dict[str, Any]]) -> Iterator[str]:
    for row in (item for group in recounted for item in group["nominees"]):
        for key in ("unit", "finalist", "final", "rank", "winner"):
            here = result.get(row["id"], {}).get(key)
            if here != row[key]:
                yield f"{row['id']}: {key} is {here!r:.40} in result.json, {row[key]!r} recounted"
