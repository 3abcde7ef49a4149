"""Setting the local words of a paper from a day on, and going back to those of the program."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.wordings import queries, rules
from mediation.registry.wordings.models import Wording
from mediation.registry.wordings.rules import Bar


@once
def set_texts(
    kind: str, texts: Mapping[str, str | None], *, valid_from: date, reason: str, by: Actor, read: int | None = None,
    key: str | None = None,
) -> str:
    """Let a paper bear these words from a day on; without any it says again what the program says. Returns a public id.

    ``read`` is the id of the newest edition that the writer saw, None for none. Papers that were issued keep theirs.
    Raises NotAllowed, NotFound for a paper without such places, Invalid without a reason, Stale, RuleBroken: law or
    too much in the words, a day in the past or before the present edition began (row 59).
    """
    if by.role is not Role.SYSTEM and not by.may(Permission.SETTINGS_MANAGE):
        raise NotAllowed(Permission.SETTINGS_MANAGE)
    if kind not in rules.PAPERS:
        raise NotFound()
    newest = queries.newest(kind, centre_id=by.centre_id)
    if (newest.id if newest else None) != read:
        raise Stale()
    if not reason.strip():
        raise Invalid(reason=N_("请填写"))
    words = rules.tidy(texts)
    bars = rules.obstacles(kind, words)
    if valid_from < clock.today():
        bars.append(because(Bar.IN_PAST))
    if newest is not None and valid_from < newest.valid_from:
        bars.append(because(Bar.STARTS_EARLIER, since=newest.valid_from))
    if bars:
        raise RuleBroken(*bars)
    if newest is not None:
        before = session.scalar(select(Wording).where(Wording.id == newest.id))
        before.valid_to = max(before.valid_from, valid_from - timedelta(days=1))
    row = Wording(
        centre_id=by.centre_id, kind=kind, texts=words, valid_from=valid_from, reason=reason.strip(),
        made_by_id=by.account_id,
    )
    session.add(row)
    session.flush()
    said = {"kind": kind, "on": valid_from, "was": dict(newest.texts) if newest else {}, "texts": words,
            "reason": row.reason}
    trail.record("wording.set", by=by, about=row, params=said)
    return row.public_id
