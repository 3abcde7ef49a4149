"""Setting a page in Word: A4 with the margins of GB/T 9704, fonts by the names that offices have."""

from typing import BinaryIO

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from mediation.casefile.papers.pagetree import BLOCKS, UNSEEN, Node

SONG, HEI, KAI, TITLE, LATIN = "仿宋", "黑体", "楷体", "方正小标宋简体", "Times New Roman"
WIDTH = 156  # mm of text, between margins of 28 and 26
PITCH = 29.6  # pt from line to line
BODY, FORM, SIGN, SIGNING_PITCH = 16, 10.5, 14, 26.5  # pt
RED, GREY = RGBColor(0xCC, 0, 0), RGBColor(0x55, 0x55, 0x55)
TICKED = "☑"
TOGETHER = {"signing", "seal", "slipping"}  # never divided, and never without what stands before them
EMS = {"w6": 6, "w8": 8, "w12": 12}  # blanks left for the pen


class Page:
    """A Word file that is filled from the elements of a paper's page."""

    def __init__(self, *, title: str, heading: str, foot: str):
        self._file = docx.Document()
        self._holds = False  # what is set now stays together on one page
        self._file.core_properties.title, self._file.core_properties.author = title, ""
        section = self._file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        style = self._file.styles["Normal"]
        style.font.size = Pt(BODY)
        _name(style.element.get_or_add_rPr(), SONG)
        style.paragraph_format.space_after = Pt(0)
        head, end = section.header.paragraphs[0], section.footer.paragraphs[0]
        head.alignment = end.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(head, heading, size=9, colour=RED)
        self._run(end, f"{foot}　— ", size=9, colour=GREY)
        for piece in ("begin", "PAGE", "separate", "1", "end"):
            _page_number(self._run(end, "", size=9, colour=GREY), piece)
        self._run(end, " —", size=9, colour=GREY)

    def fill(self, body: Node) -> None:
        self._blocks(self._file, body, WIDTH, BODY)

    def save(self, out: BinaryIO) -> None:
        self._file.save(out)

    def _blocks(self, into, node: Node, width: float, size: float) -> None:
        """Set what an element holds: blocks one after the other, loose texts between them as a paragraph."""
        loose = Node("p", ("flush",))
        for part in node.parts:
            if isinstance(part, str) or part.tag not in BLOCKS | UNSEEN:
                loose.parts.append(part)
                continue
            if loose.parts:
                self._paragraph(into, loose, size)
                loose = Node("p", ("flush",))
            if part.tag in UNSEEN or "draft" in part.classes:
                continue
            if part.tag == "table":
                self._table(into, part, width, size)
            elif part.tag in ("p", "h1", "h2"):
                self._paragraph(into, part, size, within=node.classes)
            elif "head" in part.classes:
                self._paragraph(into, Node("head", part.classes, parts=part.parts), size)
            else:
                if "newpage" in part.classes:
                    into.add_page_break()
                inner = Node(part.tag, part.classes + node.classes, part.attributes, part.parts)
                before, self._holds = self._holds, self._holds or bool(TOGETHER.intersection(part.classes))
                self._blocks(into, inner, width, size)
                self._holds = before
        if loose.parts:
            self._paragraph(into, loose, size)

    def _paragraph(self, into, node: Node, size: float, within=()) -> None:
        paragraph = into.add_paragraph()
        form, has, font = paragraph.paragraph_format, set(node.classes), SONG
        form.space_before = form.space_after = Pt(0)
        if size == BODY:
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)
        colour = None
        if node.tag in ("h1", "head"):
            size, font = (22, TITLE) if node.tag == "h1" else (26, TITLE)
            paragraph.alignment, form.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
            form.line_spacing_rule = WD_LINE_SPACING.SINGLE
            form.space_after = Pt(15)
            colour = RED if node.tag == "head" else None
        elif node.tag == "h2":
            font, form.keep_with_next = HEI, True
            form.first_line_indent = Pt(2 * size)
        elif has & {"no", "right", "letterno"}:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            form.space_after = Pt(PITCH) if "letterno" in has else Pt(0)
        elif has & {"centre", "cut"} or "on" in within:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if "on" in within else WD_ALIGN_PARAGRAPH.CENTER
            form.right_indent = Pt(2 * size) if "on" in within and into is self._file else None
        elif "flush" not in has and size == BODY:
            form.first_line_indent = Pt(2 * size)
        form.keep_with_next = form.keep_with_next or self._holds or "keep" in has
        self._runs(paragraph, node, size, HEI if "hei" in has else font, colour)

    def _runs(self, paragraph, node: Node, size: float, font: str, colour=None) -> None:
        for part in node.parts:
            if isinstance(part, str):
                self._run(paragraph, part, size=size, font=font, colour=colour)
            elif part.tag in UNSEEN:
                continue
            elif set(part.classes) & {"blank", "ruled"}:
                ems = next((EMS[name] for name in part.classes if name in EMS), 1 if "one" in part.classes else 6)
                self._run(paragraph, "　" * ems, size=size, font=font).underline = True
            elif "tick" in part.classes:
                self._tick(paragraph, part, size, font, colour)
            else:
                own = HEI if "hei" in part.classes else KAI if "kai" in part.classes else font
                self._runs(paragraph, part, size, own, colour)

    def _tick(self, paragraph, node: Node, size: float, font: str, colour=None) -> None:
        """Set a box and its words; box and tick lie over each other on the page, here they are one sign."""
        box, *rest = node.parts
        words = [part for part in rest if isinstance(part, str)]
        sign = TICKED if len(words) < len(rest) else box[:1]
        self._runs(paragraph, Node("span", parts=[sign + box[1:], *words, " "]), size, font, colour)

    @staticmethod
    def _run(paragraph, text: str, *, size: float, font: str = SONG, colour=None):
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        _name(run._r.get_or_add_rPr(), font)
        if colour is not None:
            run.font.color.rgb = colour
        return run

    def _table(self, into, node: Node, width: float, size: float) -> None:
        lines = list(node.find("tr"))
        rows = [[cell for cell in line.elements() if cell.tag in ("td", "th")] for line in lines]
        count = max(sum(_span(cell) for cell in row) for row in rows)
        widths = _widths(node, count, width)
        table = into.add_table(len(rows), count)
        table.autofit = False
        is_form = "form" in node.classes
        if is_form:
            table.style = "Table Grid"
        _room(table, *((40, 80) if is_form else (0, 0)))
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Mm(wide)
        for line, row in zip(lines, table.rows, strict=True):
            if "long" not in line.classes:
                row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            if "sign" in node.classes:
                row.height, row.height_rule = Pt(SIGNING_PITCH), WD_ROW_HEIGHT_RULE.AT_LEAST
        for place, row in enumerate(rows):
            column = 0
            for cell in row:
                end = column + _span(cell) - 1
                box = table.cell(place, column)
                if end > column:
                    box = box.merge(table.cell(place, end))
                wide = sum(widths[column : end + 1])
                box.width = Mm(wide)
                self._cell(box, cell, wide, FORM if is_form else SIGN if "sign" in node.classes else size, node.classes)
                column = end + 1

    def _cell(self, box, cell: Node, width: float, size: float, within=()) -> None:
        first = box.paragraphs[0]
        self._blocks(box, cell, width, size)
        if len(box._tc) > 2 and not box._tc.getchildren()[-1].tag.endswith("}tbl"):
            first._p.getparent().remove(first._p)  # Word wants one paragraph in a cell, and one after a table in it
        elif box._tc.getchildren()[-1].tag.endswith("}tbl"):
            box.add_paragraph()
        for paragraph in box.paragraphs if self._holds else ():  # an empty cell is room to sign in
            paragraph.paragraph_format.keep_with_next = True
        if cell.tag == "th" or "form" in within:
            box.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        elif "sign" in within:
            box.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        if cell.tag == "th" or set(cell.classes) & {"c"}:
            for paragraph in box.paragraphs:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if "when" in cell.classes:
            for paragraph in box.paragraphs:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if "rule" in cell.classes:
            _rule(box)


