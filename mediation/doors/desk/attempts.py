"""Who was reached and who was not, who did not come: two keys, at the desk and on a phone; and what was a slip."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice

from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.desk.sessionforms import AttemptForm, VoidForm, moment
from mediation.doors.shared import words
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound
from mediation.registry.settings import queries as settings
from mediation.stages.bookings import operations as bookings
from mediation.stages.bookings import queries as booked
from mediation.stages.proceedings import queries, sessions
from mediation.stages.proceedings.meeting.rules import SessionManner, SessionResult
from mediation.stages.proceedings.operations import ATTEMPTS

bp = Blueprint("attempts", __name__)

LOGS = STEPS["proceeding.log_attempt"]
EVERYBODY = "all"
CALLED = (SessionResult.REACHED, SessionResult.NO_ANSWER, SessionResult.WRONG_NUMBER)
OF_A_MEETING = (SessionResult.NO_SHOW, SessionResult.ADJOURNED)
LATEST = 10


@bp.route("/proceedings/<public_id:public_id>/attempts/new", methods=["GET", "POST"])
@step_page("proceeding.log_attempt")
def log(public_id):
    """Write down a call or an empty chair: one key names who and how; the form below is for earlier ones."""
    proceeding, case = queries.get(public_id, for_=actor())
    parties = booked.disputing_parties(case)
    booking = _booking(case)
    pressed = {"formdata": _pressed(parties)} if request.form.get("quick") else {}
    form = AttemptForm(
        on=clock.today(), at=clock.local(clock.now()).time(), manner=SessionManner.PHONE.value,
        booking=booking.public_id if booking else None, **pressed,
    )
    form.absent.choices = [SelectChoice(party.public_id, party.name) for party in parties]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            _write(form, public_id)
        if done:
            names = {party.public_id: party.name for party in parties}
            who = _("、").join(names[ref] for ref in form.absent.data or ())
            flash(_("已记：%(who)s %(what)s", who=who, what=words.label(SessionResult(form.result.data))))
            if _is_of_meeting(form):
                return redirect(url_for("desk.cases.show", public_id=case.public_id, _anchor="bookings"))
            return redirect(url_for("desk.attempts.log", public_id=public_id))
        proceeding, case = queries.get(public_id, for_=actor())
        parties = booked.disputing_parties(case)
    meetings = [each for each in queries.sessions_of(case.id) if each.proceeding_id == proceeding.id]
    return render_template(
        "desk/attempts/log.html", form=form, case=case, proceeding=proceeding, parties=parties, booking=booking,
        rows=_rows(parties, booking), attempts=[each for each in meetings if each.is_attempt][:LATEST],
        names={party.public_id: party.name for party in parties}, made=queries.failed_contacts(proceeding.id),
        needed=settings.number(ATTEMPTS, on=case.law_on, centre_id=case.centre_id),
    )


def _booking(case):
    """Return the meeting that the page is about: the one that is named, or today's that has begun."""
    named = request.form.get("booking") if request.method == "POST" else request.args.get("booking")
    if named:
        found = next((each for each in booked.of_case(case.id) if each.public_id == named), None)
        if found is None:
            raise NotFound()
        return found
    return booked.begun(case.id, on=clock.today()) if request.method == "GET" else None


def _pressed(parties):
    """Return the form as one key fills it: what came of it, and whom it is about."""
    result, _bar, ref = request.form["quick"].partition("|")
    given = MultiDict(request.form)
    given["result"] = result
    given.setlist("absent", [party.public_id for party in parties] if ref == EVERYBODY else [ref] if ref else [])
    return given


def _rows(parties, booking):
    """Return the keys, each (result, party, words): of a meeting who did not come, else how each call went."""
    if booking is not None:
        found = [(SessionResult.NO_SHOW, each.public_id, _("%(who)s没到", who=each.name)) for each in parties]
        if len(parties) > 1:
            found.append((SessionResult.NO_SHOW, EVERYBODY, _("都没到")))
        found.append((SessionResult.ADJOURNED, "", _("都同意改期")))
        return [(_("怎么没开成"), None, found)]
    return [
        (each.name, each, [(result, each.public_id, words.label(result)) for result in CALLED]) for each in parties
    ]


def _is_of_meeting(form):
    return bool(form.booking.data) and form.result.data in OF_A_MEETING


def _write(form, public_id):
    told = {"result": form.result.data, "absent": form.absent.data or (), "note": form.note.data or ""}
    if _is_of_meeting(form):
        bookings.note_attempt(form.booking.data, by=actor(), key=form.key.data, **told)
        return
    sessions.log_attempt(
        public_id, by=actor(), on=form.on.data, key=form.key.data, at=moment(form.on.data, form.at.data),
        manner=form.manner.data, next_on=form.next_on.data, next_words=form.next_words.data or "", **told,
    )


@bp.route("/sessions/<public_id:public_id>/void", methods=["GET", "POST"])
@policy(LOGS)
def void(public_id):
    """Take back what was written down by mistake; it stays in the history and counts no more."""
    meeting, proceeding, case = queries.session_of(public_id, for_=actor())
    form = VoidForm(reason=_("按错了"))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            sessions.void_attempt(public_id, by=actor(), on=clock.today(), reason=form.reason.data or "")
        if done:
            flash(_("已作废"))
            return redirect(url_for("desk.attempts.log", public_id=proceeding.public_id))
        meeting, proceeding, case = queries.session_of(public_id, for_=actor())
    return render_template("desk/attempts/void.html", form=form, case=case, meeting=meeting, proceeding=proceeding)
