"""Causes and types as they stood on a day, for a centre."""

import csv
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import or_, select

from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.registry.causes import asking, rules, sounding
from mediation.registry.causes.models import ImportedCause, ImportedCauseList, TypeVersion
from mediation.registry.causes.rules import Cause, CauseList, DisputeType, Suggestion
from mediation.registry.causes.sounding import Word

HERE = Path(__file__).parent
SOURCE = "民事案件案由规定（法〔2025〕226号）"


@lru_cache(1)
def built_in_causes() -> CauseList:
    """Return the causes that come with the program: those that mediation meets, of the list of 2026."""
    rows = _rows("causes.csv")
    causes = tuple(
        Cause(
            code=row["code"],
            number=row["number"],
            name=row["name"],
            level=row["code"].count(".") + 1,
            parent_code=row["code"].rpartition(".")[0] or None,
            initials=row["initials"],
        )
        for row in rows
    )
    return CauseList(date.fromisoformat(rows[0]["valid_from"]), causes, SOURCE, is_whole=False)


@kept(ImportedCauseList)
def cause_lists(centre_id: int | None = None) -> tuple[CauseList, ...]:
    """Return every edition that a centre may use: its own imports first, then everybody's, the built-in one last."""
    mine = or_(ImportedCauseList.centre_id.is_(None), ImportedCauseList.centre_id == centre_id)
    found = session.scalars(select(ImportedCauseList).where(mine).order_by(ImportedCauseList.id.desc()))
    imported = sorted(found, key=lambda row: row.centre_id is None)
    return (*map(_imported, imported), built_in_causes())


def causes(*, on: date, centre_id: int | None = None) -> tuple[Cause, ...]:
    """Return the list in force on a day, headings included; empty before the first list that is known."""
    found = rules.list_on(cause_lists(centre_id), on)
    return found.causes if found else ()


def cause(code: str, *, on: date | None = None, centre_id: int | None = None) -> Cause | None:
    """Return the cause of a code in the list of that day, else in any list: an old case keeps its code."""
    lists = list(cause_lists(centre_id))
    first = rules.list_on(lists, on) if on else None
    in_turn = [first, *lists] if first else lists
    return next((each.by_code[code] for each in in_turn if code in each.by_code), None)


def search(text: str, *, on: date, centre_id: int | None = None, limit: int = 12) -> list[Cause]:
    """Return the causes that a clerk's letters or characters mean: ``mjjd``, ``民间``."""
    choosable = (each for each in causes(on=on, centre_id=centre_id) if not each.is_heading)
    return rules.matching(text, choosable, limit)


def confirmation_cause(
    *, on: date, centre_id: int | None = None, case_cause: str | None = None
) -> Cause | None:
    """Return the cause of an application for judicial confirmation. JC-22.

    ``case_cause`` is the code of what the agreement is about: compensation of ecological damage has a cause of its own
    since 2026.
    """
    about = cause(case_cause, on=on, centre_id=centre_id) if case_cause else None
    wanted = rules.confirmation_name(about.name if about else "")
    found = causes(on=on, centre_id=centre_id)
    return next((each for each in found if each.name == wanted and not each.is_heading), None)


def types(*, on: date, centre_id: int | None = None) -> list[DisputeType]:
    """Return the types in use on a day, each followed by those below it."""
    current = (_begun(versions, on) for versions in _versions(centre_id).values())
    return [each for each in current if each and each.is_valid(on)]


def every_type(*, on: date, centre_id: int | None = None) -> list[DisputeType]:
    """Return every type that had begun by a day, ended ones too, each followed by those below it."""
    current = (_begun(versions, on) for versions in _versions(centre_id).values())
    return [each for each in current if each]


def own_codes(centre_id: int) -> frozenset[str]:
    """Return the codes of the types that a centre added itself."""
    return frozenset(_versions(centre_id)) - {each.code for each in built_in_types()}


def built_in_type(code: str) -> DisputeType | None:
    """Return a type as it came with the program."""
    return next((each for each in built_in_types() if each.code == code), None)


def dispute_type(code: str, *, on: date | None = None, centre_id: int | None = None) -> DisputeType | None:
    """Return a type as it was on a day, or as it is now; closed ones too, since cases keep their codes."""
    return _begun(_versions(centre_id).get(code, ()), on)


def named(code: str, *, on: date, centre_id: int | None = None) -> DisputeType | None:
    """Return a type as it was called on a case's day; one that came later as it was at first: the code was chosen."""
    versions = _versions(centre_id).get(code, ())
    return _begun(versions, on) or (versions[-1] if versions else None)


def effective(code: str, *, on: date, centre_id: int | None = None) -> DisputeType | None:
    """Return a type with the papers and questions that count for it: its own, else those of the nearest type above."""
    line = [named(each, on=on, centre_id=centre_id) for each in reversed(rules.line_of(code))]
    if not line or line[0] is None:
        return None
    known = [each for each in line if each]
    return replace(
        line[0],
        papers=next((each.papers for each in known if each.papers), ()),
        questions=next((each.questions for each in known if each.questions), ()),
    )


