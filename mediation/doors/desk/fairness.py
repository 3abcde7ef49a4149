"""The board of mediators: load, mix, age, and outcomes among like cases; each figure opens its cases (row 44)."""

from flask import Blueprint, render_template, request

from mediation.casefile.cases.grades import Grade
from mediation.doors.shared.guard import actor, policy
from mediation.ground import clock
from mediation.oversight.statistics import fairness
from mediation.registry.access.rules import Permission
from mediation.registry.causes import queries as causes

bp = Blueprint("fairness", __name__)


def _type_names():
    return {kind.code: kind.name for kind in causes.types(on=clock.today(), centre_id=actor().centre_id)}


@bp.get("/fairness")
@policy(Permission.FAIRNESS_READ)
def index():
    """Who has how much in hand, and how it goes among like cases."""
    return render_template(
        "desk/fairness/index.html", board=fairness.board(for_=actor(), on=clock.today()), grades=list(Grade),
        types=_type_names(), today=clock.today(),
    )


@bp.get("/mediators/<public_id:public_id>/fairness")
@policy(Permission.FAIRNESS_READ)
def show(public_id):
    """One mediator's outcomes, type by type and grade by grade, beside everybody's."""
    line, cells, least = fairness.of_mediator(public_id, for_=actor(), on=clock.today())
    return render_template(
        "desk/fairness/show.html", line=line, cells=cells, least=least, types=_type_names(), grades=Grade,
    )


@bp.get("/mediators/<public_id:public_id>/fairness/cases")
@policy(Permission.FAIRNESS_READ)
def behind(public_id):
    """List the cases that one figure counts."""
    result = request.args.get("result", fairness.OPEN)
    kind, grade = request.args.get("type", "")[:40], request.args.get("grade", "")
    types = _type_names()
    board = fairness.board(for_=actor(), on=clock.today()) if request.args.get("old") else None
    mediator, page = fairness.cases_of(
        public_id, for_=actor(), on=clock.today(), result=result, type_code=kind if kind in types else "",
        grade=grade if grade in set(Grade) else "", old_from=board.old_from if board else None,
        after=request.args.get("after"), before=request.args.get("before"),
    )
    return render_template(
        "desk/fairness/behind.html", page=page, mediator=mediator, result=result, kind=types.get(kind),
        grade=Grade(grade) if grade in set(Grade) else None,
    )
