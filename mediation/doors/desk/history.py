"""The history of a case in plain words: steps and other entries of the trail, newest first."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from mediation.casefile.cases import progress
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.queries import events
from mediation.casefile.papers.forms import PAPERS
from mediation.ground.choices import N_
from mediation.registry.staff import queries as staff

EVENTS = {
    "paper.issued": N_("出具%(paper)s %(number)s"),
    "paper.opened": N_("打开%(paper)s"),
    "person.revealed": N_("查看完整号码，理由已记"),
    "person.changed": N_("补改人员资料，改前改后已封存"),
    "party.consent": N_("登记一方的表态"),
    "party.informed": N_("登记已告知一方"),
    "session.amended": N_("调解记录的改动已封存"),
    "party.changed": N_("改当事人资料，改前改后已封存"),
    "case.corrected": N_("改动已封存"),
    "attachment.opened": N_("打开材料"),
    "attachment.added": N_("收进材料"),
    "attachment.removed": N_("撤下材料"),
    "clock.extended": N_("延长期限"),
    "clock.suspended": N_("期限中止"),
    "clock.resumed": N_("期限恢复"),
    "case.sealed_opened": N_("打开保密案件"),
    "case.looked_into": N_("督办查看内容，理由已记"),
}


@dataclass
class Line:
    """One entry: when it was written, when it happened, by whom, what."""

    at: datetime
    on: date | None
    who: str
    what: str
    reason: str | None = None


def lines(case, limit=None):
    """Return the history of a case, newest first."""
    taken = progress.history(case.id)
    others = [entry for entry in events(case.id) if not entry.event.startswith("step.")]
    names = staff.names({row.account_id for row in (*taken, *others)})
    found = [
        Line(step.recorded_at, step.on, names.get(step.account_id) or _("系统"), _(STEPS[step.step].label), step.reason)
        for step in taken
        if step.step in STEPS
    ]
    found += [Line(entry.at, None, names.get(entry.account_id) or _("系统"), _words(entry)) for entry in others]
    found.sort(key=lambda line: line.at, reverse=True)
    return found[:limit] if limit else found


def _words(entry):
    form = PAPERS.get(entry.params.get("kind"))
    params = {"paper": _(form.name) if form else "", "number": entry.params.get("number", "")}
    return _(EVENTS[entry.event], **params) if entry.event in EVENTS else entry.event
