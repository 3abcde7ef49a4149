"""Drafts of changed rules: written, rehearsed, published from a day on, put back again. Row 24.

A published draft is never changed. What it replaced is kept with it, so that undoing it is one more draft, which is
rehearsed like any other.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.editions import changed
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission
from mediation.registry.units import queries as units
from mediation.stages.routing import advice, rehearsing, rulebook, table
from mediation.stages.routing.models import RoutingDraft, RoutingRuleRow
from mediation.stages.routing.rulebook import DraftState, RuleBar


@once
def begin(*, by: Actor, on: date, key: str | None = None, why: str) -> str:
    """Begin a draft; return its public id. Raises Invalid without a reason."""
    _require(by)
    return _made(by, why=_needed(why), changes={}).public_id


@once
def put(
    draft_public_id: str, *, by: Actor, on: date, key: str | None = None, version: int, number: int | None,
    values: Mapping[str, Any],
) -> str:
    """Write a rule into a draft: a new one without ``number``, else in place of the one that has it.

    ``values`` are those of ``rulebook.CHANGEABLE``. Raises RuleBroken with everything that is wrong with the rule,
    Stale when somebody changed the draft meanwhile.
    """
    draft = _own(draft_public_id, by, version)
    if number and str(number) not in draft.changes and number not in _numbers(draft, on):
        raise RuleBroken(because(RuleBar.NO_SUCH_RULE, number=number))
    number = number or _next_number(draft)
    rule = rulebook.rule_from(number, values)
    unit = units.unit(rule.unit_id) if rule.unit_id else None
    bars = rulebook.rule_obstacles(
        rule, unit_name=unit.name if unit else "", unit_tracks=advice.tracks_of(unit) if unit else ()
    )
    if str(number) not in draft.changes and len(draft.changes) >= rulebook.MOST_CHANGES:
        bars.append(because(RuleBar.TOO_MANY, most=rulebook.MOST_CHANGES))
    if bars:
        raise RuleBroken(*bars)
    _change(draft, {**draft.changes, str(number): rulebook.values_of(rule)})
    return draft.public_id


def switch_off(draft_public_id: str, number: int, *, by: Actor, on: date, version: int) -> str:
    """Write into a draft that the rule of a number holds no longer."""
    draft = _own(draft_public_id, by, version)
    if number not in _numbers(draft, on):
        raise RuleBroken(because(RuleBar.NO_SUCH_RULE, number=number))
    _change(draft, {**draft.changes, str(number): None})
    return draft.public_id


def take_out(draft_public_id: str, number: int, *, by: Actor, version: int) -> str:
    """Leave the rule of a number as it is."""
    draft = _own(draft_public_id, by, version)
    _change(draft, {each: values for each, values in draft.changes.items() if each != str(number)})
    return draft.public_id


def rehearse(draft_public_id: str, *, by: Actor, on: date) -> str:
    """Replay the draft on the last routed cases and keep what it showed with it."""
    draft = _own(draft_public_id, by)
    if not draft.changes:
        raise RuleBroken(because(RuleBar.NOTHING_CHANGED))
    present = table.rules_of(draft.centre_id, on=on)
    draft.rehearsal = rehearsing.replay(draft.centre_id, present, rulebook.applied(present, draft.changes), on=on)
    draft.rehearsed_mark, draft.rehearsed_at = rulebook.mark_of(present, draft.changes), clock.now()
    draft.version += 1
    return draft.public_id


@once
def publish(
    draft_public_id: str, *, by: Actor, on: date, key: str | None = None, version: int, valid_from: date
) -> str:
    """Let a draft hold from a day on, today or later; what it replaces is kept with it.

    Raises RuleBroken unless this very draft, upon the rules as they are, has been rehearsed.
    """
    draft = _own(draft_public_id, by, version)
    bars = publish_bars(draft, on=on, valid_from=valid_from)
    if bars:
        raise RuleBroken(*bars)
    before = {str(rule.number): rulebook.values_of(rule) for rule in table.rules_of(draft.centre_id, on=valid_from)}
    for number, values in draft.changes.items():
        _write(draft, int(number), values or before.get(number), is_off=values is None, valid_from=valid_from)
    draft.replaced = {number: before.get(number) for number in draft.changes}
    draft.state, draft.valid_from, draft.published_at = DraftState.PUBLISHED, valid_from, clock.now()
    draft.published_by_id, draft.published_by = by.account_id, by.name
    draft.version += 1
    changed(RoutingRuleRow)
    trail.record(
        "routing_rules.published", by=by, about=draft,
        params={"numbers": sorted(map(int, draft.changes)), "valid_from": valid_from, "mark": draft.rehearsed_mark},
    )
    return draft.public_id


def publish_bars(draft: RoutingDraft, *, on: date, valid_from: date | None = None) -> list:
    """Return what keeps a draft from being published now."""
    present = table.rules_of(draft.centre_id, on=on)
    return rulebook.publish_obstacles(
        draft.changes, rehearsed_mark=draft.rehearsed_mark, mark=rulebook.mark_of(present, draft.changes),
        draft_mark_known=draft.rehearsed_at is not None, too_early=valid_from is not None and valid_from < on,
    )


def drop(draft_public_id: str, *, by: Actor, version: int) -> str:
    """Give a draft up; it stays to be read."""
    draft = _own(draft_public_id, by, version)
    draft.state = DraftState.DROPPED
    draft.version += 1
    trail.record("routing_rules.dropped", by=by, about=draft)
    return draft.public_id


@once
def undo(draft_public_id: str, *, by: Actor, on: date, key: str | None = None) -> str:
    """Begin a draft that puts back what a published one replaced; it is rehearsed and published like any other."""
    _require(by)
    published = get(draft_public_id, for_=by)
    if published.state != DraftState.PUBLISHED:
        raise RuleBroken(because(RuleBar.NOT_PUBLISHED))
    draft = _made(by, why=f"{published.why}：撤回"[:400], changes=dict(published.replaced))
    draft.undoes_id = published.id
    return draft.public_id


def get(public_id: str, *, for_: Actor) -> RoutingDraft:
    """Return a draft of the actor's centre. Raises NotFound."""
    query = select(RoutingDraft).where(RoutingDraft.public_id == public_id, RoutingDraft.centre_id == for_.centre_id)
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def _write(draft, number: int, values: Mapping[str, Any] | None, *, is_off: bool, valid_from: date) -> None:
    if values is None:
        return  # taken out what is not there: nothing to write
    rule = rulebook.rule_from(number, values)
    session.add(RoutingRuleRow(
        id=new_id(), centre_id=draft.centre_id, number=number, is_off=is_off, valid_from=valid_from, draft_id=draft.id,
        **{name: getattr(rule, name) for name in rulebook.CHANGEABLE},
    ))


