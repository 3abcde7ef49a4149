"""Agreements: drafting, agreeing, signing, taking effect, oral agreements, a new text."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from mediation.casefile.cases import facts as casefacts
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case, Party, Representative
from mediation.casefile.cases.rules import FROM_COURT, AgreementState
from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, RuleBroken, Stale
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.agreements import papers, queries, rules, signing
from mediation.stages.agreements.linting import operations as ticks
from mediation.stages.agreements.linting import rules as linting
from mediation.stages.agreements.models import Agreement, Duty
from mediation.stages.agreements.rules import Clause, ClauseKind, Manner, Subject
from mediation.stages.agreements.signatures import seal, sign_mediator, sign_party
from mediation.stages.proceedings.models import Proceeding

__all__ = [  # with what is told on from the module beside
    "ClauseValues",
    "abandon_open",
    "agree",
    "agree_orally",
    "draft",
    "file_with_court",
    "party_choices",
    "representatives_of",
    "revise",
    "save",
    "seal",
    "sign_mediator",
    "sign_party",
    "succeed",
]


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


@once
def draft(case_public_id: str, *, by: Actor, on: date, key: str | None = None) -> str:
    """Begin a written agreement in the running proceeding; facts come from the case, nothing is typed twice."""
    case = cases.get(case_public_id, for_=by)
    proceeding = queries.active_proceeding(case)
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


@once
def agree_orally(
    case_public_id: str, *, by: Actor, on: date, agreed_on: date, facts: str, clauses: list[ClauseValues],
    total_fen: int | None = None, place: str | None = None, breach_clause: str | None = None,
    seen: Collection[str] = (), key: str | None = None,
) -> str:
    """Record an oral agreement; it binds from the day on which the parties agreed (PM-11, PM-14).

    A text that was being written is given up: the parties found it unnecessary. ``seen`` holds the keys of the
    linter's warnings that are ticked.
    """
    case = cases.get(case_public_id, for_=by)
    proceeding = queries.active_proceeding(case)
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
    ticks.acknowledge(text, case, seen, by=by, on=agreed_on)
    standing = queries.standing_warnings(text, case, on=agreed_on)
    said = {"warnings": len(standing), "seen": len(text.seen_warnings or {})}
    steps.take("agreement.agree_orally", text, by=by, on=on, case=case, facts=said)
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


