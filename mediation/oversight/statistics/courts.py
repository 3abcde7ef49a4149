"""What became of what was referred: taken in, returned and why, decided and how. No figure here is a mediation's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from sqlalchemy import func, select

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import TO_COURT, ReferralState
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.referrals.models import Referral
from mediation.stages.referrals.rules import Outcome, ReturnReason


@dataclass(frozen=True)
class AtCourt:
    """What a court did between two days, each act by its own day; a case sent twice was sent twice.

    ``returned`` and ``decided`` by reason and outcome, the most first. ``days`` is the median of days from taking in
    to the outcome, of what was decided in the period; None where nothing was. ``small`` of the cases ``taken`` that
    were proposed for the small-claims procedure.
    """

    sent: int
    taken: int
    returned: Sequence[tuple[ReturnReason, int]]
    decided: Sequence[tuple[Outcome, int]]
    days: float | None
    small: int

    @property
    def returned_count(self) -> int:
        return sum(n for _reason, n in self.returned)

    @property
    def decided_count(self) -> int:
        return sum(n for _outcome, n in self.decided)

    @property
    def small_percent(self) -> float | None:
        return float(round(Fraction(100 * self.small, self.taken), 1)) if self.taken else None


def at_court(*, for_: Actor, since: date, until: date, own: bool) -> AtCourt:
    """Return the figures of the referrals to courts between two days, both included.

    ``own``: of those sent to the reader's unit, among them what it gave back and sees no more; else of all they see.
    Outcomes are a court's, also where it mediated: what the house settled is counted nowhere here (row 70, ST-04).
    """
    by = for_, own
    sent = _count(by, Referral.sent_on.between(since, until), Referral.state.in_(tuple(ReferralState)))
    was_taken = Referral.taken_on.between(since, until)
    taken = _grouped(by, was_taken, Referral.procedure)
    returned = _grouped(
        by, Referral.returned_on.between(since, until) & (Referral.state == ReferralState.RETURNED),
        Referral.return_reason,
    )
    was_decided = Referral.decided_on.between(since, until) & (Referral.state == ReferralState.DECIDED)
    decided: Counter[Outcome] = Counter()
    lasted: list[int] = []
    days = Referral.outcome, Referral.taken_on, Referral.decided_on
    for outcome, taken_on, decided_on, n in _rows(by, was_decided, *days):
        decided[outcome] += n
        lasted += [(decided_on - taken_on).days] * n
    return AtCourt(
        sent, sum(taken.values()), returned.most_common(), decided.most_common(),
        median(lasted) if lasted else None, taken[Procedure.SMALL_CLAIMS],
    )


def returned_by_reason(*, for_: Actor, since: date, until: date, own: bool) -> list[tuple[ReturnReason, int]]:
    """Return how often referrals came back in a period, by reason, whoever they had been sent to; the most first."""
    came_back = Referral.returned_on.between(since, until) & (Referral.state == ReferralState.RETURNED)
    return _grouped((for_, own), came_back, Referral.return_reason, kinds=None).most_common()


def _count(by, *conditions) -> int:
    return session.scalar(_narrowed(select(func.count(Referral.id)), by, TO_COURT).where(*conditions))


def _grouped(by, condition, kind, *, kinds=TO_COURT) -> Counter:
    return Counter({word: n for word, n in _rows(by, condition, kind, kinds=kinds)})


def _rows(by, condition, *columns, kinds=TO_COURT) -> list[tuple]:
    query = _narrowed(select(*columns, func.count(Referral.id)), by, kinds).where(condition)
    return list(session.execute(query.group_by(*columns)))


def _narrowed(query, by, kinds):
    reader, own = by
    if kinds is not None:
        query = query.where(Referral.kind.in_(tuple(kinds)))
    if own:
        return query.where(Referral.to_unit_id == reader.unit_id)
    return access.scoped(query.join(Case, Case.id == Referral.case_id), reader, Depth.PROGRESS)
