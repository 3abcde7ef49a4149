"""Where each post starts: what waits for me, whose turn the rest is, what is due first."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Blueprint, redirect, render_template, url_for
from markupsafe import Markup

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.queries import Filter
from mediation.casefile.cases.rules import Stage, Turn
from mediation.doors.desk import elapsed, todo, turns
from mediation.doors.shared.guard import LOGGED_IN, actor, may_enter, policy
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.db import counts
from mediation.registry.access.rules import Role
from mediation.registry.staff import queries as staff
from mediation.stages.assisting import queries as assisting
from mediation.stages.bookings import days
from mediation.stages.bookings import queries as bookings
from mediation.stages.contacts import queries as contacts
from mediation.stages.copyout import queries as copyout
from mediation.stages.mending import queries as mending
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.queries import Next
from mediation.stages.routing import delegation
from mediation.stages.shifts import queries as shifts

bp = Blueprint("home", __name__)

SOON = timedelta(days=2)
AHEAD = timedelta(days=6)
MEET = frozenset({Role.MEDIATOR, Role.HEAD})  # whose cases have meetings that they go to or find a room for
ON_A_HOME = 15
ELSEWHERE = {
    Role.INTAKE_CLERK: "desk.intake.register",
    Role.LIAISON: "desk.confirmation.board",
    Role.COURT_CLERK: "desk.referrals.board",
    Role.LEADER: "desk.figures.index",
    Role.SYSTEM_ADMIN: "desk.units.index",
    Role.SECURITY_ADMIN: "desk.accounts.posts",
    Role.AUDITOR: "desk.account.password",
}

NOTHING = N_("没有。")
NOTHING_TO_ROUTE = N_("没有要分流的。窗口登记、筛查过的案件，会排在这里。")
# An empty list of one's own work says where work comes from.
NOTHING_MINE = {
    Role.HEAD: N_("没有要您办的。案件移送到本单位后，会排在这里，等您接收、受理、指派。"),
    Role.MEDIATOR: N_("没有要您办的。单位负责人指派给您的案件，会排在这里。"),
}


@dataclass(frozen=True)
class Part:
    """One list of a home: its name, what is in it, its order, and where the whole list is."""

    key: str
    title: str
    note: str
    chosen: Filter
    sort: str
    query: dict
    empty: str = NOTHING
    shows: str = "work"  # what its lines say: the work, whom they wait for, or where the time went


def parts(by) -> list[Part]:
    """Return the lists of a role's home, the most pressing first."""
    today = clock.today()
    mine = turns.mine(by)
    oversees = not mine or by.role == Role.SUPERVISOR  # what others do with cases that are not their own
    acting, own = ({}, {}) if oversees else ({"acting": True}, {"acting": "1"})
    overdue = Filter(late_on=today, **acting)
    late = Part("late", N_("超期"), N_("最后一天已过"), overdue, "due", {"late": "1", "sort": "due", **own})
    soon_chosen = Filter(is_open=True, due_from=today, due_before=today + SOON)
    soon = Part("soon", N_("两天内到期"), N_("最近的期限在前"), soon_chosen, "due", {"sort": "due", "state": "open"})
    longest = N_("等得久的在前")
    nobody = Part("nobody", N_("没人办"), longest, Filter(turns=(Turn.NOBODY,)), "waiting", {"turn": "nobody"})
    turns_of_mine = {"turn": [str(turn) for turn in mine.turns], "acting": "1"} if mine else {}
    newest = N_("新来的在前")
    nothing = NOTHING_MINE.get(by.role, NOTHING)
    my_turn = Part("mine", N_("该我办"), newest, mine or Filter(), "newest", turns_of_mine, nothing)
    others = Filter(is_open=True, turns=tuple(turn for turn in Turn if not mine or turn not in mine.turns), **acting)
    waiting_query = {"state": "open", "sort": "waiting", **own}
    waiting = Part("others", N_("等别人"), longest, others, "waiting", waiting_query, shows="waiting")
    screened, ended = Filter(stages=(Stage.SCREENED,)), Filter(stages=(Stage.ENDED,))
    to_route = Part("route", N_("待分流"), newest, screened, "newest", {"stage": "screened"}, NOTHING_TO_ROUTE)
    failed = Part("failed", N_("没调成，还没有去处"), longest, ended, "waiting", {"stage": "ended"})
    if by.role == Role.DISPATCHER:
        return [to_route, nobody, failed, late]
    if by.role == Role.SUPERVISOR:
        bounced = Part(
            "arbiter", N_("请您裁定去处"), longest, mine or Filter(), "waiting", turns_of_mine,
            N_("没有要裁定的。退回两次的案件，会排在这里。"), shows="time",
        )
        return [bounced, *(replace(part, shows="time") for part in (late, soon, nobody, failed))]
    return [late, my_turn, waiting]