def versions(code: str, *, centre_id: int | None = None) -> tuple[DisputeType, ...]:
    """Return everything that a type has been, the newest first; the last is the program's own where it came with it."""
    return _versions(centre_id).get(code, ())


def own_versions(code: str, *, centre_id: int) -> list[TypeVersion]:
    """Return the rows that a centre wrote about a type, the newest first, with who wrote them and when."""
    mine = select(TypeVersion).where(TypeVersion.centre_id == centre_id, TypeVersion.code == code)
    return list(session.scalars(mine.order_by(TypeVersion.id.desc())))


def main_type(code: str, *, centre_id: int | None = None) -> DisputeType | None:
    """Return the level-1 type that the statistics count a type under. ST-01."""
    return dispute_type(rules.main_code(code), centre_id=centre_id)


def types_below(code: str, *, on: date, centre_id: int | None = None) -> list[DisputeType]:
    """Return the types one level below a type."""
    return [each for each in types(on=on, centre_id=centre_id) if each.parent_code == code]


def search_types(text: str, *, on: date, centre_id: int | None = None, limit: int = 12) -> list[DisputeType]:
    """Return the types that a clerk's letters or characters mean."""
    return rules.matching(text, types(on=on, centre_id=centre_id), limit)


def suggest_types(story: str, *, on: date, centre_id: int | None = None, limit: int = 3) -> list[Suggestion]:
    """Return the types that a story sounds like, one of each main type, with the words that it was heard by."""
    of_a_day = _listened_for(centre_id)
    if on not in of_a_day:
        in_use = types(on=on, centre_id=centre_id)
        of_a_day.clear()  # nearly everybody asks about today
        of_a_day[on] = in_use, sounding.weigh(in_use, weighed_words())
    return sounding.suggest(story, *of_a_day[on], limit)


@kept(TypeVersion)
def _listened_for(centre_id: int | None) -> dict[date, tuple[list[DisputeType], list[Word]]]:
    return {}


@lru_cache(1)
def weighed_words() -> tuple[Word, ...]:
    """Return the words that the program came to weigh, for the types that come with it."""
    return tuple(
        Word(text, row["code"], float(row["weight"]), _words(row["with"]), _words(row["without"]))
        for row in _rows("type_words.csv") for text in _words(row["words"])
    )


@lru_cache(1)
def built_in_types() -> tuple[DisputeType, ...]:
    """Return the types that come with the program."""
    return tuple(
        DisputeType(
            code=row["code"],
            name=row["name"],
            initials=row["initials"],
            causes=_words(row["causes"]),
            keywords=_words(row["keywords"]),
            traits=frozenset(_words(row["traits"])),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            papers=_words(row["papers"]),
            questions=asking.read(row["questions"].split(";"))[0],
        )
        for row in _rows("types.csv")
    )


@kept(TypeVersion)
def _versions(centre_id: int | None) -> dict[str, tuple[DisputeType, ...]]:
    """Return the versions of each type, newest first, each code followed by those below it."""
    found: dict[str, tuple[DisputeType, ...]] = {each.code: (each,) for each in built_in_types()}
    rows = select(TypeVersion).where(TypeVersion.centre_id == centre_id).order_by(TypeVersion.id)
    for row in session.scalars(rows):
        found[row.code] = (own(row), *found.get(row.code, ()))
    order = {code: at for at, code in enumerate(found)}
    in_order = sorted(found, key=lambda code: [order[each] for each in rules.line_of(code)])
    return {code: tuple(_inheriting(each, found) for each in found[code]) for code in in_order}


def _inheriting(each: DisputeType, found: dict[str, tuple[DisputeType, ...]]) -> DisputeType:
    line = (found[code][0].traits for code in rules.line_of(each.code))
    return replace(each, traits=each.traits.union(*line))


def _begun(versions: tuple[DisputeType, ...], on: date | None) -> DisputeType | None:
    return next((each for each in versions if on is None or each.valid_from <= on), None)


def own(row: TypeVersion) -> DisputeType:
    """Return what a centre made of a type by one of its rows."""
    return DisputeType(
        code=row.code,
        name=row.name,
        initials=row.initials,
        causes=tuple(row.facts.get("causes", ())),
        keywords=tuple(row.facts.get("keywords", ())),
        traits=frozenset(row.facts.get("traits", ())),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        papers=tuple(row.facts.get("papers", ())),
        questions=asking.read(row.facts.get("questions", ()))[0],
        successor=row.facts.get("successor"),
    )


def _imported(row: ImportedCauseList) -> CauseList:
    lines = select(ImportedCause).where(ImportedCause.cause_list_id == row.id).order_by(ImportedCause.position)
    return CauseList(row.valid_from, tuple(map(_cause, session.scalars(lines))), row.source, is_whole=True)


def _cause(line: ImportedCause) -> Cause:
    return Cause(line.code, line.number, line.name, line.level, line.parent_code, line.initials)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)
