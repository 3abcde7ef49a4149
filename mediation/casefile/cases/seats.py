"""The basic courts of the places that a case names: where its parties live or sit, where the thing is."""

from collections.abc import Iterable
from datetime import date

from mediation.casefile.cases.models import Case, Party
from mediation.registry.regions import queries as regions
from mediation.registry.regions.rules import Court


def homes(parties: Iterable[Party], case: Case, *, on: date | None = None) -> dict[str, Court | None]:
    """Return the court of each party's home by the party's name, None where no county is recorded.

    ``on``, here and below, is the day that decides which courts of the centre's own hold, today by default.
    """
    return {party.name: home(party, case, on=on) for party in parties}


def home(party: Party, case: Case, *, on: date | None = None) -> Court | None:
    """Return the court of a party's home, read out of the address where no area was chosen."""
    if party.person is None:
        return None
    area, address = party.person.area_code, party.person.address
    return regions.home_court_of(area, address, centre_id=case.centre_id, near=case.area_code or "", on=on)


def court_at(area_code: str | None, case: Case, *, on: date | None = None) -> Court | None:
    """Return the basic court of a place, None where no place is given."""
    return regions.court_of(area_code, centre_id=case.centre_id, on=on) if area_code else None


def known(found: dict[str, Court | None]) -> dict[str, Court]:
    """Return those of them whose court is known."""
    return {name: court for name, court in found.items() if court}
