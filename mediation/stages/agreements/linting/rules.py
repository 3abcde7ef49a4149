"""The linter's one door: everything that is wrong or doubtful in an agreement, clause by clause."""

from collections.abc import Collection, Sequence
from datetime import date

from mediation.casefile.cases.rules import PartyFacts, consent_obstacles
from mediation.ground.errors import Obstacle, because
from mediation.registry.calendar.rules import WorkCalendar
from mediation.stages.agreements.linting import dates, duties, law, people, signatures, sums, words
from mediation.stages.agreements.linting.findings import Finding, Flaw, Place, Severity
from mediation.stages.agreements.rules import Bar, Draft

__all__ = [  # what is told on from the modules beside
    "Finding",
    "Flaw",
    "Place",
    "Severity",
    "blocks",
    "content_obstacles",
    "lint",
    "oral_lacks",
    "oral_obstacles",
    "warnings",
]


def lint(draft: Draft, *, on: date, calendar: WorkCalendar | None = None) -> list[Finding]:
    """Return what is wrong with an agreement, in the order of its clauses, what concerns the whole of it first.

    ``on`` is the day of the agreement; without a calendar no rest day is told. Only what the law bars blocks.
    """
    found = [
        *duties.find(draft, on=on),
        *sums.find(draft),
        *dates.find(draft, on=on, calendar=calendar),
        *people.find(draft),
        *words.find(draft),
        *law.find(draft),
        *signatures.find(draft),
    ]
    once = {(finding.key, finding.place): finding for finding in found}
    return sorted(once.values(), key=lambda finding: (finding.place.no or 0, not finding.blocks))


def blocks(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that keep the parties from agreeing."""
    return [finding for finding in findings if finding.blocks]


def warnings(findings: Sequence[Finding], *, seen: Collection[str] = ()) -> list[Finding]:
    """Return the doubtful ones that nobody has ticked; ``seen`` holds the keys of those that were."""
    return [finding for finding in findings if not finding.blocks and finding.key not in seen]


def content_obstacles(draft: Draft, *, on: date) -> list[Obstacle]:
    """Return what bars the text as it stands, as steps are refused with it. PM-12, DC-03, JC-13.

    Who lacks a guardian is asked of a case without a text too, so the table of steps asks it by itself (MH-05).
    """
    found = blocks(lint(draft, on=on))
    return [finding.obstacle for finding in found if finding.flaw != signatures.SignatureFlaw.NO_GUARDIAN]


def oral_obstacles(
    draft: Draft, *, agreed_on: date | None, on: date, accepted_on: date | None = None
) -> list[Obstacle]:
    """Return what the register of an oral agreement still lacks; the mediator must record it.

    PM-11, PM-14: People's Mediation Law (2010), Arts. 28, 30.
    """
    lacks = oral_lacks(draft.parties, agreed_on=agreed_on, on=on, accepted_on=accepted_on)
    return lacks + content_obstacles(draft, on=agreed_on or on)


def oral_lacks(
    parties: Sequence[PartyFacts], *, agreed_on: date | None, on: date, accepted_on: date | None = None
) -> list[Obstacle]:
    """Return what bars the register of an oral agreement whatever its words are: its day, a party's consent. PM-11."""
    if agreed_on is None:
        found = [because(Bar.NO_AGREED_ON)]
    else:
        found = [because(Bar.AGREED_LATER)] if agreed_on > on else []
        if accepted_on is not None and agreed_on < accepted_on:
            found.append(because(Bar.AGREED_BEFORE, accepted_on=accepted_on))
    return found + consent_obstacles(parties)
