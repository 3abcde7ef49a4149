"""Meetings set ahead: free hours, moving, calling off, the parties' days, the notice to each of them."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.facts import party_facts
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import BookingState
from mediation.doors.desk.bookingforms import ANY, BookingForm, CancelForm, MoveForm
from mediation.doors.desk.caseindex import Entry
from mediation.doors.desk.sessionforms import APART, TOGETHER
from mediation.doors.shared.forms import DeskForm, Text
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid
from mediation.registry.access.rules import Permission
from mediation.registry.units import queries as units
from mediation.stages.bookings import operations, queries
from mediation.stages.bookings.operations import WITHOUT_PLACE
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings import sessions
from mediation.stages.proceedings.meeting.rules import SessionManner

bp = Blueprint("bookings", __name__)

SETS = STEPS["booking.set"]
UNREADABLE = N_("“%(words)s”看不懂，写成“12月5日下午”“12月8日到10日”“每周三上午”")


@bp.route("/cases/<public_id:public_id>/bookings/new", methods=["GET", "POST"])
@step_page("booking.set")
def book(public_id):
    """Set a meeting: one of five free hours in one key, or an hour of one's own."""
    case = cases.get(public_id, for_=actor())
    proceeding = proceedings.newest(case.id)
    form = BookingForm(**_usual(case))
    _know(form, case)

    def act(wish):
        with refused_on(form) as done, transaction():
            done.booking = operations.book(public_id, by=actor(), on=clock.today(), key=form.key.data, wish=wish)
        return done

    return _page(form, case, proceeding, act, _("约好了，请通知各方"))


@bp.route("/bookings/<public_id:public_id>/move", methods=["GET", "POST"])
@step_page("booking.move")
def move(public_id):
    """Put a meeting to another hour, with the reason."""
    booking, case = queries.get(public_id, for_=actor())
    form = MoveForm(**_usual(case, booking), version=booking.version)
    _know(form, case)

    def act(wish):
        with refused_on(form) as done, transaction():
            done.booking = operations.move(
                public_id, by=actor(), on=clock.today(), wish=wish, why=form.why.data or "",
                version=form.version.data,
            )
        return done

    proceeding = proceedings.newest(case.id)
    return _page(form, case, proceeding, act, _("已改期，请通知各方"), booking=booking)


def _page(form, case, proceeding, act, said, booking=None):
    """Answer the page of an hour: press a slot, look again with other wishes, or take the hour that was typed."""
    others, slot = None, request.form.get("slot")
    looks = "find" in request.form
    if request.method == "POST" and not looks and form.validate():
        begins, room = form.hour(slot)
        if begins is None:
            form.day.errors = [*form.day.errors, _("选一个空的时间，或者自己填哪天、几点")]
        else:
            wish = form.wish(begins, _first_free(form, case, proceeding, begins, booking) if room == ANY else room)
            done = act(wish)
            if done:
                flash(said)
                return redirect(url_for("desk.bookings.show", public_id=done.booking))
            case = _again(case)
            proceeding = proceedings.newest(case.id)
            others = _instead(form, case, proceeding, wish, booking)
    return render_template(
        "desk/bookings/book.html", form=form, case=case, booking=booking, others=others,
        slots=_proposals(form, case, proceeding, booking), victims=[each.label.text for each in form.meeting],
        due_on=case.due_on, away=_away(case), house=_house(case), SessionManner=SessionManner,
    )


def _again(case):
    return cases.get(case.public_id, for_=actor())


def _house(case):
    return queries.house_of(case.centre_id, on=clock.today())


def _usual(case, booking=None):
    """Return what a meeting of the case is like before anybody has said otherwise."""
    if booking is not None:
        span = queries.span_of(booking)
        parties = {party.id: party.public_id for party in cases.parties_of(case.id)}
        return {
            "invited": [parties[guest.party_id] for guest in booking.guests if guest.party_id in parties],
            "manner": booking.manner.value,
            "room": booking.room.public_id if booking.room else "", "place": "" if booking.room else booking.place,
            "minutes": int((span.end - span.start) / timedelta(minutes=1)),
            "together": TOGETHER if booking.is_joint else APART, "platform": booking.platform, "link": booking.link,
            "bring": booking.bring,
        }
    victims = _victims(case)
    return {
        "invited": [party.public_id for party in queries.disputing_parties(case)], "room": ANY,
        "manner": SessionManner.IN_PERSON.value, "minutes": _house(case).minutes,
        "together": APART if victims else TOGETHER,
    }


def _victims(case):
    found = [each for each in party_facts(case.id, on=clock.today()) if sessions.suffers_violence(each)]
    return [(each.key, each.name) for each in found]


def _know(form, case):
    parties = [(party.public_id, party.name) for party in queries.disputing_parties(case)]
    rooms = [(room.public_id, room.name) for room in units.rooms(case.centre_id, on=clock.today())]
    form.know(parties, _victims(case), rooms)


def _need(form, case, proceeding, booking, room=None):
    invited = set(form.invited.data or ())
    parties = [party for party in queries.disputing_parties(case) if party.public_id in invited]
    rooms = [] if _is_elsewhere(form) else queries.rooms_for(
        case.centre_id, on=clock.today(), wanted=None if form.room.data == ANY else form.room.data
    )
    return queries.need_of(case, proceeding, parties, rooms, but=booking.id if booking else None)


def _is_elsewhere(form):
    return not form.room.data or form.manner.data in WITHOUT_PLACE


def _minutes(form, case):
    return form.minutes.data if form.minutes.data and not form.minutes.errors else _house(case).minutes


