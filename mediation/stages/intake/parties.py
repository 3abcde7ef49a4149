"""Who is in a case: adding parties, filling in and putting right what is known of them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import PartyFlag, PartyRole
from mediation.casefile.papers import outdated
from mediation.ground import trail
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.ground.pinyin import initials
from mediation.registry.access.rules import Actor
from mediation.registry.people import operations as people
from mediation.registry.people import queries as people_queries
from mediation.registry.people import rules as people_rules
from mediation.registry.people.models import Person
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import IdKind
from mediation.registry.settings import queries as settings
from mediation.stages.intake import derived, rules, versions


class Bar(Reason):
    TWICE = "twice", N_("%(who)s已经是本案当事人")
    NEEDS_REASON = "change_needs_reason", N_("改动已经填过的内容，要写理由")
    LAST_OF_SIDE = "last_of_side", N_("申请人一方至少要有一人")
    MEDIATES = "mediates", N_("%(who)s是本案调解员，不能作代理人、翻译或者陪同的人；先改派调解员"), "JM-07"
    LEADS = "leads", N_("%(who)s正在承办本案，不能同时是当事人；先终止这一次、换承办单位，再登记"), "MH-12"


@dataclass(frozen=True)
class Standing:
    """What a case knows of a party besides who it is."""

    role: PartyRole
    flags: frozenset[PartyFlag] = field(default_factory=frozenset)
    whereabouts_unknown: bool = False
    lives_on_own_earnings: bool = False
    identity_checked: bool = False


def make_party(role: PartyRole, person: Person, told: Identity, *, position: int, by: Actor, on: date) -> Party:
    """Return a party, not yet in the session; its age brings its first flags."""
    name = people_rules.normalise_name(told.name)
    elderly_from = settings.number("MH-05.elderly_from", on=on, centre_id=by.centre_id)
    flags = rules.age_flags(person.birth_on, on=on, elderly_from=elderly_from)
    return Party(
        id=new_id(), centre_id=by.centre_id, person=person, representatives=[], role=role, position=position,
        is_lead=False, name=name, initials=initials(name)[:40], flags={"flags": sorted(flags)}, unavailable={},
        whereabouts_unknown=False,
        lives_on_own_earnings=False, identity_checked_on=on if told.id_number.strip() or told.uscc.strip() else None,
    )


def make_unknown(words: str, *, position: int, by: Actor) -> Party:
    """Return the party that stands for an other side nobody knows; papers print what was said of it."""
    name = words.strip()[:60] or "身份不详"
    return Party(
        id=new_id(), centre_id=by.centre_id, person=None, representatives=[], role=PartyRole.RESPONDENT,
        position=position, is_lead=True, name=name, initials=initials(name)[:40], flags={"flags": []}, unavailable={},
    )


def stored(party: Party) -> dict[str, Any]:
    """Return what may be changed of a party, as it is now; what is covered on pages stays out."""
    found = {
        "version": version_of(party), "name": party.name, "role": party.role,
        "flags": list(party.flags.get("flags", ())),
        "whereabouts_unknown": party.whereabouts_unknown, "lives_on_own_earnings": party.lives_on_own_earnings,
    }
    if party.person_id is None:
        return found
    identity = asdict(people.identity_of(_person(party)))
    return {name: value for name, value in identity.items() if name not in (*people.COVERED, "name")} | found


def version_of(party: Party) -> int:
    """Return the version of what pages show of a party: it grows with the party and with the person behind it."""
    return party.version + _version_of_person(party)


@once
def add_party(
    case_public_id: str, *, role: PartyRole, identity: Identity, by: Actor, on: date, key: str | None = None
) -> str:
    """Add a party to a case; on the side of the respondents it takes the place of "nobody knows".

    Raises RuleBroken when the identity is wrong or the person is in the case already.
    """
    case = cases.get(case_public_id, for_=by)
    present = cases.parties_of(case.id)
    person = people.take_in(identity, by=by, on=on)
    if any(party.person is not None and party.person.lasting_id == person.id for party in present):
        raise RuleBroken(because(Bar.TWICE, who=person.name))
    unknown = next((party for party in present if party.person_id is None and party.role == role), None)
    if unknown is not None:
        _name_unknown(unknown, person, identity, by=by, on=on)
        party = unknown
    else:
        position = max((party.position for party in present), default=0) + 1
        party = make_party(role, person, identity, position=position, by=by, on=on)
        party.case_id, party.is_lead = case.id, not any(other.role == role for other in present)
        session.add(party)
    session.flush()
    supplemented(case, "party_added", by=by, on=on)
    keep_out_the_accused(case)
    follow(case, cases.parties_of(case.id))
    return party.public_id


def change_party(
    party_public_id: str, *, version: int, identity: Mapping[str, Any] | None = None, standing: Standing | None = None,
    contact: Mapping[str, Any] | None = None, unavailable: str | None = None, reason: str = "", by: Actor, on: date,
) -> str:
    """Fill in or put right what is known of a party. What was known before is changed with a reason only.

    ``version`` is :func:`version_of` the party that was shown. ``identity`` holds fields of ``Identity`` (without the
    covered numbers where they stay), ``contact`` how to reach the person safely, ``unavailable`` when not.
    Raises Stale when somebody else saved first, RuleBroken.
    """
    party, case = cases.child(Party, party_public_id, for_=by)
    versions.take(party, version - _version_of_person(party), case_id=case.id, stored=lambda: stored(party))
    fields, was = [], outdated.printed(case)
    if identity is not None:
        fields += _identify(party, identity, by=by, on=on)
    if standing is not None:
        fields += _stand(party, standing, case, by=by, on=on)
    if contact is not None and party.person_id:
        people.keep_contact(_person(party), contact, by=by, case_id=case.id)
    if unavailable is not None:
        party.unavailable = {"note": unavailable.strip()} if unavailable.strip() else {}
    replaced = [name for name, had in fields if had]
    if replaced and not reason.strip():
        raise RuleBroken(because(Bar.NEEDS_REASON))
    session.flush()
    name = "case.correct" if replaced else "case.supplement"
    said = {"what": "party_changed", "party": party.public_id, "fields": sorted({name for name, _had in fields})}
    said |= outdated.told(case, was) if replaced else {}
    steps.take(name, case, by=by, on=on, reason=reason.strip() or None, facts=said)
    keep_out_the_accused(case)
    follow(case, cases.parties_of(case.id))
    return party.public_id


def _identify(party, identity, *, by, on):
    """Change who a party is and return (field, whether it was known before) of what differs now."""
    name = people_rules.normalise_name(str(identity.get("name", party.name)))
    if party.person_id is None:
        told = Identity(**{**identity, "name": name})
        _name_unknown(party, people.take_in(told, by=by, on=on), told, by=by, on=on)
        return [("identity", False)]
    renamed = [("name", True)] if name != party.name else []
    party.person_id = _person(party).id
    changed = _same_or_other(_person(party), party, identity, by=by, on=on)
    if identity.get("id_number") or identity.get("uscc"):
        party.identity_checked_on = on
    party.name, party.initials = name, initials(name)[:40]
    return renamed + [(field, bool(before)) for field, before in changed.items() if field != "name"]


def _name_unknown(party, person, told, *, by, on):
    """Let somebody take the place of the side that nobody knew; what hangs on the party stays with it."""
    named = make_party(party.role, person, told, position=party.position, by=by, on=on)
    party.person_id, party.name, party.initials = person.id, named.name, named.initials
    party.flags, party.identity_checked_on = named.flags, named.identity_checked_on


def _same_or_other(person, party, identity, *, by, on) -> dict[str, Any]:
    """Change the person and return what stood there before; a number that is somebody else's makes the party them."""
    number = str(identity.get("id_number") or "")
    kind = IdKind(identity.get("id_kind") or IdKind.RESIDENT_ID)
    known = people_queries.by_number(by.centre_id, kind, number) if number.strip() else None
    if known is None or known.id == person.id:
        return people.change(person, identity, by=by, on=on, case_id=party.case_id)
    typed = asdict(people.identity_of(person)) | {name: value for name, value in identity.items() if value}
    people.take_in(Identity(**typed), by=by, on=on)
    others = [other.person for other in cases.parties_of(party.case_id) if other.person and other.id != party.id]
    if any(other.lasting_id == known.id for other in others):
        raise RuleBroken(because(Bar.TWICE, who=known.name))
    party.person_id = known.id
    return {"id_number": person.id_number}


