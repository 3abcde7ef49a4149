"""What a kind of paper is: name, number in the list of forms, size, copies, version of the template in use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Copies:
    """How many originals are printed."""

    each_party: int = 0
    body: int = 1
    court: int = 0

    def count(self, parties: int) -> int:
        return self.each_party * parties + self.body + self.court


@dataclass(frozen=True)
class Form:
    """One kind of paper. ``blocks`` says how much of each party's block it must hold (see mandatory.py)."""

    key: str
    name: str
    number: str  # in the list of forms; empty for the counter's receipt
    details: type
    version: int = 1
    size: str = "A4"
    copies: Copies = Copies()
    blocks: str = "names"
    citations: tuple[str, ...] = ()  # keys of the citation table
    peoples_citations: tuple[str, ...] = ()  # needed besides when a people's committee issues it
    periods: tuple[str, ...] = ()  # rows of the rules whose dated figures are printed
