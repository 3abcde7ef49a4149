"""What the rules need to know of a case's parties, read from their rows."""

from collections.abc import Iterable
from datetime import date

from mediation.casefile.cases import needs, queries
from mediation.casefile.cases.models import Party, Representative, ServiceAddress
from mediation.casefile.cases.parties import HelperFacts
from mediation.casefile.cases.rules import (
    AgentFacts,
    AgentKind,
    PartyFacts,
    PartyFlag,
    PartyKind,
    Representation,
    ServiceFacts,
)
from mediation.registry.causes import queries as causes
from mediation.registry.people.rules import Capacity, capacity_on

SETTLING_POWERS = ("和解", "签署调解协议")  # what a power of attorney must spell out (QT-16)


def party_facts(case_id: int, *, on: date) -> list[PartyFacts]:
    """Return the facts of all parties of a case on a day; ``key`` is the party's public id."""
    return [facts_of(party, on=on) for party in queries.parties_of(case_id)]


def facts_of(party: Party, *, on: date) -> PartyFacts:
    """Return the facts of one party, whose person and representatives are loaded."""
    guardian = next((row.name for row in party.representatives if row.capacity == Representation.GUARDIAN), None)
    person = party.person
    return PartyFacts(
        name=party.name,
        role=party.role,
        kind=PartyKind(person.kind) if person else PartyKind.PERSON,
        consent=party.consent,
        capacity=_capacity(party, on),
        born_on=person.birth_on if person else None,
        guardian=guardian,
        agents=tuple(_agent(row) for row in party.representatives if row.capacity == Representation.AGENT),
        helpers=tuple(_helper(row) for row in party.representatives if row.capacity in needs.BESIDE),
        flags=_flags(party),
        key=party.public_id,
    )


def _capacity(party, on):
    if party.person is None or party.person.kind == PartyKind.ORGANISATION:
        return Capacity.FULL
    return capacity_on(party.person.birth_on, on, own_earnings=party.lives_on_own_earnings)


def _flags(party) -> frozenset[PartyFlag]:
    flags = {PartyFlag(flag) for flag in (party.flags or {}).get("flags", ())}
    if party.whereabouts_unknown:
        flags.add(PartyFlag.WHEREABOUTS_UNKNOWN)
    return frozenset(flags)


def _helper(row: Representative) -> HelperFacts:
    return HelperFacts(row.name, row.capacity, is_known=bool(row.relation and row.id_number_sealed))


def _agent(row: Representative) -> AgentFacts:
    powers = " ".join((row.powers or {}).get("powers", ()))
    return AgentFacts(
        name=row.name,
        kind=row.kind or AgentKind.RECOMMENDED,
        authority=row.authority,
        may_settle=any(power in powers for power in SETTLING_POWERS),
        has_paper=row.paper_received_on is not None,
    )


def service_facts(addresses: Iterable[ServiceAddress]) -> dict[int, ServiceFacts]:
    """Return the facts of confirmed addresses for service, by party id."""
    return {
        row.party_id: ServiceFacts(
            postcode=row.postcode or "", address=row.address or "", recipient=row.recipient, phone=row.phone or "",
            confirmed_on=row.confirmed_on, agrees_to_electronic=row.agrees_to_electronic,
            has_electronic=bool(row.electronic),
        )
        for row in addresses
    }


def traits_of(type_code: str, *, centre_id: int) -> frozenset[str]:
    """Return the traits of a dispute type and those above it, by which the rules ask (labour, medical, title …)."""
    kind = causes.dispute_type(type_code, centre_id=centre_id)
    return frozenset(kind.traits) if kind else frozenset()
