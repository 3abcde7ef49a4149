"""The one look-up of dated settings. Every question names the day whose law is meant."""

import csv
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import column, select, table

from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.ground.errors import RuleBroken, because
from mediation.registry.settings import rules
from mediation.registry.settings.models import SettingRow
from mediation.registry.settings.rules import Citation, Figure, Gap, Kind, Setting, Wage

HERE = Path(__file__).parent
_supposed: ContextVar[Setting | None] = ContextVar("supposed", default=None)
CENTRES = table("centres", column("id"), column("area_code"))  # belongs to a room further up; only its place is read



@dataclass(frozen=True)
class Line:
    """One setting as the page lists it: what holds now, what it is called, and where it comes from."""

    kind: Kind
    key: str
    name: str
    setting: Setting | None  # None: it has to be asked for
    history: Sequence[Setting]

    @property
    def text(self) -> str:
        return rules.write(self.kind, self.setting.value) if self.setting else ""


def value(
    kind: Kind,
    key: str,
    *,
    on: date,
    centre_id: int | None = None,
    unit_id: int | None = None,
    area_code: str | None = None,
) -> Any:
    """Return the value that holds on a day, None when nobody has set one.

    Without ``area_code`` the centre's own area is meant.
    """
    found = setting(kind, key, on=on, centre_id=centre_id, unit_id=unit_id, area_code=area_code)
    return found.value if found else None


def setting(
    kind: Kind,
    key: str,
    *,
    on: date,
    centre_id: int | None = None,
    unit_id: int | None = None,
    area_code: str | None = None,
) -> Setting | None:
    """Return the setting that holds on a day with its source, None when nobody has set one."""
    if area_code is None and centre_id is not None:
        area_code = _area_of(centre_id)
    return rules.choose(_standing(kind, key), on=on, area_code=area_code, centre_id=centre_id, unit_id=unit_id)


def _standing(kind: Kind, key: str) -> tuple[Setting, ...]:
    """Return every value of a setting, with the one that is supposed in place of those of its scope."""
    candidates = tuple(_candidates().get((Kind(kind), key), ()))
    supposed = _supposed.get()
    if supposed is None or (supposed.kind, supposed.key) != (kind, key):
        return candidates
    return (*(each for each in candidates if each.scope is not supposed.scope), supposed)


@contextmanager
def supposing(kind: Kind, key: str, value: Any, *, centre_id: int | None = None, unit_id: int | None = None):
    """Answer in the block as if a value had always held there; nothing is written. To rehearse a change."""
    token = _supposed.set(Setting(Kind(kind), key, value, date.min, centre_id=centre_id, unit_id=unit_id))
    try:
        yield
    finally:
        _supposed.reset(token)


def days(key: str, *, on: date, **whose) -> Figure:
    """Return a period: ``calendar.end_of_period(start, **days("JC-01", on=start).period)``. Raises RuleBroken."""
    return rules.figure(_required(Kind.PERIOD, key, on, whose))


def number(key: str, *, on: date, **whose) -> int:
    """Return a count, an age or a percentage. Raises RuleBroken when it is not set."""
    return _required(Kind.NUMBER, key, on, whose)


def amount(key: str, *, on: date, **whose) -> int:
    """Return an amount in fen. Raises RuleBroken when it is not set."""
    return _required(Kind.AMOUNT, key, on, whose)


def flag(key: str, *, on: date, **whose) -> bool:
    """Return a yes or no. Raises RuleBroken when it is not set."""
    return _required(Kind.FLAG, key, on, whose)


def words(key: str, *, on: date, **whose) -> list[str]:
    """Return a list of words. Raises RuleBroken when it is not set."""
    return _required(Kind.WORDS, key, on, whose)


def text(key: str, *, on: date, **whose) -> str:
    """Return a text. Raises RuleBroken when it is not set."""
    return _required(Kind.TEXT, key, on, whose)


