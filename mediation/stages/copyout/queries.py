"""Reading what has to be copied out: lists by age, the platforms of a case, its cards."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.types import Date

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.outside import queries as outside
from mediation.casefile.outside.models import OutsideNumber
from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.platforms import queries as platforms
from mediation.registry.platforms.queries import Edition
from mediation.registry.platforms.rules import Definition, Field
from mediation.stages.copyout import values
from mediation.stages.copyout.models import PlatformEntry
from mediation.stages.copyout.rules import EntryState, Line

PAGE = 50
COUNT_UP_TO = 1000


@dataclass(frozen=True)
class Row:
    """A case in a list of a platform."""

    entry: PlatformEntry
    case: Case
    number: str | None


@dataclass(frozen=True)
class Page:
    """One page of a list, and the marks of its neighbours."""

    rows: Sequence[Row]
    total: int
    is_capped: bool
    next: str | None
    previous: str | None


def get(public_id: str, *, for_: Actor) -> tuple[PlatformEntry, Case]:
    """Return an entry and its case, scoped. Raises NotFound."""
    return cases.child(PlatformEntry, public_id, for_=for_)


def edition_of(entry: PlatformEntry) -> Edition | None:
    """Return the platform of an entry as it is today, else as it was last."""
    found = platforms.platform(entry.platform, centre_id=entry.centre_id, on=clock.today())
    return found or platforms.platform(entry.platform, centre_id=entry.centre_id)


def of_case(case: Case) -> list[tuple[PlatformEntry, Edition]]:
    """Return the platforms that a case belongs to with how it stands there; nothing for a centre without platforms."""
    if not platforms.editions(case.centre_id):
        return []
    query = select(PlatformEntry).where(PlatformEntry.case_id == case.id, PlatformEntry.state != EntryState.OFF)
    found = [(row, edition_of(row)) for row in session.scalars(query.order_by(PlatformEntry.id))]
    return [(row, edition) for row, edition in found if edition is not None]


def listing(
    platform: str, state: EntryState, *, for_: Actor, changed: bool = False, after: str | None = None,
    before: str | None = None, size: int = PAGE,
) -> Page:
    """Return one page of the cases of a platform that the actor sees in full, the longest waiting first, by keyset.

    ``changed`` narrows to what has changed since it was entered.
    """
    backwards, mark = before is not None, _unpack(before or after)
    query = _listing(for_.role, access.is_narrow(for_), changed, backwards, mark is not None)
    given = {"platform": platform, "state": str(state), "size": size + 1, **access.ids(for_), **(mark or {})}
    found = [Row(*row) for row in session.execute(query, given)]
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, more) if backwards else (more, mark is not None)
    total = len(found) if not more and mark is None else count(platform, state, for_=for_, changed=changed)
    return Page(
        found, min(total, COUNT_UP_TO), total > COUNT_UP_TO,
        _pack(found[-1].entry) if found and has_next else None,
        _pack(found[0].entry) if found and has_previous else None,
    )


def count(platform: str, state: EntryState, *, for_: Actor, changed: bool = False) -> int:
    """Return how many cases a list would show, up to one more than COUNT_UP_TO."""
    given = {"platform": platform, "state": str(state), **access.ids(for_)}
    return session.scalar(_count(for_.role, access.is_narrow(for_), changed), given)


def waiting(for_: Actor) -> list[tuple[Edition, int]]:
    """Return the platforms that the actor's role fills, each with how many cases wait to be entered there."""
    mine = platforms.mine(for_, on=clock.today()) if for_.centre_id else []
    return [(each, count(each.code, EntryState.WAITING, for_=for_)) for each in mine]


def chosen(public_ids: Sequence[str], platform: str, *, for_: Actor) -> list[tuple[PlatformEntry, Case]]:
    """Return the chosen entries of a platform that the actor sees in full, the longest waiting first."""
    query = select(PlatformEntry, Case).join(Case, Case.id == PlatformEntry.case_id)
    query = query.where(PlatformEntry.public_id.in_(public_ids), PlatformEntry.platform == platform)
    query = access.scoped(query, for_, Depth.CONTENTS).order_by(PlatformEntry.since, PlatformEntry.id)
    return [(entry, case) for entry, case in session.execute(query)]


