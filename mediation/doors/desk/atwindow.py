"""The party is at the window: found by code, number or name; known; answered; and nothing else on the page."""

from datetime import date

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments import queries as handed_in
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import needs, progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.desk.caseindex import Entry
from mediation.doors.desk.windowforms import AnswerForm, CalledForm, NoteForm, PapersForm, ReceiveForm
from mediation.doors.shared import headers
from mediation.doors.shared.forms import DeskForm
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Invalid
from mediation.oversight.search import queries as search
from mediation.registry.access.rules import Depth
from mediation.registry.staff import queries as staff
from mediation.stages.contacts import operations, queries, rules
from mediation.stages.contacts.operations import Promise
from mediation.stages.contacts.rules import CallBack, Identified

bp = Blueprint("atwindow", __name__)

RECEIVES = STEPS["case.receive_visitor"]
SHOWN = 6  # of what was asked before
TITLE = 100


@bp.route("/window", methods=["GET", "POST"])
@policy(RECEIVES)
def find():
    """Find the case of whoever stands here; a scanner types into the box like a keyboard. A single hit opens at once.

    What was typed stands in no address: it may be a code or an ID number (P24).
    """
    text = request.form.get("q", "").strip()
    kind = search.kind_of(text)
    if text and kind == "id_number":
        with transaction():
            search.note_id_search(by=actor())
    found = search.find(text, for_=actor()) if text else []
    running = [row for row in found if row.is_open]
    if len(running) == 1 or len(found) == 1:
        return redirect(url_for("desk.atwindow.receive", public_id=(running or found)[0].public_id))
    return render_template(
        "desk/atwindow/find.html", rows=running + [row for row in found if not row.is_open], is_asked=bool(text),
        calls=queries.promised_count(for_=actor()),
    )


@bp.route("/cases/<public_id:public_id>/window", methods=["GET", "POST"])
@step_page("case.receive_visitor")
def receive(public_id):
    """Ask who stands here and how they were known, before anything of the case is told."""
    case = cases.get(public_id, for_=actor(), depth=Depth.PROGRESS)
    if case.merged_into_id is not None:
        leading = cases.get_by_id(case.merged_into_id, for_=actor(), depth=Depth.PROGRESS)
        return redirect(url_for("desk.atwindow.receive", public_id=leading.public_id))
    form, sees = _receive_form(case)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            done.visit = operations.receive(
                public_id, identified=request.form.get("identified", Identified.NOT), by=actor(), on=clock.today(),
                key=form.key.data, **form.values(),
            )
        if done:
            return redirect(url_for("desk.atwindow.show", public_id=done.visit))
        case = cases.get(public_id, for_=actor(), depth=Depth.PROGRESS)
    return render_template(
        "desk/atwindow/receive.html", form=form, case=case, sees=sees, ways=list(Identified),
        said=[sentence(each) for each in rules.answer(queries.standing(case, None, known=False), on=clock.today())],
    )


def _receive_form(case):
    form, sees = ReceiveForm(), cases.sees(case, actor(), Depth.CONTENTS)
    form.know(cases.parties_of(case.id) if sees else ())
    return form, sees


@bp.get("/visits/<public_id:public_id>")
@policy(RECEIVES)
def show(public_id):
    """Show what may be read out to whoever is here, and the four things that are done for them."""
    return _page(public_id)


@bp.post("/visits/<public_id:public_id>/papers")
@policy(RECEIVES)
def take_papers(public_id):
    """Take in several files at once; one that is not taken stops them all, and is named."""
    visit, case = queries.visit(public_id, for_=actor())
    form = PapersForm(prefix="papers")
    if not form.validate_on_submit():
        return _page(public_id, papers=form)
    sent = [each for each in form.files.data or () if getattr(each, "filename", "")]
    parties = {party.id: party.public_id for party in cases.parties_of(case.id)}
    with refused_on(form) as done:
        if not sent:
            raise Invalid(files=_("还没有选文件"))
        kept = [(_keep(case, each), each.filename) for each in sent]
        with transaction():
            for number, (file, name) in enumerate(kept):
                attachments.add(
                    case.public_id, kind=AttachmentKind(form.kind.data), title=_title(name), kept=file,
                    party=parties.get(visit.party_id), by=actor(), on=clock.today(), key=f"{form.key.data}.{number}",
                )
    if not done:
        return _page(public_id, papers=form)
    flash(_("已收下 %(count)s 份材料", count=len(sent)))
    return redirect(url_for("desk.atwindow.show", public_id=public_id))


def _keep(case, sent):
    try:
        return attachments.keep(case.public_id, sent.read(), sent.filename, by=actor())
    except Invalid as error:
        why = _(str(error.fields.get("file", error)))
        raise Invalid(files=_("%(name)s：%(why)s", name=sent.filename, why=why)) from error


def _title(filename):
    return (" ".join(filename.rsplit(".", 1)[0].split()) or filename)[:TITLE]


