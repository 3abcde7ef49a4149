"""How a case stands when it is to be closed or archived."""

from dataclasses import replace

from sqlalchemy import select

from mediation.casefile.cases import progress
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Basis
from mediation.casefile.duties import queries as duties
from mediation.casefile.papers import operations as papers
from mediation.ground.db import session
from mediation.registry.settings import queries as settings
from mediation.stages.agreements import queries as agreements
from mediation.stages.archive import rules
from mediation.stages.archive.models import Closing
from mediation.stages.performance import visits
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.models import Session
from mediation.stages.referrals import queries as referrals


def last_closing(case_id: int) -> Closing | None:
    """Return the newest closing of a case."""
    return session.scalar(select(Closing).where(Closing.case_id == case_id).order_by(Closing.id.desc()).limit(1))


def closing_facts(case: Case, *, outcome: str | None = None, notice_given: bool = False) -> rules.ClosingFacts:
    """Return how things stand; ``notice_given`` adds what is said at the closing itself (PM-09)."""
    state = progress.progress_of(case, progress.history(case.id))
    proceeding = proceedings.newest(case.id) if state.proceeding else None
    agreement = agreements.effective(case.id)
    return rules.ClosingFacts(
        outcome=rules.ClosingOutcome(outcome) if outcome else None,
        main_types=[case.type_code],
        basis=proceeding.basis if proceeding else Basis.SELF_RUN,
        proceeding=state.proceeding,
        agreement=state.agreement,
        is_oral=bool(agreement and agreement.is_oral),
        oral_recorded=papers.newest(case.id, "oral_agreement") is not None,
        performance=state.performance,
        confirmation=state.confirmation,
        referral=state.referral,
        notice_given=notice_given or _was_told(case.id, proceeding),
        reported_to_court_on=_reported_on(proceeding),
        open_duties=duties.open_kinds(case.id),
    )


def _was_told(case_id, proceeding):
    if proceeding and proceeding.notice_given_on:
        return True
    return any(referral.notice_given_on is not None for referral in referrals.of_case(case_id))


def _reported_on(proceeding):
    if proceeding is None:
        return None
    reports = reversed(referrals.reports_of(proceeding.case_id))
    return next((report.reported_on for report in reports if report.proceeding_id == proceeding.id), None)


def possible_outcomes(case: Case) -> list[rules.ClosingOutcome]:
    """Return the outcomes that the facts bear today, the notice taken as given."""
    facts = closing_facts(case, notice_given=True)
    return [
        outcome
        for outcome in rules.ClosingOutcome
        if outcome != rules.ClosingOutcome.WITHDRAWN and not rules.outcome_obstacles(replace(facts, outcome=outcome))
    ]


def file_facts(case: Case) -> rules.FileFacts:
    """Return what lies in the file of a closed case (PM-10)."""
    proceeding = proceedings.newest(case.id)
    held = proceeding and session.scalar(
        select(Session.id).where(
            Session.proceeding_id == proceeding.id, Session.is_attempt.is_(False), Session.void_on.is_(None)
        ).limit(1)
    )
    agreement = agreements.effective(case.id)
    at_once = bool(agreement and agreement.duties and all(duty.at_once for duty in agreement.duties))
    return rules.FileFacts(
        outcome=rules.ClosingOutcome(case.outcome),
        was_accepted=bool(proceeding and proceeding.accepted_on),
        has_register=papers.newest(case.id, "register") is not None,
        was_held=bool(held),
        has_record=bool(held) and papers.newest(case.id, "session_record") is not None,
        has_agreement=any(papers.newest(case.id, kind) is not None for kind in ("agreement", "oral_agreement")),
        has_termination=papers.newest(case.id, "termination") is not None,
        performed_at_once=at_once,
        was_visited=visits.was_paid(case.id),
        visit_required=settings.flag("PM-15.visit_before_archive", on=case.law_on, centre_id=case.centre_id),
    )
