"""The next-step box: which steps are open to me here and now, and why the others are not, with the way to the cure."""

from dataclasses import dataclass, field

from flask import url_for

from mediation.casefile.cases import progress, steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import Stage
from mediation.doors.shared import cures
from mediation.doors.shared.guard import actor, pages_of_steps
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.stages.confirmation import queries as confirmation

ALWAYS = ("proceeding.end",)  # never hidden, never the main action (RT-04)
QUIET = (
    "mending.approve", "transfer.recall",
    "case.correct", "case.supplement", "case.note_outside", "case.refuse", "case.learn_risk", "case.grade",
    "case.group",
    "case.record_consent", "case.reopen", "case.withdraw",
    "case.change_track", "proceeding.extend", "proceeding.pause", "proceeding.run_on",
    "proceeding.reassign", "proceeding.log_attempt", "proceeding.choose_mediator", "proceeding.invite",
    "proceeding.inquire", "case.return_visit", "agreement.propose", "agreement.restore_time",
    "booking.set", "task.ask", "transfer.send_up", "transfer.offer_down", "transfer.order_down", "transfer.take_back",
    "proceeding.note_undisputed", "agreement.revise", "agreement.agree_orally", "confirmation.return_pack",
    "confirmation.drop", "confirmation.note_outsider", "confirmation.record_objection", "confirmation.revoke",
    "case.merge", "case.unmerge",
)
ONCE = (  # may be repeated, but the road goes on after the first time
    "proceeding.inform", "proceeding.hold_session", "proceeding.report_to_court", "agreement.file_with_court",
)
PREPARES = {  # a step that only gets another one ready is not the main one when that one is open
    "confirmation.prepare": "confirmation.file",
    "agreement.edit": "agreement.agree",
    "proceeding.inform": "proceeding.hold_session",
}
IN_ITS_PART = (  # their keys stand in the page's own parts
    "booking.move", "booking.cancel", "task.accept", "task.decline", "task.pass_on", "task.report", "task.confirm",
    "task.send_back", "task.withdraw", "case.receive_visitor", "case.bundle", "case.deliver", "case.issue_paper",
    "case.lend",
)
NOT_HERE = (  # a step of another kind of case, or one that is done: nothing to cure, nothing to show
    "not_from_court", "agreement_stands", "all_signed", "oral_needs_no_signature", "already_sent",
    "filed_by_its_unit", "no_agreement_to_visit", "in_time_still", "no_time_runs",
    "no_pause", "clock_paused", "clock_not_paused",
    "task_lead_asks", "delegation_not_asked", "delegation_in_attempt",
)
NOT_YET = {  # what is barred and not shown: the road of the case does not lead there from where it stands
    **dict.fromkeys(("transfer.send_up", "transfer.offer_down", "transfer.order_down"), frozenset(Stage)),
    "case.merge": frozenset(Stage),  # few cases are somebody else's too; its own page says what bars it
    "case.change_track": frozenset(Stage) - {Stage.ACCEPTED, Stage.MEDIATING, Stage.ENDED},
    "case.close": frozenset({Stage.SCREENED, Stage.ROUTED, Stage.ACCEPTED, Stage.MEDIATING, Stage.AGREED}),
    "case.withdraw": frozenset({Stage.EFFECTIVE, Stage.CONFIRMING, Stage.PERFORMING, Stage.PERFORMED}),
    "proceeding.end": frozenset({Stage.EFFECTIVE, Stage.CONFIRMING, Stage.PERFORMING, Stage.PERFORMED}),
    "referral.send": frozenset({Stage.ROUTED, Stage.EFFECTIVE, Stage.PERFORMING}),
}


@dataclass
class Open:
    """A step that can be taken now."""

    name: str
    label: str
    url: str
    hint: str = ""
    is_main: bool = False
    post: bool = False
    fields: dict = field(default_factory=dict)


@dataclass
class Barred:
    """A step that cannot be taken yet, with every reason."""

    name: str
    label: str
    reasons: list
    hint: str = ""
    done: int | None = None
    total: int | None = None
    ready: list = field(default_factory=list)


def box(case, app):
    """Return (open, barred) for the actor of this request; the first open step that is no side way is the main one."""
    pages = pages_of_steps(app)
    found, barred = [], []
    offered = steps.offered(case, by=actor(), on=clock.today())
    ways = cures.Ways(case, offered)
    for step, subject, obstacles in offered:
        if step.name not in pages or step.name in IN_ITS_PART:
            continue
        if any(obstacle.reason in NOT_HERE for obstacle in obstacles):
            continue
        if obstacles:
            if case.stage not in NOT_YET.get(step.name, ()):
                barred.append(_barred(step, obstacles, case, ways))
        elif not any(other.name == step.name for other in found):  # of several duties the nearest stands for all
            found.append(Open(step.name, _(step.label), _url(pages, step, subject), _(step.hint) if step.hint else ""))
    aside = _aside({step.name for step in found}, {step.step for step in progress.history(case.id)})
    found.sort(key=lambda each: each.name in aside)
    if found and found[0].name not in aside:
        found[0].is_main = True
    return found, barred


def beside(case, app):
    """Return the steps that are open to somebody who sees the progress of a case only, through a relation of theirs."""
    return [each for each in box(case, app)[0] if STEPS[each.name].through]


def _aside(are_open, taken):
    """Return the steps that are offered and never the main one: side ways, and what has been got ready already.

    While another unit is asked whether it takes the case nothing is: one waits for its answer.
    """
    if "transfer.take_back" in are_open:
        return are_open
    prepared = {name for name, next_one in PREPARES.items() if next_one in are_open}
    return {*QUIET, *ALWAYS, *prepared, *(name for name in ONCE if name in taken)}


def _url(pages, step, subject):
    return url_for(pages[step.name], public_id=subject.public_id) if step.name in pages else None


def _barred(step, obstacles, case, ways):
    return _metered(Barred(step.name, _(step.label), [ways.reason(obstacle) for obstacle in obstacles]), case)


def _metered(barred, case):
    """Filing with the court is many checks: say how many are passed, and which (mockup of the case page)."""
    if barred.name == "confirmation.file":
        checks = confirmation.readiness(case, on=clock.today()).checks
        barred.ready = [_(check.label) for check in checks if check.ok]
        barred.done, barred.total = len(barred.ready), len(checks)
        barred.hint = _("%(total)s 项齐 %(done)s 项", total=barred.total, done=barred.done)
    return barred
