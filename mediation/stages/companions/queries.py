"""Which papers beside the road a case can have now, and what each still lacks."""

from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.models import Case
from mediation.casefile.papers import contract
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground.errors import Obstacle, RuleBroken
from mediation.registry.access.rules import Actor
from mediation.stages.companions import afterwards, dossier, mediating, suing
from mediation.stages.companions.offers import Offer, scene
from mediation.stages.proceedings import queries as proceedings


@dataclass(frozen=True)
class Row:
    """One offer as its page lists it: the newest of its kind about the same thing, and what is missing."""

    offer: Offer
    issued: Paper | None
    lacks: tuple[Obstacle, ...]


def offers(case: Case, *, by: Actor, on: date) -> list[Offer]:
    """Return every paper beside the road that a case gives rise to on a day, in the order of its road."""
    found = scene(case, proceedings.newest(case.id))
    return [
        *mediating.offers(found), *suing.offers(found), *afterwards.offers(found, on=on),
        *dossier.offers(found, by=by),
    ]


def rows(case: Case, *, by: Actor, on: date) -> list[Row]:
    """Return the offers of a case with what each lacks; the papers are read once."""
    standing = [paper for paper in papers.of_case(case.id) if paper.state != PaperState.CANCELLED]
    newest = {(paper.kind, paper.object_kind, paper.object_id): paper for paper in standing}
    found = []
    for offer in offers(case, by=by, on=on):
        table = getattr(offer.about, "__tablename__", None)
        paper = newest.get((offer.kind, table, getattr(offer.about, "id", None)))
        found.append(Row(offer, paper, tuple(lacking(offer))))
    return found


def lacking(offer: Offer) -> list[Obstacle]:
    """Return what keeps an offer from being issued; a draft lacks nothing."""
    try:
        values = offer.fill()
    except RuleBroken as error:
        return list(error.obstacles)
    if values.draft:
        return []
    snapshot = contract.snapshot(values)
    return papers.lacking(offer.kind, snapshot | {"number": snapshot["number"] or offer.kind})
