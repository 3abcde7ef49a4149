"""What tests about mediators on a case do again and again."""

from datetime import date

from mediation.ground.db import transaction
from mediation.registry.access.rules import Role
from mediation.stages.proceedings import (
    appointment,
)
from mediation.stages.proceedings.appointing.rules import RecusalQuestion
from tests import cast, makers

TODAY = date(2026, 11, 23)
COUSIN = cast.NO_CONFLICT | {RecusalQuestion.RELATIVE: True}


def reasons(error):
    return [obstacle.reason for obstacle in error.value.obstacles]


def assign(county, proceeding, *mediators, **values):
    chosen = [each.public_id for each in mediators]
    with transaction():
        return appointment.assign(
            proceeding.public_id, by=county.head, on=TODAY, mediator_public_ids=chosen, **values
        )


def take_on(county, proceeding, answers=cast.NO_CONFLICT, **values):
    with transaction():
        return appointment.take_on(
            proceeding.public_id, by=values.pop("by", county.mediator), on=TODAY, answers=answers, **values
        )


def second_mediator(county, *, name="揭爱兰", **changes):
    actor = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name=name)
    return actor, makers.make_mediator(county.centre, county.committee, actor, name=name, **changes)