def _made(by: Actor, *, why: str, changes) -> RoutingDraft:
    draft = RoutingDraft(
        id=new_id(), centre_id=by.centre_id, why=why, changes=changes, replaced={}, rehearsal={},
        made_by_id=by.account_id, made_by=by.name,
    )
    session.add(draft)
    session.flush()
    trail.record("routing_rules.drafted", by=by, about=draft)
    return draft


def _change(draft: RoutingDraft, changes) -> None:
    """What was rehearsed is not what stands there now."""
    draft.changes, draft.rehearsal, draft.rehearsed_mark, draft.rehearsed_at = changes, {}, None, None
    draft.version += 1


def _numbers(draft: RoutingDraft, on: date) -> set[int]:
    return {rule.number for rule in table.rules_of(draft.centre_id, on=on)}


def _next_number(draft: RoutingDraft) -> int:
    known = [each.number for each in table.own(draft.centre_id)]
    open_ones = select(RoutingDraft.changes).where(
        RoutingDraft.centre_id == draft.centre_id, RoutingDraft.state == DraftState.OPEN
    )
    return rulebook.next_number([*known, *(int(each) for changes in session.scalars(open_ones) for each in changes)])


def _own(public_id: str, by: Actor, version: int | None = None) -> RoutingDraft:
    _require(by)
    draft = get(public_id, for_=by)
    if draft.state != DraftState.OPEN:
        raise RuleBroken(because(RuleBar.NOT_A_DRAFT, state=draft.state))
    if version is not None and draft.version != version:
        raise Stale()
    return draft


def _needed(why: str) -> str:
    if not why.strip():
        raise Invalid(why=N_("写明为什么改"))
    return why.strip()


def _require(by: Actor) -> None:
    if not by.may(Permission.ROUTING_RULES_CHANGE):
        raise NotAllowed(Permission.ROUTING_RULES_CHANGE)
