"""The rows of the rule table that create last days, each with its periods in the order in which the row names them.

A period names the dated setting that holds its figure; regions change it there. Rows of section I that only show how
to reckon carry the figure of their own example.
"""

from mediation.ground.choices import N_
from mediation.registry.deadlines.rules import Deadline as D
from mediation.registry.deadlines.rules import Ends, Period, Stage
from mediation.registry.deadlines.rules import Period as P
from mediation.registry.settings.rules import Figure, Unit

S = Stage
KNEW, KNEW_OF = N_("知道或者应当知道受损害和义务人"), N_("知道或者应当知道权利被侵害")
EFFECTIVE, APPLY = N_("调解协议生效"), N_("共同申请司法确认")
LETTER_SIGNED = N_("调解组织、调解员签收法院移交的材料（线上为确认接受）")
REGULAR, FLAGGED = N_("收到调解申请"), N_("发现可能引发治安、刑事案件")
NEW_LIMITATION, RECEIVED_AWARD = N_("诉讼时效重新计算"), N_("收到仲裁裁决书")
PETITION_TAKEN, COMPLAINED = N_("收到信访事项"), N_("受理")
FILED, STARTED = N_("立案"), N_("起算的事情发生")
KNEW_HARM = N_("知道或者应当知道权益受损害")

_BEFORE_COURT = (
    P("JM-02.commissioned", N_("委派调解"), LETTER_SIGNED, "commissioned", "JM-02.extension"),
    P("JM-02.entrusted_ordinary", N_("委托调解（普通程序）"), LETTER_SIGNED, "ordinary", "JM-02.extension"),
    P("JM-02.entrusted_simple", N_("委托调解（简易程序）"), LETTER_SIGNED, "simple", "JM-02.extension"),
)
_KIND_OF_COURT = {"kind": {"commissioned": "commissioned", "entrusted": "ordinary"}}
_ACCEPTS = P("JC-16.accept", N_("法院决定是否受理"), N_("法院收到申请"), "accept")
_DECIDES = P("JC-16.decide", N_("法院作出裁定"), N_("法院受理"), "decide", "JC-16.extension")
_PARTY = P("JC-15.party", N_("当事人对确认裁定提出异议"), N_("收到裁定书"), "party")
_OUTSIDER = P("JC-15.third_person", N_("利害关系人对确认裁定提出异议"), KNEW_HARM, "third_person")
AT_ONCE = Ends.STAYS  # what is due at once is due on a day of rest too

