"""更正说明: a paper that says what papers already handed out say wrong; those stay as they are."""

from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import blocks, contract, outdated
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import PAPERS
from mediation.casefile.papers.outdated import Carried, Difference
from mediation.ground.errors import RuleBroken, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.people.rules import mask_number
from mediation.registry.units import queries as units
from mediation.stages.mending.rules import Bar

KIND, WORD = "correction_notice", "更"
STANDINGS = {"applicant": "申请人", "respondent": "被申请人", "third_party": "第三人"}


@once
def issue_notice(case_public_id: str, *, reason: str, by: Actor, on: date, key: str | None = None) -> str:
    """Issue the notice on every paper that is out of date and has no newer one; return its public id.

    Raises RuleBroken when none is, or the reason is missing.
    """
    case = cases.get(case_public_id, for_=by)
    steps.require(steps.STEPS["case.correct"], case, by=by)
    found = outdated.differences(case)
    bars = [] if found else [because(Bar.NONE_OUTDATED)]
    bars += [] if reason.strip() else [because(Bar.NO_REASON)]
    if bars:
        raise RuleBroken(*bars, about=case.public_id)
    details = contract.CorrectionNotice(
        lines=[line(each) for each in found], reason=reason.strip(), clerk=by.signed
    )
    unit = units.unit(case.lead_unit_id) if case.lead_unit_id else None
    values = blocks.values(
        case, KIND, details, unit=unit, track=case.track or "peoples", number=None, on=on,
        case_block=blocks.matter(case),
    )
    word = units.centre(case.centre_id).register_word + WORD
    return papers.issue(case, KIND, values, by=by, on=on, about=case, word=word).public_id


def line(each: Difference) -> contract.CorrectedLine:
    """Return a difference as the paper prints it."""
    return contract.CorrectedLine(
        paper=PAPERS[each.paper.kind].name, number=each.paper.number, issued_on=each.paper.issued_on,
        what=each.field.label, was=_words(each.field, each.was), now=_words(each.field, each.now),
    )


def _words(field: Carried, value) -> str:
    if value in (None, ""):
        return "无"
    if field == Carried.SUMMARY:
        return "见文书全文"
    if field == Carried.AMOUNT_FEN:
        return f"{value / 100:,.2f}元"
    if field in (Carried.APPLIED_ON, Carried.BIRTH_ON):
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    return STANDINGS.get(value, str(value))


def shown(case: Case) -> list[contract.CorrectedLine]:
    """Return what the notice would say, for a page: numbers of people covered."""
    covered = {Carried.ID_NUMBER, Carried.PHONE}
    found = outdated.differences(case)
    return [
        line(each) if each.field not in covered
        else line(Difference(each.paper, each.field, *(mask_number(v) if v else v for v in (each.was, each.now))))
        for each in found
    ]
