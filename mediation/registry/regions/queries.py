"""Looking up places and courts. Everything here is small and kept in the process."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import func, select

from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.ground.errors import NotFound
from mediation.registry.regions import rules
from mediation.registry.regions.models import Area, CourtException
from mediation.registry.regions.rules import AreaLevel, Court, CourtLevel, Place, level_of, parent_of

HERE = Path(__file__).parent
SHORTEST_NAME = 3


@lru_cache(1)
def divisions() -> dict[str, str]:
    """Return the name of each province, city and county of the country by its code (DP-04)."""
    with (HERE / "divisions.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def division_name(code: str) -> str | None:
    """Return the full name of a province, city or county: 江西省南昌市南昌县; None for a code nobody has."""
    names = divisions()
    if code not in names:
        return None
    chain = [code]
    while parent := parent_of(chain[0]):
        chain.insert(0, parent)
    parts = [names[each] for each in chain if each in names and names[each] not in rules.PLACEHOLDERS]
    return "".join(part for at, part in enumerate(parts) if part not in parts[:at])  # 嘉峪关市 is its own county


def has_built_in(county_code: str) -> bool:
    """Say whether the towns and villages of a county come with the program."""
    return (HERE / f"areas_{county_code}.csv").exists()


@lru_cache
def built_in_places(county_code: str) -> tuple[Place, ...]:
    """Return the towns and villages of a county that come with the program, towns first."""
    if not has_built_in(county_code):
        return ()
    with (HERE / f"areas_{county_code}.csv").open(encoding="utf-8") as file:
        return _with_towns(Place(row["code"], row["name"], row["initials"]) for row in csv.DictReader(file))


@kept(Area)
def places(centre_id: int) -> tuple[Place, ...]:
    """Return all areas a centre has or had, towns first."""
    rows = select(Area).where(Area.centre_id == centre_id).order_by(func.length(Area.code), Area.code, Area.id)
    return _with_towns(
        Place(
            code=row.code,
            name=row.name,
            initials=row.initials,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            grid=row.level is AreaLevel.GRID,
        )
        for row in session.scalars(rows)
    )


def place(code: str, *, centre_id: int | None = None) -> Place | None:
    """Return the newest place of that code, wherever in the country for six digits, else of the centre or built in."""
    if code in divisions():
        return Place(code, divisions()[code])
    known = _by_code(centre_id).get(code) if centre_id else None
    return known or next((each for each in built_in_places(code[:6]) if each.code == code), None)


def path(code: str, *, centre_id: int | None = None) -> list[Place]:
    """Return a place and what it lies in, province first; lines of the list that are no places are left out."""
    found: list[Place] = []
    next_code: str | None = code
    while next_code:
        here = place(next_code, centre_id=centre_id)
        if here and here.name not in rules.PLACEHOLDERS:
            found.insert(0, here)
        next_code = parent_of(next_code)
    return found


def full_name(code: str, *, centre_id: int | None = None) -> str:
    """Return the address of a place: 江西省南昌市南昌县莲塘镇澄湖西路社区."""
    return "".join(each.short for each in path(code, centre_id=centre_id))


def towns(county_code: str, *, on: date | None = None, centre_id: int | None = None) -> list[Place]:
    """Return the towns of a county."""
    return [each for each in _known(county_code, centre_id, on) if each.level is AreaLevel.TOWN]


def villages(town_code: str, *, on: date | None = None, centre_id: int | None = None) -> list[Place]:
    """Return the villages and communities of a town."""
    known = _known(town_code[:6], centre_id, on)
    return [each for each in known if each.level is AreaLevel.VILLAGE and each.code.startswith(town_code)]


def search_places(
    text: str, county_code: str, *, on: date | None = None, centre_id: int | None = None, limit: int = 12
) -> list[Place]:
    """Return the towns and villages that a clerk's letters or characters mean: ``lt``, ``ltch``, ``澄湖``."""
    return rules.matching(text, _known(county_code, centre_id, on), limit)


