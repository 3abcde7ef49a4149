"""(g) A unit head's hour, by keyboard."""

import pytest

from tests.journeys import head as hour
from tests.journeys.conftest import work_off

pytestmark = pytest.mark.journey


@pytest.fixture
def furnishing():
    return hour.furnish


def test_a_unit_heads_hour(stage):
    head = hour.walk(lambda name: stage.enter(name, on_phone_too=True), stage.made, lambda: work_off(stage.app))
    assert head.cost.clicks == 0
    running = stage.made["running"]
    assert stage.enter("mediator").go(f"/cases/{running}").status == 404, "handed over, no longer seen"
