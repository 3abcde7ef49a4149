"""What becomes of a case: drawn by chance for most of them, written by hand for those that are shown."""

import random
from dataclasses import dataclass
from datetime import date

from mediation.demonstration.stories import Story


@dataclass(frozen=True)
class Plan:
    """The road of a case. ``pace`` stretches the days between acts, ``stop`` is where nobody goes on.

    ``result``: agreed, oral, unsigned (agreed on, then not signed), failed, unreachable, withdrawn, refused (by the
    body). ``exit`` is where a failed case goes, None where nobody wants anything more, ``outcome`` what it comes to
    there. ``performance``: done, part, late, breached, waived. ``effective_on`` fixes the day of the last signature,
    ``due_on`` that of the first duty, ``next_on`` that of the next meeting; ``mediator`` names who mediates.
    ``extra`` names what else happens on the way.
    """

    result: str = "agreed"
    sessions: int = 1
    confirm: bool = False
    ruling: str = "confirmed"
    performance: str = "done"
    exit: str | None = None
    outcome: str | None = None
    archive: bool = True
    pace: float = 1.0
    stop: str | None = None
    effective_on: date | None = None
    due_on: date | None = None
    next_on: date | None = None
    mediator: str | None = None
    extra: frozenset[str] = frozenset()

    def has(self, what: str) -> bool:
        return what in self.extra


EXIT_OF = {
    "labour": "arbitration", "migrant_wages": "arbitration", "forest_land.title": "government",
    "damages.assault": "police",
}
LIES_STILL = 0.12  # of what came lately


def draw(chance: random.Random, story: Story) -> Plan:
    """Return a plan as counties know them: two of three settle, some are confirmed, some go to court, some lie."""
    result = chance.choices(
        ("agreed", "oral", "failed", "unreachable", "withdrawn", "refused"), (58, 6, 24, 4, 5, 3)
    )[0]
    if result == "oral" and (story.court or (story.yuan[1] or 0) > 10_000 or story.guardian):
        result = "agreed"
    money = any("pay" in clause for clause in story.deal)
    unconfirmable = story.type in ("forest_land.title",) or not money or bool(story.against) and chance.random() < 0.5
    return Plan(
        result=result,
        sessions=chance.choices((1, 2, 3), (60, 30, 10))[0],
        confirm=result == "agreed" and not unconfirmable and chance.random() < 0.5,
        ruling=chance.choices(("confirmed", "dismissed", "withdrawn"), (88, 7, 5))[0],
        performance=chance.choices(("done", "late", "breached", "waived"), (74, 16, 8, 2))[0],
        exit=_exit(chance, story) if result in ("failed", "unreachable") else None,
        archive=chance.random() < 0.94,
        pace=chance.choice((0.7, 0.9, 1.0, 1.0, 1.2, 1.5)),
        stop=chance.choice(("screened", "routed", "accepted", "mediating", "effective", "ended"))
        if chance.random() < LIES_STILL else None,
        extra=_extra(chance, story),
    )


def _exit(chance: random.Random, story: Story) -> str | None:
    main = story.type.split(".")[0]
    fixed = EXIT_OF.get(story.type) or EXIT_OF.get(main)
    if fixed:
        return fixed if chance.random() < 0.85 else None
    if main == "marriage_family" or not story.yuan[1]:
        return chance.choice(("suit", None, None))
    return chance.choices(("quick_trial", "suit", None), (55, 15, 30))[0]


def _extra(chance: random.Random, story: Story) -> frozenset[str]:
    """Return what happens on the way: each of these now and then."""
    odds = {
        "bounced": 0.06, "override": 0.05, "steps_back": 0.04, "no_show": 0.12, "extended": 0.07, "returned": 0.15,
        "asked": 0.2, "concession": 0.15, "harm": 0.03, "corrected": 0.08, "agent": 0.1, "sent_back": 0.06,
        "other_track": 0.05, "dropped": 0.06,
    }
    return frozenset(name for name, odd in odds.items() if chance.random() < odd)