def court_of(area_code: str, *, centre_id: int | None = None, on: date | None = None) -> Court | None:
    """Return the basic court of a county, town or village; None for a code above the county or an unknown one.

    ``on`` is the day that decides which exceptions of the centre hold, today by default. JC-05, CN-02.
    """
    exception = _nearest_exception(area_code, CourtLevel.BASIC, centre_id, on)
    county = area_code[:6]
    if exception or level_of(county) is not AreaLevel.COUNTY or county not in divisions():
        return exception
    city = divisions().get(county[:4] + "00")
    parent = county[:2] + "0000" if city in rules.PLACEHOLDERS else county[:4] + "00"
    return rules.basic_court_of(Place(county, divisions()[county]), place(parent))


@lru_cache(4096)
def county_of_address(address: str, near: str = "") -> str | None:
    """Return the code of the county that an address in words lies in; None where it names none, or more than one.

    Where several counties have the name, the city or province named beside it decides, else the city of ``near``.
    """
    named = [code for code, name in _counties().items() if name in address]
    longest = max((len(_counties()[code]) for code in named), default=0)
    found = [code for code in named if len(_counties()[code]) == longest]
    for is_meant in (lambda code: _is_named_above(code, address), lambda code: code[:4] == near[:4]):
        if len(found) > 1:
            found = [code for code in found if is_meant(code)] or found
    return found[0] if len(found) == 1 else None


@lru_cache(1)
def _counties() -> dict[str, str]:
    """Return counties and districts by code, without names that any address may hold: 城区, 郊区."""
    return {
        code: name for code, name in divisions().items()
        if level_of(code) is AreaLevel.COUNTY and len(name) >= SHORTEST_NAME and name not in rules.PLACEHOLDERS
    }


def _is_named_above(code: str, address: str) -> bool:
    names = divisions()
    above = [names.get(code[:4] + "00", ""), names.get(code[:2] + "0000", "")]
    return any(name and name not in rules.PLACEHOLDERS and name in address for name in above)


def home_court_of(
    area_code: str | None, address: str | None, *, centre_id: int, near: str = "", on: date | None = None
) -> Court | None:
    """Return the basic court of somebody's home: by its place, else by the county that the address names. JC-05."""
    code = area_code or county_of_address(address or "", near[:6])
    return court_of(code, centre_id=centre_id, on=on) if code else None


def intermediate_court_of(area_code: str, *, centre_id: int | None = None, on: date | None = None) -> Court | None:
    """Return the intermediate court above an area; None where the rule gives none, as in the municipalities. JC-06."""
    exception = _nearest_exception(area_code, CourtLevel.INTERMEDIATE, centre_id, on)
    city = place(area_code[:4] + "00")
    if exception or city is None or city.name in rules.PLACEHOLDERS:
        return exception
    return rules.intermediate_court_of(city)


def courts_of_city(city_code: str, *, centre_id: int | None = None, on: date | None = None) -> list[Court]:
    """Return the intermediate court of a city and the basic courts of its counties."""
    counties = [code for code in divisions() if code[:4] == city_code[:4] and level_of(code) is AreaLevel.COUNTY]
    found = [intermediate_court_of(city_code, centre_id=centre_id, on=on)]
    found += [court_of(code, centre_id=centre_id, on=on) for code in counties]
    found += [court for (code, _level), court in _exceptions(centre_id, on).items() if code[:4] == city_code[:4]]
    return list(dict.fromkeys(court for court in found if court))


def court(code: str, *, centre_id: int | None = None, on: date | None = None) -> Court | None:
    """Return the court of a code as case numbers have it: 赣0121."""
    for exception in _exceptions(centre_id, on).values():
        if exception.code == code:
            return exception
    province = next((digits for digits, short in rules.PROVINCES.items() if short == code[:1]), None)
    division = (province or "") + code[1:].ljust(4, "0")
    if province is None or division not in divisions():
        return None
    found = intermediate_court_of(division) if len(code) == 3 else court_of(division)
    return found if found and found.code == code else None


