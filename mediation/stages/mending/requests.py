"""Asking for a correction and deciding on it: who asks is never who allows."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from mediation.casefile.cases import progress, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import MendingState
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.recipients import Recipient
from mediation.casefile.notices.rules import Event
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, Obstacle, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth, Permission, Role
from mediation.registry.people.operations import Identity
from mediation.registry.staff import queries as staff
from mediation.stages.intake import corrections, versions
from mediation.stages.mending import effects, rules, wrongparty
from mediation.stages.mending.models import MendingRequest
from mediation.stages.mending.rules import Bar, Mend

DATES = frozenset({"applied_on", "court_received_on", "pending_since"})


@once
def ask_to_correct(
    case_public_id: str, changes: Mapping[str, Any], *, version: int, reason: str, by: Actor, on: date,
    key: str | None = None,
) -> str:
    """Ask for corrections of an accepted case; nothing changes before somebody else allows it. Return the public id.

    ``changes`` and ``version`` as :func:`corrections.correct` takes them. Raises Stale, RuleBroken when nothing of it
    needs anybody's word, the corrected registration would not be complete, or another request waits.
    """
    case = cases.get(case_public_id, for_=by)
    steps.require(steps.STEPS["case.correct"], case, by=by)
    versions.same(case, version, case_id=case.id, stored=lambda: corrections.stored(case))
    changed = corrections.differing(case, changes)
    bars = [] if corrections.weighs(case, changed) else [because(Bar.NOTHING_WEIGHTY)]
    bars += corrections.bars_of(case, changed, by=by, on=on) if changed else []
    plain = {name: [_plain(before), _plain(after)] for name, (before, after) in changed.items()}
    return ask(case, Mend.REGISTRATION, {"fields": plain}, reason=reason, bars=bars, by=by, on=on)


@once
def ask_about_party(
    party_public_id: str, *, identity: Identity | None = None, reason: str, by: Actor, on: date, key: str | None = None
) -> str:
    """Ask for taking off a party who has spoken, was told or came; with ``identity`` for the right one instead."""
    party, case = cases.child(Party, party_public_id, for_=by)
    steps.require(steps.STEPS["case.supplement"], case, by=by)
    party = next(each for each in cases.parties_of(case.id) if each.id == party.id)
    bars = wrongparty.bars_of(party, case, replaced=identity is not None, is_approved=True)
    if not wrongparty.standing_of(party, case).deeds():
        bars.append(because(Bar.NOTHING_WEIGHTY))
    content = {"party": party.public_id, "name": party.name}
    kind = Mend.PARTY_OFF
    if identity is not None:
        content["identity"], kind = wrongparty.identity_as(identity), Mend.PARTY_REPLACED
    return ask(case, kind, content, reason=reason, bars=bars, by=by, on=on)


_CARRIES_OUT: dict[Mend, Callable] = {
    Mend.PARTY_OFF: wrongparty.carry_out, Mend.PARTY_REPLACED: wrongparty.carry_out,
}


def carries_out(kind: Mend):
    """Register ``function(case, content, *, by, on, reason)`` that does what a request asked for."""

    def register(function):
        _CARRIES_OUT[kind] = function
        return function

    return register


def ask(
    case: Case, kind: Mend, content: dict, *, reason: str, bars: Sequence[Obstacle], by: Actor, on: date
) -> str:
    """Write a request with its sealed content and tell who may decide; one waits at a time. Raises RuleBroken."""
    reason = reason.strip()
    bars = [*([] if reason else [because(Bar.NO_REASON)]), *bars]
    if open_of(case.id) is not None:
        bars.append(because(Bar.ASKED_ALREADY, cure="mending.approve"))
    request = MendingRequest(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, state=MendingState.ASKED, kind=kind, reason=reason,
        asked_on=on, asked_by_id=by.account_id, asked_post_id=by.post_id, asked_role=by.role, effect={},
    )
    text = json.dumps(content, ensure_ascii=False)
    request.content_sealed = case.box().seal(text, "mending_requests", "content", request.id)
    steps.take(
        "mending.ask", request, case=case, by=by, on=on, reason=reason or None, bars=bars, facts={"kind": kind},
        implied=True,
    )
    told = (seats.HEAD, seats.SUPERVISOR) if _heads_besides(case, by) else (seats.SUPERVISOR,)
    notices.tell(case, Event.MEND_ASKED, *told, by=by, mark=request.id, who=by.signed)
    return request.public_id


def _heads_besides(case: Case, by: Actor) -> bool:
    """Say whether the leading unit has a head who may decide: nobody decides on what they asked for themselves."""
    return case.lead_unit_id is not None and not (by.role is Role.HEAD and by.unit_id == case.lead_unit_id)


def get(public_id: str, *, for_: Actor) -> tuple[MendingRequest, Case]:
    """Return a request and its case: for who sees the contents, and for who may decide on it.

    A supervisor sees what is to be changed and nothing else of the contents; of a sealed case not even that.
    """
    if for_.role is not Role.SUPERVISOR:
        return cases.child(MendingRequest, public_id, for_=for_)
    request, case = cases.child(MendingRequest, public_id, for_=for_, depth=Depth.PROGRESS)
    if case.is_sealed and not cases.sees(case, for_, Depth.CONTENTS):
        raise NotFound()
    return request, case


def content_of(request: MendingRequest, case: Case) -> dict:
    """Return what is asked for: ``fields`` {name: [before, after]} or ``party`` with the identity to come."""
    return json.loads(case.box().open(request.content_sealed, "mending_requests", "content", request.id))


def decision_bars(request: MendingRequest, *, by: Actor) -> list[Obstacle]:
    """Return what forbids the actor to decide on a request."""
    posts = staff.posts_behind([request.asked_post_id, by.post_id])
    asked = (request.asked_by_id, *posts.get(request.asked_post_id, ()))
    return rules.decision_obstacles(asked_by=asked, decides=(by.account_id, *posts.get(by.post_id, ())))


@once
def approve(public_id: str, *, version: int, words: str, by: Actor, on: date, key: str | None = None) -> str:
    """Allow a request: what was asked for happens now, last days follow, papers that are out are named.

    Raises RuleBroken when the request is the decider's own or the case has changed under it, Stale when somebody else
    has decided, NotAllowed.
    """
    request, case = _deciding(public_id, version, by=by)
    content, was = content_of(request, case), effects.before(case)
    bars = [*decision_bars(request, by=by), *rules.words_obstacles(words), *_overtaken(request, case, content)]
    steps.take(
        "mending.approve", request, case=case, by=by, on=on, reason=words.strip() or None, bars=bars,
        facts={"kind": request.kind}, implied=by.role is Role.SUPERVISOR,
    )
    if request.kind == Mend.REGISTRATION:
        changed = {name: tuple(_real(name, each) for each in pair) for name, pair in content["fields"].items()}
        case.version += 1
        corrections.apply(case, changed, reason=request.reason, by=by, on=on, implied=True)
    else:
        _CARRIES_OUT[request.kind](case, content, by=by, on=on, reason=request.reason)
    request.effect = effects.after(case, was)
    return _decided(request, case, Event.MEND_APPROVED, words, by=by, on=on)


@once
def refuse(public_id: str, *, version: int, words: str, by: Actor, on: date, key: str | None = None) -> str:
    """Do not allow a request, for a reason; the case stays as it is. Raises as :func:`approve`."""
    request, case = _deciding(public_id, version, by=by)
    bars = [*decision_bars(request, by=by), *rules.words_obstacles(words)]
    steps.take(
        "mending.refuse", request, case=case, by=by, on=on, reason=words.strip() or None, bars=bars,
        facts={"kind": request.kind}, implied=True,
    )
    return _decided(request, case, Event.MEND_REFUSED, words, by=by, on=on)


def _deciding(public_id, version, *, by):
    request, case = get(public_id, for_=by)
    if not by.may(Permission.MENDS_DECIDE):
        raise NotAllowed(Permission.MENDS_DECIDE)
    if by.role is not Role.SUPERVISOR:
        steps.require(steps.STEPS["mending.approve"], case, by=by)
    versions.same(request, version, case_id=case.id, stored=lambda: {"version": request.version})
    return request, case


def _overtaken(request, case, content):
    if request.kind != Mend.REGISTRATION:
        return []
    now = corrections.stored(case)
    moved = [name for name, (before, _after) in content["fields"].items() if _plain(now[name]) != before]
    return [because(Bar.OVERTAKEN)] if moved else []


def _decided(request, case, event, words, *, by, on):
    request.decided_on, request.decided_by_id, request.decided_post_id = on, by.account_id, by.post_id
    request.words = words.strip()
    session.flush()
    asker = Recipient(Role(request.asked_role), account_id=request.asked_by_id)
    notices.write([notices.row(case.id, case.centre_id, event, asker, request.id, {"who": by.signed})])
    return request.public_id


@once
def withdraw(public_id: str, *, by: Actor, on: date, key: str | None = None) -> str:
    """Take one's own request back before anybody has decided."""
    request, case = get(public_id, for_=by)
    bars = [] if request.asked_by_id == by.account_id else [because(Bar.NOT_OWN)]
    steps.take(
        "mending.withdraw", request, case=case, by=by, on=on, bars=bars, facts={"kind": request.kind}, implied=True
    )
    return request.public_id


def open_of(case_id: int) -> MendingRequest | None:
    """Return the request of a case that waits for a decision."""
    return next((each for each in of_case(case_id) if each.state == MendingState.ASKED), None)


@until_written(MendingRequest)
def of_case(case_id: int) -> list[MendingRequest]:
    """Return every request of a case, oldest first. A case that nobody asked about, as its history says, has none."""
    if not progress.had(case_id, "mending"):
        return []
    query = select(MendingRequest).where(MendingRequest.case_id == case_id).order_by(MendingRequest.id)
    return list(session.scalars(query))


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _real(name, value):
    return date.fromisoformat(value) if name in DATES and value else value
