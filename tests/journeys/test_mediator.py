"""(h) A mediator's day at the desk, by keyboard, and what of it is done on the way, on a phone."""

import pytest

from tests import browser
from tests.journeys import mediator as day

pytestmark = pytest.mark.journey


@pytest.fixture
def furnishing():
    return day.furnish


def test_a_mediators_day(stage):
    mediator = day.walk(lambda name: stage.enter(name, on_phone_too=True), stage.made)
    head = stage.enter("head")
    head.open_case(stage.made["new"][0])
    head.sees("周五以前再打一次")
    assert mediator.cost.clicks == 0


def test_on_the_way(stage):
    """Two calls, a key each; the hour comes from the list; the day is read on the bus."""
    mediator = stage.enter("mediator", size=browser.PHONE)
    mediator.go("/day")
    mediator.sees("09:30")
    case, proceeding = stage.made["new"]
    day.call(mediator, proceeding)
    mediator.open_case(case)
    day.book(mediator, case)