def _known(county_code: str, centre_id: int | None, on: date | None) -> list[Place]:
    own = [each for each in places(centre_id) if each.code.startswith(county_code)] if centre_id else []
    return [each for each in own or built_in_places(county_code) if on is None or each.is_valid(on)]


@kept(Area)
def _by_code(centre_id: int) -> dict[str, Place]:
    return {each.code: each for each in places(centre_id)}


def exceptions_of(centre_id: int) -> list[CourtException]:
    """Return the courts of a centre that do not follow the rule, by area, the newest of each first."""
    rows = select(CourtException).where(CourtException.centre_id == centre_id)
    return list(session.scalars(rows.order_by(CourtException.area_code, CourtException.id.desc())))


def exception(public_id: str, *, centre_id: int) -> CourtException:
    """Return a court of a centre that does not follow the rule and has no last day yet. Raises NotFound."""
    found = session.scalar(
        select(CourtException).where(
            CourtException.centre_id == centre_id, CourtException.public_id == public_id,
            CourtException.valid_to.is_(None),
        )
    )
    if found is None:
        raise NotFound()
    return found


def area_named(text: str, *, centre_id: int) -> Place | None:
    """Return the place that somebody means by a code, or by the name of a county or of one of the centre's towns."""
    text = text.strip()
    if text.isdecimal():
        return place(text, centre_id=centre_id)
    own = next((each for each in places(centre_id) if text in (each.name, each.short) and each.valid_to is None), None)
    code = None if own else county_of_address(text)
    return own or (place(code, centre_id=centre_id) if code else None)


@lru_cache(1)
def _built_in_exceptions() -> dict[tuple[str, CourtLevel], Court]:
    with (HERE / "courts.csv").open(encoding="utf-8") as file:
        found = [_court(**row) for row in csv.DictReader(file)]
    return {(each.division_code, each.level): each for each in found}


def _exceptions(centre_id: int | None, on: date | None) -> dict[tuple[str, CourtLevel], Court]:
    return _exceptions_on(centre_id, on or clock.today()) if centre_id else _built_in_exceptions()


def _exceptions_on(centre_id: int, on: date) -> dict[tuple[str, CourtLevel], Court]:
    holding = [
        each for each, since, until in _own_exceptions(centre_id) if since <= on and (until is None or on <= until)
    ]
    return _built_in_exceptions() | {(each.division_code, each.level): each for each in holding}


@kept(CourtException)
def _own_exceptions(centre_id: int) -> list[tuple[Court, date, date | None]]:
    rows = select(CourtException).where(CourtException.centre_id == centre_id).order_by(CourtException.id)
    return [
        (_court(row.area_code, row.court_code, row.name, row.level), row.valid_from, row.valid_to)
        for row in session.scalars(rows)
    ]


def _court(area_code: str, court_code: str, name: str, level: str, **_source: str) -> Court:
    return Court(court_code, name, CourtLevel(level), area_code, checked=True)


def _nearest_exception(area_code: str, level: CourtLevel, centre_id: int | None, on: date | None) -> Court | None:
    known = _exceptions(centre_id, on)
    fitting = [code for code, its_level in known if its_level is level and rules.lies_in(area_code, code)]
    return known[max(fitting, key=len), level] if fitting else None


def _with_towns(found: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places, each village with its town's name and initials."""
    known = list(found)
    names = {each.code: each for each in known if each.level is AreaLevel.TOWN}
    return tuple(_in_town(each, names.get(each.code[:9])) for each in known)


def _in_town(each: Place, town: Place | None) -> Place:
    if town is None or each.level is AreaLevel.TOWN:
        return each
    return replace(each, town=town.name, town_initials=rules.town_initials(town))