DEADLINES = (
    D("PM-19", S.MEDIATION, (P("PM-19", N_("决定是否受理"), REGULAR),)),
    D("PM-18", S.MEDIATION, (P("PM-18", N_("人民调解结束"), N_("受理"), extension="PM-18.extension"),)),
    D("JM-02", S.COURT_MEDIATION, _BEFORE_COURT, "procedure", _KIND_OF_COURT),
    D("JM-03", S.COURT_MEDIATION, _BEFORE_COURT, "procedure", _KIND_OF_COURT),
    D("JM-10", S.COURT_MEDIATION, (P("JM-10", N_("向法院报告调解结果"), N_("调解终结或者达成协议")),)),
    D("JM-14", S.COURT_MEDIATION, (P("JM-14", N_("对调解方案书面提出异议"), N_("调解方案送达这一方")),)),
    D("JM-15", S.COURT_MEDIATION, (
        P("JM-15.choose", N_("双方共同选定调解员"), N_("收到选择调解员的通知"), "choose"),
        P("JM-15.appoint", N_("法院指定调解员"), N_("提出在线调解申请"), "appoint"),
        P("JM-15.confirm", N_("调解员确认接受"), N_("收到法院的通知"), "confirm"),
        P("JM-15.ask", N_("告知并征求对方意见"), N_("确认接受调解"), "ask"),
    ), "step"),
    D("JC-01", S.CONFIRMATION, (P("JC-01", APPLY, EFFECTIVE),)),
    D("JM-09", S.CONFIRMATION, (P("JC-01", APPLY, N_("各方签名（委派的，不等盖章）")),)),
    D("JC-15", S.CONFIRMATION, (_PARTY, _OUTSIDER), "who"),
    D("JC-16", S.CONFIRMATION, (
        _ACCEPTS, _DECIDES, P("JC-16.statutory", N_("特别程序审结"), N_("立案"), "statutory"),
    ), "step"),
    D("JC-20", S.CONFIRMATION, (_OUTSIDER, _ACCEPTS, _DECIDES), "step"),
    D("JC-18", S.AGREEMENT, (P("JC-18", N_("申请强制执行"), N_("最后一期履行期限届满")),)),
    D("PM-15", S.AGREEMENT, (
        P("PM-15.urge", N_("督促履行"), N_("履行期限届满"), "urge"),
        P("PM-15.visit", N_("回访"), N_("达成协议"), "visit"),
    ), "step"),
    D("QT-06", S.REFERRAL, (
        P("QT-06.simple", N_("简易程序审结"), FILED, "simple", "QT-06.simple_extension"),
        P("QT-06.small_claims", N_("小额诉讼审结"), FILED, "small_claims", "QT-06.small_claims_extension"),
    ), "procedure"),
    D("QT-07", S.REFERRAL, (
        P("QT-07.simple", N_("举证（简易程序，最长）"), N_("举证通知"), "simple"),
        P("QT-07.small_claims", N_("举证（小额诉讼，一般最长）"), N_("举证通知"), "small_claims"),
        P("QT-07.defence", N_("答辩（小额诉讼，最长）"), N_("答辩通知"), "defence"),
    ), "procedure"),
    D("QT-08", S.REFERRAL, (P("QT-08", N_("法院登记立案"), N_("送交起诉材料")),)),
    D("QT-11", S.REFERRAL, (P("QT-11", N_("速裁审结（目标，不是法定期限）"), FILED),)),
    D("AM-05", S.SECTORS, (
        P("AM-05.apply", N_("各方共同书面申请调解"), N_("收到交通事故认定书"), "apply"),
        P("AM-05.mediate", N_("调解结束（死亡）"), N_("办理丧葬事宜结束"), "death"),
        P("AM-05.mediate", N_("调解结束（受伤）"), N_("治疗终结或者定残"), "injury"),
        P("AM-05.mediate", N_("调解结束（财产损失）"), N_("确定损失"), "property"),
    ), "kind", {"step": {"apply": "apply", "mediate": "property"}}),
    D("AM-06", S.SECTORS, (P("AM-06", N_("劳动争议调解结束，之后可以申请仲裁"), REGULAR),)),
    D("AM-08", S.SECTORS, (
        P("AM-08", N_("申请劳动争议仲裁"), KNEW_OF, "knew"),
        P("AM-08", N_("申请劳动争议仲裁（拖欠劳动报酬）"), N_("劳动关系终止"), "ended"),
        P("AM-08", N_("申请劳动争议仲裁（重新计算）"), N_("时效中断，如申请调解"), "interrupted"),
    ), "from"),
    D("AM-09", S.SECTORS, (P("AM-09", N_("对劳动仲裁裁决起诉"), RECEIVED_AWARD),)),
    D("AM-10", S.SECTORS, (P("AM-10", N_("医疗纠纷人民调解结束"), N_("受理")),)),
    D("AM-11", S.SECTORS, (
        P("AM-11.accept", N_("卫生健康部门决定是否受理"), N_("收到申请"), "accept"),
        P("AM-11.finish", N_("医疗纠纷行政调解结束"), N_("受理"), "finish"),
    ), "step"),
    D("AM-12", S.SECTORS, (
        P("AM-12.act", N_("行政部门处理投诉并告知"), N_("收到投诉"), "act"),
        P("AM-12.finish", N_("消费纠纷调解结束"), N_("受理"), "finish"),
    ), "step"),
    D("AM-13", S.SECTORS, (
        P("AM-13.limit", N_("申请土地承包仲裁"), KNEW_OF, "limit"),
        P("AM-13.award", N_("土地承包仲裁结束"), N_("受理仲裁申请"), "award", "AM-13.award_extension"),
        P("AM-13.suit", N_("对土地承包仲裁裁决起诉"), RECEIVED_AWARD, "suit"),
    ), "step"),
    D("AM-14", S.SECTORS, (P("AM-14", N_("对权属处理决定起诉"), N_("接到处理决定通知")),)),
    D("AM-17", S.SECTORS, (
        P("AM-17.accept", N_("行政机关决定是否受理"), REGULAR, "accept"),
        P("AM-17", N_("行政调解结束"), N_("受理"), "finish", "AM-17.extension"),
    ), "step"),
    D("AM-19", S.SECTORS, (P("AM-19", N_("物业、房屋、相邻纠纷调解结束"), N_("受理")),)),
    D("PM-08", S.PROTECTION, (P("PM-08", N_("向公安等机关报告"), FLAGGED, ends=AT_ONCE),)),
    D("MH-02", S.PROTECTION, (P("PM-08", N_("向公安机关报告"), N_("发现疑似家庭暴力"), ends=AT_ONCE),)),
    D("MH-03", S.PROTECTION, (
        P("MH-03.decide", N_("法院对人身安全保护令作出裁定"), N_("受理申请"), "decide"),
        P("MH-03.urgent", N_("法院对人身安全保护令作出裁定（紧急）"), N_("受理申请"), "urgent"),
        P("MH-03.valid", N_("人身安全保护令有效（最长）"), N_("裁定作出"), "valid", ends=Ends.STAYS),
    ), "step", {"urgent": {"yes": "urgent", "no": "decide"}}),
    D("MH-04", S.PROTECTION, (
        P("PM-08", N_("向公安、民政、教育部门报告"), N_("发现未成年人疑似受侵害"), ends=AT_ONCE),
    )),
    D("MH-06", S.PROTECTION, (P("PM-08", N_("报告刑事线索"), N_("发现刑事线索"), ends=AT_ONCE),)),
    D("MH-08", S.PROTECTION, (
        P("MH-08.handle", N_("转送、交办信访事项"), PETITION_TAKEN, "handle", ends=Ends.AS_SET),
        P("MH-08.tell", N_("有权处理的机关告知信访人"), PETITION_TAKEN, "tell", ends=Ends.AS_SET),
        P("MH-08.objection", N_("对转送提出异议"), N_("收到转送的信访事项"), "objection", ends=Ends.AS_SET),
        P("MH-08.finish", N_("信访事项办结"), N_("受理"), "finish", "MH-08.extension", ends=Ends.AS_SET),
    ), "step"),
    D("MH-09", S.PROTECTION, (
        P("MH-09.ask", N_("请求复查、复核"), N_("收到书面答复"), "ask", ends=Ends.AS_SET),
        P("MH-09.answer", N_("复查、复核机关答复"), N_("收到复查、复核请求"), "answer", ends=Ends.AS_SET),
    ), "step"),
    D("LM-01", S.LIMITATION, (
        P("LM-01", N_("诉讼时效届满"), KNEW, "general"),
        P("LM-01.longest", N_("最长保护期届满"), N_("权利受到损害"), "longest"),
    ), "kind"),
    D("LM-02", S.LIMITATION, (P("LM-01", NEW_LIMITATION, N_("申请调解，或者该程序终结")),)),
    D("LM-03", S.LIMITATION, (P("LM-01", NEW_LIMITATION, N_("部分履行、分期承诺、提供担保等")),)),
    D("LM-04", S.LIMITATION, (P("LM-01", NEW_LIMITATION, N_("知道公安、检察机关、法院不予处理")),)),
    D("LM-07", S.LIMITATION, (P("LM-07.revocation", N_("行使撤销权（除斥期间，不中断）"), N_("知道撤销事由")),)),
    D("PT-01", S.RECKONING, (P("", N_("按天算"), STARTED, shown=Figure(15, Unit.DAYS)),)),
    D("PT-02", S.RECKONING, (
        P("", N_("按月算，到最后一月的对应日"), STARTED, shown=Figure(3, Unit.MONTHS), ends=Ends.STAYS),
    )),
    D("PT-03", S.RECKONING, (P("", N_("最后一天是休息日的顺延"), STARTED, shown=Figure(30, Unit.DAYS)),)),
    D("PT-04", S.RECKONING, (P("", N_("调休上班的周末算工作日"), STARTED, shown=Figure(30, Unit.DAYS)),)),
    D("PT-05", S.RECKONING, (P("", N_("按工作日算"), STARTED, shown=Figure(5, Unit.WORKING_DAYS)),)),
    D("PT-07", S.RECKONING, (
        P("", N_("按小时算"), STARTED, shown=Figure(72, Unit.HOURS), from_next_hour=True),
    )),
    D("PT-08", S.RECKONING, (P("PT-08", N_("申请顺延期限"), N_("障碍消除")),)),
    D("PM-02", S.RECORDS, (P("PM-02.term", N_("调委会任期届满"), N_("任期开始"), ends=Ends.STAYS),)),
    D("PM-21", S.RECORDS, (P("PM-21", N_("再次培训"), N_("上次培训"), ends=Ends.STAYS),)),
    D("DP-05", S.RECORDS, (P("DP-05.keep", N_("保存个人信息保护影响评估报告"), N_("作出评估报告")),)),
    D("DP-06", S.RECORDS, (P("DP-06", N_("补救并告知主管部门和本人"), N_("发现信息泄露"), ends=AT_ONCE),)),
    D("DP-08", S.RECORDS, (
        P("DP-08.law", N_("保存网络日志（法定最短）"), N_("日志产生"), "law"),
        P("DP-08", N_("保存操作日志（系统执行）"), N_("日志产生"), "log", ends=Ends.STAYS),
    ), "kind"),
    D("DP-11", S.RECORDS, (
        P("DP-11", N_("保管案卷（长期）"), N_("结案"), "long", ends=Ends.YEAR_END),
        P("DP-11.short", N_("保管案卷（短期）"), N_("结案"), "short", ends=Ends.YEAR_END),
    ), "retention", {"retention": {"30": "long", "10": "short"}}),
    D("QT-04", S.RECORDS, (P("QT-04.old", N_("核对平均工资是否有新数"), N_("数字公布"), ends=Ends.STAYS),)),
)
BY_RULE = {deadline.rule: deadline for deadline in DEADLINES}
BY_KEY: dict[str, Period] = {}
for _deadline in DEADLINES:
    for _period in _deadline.periods:
        BY_KEY.setdefault(_period.key, _period)
