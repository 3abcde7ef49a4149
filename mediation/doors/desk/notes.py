"""Working notes on a case: read by the colleagues who work on it, with the ways to mention, change and delete."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.notes import operations as notes
from mediation.casefile.notes import queries, rules
from mediation.doors.desk.caseindex import Entry
from mediation.doors.desk.proceedingforms import ticks
from mediation.doors.shared.forms import CreatingForm, LongText, StepForm
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import pinyin
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission

bp = Blueprint("notes", __name__)


class NoteForm(CreatingForm):
    """What is to be remembered, and who is to see it now."""

    text = LongText(_l("便签"), [InputRequired(_l("便签是空的"))], longest=rules.LONGEST)
    mentioned = ticks(_l("提醒谁看"))
    follows = HiddenField(validators=[Optional(), Length(max=22)])


class EditForm(StepForm):
    text = LongText(_l("便签"), [InputRequired(_l("便签是空的"))], longest=rules.LONGEST)
    mentioned = ticks(_l("提醒谁看"))


@bp.route("/cases/<public_id:public_id>/memos", methods=["GET", "POST"])
@policy(Permission.CASES_READ)
def index(public_id):
    """Show the notes of a case and take one more; ``add`` names the note that it goes on from."""
    case = cases.get(public_id, for_=actor())
    people = queries.readers(case, but=actor())
    form = NoteForm(follows=request.args.get("add", "")[:22])
    _offer(form, people)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            notes.write(
                public_id, by=actor(), key=form.key.data, text=form.text.data, mentioned=form.mentioned.data or (),
                follows=form.follows.data or None,
            )
        if done:
            flash(_("已记下"))
            return redirect(url_for("desk.notes.index", public_id=public_id))
        case = cases.get(public_id, for_=actor())
    return _page(case, form, people, queries.listing(case, after=request.args.get("after")))


@bp.get("/memos/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """Open a note where it stands among the others, as a notice names it."""
    note, case = queries.get(public_id, for_=actor())
    people = queries.readers(case, but=actor())
    form = NoteForm(follows=note.public_id if note.deleted_at is None else "")
    _offer(form, people)
    return _page(case, form, people, queries.listing(case, at=note), opened=note.public_id)


@bp.route("/memos/<public_id:public_id>/edit", methods=["GET", "POST"])
@policy(Permission.CASES_READ)
def edit(public_id):
    """Change one's own note while it is fresh; afterwards one goes on from it."""
    note, case = queries.get(public_id, for_=actor())
    form = EditForm(text=note.text, mentioned=note.mentions.get("accounts", []), version=note.version)
    people = queries.readers(case, but=actor())
    _offer(form, people)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            notes.edit(
                public_id, by=actor(), text=form.text.data, mentioned=form.mentioned.data or (),
                version=form.version.data,
            )
        if done:
            flash(_("已改好"))
            return redirect(url_for("desk.notes.index", public_id=case.public_id))
        note, case = queries.get(public_id, for_=actor())
    bars = notes.change_bars(note, by=actor())
    return render_template("desk/notes/edit.html", form=form, case=case, note=note, people=_named(people), bars=bars)


@bp.post("/memos/<public_id:public_id>/delete")
@policy(Permission.CASES_READ)
def delete(public_id):
    """Delete one's own note."""
    _note, case = queries.get(public_id, for_=actor())
    with transaction():
        notes.delete(public_id, by=actor())
    flash(_("已删除，原来的位置留有标记"))
    return redirect(url_for("desk.notes.index", public_id=case.public_id))


def _page(case, form, people, page, opened=None):
    earlier = queries.texts_of({note.follows_id for note in page.notes if note.follows_id})
    return render_template(
        "desk/notes/index.html", case=case, form=form, people=_named(people), page=page, earlier=earlier,
        fresh=notes.changeable(page.notes, by=actor()), opened=opened, may_write=access.acts_on(actor(), case),
        me=actor().account_id,
        follows=next((note for note in page.notes if note.public_id == form.follows.data), None),
    )


def _offer(form, people):
    form.mentioned.choices = [
        SelectChoice(each.public_id, _("%(name)s（%(post)s）", name=each.name, post=_(each.role.label)))
        for each in people
    ]


def _named(people):
    """Return what the script finds a colleague by: name and first letters, by public id."""
    return {each.public_id: (each.name, pinyin.initials(each.name)) for each in people}


def section(case):
    """Return the newest notes of a case for its page."""
    page = queries.listing(case, size=queries.NEWEST)
    may_write = access.acts_on(actor(), case)
    if not page.notes and not may_write:
        return None
    index = [Entry("notes", _("便签"), f"{len(page.notes)}+" if page.next else len(page.notes))] if page.notes else []
    return {"case": case, "notes": page.notes, "more": page.next is not None, "may_write": may_write, "index": index}
