"""Where things stand on the sheet: margins, lines, letters, page numbers, signatures (GB/T 9704; forms part 0)."""

import re
from dataclasses import replace

import pytest

from mediation.casefile.papers import contract, printing
from mediation.casefile.papers.forms import PAPERS
from tests.casefile.papers import specimens as s
from tests.casefile.papers.reading import Reader

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM
PITCH, CHARACTERS, LINES = (225 * MM - 16) / 21, 28, 22
NUMBER = re.compile(r"— (\d+) —")
SIGNS = re.compile(
    r"^(当事人|申请人|起诉人|答辩人|委托人|声明人|被调查人|回访人|接收人|受送达人|提交人|提供人)[^，。]*（签名"
)
RECORDS = ("session_record", "inquiry_record")  # signed on every page, their number stays at the right
LETTERS = ("quick_trial_referral",)  # whose first page has none, and a head outside of the text
OF_A_TABLE = 4.5  # a table that runs on begins at the line's edge, a text within it
TABLES = ("FULL", "AWKWARD", "TWELVE")
A4 = [kind for kind, form in PAPERS.items() if form.size == "A4"]


def near(value, wanted, by=0.6):
    return abs(value - wanted) <= by


def test_a_page_is_22_lines_of_28_characters(printer):
    """版心 156 × 225 mm, filled to its edges: 三号 letters, a title of 二号."""
    case = replace(s.LOAN, summary="案" * CHARACTERS * 70)
    paper = Reader(printing.pdf("complaint", 1, contract.snapshot(s.failed(None, s.COMPLAINT, case=case))))
    lines = {}
    for run in paper.runs:
        if run.page == 2 and set(run.text) == {"案"}:
            lines.setdefault(round(run.y, 1), []).append(run)
    rows = sorted(lines)
    assert len(rows) == LINES
    assert all(sum(len(run.text) for run in lines[y]) == CHARACTERS for y in rows)
    assert all(near(below - above, PITCH, 0.2) for above, below in zip(rows, rows[1:], strict=False))
    assert all(near(min(run.x for run in lines[y]), LEFT) for y in rows)
    assert near(rows[0] - 0.88 * 16, TOP, 1.5) and near(rows[-1] + 0.12 * 16, BOTTOM, 1.5)
    assert {run.size for row in lines.values() for run in row} == {16}
    title = next(run for run in paper.runs if run.text == "民事起诉状")
    assert title.size == 22 and near(title.x + 22 * 5 / 2, (LEFT + RIGHT) / 2)


@pytest.mark.parametrize("kind", A4)
def test_every_paper_keeps_its_margins_numbers_and_signatures(printed, kind):
    """Short, long and very long ones: three, five and twelve parties."""
    for table in TABLES:
        paper = printed(table, kind)
        for page in range(1, paper.pages + 1):
            here = [run for run in paper.runs if run.page == page and run.text.strip() and run.text not in MARKS]
            number = next((run for run in here if NUMBER.search(run.text)), None)
            foot = number.y if number else 760
            text = [run for run in here if run.y < min(foot, BOTTOM + 4) - 1]
            first = page == 1 and kind in LETTERS
            assert len({round(run.y) for run in text}) >= 3, (table, page, "an empty page")
            if not first:
                assert min(run.x for run in text) >= LEFT - 1, (table, page)
                assert min(run.y - 0.88 * run.size for run in text) >= TOP - OF_A_TABLE, (table, page)
                assert max(run.x for run in text) <= RIGHT, (table, page)
            chinese = [run for run in text if re.fullmatch(r"[\u4e00-\u9fff，。、；：]+", run.text)]
            assert max((run.right for run in chinese), default=0) <= RIGHT + 1.5 * 16, (table, page)
            _number(kind, page, number)
            for signing in (run for run in text if SIGNS.match(run.text)):
                above = {round(run.y) for run in text if run.y < signing.y - 4}
                assert len(above) >= 2 or page == 1, (table, page, "signatures stand alone")


MARKS = ("草稿", "代拟稿")


def _number(kind, page, number):
    if page == 1 and kind in LETTERS:
        assert number is None
        return
    assert number is not None and NUMBER.search(number.text)[1] == str(page)
    assert number.size == 14
    is_right = page % 2 == 1 or kind in RECORDS
    assert (number.x > 297) == is_right, "odd pages at the right, even ones at the left"


@pytest.mark.parametrize("kind", [kind for kind, form in PAPERS.items() if form.copies.each_party])
def test_papers_for_parties_are_read_in_18_points(printer, kind):
    """Row 125: what is read is large and stays on the sheet; only foot line and page number are smaller."""
    snapshot = contract.snapshot(s.FULL[kind])
    paper = Reader(printing.pdf(kind, PAPERS[kind].version, snapshot, large=True))
    for page in range(1, paper.pages + 1):
        here = [run for run in paper.runs if run.page == page and run.text.strip()]
        text = [run for run in here if run.size > 8 and not NUMBER.search(run.text)]
        small = sorted({run.text for run in text if run.size < 18 and len(run.text) > 6})
        assert not small, (page, small)
        chinese = [run for run in text if re.fullmatch(r"[\u4e00-\u9fff，。、；：]+", run.text)]
        assert max((run.right for run in chinese), default=0) <= 210 * MM, page
