"""The table of steps: what can happen to what, who may do it, and which facts bar it.

Nothing else moves a case. A step names an object kind, the states it starts from and the one it leads to
(None: the state stays); ``facts`` are keys that the stages offer functions for. Creating steps start from no
state and are open in the ``stages`` named; their facts are asked about the case.
"""

from dataclasses import dataclass

from mediation.casefile.cases.rules import (
    AgreementState,
    BookingState,
    CaseState,
    ConfirmationState,
    DeliveryState,
    MendingState,
    PerformanceState,
    ProceedingState,
    ReferralState,
    Stage,
    TaskState,
    TransferState,
)
from mediation.ground.choices import N_
from mediation.registry.access.rules import Relation, Role

CLERK, DISPATCHER, MEDIATOR, HEAD = Role.INTAKE_CLERK, Role.DISPATCHER, Role.MEDIATOR, Role.HEAD
LIAISON, COURT, SYSTEM = Role.LIAISON, Role.COURT_CLERK, Role.SYSTEM
SUPERVISOR = Role.SUPERVISOR


ANY = "*"


@dataclass(frozen=True)
class Step:
    """One row of the table."""

    name: str
    label: str
    object: str
    from_: tuple[str, ...]
    to: str | None
    who: tuple[Role, ...]
    facts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    hint: str = ""
    implied: bool = False  # follows from another step, never chosen by a person
    keeps_turn: bool = False  # leaves whose turn it is as it was
    through: tuple[Relation, ...] = ()  # the relations that let take it, where not those by which the role acts
    undoes: str = ""  # leads back to the state before that step, whichever it was; ANY: before the newest one

    @property
    def creates(self) -> bool:
        return not self.from_


C, T, P, A = CaseState, TransferState, ProceedingState, AgreementState
V = DeliveryState
F, R, D, B = ConfirmationState, ReferralState, PerformanceState, BookingState
M = MendingState
K = TaskState

RUNNING = (P.ACCEPTED, P.ASSIGNED, P.MEDIATING, P.AGREED)
OPEN_CASE = (C.REGISTERED, C.SCREENED, C.ROUTED)
AT_COURT = (F.FILED, F.ACCEPTED)
OWED = (D.DUE, D.PART, D.BREACHED)
HELPERS = (Relation.ASSISTING, Relation.HELPING)
HELPED = (Stage.ROUTED, Stage.ACCEPTED, Stage.MEDIATING, Stage.AGREED, Stage.EFFECTIVE, Stage.CONFIRMING,
          Stage.PERFORMING, Stage.ENDED)

