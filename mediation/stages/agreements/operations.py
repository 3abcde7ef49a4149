"""Agreements: drafting, agreeing, signing, taking effect, oral agreements, a new text."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from mediation.casefile.cases import facts as casefacts
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case, Party, Representative
from mediation.casefile.cases.rules import ACTIVE_PROCEEDING, FROM_COURT, AgreementState, Representation
from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotFound, RuleBroken, Stale
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.agreements import papers, queries, rules, signing
from mediation.stages.agreements.linting import operations as ticks
from mediation.stages.agreements.linting import rules as linting
from mediation.stages.agreements.models import Agreement, Duty, Signature
from mediation.stages.agreements.rules import Clause, ClauseKind, Manner, SignatureKind, Signer, Subject
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator


@dataclass(frozen=True)
class ClauseValues:
    """One clause as it is typed: parties by public id, amount in fen, the account of a transfer in words."""

    kind: ClauseKind
    what: str
    obligors: tuple[str, ...] = ()
    obligees: tuple[str, ...] = ()
    amount_fen: int | None = None
    due_on: date | None = None
    at_once: bool = False
    manner: str | None = None
    account: str | None = None
    subject: str | None = None

    def as_clause(self) -> Clause:
        """Return the clause as the rules see it; a word that is none of the choices counts as not said."""
        return Clause(
            kind=self.kind, obligors=self.obligors, obligees=self.obligees, what=self.what,
            amount_fen=self.amount_fen, due_on=self.due_on, at_once=self.at_once,
            manner=Manner(self.manner) if self.manner in set(Manner) else None, has_account=bool(self.account),
            account=self.account or "", subject=Subject(self.subject) if self.subject in set(Subject) else None,
        )


def _active_proceeding(case: Case) -> Proceeding:
    query = select(Proceeding).where(Proceeding.case_id == case.id, Proceeding.state.in_(ACTIVE_PROCEEDING))
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


@once
def draft(case_public_id: str, *, by: Actor, on: date, key: str | None = None) -> str:
    """Begin a written agreement in the running proceeding; facts come from the case, nothing is typed twice."""
    case = cases.get(case_public_id, for_=by)
    proceeding = _active_proceeding(case)
    agreement = _new(case, proceeding, AgreementState.DRAFT, facts=case.story)
    steps.take("agreement.draft", agreement, by=by, on=on, case=case)
    return agreement.public_id


def _new(case, proceeding, state, **values) -> Agreement:
    last = session.scalar(select(func.max(Agreement.text_version)).where(Agreement.proceeding_id == proceeding.id)) or 0
    return Agreement(
        id=new_id(), case_id=case.id, proceeding_id=proceeding.id, text_version=last + 1, state=state,
        number=proceeding.number, version=1, **values,
    )


def save(
    public_id: str, *, by: Actor, version: int, facts: str, responsibility: str | None, total_fen: int | None,
    breach_clause: str | None, place: str | None, clauses: list[ClauseValues], copies: int | None = None,
    seen: Collection[str] = (), on: date | None = None,
) -> None:
    """Write the text of a draft. Raises Stale when somebody saved it since, with what stands there now (P31).

    ``seen`` holds the keys of the linter's warnings that are ticked; what is newly ticked is logged with the version.
    """
    agreement, case = queries.get(public_id, for_=by)
    steps.require(steps.STEPS["agreement.edit"], case, by=by)
    if agreement.state != AgreementState.DRAFT:
        raise Invalid(N_("协议已经定稿，要改请重拟"))
    if agreement.version != version:
        raise Stale(theirs={"facts": agreement.facts, "breach_clause": agreement.breach_clause})
    agreement.facts, agreement.responsibility, agreement.total_fen = facts, responsibility, total_fen
    agreement.breach_clause, agreement.place = breach_clause, place
    agreement.copies = copies or _copies(agreement, case)
    agreement.version += 1
    _write_clauses(agreement, case, clauses)
    trail.record("agreement.saved", by=by, about=agreement, case_id=case.id, params={"clauses": len(clauses)})
    ticks.acknowledge(agreement, case, seen, by=by, on=on or clock.today())


def _write_clauses(agreement, case, clauses):
    known = {party.public_id for party in cases.parties_of(case.id)}
    for old in session.scalars(select(Duty).where(Duty.agreement_id == agreement.id)):
        session.delete(old)
    session.flush()
    for position, clause in enumerate(clauses, 1):
        if not {*clause.obligors, *clause.obligees} <= known:
            raise Invalid(N_("条款里有人不是本案当事人"))
        duty = Duty(
            id=new_id(), agreement_id=agreement.id, position=position, kind=clause.kind, what=clause.what,
            obligors={"parties": list(clause.obligors)}, obligees={"parties": list(clause.obligees)},
            amount_fen=clause.amount_fen, due_on=clause.due_on, at_once=clause.at_once, manner=clause.manner,
            subject=clause.subject, data_key=keys().new_data_key(),
        )
        duty.account = clause.account or None
        duty.is_confirmable = (
            rules.why_not_confirmable(
                queries.clause_of(duty), casefacts.traits_of(case.type_code, centre_id=case.centre_id)
            )
            is None
        )
        session.add(duty)
    session.flush()
    session.expire(agreement, ["duties"])


def agree(public_id: str, *, by: Actor, on: date, reason: str | None = None) -> str:
    """All parties agree on the text: it is fixed, the proceeding has succeeded, the paper for signing is issued.

    Raises RuleBroken with everything that the text or the parties still lack. Returns the paper's public id.
    """
    agreement, case = queries.get(public_id, for_=by)
    standing = queries.standing_warnings(agreement, case, on=on)
    said = {"warnings": len(standing), "seen": len(agreement.seen_warnings or {})}
    steps.take("agreement.agree", agreement, by=by, on=on, case=case, reason=reason, facts=said)
    agreement.agreed_on = on
    proceeding = session.get_one(Proceeding, agreement.proceeding_id)
    succeed(proceeding, case, by=by, agreed_on=on)
    agreement.copies = agreement.copies or _copies(agreement, case)
    return papers.issue_agreement(agreement, case, proceeding, by=by, on=on).public_id


def _copies(agreement: Agreement, case: Case) -> int:
    """Return how many originals are signed; the court that sent the case gets one too (PM-13, JM-09)."""
    basis = session.get_one(Proceeding, agreement.proceeding_id).basis
    return rules.copies_needed(casefacts.party_facts(case.id, on=clock.today()), for_court=basis in FROM_COURT)


def succeed(proceeding: Proceeding, case: Case, *, by: Actor, agreed_on: date) -> None:
    """The proceeding has succeeded on the day of the agreement, whenever somebody writes that down."""
    proceeding.agreed_on = agreed_on
    steps.take("proceeding.agree", proceeding, by=by, on=agreed_on, case=case, implied=True)


def sign_party(
    public_id: str, party_public_id: str, *, by: Actor, signed_on: date, on: date, kind: str = SignatureKind.SIGNATURE,
    representative: str | None = None, written_by: str | None = None, witness: str | None = None,
    read_by: str | None = None, consented_on: date | None = None,
) -> None:
    """Record one party's signature; with the last one needed the agreement takes effect (PM-13, JM-09).

    ``consented_on`` is the day of the party's own written consent, where a group's representative signs (MH-07).
    """
    agreement, case = queries.get(public_id, for_=by, parts=queries.SIGNATURES)
    party = next((row for row in cases.parties_of(case.id) if row.public_id == party_public_id), None)
    if party is None:
        raise NotFound()
    person = next((row for row in party.representatives if row.public_id == representative), None)
    if representative and person is None:
        raise NotFound()
    given = signing.Signing(
        party=casefacts.facts_of(party, on=signed_on), kind=SignatureKind(kind), signed_on=signed_on,
        by=Representation(person.capacity) if person else None, agent=person.name if person else "",
        written_by=written_by or "", witness=witness or "", read_by=read_by or "", consented_on=consented_on,
    )
    by_hand = queries.is_signed_by_hand(case, on=signed_on)
    bars = signing.signing_obstacles(given, agreed_on=agreement.agreed_on or on, on=on, by_hand=by_hand)
    if given.by == Representation.GROUP_REP:
        bars += rules.group_obstacles(queries.group_of(party, case, consented_on=consented_on))
    if bars:
        raise RuleBroken(*bars)
    _sign(
        agreement, case, by=by, on=on, signed_on=signed_on, signer=Signer.PARTY, kind=kind, party_id=party.id,
        representative_id=person.id if person else None, written_by=written_by, witness=witness,
        read_by=read_by,
        group_consents={"consented_on": consented_on.isoformat()} if consented_on else {},
    )


def sign_mediator(public_id: str, *, by: Actor, signed_on: date, on: date, mediator_id: int | None = None) -> None:
    """Record the mediator's signature."""
    agreement, case = queries.get(public_id, for_=by, parts=queries.SIGNATURES)
    if mediator_id is None:
        mediator_id = session.scalar(
            select(ProceedingMediator.mediator_id)
            .where(ProceedingMediator.proceeding_id == agreement.proceeding_id, ProceedingMediator.until.is_(None))
            .order_by(ProceedingMediator.presides.desc())
            .limit(1)
        )
    _dated_after_agreement(agreement, signed_on, on)
    _sign(
        agreement, case, by=by, on=on, signed_on=signed_on, signer=Signer.MEDIATOR, kind=SignatureKind.SIGNATURE,
        mediator_id=mediator_id,
    )


