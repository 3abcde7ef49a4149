"""The wrong person in a case: taken off it, put back, or the right one put in the place. The row itself stays."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import progress, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import AgreementState, Consent
from mediation.casefile.papers import outdated
from mediation.ground import trail
from mediation.ground.db import session
from mediation.ground.errors import NotFound, Obstacle, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor
from mediation.registry.people import operations as people
from mediation.registry.people.operations import Identity
from mediation.stages.agreements import queries as agreements
from mediation.stages.intake import parties
from mediation.stages.mending import rules
from mediation.stages.mending.models import TakenOff
from mediation.stages.mending.rules import Bar
from mediation.stages.proceedings import queries as proceedings

BINDS = frozenset({
    AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.AGREED, AgreementState.EFFECTIVE
})


def standing_of(party: Party, case: Case) -> rules.Standing:
    """Return what the rules need to know of a party who may be the wrong one."""
    others = cases.parties_of(case.id)
    return rules.Standing(
        party.name, party.role, sum(each.role == party.role for each in others), consent=party.consent,
        informed_on=party.rights_notice_on, has_met=_has_met(party, case),
        is_served=party.id in cases.service_addresses(case.id), in_agreement=_in_agreement(party, case),
    )


def _has_met(party, case):
    meetings = proceedings.sessions_of(case.id)
    return any(party.public_id in meeting.attendance.get("present", ()) for meeting in meetings if not meeting.void_on)


def _in_agreement(party, case):
    for agreement in agreements.of_case(case.id):
        sides = [side for duty in agreement.duties for side in (duty.obligors, duty.obligees)]
        named = {ref for side in sides for ref in side.get("parties", ())}
        signed = {row.party_id for row in agreement.signatures}
        if agreement.state in BINDS and (party.public_id in named or party.id in signed):
            return True
    return False


def bars_of(party: Party, case: Case, *, replaced: bool, is_approved: bool = False) -> list[Obstacle]:
    """Return what forbids taking a party off, or putting somebody else in the place."""
    return rules.taking_off_obstacles(standing_of(party, case), replaced=replaced, is_approved=is_approved)


@once
def take_off(party_public_id: str, *, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Take a party who was entered by mistake off a case; return the public id of the row that keeps it.

    Raises RuleBroken where the party is the last of the side, named by a binding text, or has spoken, was told or came:
    then it is asked for (:func:`mediation.stages.mending.requests.ask_about_party`).
    """
    party, case = _party(party_public_id, by=by)
    bars = bars_of(party, case, replaced=False)
    return _off(party, case, by=by, on=on, reason=reason, bars=bars).public_id


@once
def replace(
    party_public_id: str, *, identity: Identity, by: Actor, on: date, reason: str, key: str | None = None
) -> str:
    """Put the right person in the place of a wrong one; return the new party's public id.

    Side, place and lead go over. Consent, notice of rights, agents and address for service do not: they were the other
    person's. Raises as :func:`take_off`.
    """
    party, case = _party(party_public_id, by=by)
    bars = bars_of(party, case, replaced=True)
    return _swap(party, case, identity, by=by, on=on, reason=reason, bars=bars).public_id


def _party(public_id, *, by):
    party, case = cases.child(Party, public_id, for_=by)
    steps.require(steps.STEPS["case.supplement"], case, by=by)
    return next(each for each in cases.parties_of(case.id) if each.id == party.id), case


def carry_out(case: Case, content: dict, *, by: Actor, on: date, reason: str) -> None:
    """Do what was asked for about a party, now that it is allowed: ``content`` is that of the request."""
    party = next((each for each in cases.parties_of(case.id) if each.public_id == content["party"]), None)
    if party is None:
        raise RuleBroken(because(Bar.OFF_ALREADY))
    told = content.get("identity")
    bars = bars_of(party, case, replaced=bool(told), is_approved=True)
    if told:
        _swap(party, case, identity_from(told), by=by, on=on, reason=reason, bars=bars)
    else:
        _off(party, case, by=by, on=on, reason=reason, bars=bars)


def identity_as(identity: Identity) -> dict:
    """Return an identity in plain words, to be kept sealed in a request."""
    plain = asdict(identity)
    return plain | {"birth_on": identity.birth_on.isoformat() if identity.birth_on else None}


def identity_from(plain: dict) -> Identity:
    """Return the identity that :func:`identity_as` kept."""
    born = plain.get("birth_on")
    return Identity(**plain | {"birth_on": date.fromisoformat(born) if born else None})


