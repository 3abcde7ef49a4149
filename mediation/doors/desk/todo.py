"""What a case asks of whoever's turn it is, in words: from the line of a list alone, without asking about each case."""

from mediation.casefile.cases.queries import Row
from mediation.casefile.cases.rules import Stage, Turn
from mediation.casefile.clocks.rules import ClockLabel
from mediation.doors.shared.language import gettext as _
from mediation.ground.choices import N_

BY_DAY = {  # where the nearest last day says more than the stage
    (Stage.ROUTED, ClockLabel.ANSWER_TRANSFER): N_("接收或者退回"),
    (Stage.ROUTED, ClockLabel.ACCEPTANCE): N_("决定受理不受理"),
    (Stage.EFFECTIVE, ClockLabel.APPLY_CONFIRMATION): N_("问各方要不要司法确认"),
    (Stage.PERFORMING, ClockLabel.APPLY_CONFIRMATION): N_("问各方要不要司法确认"),
    (Stage.CONFIRMING, ClockLabel.MORE_PAPERS): N_("按法院要求补材料"),
    (Stage.CONFIRMING, ClockLabel.SUMMONS): N_("陪当事人到法院接受询问"),
}
COURT_ASKS = (ClockLabel.MORE_PAPERS, ClockLabel.SUMMONS)  # the court's turn, and yet something is to be done
BY_TURN = {
    (Stage.REGISTERED, Turn.CLERK): N_("答完五问"),
    (Stage.SCREENED, Turn.DISPATCHER): N_("定往哪里分流"),
    (Stage.SCREENED, Turn.ARBITER): N_("裁定送到哪里"),
    (Stage.ROUTED, Turn.UNIT): N_("接收，决定受理不受理"),
    (Stage.ROUTED, Turn.DISPATCHER): N_("单位退回，重新分流"),
    (Stage.ROUTED, Turn.NOBODY): N_("定往哪里分流"),
    (Stage.ACCEPTED, Turn.UNIT): N_("指派调解员"),
    (Stage.ACCEPTED, Turn.MEDIATOR): N_("答回避四问，接或不接"),
    (Stage.MEDIATING, Turn.MEDIATOR): N_("约调解会、记调解会"),
    (Stage.MEDIATING, Turn.UNIT): N_("指派调解员"),
    (Stage.AGREED, Turn.MEDIATOR): N_("收齐签字盖章"),
    (Stage.EFFECTIVE, Turn.MEDIATOR): N_("看履行了没有"),
    (Stage.PERFORMING, Turn.MEDIATOR): N_("看履行了没有"),
    (Stage.PERFORMED, Turn.UNIT): N_("结案"),
    (Stage.CONFIRMING, Turn.LIAISON): N_("补齐材料，递交法院"),
    (Stage.CONFIRMING, Turn.MEDIATOR): N_("联络员退回，补材料"),
    (Stage.CONFIRMING, Turn.COURT): N_("等法院裁定"),
    (Stage.ENDED, Turn.MEDIATOR): N_("指条路：移送或者结案"),
    (Stage.ENDED, Turn.UNIT): N_("指条路：移送或者结案"),
    (Stage.ENDED, Turn.DISPATCHER): N_("不予受理，另找去处"),
    (Stage.REFERRED, Turn.COURT): N_("等法院收案、裁判"),
    (Stage.REFERRED, Turn.OUTSIDE): N_("等接收单位答复"),
    (Stage.REFERRED, Turn.UNIT): N_("有了结果，结案"),
    (Stage.CLOSED, Turn.UNIT): N_("归档"),
}


def words(row: Row) -> str:
    """Return what a case asks for now; where it waits for a party, that."""
    if row.turn == Turn.PARTY:
        return _("等当事人答复")
    basis = ClockLabel(row.due_basis) if row.due_basis else None
    said = BY_DAY.get((row.stage, basis)) if row.turn != Turn.COURT or basis in COURT_ASKS else None
    return _(said or BY_TURN.get((row.stage, row.turn)) or row.stage.label)