@bp.post("/visits/<public_id:public_id>/answer")
@policy(RECEIVES)
def answer(public_id):
    """Keep what was asked and answered."""
    form = AnswerForm(prefix="answer")
    if form.validate_on_submit():
        promise = Promise(CallBack(form.call_back.data), form.call_back_on.data) if form.call_back.data else None
        with refused_on(form) as done, transaction():
            operations.answer(
                public_id, topic=form.topic.data, asked=form.asked.data or "", told=form.told.data or "",
                promise=promise, by=actor(), on=clock.today(), key=form.key.data,
            )
        if done:
            flash(_("已记下答复"))
            return redirect(url_for("desk.atwindow.show", public_id=public_id))
    return _page(public_id, answer=form)


@bp.post("/visits/<public_id:public_id>/note")
@policy(RECEIVES)
def note(public_id):
    """Keep a line for the next colleague."""
    form = NoteForm(prefix="note")
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.note(public_id, text=form.text.data or "", by=actor(), on=clock.today(), key=form.key.data)
        if done:
            flash(_("已记下"))
            return redirect(url_for("desk.atwindow.show", public_id=public_id))
    return _page(public_id, note=form)


@bp.post("/visits/<public_id:public_id>/print")
@policy(RECEIVES)
def hand_out(public_id):
    """Print a paper again for whoever is here; it is written down first."""
    form = DeskForm(prefix="print")
    if not request.form.get("paper"):
        return _page(public_id)
    with refused_on(form) as done, transaction():
        paper = operations.hand_out(
            public_id, paper=request.form["paper"][:22], by=actor(), on=clock.today()
        )
    if not done:
        return _page(public_id, again=form)
    return redirect(url_for("desk.atwindow.show", public_id=public_id, paper=paper, _anchor="print"))


def _page(public_id, papers=None, answer=None, note=None, again=None):
    visit, case = queries.visit(public_id, for_=actor())
    tells = queries.tells_contents(visit, case, actor())
    sees = cases.sees(case, actor(), Depth.CONTENTS)
    parties = cases.parties_of(case.id)
    party = next((each for each in parties if each.id == visit.party_id), None) if tells else None
    said = [sentence(each) for each in rules.answer(queries.standing(case, party, known=tells), on=clock.today())]
    printable = queries.papers_for(visit, case) if tells else []
    earlier = queries.of_case(case.id) if sees else []
    page = make_response(render_template(
        "desk/atwindow/show.html", visit=visit, case=case, tells=tells, sees=sees, said=said, again=again,
        who=operations.name_of(visit, parties) if sees or not visit.party_id else "",
        papers=papers or PapersForm(prefix="papers", formdata=None),
        answer=answer or AnswerForm(prefix="answer", formdata=None, told="\n".join(said)),
        note=note or NoteForm(prefix="note", formdata=None),
        reads_large=party is not None and needs.reads_large((party.flags or {}).get("flags", ())),
        printable=[(paper, _(PAPERS[paper.kind].name)) for paper in printable],
        printed=next((each for each in printable if each.public_id == request.args.get("paper")), None),
        taken=[row for row in handed_in.of_case(case.id) if row.received_on == visit.on] if sees else [],
        earlier=earlier[:SHOWN], names=_names(earlier), is_over=visit.on != clock.today(),
    ))
    page.headers["Content-Security-Policy"] = headers.policy(frame_src="'self'")  # a paper, to be printed
    return page


def _names(contacts):
    return staff.names({account for row in contacts for account in (row.account_id, row.called_by_id)})


@bp.get("/call-backs")
@policy(RECEIVES)
def calls():
    """List the calls that were promised and wait for the reader, the most pressing first."""
    found = queries.promised(for_=actor(), after=_mark(request.args.get("after")))
    last = found[-1].contact if len(found) == queries.PAGE else None
    return render_template(
        "desk/atwindow/calls.html", rows=found, names=_names([each.contact for each in found]),
        next=f"{last.call_back_on.isoformat()}.{last.id}" if last else None,
    )


def _mark(text):
    day, _dot, row = (text or "").partition(".")
    try:
        return date.fromisoformat(day), int(row)
    except ValueError:
        return None


@bp.route("/contacts/<public_id:public_id>/called", methods=["GET", "POST"])
@policy(RECEIVES)
def called(public_id):
    """Write down what came of a promised call."""
    row, case = queries.contact(public_id, for_=actor())
    form = CalledForm(version=row.version)
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.called(
                public_id, reached=form.reached.data, words=form.words.data or "", version=form.version.data,
                by=actor(), on=clock.today(),
            )
        if done:
            flash(_("已记下"))
            return redirect(url_for("desk.atwindow.calls"))
        row, case = queries.contact(public_id, for_=actor())
    sees = cases.sees(case, actor(), Depth.CONTENTS)
    parties = cases.parties_of(case.id) if sees else ()
    return render_template(
        "desk/atwindow/called.html", form=form, row=row, case=case, sees=sees, names=_names([row]),
        who=operations.name_of(row.visit, parties) if sees else "",
        party=next((each for each in parties if each.id == row.visit.party_id), None),
    )


def section(case):
    """Return what was asked and told in a case, for its page."""
    if actor().role not in RECEIVES.who:
        return None
    was_asked = any(step.step == "case.answer_party" for step in progress.history(case.id))
    found = queries.of_case(case.id) if was_asked else []
    parties = cases.parties_of(case.id)
    return {
        "index": [Entry("contacts", _("来问过的"), len(found))] if found else [], "case": case, "rows": found,
        "names": _names(found), "who": {row.visit_id: operations.name_of(row.visit, parties) for row in found},
    }
