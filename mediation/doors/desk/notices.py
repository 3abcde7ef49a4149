"""What the person at the desk was told: unread first, each with the way to its case."""

from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for

from mediation.casefile.cases.rules import ConfirmationState
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import queries
from mediation.doors.shared import words
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.stages.assisting.rules import DeclineTask
from mediation.stages.proceedings.meeting.rules import GuestRole
from mediation.stages.referrals.rules import Outcome, ReturnReason
from mediation.stages.routing.levels import DeclineOffer
from mediation.stages.routing.rules import RejectReason

bp = Blueprint("notices", __name__)

# Places in a notice's sentence that hold a stored word, and of which kind.
CODED = {
    "clock": ClockLabel, "ruling": ConfirmationState, "outcome": Outcome, "return_reason": ReturnReason,
    "reject_reason": RejectReason, "decline_offer": DeclineOffer, "decline_task": DeclineTask,
    "as_what": GuestRole,
}


# Params that name a thing with a page of its own.
PLACES = {"task": "desk.assisting.show", "offer": "desk.levels.consent", "note": "desk.notes.show"}


@bp.get("/notices")
@policy(Permission.CASES_READ)
def index():
    """List what was told to the post, what is unread or all of it."""
    is_all = request.args.get("show") == "all"
    page = queries.listing(
        for_=actor(), unread_only=not is_all, after=request.args.get("after"), before=request.args.get("before")
    )
    newest = page.lines[0].public_id if page.lines else None
    return render_template(
        "desk/notices/index.html", page=page, is_all=is_all, newest=newest, sentence=sentence, place=place
    )


@bp.post("/notices/read")
@policy(Permission.CASES_READ)
def read():
    """Mark one notice as read, or all up to the newest one that the page showed."""
    one, upto = request.form.get("one"), request.form.get("upto")
    if one or upto:
        with transaction():
            if one:
                notices.read(one, by=actor())
            else:
                flash(_("%(count)s 条标为已读", count=notices.read_all(upto, by=actor())))
    return redirect(url_for("desk.notices.index", show=request.form.get("show") or None))


def place(line) -> str:
    """Return where a notice leads: to the very thing that it speaks of, else to its case."""
    for name, endpoint in PLACES.items():
        if name in line.params:
            return url_for(endpoint, public_id=line.params[name])
    return url_for("desk.cases.show", public_id=line.about.public_id)


def sentence(line) -> str:
    """Return a notice in words."""
    return _(line.event.label, **{name: _word(name, value) for name, value in line.params.items()})


def _word(name, value):
    if name.endswith("_on"):
        return words.day_words(date.fromisoformat(value))
    if name.endswith("_at"):
        return words.moment(datetime.fromisoformat(value))
    return words.label(CODED[name](value)) if name in CODED and value else value or ""
