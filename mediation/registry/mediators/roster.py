"""The roster as a sheet: reading one as counties keep it, showing what it would change, taking it over, writing one.

Taking the same sheet over twice changes nothing the second time: people are known by their register number or, where
the sheet has none, by name and day of birth. An ID number in the sheet only tells birth and sex; it is not kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from mediation.ground import clock, sheets, trail
from mediation.ground.choices import Choice, N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, Obstacle, because
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Actor, Role
from mediation.registry.causes import queries as causes
from mediation.registry.mediators import columns, operations, rules
from mediation.registry.mediators.columns import HEADINGS, Cells, Fault
from mediation.registry.mediators.models import Mediator
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit

REPORTED = "mediators.reported_to_court"
# What the court is told of somebody since the last report; of several changes the first in this list.
CHANGE_OF = {"mediator.removed": "解聘", "mediator.enrolled": "新增", "mediator.changed": "更改"}


class Fate(Choice):
    """What taking a line over does."""

    NEW = "new", N_("新增")
    CHANGED = "changed", N_("更改")
    SAME = "same", N_("不变")
    REFUSED = "refused", N_("不导入")


@dataclass(frozen=True)
class Entry:
    """One line of the sheet: what it says, whom it means, what it would change, what is wrong with it."""

    line: int
    values: Mapping[str, Any]
    unit: Unit | None
    mediator: Mediator | None = None
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    faults: Sequence[Obstacle] = ()

    @property
    def fate(self) -> Fate:
        if self.faults:
            return Fate.REFUSED
        if self.mediator is None:
            return Fate.NEW
        return Fate.CHANGED if self.changes else Fate.SAME


def read(data: bytes) -> list[Cells]:
    """Return the lines of a roster that was uploaded. Raises RuleBroken for a file that is none."""
    return columns.read(sheets.read(data))


def carried(pairs: object) -> list[Cells]:
    """Return the lines that a page carried until they were confirmed. Raises Invalid."""
    try:
        return columns.carried(pairs)
    except ValueError:
        raise Invalid(N_("表的内容不完整，请重新选择文件")) from None


def without_numbers(lines: Sequence[Cells]) -> list[Cells]:
    """Return the lines with birth and sex in the place of ID numbers, so that no number waits for a confirmation."""
    return [columns.without_number(cells, on=clock.today()) for cells in lines]


def preview(lines: Sequence[Cells], *, by: Actor, default_unit: str | None = None) -> list[Entry]:
    """Return what taking over would do, line by line; nothing is written.

    ``lines`` come from :func:`read`; ``default_unit`` is the unit of lines that name none.
    """
    pool, known_units = _pool(by), _units(by)
    default = next((unit for unit in known_units if unit.public_id == default_unit), None)
    types = {each.name: each.code for each in causes.types(on=clock.today(), centre_id=by.centre_id) if each.level == 1}
    found, seen = [], {}
    for cells in lines:
        values, faults = columns.values(cells, types=types, on=clock.today())
        unit, more = _unit(values.pop("unit", ""), known_units, default)
        entry = Entry(cells.line, values, unit, faults=[*faults, *more])
        if not entry.faults:
            entry = _compared(entry, pool, seen, by=by)
        found.append(entry)
    return found


def take_over(lines: Sequence[Cells], *, by: Actor, default_unit: str | None = None) -> dict[Fate, int]:
    """Take over every line that nothing is wrong with; return how many were new, changed, the same and refused.

    Raises NotAllowed.
    """
    counts = dict.fromkeys(Fate, 0)
    for entry in preview(lines, by=by, default_unit=default_unit):
        counts[entry.fate] += 1
        if entry.fate is Fate.NEW:
            term_from = entry.values.get("term_from") or clock.today()
            given = {**entry.values, "term_from": term_from}
            operations.enrol(by=by, on=clock.today(), unit_public_id=entry.unit.public_id, **given)
        elif entry.fate is Fate.CHANGED:
            changes = {name: now for name, (_was, now) in entry.changes.items() if name != "unit"}
            operations.change(entry.mediator.public_id, by=by, unit_public_id=entry.unit.public_id, **changes)
    trail.record("mediators.imported", by=by, params={str(fate): count for fate, count in counts.items()})
    return counts


def export(mediators: Sequence[Mediator], *, by: Actor, filtered_by: Mapping[str, str]) -> bytes:
    """Return the mediators as a sheet that :func:`read` understands; the export is recorded (P26)."""
    names = {each.code: each.name for each in causes.types(on=clock.today(), centre_id=by.centre_id)}
    rows = [columns.row(mediator, names) for mediator in mediators]
    trail.record("mediators.exported", by=by, params={"rows": len(rows), "filter": dict(filtered_by)})
    return sheets.write("调解员名册", list(HEADINGS.values()), rows)


def report_to_court(mediators: Sequence[Mediator], *, by: Actor) -> bytes:
    """Return the roster for the basic court, each line with what changed since the last one; the report is recorded.

    Who was removed since then stands in it too. PM-20: People's Mediation Law (2010), Art. 10.
    """
    mine = TrailEntry.chain == by.centre_id
    last = session.scalar(select(func.max(TrailEntry.at)).where(mine, TrailEntry.event == REPORTED))
    query = select(TrailEntry.object_id, TrailEntry.event).where(mine, TrailEntry.event.in_(CHANGE_OF))
    query = query.where(TrailEntry.at > last) if last else query
    changes: dict[int, set[str]] = {}
    for mediator_id, event in session.execute(query):
        changes.setdefault(mediator_id, set()).add(event)
    gone = select(Mediator).where(
        Mediator.centre_id == by.centre_id, Mediator.removed_on.is_not(None), Mediator.id.in_(changes)
    )
    listed = {each.id for each in mediators}
    left = [each for each in session.scalars(gone.options(joinedload(Mediator.unit))) if each.id not in listed]
    names = {each.code: each.name for each in causes.types(on=clock.today(), centre_id=by.centre_id)}
    rows = [[*columns.row(each, names), _change(changes.get(each.id, ()))] for each in (*mediators, *left)]
    trail.record(REPORTED, by=by, params={"rows": len(rows), "changed": sum(bool(row[-1]) for row in rows)})
    return sheets.write("调解员名册", [*HEADINGS.values(), "变动"], rows)


def _change(events):
    return next((word for event, word in CHANGE_OF.items() if event in events), "")


def _pool(by):
    """Return who is in the pool of the actor's centre, by register number and by name and birth."""
    query = select(Mediator).where(Mediator.centre_id == by.centre_id, Mediator.removed_on.is_(None))
    found = {}
    for mediator in session.scalars(query.options(joinedload(Mediator.unit))):
        found[mediator.name, mediator.birth_on] = mediator
        if mediator.register_no:
            found[mediator.register_no] = mediator
    return found