def _swap(party, case, identity, *, by, on, reason, bars):
    person = people.take_in(identity, by=by, on=on)
    present = cases.parties_of(case.id)
    if any(other.person is not None and other.person.lasting_id == person.lasting_id for other in present):
        bars = [*bars, because(parties.Bar.TWICE, who=person.name)]
    role, position, leads = party.role, party.position, party.is_lead
    right = parties.make_party(role, person, identity, position=position, by=by, on=on)
    row = _off(party, case, by=by, on=on, reason=reason, bars=bars, stays=True)
    right.case_id, right.is_lead, right.consent = case.id, leads, Consent.PENDING
    session.add(right)
    session.flush()
    row.replaced_by_id = right.id
    parties.keep_out_the_accused(case)
    parties.follow(case, cases.parties_of(case.id))
    return right


def _off(party, case, *, by, on, reason, bars, stays=False) -> TakenOff:
    reason = reason.strip()
    bars = [*bars, *([] if reason else [because(Bar.NO_REASON)])]
    if bars:
        raise RuleBroken(*bars, about=case.public_id)
    was = outdated.printed(case)
    side = [each for each in cases.parties_of(case.id) if each.role == party.role and each.id != party.id]
    row = TakenOff(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, party_id=party.id, was_lead=party.is_lead,
        reason=reason, on=on, made_by_id=by.account_id,
    )
    session.add(row)
    if party.is_lead and not stays and side:
        side[0].is_lead = True
    party.case_id = None
    session.flush()
    left = cases.parties_of(case.id)
    if not stays:
        parties.follow(case, left)
    said = {"what": "party_off", "party": party.public_id, **outdated.told(case, was)}
    steps.take("case.take_off", case, by=by, on=on, reason=reason, facts=said, implied=True)
    trail.record("party.taken_off", by=by, about=party, case_id=case.id, params={"role": party.role})
    return row


@once
def put_back(taken_off_public_id: str, *, by: Actor, on: date, reason: str, key: str | None = None) -> str:
    """Put a party back who was taken off by mistake, as they stood; return the party's public id."""
    row, case = cases.child(TakenOff, taken_off_public_id, for_=by)
    steps.require(steps.STEPS["case.supplement"], case, by=by)
    party = session.get_one(Party, row.party_id)
    bars = [] if reason.strip() else [because(Bar.NO_REASON)]
    if row.put_back_on is not None:
        bars.append(because(Bar.BACK_ALREADY))
    instead = session.get(Party, row.replaced_by_id) if row.replaced_by_id else None
    if instead is not None and instead.case_id == case.id:
        bars.append(because(Bar.REPLACED, who=instead.name))
    if bars:
        raise RuleBroken(*bars, about=case.public_id)
    there = {each.person.lasting_id for each in cases.parties_of(case.id) if each.person}
    party.case_id = case.id
    leads = [each for each in cases.parties_of(case.id) if each.role == party.role and each.is_lead]
    party.is_lead = row.was_lead and not leads
    row.put_back_on, row.put_back_by_id, row.put_back_reason = on, by.account_id, reason.strip()
    session.flush()
    back = next(each for each in cases.parties_of(case.id) if each.id == party.id)
    if back.person is not None and back.person.lasting_id in there:
        raise RuleBroken(because(parties.Bar.TWICE, who=back.name), about=case.public_id)
    parties.keep_out_the_accused(case)
    parties.follow(case, cases.parties_of(case.id))
    said = {"what": "party_back", "party": party.public_id}
    steps.take("case.put_back", case, by=by, on=on, reason=reason.strip(), facts=said, implied=True)
    return party.public_id


@until_written(TakenOff, Party)
def taken_off(case_id: int) -> list[tuple[TakenOff, Party]]:
    """Return who was taken off a case and is not back, oldest first, with the party as it stood."""
    if not any(step.step == "case.take_off" for step in progress.taken(case_id)):
        return []
    query = select(TakenOff, Party).join(Party, Party.id == TakenOff.party_id)
    query = query.where(TakenOff.case_id == case_id, TakenOff.put_back_on.is_(None)).order_by(TakenOff.id)
    return [tuple(row) for row in session.execute(query)]


def of_party(public_id: str, *, by: Actor) -> tuple[Party, Case]:
    """Return a party that is in a case now, with the case. Raises NotFound."""
    party, case = cases.child(Party, public_id, for_=by)
    found = next((each for each in cases.parties_of(case.id) if each.id == party.id), None)
    if found is None:
        raise NotFound()
    return found, case


def off(public_id: str, *, for_: Actor) -> tuple[TakenOff, Party, Case]:
    """Return the row of a party who was taken off, the party, and the case. Raises NotFound."""
    row, case = cases.child(TakenOff, public_id, for_=for_)
    return row, session.get_one(Party, row.party_id), case
