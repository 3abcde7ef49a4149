"""Judicial confirmation: the pack is got together, handed to the liaison, filed; the court answers."""

from datetime import timedelta

from mediation.casefile.cases.rules import ConfirmationState
from mediation.demonstration import outside
from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Course
from mediation.registry.regions import queries as regions
from mediation.stages.agreements.rules import SignatureKind
from mediation.stages.confirmation import at_court, operations, preparing
from mediation.stages.confirmation import queries as packs
from mediation.stages.confirmation.gather import agreement_facts
from mediation.stages.confirmation.rules import (
    CourtStepKind,
    DismissalGround,
    DropReason,
    PropertyPapers,
    RefusalGround,
    concerns_property,
)

WANTING = ("缺{b}的身份证复印件，请补。", "送达地址确认书请重新核对电话。", "证明上的调解日期与协议不一致，请核对。")
UNWILLING = "{b}说钱已经凑齐，不想再跑法院，{a}也同意。"
ASKED = "请补充提交双方身份证明复印件各一份。"
GROUNDS = {
    ConfirmationState.REFUSED: RefusalGround.OTHER_PROCEDURE, ConfirmationState.DISMISSED: DismissalGround.UNCLEAR,
}
SAID = {
    ConfirmationState.CONFIRMED: "裁定书已转交双方。",
    ConfirmationState.DISMISSED: "付款的起算日期写得不清楚，裁定驳回，可以重新拟定协议。",
    ConfirmationState.REFUSED: "{b}的破产申请已由南昌市中级人民法院受理，告知{a}向管理人申报债权。",
    ConfirmationState.WITHDRAWN: "{b}提前备好了款，双方撤回申请，法院准许。",
    ConfirmationState.DEEMED_WITHDRAWN: "限期内没有补交身份证明，按撤回申请处理。",
    ConfirmationState.PROCEDURE_ENDED: "询问时发现这笔钱另有争议，属于民事权益争议，裁定终结，告知可以起诉。",
}


def confirm(affair: Affair) -> Course:
    """Take an effective agreement to the court and back."""
    if affair.plan.effective_on is None:
        yield affair.days(1, 4)
    affair.confirmation = operations.hand_over(affair.case, by=affair.mediator, on=affair.today)
    yield affair.soon(4, 12)
    yield from _prepare(affair)
    affair.stands("handed")
    if affair.plan.has("dropped"):
        yield affair.days(1, 2)
        operations.drop(
            affair.confirmation, by=affair.mediator, on=affair.today, why=DropReason.UNWILLING,
            note=affair.say(UNWILLING),
        )
        affair.stands("dropped")
        return
    if affair.plan.has("returned"):
        yield affair.days(1)
        operations.return_pack(
            affair.confirmation, by=affair.liaison, on=affair.today, reason=affair.say(affair.chance.choice(WANTING))
        )
        affair.stands("returned")
        yield affair.days(1, 3)
        operations.hand_again(affair.confirmation, by=affair.mediator, on=affair.today)
    yield affair.days(1, 3)
    operations.file(affair.confirmation, by=affair.liaison, on=affair.today)
    affair.stands("filed")
    yield from _at_court(affair)


def _prepare(affair: Affair) -> Course:
    on, by = affair.today, affair.mediator
    confirmation, case = packs.get(affair.confirmation, for_=by)
    bundle = packs.bundle(case)
    if confirmation.court_code is None:
        preparing.choose_court(affair.confirmation, regions.court_of("360121").code, by=by, on=on)
    needed = concerns_property(agreement_facts(bundle).clauses)
    preparing.note_property(
        affair.confirmation, PropertyPapers.SHOWN if needed else PropertyPapers.NOT_NEEDED, by=by, on=on
    )
    preparing.check_identity(affair.confirmation, affair.everybody, by=by, on=on)
    preparing.answer(affair.confirmation, by=by, on=on, grounds=dict.fromkeys(DismissalGround, False))
    yield affair.soon(5, 15)
    preparing.issue_pack(affair.confirmation, by=by, on=on)
    yield affair.soon(5, 20)
    preparing.seal_proof(affair.confirmation, by=affair.head, on=on, sealed_on=on)
    for ref in affair.everybody:
        if affair.plan.has("application_unsigned") and ref == affair.asked[0]:
            continue
        kind = SignatureKind.SEAL if affair.parties[ref].is_firm else SignatureKind.SIGNATURE
        preparing.sign_application(
            affair.confirmation, ref, by=by, on=on, signed_on=on, kind=kind,
            representative=affair.guardian_ref or None if ref == affair.asked[0] else None,
        )
    yield affair.soon()


def _at_court(affair: Affair) -> Course:
    """The court takes it in under its own number, sometimes asks for more, and rules."""
    answer = ConfirmationState(affair.plan.ruling)
    yield affair.days(1, 2)
    if answer == ConfirmationState.REFUSED:
        _answered(affair, answer)
        affair.stands("ruled")
        return
    number = outside.court_number("诉前调确", affair.number, affair.today)
    at_court.accepts(affair.confirmation, by=affair.liaison, on=affair.today, court_no=number)
    affair.stands("court_accepted")
    missed = answer == ConfirmationState.DEEMED_WITHDRAWN
    if affair.plan.has("asked") or missed:
        yield affair.days(1, 2)
        due_on = affair.calendar.next_workday(affair.today + timedelta(days=5))
        at_court.act(
            affair.confirmation, CourtStepKind.MORE_PAPERS, by=affair.liaison, on=affair.today, due_on=due_on,
            note=ASKED,
        )
        affair.stands("court_asks")
        if missed:
            yield affair.on(due_on + timedelta(days=1))
        else:
            yield affair.days(1, 2)
            at_court.act(affair.confirmation, CourtStepKind.PAPERS_GIVEN, by=affair.liaison, on=affair.today)
    if not missed:
        yield affair.days(2, 6)
    _answered(affair, answer)
    affair.stands("ruled")
    if answer == ConfirmationState.CONFIRMED:
        yield affair.days(1, 3)
        at_court.serves(affair.confirmation, by=affair.liaison, on=affair.today)
    yield affair.soon()


def _answered(affair: Affair, answer: ConfirmationState) -> None:
    at_court.rules_on(
        affair.confirmation, answer, by=affair.liaison, on=affair.today, ground=GROUNDS.get(answer),
        note=affair.say(SAID[answer]),
    )
