"""Tables that people bring and take along: .xlsx and .csv in, .xlsx out; every cell is a text."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import openpyxl
import xlsxwriter

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import RuleBroken, because

LARGEST = 2 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024  # a small file may unfold into a huge one
MOST_ROWS = 3000
MOST_COLUMNS = 60
MOST_SHEETS = 20
LONGEST_CELL = 400
WIDTH = 16
NOT_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Fault(Reason):
    """Why a file is not read."""

    TOO_LARGE = "too_large", N_("文件太大，最多 2 MB、%(rows)d 行，请分几次导入")
    NO_SHEET = "no_sheet", N_("打不开。请用 .xlsx，或者另存为 CSV 再传")


def read(data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet as texts, days as 2026-11-23.

    Empty rows stay, so that lines keep their number; formulas count as their last result. Raises RuleBroken.
    """
    _title, rows = read_all(data, sheets=1)[0]
    return rows


def read_all(
    data: bytes, *, sheets: int = MOST_SHEETS, longest: int = LONGEST_CELL
) -> list[tuple[str, list[list[str]]]]:
    """Return the sheets of a file that are not hidden, each with its title and its rows as :func:`read` has them.

    ``longest`` is how much of a cell is taken. A CSV is one sheet without a title. Raises RuleBroken.
    """
    if len(data) > LARGEST:
        raise _too_large()
    found = _from_xlsx(data, sheets) if data.startswith(b"PK") else [("", _from_csv(data))]
    if sum(len(rows) for _title, rows in found) > MOST_ROWS:
        raise _too_large()
    return [
        (title, _without_tail([_without_tail([text_of(cell, longest) for cell in row[:MOST_COLUMNS]]) for row in rows]))
        for title, rows in found
    ]


def write(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an .xlsx whose cells are texts and nothing else: no formula runs, no number loses its digits (B22)."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **NOT_FORMULAS}) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        sheet.set_column(0, max(len(headings) - 1, 0), WIDTH)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for line, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text)
    return stream.getvalue()


def _from_xlsx(data, sheets):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise _too_large()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets[:1]
        # One more row than may be, so that too many are noticed and endless ones are not waited for.
        return [
            (sheet.title, list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)))
            for sheet in shown[:sheets]
        ]
    except RuleBroken:
        raise
    except Exception:  # whatever a broken archive or its XML raises
        raise RuleBroken(because(Fault.NO_SHEET)) from None


def text_of_file(data: bytes) -> str | None:
    """Return a file's text, written in UTF-8 or in GB 18030; None when it is in neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _from_csv(data):
    text = text_of_file(data)
    if text is None:
        raise RuleBroken(because(Fault.NO_SHEET))
    delimiter = max(",\t;", key=text.partition("\n")[0].count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        raise RuleBroken(because(Fault.NO_SHEET)) from None


def _without_tail(values):
    while values and not values[-1]:
        values.pop()
    return values


def text_of(cell: object, longest: int = LONGEST_CELL) -> str:
    """Return a cell as one line of text without control characters, at most as long as a cell may be."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in str(cell))
    return text.strip()[:longest]


def _too_large():
    return RuleBroken(because(Fault.TOO_LARGE, rows=MOST_ROWS))
