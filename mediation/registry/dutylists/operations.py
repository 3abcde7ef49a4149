"""Taking over a duty list from a sheet, as a whole and from a day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediation.ground import sheets, trail
from mediation.ground.db import session
from mediation.ground.editions import changed
from mediation.ground.errors import NotAllowed, RuleBroken, because
from mediation.ground.ids import new_id, new_public_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.dutylists import queries, rules
from mediation.registry.dutylists.models import DutyItem, DutyList
from mediation.registry.dutylists.rules import Column, DutyKind, Fault, Item, Sheet
from mediation.registry.units import queries as units


@dataclass(frozen=True)
class Preview:
    """What taking over a sheet would do: its items, what is wrong, what comes and goes, whom nobody knows here."""

    sheet: Sheet
    added: tuple[Item, ...]
    gone: tuple[Item, ...]
    unknown_leads: tuple[str, ...]

    def count(self, kind: DutyKind) -> tuple[int, int]:
        """Return how many items of a kind there are, in how many classes."""
        own = [item for item in self.sheet.items if item.kind == kind]
        return len(own), len({item.class_name for item in own})


def preview(data: bytes, *, centre_id: int, valid_from: date) -> Preview:
    """Return what a sheet would bring from a day on; nothing is written. Raises RuleBroken for what is no sheet."""
    sheet = rules.read(sheets.read(data))
    known = _by_name(centre_id, valid_from)
    present = queries.items(centre_id, on=valid_from)
    before, after = ({_key(item): item for item in found} for found in (present, sheet.items))
    leads = dict.fromkeys(item.lead for item in sheet.items if item.lead not in known)
    return Preview(
        sheet, tuple(item for key, item in after.items() if key not in before),
        tuple(item for key, item in before.items() if key not in after), tuple(leads),
    )


@once
def take_over(
    data: bytes, *, by: Actor, on: date, key: str | None = None, valid_from: date, source: str
) -> str:
    """Let the list of a sheet hold from a day on; return its public id.

    Raises NotAllowed, RuleBroken with everything that is wrong with the sheet, or where a later list is there already.
    """
    return write(rules.read(sheets.read(data)), by=by, valid_from=valid_from, source=source)


def write(sheet: Sheet, *, by: Actor, valid_from: date, source: str) -> str:
    """Keep a list that has been read; for the sheet of somebody, and for lists that come with the program."""
    if by.role is not Role.SYSTEM and not by.may(Permission.DUTY_LISTS):
        raise NotAllowed(Permission.DUTY_LISTS)
    bars = list(sheet.faults)
    if not source.strip():
        bars.append(because(Fault.NO_SOURCE))
    newest = next(iter(queries.lists(by.centre_id)), None)
    if newest and newest[3] > valid_from:
        bars.append(because(Fault.TOO_EARLY, day=newest[3]))
    if bars:
        raise RuleBroken(*bars)
    edition = DutyList(
        id=new_id(), public_id=new_public_id(), centre_id=by.centre_id, source=source.strip(), valid_from=valid_from,
        made_by_id=by.account_id, made_by=by.name,
    )
    session.add(edition)
    session.flush()
    known = _by_name(by.centre_id, valid_from)
    session.add_all(_row(edition, place, item, known) for place, item in enumerate(sheet.items))
    session.flush()
    changed(DutyList)
    trail.record(
        "duty_list.taken_over", by=by, about=edition, params={"items": len(sheet.items), "valid_from": valid_from},
    )
    return edition.public_id


def taken_along(items: Iterable[Item]) -> bytes:
    """Return items as a sheet that can be changed and brought again."""
    rows = [
        [item.kind.label, item.class_name, item.number, item.text, item.lead, "、".join(item.assisting), item.basis]
        for item in items
    ]
    return sheets.write("职责清单", [column.label for column in Column], rows)


def _row(edition: DutyList, place: int, item: Item, known) -> DutyItem:
    return DutyItem(
        id=new_id(), list_id=edition.id, kind=item.kind, class_name=item.class_name, number=item.number, position=place,
        text=item.text, lead=item.lead, lead_unit_id=known.get(item.lead), assisting={"names": list(item.assisting)},
        basis=item.basis or None,
    )


def _by_name(centre_id: int, on: date) -> dict[str, int]:
    """Return the row ids of the centre's units by their names, full and short; a name of two units is nobody's."""
    found: dict[str, set[int]] = {}
    for unit in units.units(centre_id, on=on):
        for name in (unit.name, unit.short_name):
            found.setdefault(name, set()).add(unit.id)
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}


def _key(item: Item) -> tuple[str, str, str]:
    return item.kind, item.text, item.lead
