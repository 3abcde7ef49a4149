"""The press, in this process: what it fetches, what it refuses, how its lines end."""

import io
import sys

import pikepdf
import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from mediation.ground.pdf import fonts, justify
from mediation.ground.pdf.faults import MissingCharacters
from mediation.ground.pdf.press import FontsOnly, Press

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # WeasyPrint leaves its colour profile open

STYLE = """
  @page { size: A4; margin: 30mm }
  html { font: 12pt/20pt var(--song) } body { margin: 0; text-align: justify } p { margin: 0 }
"""
STORY = "甲方承揽乙方餐饮楼工程的石材台面加工、安装，工程于2025年10月28日验收，乙方尚欠86000元，多次催要未付。" * 6

watched = []
sys.addaudithook(lambda event, args: watched.append((event, args)) if watched else None)


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    return Press(fonts.of_this_machine(), STYLE, tmp_path_factory.mktemp("fonts"))


def lines(document):
    """Yield the line boxes of a laid-out document with their container."""
    for page in document.pages:
        for box in page._page_box.descendants():
            for child in getattr(box, "children", ()):
                if isinstance(child, boxes.LineBox):
                    yield box, child


def test_justified_chinese_ends_flush(press):
    document = HTML(string=f"<p>{STORY}").render(stylesheets=[press._css], font_config=press._config)
    found = list(lines(document))
    assert len(found) > 5
    for container, line in found[:-1]:
        right = container.content_box_x() + container.width
        ends = max(child.position_x + child.width for child in line.children)
        assert ends == pytest.approx(right, abs=0.05)


def test_justification_is_for_one_version_only(monkeypatch):
    monkeypatch.setattr("weasyprint.__version__", "71.0")
    with pytest.raises(RuntimeError, match="71.0"):
        justify.install()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.png",
        "https://example.org/x.css",
        "file:///etc/hostname",
        "data:image/png;base64,iVBORw0KGgo=",
        "font://../../etc/passwd",
        "font://",
        "x.png",
    ],
)
def test_nothing_but_named_fonts_is_served(url):
    with pytest.raises(ValueError, match="only fonts"):
        FontsOnly({}).fetch(url)


def test_hostile_markup_touches_neither_network_nor_files(press):
    hostile = """
      <link rel="stylesheet" href="http://127.0.0.1:9/x.css"><link rel="attachment" href="file:///etc/hostname">
      <style>@import url(file:///etc/hostname); p { background: url(http://127.0.0.1:9/b.png) }
             @font-face { font-family: x; src: url(http://127.0.0.1:9/x.ttf) }</style>
      <img src="http://127.0.0.1:9/x.png"><img src="file:///etc/hostname"><img src="data:image/png;base64,iVBORw0KGgo=">
      <object data="file:///etc/hostname"></object><embed src="http://127.0.0.1:9/x.svg">
      <svg><image href="file:///etc/hostname"/><use href="http://127.0.0.1:9/x.svg#a"/></svg><script>alert(1)</script><p>正文
    """
    press.pdf("<p>先印一张")
    watched.append("start")
    try:
        pdf = press.pdf(hostile)
    finally:
        seen = watched[1:]
        watched.clear()
    touched = [
        args
        for event, args in seen
        if event.startswith(("socket.", "urllib.")) or (event == "open" and "hostname" in str(args[0]))
    ]
    assert touched == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not opened.attachments


def test_a_missing_glyph_stops_the_paper(press):
    with pytest.raises(MissingCharacters) as refused:
        press.pdf("<p>张\ue000&#xE001;</p>")
    assert refused.value.characters == ["\ue000", "\ue001"]


def test_a_character_beyond_the_small_cut_is_printed_from_the_full_face(press):
    assert press.pdf("<p>龘</p>").startswith(b"%PDF-1.7")
