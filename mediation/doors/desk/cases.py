"""The list of cases and the page of one case: one long page with an index."""

from dataclasses import dataclass
from importlib import import_module

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from mediation.casefile.attachments import queries as attachments
from mediation.casefile.cases import access, links, openings
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.rules import CaseState, Grade, Stage, Track, Turn, Urgency
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.duties import queries as duties
from mediation.casefile.outside import queries as outside
from mediation.casefile.papers import operations as papers
from mediation.doors.desk import casepapers, casewords, history, nextsteps
from mediation.doors.shared import words
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.registry.access.rules import Depth, Permission
from mediation.registry.causes import queries as causes
from mediation.stages.assisting import queries as assisting
from mediation.stages.intake import asked, chains, grading
from mediation.stages.mending import queries as mending
from mediation.stages.proceedings import guests

bp = Blueprint("cases", __name__)

STAGE_SECTIONS = (
    "notes", "groups", "bookings", "proceedings", "assisting", "agreements", "confirmation", "performance", "referrals",
    "deliveries", "atwindow", "copyout", "archive",
)


@dataclass
class Section:
    """A stage's part of the page: its template and what the stage's door gives it."""

    template: str
    content: object


@bp.get("/cases")
@policy(Permission.CASES_READ)
def index():
    """List the cases that the reader sees; the filter stands in the address."""
    chosen = casewords.filter_from(request.args, actor())
    page = cases.listing(
        for_=actor(), chosen=chosen, sort=request.args.get("sort", "newest"), after=request.args.get("after"),
        before=request.args.get("before"),
    )
    types = [kind for kind in causes.types(on=clock.today(), centre_id=actor().centre_id) if kind.parent_code is None]
    choices = {
        "grade": words.labelled(Grade), "urgency": words.labelled(Urgency),
        "stage": words.labelled(Stage), "turn": words.labelled(Turn), "track": words.labelled(Track),
        "type": [(kind.code, kind.name) for kind in types],
    }
    return render_template(
        "desk/cases/index.html", page=page, choices=choices, words=casewords.filter_words(request.args, actor())
    )


@bp.get("/cases/<public_id:public_id>")
@policy(Permission.CASES_READ)
def show(public_id):
    """Show one case as deep as the reader sees it; who sees its progress only gets the short page."""
    case = cases.get(public_id, for_=actor(), depth=Depth.PROGRESS)
    linked = links.of_case(case, for_=actor())
    leading = next((line for line in linked if line.kind == LinkKind.MERGED and line.is_later), None)
    if leading is not None and "own" not in request.args:
        return redirect(url_for("desk.cases.show", public_id=leading.case_public_id, merged=public_id))
    head = casewords.head(case)
    if not cases.sees(case, actor(), Depth.CONTENTS):
        mend = mending.open_of(case.id) if actor().may(Permission.MENDS_DECIDE) and not case.is_sealed else None
        return render_template(
            "desk/cases/progress.html", case=case, head=head, links=linked, asked=mend,
            open_steps=nextsteps.beside(case, current_app),
            tasks=[task for task in assisting.of_case(case.id) if assisting.is_helping(task, actor())],
            invitation=guests.invitation_of(case.id, for_=actor()),
        )
    openings.note(case, actor())
    open_steps, barred = nextsteps.box(case, current_app)
    parties, sections = cases.parties_of(case.id), list(_sections(case))
    return render_template(
        "desk/cases/show.html", case=case, head=head, links=linked, may_link=links.may_link(actor(), case),
        brought=_brought(linked), place=chains.place_of(case, for_=actor()),
        relapse=chains.relapse_of(case, for_=actor()), open_steps=open_steps, barred_steps=barred,
        parties=parties, consents=casewords.consents(parties), addresses=cases.service_addresses(case.id),
        sections=sections, index=[entry for each in sections for entry in each.content["index"]],
        story_note=casewords.story_note(case), answers=asked.answered(case), questions=asked.questions(case),
        grade=_grade(case, open_steps),
        correct_url=next((step.url for step in open_steps if step.name == "case.correct"), None),
        outside_url=next((step.url for step in open_steps if step.name == "case.note_outside"), None),
        taken_off=mending.taken_off(case.id), mendings=mending.of_case(case.id),
        may_undo=case.state not in (CaseState.ARCHIVED, CaseState.MERGED) and access.acts_on(actor(), case),
        may_supplement=any(step.name == "case.supplement" for step in open_steps),
        duties=duties.of_case(case.id), outside=outside.of_case(case.id),
        clocks=casewords.clocks(case, clocks.of_case(case.id)),
        papers=casepapers.sheets(case, papers.of_case(case.id)), attachments=attachments.of_case(case.id),
        bundle_url=_bundle_url(case), history=history.lines(case, limit=12), people=casewords.people(case),
        title_of_history=_("留痕"),
    )


def _grade(case, open_steps):
    """Return how cases of that grade are handled, what the facts propose now, where it is changed."""
    proposed = grading.proposal(case) if case.screened_on and case.is_open else None
    differs = proposed and case.grade and (proposed.grade, proposed.urgency) != (case.grade, case.urgency)
    may_call = case.grade == Grade.DIFFICULT and any(step.name == "task.ask" for step in open_steps)
    return {
        "meeting": url_for("desk.meetings.meeting", public_id=case.public_id) if may_call else None,
        "way": grading.way_of(case), "proposed": proposed if differs else None,
        "url": next((step.url for step in open_steps if step.name == "case.grade"), None),
    }


def _bundle_url(case):
    may_bundle = actor().role in STEPS["case.bundle"].who and access.acts_on(actor(), case)
    return url_for("desk.bundles.ask", public_id=case.public_id) if may_bundle else None


def _brought(linked):
    """Return what lies in the files of the cases that were merged into this one, each with the number it is under."""
    numbers = {line.case_id: line.register_no for line in linked if line.kind == LinkKind.MERGED and not line.is_later}
    return [(numbers[each.case_id], each) for each in attachments.of_cases(list(numbers))]


def _sections(case):
    for room in STAGE_SECTIONS:
        module = import_module(f"mediation.doors.desk.{room}")
        content = module.section(case) if hasattr(module, "section") else None
        if content is not None:
            yield Section(f"desk/{room}/_section.html", content)


@bp.get("/cases/<public_id:public_id>/history")
@policy(Permission.CASES_READ)
def trail(public_id):
    """Show everything that happened in a case, in plain words."""
    case = cases.get(public_id, for_=actor())
    return render_template("desk/cases/history.html", case=case, history=history.lines(case))
