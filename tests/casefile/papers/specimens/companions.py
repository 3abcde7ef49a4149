"""The papers beside the road, of the same invented cases."""

from dataclasses import replace

from mediation.casefile.papers import contract as c
from tests.casefile.papers.specimens.awkward import CROWD, CROWD_CASE, CROWD_DUTIES, STORY, crowd
from tests.casefile.papers.specimens.base import (
    BUREAU,
    BUYER,
    COURT,
    MAKERS,
    STONE,
    STONE_DUTIES,
    STUDIO,
    failed,
    settled,
)
from tests.casefile.papers.specimens.road import COMMISSIONED, REFERRAL

QUESTIONS = (
    "是不是一方当事人或者代理人的近亲属？",
    "和这件纠纷有没有利害关系？",
    "有没有其他可能影响公正的关系（同村、同单位、有往来）？",
    "是不是办过、代理过这件纠纷，或者作过证？",
)
INQUIRY = c.InquiryRecord(
    starts_at="2026-02-13T15:10",
    ends_at="2026-02-13T15:50",
    place="莲塘镇桃园路餐饮楼一层",
    inquirers=["涂慧芳", "熊建国"],
    recorder="万小琴",
    name="胡德明",
    sex="男",
    birth_on="1971-08-02",
    workplace="南昌县禾润装饰工程有限公司",
    address="江西省南昌县莲塘镇五一路3号",
    phone="19100000088",
    relation="被申请人的现场管理人员",
    others="无",
    exchange=[
        c.QuestionAnswer(
            question="工程什么时候验收的？当时对台面有没有意见？", answer="去年10月28日验收的，当时签了字，没有提意见。"
        ),
        c.QuestionAnswer(
            question="接缝不平是什么时候发现的？",
            answer="大概11月中旬，开始营业以后发现的。\n一层、二层服务台各有一处，手摸得出来。",
        ),
        c.QuestionAnswer(question="通知过石材班组没有？", answer="打过一次电话，没有书面通知。"),
    ],
)
EVIDENCE = [
    c.EvidenceLine(
        name="石材加工安装合同", kind="书证", by="龚喆", on="2026-02-09", pages=4,
        proves="双方约定的工程范围、价款和付款时间", checked_by="万小琴",
    ),
    c.EvidenceLine(
        name="验收单", kind="书证", by="龚喆", on="2026-02-09", original=True, pages=1, proves="工程验收合格"
    ),
    c.EvidenceLine(name="服务台接缝照片", kind="视听资料", by="万秋燕", on="2026-02-26", pages=3, proves="接缝不平"),
]
EVIDENCE_LIST = c.EvidenceList(lines=EVIDENCE)
RETURN_VISIT = c.ReturnVisit(
    agreement_number="（2026）南民调字第12号",
    reason="第一期款到期后了解履行情况",
    on="2026-04-02",
    manner="电话",
    visited=["龚喆", "熊志远"],
    performance=[
        c.Reply(who="支付加工安装款", text="已付第一期30000元，其余未到期"),
        c.Reply(who="整修两处接缝", text="已做完"),
        c.Reply(who="各方就本纠纷再无争议", text="/"),
    ],
    told="双方均表示协议在按期履行。",
    satisfaction="满意",
    new_signs=None,
    advice="第二期到期前三日再提醒一次",
    visitor="涂慧芳",
)
NOTICE = c.MediationNotice(
    party=1, starts_at="2026-03-02T09:00", place="南昌县莲塘镇澄碧路66号第三调解室", manner="当面",
    bring="合同、付款凭证原件", contact="涂慧芳", phone="0791-85000012",
)
RECUSAL = c.RecusalStatement(
    mediator="涂慧芳", answers=[c.Reply(who=each, text="否") for each in QUESTIONS], declared_on="2026-02-11"
)
EXTEND = c.PauseConsent(
    kind="extend", reason="等待接缝整修后现场核对", until_on="2026-03-27", period_ends_on="2026-03-12"
)
UNSUITABLE = c.UnsuitableNotice(
    ground="其他机关已受理或者已处理", words="劳动人事争议仲裁委员会已经受理", articles=["people_mediation.start"],
    ways=["等待仲裁结果", "对仲裁裁决不服的，依法向人民法院起诉"],
)
REMINDER = c.PerformanceReminder(
    party=2, agreement_number="（2026）南民调字第12号",
    lines=[
        c.OwedLine(
            place=1, what="支付加工安装款（第1期）", due_on="2026-03-31", amount_fen=3000000, paid_fen=1000000
        )
    ],
    contact="涂慧芳", phone="0791-85000012",
)
GUIDE = c.EnforcementGuide(
    agreement_number="（2026）南民调字第12号", court="南昌县人民法院", court_no="（2026）赣0121诉前调确31号",
    ruled_on="2026-03-16", served_on="2026-03-18", lines=REMINDER.lines, performance_ends_on="2026-06-30",
    last_on="2028-06-30", contact="涂慧芳", phone="0791-85000012",
)
RISK = c.RiskReport(
    kind="可能激化，报告公安机关或其他部门", addressee="南昌县公安局莲塘派出所", learnt_at="2026-04-15T10:20",
    place="莲塘镇", facts="催款时双方发生口角，陈𬀩扬言要拦货车。", measures="分开劝解，已通知双方家属",
    reporter="涂慧芳", reported_at="2026-04-15T10:45", receipt_no="莲派接〔2026〕118号",
)
PROPOSAL = c.Proposal(
    consents=[c.Consent(name=name, on="2026-02-26") for name in (*MAKERS, *BUYER)],
    duties=STONE_DUTIES, responsibility="乙方付款逾期；甲方应整修接缝", contact="涂慧芳",
)
COMMISSION = c.CommissionReceipt(
    received_on="2026-04-14", accepts=True, due_on="2026-05-14", contact="邓晓雯", phone="0791-85000077",
    materials=[
        c.Material(name="委派调解函", pages=1, original=True),
        c.Material(name="起诉状及证据材料", pages=11, original=False),
    ],
)
RULING = c.RulingDraft(
    outcome="confirmed", court=COURT, agreement_number="（2026）南民调字第12号", duties=STONE_DUTIES,
    filed_on="2026-03-04", accepted_on="2026-03-05",
)
POWERS = [
    c.Power(name="代为申请、立案", given=True),
    c.Power(name="参加调解", given=True),
    c.Power(name="承认、放弃、变更请求", given=True, special=True),
    c.Power(name="进行和解，签署调解协议", given=True, special=True),
    c.Power(name="提起反诉或者上诉", given=False, special=True),
    c.Power(name="申请司法确认", given=True, special=True),
    c.Power(name="代收法律文书", given=True, special=True),
    c.Power(name="申请执行", given=False, special=True),
]
POWER = c.PowerOfAttorney(party=2, powers=POWERS, special=True, credentials=["律师执业证复印件", "律师事务所函"])
COMPLAINT = c.Complaint(
    court=COURT, claims=REFERRAL.claims, copies=1, evidence=[
        c.EvidenceLine(
            name="借条", kind="书证", by="陈𬀩", original=True, pages=1, proves="借款50000元、约定2024年6月30日还款"
        ),
        c.EvidenceLine(name="银行转账回单", kind="书证", by="陈𬀩", pages=1, proves="已交付借款"),
    ],
)
DEFENCE = c.Defence(party=1, court=COURT)
ACCEPTED = c.AcceptanceNotice(
    period_ends_on="2026-04-10", contact="邓晓雯", phone="0791-85000088",
)
POLICE = c.PoliceSettlement(
    police="南昌县公安局莲塘派出所", agreement_number="（2026）南民调字第12号", performed_on="2026-03-05",
    proof="收条、转账凭证",
)
DOSSIER_SHEET = c.DossierSheet(
    title="龚喆等与南昌县禾润装饰工程有限公司承揽合同纠纷", category="人民调解", archive_number="2026-017",
    retention="长期", outcome="达成协议并履行完毕", closed_on="2026-06-02", archived_on="2026-06-05",
    keeper="万小琴", checker="余国梁",
    lines=[
        c.PackLine(name="人民调解申请书", number="（2026）南民调字第12号", pages="1—2"),
        c.PackLine(name="受理登记表", number="（2026）南民调字第12号", pages="3"),
        c.PackLine(name="人民调解协议书", number="（2026）南民调字第12号", pages="9—11"),
        c.PackLine(name="身份证复印件", pages="12—13", remark="2份"),
    ],
    remarks=["第二次调解记录为2页，当事人逐页签名", "付款凭证为复印件，原件由当事人保管"], pages=18,
)

