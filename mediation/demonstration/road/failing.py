"""Failure: the attempt is ended with its ground, the court that sent it is told, the case goes where it belongs."""

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Exit
from mediation.demonstration import outside
from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Course
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.rules import TerminationGround
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals import reporting
from mediation.stages.referrals.circumstances import checklist, circumstances
from mediation.stages.referrals.confidential import DataBasis
from mediation.stages.referrals.operations import ReferralValues
from mediation.stages.referrals.reporting import Fact
from mediation.stages.referrals.rules import Item, Outcome

SENT_TO = {
    Exit.QUICK_TRIAL: "tribunal", Exit.SUIT: "court", Exit.ARBITRATION: "arbitration", Exit.GOVERNMENT: "government",
    Exit.POLICE: "police", Exit.PETITION: "petition",
}
OUTCOMES = {
    Exit.QUICK_TRIAL: ((Outcome.JUDGMENT, 6), (Outcome.COURT_MEDIATION, 3), (Outcome.SUIT_WITHDRAWN, 1)),
    Exit.SUIT: ((Outcome.JUDGMENT, 6), (Outcome.COURT_MEDIATION, 2), (Outcome.SUIT_WITHDRAWN, 2)),
    Exit.ARBITRATION: ((Outcome.AWARD, 1),),
    Exit.GOVERNMENT: ((Outcome.GOVERNMENT_DECISION, 1),),
    Exit.POLICE: ((Outcome.POLICE_DECISION, 1),),
    Exit.PETITION: ((Outcome.PETITION_ANSWERED, 1),),
}
SAID = {
    Outcome.JUDGMENT: "判决支持了大部分请求，判决书已送达双方。",
    Outcome.COURT_MEDIATION: "在法庭主持下达成调解，已出调解书。",
    Outcome.SUIT_WITHDRAWN: "双方庭外和解，原告撤诉。", Outcome.AWARD: "仲裁裁决已送达双方。",
    Outcome.GOVERNMENT_DECISION: "县政府作出处理决定，已送达。",
    Outcome.POLICE_DECISION: "公安机关依法作出处理决定。",
    Outcome.PETITION_ANSWERED: "已书面答复信访人。",
}
IN_VAIN = "电话、上门、托村干部带话共三次，均联系不上被申请人。"
UNSIGNED = "协议已经定稿，签字那天{b}反悔，说家里不同意，不肯签字；再约了一次，仍然不签。"
AS_IT_IS = {Item.UNDISPUTED_FACTS, Item.PROCEDURE_CONSENTS, Item.AGENTS, Item.RISKS, Item.SPECIAL}
PUT_TO_THE_FILE = frozenset(Item) - AS_IT_IS


def end(affair: Affair) -> Course:
    """End the attempt; the parties are told the other ways."""
    yield affair.soon(5, 15)
    vain = affair.plan.result == "unreachable"
    course = IN_VAIN if vain else affair.say(UNSIGNED if affair.plan.result == "unsigned" else affair.story.fail)
    proceedings.end(
        affair.proceeding, by=affair.mediator, on=affair.today,
        ground=TerminationGround.UNREACHABLE if vain else TerminationGround.TOO_FAR_APART, course=course,
        notice_given=True, issues="" if vain else _issues(affair),
    )
    yield affair.soon(5, 20)
    if affair.story.undisputed and not vain:
        yield from _undisputed(affair)
    if affair.is_from_court:
        reporting.report_to_court(affair.proceeding, by=affair.mediator, on=affair.today)
        yield affair.soon()
    affair.stands("ended")


def _issues(affair: Affair) -> str:
    if affair.amount_fen:
        return affair.say("应付数额及付款期限；其中{30%}是否应当支付。")
    return "应否履行、由谁履行以及履行的方式和期限。"


def _undisputed(affair: Affair) -> Course:
    facts = [Fact(affair.say(text)) for text in affair.story.undisputed]
    consents = dict.fromkeys(affair.everybody, affair.today)
    reporting.note_undisputed(affair.proceeding, by=affair.mediator, on=affair.today, facts=facts, consents=consents)
    yield affair.soon(3, 9)
    reporting.sign_undisputed(
        affair.proceeding, by=affair.mediator, on=affair.today, signed=consents, mediator_signed_on=affair.today
    )
    yield affair.soon()


def go_on(affair: Affair) -> Course:
    """Send the case where it belongs, and write down what comes back."""
    if affair.plan.exit is None or affair.plan.result == "unreachable":
        yield affair.days(1, 3)
        return
    yield affair.days(0, 3)
    yield from refer(affair, Exit(affair.plan.exit))


def refer(affair: Affair, exit: Exit) -> Course:
    """Send, be taken in, be decided."""
    affair.referral = referrals.send(affair.case, by=affair.mediator, on=affair.today, values=_values(affair, exit))
    affair.stands("referred")
    to_court = exit in (Exit.QUICK_TRIAL, Exit.SUIT)
    clerk = affair.cast.court_clerk(affair.county.bodies[SENT_TO[exit]]) if to_court else affair.liaison
    yield affair.days(2, 5)
    if affair.plan.has("sent_back") and to_court:
        referrals.return_(
            affair.referral, by=clerk, on=affair.today, why="papers", note="证据清单没有页码，请补正后再移送。"
        )
        affair.stands("sent_back")
        yield affair.days(2, 3)
        affair.referral = referrals.send(affair.case, by=affair.mediator, on=affair.today, values=_values(affair, exit))
        yield affair.days(1, 3)
    number = outside.court_number("民初", affair.number, affair.today) if to_court else ""
    referrals.take(affair.referral, by=clerk, on=affair.today, court_no=number)
    affair.stands("taken")
    yield affair.days(10, 28)
    outcomes, weights = zip(*OUTCOMES[exit], strict=True)
    outcome = Outcome(affair.plan.outcome or affair.chance.choices(outcomes, weights)[0])
    referrals.decide(affair.referral, by=clerk, on=affair.today, outcome=outcome, note=SAID[outcome])
    affair.stands("decided")
    yield affair.days(1, 4)


def _values(affair: Affair, exit: Exit) -> ReferralValues:
    case = cases.get(affair.case, for_=affair.mediator)
    there = checklist(circumstances(case, on=affair.today))
    ticked = {item: item in PUT_TO_THE_FILE or there[item] for item in Item}
    return ReferralValues(
        kind=exit, to_unit=affair.county.bodies[SENT_TO[exit]].public_id, claims=affair.say(affair.story.claims),
        amount_fen=affair.amount_fen, issues=_issues(affair), is_money_claim=bool(affair.amount_fen), is_clear=True,
        checklist=ticked, notice_given=True,
        data_basis=DataBasis.COURT_FILING if exit in (Exit.QUICK_TRIAL, Exit.SUIT) else DataBasis.STATUTORY_DUTY,
        labour=affair.labour_way,
    )