def rule_table(key: str, *, on: date, **whose) -> dict:
    """Return a table of criteria. Raises RuleBroken when it is not set."""
    return _required(Kind.TABLE, key, on, whose)


def wage(
    *, on: date, centre_id: int | None = None, unit_id: int | None = None, area_code: str | None = None
) -> Wage | None:
    """Return the last wage figure published for the area by that day, None when it still has to be asked for. QT-04.

    What a centre entered without naming a province is its own province's, and says nothing of another one.
    """
    candidates = _standing(Kind.WAGE, "QT-04")
    home = _area_of(centre_id) if centre_id is not None else None
    if area_code and home and area_code[:2] != home[:2]:
        candidates = [each for each in candidates if each.area_code]
    found = rules.choose(candidates, on=on, area_code=area_code or home, centre_id=centre_id, unit_id=unit_id)
    if found is None:
        return None
    return Wage(found.value["amount_fen"], found.value["year"], found.valid_from, found.source)


def wages(*, on: date, centre_id: int) -> dict[str | None, list[Setting]]:
    """Return the wage figures that a centre knows by that day, by code of the province, the newest first. QT-04.

    Those of None were entered for the centre's own province without naming it.
    """
    found: dict[str | None, list[Setting]] = {}
    for each in _candidates().get((Kind.WAGE, "QT-04"), ()):
        is_ours = each.centre_id in (None, centre_id) and each.unit_id is None
        if is_ours and each.valid_from <= on:
            found.setdefault(each.area_code, []).append(each)
    return {code: sorted(rows, key=lambda each: each.valid_from, reverse=True) for code, rows in found.items()}


def accepts_self_run(court_code: str, *, on: date, **whose) -> bool:
    """Say whether a court takes agreements of bodies it did not invite: what is set for it, else for all. JC-24."""
    own = value(Kind.FLAG, f"JC-24:{court_code}", on=on, **whose)
    return flag("JC-24", on=on, **whose) if own is None else own


def citation(key: str, *, on: date, **whose) -> Citation:
    """Return an article by its key, with the number it has on that day: ``civil_procedure.confirmation``.

    Raises RuleBroken when no article of that key was in force. DC-08, JC-20.
    """
    return _citation(key, _required(Kind.CITATION, key, on, whose))


def citations_for(rule: str, *, on: date, **whose) -> list[Citation]:
    """Return the articles in force on that day that a row of the rule table rests on."""
    keys = [key for key, rows in _rules_of_citations().items() if rule in rows]
    found = [(key, value(Kind.CITATION, key, on=on, **whose)) for key in keys]
    return [_citation(key, stored) for key, stored in found if stored is not None]


def built_in_citations_for(rule: str, *, on: date) -> list[Citation]:
    """Return the articles that the program brings along for a row of the rule table; asks no database."""
    keys = [key for key, rows in _rules_of_citations().items() if rule in rows]
    found = [(key, rules.choose(_built_in()[Kind.CITATION, key], on=on)) for key in keys]
    return [_citation(key, each.value) for key, each in found if each is not None]


def listing(kind: Kind | None = None, *, on: date, **whose) -> list[Line]:
    """Return every setting of a kind as it holds for somebody on a day, with its history there; for the page."""
    lines = [_line(key, on, whose) for key in _candidates() if kind is None or key[0] is kind]
    return sorted(lines, key=lambda line: (list(Kind).index(line.kind), line.key))


def name_of(kind: Kind, key: str) -> str:
    """Return what people call a setting; its key where it came with no name."""
    return _names().get((Kind(kind), key)) or key


def keys(kind: Kind) -> list[str]:
    """Return the keys of every setting of a kind that the program asks for."""
    return [key for known, key in _built_in() if known is Kind(kind)]


def cited_rows() -> frozenset[str]:
    """Return the rows of the rule table that an article of the law stands behind."""
    return frozenset(row for rows in _rules_of_citations().values() for row in rows)


