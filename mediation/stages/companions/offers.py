"""What a paper beside the road is offered as: its kind, whom or what it is about, and how its values are filled."""

from collections.abc import Callable
from dataclasses import dataclass

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.papers import blocks, contract
from mediation.ground.clock import local
from mediation.registry.units import queries as units
from mediation.stages.proceedings.models import Proceeding


@dataclass(frozen=True)
class Offer:
    """One paper that a case can have now. ``ref`` tells those of a kind apart in an address."""

    kind: str
    fill: Callable[[], contract.Values]
    ref: str = "-"
    who: str = ""  # of several: for whom
    about: object = None  # the row that it is about
    series: str = ""  # the letter of its numbers, where it has a series of its own

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.ref}"


@dataclass(frozen=True)
class Scene:
    """What every filling reads of a case, looked up once."""

    case: Case
    proceeding: Proceeding | None
    parties: tuple[Party, ...]

    def place(self, party: Party) -> int:
        """Return where a party stands among those that papers name."""
        return [each.id for each in self.parties].index(party.id)

    @property
    def contact(self) -> dict[str, str | None]:
        """Return whom a paper names to be asked: the mediator, else the unit."""
        unit = units.unit(self.proceeding.unit_id) if self.proceeding else None
        phone = (unit.phone if unit else None) or units.centre(self.case.centre_id).phone
        return {"contact": self.case.turn_name or (unit.name if unit else None), "phone": phone}


def scene(case: Case, proceeding: Proceeding | None) -> Scene:
    """Return the scene of a case; the parties are those that papers name, in their order."""
    return Scene(case, proceeding, tuple(row for row in cases.parties_of(case.id) if row.role in blocks.STANDING))


def moment(instant) -> str:
    """Return an instant as papers take it: local time without a zone."""
    return local(instant).strftime("%Y-%m-%dT%H:%M")
