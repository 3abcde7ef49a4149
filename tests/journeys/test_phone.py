"""The desk on a phone: the pages that people open on the way run no wider than the screen (`Persona` looks)."""

import pytest

from tests import browser, road

pytestmark = pytest.mark.journey


@pytest.fixture
def furnishing():
    return road.mediating


def test_nothing_runs_over_the_edge(stage):
    case, _proceeding = stage.made
    mediator = stage.enter("mediator", size=browser.PHONE)
    mediator.sees("万秋莲")
    mediator.open_case(case)
    clerk = stage.enter("clerk", size=browser.PHONE)
    clerk.go("/intake")
    looked = {kind for kind, _width in stage.looked.pages}
    assert looked == {"/login", "/", "/cases/<id>", "/intake"} and not stage.looked.found
