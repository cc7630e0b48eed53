"""Scenarios for `simulate`: a small one with known numbers, and generated ones of any size."""

import random
from typing import Any

CRITERIA = ["kehadiran", "kinerja", "kerjasama", "inovasi", "penampilan", "perilaku", "komplain"]
CODES = ["eselon4", "pns", "nonasn"]


def sheet(base: int, **scores: int) -> dict[str, int]:
    """A full sheet: the same score everywhere, yes to the question of complaints, but for what is named."""
    return {**dict.fromkeys(CRITERIA, base), "komplain": 100, **scores}


def generated(*, units: int, employees: int, team: int, ballots: int, seed: int = 1) -> dict[str, Any]:
    """A believable round: each unit proposes one person per classification, everybody is scored at random."""
    dice = random.Random(seed)
    unit_codes = [f"U{index:02d}" for index in range(units)]
    people = [
        {
            "id": f"p{index}",
            "name": f"Pegawai {index}",
            "unit": unit_codes[index % units],
            "classification": CODES[index // units % 4] if index // units % 4 < 3 else None,
        }
        for index in range(employees)
    ]
    nominees = {}
    for person in people:
        if person["classification"]:
            nominees.setdefault((person["unit"], person["classification"]), person["id"])
    heads = {person["unit"]: person["id"] for person in people if person["classification"] is None}
    outsiders = [f"t{index}" for index in range(team)]
    scenario = {
        "format": "anas-scenario/1",
        "scheme": "anas",
        "units": [{"code": code, "name": f"Unit {code}", "head": heads[code]} for code in unit_codes],
        "employees": people,
        "team": outsiders,
        "head": "kepala",
        "proposals": [
            {"unit": unit, "nominee": id, "classification": code, "scores": random_sheet(dice)}
            for (unit, code), id in nominees.items()
        ],
        "panel": [
            {"assessor": assessor, "nominee": id, "scores": random_sheet(dice)}
            for assessor in outsiders
            for id in nominees.values()
        ],
        "ballots": [],
        "head_scores": [],
        "decisions": [],
    }
    finalists = shortlist(scenario)
    for voter in dice.sample(people, ballots):
        choices = {code: dice.choice([*finalists[code], finalists[code][0], None]) for code in CODES}
        scenario["ballots"].append({"voter": voter["id"], "choices": choices})
    scenario["head_scores"] = [
        {"nominee": id, "scores": random_sheet(dice)} for code in CODES for id in finalists[code]
    ]
    return scenario


def random_sheet(dice: random.Random) -> dict[str, float]:
    return {**{code: dice.randint(5000, 10000) / 100 for code in CRITERIA[:-1]}, "komplain": dice.choice([0, 100])}


def shortlist(scenario: dict[str, Any]) -> dict[str, list[str]]:
    """The two best of each classification by the team's sheets, counted naively."""
    sums: dict[str, float] = {}
    for entry in scenario["panel"]:
        sums[entry["nominee"]] = sums.get(entry["nominee"], 0) + sum(entry["scores"].values())
    by_code: dict[str, list[str]] = {code: [] for code in CODES}
    for entry in scenario["proposals"]:
        by_code[entry["classification"]].append(entry["nominee"])
    return {code: sorted(ids, key=lambda id: -sums[id])[:2] for code, ids in by_code.items()}
