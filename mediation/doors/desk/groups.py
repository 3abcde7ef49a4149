"""Groups at the desk: the lead file's members, who speaks for them, what each of them says (row 20, MH-07)."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import DISPUTING_ROLES
from mediation.casefile.duties import queries as duties
from mediation.casefile.duties.rules import DutyKind
from mediation.doors.desk import groupforms as forms
from mediation.doors.desk.caseindex import Entry
from mediation.doors.shared.cures import Ways
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.stages.groups import listing, operations, queries, reading, rules, speaking
from mediation.stages.groups.queries import Which
from mediation.stages.groups.reading import Verdict
from mediation.stages.groups.rules import About

bp = Blueprint("groups", __name__)

STEP = STEPS["case.group"]
REPORTS = (DutyKind.FIRST_REPORT, DutyKind.COLLECTIVE)


@bp.route("/cases/<public_id:public_id>/group", methods=["GET", "POST"])
@step_page("case.group")
def enter(public_id):
    """Go to the group that a case leads, or make the case a lead file."""
    case = cases.get(public_id, for_=actor())
    group = queries.of_case(case.id)
    if group is not None:
        return redirect(url_for("desk.groups.show", public_id=group.public_id))
    now = clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0)
    form = forms.OpenForm(
        said_count=case.people_count if case.people_count >= rules.LEAST else None, total=case.amount_fen,
        learnt_at=now, side=forms.SIDES[0].value,
    )
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            opened = operations.open_group(
                public_id, said_count=form.said_count.data, total_fen=form.total.data, side=form.side.data,
                learnt_at=form.learnt_at.data.replace(tzinfo=clock.SHANGHAI), by=actor(), on=clock.today(),
                key=form.key.data,
            )
        if done:
            flash(_("已按群体案件办理。下一步把名单贴进来。"))
            return redirect(url_for("desk.groups.show", public_id=opened))
        case = cases.get(public_id, for_=actor())
    parties = [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]
    return render_template(
        "desk/groups/open.html", form=form, case=case, parties=parties, limits=queries.limits(case, on=clock.today())
    )


@bp.get("/groups/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """The members of a group by page, those who speak for them, what it comes to, what must be reported."""
    group, case = queries.get(public_id, for_=actor())
    word = request.args.get("which", "")
    which = Which(word) if word in set(Which) else Which.ALL
    name = request.args.get("name", "").strip()[:60]
    page = queries.members(group, which=which, name=name, after=request.args.get("after", 0, type=int))
    figures = queries.figures(group)
    may_act = _may_act(case)
    return render_template(
        "desk/groups/show.html", group=group, case=case, figures=figures, page=page, which=which, name=name,
        counts=[(each.value, _(each.label), figures.counts[each]) for each in Which if _is_shown(each, figures, which)],
        representatives=queries.representatives(group), most=queries.most_representatives(case),
        reports=[duty for duty in duties.of_case(case.id) if duty.kind in REPORTS],
        taken_in=queries.taken_in(group, for_=actor()), consent_of=queries.consent_of, may_act=may_act,
        main=_main(figures, group) if may_act else None, bars=_bars(group, case),
    )


def _is_shown(which, figures, chosen):
    return which in (Which.ALL, chosen) or figures.counts[which]


def _may_act(case):
    return actor().role in STEP.who and case.state in STEP.from_


def _bars(group, case):
    """Return what the representatives still lack before they may settle, in words."""
    ways = Ways()
    return [ways.reason(bar) for bar in rules.settling_obstacles(queries.represented(group))]


def _main(figures, group):
    """Return the one next thing to do: its words and address."""
    here = {"public_id": group.public_id}
    if figures.said > figures.listed:
        return _("贴名单"), url_for("desk.groups.names", **here)
    if figures.represented and not figures.representatives:
        return _("推选代表人"), url_for("desk.groups.elect", **here)
    if figures.represented and not group.proposal:
        return _("写和解方案"), url_for("desk.groups.proposal", **here)
    if figures.counts[Which.UNSETTLED]:
        return _("登记大家的意见"), url_for("desk.groups.answers", about=About.SETTLEMENT.value, **here)
    return None


@bp.route("/groups/<public_id:public_id>/names", methods=["GET", "POST"])
@policy(STEP)
def names(public_id):
    """Paste a list, look at what is understood, take it in; what was not understood stays in the box."""
    group, case = queries.get(public_id, for_=actor())
    form = forms.NamesForm()
    seen = None
    if form.validate_on_submit():
        with refused_on(form) as done:
            seen = listing.preview(public_id, form.names.data, by=actor(), on=clock.today())
        if done and "take" in request.form and seen.changes:
            with refused_on(form) as done, transaction():
                listing.add_members(public_id, form.names.data, by=actor(), on=clock.today(), key=form.key.data)
            if done:
                flash(_taken_words(seen))
                if not seen.wrong:
                    return redirect(url_for("desk.groups.show", public_id=public_id))
                left = reading.what_is_left(seen.lines)
                form = forms.NamesForm(formdata=None, names=left)
                seen = listing.preview(public_id, left, by=actor(), on=clock.today())
        group, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/groups/names.html", form=form, case=case, group=group, figures=queries.figures(group), seen=seen,
        verdicts=Verdict,
        problems=[each for each in seen.lines if each.verdict == Verdict.WRONG] if seen else [],
    )


def _taken_words(seen):
    said = [_("加了 %(count)s 人", count=seen.adds)] if seen.adds else []
    filled = seen.changes - seen.adds
    said += [_("补了 %(count)s 人的资料", count=filled)] if filled else []
    if seen.wrong:
        said.append(_("还有 %(count)s 行要改，留在下面", count=seen.wrong))
    return _("，").join(said)


@bp.route("/groups/<public_id:public_id>/numbers", methods=["GET", "POST"])
@policy(STEP)
def numbers(public_id):
    """Put right how many were said and the sum."""
    group, case = queries.get(public_id, for_=actor())
    form = forms.NumbersForm(said_count=group.said_count, total=group.total_fen, version=group.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.change_group(
                public_id, version=form.version.data, said_count=form.said_count.data, total_fen=form.total.data,
                by=actor(), on=clock.today(),
            )
        if done:
            flash(_("已改"))
            return redirect(url_for("desk.groups.show", public_id=public_id))
        group, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/groups/numbers.html", form=form, case=case, group=group, figures=queries.figures(group)
    )


@bp.route("/groups/<public_id:public_id>/proposal", methods=["GET", "POST"])
@policy(STEP)
def proposal(public_id):
    """Write the terms that members are asked to consent to."""
    group, case = queries.get(public_id, for_=actor())
    form = forms.ProposalForm(text=group.proposal or "", version=group.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.propose(
                public_id, form.text.data or "", version=form.version.data, by=actor(), on=clock.today()
            )
        if done:
            flash(_("方案已存。打印签字表请大家签，签回来再登记。"))
            return redirect(url_for("desk.groups.show", public_id=public_id))
        group, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/groups/proposal.html", form=form, case=case, group=group, figures=queries.figures(group)
    )


@bp.route("/groups/<public_id:public_id>/elect", methods=["GET", "POST"])
@policy(STEP)
def elect(public_id):
    """Record who was elected to speak for the group."""
    group, case = queries.get(public_id, for_=actor())
    form = forms.ElectForm(signed_on=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            speaking.elect(
                public_id, form.ticked, elected_on=form.elected_on.data, signed_on=form.signed_on.data, by=actor(),
                on=clock.today(), key=form.key.data,
            )
        if done:
            flash(_("代表人已登记，他们现在也是本案当事人。"))
            return redirect(url_for("desk.groups.show", public_id=public_id))
        group, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/groups/elect.html", form=form, case=case, group=group, standing=queries.representatives(group),
        rows=[row for row in _everybody(group) if not row.is_representative],
        most=queries.most_representatives(case),
    )


@bp.route("/groups/<public_id:public_id>/answers", methods=["GET", "POST"])
@policy(STEP)
def answers(public_id):
    """Record what members say, as the signed sheet has it."""
    group, case = queries.get(public_id, for_=actor())
    form = forms.AnswersForm(about=request.args.get("about"))
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            speaking.record_answers(
                public_id, about=form.about.data, answer=form.answer.data, form=form.form.data,
                said_on=form.said_on.data, member_ids=None if form.who.data == forms.EVERYBODY else form.ticked,
                by=actor(), on=clock.today(), key=form.key.data,
            )
        if done:
            flash(_("意见已登记"))
            return redirect(url_for("desk.groups.show", public_id=public_id))
        group, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/groups/answers.html", form=form, case=case, group=group, figures=queries.figures(group),
        rows=[row for row in _everybody(group) if row.party_id is None],
    )


def _everybody(group):
    return queries.members(group, size=None).rows


@bp.route("/group-members/<public_id:public_id>", methods=["GET", "POST"])
@policy(STEP)
def member(public_id):
    """Put right what the list says of a member."""
    row, case = queries.member(public_id, for_=actor())
    form = forms.MemberForm(amount=row.amount_fen, place=row.place or "", version=row.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.change_member(
                public_id, version=form.version.data, amount_fen=form.amount.data, place=form.place.data or "",
                by=actor(), on=clock.today(),
            )
        if done:
            return redirect(_group_of(case))
        row, case = queries.member(public_id, for_=actor())
    return render_template("desk/groups/member.html", form=form, row=row, case=case, group=queries.of_case(case.id))


@bp.route("/group-members/<public_id:public_id>/leave", methods=["GET", "POST"])
@policy(STEP)
def leave(public_id):
    """Take a member off the list, with the reason."""
    return _with_reason(public_id, "desk/groups/leave.html", operations.leave, _("已从名单去掉，记录还在"))


@bp.route("/group-members/<public_id:public_id>/step-down", methods=["GET", "POST"])
@policy(STEP)
def step_down(public_id):
    """Record that somebody speaks for the group no more, with the reason."""
    return _with_reason(public_id, "desk/groups/step_down.html", speaking.step_down, _("已登记不再担任代表人"))


def _with_reason(public_id, template, act, said):
    row, case = queries.member(public_id, for_=actor())
    form = forms.ReasonForm(version=row.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            act(public_id, version=form.version.data, reason=form.reason.data, by=actor(), on=clock.today())
        if done:
            flash(said)
            return redirect(_group_of(case))
        row, case = queries.member(public_id, for_=actor())
    return render_template(template, form=form, row=row, case=case, group=queries.of_case(case.id))


def _group_of(case):
    return url_for("desk.groups.show", public_id=queries.of_case(cases.get_by_id(case.id, for_=actor()).id).public_id)


def section(case):
    """Return what the case's page says of the group that it leads."""
    if case.group_size is None:
        return None
    group = queries.of_case(case.id)
    figures = queries.figures(group)
    return {
        "index": [Entry("group", _("群体"), figures.people)], "group": group, "figures": figures,
        "representatives": queries.representatives(group),
    }
