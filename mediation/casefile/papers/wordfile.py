"""A paper as a Word file, for those who work on its words in Word or WPS: the same page as the PDF, set in named fonts.

It is a copy of what the paper says, made anew each time and kept nowhere; nothing is read back, what was signed counts.
python-docx comes with the extra ``docx``: without it nothing is offered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from io import BytesIO

from mediation.casefile.papers import pages
from mediation.casefile.papers.forms import short_hash

KINDS = ("agreement", "quick_trial_referral")
VOID = {"meta", "col", "br", "link", "img"}
UNSEEN = {"head", "svg", "colgroup"}
BLOCKS = {"p", "h1", "h2", "div", "table", "ol", "ul", "dl"}
HEADING = "文字稿，供查阅、引用；以各方签名盖章的文本和系统出具的 PDF 为准，改动不回到系统。"
DRAFT = "草稿　"


@dataclass
class Node:
    """An element of the page: its parts are texts and elements."""

    tag: str
    classes: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list = field(default_factory=list)

    def elements(self) -> Iterator["Node"]:
        return (part for part in self.parts if isinstance(part, Node))

    def find(self, tag: str) -> Iterator["Node"]:
        """Yield the elements of that tag below, those inside one of them left out."""
        for part in self.elements():
            if part.tag == tag:
                yield part
            else:
                yield from part.find(tag)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Node("page")]

    def handle_starttag(self, tag, attrs):
        known = {name: value or "" for name, value in attrs}
        node = Node(tag, tuple(known.get("class", "").split()), known)
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag not in VOID and tag in [node.tag for node in self.open]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self.open[-1].parts.append(data)


def is_offered(kind: str) -> bool:
    """Say whether a paper of that kind can be had as a Word file here."""
    return kind in KINDS and _is_there()


@cache
def _is_there() -> bool:
    return find_spec("docx") is not None


@cache
def _environment():
    return pages.environment()


def docx(kind: str, version: int, snapshot: Mapping) -> bytes:
    """Return the Word file of a snapshot. Ask `is_offered` before."""
    from mediation.casefile.papers.wordpage import Page  # the library is an extra, and large

    reader = _Reader()
    reader.feed(pages.html(_environment(), kind, version, snapshot))
    body = next(reader.open[0].find("body"))
    number = snapshot["number"] or "（未编号）"
    page = Page(
        title=number,
        heading=(DRAFT if snapshot["draft"] else "") + HEADING,
        foot=f"{number}　校验 {short_hash(snapshot['number'], version, snapshot)}",
    )
    page.fill(body)
    out = BytesIO()
    page.save(out)
    return out.getvalue()
