"""The meetings of a day: for the desk with names, for the doors of the rooms with names covered, for the mediator."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request

from mediation.casefile.cases.rules import PartyRole
from mediation.doors.shared.guard import actor, policy
from mediation.ground import clock
from mediation.registry.access.rules import Permission, Role
from mediation.registry.calendar.rules import ONE_DAY
from mediation.stages.bookings import days
from mediation.stages.shifts.queries import DESKS

bp = Blueprint("days", __name__)

DOOR, MINE, ALL = "door", "mine", "all"


@dataclass(frozen=True)
class Sheet:
    """What hangs at one door."""

    room: str
    lines: list


@bp.get("/day")
@policy(Permission.CASES_READ)
def day():
    """List a day (``?on=2026-11-24``): the desk's list, ``view=mine`` the mediator's own, ``view=door`` the doors'."""
    on = _day(request.args.get("on"))
    usual = MINE if actor().role == Role.MEDIATOR else ALL
    view = request.args.get("view", usual)
    lines = days.day(actor(), on, mine=view == MINE)
    hidden = [] if view == MINE else days.occupied(actor(), on, but=[line.public_id for line in lines])
    every = sorted([*lines, *hidden], key=lambda line: (line.starts_at, line.room or ""))
    shown = {"on": on, "before": on - ONE_DAY, "after": on + ONE_DAY, "view": view, "now": clock.now()}
    if view == DOOR:
        return render_template("desk/days/door.html", sheets=_sheets(every, request.args.get("room")), **shown)
    return render_template(
        "desk/days/day.html", lines=every, rooms=sorted({line.room for line in every if line.room}),
        may_mediate=actor().role == Role.MEDIATOR, sides=sides,
        hands_over=actor().role in DESKS, **shown,
    )


def _day(text) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return clock.today()


def _sheets(lines, room):
    names = sorted({line.room for line in lines if line.room and room in (None, "", line.room)})
    return [
        Sheet(name, [(line, *sides(line)) for line in lines if line.room == name]) for name in names
    ]


def sides(line):
    """Return the names of the applicants and of all others."""
    applicants = [name for role, name in line.parties if role == PartyRole.APPLICANT]
    return applicants, [name for role, name in line.parties if role != PartyRole.APPLICANT]
