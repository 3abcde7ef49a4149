"""Courts that do not follow the division: competent from their first day to their last, for what is filed then."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.ground import clock
from mediation.ground.errors import Invalid, NotFound
from mediation.registry.access.rules import Role
from mediation.registry.regions import operations as regions
from mediation.registry.regions import queries
from mediation.stages.confirmation import gather
from tests import makers, packs, road
from tests.road import do

DAY, BEFORE, LAST, AFTER = date(2026, 12, 1), date(2026, 11, 30), date(2026, 12, 10), date(2026, 12, 11)


@pytest.fixture
def county(ground):
    county = road.make_county()
    county.more["admin"] = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    return county


def named(county, name="武阳新区人民法院", code="赣0199", **changes):
    values = {"source": "法院来函", "on": DAY} | changes
    return do(regions.set_court, "360121106", code, name, by=county.more["admin"], **values)


def competent(county, case, on):
    bundle = gather.bundle_of(cases.get(case, for_=county.liaison))
    return {choice.court.code for choice in gather.competent(bundle, on=on)}


def ends(county, on):
    row = queries.exceptions_of(county.centre.id)[0]
    do(regions.end_court, row.public_id, by=county.more["admin"], on=on)
    return row


def test_it_is_competent_on_its_first_day_and_not_the_day_before(county):
    """JC-05: the body sits in the town whose court changes on 1 December; the parties' county keeps its own."""
    case, _application, _refs = packs.handed(county)
    filed, _application, _refs = packs.filed(county)
    named(county)
    assert "赣0199" not in competent(county, case, BEFORE)
    assert "赣0199" in competent(county, case, DAY)
    assert "赣0199" not in competent(county, filed, DAY), "what is filed stays where it was filed"
    ends(county, LAST)
    assert "赣0199" in competent(county, case, LAST)
    assert "赣0199" not in competent(county, case, AFTER)


def test_both_levels_of_one_place_stand_beside_each_other_and_a_later_one_closes_the_first(county):
    """JC-06: an intermediate court named for the same place hides the basic one no more."""
    centre_id = county.centre.id
    named(county)
    named(county, "赣东中级人民法院", "赣98", level="intermediate")
    named(county, "武阳第二人民法院", "赣0197", on=LAST)

    def codes(on):
        found = queries.court_of("360121106", centre_id=centre_id, on=on), queries.intermediate_court_of(
            "360121106", centre_id=centre_id, on=on
        )
        return [court.code for court in found]

    assert codes(BEFORE) == ["赣0121", "赣01"]
    assert codes(date(2026, 12, 9)) == ["赣0199", "赣98"]
    assert codes(LAST) == ["赣0197", "赣98"]


def test_what_cannot_be_is_refused(county):
    named(county)
    for changes, field in (({"on": DAY}, "on"), ({"code": "赣012100"}, "court_code"), ({"source": " "}, "source")):
        with pytest.raises(Invalid) as error:
            named(county, **{"on": AFTER, **changes})
        assert list(error.value.fields) == [field]
    row = ends(county, clock.today() if clock.today() >= DAY else DAY)
    with pytest.raises(NotFound):
        do(regions.end_court, row.public_id, by=county.more["admin"], on=LAST)
