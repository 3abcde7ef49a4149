"""A party's confirmed address for service (DC-07): recorded once, used by mediation, confirmation and suit."""

import json
from dataclasses import dataclass, replace
from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party, ServiceAddress
from mediation.casefile.cases.rules import DISPUTING_ROLES, ServiceFacts, Track, address_obstacles
from mediation.casefile.papers import blocks, contract
from mediation.casefile.papers import operations as papers
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.people import rules as people_rules
from mediation.registry.people.models import Person
from mediation.registry.units import queries as units
from mediation.stages.intake import derived
from mediation.stages.intake.parties import supplemented


@dataclass(frozen=True)
class Service:
    """An address for service as typed. ``mobile``, ``email`` and ``platform`` count with express consent only."""

    recipient: str
    address: str
    postcode: str
    phone: str
    agrees_to_electronic: bool = False
    mobile: str = ""
    email: str = ""
    platform: str = ""
    is_confidential: bool = False


@once
def record_service_address(
    party_public_id: str, *, service: Service, by: Actor, on: date, key: str | None = None
) -> str:
    """Keep where papers reach a party, and issue the form that the party signs; an earlier address stays in the file.

    Without a phone that of the person is taken.
    Raises RuleBroken with everything that DC-07 asks for and is missing.
    """
    party, case = cases.child(Party, party_public_id, for_=by)
    if not service.phone.strip() and party.person_id:
        service = replace(service, phone=session.get_one(Person, party.person_id).phone or "")
    given = {"mobile": service.mobile.strip(), "email": service.email.strip(), "platform": service.platform.strip()}
    electronic = {name: value for name, value in given.items() if value and service.agrees_to_electronic}
    facts = ServiceFacts(
        postcode=service.postcode, address=service.address, recipient=service.recipient, phone=service.phone,
        confirmed_on=on, agrees_to_electronic=service.agrees_to_electronic, has_electronic=bool(electronic),
    )
    bars = address_obstacles(party.name, facts)
    bars += people_rules.phone_obstacles(service.phone) if service.phone.strip() else []
    if bars:
        raise RuleBroken(*bars)
    row = ServiceAddress(
        id=new_id(), party_id=party.id, data_key=keys().new_data_key(), recipient=service.recipient.strip(),
        postcode=service.postcode.strip(), agrees_to_electronic=service.agrees_to_electronic,
        is_confidential=service.is_confidential, confirmed_on=on,
    )
    row.address, row.phone = service.address.strip(), people_rules.normalise_phone(service.phone)
    row.electronic = json.dumps(electronic, ensure_ascii=False) if electronic else None
    session.add(row)
    session.flush()
    supplemented(case, "service_address", by=by, on=on)
    if party.role in DISPUTING_ROLES:
        _issue(case, party, row, electronic, by=by, on=on)
    return row.public_id


def _issue(case: Case, party: Party, row: ServiceAddress, electronic: dict[str, str], *, by: Actor, on: date) -> None:
    """Issue the form. A case without an official cause names its type there; the court names the cause."""
    listed = [each.id for each in cases.parties_of(case.id) if each.role in DISPUTING_ROLES]
    kind = derived.kind_of(case)
    matter = blocks.matter(case)
    if matter.cause is None and kind is not None:
        matter = blocks.matter(case, cause=f"{kind.name}纠纷")
    details = contract.ServiceAddress(
        party=listed.index(party.id), court_number=case.court_no, postcode=row.postcode, address=row.address,
        receiver=row.recipient, phone=row.phone, is_confidential=row.is_confidential,
        consents_electronic=row.agrees_to_electronic, mobile=electronic.get("mobile"), email=electronic.get("email"),
        platform=electronic.get("platform"),
    )
    values = blocks.values(
        case, "service_address", details, unit=None, track=case.track or Track.PEOPLES, number=None, on=on,
        case_block=matter,
    )
    word = units.centre(case.centre_id).register_word.removesuffix("登") + "送"
    papers.issue(case, "service_address", values, by=by, on=on, about=party, word=word)
