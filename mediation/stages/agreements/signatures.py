"""Signatures and the seal under a written agreement; with the last one that is needed it takes effect."""

from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import facts as casefacts
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.rules import AgreementState, Representation
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotFound, RuleBroken
from mediation.registry.access.rules import Actor
from mediation.stages.agreements import queries, rules, signing
from mediation.stages.agreements.models import Signature
from mediation.stages.agreements.rules import SignatureKind, Signer
from mediation.stages.proceedings.models import ProceedingMediator


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