def _proposals(form, case, proceeding, booking):
    if not operations.is_open(proceeding):
        return []
    need = _need(form, case, proceeding, booking)
    found = queries.proposals(need, minutes=_minutes(form, case), no_room=_is_elsewhere(form))
    return [_slot(each, need) for each in found]


def _instead(form, case, proceeding, wish, booking):
    need = _need(form, case, proceeding, booking)
    found = queries.instead(
        need, wanted=queries.local(wish.starts_at), minutes=_minutes(form, case), no_room=_is_elsewhere(form)
    )
    return [_slot(each, need) for each in found]


def _first_free(form, case, proceeding, begins, booking):
    """Return a room that is free at an hour that was typed; where none is, the first, whose clash is then named."""
    need = _need(form, case, proceeding, booking)
    begin = queries.local(begins)
    free = queries.free_rooms(need, begin, begin + timedelta(minutes=form.minutes.data))
    return next((room.public_id for room in (*free, *need.rooms)), "")


def _slot(slot, need):
    room = next((each for each in need.rooms if each.name == slot.room), None)
    value = f"{slot.span.start:%Y-%m-%dT%H:%M}|{room.public_id if room else ''}"
    return {"value": value, "begins": slot.span.start, "ends": slot.span.end, "room": slot.room}


@bp.get("/bookings/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """Show one meeting: who is asked, how each may be told, and what can be done with it."""
    booking, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/bookings/show.html", booking=booking, case=case, guests=_guests(booking, case),
        is_open=booking.state == BookingState.SET, has_begun=booking.starts_at <= clock.now(),
        proceeding=proceedings.newest(case.id), may_set=actor().role in SETS.who,
        may_record=actor().role in STEPS["proceeding.hold_session"].who,
    )


def _guests(booking, case):
    asked = {guest.party_id for guest in booking.guests}
    return [party for party in cases.parties_of(case.id) if party.id in asked]


@bp.route("/bookings/<public_id:public_id>/cancel", methods=["GET", "POST"])
@step_page("booking.cancel")
def cancel(public_id):
    """Call a meeting off."""
    booking, case = queries.get(public_id, for_=actor())
    form = CancelForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.cancel(public_id, by=actor(), on=clock.today(), why=form.why.data)
        if done:
            flash(_("已取消，请告诉各方"))
            return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="bookings"))
        booking, case = queries.get(public_id, for_=actor())
    return render_template("desk/bookings/cancel.html", form=form, booking=booking, case=case)


@bp.get("/bookings/<public_id:public_id>/invitations")
@policy(SETS)
def invitations(public_id):
    """Print a notice for each party who is asked: when, where, with whom, what to bring. Chinese, as all papers."""
    booking, case = queries.get(public_id, for_=actor())
    proceeding = proceedings.newest(case.id)
    return render_template(
        "notices/booking.html", booking=booking, case=case, guests=_guests(booking, case), proceeding=proceeding,
        mediators=[row.mediator.name for row in proceedings.mediators_on(proceeding.id)],
        unit=units.unit(proceeding.unit_id), centre=units.centre(case.centre_id), span=queries.span_of(booking),
    )


@bp.route("/cases/<public_id:public_id>/away", methods=["GET", "POST"])
@policy(SETS)
def away(public_id):
    """Keep the days on which each party cannot come: one line a party, asked once."""
    case = cases.get(public_id, for_=actor())
    form = _away_form(case)
    if form.validate_on_submit():
        words = {ref: field.data or "" for ref, field in _lines(form)}
        try:
            with transaction():
                operations.say_away(public_id, by=actor(), on=clock.today(), words=words)
        except Invalid as error:
            session.rollback()
            for ref, field in _lines(form):
                if ref in error.fields:
                    field.errors = [*field.errors, _(UNREADABLE, words=error.fields[ref])]
        else:
            flash(_("已记，找空的时候会避开"))
            return redirect(url_for("desk.bookings.book", public_id=public_id))
        case = _again(case)
    return render_template("desk/bookings/away.html", form=form, case=case, lines=list(_lines(form)))


def _away_form(case):
    class AwayForm(DeskForm):
        pass

    for party in queries.disputing_parties(case):
        setattr(AwayForm, f"p_{party.public_id}", Text(party.name, longest=300))
    return AwayForm(data={f"p_{ref}": words for ref, _name, words in _away(case)})


def _lines(form):
    return [(name[2:], field) for name, field in form._fields.items() if name.startswith("p_")]


def _away(case):
    return [
        (party.public_id, party.name, party.unavailable.get("words", "")) for party in queries.disputing_parties(case)
    ]


def section(case):
    """Return the meetings of a case for its page: those to come first, then what became of the others."""
    found = queries.of_case(case.id)
    proceeding = proceedings.newest(case.id)
    may_set = actor().role in SETS.who and operations.is_open(proceeding)
    if not found and not may_set:
        return None
    waiting = [each for each in found if each.state == BookingState.SET]
    return {
        "case": case, "index": [Entry("bookings", _("约好的"), len(waiting))] if found else [], "waiting": waiting,
        "over": [each for each in reversed(found) if each.state != BookingState.SET],
        "names": {party.id: party.name for party in cases.parties_of(case.id)},
        "proceedings": {each.id: each.public_id for each in proceedings.of_case(case.id)},
        "may_set": may_set, "may_record": actor().role in STEPS["proceeding.log_attempt"].who,
        "away": [each for each in _away(case) if each[2]], "now": clock.now(),
    }
