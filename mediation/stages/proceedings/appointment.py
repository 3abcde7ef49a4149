"""Who mediates: assigned by the head or chosen by the parties, asked about recusal, taken on, stepped back from."""

from collections.abc import Mapping, Sequence
from datetime import date

from mediation.casefile.cases import access, steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.rules import Event
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound, because, known
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Relation
from mediation.registry.mediators import queries as pool
from mediation.registry.mediators.models import Mediator
from mediation.stages.proceedings import candidates, facts, load, queries
from mediation.stages.proceedings.appointing.rules import (
    AppointedMediator,
    AppointmentBar,
    AppointmentMode,
    OverrideReason,
    RecusalQuestion,
    assignment_obstacles,
    recusal_obstacles,
)
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator


@once
def assign(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, mediator_public_ids: Sequence[str],
    presider_public_id: str | None = None, mode: str = AppointmentMode.APPOINTED, why_late: str | None = None,
    override: str | None = None,
) -> str:
    """Give an accepted case to one or several mediators; who logs in sees it from now on.

    What was suggested is kept with the place; where somebody else than the first presides, ``override`` says why in a
    word, unless the parties chose (row 39). Raises RuleBroken: not adult, out of term, removed, on leave, too much in
    hand, not listed (PM-01, PM-02, PM-17, JM-01; rows 41, 44), no presider (JM-05).
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    chosen = mediator_public_ids, presider_public_id, mode
    _give("proceeding.assign", proceeding, case, *chosen, by=by, on=on, reason=why_late, override=override)
    return proceeding.public_id


@once
def reassign(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, mediator_public_ids: Sequence[str],
    why: str, presider_public_id: str | None = None, mode: str = AppointmentMode.APPOINTED,
    override: str | None = None,
) -> str:
    """Give a running case to other mediators, with the reason; everybody on it answers about recusal anew (PM-04).

    The reason of the change may speak for the choice, too: ``override`` is asked for by no rule here.
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    bars = [] if why.strip() else [because(AppointmentBar.NO_WHY_REASSIGNED)]
    chosen = mediator_public_ids, presider_public_id, mode
    _give(
        "proceeding.reassign", proceeding, case, *chosen, by=by, on=on, reason=why.strip() or None, bars=bars,
        override=override, wants_override=False,
    )
    return proceeding.public_id


def _give(
    step, proceeding, case, public_ids, presider, mode, *, by, on, reason, bars=(), override=None, wants_override=True
):
    chosen = pool.by_public_ids(public_ids, centre_id=by.centre_id)
    mode = known(AppointmentMode, mode, "mode")
    override = known(OverrideReason, override, "override") if override else None
    presiding = chosen[0].public_id if len(chosen) == 1 else presider
    named = [AppointedMediator(each.name, mode, presides=each.public_id == presiding) for each in chosen]
    barred, cautions = candidates.given(chosen, proceeding, on=on)
    suggested = candidates.available_for(proceeding, case, on=on)
    bars = [*bars, *assignment_obstacles(named, basis=proceeding.basis), *barred]
    top = next((each for each in suggested if not each.bars), None)
    if top is None or presiding is None or presiding == top.public_id:
        override = None  # nothing to explain
    elif wants_override and mode == AppointmentMode.APPOINTED and not override and not bars:
        bars.append(because(AppointmentBar.NO_OVERRIDE, top=top.name))
    # Before the step: whose turn it is depends on whether somebody is there.
    case.mediator_id = next((each.id for each in chosen if each.public_id == presiding), None)
    told = {"mode": mode, "mediators": [each.name for each in chosen], "cautions": [each.reason for each in cautions]}
    steps.take(
        step, proceeding, by=by, on=on, case=case, reason=reason, bars=bars,
        facts=told | ({"override": override} if override else {}),
    )
    for row in queries.mediators_on(proceeding.id):
        _leave(row, case)
    session.flush()
    points = load.points_of(proceeding, case, on=on)
    for each in chosen:
        presides = each.public_id == presiding
        _seat(
            case, each, proceeding_id=proceeding.id, mode=mode, presides=presides, load_points=points,
            suggested=_as_suggested(suggested, each.public_id), override=override if presides else None,
        )
    notices.tell(case, Event.ASSIGNED, seats.MEDIATORS, by=by, mark=f"{proceeding.id}.{proceeding.version}")


def _as_suggested(suggested, public_id) -> dict | None:
    """Return what the list said of somebody when they were given the case, for whoever learns from it later."""
    place = next((place for place, each in enumerate(suggested, 1) if each.public_id == public_id), None)
    if place is None:
        return None
    parts = [[part.kind.value, part.points] for part in suggested[place - 1].parts]
    top = next((each.public_id for each in suggested if not each.bars), None)
    return {"parts": parts, "place": place, "of": len(suggested), "top": top}


