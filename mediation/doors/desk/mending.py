"""Mending: the wrong party off a case, what is asked for after acceptance, and whose word it waits for."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import MendingState
from mediation.casefile.papers.forms import PAPERS
from mediation.casefile.papers.outdated import Carried
from mediation.doors.desk import mendwords
from mediation.doors.desk.partyforms import IdentityFields, person_or_organisation
from mediation.doors.shared import conflict
from mediation.doors.shared.forms import CreatingForm, StepForm, Text
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Stale
from mediation.registry.access.rules import Permission
from mediation.registry.people.operations import ORGANISATION, Identity
from mediation.registry.staff import queries as staff
from mediation.stages.intake import parties as intake_parties
from mediation.stages.mending import operations as mending
from mediation.stages.mending import queries

bp = Blueprint("mending", __name__)

SUPPLEMENT = STEPS["case.supplement"]
OFF, SWAP = "off", "swap"
ALLOW, DENY = "allow", "deny"


class DecisionForm(StepForm):
    """Whether somebody else's correction is made, and why."""

    decision = RadioField(
        _l("批不批"), [InputRequired(_l("选一项"))],
        choices=[SelectChoice(ALLOW, _l("批准，马上改")), SelectChoice(DENY, _l("不批准，什么都不变"))],
    )
    words = Text(_l("理由"), [InputRequired(_l("要写理由"))], longest=400)


class WithdrawForm(CreatingForm):
    """One's own request, taken back."""


class WrongForm(IdentityFields, CreatingForm):
    """A party who does not belong here: off the case, or somebody else in the place."""

    what = RadioField(
        _l("怎么改"), [InputRequired(_l("选一项"))],
        choices=[SelectChoice(SWAP, _l("换成对的人")), SelectChoice(OFF, _l("拿掉，这一方本来就不该有"))],
    )
    name = Text(_l("对的人：姓名、名称"), [Optional()], longest=100)
    is_organisation = person_or_organisation()
    reason = Text(_l("为什么说登记错了人"), [InputRequired(_l("要写理由"))], longest=400)

    def validate_name(self, field):
        if self.what.data == SWAP:
            super().validate_name(field)

    def right_one(self):
        """Return who is to take the place, None where nobody is."""
        if self.what.data != SWAP:
            return None
        return Identity(**self.identity(is_organisation=self.is_organisation.data == "y"))


class IdentityForm(IdentityFields, StepForm):
    """Name and numbers as they should have been; empty ones stay."""

    reason = Text(_l("为什么更正，凭什么证件"), [InputRequired(_l("要写理由"))], longest=400)

    def right(self, *, is_organisation):
        """Return what is put right: name, number, telephone."""
        told = self.identity(is_organisation=is_organisation)
        names = ("name", "uscc", "legal_rep_name") if is_organisation else ("name", "id_number", "id_kind", "birth_on")
        return {name: told[name] for name in (*names, "phone") if told.get(name)}


class NoticeForm(CreatingForm):
    """Why papers that are out are put right."""

    reason = Text(_l("更正的理由，印在说明上"), [InputRequired(_l("要写理由"))], longest=400)


class UndoForm(CreatingForm):
    """Why the last step was a mistake; carries which step the page showed."""

    step_id = HiddenField(validators=[InputRequired()])
    reason = Text(_l("为什么撤销"), [InputRequired(_l("要写理由"))], longest=400)


class BackForm(CreatingForm):
    """Why a party belongs in the case after all."""

    reason = Text(_l("为什么放回来"), [InputRequired(_l("要写理由"))], longest=400)


@bp.get("/mendings")
@policy(Permission.CASES_CORRECT)
def index():
    """List the corrections that wait for somebody's word."""
    return _listed()


@bp.get("/mendings/to-decide")
@policy(Permission.MENDS_DECIDE)
def to_decide():
    """List the corrections that wait, for who may allow them."""
    return _listed()


def _listed():
    lines, following = queries.waiting(for_=actor(), after=request.args.get("after"))
    return render_template("desk/mending/index.html", lines=lines, following=following)


