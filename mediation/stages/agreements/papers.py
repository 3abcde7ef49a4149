"""The agreement on paper: filled from its rows, issued for signing."""

import re
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import needs
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.facts import traits_of
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import FROM_COURT, PartyFlag, Representation, Source, Track, Trait
from mediation.casefile.papers import blocks, contract, rules
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.models import Paper
from mediation.ground.clock import day_of
from mediation.ground.db import session
from mediation.ground.errors import Obstacle
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.registry.units.models import Unit
from mediation.stages.agreements.models import Agreement, Duty, Proposal
from mediation.stages.agreements.rules import Manner
from mediation.stages.proceedings.models import Proceeding, Session
from mediation.stages.proceedings.queries import mediators_on

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SETTLED = "public_security.settled"  # key of the citation table
AT_ONCE, IN_PARTS, NOT_YET = "当场履行", "分期履行", "尚未履行"
WITHOUT_ANSWERS = ("general", "administrative", "police_case")  # to the questions of the type of dispute


def duties(agreement: Agreement) -> list[contract.Duty]:
    """Return the clauses of an agreement as papers print them, parties by name; what a breach costs stands last."""
    names = {party.public_id: party.name for party in cases.parties_of(agreement.case_id)}
    found = [_duty(row, names) for row in agreement.duties]
    if agreement.breach_clause:
        found.append(contract.Duty(kind="term", what=agreement.breach_clause))
    return found


def _duty(row: Duty, names) -> contract.Duty:
    return contract.Duty(
        kind=row.kind,
        what=row.what,
        obligors=[names[ref] for ref in row.obligors["parties"]],
        obligees=[names[ref] for ref in row.obligees["parties"]],
        amount_fen=row.amount_fen,
        due_on=row.due_on,
        manner=_manner(row),
        confirmable=row.is_confirmable,
    )


def _manner(row: Duty) -> str | None:
    if row.manner in (None, Manner.WORK):  # work is said by the clause itself
        return None
    words = Manner(row.manner).label
    return f"{words}至{row.account}" if row.manner == Manner.TRANSFER and row.account else words


def mediators(proceeding: Proceeding) -> list[contract.Mediator]:
    """Return who mediates, the presider first."""
    return [
        contract.Mediator(name=row.mediator.name, number=row.mediator.register_no, presides=row.presides)
        for row in mediators_on(proceeding.id)
    ]


def sessions(proceeding: Proceeding) -> list[contract.Session]:
    """Return the meetings held, by day and place."""
    query = select(Session).where(Session.proceeding_id == proceeding.id, Session.void_on.is_(None))
    query = query.order_by(Session.number)
    return [contract.Session(on=day_of(row.starts_at), place=row.place) for row in session.scalars(query)]


def values(agreement: Agreement, case: Case, proceeding: Proceeding, kind: str, details, *, number, on, draft=False):
    """Return the values of a paper about an agreement."""
    return blocks.values(
        case, kind, details, unit=session.get_one(Unit, proceeding.unit_id), track=proceeding.track, number=number,
        on=on, draft=draft, mediators=mediators(proceeding), sessions=sessions(proceeding),
        case_block=matter(agreement, case, proceeding),
    )


def matter(agreement: Agreement, case: Case, proceeding: Proceeding) -> contract.Case:
    """Return the block of the matter as an agreement knows it."""
    return blocks.matter(
        case, number=agreement.number, basis=blocks.basis_word(proceeding.basis), facts=agreement.facts,
        amount_fen=agreement.total_fen, accepted_on=proceeding.accepted_on, agreed_on=agreement.agreed_on,
        effective_on=agreement.effective_on,
    )


def proposal(agreement: Agreement, case: Case, proceeding: Proceeding, put: Proposal) -> contract.Values:
    """Return the proposal to be served on every party (2.3)."""
    names = {party.public_id: party.name for party in cases.parties_of(case.id)}
    details = contract.Proposal(
        consents=[contract.Consent(name=names[ref], on=day) for ref, day in put.consents.items() if ref in names],
        duties=duties(agreement), responsibility=agreement.responsibility,
    )
    on = put.proposed_on
    return values(agreement, case, proceeding, "proposal", details, number=agreement.number, on=on)


def variant(case: Case, proceeding: Proceeding) -> str:
    """Return the kind of agreement that part 4 of the forms has for a body's track and the dispute's traits.

    A people's committee words its own agreement whatever the dispute, but for medical ones (Art. 39 of the
    Regulation) and labour ones, whose parties have other ways open (AM-06, AM-10).
    """
    traits = traits_of(case.type_code, centre_id=case.centre_id)
    if proceeding.basis in FROM_COURT:
        return "general"
    if case.source == Source.PETITION:
        return "petition"
    if Trait.LABOUR in traits or Trait.WAGES in traits:
        return "labour"
    if Trait.MEDICAL in traits and proceeding.track == Track.PEOPLES:
        return "medical"
    if proceeding.track == Track.PEOPLES and _may_spare_punishment(case, traits):
        return "police_case"
    if proceeding.track != Track.ADMINISTRATIVE:
        return "general"
    return "traffic" if Trait.TRAFFIC in traits else "police" if Trait.POLICE in traits else "administrative"


