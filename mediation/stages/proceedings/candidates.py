"""Who could be given a case: what bars each of the pool, what speaks for and against them, in an order (rows 39, 40).

However large the pool, the questions are a handful: the pool, its loads, its leaves, its studios, who met the parties.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.parties import PartyFlag
from mediation.casefile.cases.rules import DISPUTING_ROLES, FROM_COURT, PartyRole
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, because
from mediation.registry.causes import queries as causes
from mediation.registry.causes.rules import main_code
from mediation.registry.mediators import leave as leaves
from mediation.registry.mediators import queries as pool
from mediation.registry.mediators import studios
from mediation.registry.mediators.models import Mediator
from mediation.registry.mediators.rules import Leave, assign_cautions, assign_obstacles
from mediation.registry.mediators.studios import Studio
from mediation.registry.people.rules import surname
from mediation.registry.regions import queries as regions
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Figure
from mediation.stages.proceedings import facts, load, recommendation
from mediation.stages.proceedings.appointing.rules import AppointmentBar
from mediation.stages.proceedings.load import NOTHING, Load
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator
from mediation.stages.proceedings.recommendation import Near, Part, Suitability

OF_A_PAIR = 200  # earlier matters of the same two sides that are looked at
TOWN_DIGITS, VILLAGE_DIGITS = 9, 12


@dataclass(frozen=True)
class Candidate:
    """A mediator as the head who assigns sees one: load, every reason with its points, what stands against them."""

    public_id: str
    name: str
    unit_name: str
    is_own: bool  # of the unit that leads
    types: tuple[str, ...]
    load: Load
    trained_on: date | None
    parts: tuple[Part, ...]
    bars: tuple[Obstacle, ...] = ()
    cautions: tuple[Obstacle, ...] = ()
    phone: str | None = None

    @property
    def score(self) -> int:
        return recommendation.score(self.parts)


@dataclass(frozen=True)
class Standards:
    """The dated settings that a pool is held against on a day."""

    age: int
    birthday_counts: bool
    training: Figure
    term: Figure
    warn: int
    most: int


def standards(centre_id: int, *, on: date) -> Standards:
    """Return what a centre asks of its mediators on a day (PM-01, PM-02, PM-21, row 44)."""
    whose = {"on": on, "centre_id": centre_id}
    return Standards(
        settings.number("PM-01", **whose), settings.flag("PM-01.birthday_counts", **whose),
        settings.days("PM-21", **whose), settings.days("PM-02.term", **whose),
        settings.number("load.warn", **whose), settings.number("load.most", **whose),
    )


def bars_of(
    mediator: Mediator, *, on: date, for_court: bool, points: int, leave: Leave | None, held_to: Standards
) -> list[Obstacle]:
    """Return what forbids giving somebody a case; who cannot log in cannot answer about recusal either."""
    found = assign_obstacles(
        pool.facts_of(mediator, points=points, leave=leave), on=on, for_court=for_court, age=held_to.age,
        birthday_counts=held_to.birthday_counts, most_points=held_to.most,
    )
    return found if mediator.account_id else [*found, because(AppointmentBar.NO_ACCOUNT, who=mediator.name)]


def cautions_of(mediator: Mediator, *, on: date, points: int, held_to: Standards) -> list[Obstacle]:
    """Return what to look at before somebody is given a case (PM-02, PM-21, row 44)."""
    known = pool.facts_of(mediator, points=points)
    return assign_cautions(known, on=on, training=held_to.training, term=held_to.term, most=held_to.warn)


def of_pool(proceeding: Proceeding, case: Case, *, on: date) -> list[Mediator]:
    """Return who is in question: the unit's own, where it has any; for a court's case everybody on its list (JM-01)."""
    for_court = proceeding.basis in FROM_COURT
    if for_court:
        return pool.pool(case.centre_id, on=on, is_court_listed=True)
    return pool.pool(case.centre_id, on=on, unit_ids=[proceeding.unit_id]) or pool.pool(case.centre_id, on=on)


def available_for(proceeding: Proceeding, case: Case, *, on: date) -> list[Candidate]:
    """Return the mediators in term who could be given the case, the one who suits best first; nobody is chosen."""
    rows = of_pool(proceeding, case, on=on)
    return sorted(weighed(rows, proceeding, case, on=on), key=_preference)


def _preference(each: Candidate):
    return bool(each.bars), not each.is_own, -each.score, each.load.points, each.name


def weighed(rows: Sequence[Mediator], proceeding: Proceeding, case: Case, *, on: date) -> list[Candidate]:
    """Return what speaks for and against some mediators, in the order in which they came."""
    ids = [row.id for row in rows]
    loads, away = load.of_mediators(ids), leaves.on_day(ids, on)
    held_to = standards(case.centre_id, on=on)
    view = _View.of(ids, proceeding, case, on=on)
    weights = settings.rule_table("pool.weights", on=on, centre_id=case.centre_id)
    for_court = proceeding.basis in FROM_COURT
    found = []
    for row in rows:
        own = loads.get(row.id, NOTHING)
        told = {"on": on, "points": own.points, "held_to": held_to}
        bars = bars_of(row, for_court=for_court, leave=away.get(row.id), **told)
        cautions = cautions_of(row, **told)
        known = view.suitability(row, own, is_trained=not any(each.rule == "PM-21" for each in cautions))
        found.append(Candidate(
            row.public_id, row.name, row.unit.name, row.unit_id == proceeding.unit_id,
            tuple(row.specialities.get("types", ())), own, row.trained_on, recommendation.parts(known, weights),
            tuple(bars), tuple(cautions), row.phone,
        ))
    return found


def given(chosen: Sequence[Mediator], proceeding: Proceeding, *, on: date):
    """Return what bars and what warns of giving some mediators a proceeding."""
    ids = [row.id for row in chosen]
    loads, away = load.of_mediators(ids), leaves.on_day(ids, on)
    bars, cautions = [], []
    for row in chosen:
        held_to = standards(row.centre_id, on=on)
        told = {"on": on, "points": loads.get(row.id, NOTHING).points, "held_to": held_to}
        bars += bars_of(row, for_court=proceeding.basis in FROM_COURT, leave=away.get(row.id), **told)
        cautions += cautions_of(row, **told)
    return bars, cautions


# --- the case, as a pool is held against it ---


@dataclass(frozen=True)
class _View:
    main_type: str
    type_name: str
    places: Mapping[str, tuple[Near, str]]  # by code, the village first: how near, and what it is called
    needs_language: bool
    villages: Mapping[str, tuple[str, ...]]  # village code: parties who live there
    met: Collection[int]
    studios: Mapping[int, list[Studio]]
    chosen: Mapping[str, tuple[str, ...]]  # mediator's public id: who chose
    sides: int
    refused: Mapping[int, tuple[str, ...]]

    @classmethod
    def of(cls, ids: Sequence[int], proceeding: Proceeding, case: Case, *, on: date) -> "_View":
        parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
        main = main_code(case.type_code)
        kind = causes.dispute_type(main, centre_id=case.centre_id)
        villages: dict[str, list[str]] = {}
        for party in parties:
            if party.person and party.person.area_code and len(party.person.area_code) >= VILLAGE_DIGITS:
                villages.setdefault(party.person.area_code, []).append(party.name)
        return cls(
            main, kind.name if kind else "", _places(case), _needs_language(parties),
            {code: tuple(names) for code, names in villages.items()}, _met(ids, case, parties),
            studios.of_mediators(ids, on=on), *_chosen(proceeding, parties), refused_by(case.id, parties),
        )

    def suitability(self, row: Mediator, own: Load, *, is_trained: bool) -> Suitability:
        types = row.specialities.get("types", ())
        home = row.home_area_code or ""
        neighbours = self.villages.get(home, ()) if home else ()
        chosen_by = self.chosen.get(row.public_id, ())
        near, place = self._near(row)
        fitting = [each.name for each in self.studios.get(row.id, ()) if not each.types or self.main_type in each.types]
        return Suitability(
            type=self.type_name if self.main_type in types else "", studio=fitting[0] if fitting else "", place=place,
            near=near, met_before=row.id in self.met,
            languages=(row.languages or "") if self.needs_language else "", is_trained=is_trained,
            neighbours=neighbours,
            namesakes=tuple(name for name in neighbours if surname(name) and surname(name) == surname(row.name)),
            chosen_by=chosen_by, chosen_by_all=bool(chosen_by) and len(chosen_by) == self.sides,
            refused_by=self.refused.get(row.id, ()), cases=own.cases, points=own.points,
        )

    def _near(self, row: Mediator) -> tuple[Near, str]:
        """Return how near the case lies to the area of the mediator's unit or to where they live."""
        areas = [row.unit.area_code, row.home_area_code or ""]
        return next((self.places[code] for code in self.places if code in areas), (Near.ELSEWHERE, ""))


