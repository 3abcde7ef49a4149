"""What each form must have filled in: of the case, of the parties, and what hangs on other fields."""

from collections.abc import Mapping

from mediation.ground.choices import N_

PARTY_FIELDS = {
    "name": N_("姓名或者名称"),
    "sex": N_("性别"),
    "birth_on": N_("出生日期"),
    "id_number": N_("身份号码"),
    "address": N_("住址"),
    "phone": N_("联系电话"),
    "credit_code": N_("统一社会信用代码"),
    "head": N_("法定代表人"),
    "head_post": N_("法定代表人职务"),
}
Fields = dict[str, tuple[str, ...]]
NAMED: Fields = {"person": ("name",), "organisation": ("name",)}
REACHED: Fields = {"person": ("name", "address", "phone"), "organisation": ("name", "address", "phone")}
SUED: Fields = {"person": ("name", "address"), "organisation": ("name", "address")}
FULL: Fields = {
    "person": ("name", "sex", "birth_on", "id_number", "address", "phone"),
    "organisation": ("name", "credit_code", "address", "head", "head_post", "phone"),
}
BLOCKS = {  # of a form's kind of block: what is asked of applicants, and of all others
    "names": (NAMED, NAMED),
    "applicants": (REACHED, NAMED),
    "suit": (FULL, SUED),
    "full": (FULL, FULL),
}

NUMBER = ("number", N_("编号"))
CASE_NUMBER = ("case.number", N_("案件编号"))
BODY = ("body.name", N_("调解组织名称"))
CAUSE = ("case.cause", N_("案由"))
TYPE = ("case.dispute_type", N_("纠纷类型"))
SUMMARY = ("case.summary", N_("纠纷简要情况"))
FACTS = ("case.facts", N_("纠纷主要事实、争议事项"))
APPLIED = ("case.applied_on", N_("申请日期"))
ACCEPTED = ("case.accepted_on", N_("受理日期"))
AGREED = ("case.agreed_on", N_("达成协议日期"))
EFFECTIVE = ("case.effective_on", N_("协议生效日期"))
ENDED = ("case.ended_on", N_("终止日期"))
MEDIATORS = ("mediators", N_("调解员"))
SESSIONS = ("sessions", N_("调解时间"))
DUTIES = ("details.duties", N_("协议内容"))
FILE_TITLE = ("details.title", N_("案卷题名"))
CATEGORY = ("details.category", N_("卷宗类别"))
COURT = ("details.court", N_("人民法院"))
AGREEMENT_NUMBER = ("details.agreement_number", N_("调解协议编号"))

