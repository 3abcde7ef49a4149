"""Proceedings: a unit accepts or refuses; parties consent and are told; more time; papers; the end."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import DISPUTING_ROLES, FROM_COURT, Basis, Consent, basis_of
from mediation.casefile.papers import operations as issued
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.desk import fees
from mediation.doors.desk import proceedingforms as forms
from mediation.doors.desk.caseindex import Entry
from mediation.doors.shared import cures
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.stages.proceedings import guests, pausing, queries
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.proceedings.rules import RefusalGround, TerminationGround

bp = Blueprint("proceedings", __name__)

KEEPS_NOTES = STEPS["proceeding.end"].who
HOLDS_SESSIONS = STEPS["proceeding.hold_session"].who  # who hears what is said in confidence has notes to go back to


def _disputing(case):
    return [party for party in cases.parties_of(case.id) if party.role in DISPUTING_ROLES]


def _names(case):
    return [SelectChoice(party.public_id, party.name) for party in _disputing(case)]


def _to_case(case, said, **where):
    flash(said)
    return redirect(url_for("desk.cases.show", public_id=case.public_id, **where))


@bp.route("/cases/<public_id:public_id>/accept", methods=["GET", "POST"])
@step_page("proceeding.accept")
def accept(public_id):
    """Accept a case: the body's number is given and the time for mediating starts."""
    case = cases.get(public_id, for_=actor())
    basis = basis_of(case.source)
    form = forms.AcceptForm(court_received_on=case.court_received_on, procedure=case.court_procedure)
    form.procedure.choices = forms.choices(Procedure, "—")
    listed = [word for words in queries.checklists(case, on=clock.today()).values() for word in words]
    form.closed.choices = [SelectChoice(word, word) for word in listed]
    if form.validate_on_submit():
        court = {
            "court_received_on": form.court_received_on.data, "procedure": form.procedure.data or None,
            "by_platform": form.by_platform.data,
        }
        with refused_on(form) as done, transaction():
            proceeding = proceedings.accept(
                public_id, by=actor(), closed=form.closed.data or (), determined_on=form.determined_on.data,
                counts_from=form.counts_from.data, **form.dated(),
                **(court if basis in FROM_COURT else {}),
            )
        if done:
            flash(_("已受理，请指派调解员"))
            return redirect(url_for("desk.appointments.assign", public_id=proceeding))
        case = cases.get(public_id, for_=actor())
    return render_template(
        "desk/proceedings/accept.html", form=form, case=case, from_court=basis in FROM_COURT,
        is_entrusted=basis == Basis.ENTRUSTED, is_traffic=queries.is_for_traffic_police(case),
        last_day=queries.would_run_to(case, on=clock.today()),
        parties=_disputing(case), barred=[] if form.errors else cures.standing("proceeding.accept", case),
    )


@bp.route("/cases/<public_id:public_id>/refuse", methods=["GET", "POST"])
@step_page("proceeding.refuse")
def refuse(public_id):
    """Do not accept a case, and say what else is open."""
    case = cases.get(public_id, for_=actor())
    form = forms.RefuseForm()
    form.ground.choices = forms.choices(RefusalGround)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            proceedings.refuse(
                public_id, by=actor(), ground=form.ground.data, words=form.words.data or "",
                notice_given=form.notice_given.data, **form.dated(),
            )
        if done:
            return _to_case(case, _("已登记不予受理"))
        case = cases.get(public_id, for_=actor())
    return render_template("desk/proceedings/refuse.html", form=form, case=case, ways=queries.ways_for(case))


@bp.route("/cases/<public_id:public_id>/consent", methods=["GET", "POST"])
@step_page("case.record_consent")
def record_consent(public_id):
    """Record what each party says to mediation; a clear refusal leads to the end (RT-02)."""
    case = cases.get(public_id, for_=actor())
    form = forms.ConsentsForm(parties=[_said(party) for party in _disputing(case)])
    if form.validate_on_submit():
        answers = {entry.form.party.data: _answer(entry.form, form.on.data) for entry in form.parties}
        with refused_on(form) as done, transaction():
            proceedings.record_consent(public_id, by=actor(), answers=answers, **form.dated())
        if done:
            return _after_consent(public_id)
        case = cases.get(public_id, for_=actor())
    proceeding = queries.current(case.id)
    return render_template(
        "desk/proceedings/consent.html", form=form, case=case, names=dict(_pairs(case)),
        mediators=[row.mediator.name for row in queries.mediators_on(proceeding.id)] if proceeding else [],
    )