def pass_on(
    place: ProceedingMediator, proceeding: Proceeding, case: Case, receiver: Mediator, *, by: Actor, on: date, why: str
) -> str:
    """Give one mediator's place on a proceeding to another; the access goes along in the same transaction (row 41).

    What still runs is taken on anew, after the four questions; what has come to its end is only looked after. Returns
    the name of the step. Raises NotAllowed, RuleBroken.
    """
    steps.require(STEPS["proceeding.reassign"], case, by=by)
    runs = proceeding.state in STEPS["proceeding.hand_over"].from_
    step = "proceeding.hand_over" if runs else "proceeding.pass_on"
    if place.presides or case.mediator_id == place.mediator_id:
        case.mediator_id = receiver.id
    told = {"mediators": [receiver.name], "from": [place.mediator.name]}
    steps.take(step, proceeding, by=by, on=on, case=case, reason=why, facts=told, implied=True)
    _leave(place, case)
    session.flush()
    _seat(
        case, receiver, proceeding_id=proceeding.id, mode=AppointmentMode.APPOINTED, presides=place.presides,
        load_points=load.points_of(proceeding, case, on=on),
    )
    notices.tell(case, Event.ASSIGNED, seats.MEDIATORS, by=by, mark=f"{proceeding.id}.{proceeding.version}")
    return step


def take_back(
    place: ProceedingMediator, proceeding: Proceeding, case: Case, *, step: str, by: Actor, on: date, why: str
) -> None:
    """Give a place back to whoever had it before :func:`pass_on`, with their answers; the receiver loses access."""
    steps.require(STEPS["proceeding.reassign"], case, by=by)
    now = [row for row in queries.mediators_on(proceeding.id) if row.since >= place.until]
    if case.mediator_id in {row.mediator_id for row in now}:
        case.mediator_id = place.mediator_id
    told = {"mediators": [place.mediator.name]}
    back = "proceeding.take_back" if step == "proceeding.hand_over" else "proceeding.pass_on"
    steps.take(back, proceeding, by=by, on=on, case=case, reason=why, facts=told, implied=True)
    for row in now:
        _leave(row, case)
    session.flush()
    _seat(
        case, place.mediator, proceeding_id=proceeding.id, mode=place.mode, presides=place.presides,
        recusal_answers=place.recusal_answers, answered_on=place.answered_on, has_conflict=place.has_conflict,
        waivers=place.waivers, party_replies=place.party_replies, suggested=place.suggested, override=place.override,
        load_points=load.points_of(proceeding, case, on=on),
    )


def _seat(case: Case, mediator: Mediator, **values) -> None:
    session.add(ProceedingMediator(mediator_id=mediator.id, since=clock.now(), **values))
    if mediator.account_id:
        access.grant(case, Relation.MEDIATOR, account_id=mediator.account_id)
    session.flush()


def _leave(row: ProceedingMediator, case: Case) -> None:
    """End somebody's place on a proceeding, and their sight of the case."""
    row.until, row.load_points = clock.now(), 0
    if row.mediator.account_id:
        access.withdraw(case, Relation.MEDIATOR, account_id=row.mediator.account_id)


@once
def take_on(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, answers: Mapping[str, bool],
    words: Mapping[str, str] | None = None, waivers: Mapping[str, date] | None = None, why_late: str | None = None,
) -> str:
    """Answer the four questions about recusal and take the case on.

    ``waivers`` are the parties (public id → day) who agreed in writing to go on despite a conflict; without all of
    them a conflict bars (PM-22, JM-06). Where several mediate, the case is taken on when the last one has answered.
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    row = queries.mine(proceeding.id, by)
    _write_answers(row, answers, words, on=on)
    row.waivers = {ref: day.isoformat() for ref, day in (waivers or {}).items()}
    parties = facts.parties_of(case, on=on)
    if not set(row.waivers) <= {party.ref for party in parties}:
        raise NotFound()
    names = facts.names_of(parties)
    bars = recusal_obstacles(facts.as_appointed(row, names), parties)
    bars += [because(AppointmentBar.WAIVED_LATER, who=names[ref]) for ref, day in (waivers or {}).items() if day > on]
    waits_for_others = any(each.answered_on is None for each in queries.mediators_on(proceeding.id))
    if waits_for_others and not bars:
        steps.require(STEPS["proceeding.take_on"], case, by=by)
        steps.take("proceeding.answer_recusal", proceeding, by=by, on=on, case=case, reason=why_late, implied=True)
    else:
        steps.take(
            "proceeding.take_on", proceeding, by=by, on=on, case=case, reason=why_late, bars=bars,
            facts={"conflict": row.has_conflict},
        )
    return proceeding.public_id


@once
def step_back(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, why: str,
    answers: Mapping[str, bool] | None = None, words: Mapping[str, str] | None = None,
) -> str:
    """Do not take the case on, for recusal or another reason; the head assigns somebody else."""
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    row = queries.mine(proceeding.id, by)
    if answers:
        _write_answers(row, answers, words, on=on)
    bars = [] if why.strip() else [because(AppointmentBar.NO_WHY_STEPPED_BACK)]
    case.mediator_id = None
    steps.take(
        "proceeding.step_back", proceeding, by=by, on=on, case=case, reason=why.strip() or None, bars=bars,
        facts={"conflict": row.has_conflict},
    )
    for each in queries.mediators_on(proceeding.id):
        _leave(each, case)
    notices.tell(
        case, Event.STEPPED_BACK, seats.HEAD, by=by, mark=f"{proceeding.id}.{proceeding.version}", who=by.signed
    )
    return proceeding.public_id


def _write_answers(row: ProceedingMediator, answers, words, *, on: date) -> None:
    """Keep the declaration: each question with yes or no, and what was said to a yes."""
    told = {known(RecusalQuestion, question, "answers"): bool(answer) for question, answer in answers.items()}
    said = {question: text.strip() for question, text in (words or {}).items() if text.strip()}
    row.recusal_answers = {"answers": told, "words": said}
    row.answered_on, row.has_conflict = on, any(told.values())
