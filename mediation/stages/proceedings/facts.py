"""What the rules need to know of a proceeding, read from its rows."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import facts as casefacts
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ACTIVE_PROCEEDING, Basis, PartyFacts, ProceedingState, Track, basis_of
from mediation.ground.db import session
from mediation.ground.errors import Obstacle
from mediation.registry.causes import queries as causes
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Figure
from mediation.registry.units.models import Unit
from mediation.stages.proceedings import periods, rules
from mediation.stages.proceedings.appointing.rules import AppointedMediator, RecusalQuestion
from mediation.stages.proceedings.models import PrivateNote, Proceeding, ProceedingMediator, Session
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.proceedings.rules import AcceptanceFacts
from mediation.stages.routing.models import Transfer

EXTENSIONS = {"PM-18": "PM-18.extension", "AM-17": "AM-17.extension"}
TAKEN_MEDIATOR, REFUSED_MEDIATOR = "accepted", "refused"


def parties_of(case: Case, *, on: date) -> list[PartyFacts]:
    """Return the parties as the rules see them."""
    return casefacts.party_facts(case.id, on=on)


def traits_of(case: Case) -> frozenset[str]:
    """Return what the dispute's type means to the law."""
    return casefacts.traits_of(case.type_code, centre_id=case.centre_id)


def acceptance(case: Case, transfer: Transfer, unit: Unit, *, on: date) -> AcceptanceFacts:
    """Return what a unit knows when it decides on acceptance."""
    running = select(Proceeding.track).where(Proceeding.case_id == case.id, Proceeding.state.in_(ACTIVE_PROCEEDING))
    return AcceptanceFacts(
        track=transfer.track, basis=basis_of(case.source), parties=parties_of(case, on=on),
        open_tracks=list(session.scalars(running)), traits=traits_of(case), unit_kind=unit.kind,
        is_court_listed=unit.is_court_listed, procedure=procedure_of(case),
    )


def procedure_of(case: Case) -> Procedure | None:
    """Return the court's procedure of an entrusted case, as far as somebody wrote it down."""
    return Procedure(case.court_procedure) if case.court_procedure in set(Procedure) else None


def appointed(rows: Iterable[ProceedingMediator], case: Case) -> list[AppointedMediator]:
    """Return the mediators on a proceeding; ``rows`` come with their mediators."""
    names = {party.public_id: party.name for party in cases.parties_of(case.id)}
    return [as_appointed(row, names) for row in rows]


def as_appointed(row: ProceedingMediator, names: dict[str, str]) -> AppointedMediator:
    """Return one mediator on a proceeding; ``names`` are the parties' by public id."""
    answers = row.recusal_answers.get("answers")
    refused = [ref for ref, reply in row.party_replies.items() if reply == REFUSED_MEDIATOR]
    declined_by = tuple(names[ref] for ref in refused if ref in names)
    return AppointedMediator(
        row.mediator.name, row.mode, presides=row.presides, declined_by=declined_by,
        answers={RecusalQuestion(key): answer for key, answer in answers.items()} if answers else None,
        waived_by=tuple(row.waivers),
    )


def informed(proceeding: Proceeding, case: Case) -> set[str]:
    """Return the parties told of their rights in this proceeding; what an earlier one told does not count (PM-06)."""
    since = proceeding.accepted_on
    return {
        party.public_id
        for party in cases.parties_of(case.id)
        if party.rights_notice_on is not None and (since is None or party.rights_notice_on >= since)
    }


def period_for(case: Case, *, track: Track, basis: Basis) -> str:
    """Return the key of the period that runs for a case on a track."""
    return periods.period_key(
        track, basis, procedure=procedure_of(case), traits=traits_of(case), main_type=main_type(case)
    )


def period_of(proceeding: Proceeding, case: Case) -> tuple[str, date]:
    """Return the key of the period of an accepted proceeding, and the day from which it runs."""
    key = period_for(case, track=proceeding.track, basis=proceeding.basis)
    start = periods.period_start(
        key, accepted_on=proceeding.accepted_on, applied_on=case.applied_on, court_received_on=case.court_received_on,
        counts_from=proceeding.counts_from,
    )
    return key, start


def main_type(case: Case) -> str:
    """Return the code of the level-1 type."""
    kind = causes.main_type(case.type_code, centre_id=case.centre_id)
    return kind.code if kind else ""


def traffic_obstacles(proceeding: Proceeding, case: Case, *, determined_on: date | None) -> list[Obstacle]:
    """Return what bars the traffic police from a case that came to them too late. AM-05."""
    if determined_on is None or proceeding.track is None:
        return []
    if period_for(case, track=proceeding.track, basis=proceeding.basis) != "AM-05.mediate":
        return []
    last_on = deadlines.last_day("AM-05.apply", determined_on, on=case.law_on, centre_id=case.centre_id).day
    return rules.traffic_obstacles(case.applied_on, last_on=last_on)


def extension_of(key: str, proceeding: Proceeding, case: Case) -> tuple[Figure | None, int | None]:
    """Return by how much a period may grow at a time and how often, None where nobody limits it."""
    whose = {"on": case.law_on, "centre_id": case.centre_id, "unit_id": proceeding.unit_id}
    row = "JM-02.extension" if key.startswith("JM-02") else EXTENSIONS.get(key)
    most = settings.number("PM-18.extensions", **whose) if key == "PM-18" else None
    return (settings.days(row, **whose) if row else None), most


def private_words(case: Case) -> list[str]:
    """Return every private note and concession of a case, only to make sure that none of it leaves (JM-12)."""
    return [note.text for note in session.scalars(select(PrivateNote).where(PrivateNote.case_id == case.id))]


def half_way(case: Case) -> list[str]:
    """Return the points on which the parties met in talks that came to nothing: they were offers (JM-12)."""
    query = (
        select(Session)
        .join(Proceeding, Proceeding.id == Session.proceeding_id)
        .where(Session.case_id == case.id, Proceeding.state == ProceedingState.ENDED, Session.void_on.is_(None))
    )
    return [meeting.agreed for meeting in session.scalars(query) if meeting.agreed]


def names_of(parties: Sequence[PartyFacts]) -> dict[str, str]:
    """Return the parties' names by public id."""
    return {party.ref: party.name for party in parties}
