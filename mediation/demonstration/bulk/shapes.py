"""The shapes of bulk cases: which steps they took and on which day after the registration.

From the steps follow the objects, their states and everything derived, so that a shape cannot contradict itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

from mediation.casefile.cases import progress
from mediation.casefile.cases.lifecycle import STEPS
from mediation.ground.steps import StepTaken

IN = "0 case.register; 0 case.screen"
SENT = f"{IN}; 1 case.route; 1 transfer.send"
TAKEN = f"{SENT}; 2 transfer.receive; 2 proceeding.accept"
MET = f"{TAKEN}; 3 proceeding.assign; 4 proceeding.take_on; 6 proceeding.inform; 6 proceeding.hold_session"
SETTLED = (
    f"{MET}; 9 agreement.draft; 9 agreement.agree; 9 proceeding.agree; 9 agreement.sign; 9 agreement.take_effect; "
    "9 performance.open"
)
PERFORMED = f"{SETTLED}; 24 performance.record; 24 performance.complete"
ENDED = f"{MET}; 12 proceeding.end"
REFERRED = f"{ENDED}; 14 referral.send; 18 referral.take; 40 referral.decide"


@dataclass(frozen=True)
class Step:
    """One step of a shape, with the states before and after."""

    day: int
    name: str
    object: str
    from_state: str | None
    to_state: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Shape:
    """A road with the share of cases that took it; ``outcome`` is how they were closed."""

    share: int
    road: str
    outcome: str | None = None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps in order; a step that leads to no new state leaves the old one."""
        states: dict[str, str] = {}
        found = []
        for entry in self.road.split("; "):
            day, name = entry.split()
            row = STEPS[name]
            before = states.get(row.object)
            states[row.object] = row.to or before
            found.append(Step(int(day), name, row.object, before, states[row.object], FACTS.get(name, {})))
        return tuple(found)

    @cached_property
    def states(self) -> dict[str, str]:
        """The state in which each object ends."""
        return {step.object: step.to_state for step in self.steps}

    @cached_property
    def lasts(self) -> int:
        return self.steps[-1].day

    @cached_property
    def derived(self) -> progress.Derived:
        """What follows from the history, worked out by the same function as for every case."""
        taken = [
            StepTaken(object_kind=step.object, object_id=1, step=step.name, to_state=step.to_state, facts=step.facts)
            for step in self.steps
        ]
        case = SimpleNamespace(state=self.states["case"], mediator_id=1 if self.has("proceeding.assign") else None)
        return progress.derived(case, taken)

    @cached_property
    def days(self) -> dict[str, int]:
        """The day of each step."""
        return {step.name: step.day for step in self.steps}

    def day(self, name: str) -> int | None:
        """Return the day of a step, None where it was not taken."""
        return self.days.get(name)

    def has(self, name: str) -> bool:
        return name in self.days


FACTS = {
    "proceeding.end": {"ground": "too_far_apart"}, "referral.send": {"kind": "quick_trial"},
    "referral.decide": {"outcome": "judgment"},
}
SHAPES = (
    Shape(42, f"{PERFORMED}; 27 case.close; 33 case.archive", "performed"),
    Shape(8, f"{PERFORMED}; 27 case.close", "performed"),
    Shape(3, PERFORMED),
    Shape(10, SETTLED),
    Shape(12, MET),
    Shape(4, TAKEN),
    Shape(4, SENT),
    Shape(3, IN),
    Shape(7, f"{ENDED}; 15 case.close; 20 case.archive", "no_further"),
    Shape(4, f"{REFERRED}; 44 case.close", "decided"),
    Shape(3, REFERRED),
)
