"""Taking a step: the only way in which anything of a case moves."""

from collections.abc import Iterable
from datetime import date

from mediation.casefile.cases import access, progress
from mediation.casefile.cases.lifecycle import ANY, STEPS, TABLE, Step
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.progress import Taken
from mediation.casefile.cases.rules import CaseState
from mediation.ground import clock, steps, trail
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, Obstacle, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.steps import StepTaken
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings

_WRITE = StepTaken.__table__.insert()


class Bar(Reason):
    IN_FUTURE = "in_future", N_("日期不能晚于今天")
    BEFORE_LAST_STEP = "before_last_step", N_("日期不能早于上一步（%(last)s）")
    NEEDS_REASON = "needs_reason", N_("补登 %(days)s 天以前的事要写理由")
    NOT_YOURS = "not_yours", N_("这一件不该您的岗位办")
    WRONG_STATE = "wrong_state", N_("现在是“%(state)s”，这一步办不了")


def take(
    name: str,
    subject,
    *,
    by: Actor,
    on: date,
    case: Case | None = None,
    reason: str | None = None,
    facts: dict | None = None,
    bars: Iterable[Obstacle] = (),
    implied: bool = False,
    back_to: str | None = None,
) -> int:
    """Take a step on ``subject``: permission, day, state, facts, then state, history, trail and what follows.

    A creating step gets the new row with its state set; its facts are asked about the case. ``bars`` are what the
    rules hold against the values of this very act; they are named together with all others. ``implied`` marks a
    step that follows from another one: it needs no permission and no facts of its own. ``back_to`` is the state that a
    step which undoes whatever was newest leads back to. Returns the id of the row in
    the history. Raises NotAllowed, RuleBroken with every obstacle, Stale when somebody was faster.
    """
    step = STEPS[name]
    case = case or (subject if isinstance(subject, Case) else session.get_one(Case, subject.case_id))
    if not implied:
        require(step, case, by=by)
    taken = progress.taken(case.id)
    found = day_obstacles(subject, case, taken, on=on, reason=reason, implied=implied)
    is_elsewhere = case.state == CaseState.MERGED and subject is not case and not implied
    if is_elsewhere or (not step.creates and subject.state not in step.from_):
        found.append(because(Bar.WRONG_STATE, state=(case if is_elsewhere else subject).state.label))
    elif not implied:
        found += steps.obstacles(step.facts, case if step.creates else subject, on=on, by=by)
    found += [bar for bar in bars if (bar.reason, bar.params) not in [(each.reason, each.params) for each in found]]
    if found:
        raise RuleBroken(*found, about=case.public_id)
    before = None if step.creates else subject.state
    if step.creates:
        session.add(subject)
        session.flush()
    elif step.undoes:
        steps.move(subject, to=_state_before(step, subject, taken, back_to))
    elif step.to is not None:
        steps.move(subject, to=step.to)
    row = {
        "id": new_id(), "case_id": case.id, "object_kind": step.object, "object_id": subject.id, "step": name,
        "from_state": before, "to_state": subject.state, "on": on, "account_id": by.account_id, "unit_id": by.unit_id,
        "post_id": by.post_id, "reason": reason, "facts": facts or {},
    }
    with session.no_autoflush:  # the history points at no row by a foreign key
        session.execute(_WRITE, row)
    progress.taken.keep((*taken, Taken(*(row[name] for name in Taken._fields))), case.id)
    trail.record(f"step.{name}", by=by, about=subject, case_id=case.id, params={"on": on, **(facts or {})})
    for reaction in steps.reactions_to(name):
        reaction(subject, by=by, on=on)
    progress.refresh(case, on=on)
    return row["id"]


def _state_before(step: Step, subject, taken: Iterable[Taken], back_to: str | None):
    if step.undoes != ANY:
        return progress.state_before(step.undoes, taken)
    kind, states = step.object, [row.to_state for row in taken if row.object_id == subject.id]
    if back_to is None or back_to not in states:
        raise ValueError(f"{kind} was never {back_to!r}")  # an undo leads where the object has been
    return type(subject.state)(back_to)


def require(step: Step, case: Case, *, by: Actor) -> None:
    """Raise NotAllowed unless the actor's role may take the step and stands in the right relation to the case."""
    registering = step.name == "case.register"
    if step.implied or by.role not in step.who or not (registering or access.acts_on(by, case, step.through)):
        raise NotAllowed(step.name)


def day_obstacles(
    subject, case: Case, taken: Iterable[Taken], *, on: date, reason: str | None, implied: bool = False
) -> list[Obstacle]:
    """Return what is wrong with a step's day: in the future, before the step it follows, far back without reason."""
    found = []
    today = clock.today()
    if on > today:
        found.append(because(Bar.IN_FUTURE))
    if implied:
        return found
    kind = progress.KIND_OF_TABLE.get(subject.__tablename__, subject.__tablename__)
    last = max((row.on for row in taken if (row.object_kind, row.object_id) == (kind, subject.id)), default=None)
    if last is not None and on < last:
        found.append(because(Bar.BEFORE_LAST_STEP, last=last))
    free = settings.days("case.late_entry", on=today, centre_id=case.centre_id).amount
    if (today - on).days > free and not reason:
        found.append(because(Bar.NEEDS_REASON, days=free))
    return found


def offered(case: Case, *, by: Actor, on: date) -> list[tuple[Step, object, list[Obstacle]]]:
    """Return the steps that the actor's role has in this case now: step, object, and what bars it (empty: open).

    A creating step stands for the case; one that the state forbids is not listed at all.
    """
    acts, found = access.acts_on(by, case), []
    for step in TABLE:
        if step.implied or by.role not in step.who or step.name == "case.register":
            continue
        if not (access.acts_on(by, case, step.through) if step.through else acts):
            continue
        for subject in _subjects(step, case):
            found.append((step, subject, steps.obstacles(step.facts, subject, on=on, by=by)))
    return found


def bars_of(step: Step, case: Case, *, by: Actor, on: date) -> list[Obstacle]:
    """Return what the facts hold against a step that creates something in this case."""
    return steps.obstacles(step.facts, case, on=on, by=by)


def standing_bars(name: str, case: Case, *, by: Actor, on: date) -> list[Obstacle]:
    """Return what the table holds against a step on a case before any values are known: state and facts.

    Whoever may not take it at all gets NOT_YOURS, so that a list can say so of each case.
    """
    step = STEPS[name]
    if by.role not in step.who or not access.acts_on(by, case, step.through):
        return [because(Bar.NOT_YOURS)]
    if case.state not in step.from_:
        return [because(Bar.WRONG_STATE, state=case.state.label)]
    return steps.obstacles(step.facts, case, on=on, by=by)


def _subjects(step: Step, case: Case):
    if case.state == CaseState.MERGED and step.object != "case":
        return []  # what it left behind goes on in the other case or not at all
    if step.creates:
        return [case] if case.stage in step.stages else []
    rows = [case] if step.object == "case" else steps.subjects_of(step.object, case.id)
    return [row for row in rows if row.state in step.from_]
