"""The desk on a phone: the pages that people open on the way run no wider than the screen."""

import pytest

from tests import browser, road

pytestmark = pytest.mark.journey


@pytest.fixture
def furnishing():
    return road.mediating


STICKING_OUT = """width => [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > width && !each.closest(".sec, .road"))
    .map(each => each.outerHTML.slice(0, 80))"""


def fits(person):
    """Assert that the page that is open needs no scrolling sideways."""
    most = browser.PHONE["width"]
    width = person.page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= most, "\n".join([f"{person.page.url} is {width} wide", *person.page.evaluate(STICKING_OUT, most)])


def test_nothing_runs_over_the_edge(stage):
    case, _proceeding = stage.made
    mediator = stage.enter("mediator", size=browser.PHONE)
    fits(mediator)  # the home
    mediator.sees("万秋莲")
    mediator.open_case(case)
    fits(mediator)
    clerk = stage.enter("clerk", size=browser.PHONE)
    clerk.go("/intake")
    fits(clerk)
    clerk.context.clear_cookies()
    clerk.go("/login")
    fits(clerk)