def _pairs(case):
    return [(party.public_id, party.name) for party in _disputing(case)]


def _said(party):
    form = party.consent_form.value if party.consent_form else ""
    return {"party": party.public_id, "consent": party.consent.value, "form": form, "on": party.consent_on}


def _answer(row, day):
    consent = row.consent.data or Consent.PENDING
    takes = {forms.YES: True, forms.NO: False}.get(row.takes_mediator.data)
    return proceedings.Answer(consent, row.form.data or None, row.on.data or day, takes)


def _after_consent(public_id):
    case = cases.get(public_id, for_=actor())
    proceeding = queries.current(case.id)
    must = queries.must_end(proceeding, case) if proceeding else None
    if must is None:
        return _to_case(case, _("已登记"))
    if actor().role not in KEEPS_NOTES:
        return _to_case(case, _("已登记拒绝。调解不能再进行，请承办单位终止"))
    flash(_("有一方明确拒绝，调解不能再进行，请终止并引导"))
    there = url_for("desk.proceedings.end", public_id=proceeding.public_id, ground=must.ground, party=must.party)
    return redirect(there)


@bp.route("/proceedings/<public_id:public_id>/inform", methods=["GET", "POST"])
@step_page("proceeding.inform")
def inform(public_id):
    """Record that each party was told its rights and duties; print the notice."""
    proceeding, case = queries.get(public_id, for_=actor())
    told = queries.informed(proceeding, case)
    form = forms.NoticesForm(
        parties=[
            {"party": party.public_id, "form": party.rights_notice_form if party.public_id in told else ""}
            for party in _disputing(case)
        ]
    )
    if form.validate_on_submit():
        ticked = {entry.form.party.data: entry.form.form.data for entry in form.parties if entry.form.form.data}
        with refused_on(form) as done, transaction():
            if request.form.get("do") == "print":
                paper = proceedings.issue_rights_notice(public_id, by=actor(), on=form.on.data)
            else:
                proceedings.inform(public_id, by=actor(), told=ticked, **form.dated())
        if done and request.form.get("do") == "print":
            return redirect(url_for("desk.papers.download", public_id=paper))
        if done:
            return _to_case(case, _("已登记告知"))
        proceeding, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/proceedings/inform.html", form=form, case=case, proceeding=proceeding, names=dict(_pairs(case)),
        paper=issued.newest(case.id, "rights_notice", about=proceeding),
    )


@bp.route("/proceedings/<public_id:public_id>/extend", methods=["GET", "POST"])
@step_page("proceeding.extend")
def extend(public_id):
    """Give more time, with the consent of all."""
    proceeding, case = queries.get(public_id, for_=actor())
    limits = queries.limits_of_extension(proceeding, case)
    form = forms.ExtendForm(until=limits.latest)
    form.consenting.choices = _names(case)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            proceedings.extend(
                public_id, by=actor(), until=form.until.data, consenting=form.consenting.data or [],
                reason=form.reason.data, paper=form.paper.data, **form.dated(),
            )
        if done:
            return _to_case(case, _("期限已延长"), _anchor="clocks")
        proceeding, case = queries.get(public_id, for_=actor())
    return render_template("desk/proceedings/extend.html", form=form, case=case, proceeding=proceeding, limits=limits)


@bp.route("/proceedings/<public_id:public_id>/pause", methods=["GET", "POST"])
@step_page("proceeding.pause")
def pause(public_id):
    """Let the period stand still while an appraisal is made (JM-03)."""
    return _stand(public_id, forms.PauseForm(), _("期限已中止，鉴定的日子不计入"))


