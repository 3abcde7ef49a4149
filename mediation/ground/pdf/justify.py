"""Justified lines without spaces.

WeasyPrint 70 stretches a justified line at its spaces only; Chinese has none, so lines stay ragged. These functions
spread the remainder over all characters. They replace one private function: the version is checked, and a test
measures the right edge.
"""

import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

WRITTEN_FOR = "70."
LOOSEST = 0.15  # of an em per gap; a line that would need more stays ragged


def install():
    """Put ``justify_line`` in the place of WeasyPrint's own. Raises when the version is another."""
    if not weasyprint.__version__.startswith(WRITTEN_FOR) or not hasattr(inline, "justify_line"):
        raise RuntimeError(f"justification is written for WeasyPrint {WRITTEN_FOR}x, found {weasyprint.__version__}")
    inline.justify_line = justify_line


def justify_line(context, line, extra):
    texts = list(_text_boxes(line))
    gaps = sum(len(box.text) for box in texts) - 1
    spread = line.style["text_align_last"] == "justify"
    if gaps < 1 or (extra / gaps > LOOSEST * line.style["font_size"] and not spread):
        return
    _widen(context, line, extra / gaps, 0, texts[-1])


def _text_boxes(box):
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _text_boxes(child)


def _widen(context, box, gap, shift, last):
    """Move ``box`` by ``shift``, widen its characters by ``gap``; return the shift of what follows."""
    box.position_x += shift
    if isinstance(box, boxes.TextBox):
        style = box.style.copy()
        spacing = style["letter_spacing"]
        style["letter_spacing"] = (0 if spacing == "normal" else spacing) + gap
        box.style = style
        box.pango_layout = create_layout(box.text, style, context, max_width=None, justification_spacing=0)
        box.pango_layout.deactivate()
        more = gap * (len(box.text) - (box is last))
        box.width += more
        return shift + more
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        start = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _widen(context, child, gap, shift, last)
        box.width += shift - start
    else:
        box.position_x -= shift
        box.translate(shift, 0)
    return shift
