"""A paper's page as a tree of elements, for what sets it in another form than the PDF."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "col", "br", "link", "img"}
UNSEEN = {"head", "svg", "colgroup"}
BLOCKS = {"p", "h1", "h2", "div", "table", "ol", "ul", "dl"}


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


def body_of(html: str) -> Node:
    """Return the body of a page."""
    reader = _Reader()
    reader.feed(html)
    return next(reader.open[0].find("body"))
