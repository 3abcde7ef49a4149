"""(a) A walk-in neighbours' dispute: people's mediation, three instalments, confirmed, performed, archived."""

import pytest

from tests.journeys import first

pytestmark = pytest.mark.journey


def test_from_the_counter_to_the_archive(stage):
    first.walk(stage.enter)
