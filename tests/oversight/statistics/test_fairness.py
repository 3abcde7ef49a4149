"""The board of mediators: points, mix and age of open work, outcomes among like cases only, the cases behind."""

from datetime import date

import pytest

from mediation.casefile.cases.models import Case
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound
from mediation.oversight.soundness import pool
from mediation.oversight.statistics import fairness
from mediation.registry.access.rules import Role
from mediation.stages.intake import grading
from mediation.stages.proceedings import operations
from mediation.stages.proceedings.models import MediatorOutcome, ProceedingMediator
from tests import cast, makers

TODAY = date(2026, 11, 23)
NOVEMBER = date(2026, 11, 1)


def outcome(mediator, agreed, failed, *, type_code="neighbour", grade="ordinary", month=NOVEMBER):
    kind = {"mediator_id": mediator.id, "month": month, "type_code": type_code, "grade": grade}
    with transaction():
        session.add(MediatorOutcome(result="agreed", n=agreed, **kind))
        session.add(MediatorOutcome(result="failed", n=failed, **kind))


def test_like_is_compared_with_like_and_few_with_nobody(ground):
    """Row 44: hidden below ten; hard cases are held against hard cases."""
    county = cast.gather()
    other = makers.make_mediator(county.centre, county.committee, name="揭爱兰", register_no=None)
    outcome(county.pool, 12, 8)
    outcome(other, 18, 2)
    outcome(county.pool, 5, 5, grade="difficult")
    outcome(other, 1, 8, grade="difficult")  # nine: too few of one's own to be told
    outcome(other, 50, 0, month=date(2025, 10, 1))  # longer than a year ago
    board = fairness.board(for_=county.head, on=TODAY)
    told = {line.mediator.name: (line.ahead, line.compared, line.finished) for line in board.lines}
    # ordinary: 30 of 40 by both; difficult: 6 of 19. He agreed 17 where like cases make 15 + 3.16
    assert told == {"熊桂生": (-4, 30, 30), "揭爱兰": (15, 20, 29)}
    _line, cells, least = fairness.of_mediator(other.public_id, for_=county.head, on=TODAY)
    assert {cell.grade: cell.is_told(least) for cell in cells} == {"ordinary": True, "difficult": False}


def test_each_figure_opens_its_cases_and_nobody_elses_board_is_seen(ground):
    county = cast.gather()
    running, ended = cast.mediating(county), cast.mediating(county)
    with transaction():
        operations.end(
            ended.public_id, by=county.mediator, on=TODAY, ground="too_far_apart", course="谈不拢", notice_given=True,
            with_paper=False,
        )
    (line,) = fairness.board(for_=county.head, on=TODAY).lines
    assert (line.cases, line.points, line.oldest_on, line.finished) == (1, 1, TODAY, 1)
    assert line.of_type == (("neighbour", 1),)
    for result, proceeding in (("open", running), ("failed", ended)):
        _who, page = fairness.cases_of(
            county.pool.public_id, for_=county.head, on=TODAY, result=result, type_code="neighbour", grade="simple"
        )
        assert [row.id for row in page.rows] == [proceeding.case_id], result
    assert pool.loads().is_sound and pool.outcomes().is_sound
    with transaction():
        for proceeding in (running, ended):
            case = session.get_one(Case, proceeding.case_id).public_id
            told = {"grade": "difficult", "urgency": "normal", "reason": "hostile"}
            grading.settle(case, by=county.clerk, on=TODAY, **told)
    (line,) = fairness.board(for_=county.head, on=TODAY).lines
    assert (line.points, line.of_grade["difficult"], line.finished) == (5, 1, 1) and pool.outcomes().is_sound
    with transaction():
        session.query(ProceedingMediator).filter_by(proceeding_id=running.id).update({"load_points": 0})
        session.query(MediatorOutcome).filter_by(grade="difficult").update({"n": 7})
    assert [finding.wrong for finding in (pool.loads(), pool.outcomes())] == [1, 1]
    stranger = makers.make_actor(county.centre, Role.HEAD, makers.make_unit(county.centre, name="向塘镇人民调解委员会"))
    with pytest.raises(NotFound):
        fairness.cases_of(county.pool.public_id, for_=stranger, on=TODAY)
    with pytest.raises(NotAllowed):
        fairness.board(for_=county.mediator, on=TODAY)
