"""The county itself: the centre, its bodies, a committee in each town and in some villages, police, courts, rooms."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mediation.registry.access.rules import Actor, system_actor
from mediation.registry.causes import guides
from mediation.registry.causes import operations as causes
from mediation.registry.dutylists import operations as dutylists
from mediation.registry.dutylists import rules as dutylist_rules
from mediation.registry.phrases import operations as phrases
from mediation.registry.points import operations as points
from mediation.registry.regions import queries as regions
from mediation.registry.regions.rules import Place
from mediation.registry.settings import operations as settings
from mediation.registry.units import operations as units
from mediation.registry.units import queries as unit_queries
from mediation.registry.units.models import Unit
from mediation.registry.units.rooms import add_room
from mediation.registry.units.rules import UnitKind

DATA = tomllib.loads((Path(__file__).parent / "county.toml").read_text("utf-8"))
FOUNDED = date(2022, 3, 1)
TOWN_LIKE = ("镇", "乡", "街道")
DUTY_LIST = "南昌县矛盾纠纷化解职责清单（演示用，不是公布的）"
WAGE = "2025 9200000", "演示用的数字，不是公布数"


@dataclass(frozen=True)
class Body:
    """A unit, as those who act in the demonstration need it."""

    key: str
    id: int
    public_id: str
    name: str
    area_code: str
    kind: str
    types: tuple[str, ...] = ()
    is_court_listed: bool = False

    @property
    def rank(self) -> str:
        """Return what a body is staffed like: a village's committee otherwise than a town's."""
        if self.kind != UnitKind.COMMITTEE or len(self.area_code) <= len("360121"):
            return self.kind
        return "village" if len(self.area_code) > len("360121106") else "town"


@dataclass(frozen=True)
class County:
    """The founded county. ``bodies`` are found by their key, towns and villages by their name."""

    centre_id: int
    bodies: Mapping[str, Body]
    towns: Sequence[Place]
    villages: Mapping[str, Sequence[Place]]
    with_committee: Sequence[Place]
    rooms: Sequence[str]

    @property
    def by(self) -> Actor:
        """Who founds, enrols and grants: the program, before anybody can log in."""
        return system_actor(self.centre_id)

    def at(self, public_id: str) -> Body:
        """Return a body by its unit's public id."""
        return next(body for body in self.bodies.values() if body.public_id == public_id)

POINTS = (  # where disputes are collected, by channel (row 3)
    ("LT-01", "莲塘镇澄湖商圈摊位", "stall", "window"), ("WY-01", "武阳镇老樟树说事点", "talk", "window"),
    ("XT-01", "向塘镇代表工作站", "deputy", "window"), ("WX-01", "莲塘镇网格微信群", "group", "wechat"),
)


def found() -> County:
    """Found the centre with everything that belongs to it. Part of the caller's transaction."""
    values = DATA["centre"]
    public_id = units.found_centre(**values, phone="0791-85000000", on=FOUNDED, is_demonstration=True)
    centre = next(each for each in unit_queries.centres() if each.public_id == public_id)
    by = system_actor(centre.id)
    towns = [town for town in regions.towns(values["area_code"], centre_id=centre.id) if town.name.endswith(TOWN_LIKE)]
    villages = {town.name: regions.villages(town.code, centre_id=centre.id) for town in towns}
    bodies = {"centre": _body("centre", unit_queries.root(centre.id))}
    for row in DATA["units"]:
        bodies[row["key"]] = _create(row, bodies, by=by)
    for town in towns:
        bodies[town.name] = _town_committee(town, by=by)
    chosen = [place for town in towns for place in _with_committee(town, villages[town.name])]
    for place in chosen:
        bodies[place.code] = _village_committee(place, bodies[place.town], by=by)
    for town in towns:
        if town.name in DATA["places"]["stations"]:
            bodies[f"{town.name}派出所"] = _station(town, bodies["police"], by=by)
    rooms = [
        add_room(by=by, name=name, seats=seats, place=place)
        for name, seats, place in zip(*(DATA["rooms"][key] for key in ("names", "seats", "places")), strict=True)
    ]
    for code, name, kind, channel in POINTS:
        points.add(code=code, name=name, kind=kind, channel=channel, by=by, on=FOUNDED)
    settings.set_text(
        "wage", "QT-04", WAGE[0], by=by, valid_from=date(2026, 1, 1), source=WAGE[1], reason="演示数据"
    )
    dutylists.write(dutylist_rules.read(_duties()), by=by, valid_from=FOUNDED, source=DUTY_LIST)
    for row in DATA["phrases"]:
        phrases.add(by=by, on=FOUNDED, shared=True, **row)
    for row in DATA["types"]:
        causes.add_type(by=by, on=FOUNDED, why="演示数据", **row)
    for row in DATA["guides"]:
        guides.rewrite(row["code"], row, by=by, on=FOUNDED, why="演示数据")
    return County(centre.id, bodies, towns, villages, chosen, rooms)


