"""Where a case should go and why: the rules asked about one case, and the unit that serves its place."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mediation.casefile.cases import facts as casefacts
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.grades import Grade
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PartyFlag, PartyKind, Risk, Source, Track, Trait
from mediation.ground.errors import Obstacle, because
from mediation.registry.causes import queries as causes
from mediation.registry.regions import queries as regions
from mediation.registry.regions.rules import level_of
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.registry.units.queries import types_of
from mediation.registry.units.rules import TRACKS_OF, UnitKind
from mediation.stages.intake.rules import FROM_A_COURT
from mediation.stages.routing import suggesting, table
from mediation.stages.routing.rules import TargetUnit
from mediation.stages.routing.suggesting import CaseFacts, Clue, RoutingRule

AREA_LENGTHS = (15, 12, 9, 6)  # grid, village, town, county
TELLING = frozenset({"flags", "without_flags", "amount_from_fen", "amount_to_fen", "people_from", "grades"})
MOST_CHANGES = 2
OTHER_TYPE = "other"


@dataclass(frozen=True)
class Way:
    """A rule and the unit that it leads to here."""

    rule: RoutingRule
    unit: Unit

    @property
    def track(self) -> Track:
        return self.rule.track


@dataclass(frozen=True)
class Change:
    """What would lead elsewhere, and where."""

    clue: Obstacle
    way: Way


@dataclass(frozen=True)
class Advice:
    """The suggestion as pages show it: the way, what decided, the next best, what would change it."""

    way: Way
    clues: tuple[Obstacle, ...]
    alternative: Way | None = None
    changes: tuple[Change, ...] = ()
    facts: CaseFacts | None = None

    def snapshot(self) -> dict:
        """Return what is kept with the transfer, as it was shown."""
        return {
            **_kept(self.way),
            "fired": [clue.reason.value for clue in self.clues],
            "clues": [[clue.reason.value, _plain(clue.params["value"])] for clue in self.clues],
            "alternative": _kept(self.alternative) if self.alternative else None,
            "facts": self.facts.kept() if self.facts else None,
        }


def clues_of(snapshot: Mapping[str, Any]) -> list[Obstacle]:
    """Return what decided, in words, of a suggestion that was kept with a transfer."""
    return [because(Clue(reason), value=value) for reason, value in snapshot.get("clues") or ()]


def suggest_for(case: Case, *, on: date) -> Advice | None:
    """Return the suggestion for a registered case, None when no rule fits or no unit is there."""
    return _suggest(facts_of(case), case.centre_id, _reported(case), on)


def suggest_for_values(
    *, centre_id: int, on: date, source: Source = Source.PARTY, type_code: str | None = None,
    area_code: str | None = None, amount_fen: int | None = None, people: int = 0, flags: Iterable[str] = (),
) -> Advice | None:
    """Return the suggestion for what has been typed so far; for the panel beside the registration."""
    traits = casefacts.traits_of(type_code, centre_id=centre_id) if type_code else frozenset()
    facts = CaseFacts(
        source, types=lineage(type_code), traits=traits, areas=areas(area_code), amount_fen=amount_fen,
        people=people, flags=frozenset(flags),
    )
    return _suggest(facts, centre_id, frozenset(), on)


def facts_of(case: Case) -> CaseFacts:
    """Return what the rules may ask about a case."""
    return facts_from(case, [party.flags for party in cases.parties_of(case.id)])


def facts_from(case, flags_of_parties: Sequence[Mapping[str, Any]]) -> CaseFacts:
    """Return the facts of a case, or of a row with its columns, whose parties' flags are known."""
    flags = {flag for each in flags_of_parties for flag in each.get("flags", ())}
    flags |= {question for question, answer in case.screening.items() if answer is True}
    return CaseFacts(
        case.source, types=lineage(case.type_code), traits=traits_of(case), areas=areas(case.area_code),
        amount_fen=case.amount_fen, people=max(case.people_count, len(flags_of_parties)), flags=frozenset(flags),
        grade=case.grade,
    )


def traits_of(case: Case) -> frozenset[str]:
    """Return what the dispute's type means to the law."""
    return casefacts.traits_of(case.type_code, centre_id=case.centre_id)


def type_words(case: Case) -> str:
    """Return the names of the dispute's type and of those above it."""
    found = (causes.dispute_type(code, centre_id=case.centre_id) for code in lineage(case.type_code))
    return " ".join(each.name for each in found if each)


def lineage(code: str | None) -> tuple[str, ...]:
    """Return a type's code and those above it: ``neighbour.water``, ``neighbour``."""
    parts = code.split(".") if code else []
    return tuple(".".join(parts[:count]) for count in range(len(parts), 0, -1))


def areas(code: str | None) -> tuple[str, ...]:
    """Return a place's code and those of what it lies in, down to the county."""
    return tuple(code[:length] for length in AREA_LENGTHS if code and len(code) >= length)


def target_of(unit: Unit, case: Case) -> TargetUnit:
    """Return what the rules ask about a unit before a case is sent to it."""
    return TargetUnit(unit.name, tracks_of(unit), unit.is_court_listed, unit.name in _reported(case))


def tracks_of(unit: Unit) -> frozenset[str]:
    """Return the tracks that a unit runs; the judicial one only if it stands on the court's roster (JM-01).

    A studio that numbers nothing of its own works through its people: it is no place to send a case to (row 38).
    """
    if unit.kind is UnitKind.STUDIO and not unit.number_word:
        return frozenset()
    return frozenset(track for track in TRACKS_OF.get(unit.kind, ()) if track != Track.JUDICIAL or unit.is_court_listed)


