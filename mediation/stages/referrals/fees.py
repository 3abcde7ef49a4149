"""What the court takes for a suit, with the working: pure sums, the figures come from a dated table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mediation.ground.choices import Choice, N_
from mediation.stages.proceedings.rules import Procedure

BASIS_POINTS = 10_000
HALF = Fraction(1, 2)


class FeeKind(Choice):
    """What a suit is about, as the fee table tells suits apart; the keys are those of the table."""

    PROPERTY = "property", N_("财产案件")
    DIVORCE = "divorce", N_("离婚")
    PERSONALITY = "personality", N_("侵害人格权")
    IP = "ip", N_("知识产权")
    OTHER = "other", N_("其他非财产案件")
    LABOUR = "labour", N_("劳动争议")
    CONFIRMATION = "confirmation", N_("申请司法确认")


class Halving(Choice):
    """Why only half is taken; one of them is enough, none halves twice."""

    SIMPLE = "simple", N_("适用简易程序")
    SMALL_CLAIMS = "small_claims", N_("适用小额诉讼程序")
    MEDIATED = "mediated", N_("法院调解结案")
    WITHDRAWN = "withdrawn", N_("撤诉")


HALVED_BY = {Procedure.SIMPLE: Halving.SIMPLE, Procedure.SMALL_CLAIMS: Halving.SMALL_CLAIMS}


@dataclass(frozen=True)
class Part:
    """One line of the working: of the sum from above ``from_fen`` to ``to_fen`` so many basis points; None: the rest.

    ``of_fen`` is the part of the sum that lies there, ``fen`` what is taken for it.
    """

    from_fen: int
    to_fen: int | None
    of_fen: int
    rate: int
    fen: Fraction

    @property
    def percent(self) -> str:
        """Return the rate as the law writes it: 2.5."""
        return f"{self.rate / 100:g}"


@dataclass(frozen=True)
class Fee:
    """What is taken, in fen, rounded half up at the end; between two sums where the law leaves it to the provinces."""

    least_fen: int
    most_fen: int
    base: tuple[int, int]
    free_fen: int  # up to which nothing is added to the base
    parts: tuple[Part, ...] = ()
    halved_by: Halving | None = None
    whole: tuple[int, int] | None = None  # what it would be unhalved

    @property
    def is_range(self) -> bool:
        return self.least_fen != self.most_fen


def fee(
    kind: FeeKind, amount_fen: int | None, table: Mapping[str, Any], *, halved_by: Halving | None = None
) -> Fee:
    """Return the acceptance fee of a suit with the working.

    ``table`` is the dated setting QT-14: per kind ``least_fen``, ``most_fen``, ``free_fen`` and ``steps`` of
    ``[up to fen or null, basis points]``. A kind with ``as`` is counted like that other kind where a sum is claimed.
    QT-14, JM-17: Measures on Litigation Costs (State Council Order 481, 2007), Arts. 13, 15, 16; Art. 8 for what is
    free.
    """
    rows = table[kind]
    if amount_fen and "as" in rows:
        rows = table[rows["as"]]
    base = rows["least_fen"], rows["most_fen"]
    free = rows.get("free_fen", 0)
    parts = _parts(amount_fen or 0, free, rows.get("steps", ()))
    added = sum((part.fen for part in parts), Fraction())
    least, most = base[0] + added, base[1] + added
    if halved_by is None or not most:
        return Fee(_round(least), _round(most), base, free, parts)
    return Fee(
        _round(least * HALF), _round(most * HALF), base, free, parts, halved_by, (_round(least), _round(most))
    )


def _parts(amount_fen: int, free_fen: int, steps: Sequence[Sequence[Any]]) -> tuple[Part, ...]:
    found, below = [], free_fen
    for to_fen, rate in steps:
        if amount_fen <= below:
            break
        of_fen = (amount_fen if to_fen is None else min(amount_fen, to_fen)) - below
        found.append(Part(below, to_fen, of_fen, rate, Fraction(of_fen * rate, BASIS_POINTS)))
        below = to_fen if to_fen is not None else amount_fen
    return tuple(found)


def _round(fen: Fraction | int) -> int:
    return int(Fraction(fen) + HALF)
