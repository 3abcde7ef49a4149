"""Reading agreements, and the facts that the rules ask about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm import joinedload, selectinload

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.facts import party_facts, traits_of
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import ACTIVE_PROCEEDING, AgreementState, Representation
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, RuleBroken, because
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor
from mediation.registry.calendar import queries as calendars
from mediation.registry.mediators.models import Mediator
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.stages.agreements import rules, signing
from mediation.stages.agreements.linting import rules as linting
from mediation.stages.agreements.linting.rules import Finding
from mediation.stages.agreements.models import Agreement, Duty, Signature
from mediation.stages.agreements.rules import Bar, Clause, ClauseKind, Draft, Group, Manner, Signer, Subject
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator

SIGNATURES = (joinedload(Agreement.signatures),)
UNSIGNED = (AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.AGREED)
PARTS = (selectinload(Agreement.duties), *SIGNATURES)


def get(public_id: str, *, for_: Actor, parts=PARTS) -> tuple[Agreement, Case]:
    """Return an agreement with its duties and signatures, and its case."""
    return cases.child(Agreement, public_id, for_=for_, parts=parts)


def load(agreement_id: int) -> Agreement:
    """Return an agreement by its row id with duties and signatures."""
    query = select(Agreement).where(Agreement.id == agreement_id).options(*PARTS)
    return session.scalars(query.execution_options(populate_existing=True)).unique().one()


def is_whole(agreement: Agreement) -> bool:
    """Say whether an agreement was read with its duties."""
    return "duties" not in inspect(agreement).unloaded


_OF_CASE = (
    select(Agreement)
    .where(Agreement.case_id == bindparam("case_id"))
    .options(*PARTS)
    .order_by(Agreement.id)
    .execution_options(populate_existing=True)
)


@until_written(Agreement, Duty, Signature)
def of_case(case_id: int) -> tuple[Agreement, ...]:
    """Return the agreements of a case, oldest text first."""
    if not progress.had(case_id, "agreement"):
        return ()
    return tuple(session.scalars(_OF_CASE, {"case_id": case_id}).unique())


def current(case_id: int) -> Agreement | None:
    """Return the agreement that stands or is being made, None when there is none."""
    dead = (AgreementState.SUPERSEDED, AgreementState.ABANDONED)
    return next((each for each in reversed(of_case(case_id)) if each.state not in dead), None)


def unsigned(case_id: int) -> list[Agreement]:
    """Return the texts that are being written or wait for signatures."""
    return [each for each in of_case(case_id) if each.state in UNSIGNED]


def effective(case_id: int) -> Agreement | None:
    """Return the effective agreement of a case."""
    return next((each for each in reversed(of_case(case_id)) if each.state == AgreementState.EFFECTIVE), None)


def clause_of(duty: Duty) -> Clause:
    """Return a duty as the rules see it."""
    return Clause(
        kind=ClauseKind(duty.kind),
        obligors=tuple(duty.obligors.get("parties", ())),
        obligees=tuple(duty.obligees.get("parties", ())),
        what=duty.what,
        amount_fen=duty.amount_fen,
        due_on=duty.due_on,
        at_once=duty.at_once,
        manner=Manner(duty.manner) if duty.manner else None,
        has_account=duty.account_sealed is not None,
        subject=Subject(duty.subject) if duty.subject else None,
    )


def draft_of(agreement: Agreement, case: Case, *, on: date) -> Draft:
    """Return the text of an agreement as the rules see it."""
    clauses = [replace(clause_of(duty), account=duty.account or "") for duty in agreement.duties]
    return draft_with(
        proceeding_of(agreement), case, on=on, clauses=clauses, facts=agreement.facts or "",
        total_fen=agreement.total_fen, breach_clause=agreement.breach_clause or "",
    )


def proceeding_of(agreement: Agreement) -> Proceeding:
    """Return the proceeding in which an agreement was, or is being, made."""
    return session.get_one(Proceeding, agreement.proceeding_id)


def active_proceeding(case: Case) -> Proceeding:
    """Return the running proceeding of a case. Raises RuleBroken where none runs."""
    query = select(Proceeding).where(Proceeding.case_id == case.id, Proceeding.state.in_(ACTIVE_PROCEEDING))
    found = session.scalar(query)
    if found is None:
        raise RuleBroken(because(Bar.NOT_MEDIATING), about=case.public_id)
    return found


def oral_lacks(case: Case, proceeding: Proceeding, *, agreed_on: date | None, on: date) -> list[Obstacle]:
    """Return what bars registering an oral agreement whatever it says: its day, the parties' consent (PM-11, PM-14)."""
    parties = party_facts(case.id, on=agreed_on or on)
    return linting.oral_lacks(parties, agreed_on=agreed_on, on=on, accepted_on=proceeding.accepted_on)


