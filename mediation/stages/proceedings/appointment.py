"""Who mediates: assigned by the head or chosen by the parties, asked about recusal, taken on, stepped back from."""

from collections.abc import Iterable, Mapping, Sequence
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
from mediation.stages.proceedings import facts, queries, rules
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator
from mediation.stages.proceedings.rules import AppointedMediator, AppointmentMode, Bar, RecusalQuestion


@once
def assign(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, mediator_public_ids: Sequence[str],
    presider_public_id: str | None = None, mode: str = AppointmentMode.APPOINTED, why_late: str | None = None,
) -> str:
    """Give an accepted case to one or several mediators; who logs in sees it from now on.

    Raises RuleBroken: not adult, out of term, removed, not listed (PM-01, PM-02, PM-17, JM-01), no presider (JM-05).
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    chosen = mediator_public_ids, presider_public_id, mode
    _give("proceeding.assign", proceeding, case, *chosen, by=by, on=on, reason=why_late)
    return proceeding.public_id


@once
def reassign(
    proceeding_public_id: str, *, by: Actor, on: date, key: str | None = None, mediator_public_ids: Sequence[str],
    why: str, presider_public_id: str | None = None, mode: str = AppointmentMode.APPOINTED,
) -> str:
    """Give a running case to other mediators, with the reason; everybody on it answers about recusal anew (PM-04)."""
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    bars = [] if why.strip() else [because(Bar.NO_WHY_REASSIGNED)]
    chosen = mediator_public_ids, presider_public_id, mode
    _give("proceeding.reassign", proceeding, case, *chosen, by=by, on=on, reason=why.strip() or None, bars=bars)
    return proceeding.public_id


def _give(step, proceeding, case, public_ids, presider, mode, *, by, on, reason, bars=()):
    chosen = pool.by_public_ids(public_ids, centre_id=by.centre_id)
    mode = known(AppointmentMode, mode, "mode")
    presiding = chosen[0].public_id if len(chosen) == 1 else presider
    named = [AppointedMediator(each.name, mode, presides=each.public_id == presiding) for each in chosen]
    bars = [*bars, *rules.assignment_obstacles(named, basis=proceeding.basis), *_barred(chosen, proceeding, on)]
    cautions = [caution.reason for each in chosen for caution in queries.cautions_for(pool.facts_of(each), case, on=on)]
    # Before the step: whose turn it is depends on whether somebody is there.
    case.mediator_id = next((each.id for each in chosen if each.public_id == presiding), None)
    steps.take(
        step, proceeding, by=by, on=on, case=case, reason=reason, bars=bars,
        facts={"mode": mode, "mediators": [each.name for each in chosen], "cautions": cautions},
    )
    for row in queries.mediators_on(proceeding.id):
        _leave(row, case)
    session.flush()
    for each in chosen:
        session.add(
            ProceedingMediator(
                proceeding_id=proceeding.id, mediator_id=each.id, mode=mode, presides=each.public_id == presiding,
                since=clock.now(),
            )
        )
        if each.account_id:
            access.grant(case, Relation.MEDIATOR, account_id=each.account_id)
    session.flush()
    notices.tell(case, Event.ASSIGNED, seats.MEDIATORS, by=by, mark=f"{proceeding.id}.{proceeding.version}")


def _barred(chosen: Iterable[Mediator], proceeding: Proceeding, on: date):
    return [bar for each in chosen for bar in queries.bars_for(each, proceeding, on=on)]


def _leave(row: ProceedingMediator, case: Case) -> None:
    """End somebody's place on a proceeding, and their sight of the case."""
    row.until = clock.now()
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
    bars = rules.recusal_obstacles(facts.as_appointed(row, names), parties)
    bars += [because(Bar.WAIVED_LATER, who=names[ref]) for ref, day in (waivers or {}).items() if day > on]
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
    bars = [] if why.strip() else [because(Bar.NO_WHY_STEPPED_BACK)]
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
