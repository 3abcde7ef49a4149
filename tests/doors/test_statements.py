"""How many questions a page asks the database: a number that creeps up unseen is felt by everybody, all day."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from mediation.registry.access.rules import Role
from tests import makers, road
from tests.doors.visitor import Visitor

UNDER_EVERY_PAGE = 3  # who is there, what has changed in the small tables, how much waits and was told
LIST = 8
HOME = 12
BOARD = 14
CASE = 28
GLANCE = 8  # a case at its progress


@pytest.fixture
def asked():
    """The statements that were sent to the database."""
    statements = []

    def note(_connection, _cursor, statement, *_more):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        county.more["registered"] = road.registered(county)
        county.more["mediating"] = road.mediating(county)[0]
        county.more["signed"] = road.signed(county)[0]
        county.more["supervisor"] = makers.make_actor(county.centre, Role.SUPERVISOR)
        county.more["leader"] = makers.make_actor(county.centre, Role.LEADER)
    return county


@contextmanager
def at_most(most, asked, address):
    asked.clear()
    yield
    assert 0 < len(asked) <= most, (address, len(asked), *asked)
    again = {statement for statement in asked if asked.count(statement) > 1}
    assert not {each for each in again if "case_id" in each and "LIMIT" not in each}, (address, *again)


def opened(visitor, address, most, asked):
    visitor.get(address)  # what the process keeps of small tables is there now
    with at_most(most, asked, address):
        visitor.get(address)


def test_every_page_stands_on_four(app, county, asked):
    for by in (county.clerk, county.mediator, county.head, county.liaison, county.more["supervisor"]):
        visitor = Visitor(app, by)
        opened(visitor, "/password", UNDER_EVERY_PAGE, asked)


def test_lists_searches_and_figures(app, county, asked):
    readers = (county.clerk, county.mediator, county.head, county.liaison, county.more["supervisor"])
    visitors = [Visitor(app, by) for by in readers]
    for visitor in visitors:
        for address in ("/cases", "/cases?sort=due&late=1", "/search?q=万秋莲", "/search?q=覃漪澜", "/figures"):
            opened(visitor, address, LIST, asked)
    opened(Visitor(app, county.more["leader"]), "/figures", LIST, asked)
    for address in ("/settings/routing-rules", "/settings/routing-rules/20", "/settings/returns", "/precedents"):
        opened(visitors[-1], address, LIST, asked)
    for visitor in (visitors[2], visitors[-1]):
        opened(visitor, "/fairness", LIST, asked)
    opened(visitors[2], "/leaves", LIST, asked)


def test_homes_and_boards(app, county, asked):
    for by, address in (
        (county.dispatcher, "/"), (county.mediator, "/"), (county.head, "/"), (county.more["supervisor"], "/"),
        (county.liaison, "/confirmation"), (county.clerk, "/intake"),
    ):
        opened(Visitor(app, by), address, BOARD if address == "/confirmation" else HOME, asked)


def test_a_case_is_read_once_however_many_steps_ask_about_it(app, county, asked):
    seen = {
        county.clerk: ("registered", "mediating", "signed"),
        county.mediator: ("mediating", "signed"),
        county.head: ("mediating", "signed"),
    }
    for by, cases in seen.items():
        visitor = Visitor(app, by)
        for case in cases:
            opened(visitor, f"/cases/{county.more[case]}", CASE, asked)
    opened(Visitor(app, county.more["supervisor"]), f"/cases/{county.more['signed']}", GLANCE, asked)
