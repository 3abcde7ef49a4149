"""Keeping phrases: adding, mending, ending them."""

from datetime import date

from sqlalchemy import select

from mediation.ground import trail
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, RuleBroken, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.phrases import queries, rules
from mediation.registry.phrases.models import Phrase
from mediation.registry.phrases.rules import Bar, Place


@once
def add(
    *, by: Actor, on: date, key: str | None = None, code: str, text: str, place: str = Place.ANY,
    type_code: str | None = None, shared: bool = False,
) -> str:
    """Keep a phrase, one's own or, with ``shared``, the centre's. Returns its public id.

    Raises NotAllowed, RuleBroken: no code, no text, a code that is in use.
    """
    _require(by, shared)
    return _write(by, on, code, text, place, type_code, shared).public_id


def change(
    public_id: str, *, by: Actor, on: date, version: int, code: str, text: str, place: str = Place.ANY,
    type_code: str | None = None,
) -> str:
    """Put another phrase in the place of one, which is ended and stays; return the new one's public id.

    Raises as :func:`add`, and Stale when somebody was faster.
    """
    phrase = _in_use(public_id, by)
    if phrase.version != version:
        raise Stale()
    _end(phrase, on)
    return _write(by, on, code, text, place, type_code, phrase.account_id is None).public_id


def end(public_id: str, *, by: Actor, on: date) -> str:
    """Take a phrase out of use; records that it went into keep it."""
    phrase = _in_use(public_id, by)
    _end(phrase, on)
    trail.record("phrase.ended", by=by, about=phrase, params={"code": phrase.code})
    return phrase.public_id


def _write(by, on, code, text, place, type_code, shared) -> Phrase:
    code, text, owner = code.strip().lstrip(";；").lower(), text.strip(), None if shared else by.account_id
    same = select(Phrase.id).where(Phrase.centre_id == by.centre_id, Phrase.code == code, Phrase.ended_on.is_(None))
    taken = session.scalar(same.where(Phrase.account_id == owner if owner else Phrase.account_id.is_(None)).limit(1))
    if bars := rules.obstacles(code, text, taken=taken is not None):
        raise RuleBroken(*bars)
    phrase = Phrase(
        id=new_id(), centre_id=by.centre_id, account_id=owner, code=code, text=text, since=on,
        place=known(Place, place, "place"), type_code=type_code or None, made_by_id=by.account_id,
    )
    session.add(phrase)
    session.flush()
    trail.record("phrase.kept", by=by, about=phrase, params={"code": code, "shared": shared})
    return phrase


def _in_use(public_id: str, by: Actor) -> Phrase:
    phrase = queries.get(public_id, for_=by)
    _require(by, phrase.account_id is None)
    if phrase.ended_on is not None:
        raise RuleBroken(because(Bar.ENDED))
    return phrase


def _end(phrase: Phrase, on: date) -> None:
    phrase.ended_on = on
    phrase.version += 1
    session.flush()


def _require(by: Actor, shared: bool) -> None:
    needed = Permission.PHRASES_SHARE if shared else Permission.PHRASES_KEEP
    if by.role != Role.SYSTEM and not by.may(needed):
        raise NotAllowed(needed)