def _duties() -> list[list[str]]:
    """Return the rows of the made-up duty list: 35 duties in 13 classes, 21 items of assistance in 10 (row 34)."""
    with (Path(__file__).parent / "duties.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _create(row: Mapping, bodies: Mapping[str, Body], *, by: Actor) -> Body:
    listed = row.get("listed", False)
    details = {
        "short_name": row["short_name"], "number_word": row.get("word", ""), "types": row.get("types", []),
        "is_court_listed": listed, "court_code": row.get("court", ""),
    }
    if row["kind"].endswith("committee") or listed:
        details["established_record"] = f"南司调备〔2022〕{len(bodies)}号"
    return _made(row["key"], row["kind"], row["name"], by=by, parent=bodies[row.get("in", "centre")], **details)


def _town_committee(town: Place, *, by: Actor) -> Body:
    short = _bare(town)
    return _made(
        town.name, "committee", f"{town.name}人民调解委员会", by=by, short_name=f"{short}调委会", area_code=town.code,
        number_word=f"{short}民调", established_record=f"南司调备〔2022〕{town.code[-3:]}号",
        is_court_listed=town.name == "莲塘镇",
    )


def _village_committee(place: Place, above: Body, *, by: Actor) -> Body:
    return _made(
        place.code, "committee", f"{place.town}{place.short}人民调解委员会", by=by, parent=above,
        short_name=f"{place.short}调委会", area_code=place.code,
        number_word=f"{place.town[:2]}{place.short[:5].removesuffix('社区')}民调",
        established_record=f"南司调备〔2022〕{place.code[-6:]}号",
    )


def _station(town: Place, police: Body, *, by: Actor) -> Body:
    short = _bare(town)
    return _made(
        f"{town.name}派出所", "police", f"南昌县公安局{short}派出所", by=by, parent=police,
        short_name=f"{short}派出所", area_code=town.code, number_word=f"{short}公行调", types=["damages", "neighbour"],
    )


def _made(key: str, kind: str, name: str, *, by: Actor, parent: Body | None = None, **details) -> Body:
    public_id = units.create_unit(
        by=by, on=FOUNDED, kind=kind, name=name, parent=parent.public_id if parent else None, **details
    )
    return _body(key, unit_queries.get(public_id, centre_id=by.centre_id))


def _body(key: str, unit: Unit) -> Body:
    types = tuple(unit_queries.types_of(unit))
    return Body(key, unit.id, unit.public_id, unit.name, unit.area_code, unit.kind, types, unit.is_court_listed)


def _with_committee(town: Place, places: Sequence[Place]) -> list[Place]:
    wanted = DATA["places"]["villages"].get(town.name, ())
    return [place for place in places if place.name in wanted]


def _bare(town: Place) -> str:
    return town.name.removesuffix("街道").removesuffix("镇").removesuffix("乡")
