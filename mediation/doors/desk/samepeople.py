"""Two rows of the register that may be one person: side by side, made one, and parted again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from mediation.doors.shared import words
from mediation.doors.shared.cures import Ways
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Permission
from mediation.registry.people import merging
from mediation.registry.people import queries as people
from mediation.stages.intake import queries, samepeople

bp = Blueprint("samepeople", __name__)


class MergeForm(CreatingForm):
    """The last word before two rows are one person."""

    other = HiddenField()
    reason = Text(_l("凭什么认定是同一个人"), [InputRequired(_l("要写理由"))], longest=400)
    is_same = BooleanField(_l("姓名、证件、电话、住址都核对过，是同一个人"), [InputRequired(_l("核对过再勾"))])


class PartForm(CreatingForm):
    """Why they are two people after all."""

    reason = Text(_l("理由"), [InputRequired(_l("要写理由"))], longest=400)


@bp.route("/people/<public_id:public_id>/same", methods=["GET", "POST"])
@policy(Permission.PERSON_MERGE)
def merge(public_id):
    """Show rows that may be the same person, one of them beside this one, and let one go on for both."""
    person = _going_on(public_id)
    form = MergeForm()
    wanted = form.other.data or request.args.get("other")
    if form.validate_on_submit():
        away, stays = samepeople.which_stays(person, samepeople.seen(wanted or "", for_=actor()))
        away_id, stays_id = away.public_id, stays.public_id
        with refused_on(form) as done, transaction():
            samepeople.merge(
                away_id, stays_id, by=actor(), on=clock.today(), reason=form.reason.data, key=form.key.data
            )
        if done:
            last = words.day_words(merging.last_day_to_undo(clock.today(), centre_id=actor().centre_id))
            flash(_("已合并，%(day)s以前（含当天）可以撤销", day=last))
            return redirect(url_for("desk.people.show", public_id=stays_id))
        person = _going_on(public_id)
    found = samepeople.candidates(person, for_=actor())
    other = _other(wanted, found)
    away = stays = None
    bars = []
    if other is not None:
        form.other.data = other.public_id
        away, stays = samepeople.which_stays(person, other)
        bars = samepeople.obstacles(away, stays, by=actor())
    return render_template(
        "desk/people/same.html", form=form, person=person, found=found, away=away, stays=stays,
        counts={row.id: len(queries.matters_of(row, for_=actor())) for row in (away, stays) if row is not None},
        reasons=[Ways().reason(bar) for bar in bars],
        undo_until=merging.last_day_to_undo(clock.today(), centre_id=person.centre_id),
    )


def _going_on(public_id):
    """Return a person who stands for themselves and whose contents the reader sees."""
    person = samepeople.seen(public_id, for_=actor())
    if person.merged_into_id or not queries.sees_contents_of(person, for_=actor()):
        raise NotFound()
    return person


def _other(wanted, found):
    """Return the row beside this one: the one asked for, or the only one there is."""
    if wanted:
        return next((row for row in found if row.public_id == wanted), None)
    return found[0] if len(found) == 1 else None


@bp.route("/mergers/<public_id:public_id>/undo", methods=["GET", "POST"])
@policy(Permission.PERSON_MERGE)
def part(public_id):
    """Take a merger back within its days."""
    form = PartForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            samepeople.unmerge(public_id, by=actor(), on=clock.today(), reason=form.reason.data, key=form.key.data)
        if done:
            flash(_("已撤销合并，是两个人"))
            away, _stays = people.both(samepeople.merger(public_id, for_=actor()))
            return redirect(url_for("desk.people.show", public_id=away.public_id))
    merger = samepeople.merger(public_id, for_=actor())
    away, stays = people.both(merger)
    bars = merging.undo_obstacles(merger, on=clock.today())
    return render_template(
        "desk/people/part.html", form=form, person=away, stays=stays, merger=merger,
        last=merging.last_day_of_undo(merger), reasons=[Ways().reason(bar) for bar in bars],
    )
