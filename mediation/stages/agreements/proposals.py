"""Putting a draft to the parties, serving it, hearing an objection, or taking silence for agreement (JM-14)."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import facts as casefacts
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.papers import operations as issued
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotFound, RuleBroken
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.deadlines import queries as deadlines
from mediation.stages.agreements import operations, papers, queries, silence
from mediation.stages.agreements.models import Agreement, Proposal
from mediation.stages.agreements.silence import ProposalOutcome, Put, ServiceManner
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.proceedings.rules import TerminationGround

BASIS = "JM-14"


def newest(agreement_id: int) -> Proposal | None:
    """Return the proposal of a text that counts, None where there is none or it was taken back."""
    query = select(Proposal).where(Proposal.agreement_id == agreement_id).order_by(Proposal.id.desc()).limit(1)
    found = session.scalar(query)
    return None if found is None or found.outcome == ProposalOutcome.TAKEN_BACK else found


def put_of(proposal: Proposal) -> Put:
    """Return a proposal as the rules see it."""
    last = {ref: date.fromisoformat(given["last"]) for ref, given in proposal.services.items()}
    return Put(proposal.proposed_on, last)


@once
def propose(
    public_id: str, *, by: Actor, on: date, consents: Mapping[str, date], reason: str | None = None,
    key: str | None = None,
) -> str:
    """Put a complete draft to the parties in writing; the paper to serve is issued. Returns its public id.

    ``consents``: {party public id: day on which it agreed to the procedure}. Raises RuleBroken with whose consent and
    what of the text is missing.
    """
    agreement, case = queries.get(public_id, for_=by)
    bars = silence.consent_obstacles(casefacts.party_facts(case.id, on=on), consents, on=on)
    steps.take("agreement.propose", agreement, by=by, on=on, case=case, bars=bars, reason=reason)
    proposal = Proposal(
        agreement_id=agreement.id, case_id=case.id, proposed_on=on, services={}, objections={},
        consents={ref: day.isoformat() for ref, day in consents.items()},
    )
    session.add(proposal)
    session.flush()
    values = papers.proposal(agreement, case, session.get_one(Proceeding, agreement.proceeding_id), proposal)
    earlier = issued.newest(case.id, "proposal", about=agreement)
    return issued.issue(case, "proposal", values, by=by, on=on, about=agreement, replaces=earlier).public_id


def _open(public_id: str, *, by: Actor) -> tuple[Agreement, Case, Proposal]:
    agreement, case = queries.get(public_id, for_=by)
    proposal = newest(agreement.id)
    if proposal is None:
        raise NotFound()
    return agreement, case, proposal


@once
def serve(
    public_id: str, *, by: Actor, on: date, services: Mapping[str, tuple[date, ServiceManner]],
    reason: str | None = None, key: str | None = None,
) -> str:
    """Record on which day and how parties got the proposal: {party public id: (day, manner)}.

    From the last service on the period to object runs as a clock of the case. Returns the text's public id. Raises
    NotFound for who is no party, RuleBroken for a day that cannot be.
    """
    agreement, case, proposal = _open(public_id, by=by)
    put, parties = put_of(proposal), {each.ref: each for each in casefacts.party_facts(case.id, on=on)}
    if not services:
        raise Invalid(N_("没有填哪一方哪天收到"))
    if not services.keys() <= parties.keys():
        raise NotFound()
    bars = [
        bar for ref, (day, _manner) in services.items()
        for bar in silence.service_obstacles(parties[ref].name, day, put, on=on)
    ]
    said = {"served": sorted(services)}
    steps.take("agreement.serve_proposal", agreement, by=by, on=on, case=case, bars=bars, reason=reason, facts=said)
    known = dict(proposal.services)
    for ref, (day, manner) in services.items():
        last = deadlines.last_day(BASIS, day, on=case.law_on, centre_id=case.centre_id).day
        known[ref] = {"on": day.isoformat(), "manner": ServiceManner(manner).value, "last": last.isoformat()}
    proposal.services = known
    _count(agreement, case, proposal, by=by)
    return agreement.public_id


def _count(agreement: Agreement, case: Case, proposal: Proposal, *, by: Actor) -> None:
    """Let the period run once everybody has been served; its last day is the latest of all."""
    disputing = casefacts.party_facts(case.id, on=proposal.proposed_on)
    last = put_of(proposal).last
    wanted = {party.ref for party in silence.disputing(disputing)}
    if wanted <= last.keys():
        proposal.last_on = max(last.values())
        began = max(date.fromisoformat(given["on"]) for given in proposal.services.values())
        clocks.start_until(case, BASIS, began, proposal.last_on, label=ClockLabel.PROPOSAL, by=by, about=agreement)
    session.flush()


@once
def object_to(
    public_id: str, party: str, *, by: Actor, on: date, objected_on: date, words: str, notice_given: bool = False,
    key: str | None = None,
) -> str:
    """Record a written objection in time: the proposal falls and the mediation has failed (JM-14).

    The attempt ends with its certificate; the parties have been told the other ways (PM-09). What the objection says
    stays in the file: offers and answers to them leave the house on no paper (JM-12). Returns the case's public id.
    Raises RuleBroken for an objection that came too late.
    """
    agreement, case, proposal = _open(public_id, by=by)
    who = next((each for each in casefacts.party_facts(case.id, on=on) if each.ref == party), None)
    if who is None:
        raise NotFound()
    bars = silence.objection_obstacles(who, objected_on, words, put_of(proposal), on=on)
    steps.require(steps.STEPS["agreement.serve_proposal"], case, by=by)
    if bars:
        raise RuleBroken(*bars)
    proposal.objections = {party: {"on": objected_on.isoformat(), "words": words.strip()}}
    proposal.outcome, proposal.decided_on = ProposalOutcome.OBJECTED, objected_on
    steps.take("agreement.object", agreement, by=by, on=on, case=case, implied=True, facts={"party": party})
    clocks.stop(case, BASIS, on=on, by=by, about=agreement)
    proceeding = session.get_one(Proceeding, agreement.proceeding_id)
    proceedings.end(
        proceeding.public_id, by=by, on=on, ground=TerminationGround.TOO_FAR_APART, notice_given=notice_given,
        course=f"{who.name}在期限内对调解方案提出书面异议，视为调解不成立",
    )
    return case.public_id


def deem(public_id: str, *, by: Actor, on: date, reason: str | None = None) -> str:
    """Take silence for agreement: the text binds from the day after the last day to object, unsigned (JM-14).

    Returns the public id of the agreement's paper. Raises RuleBroken while somebody was not served or may object.
    """
    agreement, case, proposal = _open(public_id, by=by)
    steps.take("agreement.deem", agreement, by=by, on=on, case=case, reason=reason)
    day = silence.deemed_on(put_of(proposal))
    agreement.agreed_on = agreement.effective_on = agreement.deemed_on = day
    proposal.outcome, proposal.decided_on = ProposalOutcome.DEEMED, day
    clocks.stop(case, BASIS, on=on, by=by, about=agreement)
    proceeding = session.get_one(Proceeding, agreement.proceeding_id)
    operations.succeed(proceeding, case, by=by, agreed_on=day)
    made = papers.issue_agreement(agreement, case, proceeding, by=by, on=on)
    steps.take("agreement.take_effect", agreement, by=by, on=on, case=case, implied=True)
    return made.public_id


def take_back(public_id: str, *, by: Actor, on: date, reason: str) -> None:
    """Take a proposal back to go on writing; the paper that was served is void."""
    agreement, case, proposal = _open(public_id, by=by)
    steps.require(steps.STEPS["agreement.propose"], case, by=by)
    if not reason.strip():
        raise Invalid(reason=N_("请填写"))
    steps.take("agreement.take_back", agreement, by=by, on=on, case=case, implied=True, reason=reason)
    proposal.outcome, proposal.decided_on = ProposalOutcome.TAKEN_BACK, on
    clocks.stop(case, BASIS, on=on, by=by, about=agreement)
    session.flush()


def rows_of(proposal: Proposal) -> list[dict]:
    """Return one row for each party in dispute: name, consent, service and the last day to object, for the page."""
    found = []
    for party in cases.parties_of(proposal.case_id):
        given = proposal.services.get(party.public_id)
        if party.public_id in proposal.consents:
            found.append({
                "ref": party.public_id, "name": party.name, "consented_on": proposal.consents[party.public_id],
                "served_on": given["on"] if given else None, "last": given["last"] if given else None,
                "manner": ServiceManner(given["manner"]) if given else None,
            })
    return found
