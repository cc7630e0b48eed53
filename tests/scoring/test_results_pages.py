"""Who sees which numbers, and how each came about."""

import csv
import re
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.urls import reverse

from anas.people.models import Employee
from anas.rounds import services as rounds
from nominations.models import Nominee
from scoring import explain, workbook
from scoring.models import ScoreSheet, StageScore, Standing
from scoring.recap import recap
from tests import cast
from tests.scoring.helpers import nominee
from tests.scoring.test_ties import PNS, close_all_equal, close_tim, decide

READERS = ["kartika", "lina", "hadi", "wulan"]


def url(name, round, *args):
    return reverse(f"scoring:{name}", args=[round.pk, *args])


def seen(round, who) -> list[str] | None:
    """The stages whose numbers somebody sees."""
    found = recap(cast.again(round), cast.fresh(who))
    return found and [stage.code for stage in found.stages]


@pytest.mark.parametrize(
    ("to", "readers", "team", "others"),
    [
        ("usulan", None, None, None),
        ("tim", ["usulan"], None, None),
        ("polling", ["usulan", "tim"], ["tim"], None),
        ("kepala", ["usulan", "tim", "polling"], ["tim"], None),
        ("closed", ["usulan", "tim", "polling", "kepala"], ["tim"], None),
        ("result", ["usulan", "tim", "polling", "kepala"], ["usulan", "tim", "polling", "kepala"], None),
        ("decreed", ["usulan", "tim", "polling", "kepala"], ["usulan", "tim", "polling", "kepala"], None),
        ("announced", *[["usulan", "tim", "polling", "kepala"]] * 3),
    ],
)
def test_who_sees_which_numbers_when(office, login, to, readers, team, others):
    round = cast.play(office, to=to)
    expected = {**dict.fromkeys(READERS, readers), "maya": team, "ratna": others, "siti": others, "oki": None}

    for name, stages in expected.items():
        if name != "oki":
            assert seen(round, office.people[name]) == stages, name
        answer = login(office.people[name]).get(url("results", round))
        assert answer.status_code == (200 if stages else 404), name


def test_no_poll_number_is_seen_before_the_count(office, login):
    round = cast.play(office, to="polling")
    for voter in (office.ratna, office.maya):
        cast.vote(office, round, voter, pns=nominee(round, "Ayu Lestari"))
    rounds.close_stage(cast.again(round), by=office.kartika)

    for name in READERS:
        assert seen(round, office.people[name]) == ["usulan", "tim"]
    assert login(office.hadi).get(url("head", round)).status_code == 404


def test_before_there_is_a_result_nobody_is_called_a_winner(office, login):
    round = cast.play(office, to="kepala")
    text = login(office.lina).get(url("results", round)).text

    assert "icon-medal" not in text and 'class="award"' not in text
    assert "alert-warning" in text


def test_the_announced_result_names_finalists_alone(office, login):
    """The losers' numbers are there to be found: as a reader one sees them."""
    round = cast.play(office, to="announced")
    eliminated = Nominee.objects.filter(eliminated_after__isnull=False).select_related("employee")
    StageScore.objects.filter(nominee__in=eliminated, stage__code="tim").update(score=Decimal("12.34"))
    assert login(office.lina).get(url("results", round)).text.count("12.34") == 6

    answer = login(office.ratna).get(url("results", round))

    assert "12.34" not in answer.text
    for one in eliminated:
        assert one.employee.name not in answer.text
        assert login(office.ratna).get(url("explain", round, one.pk)).status_code == 404
    assert answer.text.count("icon-medal") == 9  # three cards, three bars, three rows
    assert "Budi Santoso" in answer.text


def test_a_nominee_who_lost_learns_no_other_losers_number(office, login):
    round = cast.play(office, to="announced")
    dian = nominee(round, "Dian Puspita")

    assert login(office.candra).get(url("explain", round, dian.pk)).status_code == 404


@pytest.mark.parametrize("name", ["maya", "ratna", "siti", "oki"])
def test_the_files_are_for_those_who_may_read_everything(office, login, name):
    round = cast.play(office, to="announced")
    assert login(office.people[name]).get(url("download", round) + "?format=csv").status_code == 404


@pytest.mark.parametrize("wanted", ["", "?format=pdf", "?format="])
def test_an_unknown_format_is_not_found(office, login, wanted):
    round = cast.play(office, to="announced")
    assert login(office.lina).get(url("download", round) + wanted).status_code == 404


def files(client, round) -> tuple[list[list[str]], openpyxl.Workbook]:
    """The recap as CSV and as XLSX."""
    text = client.get(url("download", round) + "?format=csv").content.decode("utf-8-sig")
    content = client.get(url("download", round) + "?format=xlsx").content
    return list(csv.reader(StringIO(text))), openpyxl.load_workbook(BytesIO(content))


