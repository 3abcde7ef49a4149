"""Writing a note, changing it for a few minutes, going on from it, deleting it so that a mark stays."""

from collections.abc import Collection

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.notes import queries, rules
from mediation.casefile.notes.models import CaseNote
from mediation.casefile.notes.rules import Reader
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices.recipients import Recipient
from mediation.casefile.notices.rules import Event
from mediation.ground import clock, trail
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, Obstacle, RuleBroken, Stale, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.registry.staff.queries import Colleague

MINUTES = "notes.edit_minutes"  # dated setting of the house


@once
def write(
    case_public_id: str, *, by: Actor, key: str | None = None, text: str, mentioned: Collection[str] = (),
    follows: str | None = None,
) -> str:
    """Write a note for the colleagues who work on the case; whoever is mentioned is told once.

    ``mentioned`` are accounts by public id, beside the names that stand behind an @; ``follows`` is the note that this
    one goes on from. Returns the note's public id. Raises RuleBroken, NotAllowed for who only reads, NotFound.
    """
    case = _open_to(by, case_public_id)
    earlier = _of(case, follows, by) if follows else None
    told = _mentioned(case, text, mentioned, by=by)
    note = CaseNote(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, account_id=by.account_id, author=by.name, role=by.role,
        unit_id=by.unit_id, data_key=keys().new_data_key(), mentions=_kept(told), written_at=clock.now(),
        follows_id=earlier.id if earlier else None,
    )
    note.text = text.strip()
    session.add(note)
    session.flush()
    trail.record("note.written", by=by, about=note, case_id=case.id, params={"mentions": len(told)})
    _tell(case, note, told, by=by)
    return note.public_id


def edit(public_id: str, *, by: Actor, text: str, mentioned: Collection[str] = (), version: int | None = None) -> str:
    """Change one's own note within the dated minutes, while nobody went on from it; before and after are kept sealed.

    Who is mentioned newly is told. Raises RuleBroken, NotAllowed, NotFound, Stale.
    """
    note, case = queries.get(public_id, for_=by)
    _open_to(by, case.public_id)
    bars = change_bars(note, by=by)
    if bars:
        raise RuleBroken(*bars)
    if version is not None and version != note.version:
        raise Stale()
    told = _mentioned(case, text, mentioned, by=by)
    before, known = note.text, set(note.mentions.get("accounts", ()))
    note.text, note.mentions, note.edited_at = text.strip(), _kept(told), clock.now()
    note.version += 1
    session.flush()
    changed = {"text": (before, note.text)}
    trail.record("note.edited", by=by, about=note, case_id=case.id, changed=changed, box=case.box())
    _tell(case, note, [each for each in told if each.public_id not in known], by=by)
    return note.public_id


def delete(public_id: str, *, by: Actor) -> str:
    """Delete one's own note: its place stays with a mark, its text is gone; what it was is kept sealed in the trail."""
    note, case = queries.get(public_id, for_=by)
    _open_to(by, case.public_id)
    if note.account_id != by.account_id:
        raise RuleBroken(because(rules.Bar.NOT_YOURS))
    if note.deleted_at is None:
        before = note.text
        note.text, note.mentions, note.deleted_at = None, {}, clock.now()
        note.version += 1
        session.flush()
        changed = {"text": (before, None)}
        trail.record("note.deleted", by=by, about=note, case_id=case.id, changed=changed, box=case.box())
    return note.public_id


def change_bars(note: CaseNote, *, by: Actor) -> list[Obstacle]:
    """Return what forbids the actor to change a note."""
    return _change_bars(note, _minutes(note.centre_id), bool(queries.added_to([note])), by)


def changeable(notes: Collection[CaseNote], *, by: Actor) -> set[str]:
    """Return those of some notes that the actor may still change, by public id."""
    own = [note for note in notes if note.account_id == by.account_id and note.deleted_at is None]
    if not own:
        return set()
    minutes, added = _minutes(by.centre_id), queries.added_to(own)
    return {note.public_id for note in own if not _change_bars(note, minutes, note.id in added, by)}


def _minutes(centre_id: int) -> int:
    return settings.number(MINUTES, on=clock.today(), centre_id=centre_id)


def _change_bars(note: CaseNote, minutes: int, is_added_to: bool, by: Actor) -> list[Obstacle]:
    return rules.change_obstacles(
        is_author=note.account_id == by.account_id, is_gone=note.deleted_at is not None, written_at=note.written_at,
        now=clock.now(), minutes=minutes, is_added_to=is_added_to,
    )


def _open_to(by: Actor, case_public_id: str) -> Case:
    case = cases.get(case_public_id, for_=by)
    if not access.acts_on(by, case):
        raise NotAllowed("note")
    return case


def _of(case: Case, public_id: str, by: Actor) -> CaseNote:
    note, its_case = queries.get(public_id, for_=by)
    if its_case.id != case.id:
        raise NotFound()
    return note


def _mentioned(case: Case, text: str, chosen: Collection[str], *, by: Actor) -> list[Colleague]:
    people = queries.readers(case, but=by)
    found, bars = rules.mentioned(text, chosen, [Reader(each.public_id, each.name) for each in people])
    bars = rules.text_obstacles(text) + bars
    if bars:
        raise RuleBroken(*bars)
    return [each for each in people if each.public_id in found]


def _kept(told: list[Colleague]) -> dict:
    return {"accounts": [each.public_id for each in told], "names": [each.name for each in told]}


def _tell(case: Case, note: CaseNote, told: list[Colleague], *, by: Actor) -> None:
    to = [Recipient(each.role, account_id=each.account_id) for each in told]
    notices.tell_one(case, Event.MENTIONED, *to, by=by, mark=note.id, who=by.name, note=note.public_id)