@bp.route("/proceedings/<public_id:public_id>/run-on", methods=["GET", "POST"])
@step_page("proceeding.run_on")
def run_on(public_id):
    """Let the period run again (JM-03)."""
    return _stand(public_id, forms.DatedForm(), _("期限已恢复"))


def _stand(public_id, form, said):
    proceeding, case = queries.get(public_id, for_=actor())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            if "paper" in form:
                pausing.pause(public_id, by=actor(), paper=form.paper.data, **form.dated())
            else:
                pausing.run_on(public_id, by=actor(), **form.dated())
        if done:
            return _to_case(case, said, _anchor="clocks")
        proceeding, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/proceedings/pause.html", form=form, case=case, clock=pausing.period(proceeding),
    )


@bp.route("/proceedings/<public_id:public_id>/end", methods=["GET", "POST"])
@step_page("proceeding.end")
def end(public_id):
    """End without an agreement, at anybody's wish, and say what else is open (RT-04, PM-09)."""
    proceeding, case = queries.get(public_id, for_=actor())
    form = forms.EndForm(ground=request.args.get("ground"), requested_by=request.args.get("party"))
    form.ground.choices = forms.choices(TerminationGround)
    form.requested_by.choices = [SelectChoice("", _("不是哪一方要求的")), *_names(case)]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            proceedings.end(
                public_id, by=actor(), ground=form.ground.data, words=form.words.data or "",
                course=form.course.data or "", notice_given=form.notice_given.data,
                requested_by=form.requested_by.data or None, cost_conduct=form.cost_conduct.data or "",
                court_points=form.court_points.data or "", issues=form.issues.data or "", **form.dated(),
            )
        if done:
            return _to_case(case, _("已终止。可以移送，也可以换一种调解"))
        proceeding, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/proceedings/end.html", form=form, case=case, proceeding=proceeding, ways=queries.ways_for(case),
        period=queries.last_clock(proceeding), from_court=proceeding.basis in FROM_COURT, fee_url=fees.address_of(case),
    )


@bp.route("/proceedings/<public_id:public_id>/papers", methods=["GET", "POST"])
@policy(Permission.PAPERS_ISSUE)
def papers(public_id):
    """Show the papers of the proceeding in their order: issued, ready, or what each lacks; issue what is ready."""
    proceeding, case = queries.get(public_id, for_=actor())
    if request.method == "POST":
        with transaction():
            made = proceedings.issue_papers(public_id, request.form.getlist("kind"), by=actor(), on=clock.today())
        flash(_("已出 %(count)s 份", count=len(made)))
        return redirect(url_for("desk.proceedings.papers", public_id=public_id))
    return render_template(
        "desk/proceedings/papers.html", case=case, proceeding=proceeding, rows=proceedings.papers_of(proceeding, case),
        forms=PAPERS, sessions=queries.held(proceeding.id), may_issue=actor().role in KEEPS_NOTES,
    )


def _guests(case):
    """Return who was invited; nobody is asked for where nobody ever was."""
    was_used = any(step.step == "proceeding.invite" for step in progress.taken(case.id))
    return guests.of_case(case.id) if was_used else []


def section(case):
    """Return the attempts of a case for its page: number, unit, mediators, meetings."""
    found = queries.of_case(case.id)
    if not found:
        return None
    meetings = queries.sessions_of(case.id)
    held = sum(not each.is_attempt and not each.void_on for each in meetings)
    index = [Entry("proceeding", _("调解程序"), len(found))]
    grounds = {ground.value: ground for ground in (*TerminationGround, *RefusalGround)}
    return {
        "case": case,
        "index": [*index, Entry("sessions", _("调解会"), held)] if meetings else index,
        "proceedings": [(each, queries.mediators_on(each.id)) for each in found],
        "sessions": meetings,
        "guests": _guests(case), "may_invite": actor().role in STEPS["proceeding.invite"].who,
        "names": {party.public_id: party.name for party in cases.parties_of(case.id)},
        "grounds": grounds,
        "keeps_notes": actor().role in HOLDS_SESSIONS,
    }
