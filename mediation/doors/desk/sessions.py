"""Meetings in six boxes, attempts that failed, private notes."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from mediation.casefile.cases import drafts
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.facts import party_facts
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import DISPUTING_ROLES, PartyRole
from mediation.casefile.papers import operations as papers
from mediation.doors.desk import phrasing
from mediation.doors.desk.sessionforms import APART, TOGETHER, AmendForm, NoteForm, SessionForm
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.units import queries as units
from mediation.registry.units.rules import UnitKind
from mediation.stages.bookings import operations as booked
from mediation.stages.bookings import queries as bookings
from mediation.stages.proceedings import queries, sessions
from mediation.stages.proceedings.meeting.rules import SessionManner, SessionResult

bp = Blueprint("sessions", __name__)

HOLDS = STEPS["proceeding.hold_session"]
HANDLES = STEPS["proceeding.end"]  # whoever may end an attempt handles the case and may keep notes on it
BOOKS = STEPS["booking.set"]
SECRET_OF_FORM = "csrf_token"


@bp.route("/proceedings/<public_id:public_id>/sessions/new", methods=["GET", "POST"])
@step_page("proceeding.hold_session")
def hold(public_id):
    """Record a meeting; the form keeps itself while it is written."""
    proceeding, case = queries.get(public_id, for_=actor())
    form, saved_words = SessionForm(), True
    if request.method == "GET":
        form, saved_words = _from_draft(proceeding, case)
    victims = _know(form, case)
    offered = phrasing.offered(case)
    if "phrase" in request.form:
        phrasing.insert(form, offered)
    elif form.validate_on_submit():
        with refused_on(form) as done, transaction():
            meeting = sessions.hold_session(
                public_id, by=actor(), on=form.on.data, key=form.key.data, setting=form.setting(),
                minutes=form.minutes(), result=form.result.data, next_on=form.next_on.data,
                next_words=form.next_words.data or "",
                why_late=form.why_late.data or None,
            )
            drafts.forget(_draft_of(public_id), by=actor())
        if done:
            flash(_("调解记录已存"))
            if form.result.data == SessionResult.ENDED:
                return redirect(url_for("desk.proceedings.end", public_id=public_id))
            return redirect(url_for("desk.sessions.show", public_id=meeting))
    return render_template(
        "desk/sessions/hold.html", form=form, case=case, proceeding=proceeding, saved_words=saved_words,
        victims=victims, phrases=offered, is_police=units.unit(proceeding.unit_id).kind == UnitKind.POLICE,
        heeds=queries.officer_cautions(proceeding), number=len(queries.held(proceeding.id)) + 1, sides=_sides(case),
    )


def _from_draft(proceeding, case):
    found = drafts.load(_draft_of(proceeding.public_id), by=actor())
    if found:
        return SessionForm(MultiDict(found[0])), _draft_words(found[1])
    parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    victims = [each for each in party_facts(case.id, on=clock.today()) if sessions.suffers_violence(each)]
    usual = {"on": clock.today(), "manner": SessionManner.IN_PERSON.value, "together": APART if victims else TOGETHER}
    form = SessionForm(
        present=[party.public_id for party in parties], rights=_("各方：听清了，同意调解"), recusal=_("各方：不申请"),
        **usual | _as_booked(case),
    )
    return form, True


def _as_booked(case):
    """Return when and where a meeting was set that is to be recorded now: the one that is named, or today's."""
    named = request.args.get("booking")
    waiting = [each for each in bookings.waiting(case.id) if each.public_id == named]
    booking = waiting[0] if waiting else bookings.begun(case.id, on=clock.today())
    if booking is None:
        return {}
    span = bookings.span_of(booking)
    return {
        "on": span.start.date(), "starts": span.start.time(), "manner": booking.manner.value,
        "room": booking.room.public_id if booking.room else "", "place": "" if booking.room else booking.place,
        "together": TOGETHER if booking.is_joint else APART, "platform": booking.platform, "link": booking.link,
    }


def _know(form, case):
    """Offer the people of the case and the rooms; return the names of who suffers violence."""
    parties = cases.parties_of(case.id)
    disputing = [(party.public_id, party.name) for party in parties if party.role in DISPUTING_ROLES]
    people = []
    for party in parties:
        people.append((party.public_id, party.name))
        people += [
            (each.public_id, _("%(name)s（%(what)s）", name=each.name, what=_(each.capacity.label)))
            for each in party.representatives
        ]
    facts = party_facts(case.id, on=clock.today())
    victims = [(each.key, each.name) for each in facts if sessions.suffers_violence(each)]
    rooms = [(room.public_id, room.name) for room in units.rooms(case.centre_id, on=clock.today())]
    form.know(people, disputing, victims, rooms)
    return [name for _ref, name in victims]


