"""Marking that a case was entered elsewhere, that it need not be, and taking a sheet of cases along."""

from collections.abc import Sequence
from datetime import date

from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.outside import operations as outside_numbers
from mediation.casefile.outside import queries as outside
from mediation.casefile.outside.models import OutsideNumber
from mediation.casefile.outside.rules import Status
from mediation.ground import clock, sheets, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission
from mediation.registry.people.rules import RevealReason
from mediation.registry.platforms import queries as platforms
from mediation.stages.copyout import keep, queries, values
from mediation.stages.copyout.models import PlatformEntry
from mediation.stages.copyout.rules import MOST_ROWS, Bar, EntryState
from mediation.stages.intake import operations as intake

STEP = STEPS["case.note_outside"]
ENTERED_NOW = (EntryState.WAITING, EntryState.WAIVED, EntryState.OFF)


@once
def enter(
    public_id: str, *, version: int, number: str, entered_on: date, by: Actor, on: date, status: str | None = None,
    note: str = "", key: str | None = None,
) -> str:
    """Write that a case was entered in a platform, on which day and under which number. Returns the entry's public id.

    The number becomes an outside number of the case, or the one that it has there already is said to be there now;
    marks of what was typed are kept. Raises NotFound, NotAllowed, Stale, RuleBroken with every reason (idea 7, row 36).
    """
    entry, case = _entry(public_id, by, version)
    edition = _edition(entry)
    number = number.strip()
    bars = [] if number else [because(Bar.NO_NUMBER)]
    if entered_on > on:
        bars.append(because(Bar.IN_FUTURE))
    if entry.state not in (*ENTERED_NOW, EntryState.ENTERED):
        bars.append(because(Bar.STATE, state=entry.state))
    if bars:
        raise RuleBroken(*bars, about=case.public_id)
    told = {"status": status or (Status.RUNNING if case.is_open else Status.DONE), "said_on": entered_on, "note": note}
    known = [each for each in outside.of_case(case.id) if each.system == edition.definition.system]
    row = next((each for each in known if each.number == number), None) or next(
        (each for each in known if each.id == entry.outside_id or not each.number), None
    )
    if row is None:
        ref = outside_numbers.add(
            case.public_id, system=edition.definition.system, number=number, by=by, on=on, **told
        )
        row, _case = outside.get(ref, for_=by)
    else:
        outside_numbers.note(row.public_id, version=row.version, number=number, by=by, on=on, **told)
    keep.mark_entered(entry, case, edition, row, on=entered_on)
    _written(entry, by)
    return entry.public_id


def note_again(public_id: str, *, version: int, by: Actor, on: date) -> None:
    """Write that what has changed here since was typed there, too. Raises NotFound, NotAllowed, Stale, RuleBroken."""
    entry, case = _entry(public_id, by, version)
    _require(entry, case, EntryState.ENTERED)
    row = session.get_one(OutsideNumber, entry.outside_id)
    entered_on = entry.entered_on
    outside_numbers.note(
        row.public_id, version=row.version, number=row.number, status=row.status, said_on=on, by=by, on=on,
        note=row.note or "",
    )
    keep.mark_entered(entry, case, _edition(entry), row, on=entered_on)
    _written(entry, by)


def waive(public_id: str, *, version: int, reason: str, by: Actor) -> None:
    """Write that a case need not be entered in a platform, and why. Raises NotFound, NotAllowed, Stale, RuleBroken."""
    entry, case = _entry(public_id, by, version)
    _require(entry, case, EntryState.WAITING, EntryState.OFF)
    if not reason.strip():
        raise RuleBroken(because(Bar.NO_REASON), about=case.public_id)
    entry.state, entry.reason = EntryState.WAIVED, reason.strip()[:400]
    _written(entry, by)
    _tell("copyout.waived", entry, by)


