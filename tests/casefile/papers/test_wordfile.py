"""The Word file says what the PDF says, word for word, and that the signed one counts."""

import io
import re
from dataclasses import replace

import pytest

from mediation.casefile.papers import contract, pages, wordfile
from mediation.ground.pdf.press import text_of
from tests.casefile.papers import specimens

docx = pytest.importorskip("docx")


def squeezed(text):
    return re.sub(r"\s", "", text)


def opened(kind, values):
    return docx.Document(io.BytesIO(wordfile.docx(kind, 1, contract.snapshot(values))))


@pytest.mark.parametrize("table", ["FULL", "AWKWARD"])
@pytest.mark.parametrize("kind", wordfile.KINDS)
def test_the_word_file_says_what_the_paper_says(table, kind):
    values = getattr(specimens, table)[kind]
    file = opened(kind, values)
    page = pages.html(pages.environment(), kind, 1, contract.snapshot(values)).partition("<body")[2]
    said = "".join(part.text or "" for part in file.element.body.iter() if part.tag.endswith("}t"))
    shown = squeezed(text_of("<body" + page))
    shown = shown.replace("□√", "☑")  # laid over each other on the page, one sign in Word
    assert squeezed(said) == (shown.removeprefix("草稿") if values.draft else shown)
    for party in values.parties:
        assert not isinstance(party.name, str) or squeezed(party.name) in squeezed(said)
    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.top_margin.mm), round(section.left_margin.mm)) == (210, 37, 28)
    assert "以各方签名盖章的文本" in section.header.paragraphs[0].text
    fonts = {name for each in file.element.body.iter() for key, name in each.attrib.items() if key.endswith("eastAsia")}
    assert {"仿宋", "黑体", "方正小标宋简体"} <= fonts


def test_the_columns_are_those_of_the_page_and_signatures_stay_together():
    """In a reader that goes by the grid of a table, too; no row is divided, the block not torn from its last lines."""
    file = opened("agreement", specimens.FULL["agreement"])
    parties, signing = file.tables[0], file.tables[1]
    assert [round(column.width.mm / 1.56) for column in parties.columns] == [14, 20, 66]
    held = [paragraph for row in signing.rows for cell in row.cells for paragraph in cell.paragraphs]
    assert held and all(paragraph.paragraph_format.keep_with_next for paragraph in held)
    assert all(row._tr.trPr.xpath("w:cantSplit") for table in file.tables[:2] for row in table.rows)
    foot = file.sections[0].footer.paragraphs[0]
    assert {run.font.size.pt for run in foot.runs} == {9}, "the number is as small as the line that it stands in"


def test_a_draft_says_so_and_other_kinds_are_not_offered():
    draft = opened("agreement", replace(specimens.FULL["agreement"], draft=True))
    assert draft.sections[0].header.paragraphs[0].text.startswith("草稿")
    assert not wordfile.is_offered("receipt")
