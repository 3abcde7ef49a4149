"""Rooms for sessions: where they are, what is in them, when they can be had, the days on which they cannot."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from mediation.doors.desk.units import EndForm, indented
from mediation.doors.shared import conflict
from mediation.doors.shared.forms import CreatingForm, LongText, StepForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock, trail
from mediation.ground.db import transaction
from mediation.ground.errors import Stale
from mediation.registry.access.rules import Permission
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.registry.units import rooms
from mediation.stages.bookings import queries as bookings

bp = Blueprint("rooms", __name__)

TOLD = ("room.added", "room.changed", "room.ended", "room.taken_up", "room.closed", "room.opened_again")


class RoomForm(StepForm):
    """What is said of a room; field names are those of the operation."""

    name = Text(_l("名称"), [InputRequired()])
    seats = IntegerField(_l("座位"), [NumberRange(1, rooms.MOST_SEATS)], default=8)
    unit = SelectField(_l("归哪个单位管"), [Optional()])
    place = Text(_l("在哪里"), longest=200)
    equipment = Text(_l("有什么设备"), longest=200)
    hours = LongText(_l("什么时间能用，一行一段"), [Optional()], longest=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = units.units(actor().centre_id, on=clock.today())
        self.unit.choices = [
            SelectChoice("", _("中心共用")), *(SelectChoice(each.public_id, indented(each)) for each in found)
        ]

    def details(self) -> dict:
        return {name: self[name].data for name in rooms.CHANGEABLE}


class ClosureForm(CreatingForm):
    first = DateField(_l("从哪天"), [InputRequired()])
    last = DateField(_l("到哪天"), [InputRequired()])
    why = Text(_l("为什么停"), [InputRequired()], longest=200)


@bp.route("/rooms", methods=["GET", "POST"])
@policy(Permission.UNITS_MANAGE)
def index():
    """The rooms for sessions, and one more."""
    form = RoomForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            rooms.add_room(by=actor(), on=clock.today(), key=form.key.data, **form.details())
        if done:
            flash(_("调解室已加上"))
            return redirect(url_for("desk.rooms.index"))
    centre_id, today = actor().centre_id, clock.today()
    found = units.rooms(centre_id)
    closed = rooms.closures((room.id for room in found), since=today)
    found.sort(key=lambda each: each.valid_to is not None)  # what is out of use comes last
    return render_template(
        "desk/rooms/index.html", form=form, today=today, rooms=found,
        names={unit.id: unit.name for unit in units.units(centre_id)},
        next_closed={row.room_id: row for row in reversed(closed)},
    )


@bp.route("/rooms/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.UNITS_MANAGE)
def change(public_id):
    """One room: what is said of it, its closed days, the meetings that stand in it, who changed what."""
    room = rooms.get_room(public_id, centre_id=actor().centre_id)
    form = RoomForm(data=rooms.stored(room))
    if form.validate_on_submit():
        with refused_on(form) as done:
            try:
                with transaction():
                    rooms.change_room(public_id, version=form.version.data or 0, by=actor(), **form.details())
            except Stale as error:
                return conflict.answer(form, error, title=room.name)
        if done:
            flash(_("已改好"))
            return redirect(url_for("desk.rooms.change", public_id=public_id))
    return _page(public_id, form)


@bp.route("/rooms/<public_id:public_id>/close", methods=["GET", "POST"])
@policy(Permission.UNITS_MANAGE)
def close(public_id):
    """Close a room for some days; the meetings that stand in it then are listed, nobody's is dropped."""
    room = rooms.get_room(public_id, centre_id=actor().centre_id)
    today = clock.today()
    form = ClosureForm(first=today + timedelta(days=1), last=today + timedelta(days=1))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            rooms.close_days(
                public_id, first=form.first.data, last=form.last.data, why=form.why.data, by=actor(), key=form.key.data
            )
        if done:
            room = rooms.get_room(public_id, centre_id=actor().centre_id)
            count = len(bookings.in_room(
                room.id, since=form.first.data, until=form.last.data + timedelta(days=1)
            ))
            flash(_("这几天不再安排。已经约在这里的 %(count)s 场在下面，请承办人换地方", count=count) if count
                  else _("这几天不再安排，没有约在这里的调解会"))
            return redirect(url_for("desk.rooms.change", public_id=public_id))
    return render_template("desk/rooms/close.html", form=form, room=room)


@bp.post("/room-closures/<public_id:public_id>/lift")
@policy(Permission.UNITS_MANAGE)
def lift(public_id):
    """Open a room again for the days of a closure."""
    with transaction():
        room = rooms.lift(public_id, by=actor(), on=clock.today()).public_id
    flash(_("这几天又能用了"))
    return redirect(url_for("desk.rooms.change", public_id=room))


@bp.route("/rooms/<public_id:public_id>/end", methods=["GET", "POST"])
@policy(Permission.UNITS_MANAGE)
def end(public_id):
    """Close a room for good; the meetings that stand in it after its last day are listed first."""
    room = rooms.get_room(public_id, centre_id=actor().centre_id)
    form = EndForm(on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            rooms.end_room(public_id, by=actor(), on=form.on.data)
        if done:
            flash(_("用到 %(day)s，以后不再安排", day=form.on.data))
            return redirect(url_for("desk.rooms.change", public_id=public_id))
    room = rooms.get_room(public_id, centre_id=actor().centre_id)
    since = (form.on.data or clock.today()) + timedelta(days=1)
    return render_template("desk/rooms/end.html", form=form, room=room, meetings=_told(room.id, since=since))


@bp.post("/rooms/<public_id:public_id>/take-up")
@policy(Permission.UNITS_MANAGE)
def take_up(public_id):
    """Take back an end."""
    form = CreatingForm()
    with refused_on(form) as done, transaction():
        rooms.take_up_room(public_id, by=actor())
    flash(_("已恢复") if done else _("已经有同名的调解室"))
    return redirect(url_for("desk.rooms.change", public_id=public_id))


def _page(public_id, form):
    room = rooms.get_room(public_id, centre_id=actor().centre_id)
    today = clock.today()
    entries = trail.about(room, TOLD)
    return render_template(
        "desk/rooms/change.html", form=form, room=room, today=today, entries=entries,
        closures=rooms.closures([room.id], since=today), meetings=_told(room.id, since=today),
        authors=staff.names(entry.account_id for entry in entries),
    )


def _told(room_id, *, since):
    """Return the meetings in a room as who keeps rooms may know them: hour, state of affairs, number; no names."""
    return [(booking.starts_at, booking.ends_at, case.register_no) for booking, case in bookings.in_room(
        room_id, since=since)]