def _span(cell: Node) -> int:
    return int(cell.attributes.get("colspan", 1))


def _widths(node: Node, count: int, width: float) -> list[float]:
    """Return the widths of the columns in mm; those that the page leaves open share what is left."""
    said = []
    for group in node.find("colgroup"):
        for column in group.elements():
            style = column.attributes.get("style", "")
            percent = style.partition("width:")[2].partition("%")[0] if "%" in style else ""
            said.append(float(percent) * width / 100 if percent else None)
    said = (said + [None] * count)[:count]
    left = max(width - sum(each for each in said if each), 5)
    return [each or left / said.count(None) for each in said]


def _name(properties, font: str) -> None:
    """Name a font for Chinese, and one for letters and figures."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for script, name in (("eastAsia", font), ("ascii", LATIN), ("hAnsi", LATIN)):
        fonts.set(qn(f"w:{script}"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def _rule(box) -> None:
    """Rule the foot of a cell, for a signature."""
    borders, line = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    box._tc.get_or_add_tcPr().append(borders)


def _page_number(run, piece: str) -> None:
    """Set one piece of the field that shows the page's number; each wants a run of its own to keep its size."""
    if piece.islower():
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), piece)
    else:
        mark = OxmlElement("w:instrText" if piece.isalpha() else "w:t")
        mark.text = piece
    run._r.append(mark)


def _room(table, above: int, beside: int) -> None:
    """Give the cells of a table room above and below their text and beside it, in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", above), ("left", beside), ("bottom", above), ("right", beside)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
