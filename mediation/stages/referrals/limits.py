"""The limits of small claims, by province and year, and the provinces whose wage nobody has entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation.ground.errors import Obstacle
from mediation.registry.regions import queries as regions
from mediation.registry.regions.rules import AreaLevel, level_of
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Setting
from mediation.registry.units import queries as units
from mediation.stages.referrals.circumstances import limits_of
from mediation.stages.referrals.procedure import Limits, Wage, wage_cautions

OUTSIDE = ("71", "81", "82")  # provinces whose courts do not follow this law


@dataclass(frozen=True)
class Line:
    """A wage with the limits that follow from it, in fen; ``cautions`` say when it has grown old (QT-04)."""

    wage: Wage
    by_law_fen: int
    by_agreement_fen: int
    source: str
    checked: bool
    cautions: Sequence[Obstacle]


@dataclass(frozen=True)
class Table:
    """The centre's own province, newest first, the latest of each other one, and those of which nothing is known."""

    home: str
    own: Sequence[Line]
    others: Sequence[Line]
    missing: Sequence[str]
    percents: Limits


def provinces() -> dict[str, str]:
    """Return the provinces whose courts apply the Civil Procedure Law, by code."""
    return {
        code: name for code, name in regions.divisions().items()
        if level_of(code) is AreaLevel.PROVINCE and code[:2] not in OUTSIDE
    }


def table(*, centre_id: int, on: date) -> Table:
    """Return the limits as they are known on a day. QT-03, QT-04."""
    months = settings.days("QT-04.old", on=on, centre_id=centre_id).amount
    names, known = provinces(), settings.wages(on=on, centre_id=centre_id)
    here = units.centre(centre_id).area_code[:2].ljust(6, "0")
    percents = limits_of(on=on, centre_id=centre_id)
    own = sorted([*known.get(None, ()), *known.get(here, ())], key=lambda row: row.valid_from, reverse=True)
    others = {code: known[code][0] for code in names if code in known and code != here}
    return Table(
        home=names.get(here, ""),
        own=[_line(row, names.get(here, ""), percents, on, months) for row in own],
        others=[_line(row, names[code], percents, on, months) for code, row in others.items()],
        missing=[name for code, name in names.items() if code not in others and code != here],
        percents=percents,
    )


def _line(row: Setting, region: str, percents: Limits, on: date, months: int) -> Line:
    wage = Wage(row.value["amount_fen"], row.value["year"], region, row.valid_from)
    return Line(
        wage, wage.amount_fen * percents.by_law_percent // 100, wage.amount_fen * percents.by_agreement_percent // 100,
        row.source, row.checked, wage_cautions(wage, on=on, months=months),
    )