def _units(by):
    """Return the units whose pool the actor keeps."""
    own = units.units(by.centre_id, on=clock.today())
    if by.role is not Role.HEAD:
        return own
    mine = units.unit(by.unit_id)
    return [unit for unit in own if unit.path.startswith(mine.path)]


def _unit(name, known_units, default):
    if not name:
        return default, [] if default else [because(Fault.NO_UNIT)]
    fitting = [unit for unit in known_units if name in (unit.name, unit.short_name)]
    if len(fitting) != 1:
        return None, [because(Fault.UNKNOWN_UNIT, name=name)]
    return fitting[0], []


def _compared(entry, pool, seen, *, by):
    """Return the entry beside the person it means, refused where the sheet has somebody twice or a number is taken."""
    values = entry.values
    keys = [key for key in (values.get("register_no"), (values["name"], values["birth_on"])) if key]
    faults = [because(Fault.TWICE, line=seen[key]) for key in keys if key in seen][:1]
    seen.update(dict.fromkeys(keys, entry.line))
    mediator = next((pool[key] for key in keys if key in pool), None)
    if mediator is not None and mediator.name != values["name"]:
        faults.append(because(Fault.NUMBER_TAKEN, number=values["register_no"], name=mediator.name))
    whose = {"on": clock.today(), "centre_id": by.centre_id}
    faults += rules.enrol_obstacles(
        values["name"], values["birth_on"], on=clock.today(), age=settings.number("PM-01", **whose),
        birthday_counts=settings.flag("PM-01.birthday_counts", **whose),
    )
    changes = {} if mediator is None else _changes(mediator, entry)
    return Entry(entry.line, values, entry.unit, mediator, changes, faults)


def _changes(mediator, entry):
    """Return what differs, as (was, now); a cell that is empty or missing leaves what is known."""
    now = {name: value for name, value in entry.values.items() if value not in (None, "", [])}
    found = {name: (operations.value_of(mediator, name), value) for name, value in now.items()}
    found = {name: (was, value) for name, (was, value) in found.items() if was != value}
    if entry.unit.id != mediator.unit_id:
        found["unit"] = (mediator.unit.name, entry.unit.name)
    return found