REQUIRED = {
    "receipt": (
        NUMBER,
        ("details.received_at", N_("收件时间")),
        ("details.visitors", N_("来访人")),
        ("details.matter", N_("事项")),
        ("details.query_code", N_("查询码")),
        ("details.clerk", N_("经办人")),
        ("details.answer_by", N_("答复期限")),
    ),
    "not_accepted": (
        NUMBER,
        ("details.ground", N_("不予受理的理由")),
        ("details.ways", N_("其他途径")),
        ("details.clerk", N_("经办人")),
    ),
    "correction_notice": (
        NUMBER,
        ("details.lines", N_("更正的内容")),
        ("details.reason", N_("更正的理由")),
        ("details.clerk", N_("经办人")),
    ),
    "application": (BODY, APPLIED, SUMMARY, ("details.claims", N_("申请事项"))),
    "register": (
        CASE_NUMBER,
        ACCEPTED,
        ("details.accepted_by", N_("受理人")),
        ("details.registered_by", N_("登记人")),
        ("details.basis", N_("受理依据")),
        TYPE,
        ("case.source", N_("案件来源")),
        SUMMARY,
        ("details.screening", N_("筛查结果")),
    ),
    "rights_notice": (CASE_NUMBER, BODY, CAUSE),
    "session_record": (
        CASE_NUMBER,
        ("details.starts_at", N_("调解时间")),
        ("details.place", N_("调解地点")),
        ("details.attendance", N_("参加人")),
        MEDIATORS,
        ("details.recorder", N_("记录人")),
        ("details.rights_replies", N_("权利义务告知的答复")),
        ("details.recusal_replies", N_("回避询问的答复")),
        ("details.statements", N_("当事人陈述")),
        ("details.result", N_("调解结果")),
    ),
    "agreement": (NUMBER, BODY, FACTS, DUTIES, ("details.copies", N_("份数")), MEDIATORS),
    "oral_agreement": (NUMBER, FACTS, DUTIES, AGREED, ("details.performance", N_("履行情况")), MEDIATORS),
    "termination": (NUMBER, CAUSE, TYPE, ACCEPTED, ENDED, ("details.reason", N_("终止原因")), MEDIATORS),
    "undisputed_facts": (
        CASE_NUMBER,
        CAUSE,
        ("details.recorded_on", N_("记载日期")),
        ("details.facts", N_("无争议事实")),
        MEDIATORS,
    ),
    "court_report": (
        ("case.court_name", N_("委派、委托的人民法院")),
        ("case.court_number", N_("法院案号")),
        CAUSE,
        ("details.received_on", N_("签收日期")),
        MEDIATORS,
    ),
    "quick_trial_referral": (
        NUMBER,
        ("details.addressee", N_("接收的人民法院")),
        CAUSE,
        ("details.claims", N_("诉讼请求")),
        ("details.procedure", N_("建议适用的程序")),
        ("details.procedure_reason", N_("建议程序的理由")),
        ("details.issues", N_("争议焦点")),
        ("details.materials", N_("移送材料")),
        ("details.handler", N_("经办人")),
        ("details.phone", N_("经办人电话")),
    ),
    "confirmation_application": (
        BODY,
        CAUSE,
        FACTS,
        DUTIES,
        ACCEPTED,
        AGREED,
        EFFECTIVE,
        MEDIATORS,
        COURT,
        ("details.court_ground", N_("向该人民法院申请的理由")),
        AGREEMENT_NUMBER,
        ("details.attachments", N_("附件")),
    ),
    "mediation_proof": (
        NUMBER,
        BODY,
        ("body.record_number", N_("调解组织备案号")),
        CAUSE,
        ACCEPTED,
        AGREED,
        EFFECTIVE,
        MEDIATORS,
        SESSIONS,
        COURT,
        ("details.place", N_("调解地点")),
        AGREEMENT_NUMBER,
    ),
    "service_address": (
        CAUSE,
        ("details.postcode", N_("邮政编码")),
        ("details.address", N_("详细地址")),
        ("details.receiver", N_("收件人")),
        ("details.phone", N_("联系电话")),
    ),
    "inquiry_record": (
        CASE_NUMBER,
        ("details.starts_at", N_("调查时间")),
        ("details.place", N_("调查地点")),
        ("details.inquirers", N_("调查人")),
        ("details.recorder", N_("记录人")),
        ("details.name", N_("被调查人")),
        ("details.exchange", N_("问答")),
    ),
    "evidence_list": (("details.lines", N_("证据")),),
    "return_visit": (
        NUMBER,
        AGREEMENT_NUMBER,
        ("details.reason", N_("回访事由")),
        ("details.on", N_("回访时间")),
        ("details.manner", N_("回访方式")),
        ("details.visited", N_("被回访人")),
        ("details.performance", N_("履行情况")),
        ("details.visitor", N_("回访人")),
    ),
    "dossier_cover": (FILE_TITLE, CATEGORY),
    "dossier_contents": (FILE_TITLE, ("details.lines", N_("卷内文书"))),
    "dossier_remarks": (FILE_TITLE,),
    "dossier_back": (FILE_TITLE,),
    "mediation_notice": (
        NUMBER, CASE_NUMBER, CAUSE, ("details.starts_at", N_("调解时间")), ("details.place", N_("调解地点"))
    ),
    "recusal_statement": (
        CASE_NUMBER, CAUSE, ("details.mediator", N_("调解员")), ("details.answers", N_("回避询问的答复"))
    ),
    "pause_consent": (CASE_NUMBER, CAUSE, ACCEPTED, ("details.reason", N_("理由"))),
    "unsuitable_notice": (NUMBER, ("details.ground", N_("不宜调解的理由")), ("details.ways", N_("其他途径"))),
    "performance_reminder": (
        NUMBER, CAUSE, AGREED, EFFECTIVE, AGREEMENT_NUMBER, ("details.lines", N_("到期未履行的义务"))
    ),
    "enforcement_guide": (
        AGREED, EFFECTIVE, AGREEMENT_NUMBER, ("details.court", N_("作出裁定的法院")),
        ("details.court_no", N_("法院案号")), ("details.ruled_on", N_("裁定日期")),
        ("details.lines", N_("没有履行的义务")), ("details.last_on", N_("申请执行的最后一天")),
    ),
    "risk_report": (
        NUMBER,
        ("details.kind", N_("风险类别")),
        ("details.learnt_at", N_("发现时间")),
        ("details.reporter", N_("报告人")),
    ),
    "proposal": (NUMBER, BODY, FACTS, DUTIES, MEDIATORS, ("details.consents", N_("各方的同意"))),
    "commission_receipt": (
        NUMBER,
        ("case.court_name", N_("委派、委托的人民法院")),
        ("case.court_number", N_("法院案号")),
        CAUSE,
        ("details.received_on", N_("签收日期")),
    ),
    "ruling_draft": (BODY, CAUSE, AGREED, COURT, AGREEMENT_NUMBER, DUTIES),
    "power_of_attorney": (("details.powers", N_("委托事项和权限")), ("details.credentials", N_("代理人的证明材料"))),
    "complaint": (("details.claims", N_("诉讼请求")), SUMMARY),
    "defence": (CAUSE,),
    "acceptance_notice": (NUMBER, CASE_NUMBER, BODY, CAUSE, ACCEPTED),
    "police_settlement": (("details.performed_on", N_("履行日期")), ("details.proof", N_("履行凭证"))),
}

OF_THE_COURT = ("agreement", "rights_notice", "confirmation_application", "proposal")  # name it where it sent the case


def required(kind: str, snapshot: Mapping) -> tuple[tuple[str, str], ...]:
    """Return the mandatory fields of a form as (path, label), those that depend on other fields included."""
    fields, details, case = REQUIRED[kind], snapshot["details"], snapshot["case"]
    if kind == "court_report":
        fields += (AGREED, AGREEMENT_NUMBER) if details["succeeded"] else (ENDED, ("details.failure", N_("终止原因")))
    if kind == "quick_trial_referral":
        unmediated = ("details.unmediated_reason", N_("未进行调解的原因"))
        fields += (ACCEPTED, CASE_NUMBER) if case["ended_on"] else (APPLIED, unmediated)
    if kind == "commission_receipt" and not details["accepts"]:
        fields += (("details.reason", N_("不接受的理由")),)
    if kind == "ruling_draft" and details["outcome"] in ("dismissed", "refused"):
        fields += (("details.ground", N_("裁定的理由")),)
    if kind == "service_address" and details["consents_electronic"]:
        fields += (("details.mobile", N_("电子送达的手机号码")),)
    if case["basis"] != "self_run" and kind in OF_THE_COURT:
        fields += (("case.court_name", N_("委派、委托的人民法院")),)
    return fields
