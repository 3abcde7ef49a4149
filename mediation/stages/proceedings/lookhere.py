"""What the register notices before a mediator answers the four questions; it says "look here" and decides nothing.

Surname and village, the same employer, an earlier role beside a party, earlier matters of a party (row 42, idea 13).
"""

from collections.abc import Sequence

from sqlalchemy import func, select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import DISPUTING_ROLES
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, because
from mediation.registry.mediators.models import Mediator
from mediation.registry.people.rules import surname
from mediation.registry.units import queries as units
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator


class Sign(Reason):
    """One thing to look at; its label is a sentence."""

    NAMESAKE = "namesake", N_("和%(who)s同姓，又住在同一个村"), "PM-22"
    SAME_VILLAGE = "same_village", N_("和%(who)s住在同一个村"), "PM-22"
    EMPLOYER = "employer", N_("%(who)s和您同一个单位"), "PM-22"
    OWN_UNIT = "own_unit", N_("%(who)s就是您的单位"), "PM-22"
    ROLE = "role", N_("%(who)s一方的代理人、陪同人里有个人和您同名"), "JM-07"
    MET = "met", N_("您以前办过%(who)s的事，%(count)s件"), "PM-22"


def signs(mediator: Mediator, case: Case) -> list[Obstacle]:
    """Return what a mediator is asked to look at in a case; the answers stay theirs (PM-22, JM-06, JM-07)."""
    parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    unit = units.unit(mediator.unit_id).name
    found = []
    for party in parties:
        person = party.person
        if mediator.home_area_code and person is not None and person.area_code == mediator.home_area_code:
            same = surname(party.name) and surname(party.name) == surname(mediator.name)
            found.append(because(Sign.NAMESAKE if same else Sign.SAME_VILLAGE, who=party.name))
        if party.name == unit:
            found.append(because(Sign.OWN_UNIT, who=party.name))
        elif person is not None and person.employer == unit:
            found.append(because(Sign.EMPLOYER, who=party.name))
        if any(each.name == mediator.name for each in party.representatives):
            found.append(because(Sign.ROLE, who=party.name))
    return found + _met(mediator, case, parties)


def _met(mediator: Mediator, case: Case, parties: Sequence[Party]) -> list[Obstacle]:
    """Return whose earlier matters the mediator handled, and how many; by the persons of the case."""
    names = {party.person_id: party.name for party in parties if party.person_id}
    if not names:
        return []
    query = (
        select(Party.person_id, func.count(Proceeding.case_id.distinct()))
        .join(Proceeding, Proceeding.case_id == Party.case_id)
        .join(ProceedingMediator, ProceedingMediator.proceeding_id == Proceeding.id)
        .where(Party.person_id.in_(names), Party.case_id != case.id, ProceedingMediator.mediator_id == mediator.id)
        .group_by(Party.person_id)
    )
    return [because(Sign.MET, who=names[person], count=count) for person, count in session.execute(query)]
