"""A row that is refused or breaks says so on itself, and keeps nothing of what it had begun."""

from datetime import date

import pytest

from mediation.ground import tries
from mediation.ground.choices import Reason
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, RuleBroken, because
from mediation.ground.jobs import Job, enqueue


class Bar(Reason):
    LATE = "late", "过了%(day)s"
    UNSAID = "unsaid", "不能办"
    BROKE = "broke", "没有存上"


REFUSED = {
    RuleBroken(because(Bar.LATE, day=date(2026, 3, 2))): ((Bar.LATE,), False),
    NotAllowed(): ((Bar.UNSAID,), False),
    ZeroDivisionError(): ((Bar.BROKE,), True),
}


@pytest.mark.parametrize("error", REFUSED, ids=lambda error: type(error).__name__)
def test_what_a_refused_row_had_begun_is_undone_and_the_reason_is_put_down(ground, error):
    def do():
        enqueue("begun", "begun")
        raise error

    def put_down(bars, is_fault):
        enqueue("put_down", "put_down")
        return tuple(bar.reason for bar in bars), is_fault

    found = tries.attempt(do, put_down, unsaid=because(Bar.UNSAID), broke=because(Bar.BROKE))
    assert found == REFUSED[error]
    assert session.query(Job.name).all() == [("put_down",)]


def test_a_row_that_can_be_done_is_kept(ground):
    assert tries.attempt(lambda: enqueue("done", "done") or 7, None, unsaid=None, broke=None) == 7
    assert session.query(Job.name).all() == [("done",)]


def test_reasons_are_kept_plain_and_told_again_old_ones_too():
    kept = tries.kept([because(Bar.LATE, "case.route", day=date(2026, 3, 2))])
    assert kept == {"reasons": [["过了%(day)s", {"day": "2026-03-02"}, "case.route"]]}
    assert tries.told(kept) == [("过了%(day)s", {"day": "2026-03-02"}, "case.route")]
    assert tries.told({"reasons": [["不能办", {}]]}) == [("不能办", {}, None)]
    assert tries.told({}) == []
