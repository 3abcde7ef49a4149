"""What the linter finds: a flaw, where, in which words, how it is mended."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.stages.agreements.rules import Clause, Draft


class Severity(Choice):
    BLOCK = "block", N_("要改")
    WARN = "warn", N_("留意")


BLOCK, WARN = Severity.BLOCK, Severity.WARN


class Flaw(Reason):
    """``KEY = "key", BLOCK, N_("sentence"), N_("cure"), "DC-03", "civil_mediation.penalty", "what"``.

    ``article`` is the key of a dated citation, ``field`` names the field of the form in which the flaw is mended.
    """

    severity: Severity
    cure: str
    article: str
    field: str

    def __new__(cls, value, severity, label, cure, rule, article, field="what"):
        member = str.__new__(cls, value)
        member._value_ = value
        member.severity, member.label, member.cure = severity, label, cure
        member.rule, member.article, member.field = rule, article, field
        return member


class Place(NamedTuple):
    """Where in an agreement something stands: a numbered clause, or the text of a field."""

    no: int | None = None
    field: str = "what"


@dataclass(frozen=True)
class Passage:
    """A piece of text with its place; ``clause`` where it is a clause's."""

    text: str
    place: Place
    clause: Clause | None = None


@dataclass(frozen=True)
class Finding:
    """One flaw at its place. ``about`` is the text in which it was found, so that its key falls when that changes."""

    flaw: Flaw
    place: Place = Place()
    word: str = ""
    about: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        return self.flaw.severity == BLOCK

    @property
    def key(self) -> str:
        """Return what an acknowledgement names: it holds for these words wherever the clause stands."""
        said = "|".join((self.flaw, self.word, self.about, *(f"{name}={self.params[name]}" for name in self.params)))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def obstacle(self) -> Obstacle:
        named = {"at": self.place, "no": self.place.no, "word": self.word}
        wanted = {name: value for name, value in named.items() if f"%({name})s" in self.flaw.label}
        if self.place.no is not None:
            wanted["no"] = self.place.no
        return because(self.flaw, **wanted, **self.params)


def at(flaw: Flaw, passage: Passage, word: str = "", **params) -> Finding:
    """Return a finding in a passage, at the field that the flaw names where the passage is a clause's."""
    place = passage.place if passage.clause is None else passage.place._replace(field=flaw.field)
    return Finding(flaw, place, word, passage.text, params)


def overall(flaw: Flaw, **params) -> Finding:
    """Return a finding that concerns the agreement as a whole."""
    return Finding(flaw, Place(None, flaw.field), params=params)


def passages(draft: Draft, *, with_facts: bool = False) -> list[Passage]:
    """Return what binds: the clauses and what follows on a breach; with the facts where names and days count."""
    found = [Passage(clause.what, Place(no), clause) for no, clause in enumerate(draft.clauses, 1)]
    found.append(Passage(draft.breach_clause, Place(None, "breach_clause")))
    if with_facts:
        found.append(Passage(draft.facts, Place(None, "facts")))
    return [passage for passage in found if passage.text.strip()]
