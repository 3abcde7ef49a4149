"""The county of every test of confirmation."""

import pytest

from tests import road


@pytest.fixture
def county(ground):
    return road.make_county()
