"""The lists of everybody's day find their rows by an index, and in the order in which they are shown."""

from datetime import date

import pytest
from sqlalchemy import event, select, text

from mediation.casefile.cases import links
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Filter
from mediation.casefile.cases.rules import Stage, Turn
from mediation.demonstration import bulk
from mediation.ground.db import session, transaction
from mediation.oversight.search import queries as search
from mediation.oversight.statistics import queries as statistics
from mediation.registry.access.rules import Actor, Role
from mediation.registry.staff.models import Account, Post

CASES = 3000  # enough for a planner to prefer an index
TODAY = date(2026, 11, 23)
LISTS = [
    (Filter(), "newest"),
    (Filter(turns=(Turn.MEDIATOR,)), "newest"),
    (Filter(stages=(Stage.MEDIATING,)), "newest"),
    (Filter(type_code="neighbour.water"), "newest"),
    (Filter(is_open=True), "newest"),
    (Filter(), "due"),
    (Filter(late_on=TODAY), "due"),
    (Filter(), "waiting"),
    (Filter(is_open=True, turns=(Turn.UNIT, Turn.NOBODY)), "waiting"),
]


def somebody(role):
    post, account = session.execute(
        select(Post, Account).join(Account, Account.id == Post.account_id).where(Post.role == role).limit(1)
    ).one()
    return Actor(account.id, post.id, post.unit_id, account.centre_id, role)


@pytest.fixture
def plans(ground):
    """Runs a reading and returns the plan of each of its statements over cases."""
    bulk.fill(CASES, say=lambda _line: None)
    with transaction():
        session.execute(text("ANALYZE"))
    sent = []

    def note(_connection, _cursor, statement, values, *_more):
        sent.append((statement, values))

    event.listen(ground, "before_cursor_execute", note)

    def planned(read):
        sent.clear()
        read()
        asked = [each for each in sent if any(word in each[0] for word in ("FROM cases", "case_counts", "case_links"))]
        assert asked
        explain = "EXPLAIN QUERY PLAN " if ground.dialect.name == "sqlite" else "EXPLAIN "
        with ground.connect() as connection:
            for statement, values in asked:
                rows = connection.exec_driver_sql(explain + statement, values)
                yield statement, "\n".join(str(row[-1]) for row in rows)

    return planned


def scans(plan):
    """Return the lines that walk through a whole table of cases or of what hangs on them."""
    tables = ("cases", "case_access", "parties", "case_counts", "case_links", "people")
    walks = [f"{scan} {table}" for scan in ("SCAN", "Seq Scan on") for table in tables]
    return [line for line in plan.splitlines() if any(walk in line for walk in walks)]


def test_nothing_walks_through_all_cases(plans, engine_name):
    readers = [somebody(role) for role in (Role.SUPERVISOR, Role.INTAKE_CLERK, Role.MEDIATOR, Role.HEAD)]
    wanted = session.scalar(select(Case.register_no).limit(1))
    for by in readers:
        for chosen, sort in LISTS:
            for statement, plan in plans(lambda: cases.listing(for_=by, chosen=chosen, sort=sort)):  # noqa: B023
                if engine_name == "sqlite":
                    assert not scans(plan), (by.role, chosen, sort, statement, plan)
        for words in ("万秋莲", "覃漪澜", "wql", wanted, "2716", "360121196803122260"):
            for statement, plan in plans(lambda: search.find(words, for_=by)):  # noqa: B023
                if engine_name == "sqlite":
                    assert not scans(plan), (by.role, words, statement, plan)
        one = session.scalar(select(Case).limit(1))
        for statement, plan in plans(lambda: links.of_case(one, for_=by)):  # noqa: B023
            assert engine_name != "sqlite" or not scans(plan), (by.role, statement, plan)
    for _statement, plan in plans(lambda: statistics.figures(for_=readers[0], since=date(2026, 1, 1), until=TODAY)):
        assert "case_counts" in plan and "cases " not in plan, plan
    _county_wide_lists_come_in_order(plans, engine_name, by=readers[0])


def _county_wide_lists_come_in_order(plans, engine_name, *, by):
    """The first page of a county reads so many rows as it shows: nothing is sorted first."""
    sorted_first = "USE TEMP B-TREE" if engine_name == "sqlite" else "Sort "
    mediators_turn = Filter(turns=(Turn.MEDIATOR,))
    for chosen, sort in ((Filter(), "newest"), (mediators_turn, "newest"), (Filter(), "due"), (Filter(), "waiting")):
        read = plans(lambda: cases.listing(for_=by, chosen=chosen, sort=sort))  # noqa: B023
        page, *_count = [plan for statement, plan in read if "ORDER" in statement]
        assert sorted_first not in page and "hashed SubPlan" not in page, (chosen, sort, page)