TABLE = (
    # intake
    Step("case.register", N_("登记"), "case", (), C.REGISTERED, (CLERK, DISPATCHER, LIAISON, HEAD, MEDIATOR),
         facts=("intake.complete", "intake.found_by_finder"), rules=("RT-07", "DP-01", "DP-05", "LM-02")),
    Step("case.correct", N_("更正"), "case", OPEN_CASE, None, (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON),
         hint=N_("改错要写理由，改前改后都留着"), keeps_turn=True),
    Step("case.supplement", N_("补登记"), "case", OPEN_CASE, None, (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON),
         rules=("MH-05", "QT-16", "DC-07"), hint=N_("当事人、代理人、送达地址"), keeps_turn=True),
    Step("mending.ask", N_("申请更正"), "mending", (), M.ASKED, (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), implied=True,
         keeps_turn=True),
    Step("mending.approve", N_("批准更正"), "mending", (M.ASKED,), M.APPROVED, (HEAD,), facts=("mending.may_decide",),
         hint=N_("有人申请改受理以后的内容，批准以前什么都不变"), keeps_turn=True),
    Step("mending.refuse", N_("不批准更正"), "mending", (M.ASKED,), M.REFUSED, (HEAD,), implied=True, keeps_turn=True),
    Step("mending.withdraw", N_("收回更正申请"), "mending", (M.ASKED,), M.WITHDRAWN,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), implied=True, keeps_turn=True),
    Step("case.take_off", N_("当事人登记错了，拿掉"), "case", OPEN_CASE, None, (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON),
         implied=True, keeps_turn=True),
    Step("case.put_back", N_("拿掉的当事人放回"), "case", OPEN_CASE, None, (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON),
         implied=True, keeps_turn=True),
    Step("case.note_outside", N_("对方系统的编号"), "case", (*OPEN_CASE, C.CLOSED, C.ARCHIVED), None,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), hint=N_("12345、信访、法院平台里叫什么号、办到哪里"), keeps_turn=True),
    Step("case.receive_visitor", N_("当事人来了"), "case", (*OPEN_CASE, C.CLOSED, C.ARCHIVED), None,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), rules=("DP-01", "DP-10"),
         hint=N_("在窗口或者来电话：先核实是谁，再收材料、答复、记事、补打"), keeps_turn=True),
    Step("case.answer_party", N_("答复当事人"), "case", (*OPEN_CASE, C.CLOSED, C.ARCHIVED), None,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), implied=True, keeps_turn=True),
    Step("case.call_back", N_("回电话"), "case", (*OPEN_CASE, C.CLOSED, C.ARCHIVED, C.MERGED), None,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), implied=True, keeps_turn=True),
    Step("case.screen", N_("筛查"), "case", (C.REGISTERED,), C.SCREENED, (CLERK, DISPATCHER, LIAISON),
         rules=("RT-08",), hint=N_("五问答完才能分流")),
    Step("case.learn_risk", N_("登记新发现的风险"), "case", (C.SCREENED, C.ROUTED), None,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), rules=("PM-08", "RT-08", "MH-01", "MH-02", "MH-04", "MH-06"),
         hint=N_("筛查以后才看出来的：犯罪线索、家暴、未成年人、伤人自伤、十人以上"), keeps_turn=True),
    Step("case.grade", N_("定难易缓急"), "case", (C.SCREENED, C.ROUTED), None,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), rules=("ST-02",), hint=N_("认可或者改标准给的等级，改了要选理由"),
         keeps_turn=True),
    Step("case.group", N_("群体案件"), "case", OPEN_CASE, None, (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON),
         rules=("MH-07", "RT-03"), hint=N_("很多人为同一件事：名单、代表人、每个人的同意"), keeps_turn=True),
    Step("case.merge", N_("并案"), "case", OPEN_CASE, C.MERGED, (CLERK, DISPATCHER, HEAD),
         facts=("intake.may_merge", "groups.may_merge", "duties.none_open"), rules=("RT-01", "PM-08", "MH-02", "MH-04", "MH-06"),
         hint=N_("和另一件是同一件事，并进去一起办")),
    Step("case.absorb", N_("并入一件"), "case", OPEN_CASE, None, (CLERK, DISPATCHER, HEAD), implied=True, keeps_turn=True),
    Step("case.unmerge", N_("撤销并案"), "case", (C.MERGED,), None, (CLERK, DISPATCHER, HEAD), undoes="case.merge",
         facts=("intake.may_unmerge",), hint=N_("要写理由，回到并案前的状态")),
    Step("case.give_back", N_("分出一件"), "case", OPEN_CASE, None, (CLERK, DISPATCHER, HEAD), implied=True,
         keeps_turn=True),
    Step("duty.open", N_("产生报告责任"), "duty", (), "open", (CLERK, DISPATCHER, LIAISON, MEDIATOR, HEAD), implied=True,
         keeps_turn=True),
    Step("duty.report", N_("登记已报告"), "duty", ("open",), "reported", (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON),
         rules=("PM-08", "MH-02", "MH-04"), hint=N_("报给谁、几时、谁报的、回执号"), keeps_turn=True),
    Step("case.refuse", N_("不予受理"), "case", (C.REGISTERED, C.SCREENED), C.CLOSED, (CLERK, DISPATCHER, LIAISON),
         facts=("routing.no_open_track", "duties.none_open", "archive.court_told"), rules=("RT-04", "RT-05", "RT-06"),
         hint=N_("选理由，告知别的途径，打印告知书")),
    # routing
    Step("case.route", N_("分流"), "case", (C.SCREENED,), C.ROUTED, (DISPATCHER, CLERK, LIAISON),
         facts=("routing.not_before_arbiter", "routing.no_open_track", "routing.admissible", "duties.none_bars_routing",
                "intake.children_have_guardians"),
         rules=("RT-01", "RT-05", "RT-06", "MH-10", "DP-05"), hint=N_("定调解种类和承办单位")),
    Step("case.call_arbiter", N_("请督办员裁定去处"), "case", (C.SCREENED,), None, (SYSTEM,), implied=True),
    Step("case.designate", N_("裁定去处"), "case", (C.SCREENED,), C.ROUTED, (Role.SUPERVISOR,),
         facts=("routing.waits_for_arbiter", "routing.no_open_track", "routing.admissible", "duties.none_bars_routing",
                "intake.children_have_guardians"),
         rules=("RT-01", "RT-05", "RT-06", "MH-10"), hint=N_("两个单位都退了，定由谁办，不能再退")),
    Step("transfer.send", N_("移送承办单位"), "transfer", (), T.SENT, (DISPATCHER, CLERK, LIAISON), implied=True),
    Step("transfer.receive", N_("接收"), "transfer", (T.SENT,), T.RECEIVED, (HEAD,), hint=N_("接收后决定是否受理")),
    Step("transfer.reject", N_("退回"), "transfer", (T.SENT,), T.REJECTED, (HEAD,), facts=("delegation.not_ordered", "routing.not_designated"), hint=N_("要选理由")),
    # up and down between county, town, village and grid
    Step("transfer.send_up", N_("上交上级单位"), "transfer", (), T.SENT, (HEAD,), stages=(Stage.ROUTED, Stage.ENDED),
         facts=("routing.no_open_track", "delegation.between_attempts", "delegation.none_asked"), rules=("RT-01",),
         hint=N_("本级办不了的，写明理由和做过什么")),
    Step("transfer.offer_down", N_("下交下级单位"), "transfer", (), T.OFFERED, (HEAD,), stages=(Stage.ROUTED, Stage.ENDED),
         facts=("routing.no_open_track", "delegation.between_attempts", "delegation.none_asked"), rules=("RT-01",),
         hint=N_("先问下级单位接不接，它同意了才过去"), keeps_turn=True),
    Step("transfer.consent", N_("同意接办"), "transfer", (T.OFFERED,), T.RECEIVED, (HEAD,), through=(Relation.ASKED,),
         facts=("delegation.is_asked",), hint=N_("同意后案件由本单位承办")),
    Step("transfer.decline", N_("不同意接办"), "transfer", (T.OFFERED,), T.DECLINED, (HEAD,), through=(Relation.ASKED,),
         facts=("delegation.is_asked",), hint=N_("要选理由"), keeps_turn=True),
    Step("transfer.take_back", N_("不问下级单位了"), "transfer", (T.OFFERED,), T.TAKEN_BACK, (HEAD,), keeps_turn=True),
    Step("transfer.order_down", N_("指令下级单位办理"), "transfer", (), T.SENT, (SUPERVISOR,),
         stages=(Stage.ROUTED, Stage.ENDED), through=(Relation.SUPERVISION,),
         facts=("routing.no_open_track", "delegation.between_attempts"), rules=("RT-01",),
         hint=N_("督办员定了，下级单位不能退回")),
    Step("transfer.recall", N_("撤回分流"), "transfer", (T.SENT,), T.RECALLED, (DISPATCHER, CLERK, LIAISON),
         hint=N_("送错了单位，对方接收以前可以撤回，要写理由")),
    Step("case.return", N_("退回分流"), "case", (C.ROUTED,), C.SCREENED, (SYSTEM,), implied=True),
    # proceedings
    Step("case.record_consent", N_("登记是否同意调解"), "case", OPEN_CASE, None, (MEDIATOR, HEAD, CLERK, DISPATCHER, LIAISON),
         rules=("RT-02", "RT-03", "PM-04", "JM-04"), hint=N_("每一方：同意、拒绝，书面或口头；接不接受调解员"), keeps_turn=True),
    Step("proceeding.accept", N_("受理"), "proceeding", (), P.ACCEPTED, (HEAD,), stages=(Stage.ROUTED,),
         facts=("proceedings.received", "proceedings.may_accept", "routing.admissible", "delegation.none_asked"),
         rules=("RT-01", "RT-02", "JM-01", "PM-19", "AM-11"), hint=N_("编本单位案号，开始计期限")),
    Step("proceeding.refuse", N_("不予受理"), "proceeding", (), P.REFUSED, (HEAD,), stages=(Stage.ROUTED,),
         facts=("proceedings.received", "delegation.none_asked"), rules=("RT-04",), hint=N_("要选理由，告知其他途径")),
    Step("proceeding.assign", N_("指派调解员"), "proceeding", (P.ACCEPTED,), P.ASSIGNED, (HEAD,),
         rules=("PM-01", "PM-04", "PM-21", "JM-04", "JM-05")),
    Step("proceeding.reassign", N_("改派调解员"), "proceeding", (P.ASSIGNED, P.MEDIATING), P.ASSIGNED, (HEAD,),
         rules=("PM-04",), hint=N_("原调解员不能办了才改")),
    Step("proceeding.hand_over", N_("移交给别的调解员"), "proceeding", (P.ASSIGNED, P.MEDIATING), P.ASSIGNED, (HEAD,), implied=True,
         rules=("PM-04", "JM-04")),
    Step("proceeding.pass_on", N_("移交后续事项"), "proceeding", (P.AGREED, P.ENDED), None, (HEAD,), implied=True, keeps_turn=True),
    Step("proceeding.take_back", N_("移回原调解员"), "proceeding", (P.ASSIGNED, P.MEDIATING), P.MEDIATING, (HEAD,), implied=True,
         undoes="proceeding.hand_over"),
    Step("proceeding.choose_mediator", N_("登记当事人选调解员"), "proceeding", (P.ACCEPTED, P.ASSIGNED, P.MEDIATING), None,
         (HEAD, MEDIATOR, CLERK), rules=("PM-04", "JM-04"), hint=N_("从名单里选一名，或者由单位定"), keeps_turn=True),
    Step("proceeding.take_on", N_("答回避四问，接案"), "proceeding", (P.ASSIGNED,), P.MEDIATING, (MEDIATOR,),
         facts=("proceedings.no_refusal", "proceedings.not_elsewhere"), rules=("RT-05", "PM-22", "JM-06", "JM-07")),
    Step("proceeding.answer_recusal", N_("答回避四问"), "proceeding", (P.ASSIGNED,), None, (MEDIATOR,), implied=True),
    Step("proceeding.step_back", N_("回避、不接"), "proceeding", (P.ASSIGNED,), P.ACCEPTED, (MEDIATOR,),
         rules=("PM-22", "JM-06")),
    Step("proceeding.inform", N_("告知权利义务"), "proceeding", (P.MEDIATING,), None, (MEDIATOR,),
         rules=("PM-06", "JM-08"), hint=N_("每一方都要告知，第一次调解会之前")),
    Step("proceeding.hold_session", N_("记调解会"), "proceeding", (P.MEDIATING,), None, (MEDIATOR,),
         facts=("proceedings.all_informed", "proceedings.no_refusal", "proceedings.no_conflict",
                "proceedings.all_represented", "proceedings.can_follow", "proceedings.not_elsewhere",
                "duties.none_bars_session"),
         rules=("PM-06", "JM-08", "RT-02", "RT-03", "RT-05", "MH-01", "MH-05", "DC-05")),
    Step("proceeding.amend_session", N_("改调解记录"), "proceeding", (P.MEDIATING, P.AGREED), None, (MEDIATOR,), implied=True,
         keeps_turn=True),
    Step("proceeding.invite", N_("邀请人参加"), "proceeding", (P.MEDIATING,), None, (MEDIATOR, HEAD), rules=("PM-05",),
         hint=N_("亲友、邻居、专家、社会组织；各方都要同意"), keeps_turn=True),
    Step("proceeding.end_invitation", N_("不再邀请"), "proceeding", (P.MEDIATING, P.AGREED, P.ENDED), None, (MEDIATOR, HEAD),
         implied=True, keeps_turn=True),
    Step("proceeding.inquire", N_("记调查"), "proceeding", (P.ASSIGNED, P.MEDIATING), None, (MEDIATOR,), rules=("PM-10",),
         hint=N_("找当事人、证人了解情况，一问一答记下来，打印签名"), keeps_turn=True),
    Step("proceeding.log_attempt", N_("记联系、没到场"), "proceeding", (P.ASSIGNED, P.MEDIATING), None, (MEDIATOR,),
         rules=("JM-11",), hint=N_("谁联系上了、谁没人接、谁没到，两下就记好"), keeps_turn=True),
    Step("proceeding.void_attempt", N_("作废一条联系记录"), "proceeding", (P.ASSIGNED, P.MEDIATING), None, (MEDIATOR,), implied=True,
         keeps_turn=True),
    Step("booking.set", N_("约调解会"), "booking", (), B.SET, (MEDIATOR, HEAD, CLERK), stages=(Stage.MEDIATING,),
         facts=("proceedings.is_mediating", "proceedings.no_refusal", "proceedings.not_elsewhere", "duties.none_bars_session"),
         rules=("RT-02", "RT-05", "MH-01", "MH-02", "MH-04", "MH-06"), hint=N_("选一个各方、调解员、调解室都空的时间"), keeps_turn=True),
    Step("booking.move", N_("改期"), "booking", (B.SET,), None, (MEDIATOR, HEAD, CLERK),
         facts=("proceedings.no_refusal", "proceedings.not_elsewhere", "duties.none_bars_session"),
         rules=("RT-02", "MH-01"), hint=N_("约好的调解会换时间，要写理由"), keeps_turn=True),
    Step("booking.cancel", N_("取消约好的调解会"), "booking", (B.SET,), B.CANCELLED, (MEDIATOR, HEAD, CLERK),
         hint=N_("要写理由"), keeps_turn=True),
    Step("booking.hold", N_("约好的调解会开了"), "booking", (B.SET,), B.HELD, (MEDIATOR,), implied=True, keeps_turn=True),
    Step("booking.fail", N_("约好的调解会没开成"), "booking", (B.SET,), B.FAILED, (MEDIATOR,), implied=True, keeps_turn=True),
    Step("booking.lapse", N_("约好的调解会不用开了"), "booking", (B.SET,), B.CANCELLED, (SYSTEM,), implied=True, keeps_turn=True),
    Step("proceeding.extend", N_("延期"), "proceeding", (P.ACCEPTED, P.ASSIGNED, P.MEDIATING), None, (MEDIATOR, HEAD),
         facts=("proceedings.not_elsewhere",), rules=("PM-18", "JM-02"), hint=N_("须各方都同意")),
    Step("proceeding.pause", N_("鉴定，期限中止"), "proceeding", (P.ACCEPTED, P.ASSIGNED, P.MEDIATING), None,
         (MEDIATOR, HEAD), facts=("proceedings.may_pause",), rules=("JM-03",), hint=N_("送鉴定、评估的日子不计入调解期限"),
         keeps_turn=True),
    Step("proceeding.run_on", N_("鉴定完了，期限恢复"), "proceeding", (P.ACCEPTED, P.ASSIGNED, P.MEDIATING), None,
         (MEDIATOR, HEAD), facts=("proceedings.is_paused",), rules=("JM-03",), hint=N_("收到鉴定、评估意见以后"),
         keeps_turn=True),
    Step("proceeding.agree", N_("达成协议"), "proceeding", (P.MEDIATING,), P.AGREED, (MEDIATOR,), implied=True),
    Step("proceeding.resume", N_("继续调解"), "proceeding", (P.AGREED,), P.MEDIATING, (MEDIATOR,), implied=True),
    Step("proceeding.end", N_("终止并引导"), "proceeding", RUNNING, P.ENDED, (MEDIATOR, HEAD),
         facts=("agreements.none_effective",), rules=("RT-04", "PM-09", "JM-11", "QT-13"),
         hint=N_("任何一方随时可以要求：仲裁、行政、起诉")),
    # agreements
    Step("agreement.draft", N_("拟协议"), "agreement", (), A.DRAFT, (MEDIATOR,), stages=(Stage.MEDIATING,),
         facts=("proceedings.is_mediating", "proceedings.not_elsewhere", "agreements.none_open"), hint=N_("一行一项义务")),
    Step("agreement.edit", N_("改协议"), "agreement", (A.DRAFT,), None, (MEDIATOR,)),
    Step("agreement.agree", N_("定稿，各方达成协议"), "agreement", (A.DRAFT,), A.AGREED, (MEDIATOR,),
         facts=("agreements.all_consent", "groups.members_consent", "agreements.complete", "agreements.capacity",
                "duties.none_bars_agreement", "proceedings.not_elsewhere"),
         rules=("RT-03", "PM-12", "DC-03", "MH-05", "QT-16", "MH-07", "PM-03")),
    # a proposal that silence makes an agreement
    Step("agreement.propose", N_("提出调解方案"), "agreement", (A.DRAFT,), A.PROPOSED, (MEDIATOR,),
         facts=("agreements.all_consent", "groups.members_consent", "agreements.complete", "agreements.capacity",
                "duties.none_bars_agreement", "proceedings.not_elsewhere"),
         rules=("JM-14", "PM-12", "DC-03", "MH-05", "MH-07"),
         hint=N_("事实没有大分歧、各方都同意的：送达方案，到期没有人书面异议，就视为达成协议")),
    Step("agreement.serve_proposal", N_("登记方案送达、异议"), "agreement", (A.PROPOSED,), None, (MEDIATOR, HEAD),
         rules=("JM-14",), hint=N_("每一方哪天收到，异议期从次日起算"), keeps_turn=True),
    Step("agreement.object", N_("登记书面异议"), "agreement", (A.PROPOSED,), A.ABANDONED, (MEDIATOR, HEAD), implied=True,
         rules=("JM-14",)),
    Step("agreement.deem", N_("异议期满，视为达成协议"), "agreement", (A.PROPOSED,), A.AGREED, (MEDIATOR, HEAD),
         facts=("agreements.nobody_objected",), rules=("JM-14",), hint=N_("各方都送达了，期满没有人书面异议")),
    Step("agreement.take_back", N_("收回调解方案"), "agreement", (A.PROPOSED,), A.DRAFT, (MEDIATOR,), implied=True,
         keeps_turn=True),
    Step("agreement.agree_orally", N_("登记口头协议"), "agreement", (), A.EFFECTIVE, (MEDIATOR,), stages=(Stage.MEDIATING,),
         facts=("proceedings.is_mediating", "proceedings.not_elsewhere", "agreements.all_consent", "groups.members_consent",
                "agreements.capacity", "duties.none_bars_agreement"),
         rules=("PM-11", "PM-14", "MH-05", "MH-07", "QT-16", "RT-05")),
    Step("agreement.sign", N_("登记签字盖章"), "agreement", (A.AGREED, A.EFFECTIVE), None, (MEDIATOR, HEAD),
         facts=("agreements.wants_signature", "agreements.still_lawful"), rules=("PM-13", "JM-09", "DC-05", "MH-05", "MH-07", "QT-16", "JM-16"),
         hint=N_("签名、盖章、按指印，各填日期；法院委派的，生效以后还可以补盖章")),
    Step("agreement.take_effect", N_("协议生效"), "agreement", (A.AGREED,), A.EFFECTIVE, (SYSTEM,), implied=True,
         rules=("PM-13", "JM-09")),
    Step("agreement.revise", N_("重拟协议"), "agreement", (A.AGREED, A.EFFECTIVE), A.SUPERSEDED, (MEDIATOR,),
         facts=("confirmation.lets_revise",), rules=("JC-14", "PM-11"), hint=N_("没签完、法院没有确认，或者口头协议要补成书面，才能重拟；旧文本留档")),
    Step("agreement.abandon", N_("协议没有签成"), "agreement", (A.DRAFT, A.PROPOSED, A.AGREED), A.ABANDONED, (SYSTEM,),
         implied=True),
    Step("agreement.file_with_court", N_("报法院备案"), "agreement", (A.EFFECTIVE,), None, (LIAISON, MEDIATOR, HEAD),
         facts=("agreements.court_wants_it",), rules=("JM-09",)),
    Step("agreement.restore_time", N_("申请顺延期限"), "agreement", (A.EFFECTIVE,), None, (MEDIATOR, HEAD, LIAISON),
         facts=("confirmation.time_is_over",), rules=("PT-08", "JC-01"),
         hint=N_("因不可抗拒的事由或者其他正当理由耽误的，障碍消除后几日内可以申请，准不准由法院决定"), keeps_turn=True),
    # confirmation
    Step("confirmation.hand_over", N_("移交司法确认"), "confirmation", (), F.PREPARING, (MEDIATOR, HEAD),
         stages=(Stage.EFFECTIVE, Stage.PERFORMING), facts=("confirmation.may_start",),
         rules=("JC-01", "JC-03", "JC-10"), hint=N_("材料交给诉调对接联络员")),
    Step("confirmation.prepare", N_("补齐确认材料"), "confirmation", (F.PREPARING, F.RETURNED), None, (MEDIATOR, HEAD, LIAISON),
         rules=("JC-02", "JC-09", "JC-13"), hint=N_("选法院、各方签申请书、证明盖章")),
    Step("confirmation.return_pack", N_("退回补材料"), "confirmation", (F.PREPARING,), F.RETURNED, (LIAISON,)),
    Step("confirmation.hand_again", N_("再次移交"), "confirmation", (F.RETURNED,), F.PREPARING, (MEDIATOR, HEAD)),
    Step("confirmation.drop", N_("不申请司法确认了"), "confirmation", (F.PREPARING, F.RETURNED), F.DROPPED, (MEDIATOR, HEAD, LIAISON),
         rules=("JC-01",), hint=N_("要选理由；30 日内还能再移交")),
    Step("confirmation.file", N_("申请司法确认"), "confirmation", (F.PREPARING,), F.FILED, (LIAISON,),
         facts=("confirmation.ready",),
         rules=("JC-01", "JC-02", "JC-03", "JC-04", "JC-05", "JC-09", "JC-10", "JC-13", "JC-19", "DC-01", "DC-02")),
    Step("confirmation.court_accepts", N_("登记法院受理"), "confirmation", (F.FILED,), F.ACCEPTED, (LIAISON,),
         rules=("CN-01", "CN-03", "CN-04", "JC-16")),
    Step("confirmation.confirm", N_("登记裁定确认有效"), "confirmation", (F.ACCEPTED,), F.CONFIRMED, (LIAISON,), rules=("JC-14", "JC-15")),
    Step("confirmation.dismiss", N_("登记裁定驳回"), "confirmation", (F.ACCEPTED,), F.DISMISSED, (LIAISON,), rules=("JC-13", "JC-14")),
    Step("confirmation.court_asks", N_("登记补材料、询问"), "confirmation", AT_COURT, None, (LIAISON,),
         rules=("JC-09", "JC-11", "JC-12")),
    Step("confirmation.court_refuses", N_("登记法院不予受理"), "confirmation", (F.FILED,), F.REFUSED, (LIAISON,), rules=("JC-10",)),
    Step("confirmation.withdraw", N_("登记撤回申请"), "confirmation", AT_COURT, F.WITHDRAWN, (LIAISON,), rules=("JC-12",)),
    Step("confirmation.deem_withdrawn", N_("登记按撤回处理"), "confirmation", AT_COURT, F.DEEMED_WITHDRAWN, (LIAISON,),
         rules=("JC-12",)),
    Step("confirmation.end_procedure", N_("登记终结特别程序"), "confirmation", (F.ACCEPTED,), F.PROCEDURE_ENDED, (LIAISON,),
         rules=("JC-23",)),
    Step("confirmation.record_service", N_("登记裁定送达"), "confirmation", (F.CONFIRMED,), None, (LIAISON,), rules=("JC-15",),
         hint=N_("当事人收到裁定的日期，异议期从次日起算")),
    Step("confirmation.note_outsider", N_("登记利害关系人知道裁定"), "confirmation", (F.CONFIRMED,), None, (LIAISON,),
         rules=("JC-15",), hint=N_("利害关系人提异议的期限从知道的次日起算"), keeps_turn=True),
    Step("confirmation.record_objection", N_("登记对裁定的异议"), "confirmation", (F.CONFIRMED,), None, (LIAISON,),
         rules=("JC-15",), hint=N_("谁哪天提出的；法院驳回异议的也在这里登记"), keeps_turn=True),
    Step("confirmation.revoke", N_("登记法院撤销确认裁定"), "confirmation", (F.CONFIRMED,), F.DISMISSED, (LIAISON,),
         rules=("JC-14", "JC-15"), hint=N_("异议成立，法院撤销原裁定；可以重新调解，也可以起诉")),
    # performance
    Step("performance.open", N_("开始履行"), "performance", (), D.DUE, (SYSTEM,), implied=True),
    Step("performance.record", N_("登记履行"), "performance", OWED, None, (MEDIATOR, HEAD), rules=("PM-15",),
         hint=N_("付了款、做完了，或者到期没做")),
    Step("performance.part", N_("部分履行"), "performance", OWED, D.PART, (MEDIATOR, HEAD), implied=True),
    Step("performance.complete", N_("履行完毕"), "performance", OWED, D.DONE, (MEDIATOR, HEAD), implied=True),
    Step("performance.waive", N_("放弃"), "performance", OWED, D.WAIVED, (MEDIATOR, HEAD), implied=True),
    Step("performance.breach", N_("违约"), "performance", (D.DUE, D.PART), D.BREACHED, (MEDIATOR, HEAD), implied=True),
    Step("case.return_visit", N_("记回访"), "case", (*OPEN_CASE, C.CLOSED), None, (MEDIATOR, HEAD),
         facts=("performance.has_agreement",), rules=("PM-15",), hint=N_("协议履行得怎样、满意不满意、有没有新苗头"),
         keeps_turn=True),
    # other units that help
    Step("task.ask", N_("请别的单位协助"), "task", (), K.ASKED, (MEDIATOR, HEAD, DISPATCHER), stages=HELPED,
         facts=("assisting.may_ask",), hint=N_("要办什么、几时办好；必办的没办完不能结案"), keeps_turn=True),
    Step("task.accept", N_("同意协助"), "task", (K.ASKED,), K.ACCEPTED, (HEAD,), through=HELPERS,
         facts=("assisting.is_ours",), keeps_turn=True),
    Step("task.decline", N_("不能协助"), "task", (K.ASKED,), K.DECLINED, (HEAD,), through=HELPERS,
         facts=("assisting.is_ours",), hint=N_("要选理由"), keeps_turn=True),
    Step("task.pass_on", N_("交本单位的人办"), "task", (K.ACCEPTED,), None, (HEAD,), through=HELPERS,
         facts=("assisting.is_ours",), keeps_turn=True),
    Step("task.report", N_("报协助结果"), "task", (K.ACCEPTED,), K.REPORTED, (HEAD, MEDIATOR), through=HELPERS,
         facts=("assisting.is_ours",), keeps_turn=True),
    Step("task.confirm", N_("确认协助结果"), "task", (K.REPORTED,), K.DONE, (MEDIATOR, HEAD), keeps_turn=True),
    Step("task.send_back", N_("退回再办"), "task", (K.REPORTED,), K.ACCEPTED, (MEDIATOR, HEAD), keeps_turn=True),
    Step("task.withdraw", N_("撤回协助"), "task", (K.ASKED, K.ACCEPTED, K.REPORTED, K.DECLINED), K.WITHDRAWN,
         (MEDIATOR, HEAD, DISPATCHER), hint=N_("要写理由"), keeps_turn=True),
    Step("task.lapse", N_("不用再协助"), "task", (K.ASKED, K.ACCEPTED, K.REPORTED), K.WITHDRAWN, (SYSTEM,), implied=True,
         keeps_turn=True),
    # failure
    Step("proceeding.note_undisputed", N_("记无争议事实"), "proceeding", (P.ENDED,), None, (MEDIATOR, HEAD),
         rules=("JM-12", "JM-13"), hint=N_("须各方同意并签名"), keeps_turn=True),
    Step("proceeding.report_to_court", N_("向法院报告结果"), "proceeding", (P.ENDED, P.AGREED), None, (MEDIATOR, HEAD, LIAISON),
         facts=("referrals.court_sent_it",), rules=("JM-10", "QT-13"), keeps_turn=True),
    Step("referral.send", N_("移送"), "referral", (), R.SENT, (MEDIATOR, HEAD, DISPATCHER, LIAISON),
         stages=(Stage.SCREENED, Stage.ROUTED, Stage.ENDED, Stage.EFFECTIVE, Stage.PERFORMING, Stage.REFERRED),
         facts=("referrals.failed_or_unsuitable",),
         rules=("RT-09", "QT-01", "QT-02", "QT-08", "QT-12", "JM-07", "JM-12", "AM-07", "AM-14", "DP-10"),
         hint=N_("速裁、起诉、仲裁、行政处理、公安、信访")),
    Step("referral.take", N_("登记收案"), "referral", (R.SENT,), R.TAKEN, (COURT, LIAISON), rules=("CN-01", "CN-04", "QT-08")),
    Step("referral.return", N_("退回移送"), "referral", (R.SENT,), R.RETURNED, (COURT, LIAISON), hint=N_("要写理由")),
    Step("referral.decide", N_("登记处理结果"), "referral", (R.TAKEN,), R.DECIDED, (COURT, LIAISON)),
    # the end
    Step("case.change_track", N_("换一种调解"), "case", (C.ROUTED,), C.SCREENED, (DISPATCHER, HEAD, LIAISON),
         facts=("proceedings.is_ended",), rules=("RT-01",)),
    Step("case.withdraw", N_("撤回申请"), "case", OPEN_CASE, C.CLOSED, (CLERK, DISPATCHER, MEDIATOR, HEAD),
         facts=("agreements.none_effective", "duties.none_open", "archive.court_told"), rules=("PM-08", "MH-02", "MH-06", "JM-10"),
         hint=N_("申请人不调了，结案")),
    Step("case.close", N_("结案"), "case", (C.ROUTED, C.SCREENED), C.CLOSED, (HEAD, DISPATCHER),
         facts=("archive.has_outcome", "archive.court_told", "duties.none_open", "assisting.none_mandatory_open"),
         rules=("RT-09", "PM-08", "PM-11", "MH-06", "ST-01", "JM-10")),
    Step("case.archive", N_("归档"), "case", (C.CLOSED,), C.ARCHIVED, (HEAD, MEDIATOR, DISPATCHER, CLERK),
         facts=("archive.keeps_file", "archive.complete"),
         rules=("PM-10", "DP-11")),
    Step("case.deliver", N_("登记送达"), "case", (*OPEN_CASE, C.CLOSED, C.ARCHIVED), None,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), rules=("DC-07",), hint=N_("每份文书、每个人：怎么送、哪天、凭据"),
         keeps_turn=True),
    Step("delivery.send", N_("发出"), "delivery", (V.OPEN, V.RETURNED, V.SENT), V.SENT,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), implied=True, keeps_turn=True),
    Step("delivery.arrive", N_("送达"), "delivery", (V.OPEN, V.SENT, V.RETURNED), V.DELIVERED,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), implied=True, keeps_turn=True),
    Step("delivery.return", N_("退回来了"), "delivery", (V.OPEN, V.SENT), V.RETURNED,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), implied=True, keeps_turn=True),
    Step("delivery.deem", N_("退回，视为送达"), "delivery", (V.SENT,), V.DELIVERED,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), rules=("DC-07",), implied=True, keeps_turn=True),
    Step("delivery.drop", N_("不用送了"), "delivery", (V.OPEN, V.SENT, V.RETURNED), V.VOID,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), implied=True, keeps_turn=True),
    Step("case.issue_paper", N_("出别的文书"), "case", (*OPEN_CASE, C.CLOSED, C.ARCHIVED), None,
         (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON), hint=N_("通知、同意书、委托书、起诉状、卷宗封面等，都按案件资料印"),
         keeps_turn=True),
    Step("case.bundle", N_("整卷打包"), "case", tuple(C), None, (HEAD, MEDIATOR, LIAISON), rules=("PM-10", "DP-10"),
         hint=N_("一个 PDF、一个压缩包，不用本程序也打得开；要写理由"), keeps_turn=True),
    Step("case.lend", N_("借出案卷"), "case", (C.ARCHIVED,), None, (HEAD, MEDIATOR, DISPATCHER, CLERK),
         facts=("archive.keeps_file",), rules=("DP-11",), hint=N_("谁借、做什么、哪天还"), keeps_turn=True),
    Step("case.take_back", N_("案卷归还"), "case", (C.ARCHIVED, C.CLOSED, *OPEN_CASE), None,
         (HEAD, MEDIATOR, DISPATCHER, CLERK), rules=("DP-11",), implied=True, keeps_turn=True),
    Step("case.reopen", N_("重启"), "case", (C.CLOSED, C.ARCHIVED), C.SCREENED, (HEAD, DISPATCHER), hint=N_("要写理由")),
    # undoing the newest step: the table of what can be undone is stages/mending/undorules.py
    Step("case.undo", N_("撤销上一步"), "case", (*OPEN_CASE, C.CLOSED), None, (CLERK, DISPATCHER, MEDIATOR, HEAD, LIAISON),
         undoes=ANY, implied=True),
    Step("proceeding.undo", N_("撤销上一步"), "proceeding", (P.ASSIGNED, P.MEDIATING), None, (HEAD, MEDIATOR), undoes=ANY,
         implied=True),
    Step("performance.undo", N_("撤销上一步"), "performance", (*OWED, D.DONE, D.WAIVED), None, (MEDIATOR, HEAD), undoes=ANY,
         implied=True),
    Step("confirmation.undo", N_("撤销上一步"), "confirmation",
         (*AT_COURT, F.CONFIRMED, F.DISMISSED, F.REFUSED, F.WITHDRAWN, F.DEEMED_WITHDRAWN, F.PROCEDURE_ENDED), None,
         (LIAISON,), undoes=ANY, implied=True),
    Step("duty.void", N_("报告责任不成立，撤销"), "duty", ("open",), "void", (CLERK, DISPATCHER, LIAISON), implied=True,
         keeps_turn=True),
)

STEPS = {step.name: step for step in TABLE}
KINDS = tuple(dict.fromkeys(step.object for step in TABLE))


def fact_keys() -> set[str]:
    """Return every fact that the table names."""
    return {key for step in TABLE for key in step.facts}