def put_back(public_id: str, *, version: int, by: Actor, on: date) -> None:
    """Put a case back onto the list: it was entered or waived by mistake. Its number there is taken back with it.

    Raises NotFound, NotAllowed, Stale, RuleBroken.
    """
    entry, case = _entry(public_id, by, version)
    _require(entry, case, EntryState.ENTERED, EntryState.WAIVED)
    number = session.get(OutsideNumber, entry.outside_id) if entry.outside_id else None
    if number is not None and not number.is_origin:
        outside_numbers.note(
            number.public_id, version=number.version, number="", status=Status.NOT_ENTERED, said_on=on, by=by, on=on,
            note=number.note or "",
        )
    entry.state, entry.entered_on, entry.outside_id, entry.reason = EntryState.WAITING, None, None, None
    entry.shown, entry.changed, entry.is_changed = {}, {}, False
    _written(entry, by)
    _tell("copyout.put_back", entry, by)
    keep.moved(case.id)


def reveal(
    public_id: str, *, reason: RevealReason, words: str = "", by: Actor
) -> dict[tuple[str, str], str]:
    """Return the covered numbers that a card asks for, by party and field, each on record with the reason (P23)."""
    entry, case = queries.get(public_id, for_=by)
    found = {}
    for party, name in queries.covered(case, _edition(entry).definition):
        found[party.public_id, name] = intake.reveal(
            party.public_id, name, of="party", reason=reason, words=words, by=by
        )
    return found


def export(
    public_ids: Sequence[str], platform: str, *, reason: str, with_numbers: bool, by: Actor
) -> bytes:
    """Return the chosen cases as a sheet in a platform's columns; each case's trail says who took it along, and why.

    Without ``with_numbers`` ID numbers and phones stay empty. Raises NotAllowed, NotFound for an unknown platform,
    Invalid without a reason, RuleBroken where nothing or too much was chosen (P26).
    """
    if not by.may(Permission.PLATFORM_EXPORT) or (with_numbers and not by.may(Permission.PERSON_REVEAL)):
        raise NotAllowed(Permission.PLATFORM_EXPORT)
    edition = platforms.platform(platform, centre_id=by.centre_id)
    if edition is None:
        raise NotFound()
    if not reason.strip():
        raise Invalid(reason=N_("请填写"))
    if not public_ids:
        raise RuleBroken(because(Bar.NONE_CHOSEN))
    if len(public_ids) > MOST_ROWS:
        raise RuleBroken(because(Bar.TOO_MANY, most=MOST_ROWS))
    found = queries.chosen(public_ids, platform, for_=by)
    if not found:
        raise RuleBroken(because(Bar.NONE_CHOSEN))
    fields = edition.definition.fields
    rows = []
    for entry, case in found:
        rows.append([_cell(values.File(case), each, with_numbers) for each in fields])
        entry.exported_at = clock.now()
        told = {"platform": edition.name, "reason": reason.strip(), "numbers": with_numbers, "rows": len(found)}
        trail.record("copyout.exported", by=by, about=entry, case_id=case.id, params=told)
    session.flush()
    return sheets.write(edition.name, [each.label for each in fields], rows)


def _cell(file, each, with_numbers) -> str:
    if each.ours.is_covered and not with_numbers and not values.is_open_number(
        values.party_of(file, each.ours), each.ours
    ):
        return ""
    text = values.text_of(file, each) or ""
    return text if each.longest is None else text[: each.longest]


def _entry(public_id, by, version):
    entry, case = queries.get(public_id, for_=by)
    steps.require(STEP, case, by=by)
    if entry.version != version:
        raise Stale()
    return entry, case


def _edition(entry: PlatformEntry):
    found = queries.edition_of(entry)
    if found is None:
        raise RuleBroken(because(Bar.NO_PLATFORM))
    return found


def _require(entry, case, *states) -> None:
    if entry.state not in states:
        raise RuleBroken(because(Bar.STATE, state=entry.state), about=case.public_id)


def _written(entry, by) -> None:
    entry.recorded_by_id = by.account_id
    entry.version += 1
    session.flush()


def _tell(event, entry, by) -> None:
    trail.record(event, by=by, about=entry, case_id=entry.case_id, params={"platform": _edition(entry).name})