@bp.route("/mendings/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.CASES_READ)
@step_page("mending.approve")
def decide(public_id):
    """Show what is asked for, before beside after, and take the word of who may allow it."""
    asked, case = queries.get(public_id, for_=actor())
    form = DecisionForm(version=asked.version)
    if form.validate_on_submit():
        act = mending.approve if form.decision.data == ALLOW else mending.refuse
        with refused_on(form) as done, transaction():
            act(
                public_id, version=form.version.data, words=form.words.data, by=actor(), on=clock.today(),
                key=form.key.data,
            )
        if done:
            allowed = form.decision.data == ALLOW
            flash(_("已批准，已改好；下面是跟着变的") if allowed else _("没有批准，案件没有变"))
            return redirect(url_for("desk.mending.decide", public_id=public_id))
        asked, case = queries.get(public_id, for_=actor())
    is_open = asked.state == MendingState.ASKED
    return render_template(
        "desk/mending/decide.html", form=form, case=case, asked=asked, rows=mendwords.rows(asked, case),
        names=staff.names([asked.asked_by_id, asked.decided_by_id]), is_open=is_open,
        is_mine=asked.asked_by_id == actor().account_id, withdrawing=WithdrawForm(formdata=None),
        bars=mendwords.reasons(queries.decision_bars(asked, by=actor())),
        may_decide=is_open and mendwords.may_decide(asked, case), opens_case=queries.shows_contents(case, actor()),
        clocks=mendwords.clocks(asked), papers=_papers(asked),
    )


def _papers(asked):
    return [
        (paper, _(PAPERS[paper.kind].name), _("、").join(_(Carried(field).label) for field in fields))
        for paper, fields in queries.papers_of(asked)
    ]


@bp.post("/mendings/<public_id:public_id>/withdraw")
@policy(Permission.CASES_CORRECT)
def withdraw(public_id):
    """Take one's own request back."""
    _asked, case = queries.get(public_id, for_=actor())
    there = url_for("desk.cases.show", public_id=case.public_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        with transaction():
            mending.withdraw(public_id, by=actor(), on=clock.today(), key=form.key.data)
        flash(_("申请已收回，案件没有变"))
    return redirect(there)


@bp.route("/parties/<public_id:public_id>/wrong", methods=["GET", "POST"])
@policy(SUPPLEMENT)
def wrong(public_id):
    """Take a party who was entered by mistake off the case, or put the right one in the place."""
    party, case = queries.of_party(public_id, by=actor())
    deeds = queries.standing_of(party, case).deeds()
    form = WrongForm(data={"what": SWAP})
    if form.validate_on_submit():
        asked = None
        with refused_on(form) as done, transaction():
            asked = _mend(public_id, form, asks=bool(deeds))
        if done and asked:
            flash(_("已申请，批准以前什么都没有变"))
            return redirect(url_for("desk.mending.decide", public_id=asked))
        if done:
            flash(_("%(name)s已不在本案里，记录还在", name=party.name))
            return redirect(url_for("desk.people.index", public_id=case.public_id))
        party, case = queries.of_party(public_id, by=actor())
    return render_template(
        "desk/mending/wrong.html", form=form, case=case, party=party, deeds=[_(deed.label) for deed in deeds]
    )


def _mend(public_id, form, *, asks):
    """Do it or, where the party has spoken, was told or came, ask for it; return the request's public id then."""
    right, said = form.right_one(), {
        "reason": form.reason.data, "by": actor(), "on": clock.today(), "key": form.key.data,
    }
    if asks:
        return mending.ask_about_party(public_id, identity=right, **said)
    if right is None:
        mending.take_off(public_id, **said)
    else:
        mending.replace(public_id, identity=right, **said)
    return None


@bp.route("/parties/<public_id:public_id>/identity", methods=["GET", "POST"])
@policy(SUPPLEMENT)
def identity(public_id):
    """Put a misspelt name or a wrong number right, in every open case of that person."""
    party, case = queries.of_party(public_id, by=actor())
    if party.person is None:
        return redirect(url_for("desk.people.change", public_id=public_id))
    there, title = url_for("desk.cases.show", public_id=case.public_id, _anchor="papers"), case.title
    is_organisation = party.person.kind == ORGANISATION
    form = IdentityForm(data=intake_parties.stored(party))
    if form.validate_on_submit():
        with refused_on(form) as done:
            try:
                with transaction():
                    mending.correct_identity(
                        public_id, version=form.version.data, identity=form.right(is_organisation=is_organisation),
                        reason=form.reason.data, by=actor(), on=clock.today(), key=form.key.data,
                    )
            except Stale as faster:
                return conflict.answer(form, faster, title=title, latest_url=there)
        if done:
            flash(_("已更正，他在办的案件都改了；过时的文书在“文书”里标出来了"))
            return redirect(there)
        party, case = queries.of_party(public_id, by=actor())
    return render_template(
        "desk/mending/identity.html", form=form, case=case, party=party, is_organisation=is_organisation,
        reach=queries.reach(party, for_=actor()),
    )


@bp.route("/taken-off/<public_id:public_id>/back", methods=["GET", "POST"])
@policy(SUPPLEMENT)
def back(public_id):
    """Put a party back who was taken off by mistake."""
    row, party, case = queries.off(public_id, for_=actor())
    form = BackForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            mending.put_back(public_id, reason=form.reason.data, by=actor(), on=clock.today(), key=form.key.data)
        if done:
            flash(_("%(name)s已放回本案", name=party.name))
            return redirect(url_for("desk.people.index", public_id=case.public_id))
        row, party, case = queries.off(public_id, for_=actor())
    return render_template("desk/mending/back.html", form=form, row=row, party=party, case=case)


@bp.route("/cases/<public_id:public_id>/undo", methods=["GET", "POST"])
@policy(STEPS["case.correct"])
def undo(public_id):
    """Show the newest act of a case and exactly what undoing it would change; undo it, or ask for that."""
    case = cases.get(public_id, for_=actor())
    steps.require(STEPS["case.correct"], case, by=actor())
    shown = queries.preview(case, by=actor(), on=clock.today())
    form = UndoForm(step_id=str(shown.row.id) if shown.row else "")
    if form.validate_on_submit():
        said = {
            "step_id": form.step_id.data, "reason": form.reason.data, "by": actor(), "on": clock.today(),
            "key": form.key.data,
        }
        asked = None
        with refused_on(form) as done, transaction():
            if shown.asks:
                asked = mending.ask_to_undo(public_id, **said)
            else:
                mending.undo(public_id, **said)
        if done and asked:
            flash(_("已申请，批准以前什么都没有变"))
            return redirect(url_for("desk.mending.decide", public_id=asked))
        if done:
            flash(_("已撤销，两步都留在案卷里"))
            return redirect(url_for("desk.cases.show", public_id=public_id))
        case = cases.get(public_id, for_=actor())
        shown = queries.preview(case, by=actor(), on=clock.today())
    row = shown.row
    return render_template(
        "desk/mending/undo.html", form=form, case=case, shown=shown, bars=mendwords.reasons(shown.bars),
        what=_(STEPS[row.step].label) if row else "", changes=mendwords.changes(shown.changes),
        who=staff.names([row.account_id]).get(row.account_id, _("系统")) if row else "",
        waiting=queries.open_of(case.id),
    )


@bp.route("/cases/<public_id:public_id>/correction-notice", methods=["GET", "POST"])
@policy(STEPS["case.correct"])
def notice(public_id):
    """Show what papers already handed out say wrong, and issue the notice that goes with them."""
    case = cases.get(public_id, for_=actor())
    steps.require(STEPS["case.correct"], case, by=actor())
    form = NoticeForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            paper = mending.issue_notice(
                public_id, reason=form.reason.data, by=actor(), on=clock.today(), key=form.key.data
            )
        if done:
            return redirect(url_for("desk.papers.download", public_id=paper))
        case = cases.get(public_id, for_=actor())
    return render_template("desk/mending/notice.html", form=form, case=case, lines=queries.notice_lines(case))