def seal(public_id: str, *, by: Actor, sealed_on: date, on: date) -> None:
    """Record the body's seal."""
    agreement, case = queries.get(public_id, for_=by, parts=queries.SIGNATURES)
    _dated_after_agreement(agreement, sealed_on, on)
    _sign(agreement, case, by=by, on=on, signed_on=sealed_on, signer=Signer.BODY, kind=SignatureKind.SEAL)


def _dated_after_agreement(agreement, signed_on, on):
    if agreement.agreed_on and signed_on < agreement.agreed_on:
        raise Invalid(signed_on=N_("签字日期在达成协议之前"))
    if signed_on > on:
        raise Invalid(signed_on=N_("签字日期在今天之后"))


def _sign(agreement, case, *, by, on, signed_on, signer, kind, **who):
    same = [
        row for row in agreement.signatures
        if row.signer == signer and row.party_id == who.get("party_id") and row.mediator_id == who.get("mediator_id")
    ]
    if same:
        raise Invalid(N_("这一位已经登记过签字，要改请更正"))
    said = {"signer": signer, "signed_on": signed_on.isoformat()}
    steps.take("agreement.sign", agreement, by=by, on=on, case=case, facts=said)
    agreement.signatures.append(Signature(signer=signer, kind=kind, signed_on=signed_on, **who))
    _take_effect_if_complete(agreement, case, by=by, on=on)


