"""Reading phrases."""

from sqlalchemy import or_, select

from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor
from mediation.registry.phrases.models import Phrase


def listing(by: Actor, *, ended: bool = False) -> list[Phrase]:
    """Return the centre's phrases and the actor's own, own ones first, by code; with ``ended`` those out of use."""
    query = _of(by).where(Phrase.ended_on.is_not(None) if ended else Phrase.ended_on.is_(None))
    return list(session.scalars(query.order_by(Phrase.account_id.is_(None), Phrase.code, Phrase.id)))


def usable(by: Actor, *, type_code: str | None) -> list[Phrase]:
    """Return the phrases that fit a dispute of a level-1 type, own ones first: of one code the own one counts."""
    fits = or_(Phrase.type_code.is_(None), Phrase.type_code == type_code)
    query = _of(by).where(Phrase.ended_on.is_(None), fits).order_by(Phrase.account_id.is_(None), Phrase.code)
    found: dict[str, Phrase] = {}
    for phrase in session.scalars(query):
        found.setdefault(phrase.code, phrase)
    return list(found.values())


def get(public_id: str, *, for_: Actor) -> Phrase:
    """Return a phrase of the centre or the actor's own. Raises NotFound."""
    found = session.scalar(_of(for_).where(Phrase.public_id == public_id))
    if found is None:
        raise NotFound()
    return found


def _of(by: Actor):
    mine = or_(Phrase.account_id.is_(None), Phrase.account_id == by.account_id)
    return select(Phrase).where(Phrase.centre_id == by.centre_id, mine)
