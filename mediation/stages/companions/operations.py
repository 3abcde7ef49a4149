"""Issuing papers beside the road."""

from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.models import PaperState
from mediation.ground.errors import NotFound
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.units import queries as units
from mediation.stages.companions import queries
from mediation.stages.companions.offers import Offer
from mediation.stages.proceedings import queries as proceedings

TOGETHER = frozenset({"pause_consent"})  # more time and a pause are about the same proceeding: neither voids the other


@once
def issue(case_public_id: str, offer_key: str, *, by: Actor, on: date, key: str | None = None) -> str:
    """Issue one of the papers that a case gives rise to; an earlier one of it is void. Returns its public id.

    Raises NotFound for what the case does not offer, RuleBroken with everything that the paper lacks.
    """
    case = cases.get(case_public_id, for_=by)
    offer = next((each for each in queries.offers(case, by=by, on=on) if each.key == offer_key), None)
    if offer is None:
        raise NotFound()
    steps.take("case.issue_paper", case, by=by, on=on, facts={"paper": offer.kind})
    earlier = None if offer.kind in TOGETHER else papers.newest(case.id, offer.kind, about=offer.about)
    values = offer.fill()
    if earlier is not None and earlier.state == PaperState.CANCELLED:
        earlier = None
    return papers.issue(
        case, offer.kind, values, by=by, on=on, about=offer.about, word=_word(case, offer), replaces=earlier
    ).public_id


def _word(case: Case, offer: Offer) -> str:
    """Return the word of a paper's series: the body's own, else the centre's, with the letter of the kind."""
    proceeding = proceedings.newest(case.id)
    own = units.unit(proceeding.unit_id).number_word if proceeding else None
    return f"{own or units.centre(case.centre_id).register_word.removesuffix('登')}{offer.series or '文'}"