def _places(case: Case) -> dict[str, tuple[Near, str]]:
    """Return village and town of a case, the nearest first."""
    code = case.area_code or ""
    lengths = ((VILLAGE_DIGITS, Near.VILLAGE), (TOWN_DIGITS, Near.TOWN))
    codes = {code[:length]: near for length, near in lengths if len(code) >= length}
    found = {each: (near, regions.place(each, centre_id=case.centre_id)) for each, near in codes.items()}
    return {each: (near, place.short) for each, (near, place) in found.items() if place}


def _needs_language(parties: Iterable[Party]) -> bool:
    return any(PartyFlag.LANGUAGE in (party.flags or {}).get("flags", ()) for party in parties)


def _met(ids: Sequence[int], case: Case, parties: Sequence[Party]) -> set[int]:
    """Return who mediated between two of these sides before; natural persons lead, they have few cases."""
    ours = [party.person_id for party in parties if party.role == PartyRole.APPLICANT and party.person_id]
    theirs = [party.person_id for party in parties if party.role != PartyRole.APPLICANT and party.person_id]
    if not ours or not theirs:
        return set()
    asked = {"ours": ours, "theirs": theirs, "case_id": case.id, "mediators": list(ids)}
    return set(session.scalars(_between_the_same(), asked))


@cache
def _between_the_same() -> Select:
    one, other = aliased(Party), aliased(Party)
    same = (
        select(one.case_id).join(other, other.case_id == one.case_id)
        .where(one.person_id.in_(bindparam("ours", expanding=True)), one.case_id != bindparam("case_id"))
        .where(other.person_id.in_(bindparam("theirs", expanding=True)))
        .order_by(one.case_id.desc()).limit(OF_A_PAIR)
    )
    return (
        select(ProceedingMediator.mediator_id).join(Proceeding, Proceeding.id == ProceedingMediator.proceeding_id)
        .where(Proceeding.case_id.in_(same))
        .where(ProceedingMediator.mediator_id.in_(bindparam("mediators", expanding=True)))
    )


