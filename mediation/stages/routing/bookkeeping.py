"""Reading the rules as people look after them: which hold, who changed what, and how often each is not followed."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Filter
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth
from mediation.stages.routing import advice, table
from mediation.stages.routing.models import RoutingDraft, Transfer
from mediation.stages.routing.rulebook import DraftState
from mediation.stages.routing.suggesting import RoutingRule

PAGE = 25


@dataclass(frozen=True)
class Use:
    """How often a rule suggested where a case should go, and how often the dispatcher went elsewhere."""

    used: int = 0
    overridden: int = 0

    @property
    def percent(self) -> int | None:
        return round(100 * self.overridden / self.used) if self.used else None


@dataclass(frozen=True)
class Standing:
    """A rule as it holds on a day: what it asks in words, whether it is the centre's own, how it is followed."""

    rule: RoutingRule
    clues: tuple
    is_own: bool
    use: Use
    coming: date | None = None  # from which another version of it holds
    draft_ids: list[int] = field(default_factory=list)


class Overridden(NamedTuple):
    """A case that did not go where a rule said: what was suggested, where it went, why."""

    transfer_id: int
    sent_on: date
    suggestion: dict
    to_unit_id: int
    track: str
    override_reason: str
    case_public_id: str
    register_no: str
    title: str


def uses(centre_id: int, *, since: date, until: date) -> dict[int, Use]:
    """Return by number how the rules were used in cases sent within these days, both counted."""
    query = (
        select(Transfer.rule, func.count(), func.count(Transfer.override_reason))
        .where(Transfer.centre_id == centre_id, Transfer.rule.is_not(None), Transfer.sent_on.between(since, until))
        .group_by(Transfer.rule)
    )
    return {number: Use(used, overridden) for number, used, overridden in session.execute(query)}


def standing(centre_id: int, *, on: date, since: date) -> list[Standing]:
    """Return the rules that hold on a day in the order in which they are asked."""
    counted, own = uses(centre_id, since=since, until=on), table.own(centre_id)
    by_own = {each.number for each in own if each.valid_from <= on}
    coming = {each.number: each.valid_from for each in reversed(own) if each.valid_from > on}
    rules = sorted(table.rules_of(centre_id, on=on), key=lambda rule: (rule.priority, rule.number))
    return [
        Standing(
            rule, advice.conditions_in_words(rule, centre_id), rule.number in by_own, counted.get(rule.number, Use()),
            coming.get(rule.number),
        )
        for rule in rules
    ]


def editions(centre_id: int, number: int) -> list[tuple[table.Edition | None, RoutingRule | None, RoutingDraft | None]]:
    """Return every version of the rule of a number, newest first, with the draft that brought it.

    The last one is that of the program, where it has one of that number.
    """
    own = [each for each in table.own(centre_id) if each.number == number]
    ids = {each.draft_id for each in own if each.draft_id}
    query = select(RoutingDraft).where(RoutingDraft.id.in_(ids))
    brought = {row.id: row for row in session.scalars(query)} if ids else {}
    found = [(each, each.rule, brought.get(each.draft_id)) for each in reversed(own)]
    built_in = next((rule for rule in table.built_in() if rule.number == number), None)
    return [*found, (None, built_in, None)] if built_in else found


def drafts(centre_id: int, state: DraftState, *, limit: int = 20) -> list[RoutingDraft]:
    """Return the newest drafts of a state."""
    query = select(RoutingDraft).where(RoutingDraft.centre_id == centre_id, RoutingDraft.state == state)
    return list(session.scalars(query.order_by(RoutingDraft.id.desc()).limit(limit)))


def overridden(
    number: int, *, for_: Actor, since: date, until: date, before: int | None = None
) -> tuple[list[Overridden], int | None]:
    """Return a page of the cases that did not go where a rule said, the newest first, and the mark of the next page.

    Only cases that the actor sees at PROGRESS depth.
    """
    query = (
        select(
            Transfer.id, Transfer.sent_on, Transfer.suggestion, Transfer.to_unit_id, Transfer.track,
            Transfer.override_reason, Case.public_id, Case.register_no, Case.title,
        )
        .join(Case, Case.id == Transfer.case_id)
        .where(
            Transfer.centre_id == for_.centre_id, Transfer.rule == number, Transfer.override_reason.is_not(None),
            Transfer.sent_on.between(since, until),
        )
    )
    query = access.scoped(query, for_, Depth.PROGRESS)
    if before is not None:
        mark = session.execute(select(Transfer.sent_on, Transfer.id).where(Transfer.id == before)).first()
        if mark is not None:
            same_day = and_(Transfer.sent_on == mark.sent_on, Transfer.id < mark.id)
            query = query.where((Transfer.sent_on < mark.sent_on) | same_day)
    rows = session.execute(query.order_by(Transfer.sent_on.desc(), Transfer.id.desc()).limit(PAGE + 1)).all()
    found = [Overridden(*row) for row in rows[:PAGE]]
    return found, found[-1].transfer_id if len(rows) > PAGE else None


def rows_of_rehearsal(draft: RoutingDraft, *, for_: Actor) -> list[tuple[dict, cases.Row | None]]:
    """Return what a rehearsal showed, each row with its case; without it where the actor does not see that case."""
    rows = draft.rehearsal.get("rows", [])
    seen = tuple({row["case"] for row in rows})
    page = cases.listing(for_=for_, chosen=Filter(ids=seen), size=max(len(seen), 1)) if seen else None
    known = {row.id: row for row in page.rows} if page else {}
    return [(row, known.get(row["case"])) for row in rows]
