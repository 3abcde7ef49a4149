"""Receiving somebody, answering, noting, handing a paper out again, calling back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case, Party, Representative
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import trail
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import NotFound, RuleBroken, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth
from mediation.stages.contacts import queries, rules
from mediation.stages.contacts.models import Contact, Visit
from mediation.stages.contacts.rules import Bar, CallBack, Identified, Kind, Manner, Reached, Topic, Who

SEATS = {CallBack.MEDIATOR: seats.MEDIATORS, CallBack.UNIT: seats.HEAD, CallBack.DESK: seats.CLERKS}


@dataclass(frozen=True)
class Promise:
    """That somebody calls back: on whose list it goes, and by which day."""

    to: CallBack
    by_day: date | None


@once
def receive(
    case_public_id: str, *, manner: str, identified: str, party: str | None = None, beside: str | None = None,
    claimed: str = "", tail: str = "", by: Actor, on: date, key: str | None = None,
) -> str:
    """Write down who is here and how they were known, before anything is told. Returns the visit's public id.

    ``party`` or ``beside`` (who stands beside a party) by public id; a stranger has neither and gives a name. Of a case
    that the actor sees no deeper than its progress nobody is named. Raises RuleBroken, NotFound, NotAllowed.
    """
    case = cases.get(case_public_id, for_=by, depth=Depth.PROGRESS)
    row, who = _who(case, party, beside, claimed, by)
    how = known(Identified, identified, "identified")
    visit = Visit(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, data_key=keys().new_data_key(),
        manner=known(Manner, manner, "manner"), identified=how, on=on, account_id=by.account_id, unit_id=by.unit_id,
        party_id=row.party_id if isinstance(row, Representative) else row.id if row else None,
        representative_id=row.id if isinstance(row, Representative) else None,
    )
    visit.claimed = claimed.strip() or None if row is None else None
    steps.take(
        "case.receive_visitor", case, by=by, on=on, facts={"manner": visit.manner, "identified": how},
        bars=rules.identity_obstacles(who, how, tail),
    )
    session.add(visit)
    session.flush()
    return visit.public_id


def _who(case, party, beside, claimed, by):
    """Return the row that stands for somebody, and what is known of them."""
    if (party or beside) and not cases.sees(case, by, Depth.CONTENTS):
        raise NotFound()
    for each in cases.parties_of(case.id) if party or beside else ():
        if each.public_id == party:
            return each, Who(each.name, phone_tail=each.person.phone_tail if each.person else None)
        for row in each.representatives:
            if row.public_id == beside:
                return row, Who(row.name, phone_tail=(row.phone or "")[-4:] or None)
    if party or beside:
        raise NotFound()
    return None, Who(claimed=claimed)


@once
def answer(
    visit_public_id: str, *, topic: str, told: str, asked: str = "", promise: Promise | None = None, by: Actor,
    on: date, key: str | None = None,
) -> str:
    """Keep what was asked and answered; a promised call goes on somebody's list, who hears of it. Returns its id.

    Raises RuleBroken when nothing was said, the visit is over or the promise cannot be kept.
    """
    visit, case = _running(visit_public_id, by, on)
    bars = [] if told.strip() else [because(Bar.NOTHING_SAID)]
    to, day = (promise.to, promise.by_day) if promise else (None, None)
    bars += rules.call_back_obstacles(
        to, day, on=on, has_mediator=case.mediator_id is not None, has_unit=case.lead_unit_id is not None
    )
    facts = {"topic": known(Topic, topic, "topic")} | ({"call_back_on": day, "call_back": to} if to else {})
    row = _contact(visit, Kind.ANSWER, by, topic=topic, call_back=to, call_back_on=day)
    row.asked, row.told = asked.strip() or None, told.strip()
    _take("case.answer_party", case, by, on, facts=_plain(facts), bars=bars)
    _add(row)
    if to in SEATS:
        notices.tell(case, seats.Event.CALL_BACK, SEATS[to], by=by, mark=row.id, due_on=day)
    return row.public_id


@once
def note(visit_public_id: str, *, text: str, by: Actor, on: date, key: str | None = None) -> str:
    """Keep what somebody at the window said or brought up, for the next one who opens the case."""
    visit, case = _running(visit_public_id, by, on)
    row = _contact(visit, Kind.NOTE, by)
    row.told = text.strip()
    _take("case.answer_party", case, by, on, facts={"kind": Kind.NOTE},
          bars=[] if text.strip() else [because(Bar.NO_NOTE)])
    _add(row)
    return row.public_id


def hand_out(visit_public_id: str, *, paper: str, by: Actor, on: date) -> str:
    """Let a paper be printed again for whoever is here; each time is written down (row 8). Returns its public id.

    Raises RuleBroken for a paper that is not for this person, NotFound for one of another case.
    """
    visit, case = _running(visit_public_id, by, on)
    if not queries.tells_contents(visit, case, by):
        raise RuleBroken(because(Bar.NOT_KNOWN))
    row = session.scalar(select(Paper).where(Paper.public_id == paper, Paper.case_id == case.id))
    if row is None or row.state != PaperState.READY:
        raise NotFound()
    if not queries.is_for(row, visit):
        raise RuleBroken(because(Bar.NOT_FOR_PARTIES))
    trail.record(
        "paper.handed_out", by=by, about=row, case_id=case.id, params={"kind": row.kind, "number": row.number}
    )
    return row.public_id


def called(
    contact_public_id: str, *, reached: str, words: str = "", version: int | None = None, by: Actor, on: date
) -> str:
    """Write what came of a promised call; one that nobody answered stays on the list. Returns the contact's id.

    Raises RuleBroken when it was made already or says nothing, Stale when somebody was faster.
    """
    row, case = cases.child(Contact, contact_public_id, for_=by, depth=Depth.PROGRESS)
    if version is not None and version != row.version:
        raise Stale()
    what = known(Reached, reached, "reached")
    bars = [because(Bar.CALLED)] if row.call_back is None or row.called_on else []
    bars += [because(Bar.NO_WORDS)] if what != Reached.NO_ANSWER and not words.strip() else []
    _take("case.call_back", case, by, on, facts={"reached": what}, bars=bars)
    row.reached, row.called_by_id, row.version = what, by.account_id, row.version + 1
    if words.strip():
        row.called = words.strip()
    if what != Reached.NO_ANSWER:
        row.called_on = on
    session.flush()
    return row.public_id


def _running(visit_public_id, by, on) -> tuple[Visit, Case]:
    """Return a visit of today and its case: who was known yesterday may be somebody else today."""
    visit, case = queries.visit(visit_public_id, for_=by)
    if visit.on != on:
        raise RuleBroken(because(Bar.OVER), about=case.public_id)
    return visit, case


def _take(step, case, by, on, *, facts, bars):
    """Take a step that follows from a visit: who may receive people may also answer them."""
    steps.require(STEPS["case.receive_visitor"], case, by=by)
    steps.take(step, case, by=by, on=on, facts=facts, bars=bars, implied=True)


def _contact(visit, kind, by, **values) -> Contact:
    return Contact(
        id=new_id(), centre_id=visit.centre_id, case_id=visit.case_id, visit_id=visit.id,
        data_key=keys().new_data_key(), kind=kind, account_id=by.account_id, unit_id=by.unit_id, **values,
    )


def _add(row):
    session.add(row)
    session.flush()


def _plain(facts):
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def name_of(visit: Visit, parties: list[Party] | tuple[Party, ...]) -> str:
    """Return who was here, as the case names them; a stranger by the name that they gave."""
    for party in parties:
        if party.id == visit.party_id:
            beside = (row.name for row in party.representatives if row.id == visit.representative_id)
            return next(beside, party.name)
    return visit.claimed or ""