def lines(sheet) -> list[list[object]]:
    """What stands under the head of a sheet's first table; numbers as texts with two decimals, or whole."""
    found = [list(row) for row in sheet.iter_rows(min_row=workbook.HEAD_ROW + 1)]
    return [[_text(cell) for cell in row] for row in found]


def _text(cell) -> str:
    if cell.value is None:
        return ""
    return cell.value if isinstance(cell.value, str) else f"{cell.value:.{2 * (cell.number_format == '0.00')}f}"


def test_page_csv_xlsx_and_the_stored_results_are_one(office, login):
    """Every number of every nominee, down to the sheets and the count."""
    round = cast.play(office, to="announced")
    client = login(office.lina)
    text = client.get(url("results", round)).text
    (_head, *whole), book = files(client, round)
    summary, *contests, sheets, poll = book.worksheets

    assert [line[1:] for line in whole] == [line for sheet in contests for line in lines(sheet)]
    assert [line[0] for line in lines(summary)[:3]] == [item.name for item in round.scheme.classifications]
    for line in whole:
        one = nominee(round, line[2])
        stored = [f"{n:.2f}" for pair in one.stage_scores.values_list("score", "points") for n in pair]
        final = [f"{standing.final:.2f}" for standing in Standing.objects.filter(nominee=one)]
        assert [cell for cell in line[4:] if cell] == stored + final
        assert [number for number in stored + final if f">{number}" not in text] == []
    given = {
        (sheet.nominee.name, str(sheet.assessor)): [sheet.scores[item.code] for item in round.scheme.criteria]
        for sheet in ScoreSheet.objects.select_related("nominee__employee", "assessor")
    }
    written = {(line[1], line[3]): line[4:-1] for line in lines(sheets)}
    assert {key: written[key] for key in given} == given
    assert len(written) == len(given) + 12  # and the units' own
    votes = {one.name: one.votes.count() for one in Nominee.objects.named(round) if one.is_in_play}
    assert {line[1]: int(line[2]) for line in lines(poll)} == votes


def test_the_workbook_says_what_it_is_and_can_be_printed(office, login):
    round = cast.play(office, to="announced")
    _csv, book = files(login(office.lina), round)

    for sheet in book:
        head = [sheet.cell(row, 1).value for row in range(1, workbook.HEAD_ROW)]
        assert head[:2] == ["DPMPTSP", str(round)]
        assert any(round.scheme_hash in (line or "") for line in head)
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", workbook.A4)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [sheet.freeze_panes for sheet in book] == [None] + ["C9"] * 5


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_no_cell_is_a_formula(office, login, start):
    round = cast.play(office, to="announced")
    Employee.objects.filter(name="Ayu Lestari").update(name=f'{start}HYPERLINK("http://x")')
    book = openpyxl.load_workbook(
        BytesIO(login(office.lina).get(url("download", round) + "?format=xlsx").content), data_only=False
    )
    words = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]

    assert any("HYPERLINK" in cell.value for cell in words)
    assert not [cell.value for cell in words if cell.data_type == "f" or cell.value.startswith(tuple("=+-@\t\r"))]


def sums(text: str) -> list[tuple[str, Decimal]]:
    """Every line of the form "expression = result" on the page, as a calculator would be fed with it."""
    found = []
    for block in re.findall(r'class="sum">(.*?)(?:</p>|</span></li>)', text, re.DOTALL):
        plain = re.sub(r"<[^>]+>", "", block).replace("×", "*").replace(",", ".")
        if "=" in plain:
            left, right = plain.split("=")
            found.append((left.strip(), Decimal(re.match(r"\s*(\d+\.\d\d)", right)[1])))
    return found


def test_every_printed_line_comes_out_on_a_calculator(office, login):
    round = cast.play(office, to="announced")
    ayu = nominee(round, "Ayu Lestari")
    text = login(office.lina).get(url("explain", round, ayu.pk)).text

    lines = sums(text)
    assert len(lines) == 1 + 4 + 1 + 1 + 1 + 3 + 1  # sum; points; mean of three; votes; sheets of unit, team, head
    for expression, printed in lines:
        exact = eval(re.sub(r"(\d+(\.\d+)?)", r"Decimal('\1')", expression))
        assert abs(exact - printed) <= Decimal("0.005"), expression


def test_the_chain_of_numbers_is_the_stored_one(office):
    round = cast.play(office, to="announced")
    whole = recap(cast.again(round), cast.fresh(office.lina))

    for _item, rows in whole.groups:
        for row in rows:
            for part in explain.parts(whole, row, explain.marks(whole)):
                stored = StageScore.objects.get(stage=part.stage, nominee=row.nominee)
                assert (part.score, part.points) == (stored.score, stored.points)
                for sheet, line in zip(
                    ScoreSheet.objects.filter(stage=part.stage, nominee=row.nominee), part.sheets, strict=False
                ):
                    assert {item.code: score for item, score in line.scores} == sheet.score_values


