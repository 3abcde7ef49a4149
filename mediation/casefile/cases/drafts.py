"""What somebody has typed and not saved yet: sealed, one per account and form, back on the next visit."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from mediation.casefile.cases.models import Draft
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid
from mediation.ground.ids import new_id
from mediation.ground.once import insert_or_ignore
from mediation.registry.access.rules import Actor

LARGEST = 100_000  # letters; a story has at most 20,000
MOST_LOOKED_UP = 12  # people that one registration may ask "seen before" about (P25)
MOST_PAIRS = 24  # pairs of names: each is typed letter by letter

Fields = Sequence[tuple[str, str]]


def save(form: str, fields: Fields, *, by: Actor) -> datetime:
    """Keep the fields of a form as they were sent, in the order of the page; return when. Raises Invalid."""
    text = json.dumps(list(fields), ensure_ascii=False)
    if len(text) > LARGEST:
        raise Invalid(N_("内容太长，草稿没有存"))
    draft = _own(form, by)
    draft.content, draft.saved_at = text, clock.now()
    session.flush()
    return draft.saved_at


def load(form: str, *, by: Actor) -> tuple[list[tuple[str, str]], datetime] | None:
    """Return the fields kept for a form and when they were kept, None when there are none."""
    draft = _find(form, by)
    if draft is None:
        return None
    return [(name, value) for name, value in json.loads(draft.content)], draft.saved_at


def forget(form: str, *, by: Actor) -> None:
    """Drop what was kept for a form; what is saved needs no draft."""
    session.execute(delete(Draft).where(Draft.account_id == by.account_id, Draft.form == form))


def forget_old(before: datetime) -> int:
    """Drop what nobody has come back to since an instant; return how many drafts."""
    return session.execute(delete(Draft).where(Draft.saved_at < before)).rowcount


def may_look_up(
    form: str, person: Mapping[str, str], *, by: Actor, kind: str = "people", most: int = MOST_LOOKED_UP
) -> tuple[bool, bool]:
    """Count a look-up of a person against the draft it serves: (allowed, asked for the first time).

    ``kind`` keeps what is counted apart: people, or pairs of names. Who was asked about is remembered by a blind index,
    nobody can read it.
    """
    mark = keys().blind(json.dumps(person, sort_keys=True), "drafts.looked_up").hex()[:32]
    draft = _find(form, by) or _own(form, by)
    asked = list(draft.looked_up.get(kind, ()))
    if mark in asked:
        return True, False
    if len(asked) >= most:
        return False, False
    draft.looked_up = {**draft.looked_up, kind: [*asked, mark]}
    session.flush()
    return True, True


def _find(form, by):
    return session.scalar(select(Draft).where(Draft.account_id == by.account_id, Draft.form == form))


def _own(form, by):
    """Return the draft's row, made where there is none; of two that make it at once one waits for the other."""
    found = _find(form, by)
    if found is not None:
        return found
    key, row_id = keys().new_data_key(), new_id()
    values = {
        "id": row_id, "account_id": by.account_id, "form": form, "data_key": key, "looked_up": {},
        "content_sealed": keys().box(key).seal("[]", "drafts", "content", row_id), "saved_at": clock.now(),
    }
    session.execute(insert_or_ignore(Draft.__table__).values(values))
    return _find(form, by)
