"""The card about each type (row 28): who handles it, by which law, whom to call, what to mind; dated, per centre."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from mediation.ground import trail
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.editions import changed, kept
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.registry.causes import queries
from mediation.registry.causes.models import GuideVersion
from mediation.registry.causes.operations import MANAGE, SYSTEM
from mediation.registry.causes.rules import line_of

TABLE = Path(__file__).with_name("guides.csv")
PARTS = ("who", "law", "phone", "note")
FOUNDED = date(2010, 1, 1)


class Bar(Reason):
    """Why a card cannot be changed so."""

    TOO_EARLY = "guide_too_early", N_("日期不能早于现在这一版的启用日期%(since)s")
    NOTHING = "guide_unchanged", N_("没有改动")


@dataclass(frozen=True)
class Guide:
    """What a card says. ``code`` is the type that it was written for, which may lie above the one asked about."""

    code: str
    who: str = ""
    law: str = ""
    phone: str = ""
    note: str = ""
    valid_from: date = FOUNDED


@lru_cache(1)
def built_in() -> dict[str, Guide]:
    """Return the cards that come with the program, by type."""
    with TABLE.open(encoding="utf-8") as file:
        return {row["code"]: Guide(**row) for row in csv.DictReader(file)}


def guide(code: str | None, *, on: date, centre_id: int) -> Guide | None:
    """Return the card for a type on a day: its own, else that of the nearest type above; None without any."""
    cards = _cards(centre_id)
    for each in reversed(line_of(code)) if code else ():
        found = next((card for card in cards.get(each, ()) if card.valid_from <= on), None)
        if found is not None:
            return found
    return None


def versions(code: str, *, centre_id: int) -> list[GuideVersion]:
    """Return what a centre has written on the card of a type, the newest first."""
    mine = select(GuideVersion).where(GuideVersion.centre_id == centre_id, GuideVersion.code == code)
    return list(session.scalars(mine.order_by(GuideVersion.id.desc())))


def rewritten(code: str, words: Mapping[str, str], *, by, on: date) -> Guide:
    """Return the card that :func:`rewrite` would write. Raises as it does."""
    if by.role != SYSTEM and not by.may(MANAGE):
        raise NotAllowed(MANAGE)
    if queries.dispute_type(code, centre_id=by.centre_id) is None:
        raise NotFound()
    said = {part: (words.get(part) or "").strip() for part in PARTS}
    if not said["who"]:
        raise Invalid(who=N_("写清谁来办"))
    before = next(iter(_cards(by.centre_id).get(code, ())), None)
    if before is not None:
        if on < before.valid_from:
            raise RuleBroken(because(Bar.TOO_EARLY, since=before.valid_from))
        if said == {part: getattr(before, part) for part in PARTS}:
            raise RuleBroken(because(Bar.NOTHING))
    return Guide(code, **said, valid_from=on)


def rewrite(code: str, words: Mapping[str, str], *, by, on: date, why: str = "") -> int:
    """Let the card of a type say this from a day on; return the version's id.

    ``words`` has ``who``, ``law``, ``phone`` and ``note``. Raises NotAllowed, NotFound, Invalid without ``who``, and
    RuleBroken for a day before the present version or where nothing changes.
    """
    new = rewritten(code, words, by=by, on=on)
    facts = {part: getattr(new, part) for part in PARTS} | {"why": why.strip()}
    row = GuideVersion(
        id=new_id(), centre_id=by.centre_id, code=code, facts=facts, valid_from=on, set_by_id=by.account_id,
    )
    session.add(row)
    changed(GuideVersion)
    trail.record("guides.change", by=by, about=row, params={"code": code, "on": on})
    return row.id


@kept(GuideVersion)
def _cards(centre_id: int) -> dict[str, tuple[Guide, ...]]:
    """Return the cards of each type, the newest first, the program's own last."""
    found = {code: (card,) for code, card in built_in().items()}
    rows = select(GuideVersion).where(GuideVersion.centre_id == centre_id).order_by(GuideVersion.id)
    for row in session.scalars(rows):
        found[row.code] = (of_row(row), *found.get(row.code, ()))
    return found


def of_row(row: GuideVersion) -> Guide:
    """Return the card of one row."""
    return Guide(row.code, **{part: row.facts.get(part, "") for part in PARTS}, valid_from=row.valid_from)