def draft_with(proceeding: Proceeding, case: Case, *, on: date, clauses: Sequence[Clause], **text) -> Draft:
    """Return an agreement as the rules see it with a text that may not be saved yet."""
    return Draft(
        track=proceeding.track, basis=proceeding.basis, parties=party_facts(case.id, on=on), clauses=clauses,
        traits=traits_of(case.type_code, centre_id=case.centre_id), others=_others(case, proceeding),
        by_hand=is_signed_by_hand(case, on=on), **text,
    )


def is_signed_by_hand(case: Case, *, on: date) -> bool:
    """Say whether the papers of such a dispute may not be signed electronically on a day.

    JM-16: Electronic Signature Law (2019), Art. 3: never for marriage, adoption, inheritance.
    """
    kinds = settings.value(Kind.WORDS, "JM-16.paper_only", on=on, centre_id=case.centre_id) or ()
    return not traits_of(case.type_code, centre_id=case.centre_id).isdisjoint(kinds)


def _others(case: Case, proceeding: Proceeding) -> frozenset[str]:
    """Return who may be named in a text without being bound by it: who stands beside a party, the mediators."""
    beside = {row.name for party in cases.parties_of(case.id) for row in party.representatives}
    return frozenset(beside | _mediating(proceeding.id))


_NAMES = select(Mediator.name).join(ProceedingMediator, ProceedingMediator.mediator_id == Mediator.id).where(
    ProceedingMediator.proceeding_id == bindparam("proceeding_id")
)


@until_written(ProceedingMediator, Mediator)
def _mediating(proceeding_id: int) -> frozenset[str]:
    """Return the names of all who ever mediated in a proceeding."""
    return frozenset(session.scalars(_NAMES, {"proceeding_id": proceeding_id}))


def findings(draft: Draft, case: Case, *, on: date) -> list[Finding]:
    """Return what the linter says of a text, rest days by the centre's calendar, for the page."""
    return linting.lint(draft, on=on, calendar=calendars.calendar_of(case.centre_id))


def standing_warnings(agreement: Agreement, case: Case, *, on: date) -> list[Finding]:
    """Return the warnings of a text that nobody has ticked."""
    found = findings(draft_of(agreement, case, on=on), case, on=on)
    return linting.warnings(found, seen=agreement.seen_warnings)


def signed_days(agreement: Agreement) -> dict[str, date]:
    """Return the day on which each party signed, by the party's public id."""
    refs = {party.id: party.public_id for party in cases.parties_of(agreement.case_id)}
    signed = [row for row in agreement.signatures if row.signer == Signer.PARTY and row.party_id in refs]
    return {refs[row.party_id]: row.signed_on for row in signed}


def day_of_signer(signatures: Sequence[Signature], signer: Signer) -> date | None:
    """Return the last day on which a kind of signer signed."""
    return max((row.signed_on for row in signatures if row.signer == signer), default=None)


def group_of(party: Party, case: Case, *, consented_on: date | None) -> Group:
    """Return one member of a numerous side with those who speak for that side (MH-07)."""
    speaking = {
        row.name
        for other in cases.parties_of(case.id)
        if other.role == party.role
        for row in other.representatives
        if row.capacity == Representation.GROUP_REP
    }
    most = settings.number("MH-07.representatives", on=case.law_on, centre_id=case.centre_id)
    return Group((party.name,), sorted(speaking), (party.name,) if consented_on else (), most)


def effect(agreement: Agreement, case: Case, *, on: date) -> signing.Effect:
    """Return from which day the agreement binds, or what is still missing; a deemed one wants no party's name."""
    if agreement.deemed_on:
        return signing.Effect(agreement.deemed_on)
    proceeding = proceeding_of(agreement)
    return signing.effect_of(
        party_facts(case.id, on=on),
        signed_days(agreement),
        mediator_on=day_of_signer(agreement.signatures, Signer.MEDIATOR),
        sealed_on=day_of_signer(agreement.signatures, Signer.BODY),
        track=proceeding.track,
        basis=proceeding.basis,
        traits=traits_of(case.type_code, centre_id=case.centre_id),
    )


def why_not_confirmable(agreement: Agreement, case: Case) -> dict[int, object]:
    """Return for each clause, by its position, why a court would not confirm it."""
    traits = traits_of(case.type_code, centre_id=case.centre_id)
    found = {duty.position: rules.why_not_confirmable(clause_of(duty), traits) for duty in agreement.duties}
    return {position: obstacle for position, obstacle in found.items() if obstacle}
