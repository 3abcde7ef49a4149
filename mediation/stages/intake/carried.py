"""What a merger carries from one case into another, and what an undoing gives back (row 18)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, select

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party, Representative, ServiceAddress
from mediation.casefile.cases.rules import Consent, PartyRole
from mediation.casefile.papers.models import Paper
from mediation.ground.crypto import Sealed, keys
from mediation.ground.db import Base, session
from mediation.ground.ids import new_id
from mediation.ground.trail import TrailEntry
from mediation.stages.intake.parties import follow

OPPOSITE = {PartyRole.APPLICANT: PartyRole.RESPONDENT, PartyRole.RESPONDENT: PartyRole.APPLICANT}
NAMES_PARTIES = ("proceeding.hold_session", "proceeding.log_attempt", "proceeding.extend", "agreement.", "referral.")
OF_THE_PARTY = (
    "role", "name", "initials", "flags", "unavailable", "whereabouts_unknown", "lives_on_own_earnings",
    "identity_checked_on", "person_id",
)


@dataclass(frozen=True)
class Arrival:
    """A party that the leading case does not have yet: in what role it comes, and whose empty place it takes."""

    party: Party
    role: PartyRole
    place: Party | None = None


def by_person(case: Case) -> dict[int, Party]:
    """Return the parties of a case whom it knows, by the row that stands for each person now."""
    return {party.person.lasting_id: party for party in cases.parties_of(case.id) if party.person}


def arrivals(merged: Case, leading: Case) -> list[Arrival]:
    """Return the parties of ``merged`` who are not in ``leading``. One person is one party.

    Where those who are in both stand on the other side here, so does everybody else.
    """
    present, coming = by_person(leading), [party for party in cases.parties_of(merged.id) if party.person]
    shared = [(present.get(party.person.lasting_id), party) for party in coming]
    both = [(there.role, here.role) for there, here in shared if there is not None]
    turned = any(there == OPPOSITE.get(here) for there, here in both) and all(there != here for there, here in both)
    places = {party.role: party for party in cases.parties_of(leading.id) if party.person is None}
    found: dict[int, Arrival] = {}
    for party in coming:
        who = party.person.lasting_id
        if who not in present and who not in found:
            role = OPPOSITE.get(party.role, party.role) if turned else party.role
            found[who] = Arrival(party, role, places.pop(role, None))
    return list(found.values())


def bring(merged: Case, leading: Case, coming: Sequence[Arrival]) -> dict:
    """Add the parties that are new to the leading case, with who stands beside them and where papers reach them.

    Flags of a party that is in both are joined: what one case knows of a danger the other knows too (MH-01). Returns
    what was added, by row id, for :func:`take_back`.
    """
    flagged = [*_join_flags(merged, leading)]
    addresses = cases.service_addresses(merged.id)
    parties = list(cases.parties_of(leading.id))
    position = max((party.position for party in parties), default=0)
    added = []
    for arrival in coming:
        values = {name: getattr(arrival.party, name) for name in OF_THE_PARTY} | {"role": arrival.role}
        party = arrival.place
        if party is None:
            position += 1
            party = Party(
                id=new_id(), centre_id=leading.centre_id, case_id=leading.id, position=position,
                is_lead=not any(other.role == arrival.role for other in parties), **values,
            )
            session.add(party)
            parties.append(party)
            was = None
        else:
            was = {name: getattr(party, name) for name in OF_THE_PARTY if name != "identity_checked_on"}
            _write(party, values)
        session.flush()
        beside = [_copy(row, party_id=party.id) for row in arrival.party.representatives]
        address = addresses.get(arrival.party.id)
        beside += [_copy(address, party_id=party.id)] if address else []
        session.add_all(beside)
        session.flush()
        added.append({"id": party.id, "version": party.version, "beside": [row.id for row in beside], "was": was})
    follow(leading, cases.parties_of(leading.id))
    return {"parties": added, "flags": flagged}


def _join_flags(merged: Case, leading: Case):
    here = by_person(leading)
    for party in cases.parties_of(merged.id):
        same = here.get(party.person.lasting_id) if party.person else None
        if same is not None:
            had = set(same.flags.get("flags", ()))
            new = set(party.flags.get("flags", ())) - had
            if new:
                _write(same, {"flags": {"flags": sorted(had | new)}})
                yield {"id": same.id, "added": sorted(new)}


def _copy(row, **changes):
    """Return a row like another, under a key of its own; what lies sealed is sealed anew."""
    table = type(row)
    left = {"id", "public_id", "data_key", "recorded_at", "version", *changes}
    plain = {
        column.key: getattr(row, column.key) for column in table.__table__.columns
        if column.key not in left and not column.key.endswith("_sealed")
    }
    twin = table(id=new_id(), data_key=keys().new_data_key(), **plain, **changes)
    for name in (name for name, value in vars(table).items() if isinstance(value, Sealed)):
        setattr(twin, name, getattr(row, name))
    return twin


def take_back(leading: Case, brought: dict, *, since: int) -> list[int]:
    """Take out of the leading case what a merger brought, unless something has been built on it.

    ``since`` is the row of the merger in the history of that case. Returns the ids of the parties that stay: they
    consented, met, signed or were changed in the meantime.
    """
    here = {party.id: party for party in cases.parties_of(leading.id)}
    for change in brought["flags"]:
        party = here.get(change["id"])
        if party is not None:
            kept = [flag for flag in party.flags.get("flags", ()) if flag not in change["added"]]
            _write(party, {"flags": {"flags": kept}})
    names_them = _names_parties(leading, since=since)
    stay = []
    for each in brought["parties"]:
        party = here.get(each["id"])
        if party is None:
            continue
        if names_them or _is_built_on(party, each, leading):
            stay.append(party.id)
            continue
        for table in (Representative, ServiceAddress):
            session.execute(delete(table).where(table.party_id == party.id))
        if each["was"] is None:
            session.execute(delete(Party).where(Party.id == party.id))
        else:
            _write(party, each["was"] | {"identity_checked_on": None})
    session.flush()
    follow(leading, cases.parties_of(leading.id))
    return stay


def _write(party: Party, values: dict) -> None:
    for name, value in values.items():
        setattr(party, name, value)
    party.version += 1


def _names_parties(leading: Case, *, since: int) -> bool:
    """Say whether the case has met, settled or gone on since: those acts name everybody who was in it."""
    return any(each.id > since and each.step.startswith(NAMES_PARTIES) for each in progress.history(leading.id))


def _is_built_on(party: Party, brought: dict, leading: Case) -> bool:
    if party.version != brought["version"] or party.consent != Consent.PENDING or party.rights_notice_on:
        return True
    noted = exists().where(
        TrailEntry.case_id == leading.id, TrailEntry.object_kind == Party.__tablename__,
        TrailEntry.object_id == party.id,
    )
    printed = exists().where(Paper.case_id == leading.id, Paper.object_id == party.id)
    return session.scalar(select(noted | printed)) or _is_referred_to(party, brought["beside"])


def _is_referred_to(party: Party, but: Iterable[int]) -> bool:
    """Say whether a row of any room points to the party; later rooms are known here by their foreign keys only."""
    for table in Base.metadata.sorted_tables:
        for column in (each.parent for each in table.foreign_keys if each.column.table is Party.__table__):
            rows = select(next(iter(table.primary_key))).where(column == party.id)
            if set(session.scalars(rows)) - set(but):
                return True
    return False
