"""The list of members: looked at before it is taken, taken line by line, safe to paste again (row 20)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.ground.pinyin import initials
from mediation.registry.access.rules import Actor
from mediation.registry.people import bulk
from mediation.registry.people import operations as people
from mediation.registry.people.models import Person
from mediation.registry.people.operations import Identity
from mediation.stages.groups import following, queries, reading
from mediation.stages.groups.models import CaseGroup, GroupMember
from mediation.stages.groups.reading import MOST_LINES, Judged, Known, Verdict
from mediation.stages.groups.rules import Work


@dataclass(frozen=True)
class Preview:
    """What would become of a pasted list."""

    lines: list[Judged]
    people_after: int
    fen_after: int

    def count(self, verdict: Verdict) -> int:
        return sum(each.verdict == verdict for each in self.lines)

    @property
    def adds(self) -> int:
        return self.count(Verdict.NEW)

    @property
    def changes(self) -> int:
        return self.adds + self.count(Verdict.FILLS)

    @property
    def wrong(self) -> int:
        return self.count(Verdict.WRONG)


def preview(group_public_id: str, text: str, *, by: Actor, on: date) -> Preview:
    """Return what would become of each line; nothing is written. Raises NotFound, Invalid for too long a list."""
    group, _case = queries.get(group_public_id, for_=by)
    judged = _judged(group, text, on=on)
    new = [each.line for each in judged if each.verdict == Verdict.NEW]
    before = queries.figures(group)
    return Preview(judged, before.listed + len(new), before.listed_fen + sum(line.amount_fen or 0 for line in new))


@once
def add_members(group_public_id: str, text: str, *, by: Actor, on: date, key: str | None = None) -> str:
    """Take the right lines of a pasted list in; wrong ones are left out, people already on the list are filled in.

    Members become people of the register. Duties that the new headcount or sum brings are opened. A few questions to
    the database, however long the list. Raises NotFound, NotAllowed, Invalid, RuleBroken.
    """
    group, case = queries.get(group_public_id, for_=by)
    judged = _judged(group, text, on=on)
    new = [each.line for each in judged if each.verdict == Verdict.NEW]
    filled = [each for each in judged if each.verdict == Verdict.FILLS]
    told = {"what": Work.LISTED, "people": len(new)}
    steps.take("case.group", case, by=by, on=on, facts=told | ({"filled": len(filled)} if filled else {}))
    persons = bulk.take_in([identity(line) for line in new], by=by, on=on)
    join(group, [(person, line.name, line.amount_fen, line.place) for person, line in zip(persons, new, strict=True)])
    _fill(filled, by=by, on=on)
    following.follow(group, case, by=by, on=on)
    return group.public_id


def _judged(group: CaseGroup, text: str, *, on: date) -> list[Judged]:
    lines = reading.read(text, on=on)
    if len(lines) > MOST_LINES:
        raise Invalid(names=N_("一次最多1000行，分几次贴；贴过的不会重复加"))
    known = [
        Known(row.name, person.id_number_index, person.phone_index, row.amount_fen, row.place, (row, person))
        for row, person in queries.known_people(group)
    ]
    return reading.judge(lines, known, mark=_mark)


def _mark(kind: str, value: str) -> bytes:
    """Return by what the register finds a number again."""
    return keys().blind(value, f"people.{kind}")


def identity(line: reading.Line) -> Identity:
    return Identity(line.name, id_number=line.id_number, phone=line.phone, address=line.place or None)


def join(
    group: CaseGroup, coming: list[tuple[Person, str, int | None, str]], *, from_case: Case | None = None,
    parties: dict[int, int] | None = None,
) -> list[GroupMember]:
    """Put people on the list who are not on it: person, name, sum, place; ``parties`` are row ids by person."""
    there = {row.person_id for row, _person in queries.known_people(group)}
    last = session.scalar(select(func.max(GroupMember.position)).where(GroupMember.group_id == group.id)) or 0
    made = []
    for person, name, amount_fen, place in coming:
        if person.id in there:
            continue
        there.add(person.id)
        last += 1
        made.append(
            GroupMember(
                id=new_id(), centre_id=group.centre_id, group_id=group.id, case_id=group.case_id, person_id=person.id,
                party_id=(parties or {}).get(person.id), from_case_id=from_case.id if from_case else None,
                position=last, name=name, initials=initials(name)[:40], amount_fen=amount_fen, place=place or None,
            )
        )
    session.add_all(made)
    session.flush()
    return made


def _fill(filled: list[Judged], *, by: Actor, on: date) -> None:
    """Add to members what the list did not know; an ID number that is somebody's in the register makes them those."""
    known = bulk.by_numbers(by.centre_id, [each.line.id_number for each in filled if each.line.id_number])
    for row, person, line in ((*each.known.ref, each.line) for each in filled):
        if row.amount_fen is None:
            row.amount_fen = line.amount_fen
        row.place = row.place or line.place or None
        row.version += 1
        same = known.get(line.id_number)
        if same is not None and same.id != person.id and person.id_number_index is None and row.party_id is None:
            row.person_id = same.id
            continue
        lacking = {
            name: value for name, value in (("id_number", line.id_number), ("phone", line.phone))
            if value and not getattr(person, f"{name}_index") and (name != "id_number" or same is None)
        }
        if lacking:
            people.change(person, lacking, by=by, on=on, case_id=row.case_id)