def _chosen(proceeding: Proceeding, parties: Sequence[Party]) -> tuple[dict[str, tuple[str, ...]], int]:
    """Return whom each party chose, by mediator, and how many parties there are to choose."""
    names = {party.public_id: party.name for party in parties}
    found: dict[str, list[str]] = {}
    for ref, wish in (proceeding.choices or {}).items():
        if wish.get("mediator") and ref in names:
            found.setdefault(wish["mediator"], []).append(names[ref])
    return {mediator: tuple(who) for mediator, who in found.items()}, len(parties)


_REPLIES = (
    select(ProceedingMediator.mediator_id, ProceedingMediator.party_replies)
    .join(Proceeding, Proceeding.id == ProceedingMediator.proceeding_id)
    .where(Proceeding.case_id == bindparam("case_id"))
)


def refused_by(case_id: int, parties: Sequence[Party]) -> dict[int, tuple[str, ...]]:
    """Return who of a case's parties refused which mediator, in whatever attempt (PM-04)."""
    names = {party.public_id: party.name for party in parties}
    found: dict[int, tuple[str, ...]] = {}
    for mediator_id, replies in session.execute(_REPLIES, {"case_id": case_id}):
        who = [names[ref] for ref, reply in replies.items() if reply == facts.REFUSED_MEDIATOR and ref in names]
        found[mediator_id] = tuple(dict.fromkeys((*found.get(mediator_id, ()), *who)))
    return {mediator_id: who for mediator_id, who in found.items() if who}
