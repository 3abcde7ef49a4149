"""The pool of mediators as somebody who tries the program finds it: four studios, days away, a complaint."""

from datetime import date, timedelta

from mediation.demonstration.agenda import Course
from mediation.demonstration.cast import Cast
from mediation.demonstration.county import County
from mediation.ground import clock
from mediation.registry.mediators import complaints, leave, studios
from mediation.registry.mediators import queries as mediators
from mediation.registry.units import operations as units

SPECIALTIES = (["neighbour"], ["marriage_family"], ["forest_land"], ["contract"])


def settle(county: County, cast: Cast, *, reference: date) -> Course:
    """Found the studios, send two people away, write a complaint down; on the day before the program is opened."""
    today = clock.today()
    towns = [county.bodies[town.name] for town in county.towns if cast.mediators.get(county.bodies[town.name].id)]
    for body, types in zip(towns, SPECIALTIES, strict=False):
        public_id, actor = cast.mediators[body.id][0]
        studio = units.create_unit(
            by=county.by, on=today, kind="studio", name=f"{actor.name}调解工作室", parent=body.public_id, types=types,
            short_name=f"{actor.name}工作室"[:40], area_code=body.area_code, brand=f"老{actor.name[0]}说和",
        )
        studios.join(studio, public_id, by=county.by, on=today, is_namesake=True)
        for other, _actor in cast.mediators[body.id][1:2]:
            studios.join(studio, other, by=county.by, on=today)
    pairs = [cast.mediators[body.id] for body in towns if len(cast.mediators[body.id]) > 1]
    for people, first, days in zip(pairs, (reference, reference + timedelta(days=6)), (4, 2), strict=False):
        (deputy, _actor), (who, _other) = people[0], people[-1]  # the first may be somebody who is shown at log-in
        leave.take(
            who, by=county.by, on=today, first=first, last=first + timedelta(days=days), deputy_public_id=deputy,
            note="到市里培训" if days > 2 else "",
        )
    accused = mediators.get(cast.trained[-1], centre_id=county.centre_id)
    words = "来访人说他不听完就下结论，说话难听，请单位找他谈。"
    complaints.record(accused.public_id, by=county.by, on=today, kind="insult", words=words)
    yield clock.now() + timedelta(days=1)
