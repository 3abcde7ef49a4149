"""What a registration is to an earlier case: a case of its own, a repeated visit, or part of one that runs (idea 1)."""

from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases import links
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import OPEN_STATES, LinkKind
from mediation.casefile.cases.models import Case
from mediation.casefile.duties import queries as duties
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import NotFound, Obstacle, because
from mediation.registry.access.rules import Actor, Depth
from mediation.stages.intake import chains, merging

WHY_JOINED = "登记时认出是同一件事"  # a reason like those that people write


class Belonging(Choice):
    """The three answers of the clerk."""

    NEW = "new", N_("新案")
    JOIN = "join", N_("并入该案")
    REPEAT = "repeat", N_("该案的重复来访")


@dataclass(frozen=True)
class Belongs:
    """What a registration is to the case of a public id."""

    kind: Belonging
    to: str


class Bar(Reason):
    NO_SUCH_CASE = "no_such_case", N_("选的那个案件找不到了，请重新选，或者按新案登记")
    JOIN_OVER = "join_over", N_("%(number)s已经办结，不能并入；可以算它的重复来访")


def obstacles(belongs: Belongs | None, *, by: Actor) -> list[Obstacle]:
    """Return what forbids a registration to belong to that case."""
    if belongs is None or belongs.kind == Belonging.NEW:
        return []
    other = _other(belongs, by=by)
    if other is None:
        return [because(Bar.NO_SUCH_CASE)]
    if belongs.kind == Belonging.JOIN and other.state not in OPEN_STATES:
        return [because(Bar.JOIN_OVER, number=other.register_no)]
    return []


def settle(case: Case, belongs: Belongs | None, *, by: Actor, on: date, key: str | None) -> None:
    """Write what a case that was just registered is to the other one.

    A repeated visit points at the head of the chain, so that the chain holds when one in the middle is taken out of it.
    What joins keeps its number and is merged at once; a duty to report comes first, then the case waits to be merged by
    hand (PM-08). Raises what merging raises.
    """
    if belongs is None or belongs.kind == Belonging.NEW:
        return
    other = _other(belongs, by=by)
    if belongs.kind == Belonging.REPEAT:
        links.tie(case, chains.of(other.id).head.case_id, LinkKind.REPEAT, by=by, on=on)
    elif not duties.open_kinds(case.id):
        merging.merge(
            case.public_id, other.public_id, by=by, on=on, reason=WHY_JOINED, key=f"{key}.merge" if key else None
        )


def _other(belongs: Belongs, *, by: Actor) -> Case | None:
    """Return the case that is meant, of one that was merged away the one that runs; None for one that is not seen."""
    try:
        found = cases.get(belongs.to, for_=by, depth=Depth.PROGRESS)
        while found.merged_into_id:
            found = cases.get_by_id(found.merged_into_id, for_=by, depth=Depth.PROGRESS)
    except NotFound:
        return None
    return found