def _take_effect_if_complete(agreement, case, *, by, on):
    found = queries.effect(agreement, case, on=on)
    if found.effective_on is None or agreement.state != AgreementState.AGREED:
        return
    agreement.effective_on = found.effective_on
    steps.take("agreement.take_effect", agreement, by=by, on=on, case=case, implied=True)


@once
def agree_orally(
    case_public_id: str, *, by: Actor, on: date, agreed_on: date, facts: str, clauses: list[ClauseValues],
    total_fen: int | None = None, place: str | None = None, breach_clause: str | None = None, key: str | None = None,
) -> str:
    """Record an oral agreement; it binds from the day on which the parties agreed (PM-11, PM-14).

    A text that was being written is given up: the parties found it unnecessary.
    """
    case = cases.get(case_public_id, for_=by)
    proceeding = _active_proceeding(case)
    abandon_open(proceeding, by=by, on=on)
    agreement = _new(
        case, proceeding, AgreementState.EFFECTIVE, facts=facts, total_fen=total_fen, place=place, is_oral=True,
        breach_clause=breach_clause, agreed_on=agreed_on, effective_on=agreed_on, copies=1,
    )
    session.add(agreement)
    session.flush()
    _write_clauses(agreement, case, clauses)
    text = queries.load(agreement.id)
    bars = linting.oral_obstacles(
        queries.draft_of(text, case, on=agreed_on), agreed_on=agreed_on, on=on, accepted_on=proceeding.accepted_on
    )
    if bars:
        raise RuleBroken(*bars)
    steps.take("agreement.agree_orally", text, by=by, on=on, case=case)
    succeed(proceeding, case, by=by, agreed_on=agreed_on)
    papers.issue_oral(text, case, proceeding, by=by, on=on)
    return agreement.public_id


