"""Words of clocks."""


from mediation.ground.choices import Choice, N_

FIXED = "fixed"  # the unit of a clock whose last day came from outside: the parties, the court, an agreement


class ClockLabel(Choice):
    """What a clock measures, as lists and heads call it."""

    ACCEPTANCE = "acceptance", N_("决定是否受理")
    ANSWER_TRANSFER = "answer_transfer", N_("接收或退回")
    DESIGNATION = "designation", N_("裁定去处")
    MEDIATION = "mediation", N_("调解期限")
    ANSWER_OFFER = "answer_offer", N_("答复接不接办")
    ANSWER_TASK = "answer_task", N_("答复能不能协助")
    ASSIST = "assist", N_("办好协助的事")
    APPLY_CONFIRMATION = "apply_confirmation", N_("申请司法确认")
    COURT_ACCEPTANCE = "court_acceptance", N_("法院决定是否受理")
    COURT_RULING = "court_ruling", N_("法院作出裁定")
    MORE_PAPERS = "more_papers", N_("按法院要求补材料")
    SUMMONS = "summons", N_("到法院接受询问")
    PROPOSAL = "proposal", N_("对调解方案提异议")
    OBJECTION = "objection", N_("对裁定提异议")
    FILING = "filing", N_("法院立案")
    PERFORMANCE = "performance", N_("履行")
    RETURN_VISIT = "return_visit", N_("回访")
    ENFORCEMENT = "enforcement", N_("申请强制执行")
    REPORT = "report", N_("报告")
    CHOOSE_MEDIATOR = "choose_mediator", N_("双方共同选定调解员")
    APPOINT_MEDIATOR = "appoint_mediator", N_("法院指定调解员")
    CONFIRM_MEDIATOR = "confirm_mediator", N_("调解员确认接受")
    ASK_OTHER_SIDE = "ask_other_side", N_("告知并征求对方意见")
    RESTORE_TIME = "restore_time", N_("申请顺延期限")
    LABOUR_ARBITRATION = "labour_arbitration", N_("申请劳动仲裁")
    LAND_ARBITRATION = "land_arbitration", N_("申请土地承包仲裁")
    LIMITATION = "limitation", N_("诉讼时效")
    LONGEST_LIMITATION = "longest_limitation", N_("最长保护期")
    FIXED_PERIOD = "fixed_period", N_("行使撤销权")
