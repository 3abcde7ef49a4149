"""Many packs filed in the background: as of the day of asking, each by itself, no second time."""

from datetime import date

import pytest

from mediation.casefile.batches import operations as batches
from mediation.casefile.batches import queries
from mediation.casefile.batches.rules import Bar, Verdict
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, RuleBroken
from mediation.stages.confirmation import many
from mediation.stages.confirmation.models import Confirmation
from tests import packs, road
from tests.road import do

TODAY, LATER = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def county(ground):
    return road.make_county()


def bars(county, chosen, by=None):
    with pytest.raises(RuleBroken) as refused:
        do(many.file_all, chosen, by=by or county.liaison, on=TODAY)
    return [each.reason for each in refused.value.obstacles]


def test_packs_are_filed_as_of_the_day_of_asking_however_late_the_work_is_done(county):
    case, ready, _refs = packs.whole(county)
    _case, lacking, _refs = packs.handed(county)
    asked = do(many.file_all, [ready, lacking], by=county.liaison, on=TODAY, key="a")
    assert do(many.file_all, [ready, lacking], by=county.liaison, on=TODAY, key="a") == asked
    road.later(LATER)
    batch = queries.get(asked, for_=county.liaison)
    batches.work(batch.id, batch.round)
    session.expire_all()
    row = session.query(Confirmation).filter_by(public_id=ready).one()
    assert (row.state, row.filed_on) == ("filed", TODAY)
    assert sorted(each.verdict for each in queries.rows_of(queries.get(asked, for_=county.liaison))) == [
        Verdict.BARRED, Verdict.DONE
    ]
    [(_case, looked)] = batches.look_at("file", [case], target={}, by=county.liaison, on=LATER)
    assert looked.bars, "it lies with the court already"


def test_who_may_not_and_what_is_not_chosen(county):
    assert bars(county, []) == [Bar.NONE_CHOSEN]
    assert bars(county, [str(number) for number in range(201)]) == [Bar.TOO_MANY]
    with pytest.raises(NotAllowed):
        do(many.file_all, ["x"], by=county.mediator, on=TODAY)