def is_known(kind: Kind, key: str) -> bool:
    """Say whether the program asks for such a setting; a court's own answer to JC-24 is one too."""
    return (Kind(kind), key.partition(":")[0]) in _built_in()


@lru_cache(1)
def _built_in() -> Mapping[tuple[Kind, str], tuple[Setting, ...]]:
    """Return the settings that come with the program by kind and key; no values where they must be asked for."""
    found: dict[tuple[Kind, str], list[Setting]] = {}
    for row in _rows("defaults.csv"):
        kind = Kind(row["kind"])
        known = found.setdefault((kind, row["key"]), [])
        if row["value"] or kind is Kind.WORDS:
            known.append(_from_table(kind, row["key"], rules.parse(kind, row["value"]), row))
    titles = {row["word"]: row["title"] for row in _rows("laws.csv")}
    for row in _rows("citations.csv"):
        key = f"{row['law']}.{row['name']}"
        line = f"{titles[row['law']]} {row['number']} {row['paragraph'] or 0} {row['item'] or 0}"
        stored = rules.parse(Kind.CITATION, line)
        found.setdefault((Kind.CITATION, key), []).append(_from_table(Kind.CITATION, key, stored, row))
    return {key: tuple(settings) for key, settings in found.items()}


@lru_cache(1)
def _names() -> dict[tuple[Kind, str], str]:
    return {(Kind(row["kind"]), row["key"]): row["name"] for row in _rows("defaults.csv")}


@lru_cache(1)
def _rules_of_citations() -> dict[str, tuple[str, ...]]:
    return {f"{row['law']}.{row['name']}": tuple(row["rules"].split()) for row in _rows("citations.csv")}


@kept(SettingRow)
def _candidates() -> Mapping[tuple[Kind, str], tuple[Setting, ...]]:
    found = dict(_built_in())
    for row in session.scalars(select(SettingRow).order_by(SettingRow.id)):
        found[row.kind, row.key] = (*found.get((row.kind, row.key), ()), _from_row(row))
    return found


@kept(CENTRES)
def _area_of(centre_id: int) -> str | None:
    return session.scalar(select(CENTRES.c.area_code).where(CENTRES.c.id == centre_id))


def _required(kind: Kind, key: str, on: date, whose: Mapping[str, Any]) -> Any:
    found = value(kind, key, on=on, **whose)
    if found is None:
        raise RuleBroken(because(Gap.UNSET, cure="settings", name=name_of(kind, key), on=on))
    return found


def _citation(key: str, stored: Mapping[str, Any]) -> Citation:
    return Citation(key, **stored, rules=_rules_of_citations().get(key, ()))


def _line(key: tuple[Kind, str], on: date, whose: Mapping[str, Any]) -> Line:
    kind, word = key
    found = setting(kind, word, on=on, **whose)
    mine = {"centre_id": None, "unit_id": None, "area_code": None, **whose}
    if mine["area_code"] is None and mine["centre_id"] is not None:
        mine["area_code"] = _area_of(mine["centre_id"])
    history = [each for each in _candidates()[key] if each.concerns(**mine)]
    return Line(kind, word, name_of(kind, word), found, sorted(history, key=lambda each: each.valid_from))


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _from_table(kind: Kind, key: str, stored: Any, row: Mapping[str, str]) -> Setting:
    return Setting(
        kind=kind,
        key=key,
        value=stored,
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        area_code=row.get("area_code") or None,
        source=row.get("source", ""),
        checked=row["checked"] == "yes",
    )


def _from_row(row: SettingRow) -> Setting:
    return Setting(
        kind=row.kind,
        key=row.key,
        value=row.value,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        area_code=row.area_code,
        centre_id=row.centre_id,
        unit_id=row.unit_id,
        source=row.source,
        note=row.reason,
        checked=True,
        id=row.id,
        set_by_id=row.set_by_id,
    )