@bp.get("/")
@policy(LOGGED_IN)
def start():
    """Show the home of the post, or go where its work is."""
    by = actor()
    if by.role in ELSEWHERE:
        return redirect(url_for(ELSEWHERE[by.role]))
    found = []
    for part in parts(by):
        page = cases.listing(for_=by, chosen=part.chosen, sort=part.sort, size=ON_A_HOME)
        found.append((part, page))
    waits = counts(
        to_decide=mending.to_decide(by),
        calls=contacts.promised_ids(for_=by) if may_enter(STEPS["case.receive_visitor"], by) else None,
    )
    watched = [row for part, page in found if part.shows == "time" for row in page.rows]
    said = [_said(part, page) for part, page in found]
    return render_template(
        "desk/home/start.html", parts=found, state=said + _calls(by, waits["calls"]),
        todo=todo.words, my_turns=turns.TURNS.get(by.role, ()),
        elapsed=elapsed.of(watched, on=clock.today()), to_decide=waits["to_decide"],
        unattended=staff.unattended(for_=by), **_meetings(by), **_asked(by), left=shifts.unread(by),
        copyout=[each for each in copyout.waiting(by) if each[1]],
    )


def _said(part, page):
    """Return how many a list has, for the head; in red where they are late."""
    said = _("%(title)s %(count)s 件", title=_(part.title), count="1000+" if page.is_capped else page.total)
    return Markup('<span class="late">{}</span>').format(said) if part.key == "late" and page.total else said


def _asked(by):
    """Return what other units ask of the unit or of oneself, and what came back from those that were asked."""
    if by.role not in MEET:
        return {"asks": False}
    helped, back = assisting.home(for_=by, size=ON_A_HOME)
    offers = delegation.offered_to(by) if by.role == Role.HEAD else []
    return {"asks": True, "helped": helped, "back": back, "offers": offers}


def _calls(by, count):
    """Return the ways to promised calls and to papers that have not arrived, for the head."""
    link = Markup('<a href="{}">{}</a>')
    found = [link.format(url_for("desk.atwindow.calls"), _("要回的电话 %(count)s", count=count))] if count else []
    return [*found, link.format(url_for("desk.deliveries.index"), _("没送到的文书"))] if by.role in MEET else found


def _meetings(by):
    """Return the coming meetings of who has any, those of today apart."""
    if by.role not in MEET:
        return {"meets": False}
    today = clock.today()
    coming = _coming(by, today, today + AHEAD)
    return {
        "meets": True, "meetings": [each for each in coming if each.on == today],
        "later_meetings": [each for each in coming if each.on > today],
    }


def _coming(by, since, until):
    """Return the meetings that are set, and those that a record only speaks of, by day."""
    found = []
    for booking, case in days.coming(by, since=since, until=until):
        span = bookings.span_of(booking)
        words = f"{span.start:%H:%M}–{span.end:%H:%M}"
        place = booking.place or _(booking.manner.label)
        found.append((span.start, Next(span.start.date(), _("，").join([words, place]), case.title, case.public_id)))
    set_ones = {(each.case_public_id, each.on) for _at, each in found}
    for each in proceedings.my_next_sessions(by, on=since, until=until):
        if (each.case_public_id, each.on) not in set_ones:
            found.append((datetime.combine(each.on, datetime.min.time()), each))
    return [each for _at, each in sorted(found, key=lambda one: one[0])]
