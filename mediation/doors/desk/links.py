"""Cases that belong together: linked, made one, and made two again; each page writes what will follow."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mediation.casefile.cases import linking, links
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import LinkKind
from mediation.doors.shared import words
from mediation.doors.shared.cures import Ways
from mediation.doors.shared.forms import CreatingForm, DeskForm, Text
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotFound
from mediation.oversight.search import queries as search
from mediation.registry.access.rules import Depth, Permission
from mediation.stages.intake import merging

bp = Blueprint("links", __name__)

ASKED_BY = frozenset({"number", "name", "initials", "place"})
TURNED = ".back"  # the other case is the later one
NOTES = {
    "series": _l("事由相同、当事人有重合，一起办或者比照着办"),
    "counter": _l("对方反过来提出的"),
    "same_incident": _l("一起事引出的几件，如一场事故几个受害人"),
    "follow_up": _l("本案是从那一件引出来的，如协议没有履行"),
    "follow_up.back": _l("那一件是从本案引出来的"),
    "repeat": _l("同一个人为同一件事，这次又来"),
    "repeat.back": _l("同一个人为同一件事，后来又来"),
}


class LinkForm(CreatingForm):
    """How a case found belongs to this one."""

    other = HiddenField()
    kind = RadioField(_l("那一件是本案的"), [InputRequired(_l("选一项"))])
    reason = Text(_l("说明"), longest=400)


class EndForm(DeskForm):
    """Why a link is ended."""

    reason = Text(_l("理由"), [InputRequired(_l("要写理由"))], longest=400)


class MergeForm(CreatingForm):
    """The last word before two cases become one."""

    into = HiddenField()
    reason = Text(_l("为什么是同一件事"), [InputRequired(_l("要写理由"))], longest=400)
    is_same = BooleanField(_l("两件的当事人和经过都核对过，是同一件纠纷"), [InputRequired(_l("核对过再勾"))])


class UnmergeForm(CreatingForm):
    """Why two cases are two after all."""

    reason = Text(_l("理由"), [InputRequired(_l("要写理由"))], longest=400)


@bp.route("/cases/<public_id:public_id>/links", methods=["GET", "POST"])
@policy(Permission.CASES_CORRECT)
def index(public_id):
    """Show what a case is linked to, and link one more, found by its number."""
    case = cases.get(public_id, for_=actor(), depth=Depth.PROGRESS)
    form = LinkForm()
    form.kind.choices = [SelectChoice(value, label) for value, label in _kinds()]
    if form.validate_on_submit():
        pair = [public_id, form.other.data]
        kind = form.kind.data.removesuffix(TURNED)
        with refused_on(form) as done, transaction():
            links.link(
                *(reversed(pair) if form.kind.data.endswith(TURNED) else pair), kind, by=actor(), on=clock.today(),
                reason=form.reason.data or "", key=form.key.data,
            )
        if done:
            flash(_("已关联"))
            return redirect(url_for("desk.links.index", public_id=public_id))
        case = cases.get(public_id, for_=actor(), depth=Depth.PROGRESS)
    found, chosen = candidates(case, form.other.data)
    if chosen is not None:
        form.other.data = chosen.public_id
    return render_template(
        "desk/links/index.html", form=form, case=case, links=links.of_case(case, for_=actor()), found=found,
        chosen=chosen, notes={name: str(note) for name, note in NOTES.items()},
        may_merge=actor().role in merging.WHO and case.state in linking.OPEN_STATES,
    )


def _kinds():
    """Return every way in which another case may stand to this one."""
    for kind in linking.BY_HAND:
        yield kind.value, _(linking.BACK[kind])
        if kind not in linking.BOTH_WAYS:
            yield kind.value + TURNED, _(linking.MIRRORED[kind])


def candidates(case, posted=None):
    """Return the cases that the box found, and the one that is meant: chosen, or the only one."""
    text, wanted = request.args.get("q", "").strip(), posted or request.args.get("other")
    if wanted:
        try:
            row = cases.get(wanted, for_=actor(), depth=Depth.PROGRESS)
        except NotFound:
            return [], None
        return [], cases.rows_of([row.id])[0] if row.id != case.id else None
    if not text or search.kind_of(text) not in ASKED_BY:
        return [], None
    found = [row for row in search.find(text, for_=actor()) if row.id != case.id]
    return (found, None) if len(found) != 1 else ([], found[0])


@bp.route("/links/<public_id:public_id>/end", methods=["GET", "POST"])
@policy(Permission.CASES_CORRECT)
def end(public_id):
    """End a link with the reason."""
    line, case = _line(public_id)
    form = EndForm()
    if form.validate_on_submit():
        there = url_for("desk.links.index", public_id=case.public_id)
        with refused_on(form) as done, transaction():
            links.unlink(public_id, by=actor(), on=clock.today(), reason=form.reason.data)
        if done:
            flash(_("关联已解除，记录还在"))
            return redirect(there)
        line, case = _line(public_id)
    return render_template("desk/links/end.html", form=form, line=line, case=case)


def _line(public_id):
    """Return a standing link and the case on whose page it is ended: the one the reader came from, or the later."""
    for case in links.cases_of(public_id, for_=actor()):
        if case.public_id == request.args.get("case", case.public_id):
            found = [line for line in links.of_case(case, for_=actor()) if line.public_id == public_id]
            if found and found[0].kind != LinkKind.MERGED:
                return found[0], case
    raise NotFound()


@bp.route("/cases/<public_id:public_id>/merge", methods=["GET", "POST"])
@step_page("case.merge")
def merge(public_id):
    """Merge a case into another, found by its number; what follows stands on the page before it is done."""
    case = cases.get(public_id, for_=actor())
    form = MergeForm()
    if form.validate_on_submit():
        into = form.into.data
        with refused_on(form) as done, transaction():
            merging.merge(public_id, into, by=actor(), on=clock.today(), reason=form.reason.data, key=form.key.data)
        if done:
            last = merging.last_day_of_undo(merging.merger_of(cases.get(public_id, for_=actor())))
            flash(_("已并案，%(day)s以前（含当天）可以撤销", day=words.day_words(last)))
            return redirect(url_for("desk.cases.show", public_id=into, merged=public_id))
        case = cases.get(public_id, for_=actor())
    found, chosen = candidates(case, form.into.data)
    before, both = None, []
    if chosen is not None:
        form.into.data = chosen.public_id
        try:
            before = merging.preview(public_id, chosen.public_id, by=actor(), on=clock.today())
            both = [(each, cases.parties_of(each.id)) for each in (case, cases.get(chosen.public_id, for_=actor()))]
        except NotFound:
            form.form_errors.append(_("那一件您只能看进度，不能并案；请能看内容的人来办，或者只关联。"))
    reasons = [Ways(case).reason(bar) for bar in before.bars] if before else []
    return render_template(
        "desk/links/merge.html", form=form, case=case, found=found, chosen=chosen, before=before, both=both,
        reasons=reasons,
    )


@bp.route("/cases/<public_id:public_id>/unmerge", methods=["GET", "POST"])
@step_page("case.unmerge")
def unmerge(public_id):
    """Undo a merger within its days, with the reason."""
    case = cases.get(public_id, for_=actor())
    merger = merging.merger_of(case)
    if merger is None:  # somebody else has undone it meanwhile
        return redirect(url_for("desk.cases.show", public_id=public_id))
    form = UnmergeForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            merging.unmerge(public_id, by=actor(), on=clock.today(), reason=form.reason.data, key=form.key.data)
        if done:
            staying = merging.stayed(public_id, for_=actor())
            said = _("已撤销并案，两件各办各的")
            if staying:
                names = _("、").join(staying)
                said = _("已撤销并案。%(names)s留在那一件里：已经表态、参加过调解或者改过资料。", names=names)
            flash(said)
            return redirect(url_for("desk.cases.show", public_id=public_id))
        case = cases.get(public_id, for_=actor())
        merger = merging.merger_of(case)
    leading = cases.get_by_id(merger.other_id, for_=actor(), depth=Depth.PROGRESS)
    return render_template(
        "desk/links/unmerge.html", form=form, case=case, leading=leading, merger=merger,
        last=merging.last_day_of_undo(merger),
    )