def _stand(party, standing, case, *, by, on):
    before = {
        "role": party.role, "flags": frozenset(party.flags.get("flags", ())),
        "whereabouts_unknown": party.whereabouts_unknown, "lives_on_own_earnings": party.lives_on_own_earnings,
    }
    after = {name: getattr(standing, name) for name in before}
    if before["role"] == PartyRole.APPLICANT != standing.role and _count(case, PartyRole.APPLICANT) == 1:
        raise RuleBroken(because(Bar.LAST_OF_SIDE))
    party.role, party.flags = standing.role, {"flags": sorted(standing.flags)}
    party.whereabouts_unknown = standing.whereabouts_unknown
    party.lives_on_own_earnings = standing.lives_on_own_earnings
    if standing.identity_checked and party.identity_checked_on is None:
        party.identity_checked_on = on
    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if changed:
        trail.record("party.changed", by=by, about=party, case_id=case.id, params={"fields": sorted(changed)},
                     changed=changed, box=case.box())
    return [(name, name == "role") for name in changed]


def supplemented(case, what, *, by: Actor, on: date, **said) -> None:
    """Write into the history that a registration was filled in."""
    steps.take("case.supplement", case, by=by, on=on, facts={"what": what, **said})


def keep_out_the_accused(case: Case) -> None:
    """Let no unit see a case in which it is a party itself; the centre as a whole stays (MH-12).

    Raises RuleBroken where that unit leads the case. MH-12: Regulation on Petition Work (2022), Art. 30.
    """
    for unit in access.accused_units(case):
        if unit.id == case.lead_unit_id:
            raise RuleBroken(because(Bar.LEADS, who=unit.name))
        access.keep_out(case, unit_id=unit.id)


def follow(case: Case, parties: Sequence[Party]) -> None:
    """Bring title and headcount after a change of the parties."""
    case.title = derived.title(case, parties)
    sides = [sum(party.role == role for party in parties) for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT)]
    case.people_count = max(case.people_count, *sides)
    session.flush()


def _count(case, role):
    return session.scalar(select(func.count()).select_from(Party).where(Party.case_id == case.id, Party.role == role))


def _version_of_person(party):
    return _person(party).version if party.person_id else 0


def _person(party):
    """Return the row that stands for the party's person now: what is written onto a row merged away, nobody reads."""
    person = session.get_one(Person, party.person_id)
    return person if person.merged_into_id is None else session.get_one(Person, person.merged_into_id)