def _sides(case):
    """Return what the two sides are called: the applicants, and all others."""
    parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    applicants = [party.name for party in parties if party.role == PartyRole.APPLICANT]
    others = [party.name for party in parties if party.role != PartyRole.APPLICANT]
    return _("、").join(applicants) or _("申请人"), _("、").join(others) or _("对方")


def _draft_of(public_id):
    return f"session/{public_id}"


def _draft_words(saved_at):
    return _("草稿 %(time)s 已存", time=f"{clock.local(saved_at):%H:%M:%S}")


@bp.post("/proceedings/<public_id:public_id>/sessions/draft")
@policy(HOLDS)
def draft(public_id):
    """Keep what is typed of a record; the answer is the sentence that the page shows."""
    queries.get(public_id, for_=actor())
    known = set(SessionForm()._fields) - {SECRET_OF_FORM}
    fields = [(name, value) for name, value in request.form.items(multi=True) if name in known]
    with transaction():
        saved_at = drafts.save(_draft_of(public_id), fields, by=actor())
    return Response(_draft_words(saved_at), mimetype="text/plain")


@bp.get("/sessions/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """Show what was recorded of a meeting, and its paper."""
    meeting, proceeding, case = queries.session_of(public_id, for_=actor())
    paper = papers.newest(case.id, "session_record", about=meeting)
    return render_template(
        "desk/sessions/show.html", meeting=meeting, proceeding=proceeding, case=case, who=_who(meeting, case),
        sides=_sides(case), paper=paper, may_mend=actor().role in HOLDS.who,
        may_book=booked.is_open(proceeding) and actor().role in BOOKS.who,
        lacks=[] if paper or meeting.is_attempt else sessions.lacking(meeting, proceeding, case),
        heeds=[] if meeting.is_attempt else queries.officer_cautions(proceeding, meeting=meeting),
    )


def _who(meeting, case):
    """Return names of those who came and of those who did not."""
    names = {}
    for party in cases.parties_of(case.id):
        names[party.public_id] = party.name
        names |= {each.public_id: each.name for each in party.representatives}
    guests = [
        _("%(name)s（%(what)s）", name=name, what=capacity) for name, capacity in meeting.attendance.get("guests", ())
    ]
    there = {
        word: [names[ref] for ref in meeting.attendance.get(word, ()) if ref in names]
        for word in ("present", "absent", "reached", "online")
    }
    return there | {"present": there["present"] + guests}


@bp.post("/sessions/<public_id:public_id>/paper")
@policy(HOLDS)
def issue(public_id):
    """Issue the record for signing."""
    with transaction():
        paper = sessions.issue_record(public_id, by=actor(), on=clock.today())
    return redirect(url_for("desk.papers.download", public_id=paper))


@bp.route("/sessions/<public_id:public_id>/amend", methods=["GET", "POST"])
@policy(HOLDS)
def amend(public_id):
    """Mend a record, with the reason; a new paper takes the old one's place."""
    meeting, _proceeding, case = queries.session_of(public_id, for_=actor())
    form = AmendForm(obj=meeting)
    offered = phrasing.offered(case)
    if "phrase" in request.form:
        phrasing.insert(form, offered)
    elif form.validate_on_submit():
        with refused_on(form) as done, transaction():
            sessions.amend_session(
                public_id, by=actor(), on=clock.today(), key=form.key.data, minutes=form.minutes(),
                reason=form.reason.data,
            )
        if done:
            flash(_("记录已改，改前改后都留着"))
            return redirect(url_for("desk.sessions.show", public_id=public_id))
    return render_template(
        "desk/sessions/amend.html", form=form, case=case, meeting=meeting, sides=_sides(case), phrases=offered
    )


@bp.route("/cases/<public_id:public_id>/notes", methods=["GET", "POST"])
@policy(HANDLES)
def notes(public_id):
    """Keep private notes: only their author reads them, no paper prints them (JM-12)."""
    case = cases.get(public_id, for_=actor())
    form = NoteForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            sessions.add_note(
                public_id, by=actor(), key=form.key.data, text=form.text.data, is_concession=form.is_concession.data
            )
        if done:
            flash(_("已记，只有您看得到"))
            return redirect(url_for("desk.sessions.notes", public_id=public_id))
    found = queries.notes(public_id, for_=actor())
    return render_template("desk/sessions/notes.html", form=form, case=case, notes=found)