@once
def revise(public_id: str, *, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Replace a text by a new draft with the same clauses; the old one stays on file.

    So goes a text that not everybody has signed, one that a court did not confirm (JC-14), and an oral agreement that
    is to be put in writing (PM-11).
    """
    agreement, case = queries.get(public_id, for_=by)
    steps.take("agreement.revise", agreement, by=by, on=on, case=case, reason=reason)
    proceeding = session.get_one(Proceeding, agreement.proceeding_id)
    steps.take("proceeding.resume", proceeding, by=by, on=on, case=case, implied=True)
    fresh = _new(
        case, proceeding, AgreementState.DRAFT, facts=agreement.facts, responsibility=agreement.responsibility,
        total_fen=agreement.total_fen, breach_clause=agreement.breach_clause, place=agreement.place,
        copies=agreement.copies,
    )
    steps.take("agreement.draft", fresh, by=by, on=on, case=case, implied=True)
    _write_clauses(fresh, case, [_values_of(duty) for duty in agreement.duties])
    return fresh.public_id


def _values_of(duty: Duty) -> ClauseValues:
    return ClauseValues(
        kind=ClauseKind(duty.kind), what=duty.what, obligors=tuple(duty.obligors["parties"]),
        obligees=tuple(duty.obligees["parties"]), amount_fen=duty.amount_fen, due_on=duty.due_on, at_once=duty.at_once,
        manner=duty.manner, account=duty.account, subject=duty.subject,
    )


def file_with_court(public_id: str, *, by: Actor, on: date, filed_on: date) -> None:
    """Record that the agreement of a commissioned case was filed with the court, or handed to it (JM-09)."""
    agreement, case = queries.get(public_id, for_=by)
    said = {"filed_on": filed_on.isoformat()}
    steps.take("agreement.file_with_court", agreement, by=by, on=on, case=case, facts=said)
    agreement.filed_with_court_on = filed_on
    session.flush()


def abandon_open(proceeding: Proceeding, *, by: Actor, on: date) -> None:
    """Give up what was not signed when a proceeding ends without an agreement, or with an oral one."""
    query = select(Agreement).where(
        Agreement.proceeding_id == proceeding.id, Agreement.state.in_(queries.UNSIGNED)
    )
    for agreement in session.scalars(query):
        steps.take("agreement.abandon", agreement, by=by, on=on, implied=True)


def party_choices(case_id: int) -> list[tuple[str, str]]:
    """Return the parties of a case as (public id, name), for forms."""
    return [(party.public_id, party.name) for party in cases.parties_of(case_id)]


def representatives_of(party: Party) -> list[Representative]:
    """Return who may sign for a party."""
    return [row for row in party.representatives if row.capacity in signing.MAY_SIGN]


