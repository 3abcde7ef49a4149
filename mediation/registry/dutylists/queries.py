"""Looking things up in duty lists. A list is small and kept in the process."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.ground.errors import NotFound
from mediation.registry.dutylists import rules
from mediation.registry.dutylists.models import DutyItem, DutyList
from mediation.registry.dutylists.rules import DutyKind, Item


@kept(DutyList)
def lists(centre_id: int) -> tuple[tuple[int, str, str, date, str], ...]:
    """Return the editions of a centre, the newest first: row id, public id, source, first day, who brought it."""
    query = select(DutyList.id, DutyList.public_id, DutyList.source, DutyList.valid_from, DutyList.made_by)
    rows = session.execute(
        query.where(DutyList.centre_id == centre_id).order_by(DutyList.valid_from.desc(), DutyList.id.desc())
    )
    return tuple(tuple(row) for row in rows)


def list_on(centre_id: int, *, on: date) -> tuple[int, str, str, date, str] | None:
    """Return the edition that holds on a day, None before the first."""
    return next((each for each in lists(centre_id) if each[3] <= on), None)


@kept(DutyList, DutyItem)
def items_of(list_id: int) -> tuple[Item, ...]:
    """Return the items of an edition in the order of its document."""
    query = select(DutyItem).where(DutyItem.list_id == list_id).order_by(DutyItem.position)
    return tuple(_item(row) for row in session.scalars(query))


def items(centre_id: int, *, on: date) -> tuple[Item, ...]:
    """Return the items that hold on a day; none before the first list."""
    edition = list_on(centre_id, on=on)
    return items_of(edition[0]) if edition else ()


def found_in(text: str, given: Sequence[Item]) -> list[Item]:
    """Return those of some items that hold every word that was typed."""
    return rules.matching(text, given)


def count(given: Sequence[Item], kind: DutyKind) -> tuple[int, int]:
    """Return how many of some items are of a kind, in how many classes."""
    own = [each for each in given if each.kind == kind]
    return len(own), len({each.class_name for each in own})


def likely(told: str, *, centre_id: int, on: date, limit: int = 5) -> list[Item]:
    """Return the items that a dispute told in these words is most likely about, the likeliest first."""
    return rules.likely(told, items(centre_id, on=on), limit=limit)


def item(item_id: int | None) -> Item | None:
    """Return an item of any edition by its row id, None for none."""
    row = session.get(DutyItem, item_id) if item_id else None
    return _item(row) if row else None


def items_by_id(ids) -> dict[int, Item]:
    """Return items of any edition by their row ids."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    return {row.id: _item(row) for row in session.scalars(select(DutyItem).where(DutyItem.id.in_(wanted)))}


def get(public_id: str, *, centre_id: int) -> Item:
    """Return an item of a centre by its public id. Raises NotFound."""
    query = select(DutyItem).join(DutyList, DutyList.id == DutyItem.list_id)
    row = session.scalar(query.where(DutyItem.public_id == public_id, DutyList.centre_id == centre_id))
    if row is None:
        raise NotFound()
    return _item(row)


def _item(row: DutyItem) -> Item:
    return Item(
        row.kind, row.class_name, row.number, row.text, row.lead, tuple(row.assisting.get("names", ())),
        row.basis or "", row.public_id, row.lead_unit_id, row.id,
    )