def targets(case: Case, *, on: date) -> list[Unit]:
    """Return the units that the case could be sent to: those that serve its place, and every town's committee."""
    nearest_first = serving(case.centre_id, case.area_code, on)
    near = {unit.id for unit in nearest_first}
    towns = [
        unit
        for unit in units.units(case.centre_id, on=on, kinds=(UnitKind.COMMITTEE,))
        if len(unit.area_code) <= len("360121100") and unit.id not in near
    ]
    return [unit for unit in (*nearest_first, *towns) if tracks_of(unit)]


def _suggest(facts: CaseFacts, centre_id: int, reported: Collection[str], on: date) -> Advice | None:
    nearest_first = serving(centre_id, facts.areas[0] if facts.areas else None, on)
    here = [unit for unit in nearest_first if unit.name not in reported]
    ways = ways_among(table.rules_of(centre_id, on=on), facts, here)
    found = suggesting.suggest(facts, [way.rule for way in ways.values()])
    if found is None:
        return None
    best = ways[found.rule.number]
    alternative = ways[found.alternative.number] if found.alternative else None
    changes = [
        Change(_clue(miss.condition, miss.wanted, centre_id), ways[miss.rule.number])
        for miss in found.would_change
        if miss.condition in TELLING
    ]
    return Advice(
        best, tuple(_decided(name, best.rule, facts, centre_id) for name, _value in found.fired),
        alternative, tuple(changes[:MOST_CHANGES]), facts,
    )


def ways_among(rules: Iterable[RoutingRule], facts: CaseFacts, here: list[Unit]) -> dict[int, Way]:
    """Return, by number, the rules that could send such a case to one of the units, each with that unit."""
    main_type = facts.types[-1] if facts.types else OTHER_TYPE
    found = {}
    for rule in rules:
        unit = _unit_for(rule, here, main_type) if _is_lawful(rule, facts.source) else None
        if unit is not None:
            found[rule.number] = Way(rule, unit)
    return found


def _is_lawful(rule: RoutingRule, source: Source) -> bool:
    """JM-01: what a court sent runs on the judicial track, and nothing else does."""
    return (rule.track == Track.JUDICIAL) == (source in FROM_A_COURT)


def serving(centre_id: int, area_code: str | None, on: date) -> list[Unit]:
    """Return the bodies that serve a place, the nearest first; those of the county where no place is known."""
    area_code = area_code or units.centre(centre_id).area_code
    return units.serving(centre_id, area_code, tuple(TRACKS_OF), on=on)


def _unit_for(rule: RoutingRule, here: list[Unit], main_type: str) -> Unit | None:
    if rule.unit_id:
        return next((unit for unit in here if unit.id == rule.unit_id), None)
    fitting = [unit for unit in here if rule.track in tracks_of(unit) and _is_meant(rule, unit, main_type)]
    if rule.track == Track.JUDICIAL:  # a listed committee stands in where there is no body of the court's own
        return min(fitting, key=lambda unit: unit.kind != rule.unit_kind, default=None)
    return min(fitting, key=lambda unit: main_type not in types_of(unit), default=None)


def _is_meant(rule: RoutingRule, unit: Unit, main_type: str) -> bool:
    kind_fits = rule.track == Track.JUDICIAL or rule.unit_kind in (None, unit.kind)
    level_fits = rule.level in (None, level_of(unit.area_code))
    made_for = types_of(unit)
    return kind_fits and level_fits and (not made_for or main_type in made_for)


def _reported(case: Case) -> frozenset[str]:
    """Return the organisations that the case is against: it goes to none of them (MH-12)."""
    parties = cases.parties_of(case.id)
    return frozenset(party.name for party in parties if party.person and party.person.kind == PartyKind.ORGANISATION)


def _decided(name: str, rule: RoutingRule, facts: CaseFacts, centre_id: int) -> Obstacle:
    """Return a condition that held, in words: the case's own type and place, else what the rule asks for."""
    wanted = rule.conditions[name]
    own = {"types": facts.types[:1], "areas": facts.areas[:1], "sources": (facts.source,), "grades": (facts.grade,)}
    held = {"traits": facts.traits, "flags": facts.flags}
    if name in held:
        return _clue(name, [each for each in wanted if each in held[name]], centre_id)
    return _clue(name, own.get(name, wanted), centre_id)


def conditions_in_words(rule: RoutingRule, centre_id: int) -> tuple[Obstacle, ...]:
    """Return everything that a rule asks for, in words; nothing for one that fits every case."""
    return tuple(_clue(name, wanted, centre_id) for name, wanted in rule.conditions.items())


def _clue(name: str, value, centre_id: int) -> Obstacle:
    words = {
        "types": lambda code: getattr(causes.dispute_type(code, centre_id=centre_id), "name", code),
        "areas": lambda code: getattr(regions.place(code, centre_id=centre_id), "short", code),
        "traits": Trait,
        "sources": Source,
        "flags": _flag,
        "without_flags": _flag,
        "grades": Grade,
    }
    if name in words:
        return because(Clue(name), value=tuple(words[name](each) for each in value))
    if name in ("amount_from_fen", "amount_to_fen"):
        return because(Clue(name), value=f"{value // 100:,}")
    return because(Clue(name), value=value)


def _flag(key: str):
    return Risk(key) if key in set(Risk) else PartyFlag(key)


def _plain(value):
    if isinstance(value, tuple):
        return [getattr(each, "label", each) for each in value]
    return value


def _kept(way: Way) -> dict:
    return {
        "rule": way.rule.number, "name": way.rule.name, "track": way.track, "unit": way.unit.public_id,
        "unit_name": way.unit.name,
    }