AGENCY = {"track": "administrative", "body": BUREAU}
COMPANIONS = {
    "inquiry_record": settled(STONE.number, INQUIRY),
    "evidence_list": settled(None, EVIDENCE_LIST),
    "return_visit": settled("南民调访〔2026〕9号", RETURN_VISIT, issued_on="2026-04-02"),
    "dossier_cover": settled(None, DOSSIER_SHEET),
    "dossier_contents": settled(None, DOSSIER_SHEET),
    "dossier_remarks": settled(None, DOSSIER_SHEET),
    "dossier_back": settled(None, DOSSIER_SHEET),
    "mediation_notice": settled("南民调通〔2026〕21号", NOTICE, issued_on="2026-02-24"),
    "recusal_statement": settled(STONE.number, RECUSAL),
    "pause_consent": settled(STONE.number, EXTEND),
    "unsuitable_notice": failed("南民调告〔2026〕4号", UNSUITABLE, issued_on="2026-04-15"),
    "performance_reminder": settled("南民调督〔2026〕2号", REMINDER, issued_on="2026-04-02"),
    "enforcement_guide": settled(None, GUIDE, issued_on="2026-04-20"),
    "risk_report": failed("南民调险〔2026〕1号", RISK, issued_on="2026-04-15"),
    "proposal": settled("（2026）南民调字第12号", PROPOSAL, issued_on="2026-03-02"),
    "commission_receipt": failed(
        "南联调收〔2026〕6号", COMMISSION, track="judicial", body=STUDIO, case=COMMISSIONED, issued_on="2026-04-14"
    ),
    "ruling_draft": settled("代拟稿", RULING, draft=True),
    "power_of_attorney": settled(STONE.number, POWER),
    "complaint": failed(None, COMPLAINT),
    "defence": failed(None, DEFENCE),
    "acceptance_notice": settled("南市监调受〔2026〕8号", ACCEPTED, issued_on="2026-02-10", **AGENCY),
    "police_settlement": settled(None, POLICE),
}
LONG = "　".join(["台账核对情况另附"] * 40)
AWKWARD_COMPANIONS = {
    "inquiry_record": crowd(
        replace(
            INQUIRY, exchange=[c.QuestionAnswer(question="当时看到什么？", answer=STORY)] * 9, birth_on=None, sex=None
        )
    ),
    "evidence_list": crowd(replace(EVIDENCE_LIST, lines=EVIDENCE * 9, for_court=True, offered_by="李䶮"), number=None),
    "return_visit": crowd(
        replace(
            RETURN_VISIT, visited=[who.name for who in CROWD], advice=STORY, new_signs=STORY, satisfaction=None,
            performance=[c.Reply(who=duty.what, text="没有履行，李䶮一方多次催要") for duty in CROWD_DUTIES] * 3,
        ),
        track="administrative", body=BUREAU,
    ),
    **{
        kind: crowd(
            replace(
                DOSSIER_SHEET, lines=DOSSIER_SHEET.lines * 12, remarks=[STORY] * 7, pages=None, keeper=None,
                title="李䶮等与江西省澄湖流域生态环境综合治理与乡村振兴建设投资集团南昌县分公司等地面施工、地下设施损害责任纠纷",
            ),
            number=None, track="judicial", body=STUDIO,
        )
        for kind in ("dossier_cover", "dossier_contents", "dossier_remarks", "dossier_back")
    },
    "mediation_notice": crowd(replace(NOTICE, party=3, bring=None, manner=None), mediators=[], draft=True),
    "recusal_statement": crowd(
        replace(
            RECUSAL, answers=[c.Reply(who=each, text="是") for each in QUESTIONS], relations="与李㛃系同村居民",
            waivers=[c.Consent(name=who.name, on="2026-09-01") for who in CROWD],
        ),
        track="judicial", body=STUDIO,
    ),
    "pause_consent": crowd(replace(EXTEND, kind="suspend", reason="等待司法鉴定意见", until_on=None)),
    "unsuitable_notice": crowd(
        replace(UNSUITABLE, ground="不属于本单位调解范围", articles=[]), number="南市监调不受〔2026〕1号", **AGENCY
    ),
    "performance_reminder": crowd(
        replace(REMINDER, party=3, lines=REMINDER.lines * 14, is_confirmed=True), number="南民调督〔2026〕3号"
    ),
    "enforcement_guide": crowd(replace(GUIDE, lines=GUIDE.lines * 14, last_is_provisional=True, served_on=None)),
    "risk_report": crowd(
        replace(RISK, facts=STORY * 5, addressee=None, reported_at=None, receipt_no=None, measures=None), **AGENCY
    ),
    "proposal": crowd(
        replace(
            PROPOSAL, duties=CROWD_DUTIES, consents=[c.Consent(name=who.name, on="2026-09-30") for who in CROWD]
        ),
        track="judicial", body=STUDIO, case=replace(CROWD_CASE, basis="commissioned", court_name=COURT),
    ),
    "commission_receipt": crowd(
        replace(COMMISSION, accepts=False, reason="一方当事人不同意调解", materials=COMMISSION.materials * 9),
        track="judicial", body=STUDIO, mediators=[],
        case=replace(CROWD_CASE, basis="entrusted", court_name=COURT, court_number="（2026）赣0121民初2208号"),
    ),
    "ruling_draft": crowd(
        replace(RULING, outcome="dismissed", duties=CROWD_DUTIES, ground="调解协议内容不明确"), number="代拟稿",
        draft=True,
    ),
    "power_of_attorney": crowd(
        replace(
            POWER, party=3, until="2026-12-31", special=False, credentials=["律师执业证复印件", "律师事务所函"] * 2
        )
    ),
    "complaint": crowd(
        replace(COMPLAINT, evidence=EVIDENCE * 4, witnesses=["胡德明，住江西省南昌县莲塘镇五一路3号"], copies=2),
        number=None,
    ),
    "defence": crowd(
        replace(DEFENCE, party=3, answer=STORY * 9, court=None, court_number="（2026）赣0121民初2208号"), number=None
    ),
    "acceptance_notice": crowd(
        replace(ACCEPTED, period_ends_on=None, articles=["road_traffic.mediation"], phone=None), mediators=[], **AGENCY
    ),
    "police_settlement": crowd(
        replace(POLICE, agreement_number=None, police=None, police_number="南公（莲）行受〔2026〕77号"), number=None
    ),
}