def _may_spare_punishment(case: Case, traits) -> bool:
    """AM-02: before a people's committee only under the Law on Penalties for Administration of Public Security (2025),
    Art. 9(4)."""
    is_theirs = Trait.POLICE in traits or case.source == Source.POLICE
    return is_theirs and settings.value(Kind.CITATION, SETTLED, on=case.law_on, centre_id=case.centre_id) is not None


def aids(case: Case) -> list[contract.Aid]:
    """Return what the agreement says of those parties that sign themselves and cannot read, write or follow (DC-05)."""
    found = []
    for party in cases.parties_of(case.id):
        flags = set(party.flags.get("flags", ()))
        beside = [row for row in party.representatives if row.until is None]
        if party.role not in blocks.STANDING or any(row.capacity == Representation.GUARDIAN for row in beside):
            continue
        helper = next((row for row in beside if row.capacity == Representation.INTERPRETER), None)
        aid = contract.Aid(
            name=party.name, is_read=bool(flags & needs.READ_NOT), is_written_for=PartyFlag.CANNOT_WRITE in flags,
            interpreter=helper.name if helper else None, relation=helper.relation if helper else None,
            language=helper.language if helper else None,
        )
        if aid.is_read or aid.is_written_for or helper:
            found.append(aid)
    return found


def specials(case: Case) -> list[contract.Reply]:
    """Return what the type of dispute asked besides, question and answer: the determination of an accident …"""
    answers = {key: answer for key, answer in (case.type_answers or {}).items() if answer not in (None, "")}
    return [contract.Reply(who=question, text=_said(answer)) for question, answer in answers.items()]


def _said(answer) -> str:
    """Return an answer in words; a day as papers write it (CN-06)."""
    if isinstance(answer, str) and ISO_DAY.fullmatch(answer):
        on = date.fromisoformat(answer)
        return f"{on.year}年{on.month}月{on.day}日"
    return str(answer)


def written(agreement: Agreement, case: Case, proceeding: Proceeding) -> contract.Values:
    kind = variant(case, proceeding)
    details = contract.Agreement(
        responsibility=agreement.responsibility, duties=duties(agreement), copies=agreement.copies,
        variant=kind, specials=specials(case) if kind not in WITHOUT_ANSWERS else [],
        deemed_on=agreement.deemed_on, served=_served(agreement, case), aids=aids(case),
    )
    return values(agreement, case, proceeding, "agreement", details, number=agreement.number, on=None)


def _served(agreement: Agreement, case: Case) -> list[contract.Consent]:
    if not agreement.deemed_on:
        return []
    names = {party.public_id: party.name for party in cases.parties_of(case.id)}
    query = select(Proposal.services).where(Proposal.agreement_id == agreement.id).order_by(Proposal.id.desc()).limit(1)
    services = session.scalar(query) or {}
    return [contract.Consent(name=names[ref], on=given["on"]) for ref, given in services.items() if ref in names]


def lacking(agreement: Agreement, case: Case) -> list[Obstacle]:
    """Return what the paper for signing would still lack: who the parties are, in full (forms part 0)."""
    proceeding = session.get_one(Proceeding, agreement.proceeding_id)
    return rules.obstacles("agreement", contract.snapshot(written(agreement, case, proceeding)))


def issue_agreement(agreement: Agreement, case: Case, proceeding: Proceeding, *, by: Actor, on: date) -> Paper:
    """Issue the written agreement under its body's number; an earlier text is named as replaced."""
    made = written(agreement, case, proceeding)
    earlier = papers.newest(case.id, "agreement")
    return papers.issue(case, "agreement", made, by=by, on=on, about=agreement, replaces=earlier)


def issue_oral(agreement: Agreement, case: Case, proceeding: Proceeding, *, by: Actor, on: date) -> Paper:
    """Issue the register of an oral agreement (1.7)."""
    rows = agreement.duties
    how = AT_ONCE if all(row.at_once for row in rows) else IN_PARTS if len(rows) > 1 else NOT_YET
    details = contract.OralAgreement(
        duties=duties(agreement), place=agreement.place, performances=[AT_ONCE, IN_PARTS, NOT_YET], performance=how,
        recorded_on=on,
    )
    made = values(agreement, case, proceeding, "oral_agreement", details, number=agreement.number, on=on)
    return papers.issue(case, "oral_agreement", made, by=by, on=on, about=agreement)
