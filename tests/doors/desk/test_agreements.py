"""Agreements through the desk: two people at one draft."""

import pytest

from mediation.stages.agreements import queries
from tests import cast
from tests.doors.desk.county import desks

OURS, THEIRS = "排水沟被垫高，厨房墙脚受损。", "排水沟被垫高两次，厨房和柴房受损。"


@pytest.fixture
def found(app):
    return desks(app, cast.informed)


def draft(found):
    """Begin a draft; return its address."""
    return found.mediator.submit(f"/cases/{found.case}/agreement").headers["Location"]


def row(found, what, yuan):
    refs = {"clauses-0-obligor": found.parties["涂国平"], "clauses-0-obligee": found.parties["万秋莲"]}
    return refs | {"clauses-0-what": what, "clauses-0-amount": yuan, "clauses-0-due_on": "2026-12-20"}


def saved(found):
    """Return facts, total and clauses as they are stored."""

    def of(case, _proceeding):
        agreement = queries.current(case.id)
        return agreement.facts, agreement.total_fen, [duty.what for duty in agreement.duties]

    return found.of(of)


@pytest.mark.parametrize(("chosen", "clauses"), [("theirs", ["赔偿墙脚"]), ("mine", ["赔偿墙脚和柴房"])])
def test_the_later_of_two_people_chooses_and_no_clause_is_lost(found, chosen, clauses):
    there = draft(found)
    submit = found.mediator.submit
    forms = found.mediator.get(there).forms
    opened = next(form["fields"]["as_shown"] for form in forms if "as_shown" in form["fields"])
    submit(there, do="save", facts=OURS, total="2600", **row(found, "赔偿墙脚", "2600"))

    mine = {"do": "save", "facts": THEIRS, "total": "3200"} | row(found, "赔偿墙脚和柴房", "3200")
    conflict = submit(there, status=409, version="1", as_shown=opened, **mine)
    for words in (OURS, THEIRS, "涂国平 赔偿墙脚 2,600.00 2026-12-20", "涂国平 赔偿墙脚和柴房 3,200.00 2026-12-20"):
        assert words in conflict.text

    submit(there, **mine | {"total": "2600", "clauses_of": chosen})
    assert saved(found) == (THEIRS, 260_000, clauses)
