"""What lapses when nobody goes to court or to arbitration: which periods, from when, and what is said before."""

from collections.abc import Collection
from datetime import date

from mediation.casefile.cases.rules import Trait
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

GENERAL, LABOUR, LAND = "LM-01", "AM-08", "AM-13.limit"
LONGEST, REVOCATION = "LM-01.longest", "LM-07.revocation"
LABELS = {
    GENERAL: ClockLabel.LIMITATION, LABOUR: ClockLabel.LABOUR_ARBITRATION, LAND: ClockLabel.LAND_ARBITRATION,
    LONGEST: ClockLabel.LONGEST_LIMITATION, REVOCATION: ClockLabel.FIXED_PERIOD,
}
INTERRUPTED = (GENERAL, LABOUR, LAND)  # by a request for mediation and the like; the other two never are (LM-07)


class Right(Choice):
    """What somebody has known of since a day, so that its period is known."""

    CLAIM = "claim", N_("知道权利受损害和义务人（诉讼时效、仲裁时效）")
    HARM = "harm", N_("权利受到损害（最长保护期，不中断）")
    REVOCATION = "revocation", N_("知道撤销事由（撤销权，除斥期间，不中断）")


FIXED = {Right.HARM: LONGEST, Right.REVOCATION: REVOCATION}


class Caution(Reason):
    """What to tell the parties; none of it forbids mediation (LM-06)."""

    NEAR = (
        "limitation_near", N_("%(what)s还有%(left)s天届满（%(due_on)s），提醒当事人起诉、申请仲裁或者留下催讨的凭据"),
        "LM-01",
    )
    LAPSED = (
        "limitation_lapsed", N_("%(what)s已于%(due_on)s届满；仍可以调解，达成协议后对方不能再拿时效抗辩"), "LM-06"
    )
    LOST = "fixed_period_lapsed", N_("%(what)s已于%(due_on)s届满，这项权利消灭，调解也不能恢复"), "LM-07"


def keys_of(traits: Collection[str]) -> tuple[str, ...]:
    """Return the periods that a claim runs by, none where it knows no limitation.

    LM-01: Civil Code (2020), Art. 188. LM-05: Art. 196. AM-08: Law on Labour-dispute Mediation and Arbitration (2007),
    Art. 27. AM-13: Law on the Mediation and Arbitration of Rural Land Contract Disputes (2009), Art. 18: to arbitration
    within two years, to a court within the general time.
    """
    if Trait.SUPPORT in traits:
        return ()
    if {Trait.LABOUR, Trait.WAGES}.intersection(traits):
        return (LABOUR,)
    return (GENERAL, LAND) if Trait.LAND_CONTRACT in traits else (GENERAL,)


def runs_from(knew_on: date | None, interrupted_on: date | None, *, lapsed_on: date | None) -> date | None:
    """Return the day from which the limitation runs, None while none is known.

    It runs anew from what interrupted it, unless it was over by then: ``lapsed_on`` is the last day counted from
    ``knew_on``. LM-02: Civil Code (2020), Art. 195.
    """
    if interrupted_on is None or (lapsed_on is not None and interrupted_on > lapsed_on):
        return knew_on
    return interrupted_on if knew_on is None else max(knew_on, interrupted_on)


def cautions(running: Collection[tuple[str, date]], *, on: date, days: Collection[int]) -> list[Obstacle]:
    """Return what to say of the periods that run, each as (basis, last day); the nearest first.

    ``days`` is the dated setting LM-01.warnings: so many days before the last one somebody is told; the last day itself
    is still in time.
    """
    found = []
    for basis, due_on in sorted(running, key=lambda each: each[1]):
        said = {"what": LABELS[basis], "due_on": due_on}
        if on > due_on:
            found.append(because(Caution.LOST if basis == REVOCATION else Caution.LAPSED, **said))
        elif (due_on - on).days <= max(days, default=0):
            found.append(because(Caution.NEAR, left=(due_on - on).days, **said))
    return found


def reached(due_on: date, *, on: date, days: Collection[int]) -> int | None:
    """Return which of the marks before a last day is reached, the nearest to it; None before the first, or after it."""
    left = (due_on - on).days
    return min((mark for mark in days if 0 <= left <= mark), default=None)