def _listed(role: Role, narrow: bool, changed: bool, columns) -> Select:
    query = select(*columns).join(Case, Case.id == PlatformEntry.case_id)
    query = access.scoped(query, access.anybody(role), Depth.CONTENTS, narrow=narrow).where(
        PlatformEntry.centre_id == bindparam("by_centre"), PlatformEntry.platform == bindparam("platform"),
        PlatformEntry.state == bindparam("state"),
    )
    return query.where(PlatformEntry.is_changed) if changed else query


@lru_cache
def _listing(role: Role, narrow: bool, changed: bool, backwards: bool, is_marked: bool) -> Select:
    query = _listed(role, narrow, changed, (PlatformEntry, Case, OutsideNumber.number))
    query = query.outerjoin(OutsideNumber, OutsideNumber.id == PlatformEntry.outside_id)
    since, row_id = PlatformEntry.since, PlatformEntry.id
    if is_marked:
        day, number = bindparam("mark_day", type_=Date()), bindparam("mark_id", type_=row_id.type)
        beyond = (since <= day) & ((since < day) | (row_id < number)) if backwards else (
            (since >= day) & ((since > day) | (row_id > number))
        )
        query = query.where(beyond)
    order = (since.desc(), row_id.desc()) if backwards else (since, row_id)
    return query.order_by(*order).limit(bindparam("size"))


@lru_cache
def _count(role: Role, narrow: bool, changed: bool) -> Select:
    inner = _listed(role, narrow, changed, (PlatformEntry.id,)).limit(COUNT_UP_TO + 1)
    return select(func.count()).select_from(inner.subquery())


def _pack(entry: PlatformEntry) -> str:
    text = json.dumps([entry.since.isoformat(), entry.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _unpack(mark: str | None) -> dict | None:
    if not mark:
        return None
    try:
        day, row_id = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        return {"mark_day": date.fromisoformat(day), "mark_id": int(row_id)}
    except (ValueError, TypeError):
        return None


# --- the card ---


@dataclass(frozen=True)
class More:
    """A further party of a side, with the fields that the platform asks of a person there."""

    party: Party
    lines: Sequence[Line]


@dataclass(frozen=True)
class Card:
    """A case in a platform's order of fields."""

    lines: Sequence[Line]
    more: Sequence[More]

    @property
    def missing(self) -> list[Line]:
        """Return what the platform wants and we cannot give."""
        return [each for each in (*self.lines, *(line for more in self.more for line in more.lines)) if each.is_missing]

    @property
    def has_covered(self) -> bool:
        return any(each.said == "covered" for each in (*self.lines, *(one for more in self.more for one in more.lines)))


def card(
    case: Case, definition: Definition, *, changed: Sequence[str] = (),
    revealed: dict[tuple[str, str], str] | None = None,
) -> Card:
    """Return the card of a case, with the numbers that were ``revealed``, by party's public id and field."""
    file = values.File(case)
    lines = [
        values.line_of(file, each, revealed=revealed, changed=each.label in changed) for each in definition.fields
    ]
    return Card(lines, [
        More(party, [values.line_of(file, each, party=party, revealed=revealed) for each in fields])
        for party, fields in _further(file, definition)
    ])


def covered(case: Case, definition: Definition) -> list[tuple[Party, str]]:
    """Return the covered numbers that a card asks for: the party and the field."""
    file, found = values.File(case), []
    lead = [(values.party_of(file, each.ours), each) for each in definition.fields if each.ours.is_covered]
    rest = [(party, each) for party, fields in _further(file, definition) for each in fields if each.ours.is_covered]
    for party, each in (*lead, *rest):
        name = each.ours.value.partition(".")[2]
        if party is None or party.person is None or values.is_open_number(party, each.ours):
            continue
        if getattr(party.person, values.HAS[name]) and (party, name) not in found:
            found.append((party, name))
    return found


def _further(file: values.File, definition: Definition) -> list[tuple[Party, list[Field]]]:
    """Return the parties beside the leading ones, with the fields of a person that the platform asks for."""
    found = []
    for where, role in values.SIDES.items():
        of_persons = (each for each in definition.fields if each.ours.where == where)
        asked = [each for each in of_persons if not each.ours.value.endswith("names")]
        found += [(party, asked) for party in file.side(role)[1:] if asked]
    return found


def number_of(case: Case, entry: PlatformEntry) -> str | None:
    """Return the number that a case has in a platform: the one it was entered under, else the one it came with."""
    edition, known = edition_of(entry), outside.of_case(case.id)
    own = [each for each in known if each.id == entry.outside_id]
    there = [each for each in known if edition and each.system == edition.definition.system and each.number]
    return next((each.number for each in (*own, *there)), None)
