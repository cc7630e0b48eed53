"""What a scheme may say: the one place of these rules. `FORMATS.md` section 1 describes the file."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from anas.rounds import eligibility
from anas.rounds import stage as stages
from anas.rounds.scheme_parts import COMPLAINTS, FINAL, Classification, Criterion, Scheme, StageSpec
from anas.rounds.tables import BadData, Table, plain

MINIMUM_VOTES = 5
SCALES = ("0-100", "yes-no")
SUBJECTS = ("employee", "entry")
# More than any award has, and few enough for one form.
MOST = {"classifications": 100, "criteria": 100, "stages": 20}
NAME, NOTE = 200, 2000  # letters


def examine(data: Any, place: str = "") -> tuple[Scheme | None, list[BadData]]:
    """The scheme that the keys of a TOML or JSON file say, and every rule that they break, each with its place; no
    scheme where there is any. `place`: where in a larger file it stands."""
    faults: list[BadData] = []
    top = Table(data, place, faults)
    scheme = _read(top)
    _check(scheme, top)
    return None if faults else scheme, faults


def parse(data: Any, place: str = "") -> Scheme:
    """The same, for who does not mend it. Raises BadData for the first rule that it breaks."""
    scheme, faults = examine(data, place)
    if faults:
        raise faults[0]
    return scheme


def _read(top: Table) -> Scheme:
    code = top.code()
    name = top.text("name", code, longest=NAME)
    classifications = tuple(_classification(table) for table in _rows(top, "classifications"))
    if not classifications and top.data.get("classifications") == []:
        top.fault(top.at("classifications"), _("at least one is needed"))
    criteria = tuple(_criterion(table) for table in _rows(top, "criteria", default=[]))
    specs = tuple(_stage(table, criteria) for table in _rows(top, "stages"))
    scheme = Scheme(
        code=code,
        name=name,
        title=top.text("title", name, longest=NAME),
        subject=top.choice("subject", SUBJECTS, default="employee"),
        note=top.text("note", "", longest=NOTE, lines=True),
        minimum_votes=top.whole("minimum_votes", MINIMUM_VOTES),
        quorum=top.decimal("quorum", None),
        objection_days=top.whole("objection_days", None),
        eligibility=eligibility.parse(top.table("eligibility")),
        tie_break=top.codes("tie_break"),
        classifications=classifications,
        criteria=criteria,
        stages=specs,
    )
    top.done()
    return scheme


def _rows(top: Table, key: str, **how: Any) -> list[Table]:
    return top.tables(key, most=MOST[key], **how)


def _classification(table: Table) -> Classification:
    code = table.code()
    return Classification(code, table.text("name", code, longest=NAME))


def _criterion(table: Table) -> Criterion:
    code = table.code()
    criterion = Criterion(
        code=code,
        name=table.text("name", code, longest=NAME),
        weight=table.decimal("weight", Decimal(1)),
        scale=table.choice("scale", SCALES, default=SCALES[0]),
        source=table.choice("source", (COMPLAINTS,), default=""),
    )
    if criterion.weight is not None and criterion.weight <= 0:
        table.fault(table.at("weight"), _("must be more than 0"))
    if criterion.source and not criterion.is_yes_no:
        table.fault(table.at("source"), _("the register answers yes or no: the scale has to be yes-no"))
    table.done()
    return criterion


def _stage(table: Table, criteria: tuple[Criterion, ...]) -> StageSpec:
    code = table.code()
    kind = stages.kinds().get(table.choice("kind", tuple(stages.kinds())))
    used = _stage_criteria(table, kind, criteria)
    if "quota" in table.data and kind and not kind.is_nominating:
        table.fault(table.at("quota"), _("only a stage of the kind proposal has a quota"))
    spec = StageSpec(
        code=code,
        name=table.text("name", code.capitalize() if code else None, longest=NAME),
        kind=kind and kind.code,
        weight=table.decimal("weight"),
        quota=table.whole("quota", 1),
        criteria=used,
        advance=table.whole("advance", None),
    )
    table.done()
    return spec


def _stage_criteria(
    table: Table, kind: stages.StageKind | None, criteria: tuple[Criterion, ...]
) -> tuple[Criterion, ...]:
    known = {item.code: item for item in criteria}
    place, codes = table.at("criteria"), table.codes("criteria", default=tuple(known))
    if kind is None:
        return ()
    if not kind.uses_criteria:
        if "criteria" in table.data:
            table.fault(place, _("a stage of the kind %(kind)s uses none") % {"kind": kind.code})
        return ()
    for index, code in enumerate(codes):
        if code not in known and None not in known:
            table.fault(f"{place}[{index}]", _('there is no criterion "%(code)s"') % {"code": code})
    if not codes:
        table.fault(place, _("a stage of the kind %(kind)s needs at least one criterion") % {"kind": kind.code})
    if len(known) == len(criteria):
        _check_once(table, place, codes)
    return tuple(known[code] for code in codes if code in known)


def _check(scheme: Scheme, top: Table) -> None:
    """What concerns several parts."""
    if scheme.quorum is not None and scheme.quorum > 100:
        top.fault(top.at("quorum"), _("is a percentage of the voter roll, at most 100"))
    _check_once(top, top.at("classifications"), [item.code for item in scheme.classifications])
    _check_once(top, top.at("criteria"), [item.code for item in scheme.criteria])
    _check_once(top, top.at("stages"), [spec.code for spec in scheme.stages])
    _check_kinds(scheme, top)
    codes = [spec.code for spec in scheme.stages]
    if len(set(codes)) == len(codes):
        _check_once(top, top.at("tie_break"), scheme.tie_break)
    for index, code in enumerate(scheme.tie_break):
        if code not in codes and None not in codes:
            top.fault(f"{top.at('tie_break')}[{index}]", _('there is no stage "%(code)s"') % {"code": code})
    if scheme.objection_days and all(spec.kind != "panel" for spec in scheme.stages):
        reason = _("a team answers objections: a stage of the kind panel is needed")
        top.fault(top.at("objection_days"), reason)
    _check_weights(scheme, top)


def _check_kinds(scheme: Scheme, top: Table) -> None:
    seen: set[str] = set()
    for index, spec in enumerate(scheme.stages):
        place = f"{top.at('stages')}[{index}]"
        if spec.code == FINAL:
            reason = _('"%(code)s" means the end result and names no stage')
            top.fault(f"{place}.code", reason % {"code": FINAL})
        if spec.kind is None:
            continue
        kind = stages.kind(spec.kind)
        if kind.is_nominating != (index == 0):
            reason = _("the first stage, and no other, has to bring the nominees: kind proposal")
            top.fault(f"{place}.kind", reason)
        elif spec.kind in seen and not kind.is_repeatable:
            reason = _("the kind %(kind)s can stand in a scheme only once")
            top.fault(f"{place}.kind", reason % {"kind": spec.kind})
        seen.add(spec.kind)


def _check_weights(scheme: Scheme, top: Table) -> None:
    weights = [spec.weight for spec in scheme.stages]
    if None not in weights and (total := sum(weights)) != 100:
        reason = _("the weights add up to %(total)s, not to 100") % {"total": number_format(plain(total))}
        top.fault(top.at("stages"), reason)


def _check_once(table: Table, place: str, codes: Iterable[str | None]) -> None:
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code in seen:
            table.fault(f"{place}[{index}]", _('the code "%(code)s" is used twice') % {"code": code})
        elif code is not None:
            seen.add(code)
