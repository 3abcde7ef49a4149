"""Sheets in and out: texts only, sizes limited, nothing runs."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from mediation.ground import sheets
from mediation.ground.errors import RuleBroken

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\tx", "＝1+1", "https://evil.example", "360121196803122260"]


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def refused(data):
    with pytest.raises(RuleBroken) as caught:
        sheets.read(data)
    return caught.value.obstacles[0].reason


def test_cells_of_every_kind_become_texts():
    days = date(1970, 5, 4), datetime(2026, 1, 2, 3)
    data = workbook(["姓名", "出生", None], [], ["熊桂生", days[0], 12.0], ["万", days[1], 1.5])
    assert sheets.read(data) == [["姓名", "出生"], [], ["熊桂生", "1970-05-04", "12"], ["万", "2026-01-02", "1.5"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_tables_in_every_usual_form(encoding, mark):
    assert sheets.read(f"姓名{mark}编号\n䶮{mark}01\n\n".encode(encoding)) == [["姓名", "编号"], ["䶮", "01"]]


def test_what_is_written_is_read_back_and_stays_text():
    data = sheets.write("名册", ["值"], [[text] for text in HOSTILE])
    assert [row[0] for row in sheets.read(data)[1:]] == [text.strip() for text in HOSTILE]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {cell.data_type for (cell,) in book.active.iter_rows()} == {"s"}
    assert not any(cell.hyperlink for (cell,) in book.active.iter_rows())


def test_files_that_are_no_sheet():
    assert refused(b"\xff\xfe\x00\x01") == sheets.Fault.NO_SHEET
    assert refused(b"PK\x03\x04 broken") == sheets.Fault.NO_SHEET
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("hello.txt", "no workbook")
    assert refused(stream.getvalue()) == sheets.Fault.NO_SHEET


def test_files_that_are_too_large():
    assert refused(b"x" * (sheets.LARGEST + 1)) == sheets.Fault.TOO_LARGE
    assert refused(("a,b\n" * (sheets.MOST_ROWS + 1)).encode()) == sheets.Fault.TOO_LARGE
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (sheets.LARGEST_UNPACKED + 1))
    assert len(stream.getvalue()) < sheets.LARGEST
    assert refused(stream.getvalue()) == sheets.Fault.TOO_LARGE


def test_a_cell_is_cut_where_it_is_endless():
    assert len(sheets.read(("长" * 1000).encode())[0][0]) == sheets.LONGEST_CELL
