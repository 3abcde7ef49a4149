"""The routing rules as data: which one fits a case, why, and what would have led elsewhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mediation.casefile.cases.rules import Source, Track
from mediation.ground.choices import N_, Reason
from mediation.registry.regions.rules import AreaLevel


class Clue(Reason):
    """A condition of a rule in words: what decided, or what would have decided otherwise."""

    TYPES = "types", N_("类型是%(value)s")
    TRAITS = "traits", N_("属于%(value)s")
    AREAS = "areas", N_("地点在%(value)s")
    SOURCES = "sources", N_("来源是%(value)s")
    FLAGS = "flags", N_("有%(value)s")
    WITHOUT_FLAGS = "without_flags", N_("没有%(value)s")
    AMOUNT_FROM = "amount_from_fen", N_("金额%(value)s元以上")
    AMOUNT_TO = "amount_to_fen", N_("金额不超过%(value)s元")
    PEOPLE_FROM = "people_from", N_("%(value)s人以上")
    GRADES = "grades", N_("难易等级是%(value)s"), "ST-02"


@dataclass(frozen=True)
class CaseFacts:
    """What rules may ask about. ``types`` holds the type's code and those above it, ``areas`` likewise the place."""

    source: Source
    types: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()
    amount_fen: int | None = None
    people: int = 0
    flags: frozenset[str] = frozenset()
    grade: str | None = None  # row 27; none while nothing is screened

    def kept(self) -> dict[str, object]:
        """Return the facts as they are kept with a transfer; nothing in them names anybody."""
        return {
            "source": str(self.source), "types": list(self.types), "traits": sorted(map(str, self.traits)),
            "areas": list(self.areas), "amount_fen": self.amount_fen, "people": self.people,
            "flags": sorted(map(str, self.flags)), "grade": self.grade and str(self.grade),
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "CaseFacts":
        """Return the facts that were kept."""
        return cls(
            Source(kept["source"]), tuple(kept["types"]), frozenset(kept["traits"]), tuple(kept["areas"]),
            kept["amount_fen"], kept["people"], frozenset(kept["flags"]), kept.get("grade"),
        )


def _among(known: Iterable[str]) -> Callable[[Sequence[str]], bool]:
    return lambda wanted: not set(wanted).isdisjoint(known)


def _tests(facts: CaseFacts) -> dict[str, tuple[object, Callable[..., bool]]]:
    """Return, by name of condition, the fact that it asks about and how it is asked."""
    amount = facts.amount_fen
    return {
        "types": (facts.types[0] if facts.types else None, _among(facts.types)),
        "traits": (tuple(sorted(facts.traits)), _among(facts.traits)),
        "areas": (facts.areas[0] if facts.areas else None, _among(facts.areas)),
        "sources": (facts.source, _among((facts.source,))),
        "flags": (tuple(sorted(facts.flags)), _among(facts.flags)),
        "without_flags": (tuple(sorted(facts.flags)), lambda unwanted: facts.flags.isdisjoint(unwanted)),
        "amount_from_fen": (amount, lambda least: amount is not None and amount >= least),
        "amount_to_fen": (amount, lambda most: amount is not None and amount <= most),
        "people_from": (facts.people, lambda least: facts.people >= least),
        "grades": (facts.grade, _among((facts.grade,))),
    }


CONDITIONS = frozenset(_tests(CaseFacts(Source.OTHER)))


@dataclass(frozen=True)
class RoutingRule:
    """One row of a centre's rules. All its conditions must hold; among rules that fit, the lowest priority wins."""

    number: int
    priority: int
    name: str
    track: Track
    reason: str
    unit_kind: str | None = None
    unit_id: int | None = None
    conditions: Mapping[str, object] = field(default_factory=dict)
    level: AreaLevel | None = None  # of the unit; None: the nearest one

    @property
    def target(self) -> tuple[Track, str | None, int | None, AreaLevel | None]:
        return self.track, self.unit_kind, self.unit_id, self.level


@dataclass(frozen=True)
class NearMiss:
    """A stronger rule that would lead elsewhere if one fact were another."""

    rule: RoutingRule
    condition: str
    wanted: object


@dataclass(frozen=True)
class Suggestion:
    """Where a case should go: the rule, the facts that fired, the runner-up, and what would change it."""

    rule: RoutingRule
    fired: tuple[tuple[str, object], ...]
    alternative: RoutingRule | None = None
    would_change: tuple[NearMiss, ...] = ()

    @property
    def track(self) -> Track:
        return self.rule.track


def suggest(facts: CaseFacts, rules: Iterable[RoutingRule]) -> Suggestion | None:
    """Return the suggestion of the strongest rule that fits, None when none does."""
    tests = _tests(facts)
    ordered = sorted(rules, key=lambda rule: (rule.priority, rule.number))
    missed = {rule.number: _missed(rule, tests) for rule in ordered}
    fitting = [rule for rule in ordered if not missed[rule.number]]
    if not fitting:
        return None
    best = fitting[0]
    return Suggestion(
        rule=best,
        fired=tuple((name, tests[name][0]) for name in best.conditions),
        alternative=next((rule for rule in fitting[1:] if rule.target != best.target), None),
        would_change=tuple(
            NearMiss(rule, missed[rule.number][0], rule.conditions[missed[rule.number][0]])
            for rule in ordered[: ordered.index(best)]
            if len(missed[rule.number]) == 1 and rule.target != best.target
        ),
    )


def _missed(rule: RoutingRule, tests: Mapping[str, tuple[object, Callable[..., bool]]]) -> list[str]:
    return [name for name, wanted in rule.conditions.items() if not tests[name][1](wanted)]
