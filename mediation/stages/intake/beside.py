"""Who stands beside a party, and where papers reach it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Party, Representative
from mediation.casefile.cases.rules import (
    AgentAuthority,
    AgentFacts,
    AgentKind,
    PartyFacts,
    Representation,
    agent_obstacles,
    mandate_obstacles,
)
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import NotFound, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.mediators.models import Mediator
from mediation.registry.people import operations as people
from mediation.registry.people import rules as people_rules
from mediation.registry.people.models import Person
from mediation.registry.people.rules import IdKind, RevealReason
from mediation.registry.settings import queries as settings
from mediation.stages.intake import queries
from mediation.stages.intake.parties import Bar, supplemented


@dataclass(frozen=True)
class Helper:
    """Who stands beside a party, as typed: an agent with kind and authority, a guardian with the relation."""

    capacity: Representation
    name: str
    sex: str | None = None
    relation: str | None = None
    kind: AgentKind | None = None
    workplace: str | None = None
    licence_no: str | None = None
    language: str | None = None  # that an interpreter turns into Chinese
    id_number: str = ""
    phone: str = ""
    authority: AgentAuthority | None = None
    powers: tuple[str, ...] = ()
    paper_received_on: date | None = None


@once
def add_representative(party_public_id: str, *, helper: Helper, by: Actor, on: date, key: str | None = None) -> str:
    """Put somebody beside a party: agent, guardian, legal representative, helper or interpreter.

    Raises RuleBroken for a third agent or one without a spelled-out mandate (QT-16), for the mediator of this very
    case (JM-07), for a number that cannot be.
    """
    party, case = cases.child(Party, party_public_id, for_=by)
    bars = people_rules.name_obstacles(helper.name)
    bars += people_rules.phone_obstacles(helper.phone) if helper.phone.strip() else []
    reading = people_rules.read_id_number(helper.id_number, IdKind.RESIDENT_ID, on=on)
    bars += reading.obstacles if helper.id_number.strip() else []
    if helper.capacity == Representation.AGENT:
        bars += mandate_obstacles(helper.name, kind=helper.kind, authority=helper.authority, powers=helper.powers)
        bars += _one_agent_more(party, helper, case, on=on)
    bars += _mediates(helper, case)
    if bars:
        raise RuleBroken(*bars)
    row = Representative(
        id=new_id(), party_id=party.id, data_key=keys().new_data_key(), capacity=helper.capacity,
        name=people_rules.normalise_name(helper.name), sex=reading.sex or helper.sex, relation=helper.relation or None,
        kind=helper.kind, workplace=helper.workplace or None, licence_no=helper.licence_no or None,
        language=helper.language or None,
        authority=helper.authority, powers={"powers": list(helper.powers)}, paper_received_on=helper.paper_received_on,
    )
    row.id_number, row.phone = reading.number or None, people_rules.normalise_phone(helper.phone)
    session.add(row)
    session.flush()
    supplemented(case, "representative_added", by=by, on=on, capacity=helper.capacity)
    return row.public_id


def end_representative(representative_public_id: str, *, reason: str, by: Actor, on: date) -> str:
    """End somebody's standing beside a party; the row stays."""
    row, case = queries.representative(representative_public_id, for_=by)
    if not reason.strip():
        raise RuleBroken(because(Bar.NEEDS_REASON))
    row.until = on
    row.version += 1
    session.flush()
    said = {"what": "representative_ended", "capacity": row.capacity}
    steps.take("case.correct", case, by=by, on=on, reason=reason.strip(), facts=said)
    return row.public_id


def reveal(public_id: str, field: str, *, of: str, reason: RevealReason, words: str = "", by: Actor) -> str:
    """Return the full number of a party (``of`` "party") or of who stands beside one ("representative"), on record."""
    if of == "party":
        party, case = cases.child(Party, public_id, for_=by)
        if party.person_id is None:
            raise NotFound()
        row = session.get_one(Person, party.person_id)
    else:
        row, case = queries.representative(public_id, for_=by)
    return people.reveal(row, field, reason=reason, words=words, by=by, case_id=case.id)


def _one_agent_more(party, helper, case, *, on):
    query = select(Representative).where(
        Representative.party_id == party.id,
        Representative.capacity == Representation.AGENT,
        Representative.until.is_(None),
    )
    agents = (*(AgentFacts(row.name) for row in session.scalars(query)), AgentFacts(helper.name))
    most = settings.number("QT-16", on=case.law_on, centre_id=case.centre_id)
    return agent_obstacles(PartyFacts(party.name, agents=agents), most=most)


def _mediates(helper, case):
    """Who mediates stands beside nobody in the same case (JM-07: SPC Provisions on Invited Mediation, Art. 16)."""
    mediator = session.get(Mediator, case.mediator_id) if case.mediator_id else None
    if mediator is None or mediator.name != people_rules.normalise_name(helper.name):
        return []
    return [because(Bar.MEDIATES, who=mediator.name)]