def test_assessors_have_names_for_readers_and_numbers_for_the_others(office, login):
    round = cast.play(office, to="announced")
    page = url("explain", round, nominee(round, "Ayu Lestari").pk)

    assert "Maya Indah" in login(office.wulan).get(page).text
    for reader in (office.ratna, office.nurul):
        text = login(reader).get(page).text.split("<main")[1]
        assert "Maya Indah" not in text and "Lina Marlina" not in text


def test_the_numbers_of_the_assessors_follow_no_order_of_names(office):
    round = cast.play(office, to="announced")
    for place, one in enumerate([office.lina, office.maya, office.nurul]):
        ScoreSheet.objects.filter(stage__code="tim", assessor=one).update(
            scores=dict.fromkeys(ScoreSheet.objects.first().scores, f"{place}.00")
        )
    whole = recap(cast.again(round), cast.fresh(office.ratna))
    orders = {
        tuple(int(sheet.score) for sheet in explain.parts(whole, row, explain.marks(whole))[1].sheets)
        for _item, rows in whole.groups
        for row in rows
    }

    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2)}


def test_only_who_works_on_the_round_sees_single_indicators(office, login):
    round = cast.play(office, to="announced")
    page = url("explain", round, nominee(round, "Ayu Lestari").pk)

    assert "sheet-table" in login(office.nurul).get(page).text
    assert "sheet-table" not in login(office.ratna).get(page).text


def test_the_head_is_asked_to_approve_and_nobody_else(office, login):
    round = cast.play(office, to="result")
    approve = reverse("rounds:approve", args=[round.pk])

    assert approve in login(office.hadi).get(url("results", round)).text
    assert approve not in login(office.lina).get(url("results", round)).text


# --- The page of a tie


def tie_page(round, stage="tim", classification="pns"):
    return url("tie", round, stage, classification)


def places(round, given: dict[str, object], reason="Masa kerja lebih lama."):
    return {f"n{nominee(round, name).pk}": place for name, place in given.items()} | {"reason": reason}


@pytest.fixture
def tied(office):
    return close_tim(office, dict.fromkeys(PNS[1:], 70) | {PNS[0]: 90})


def test_the_chair_puts_the_tied_into_an_order(office, tied, login):
    client = login(office.lina)
    page = client.get(tie_page(tied))
    assert [label for label, _scores in page.context["compared"]] == ["Penilaian tim", "Usulan bidang"]

    answer = client.post(tie_page(tied), places(tied, {PNS[1]: 3, PNS[2]: 4, PNS[3]: 2}))

    assert answer.headers["Location"] == url("results", tied)
    assert tied.decisions.get().order == [nominee(tied, PNS[place]).pk for place in (3, 1, 2)]
    decided = client.get(tie_page(tied))
    assert "Masa kerja lebih lama." in decided.text and decided.context["form"] is None


@pytest.mark.parametrize(
    "given", [{PNS[1]: 2, PNS[2]: 2, PNS[3]: 3}, {PNS[1]: 2, PNS[2]: 3}, {PNS[1]: 1, PNS[2]: 2, PNS[3]: 3}]
)
def test_each_place_goes_to_one_person_and_nothing_typed_is_lost(office, tied, login, given):
    answer = login(office.lina).post(tie_page(tied), places(tied, given))

    assert answer.status_code == 200
    assert len(answer.context["form"].errors) == 1
    assert "Masa kerja lebih lama." in answer.text
    assert not tied.decisions.exists()


def test_the_others_see_the_tie_and_decide_nothing(office, tied, login):
    sent = places(tied, {PNS[1]: 3, PNS[2]: 4, PNS[3]: 2})
    for name, status in {"kartika": 200, "hadi": 200, "wulan": 200, "maya": 404, "ratna": 404, "oki": 404}.items():
        assert login(office.people[name]).post(tie_page(tied), sent).status_code == status
    assert not tied.decisions.exists()


@pytest.mark.parametrize(("stage", "code"), [("final", "pns"), ("tim", "eselon4"), ("tim", "menteri"), ("x", "pns")])
def test_where_there_is_no_tie_there_is_no_page(office, tied, login, stage, code):
    assert login(office.lina).get(tie_page(tied, stage, code)).status_code == 404


def test_the_chair_finds_the_tie_among_her_tasks(office, tied, login):
    assert tie_page(tied) in login(office.lina).get("/").text
    assert tie_page(tied) not in login(office.hadi).get("/").text
    decide(tied, office, PNS[1:])
    assert tie_page(tied) not in login(office.lina).get("/").text


def test_the_head_decides_the_end_on_the_same_page(office, login):
    round = close_all_equal(office)
    given = {"Ayu Lestari": 2, "Bayu Pratama": 1}
    assert login(office.lina).get(tie_page(round, "final")).context["form"] is None

    login(office.hadi).post(tie_page(round, "final"), places(round, given))

    assert round.decisions.get().order == [nominee(round, name).pk for name in ("Bayu Pratama", "Ayu Lestari")]
