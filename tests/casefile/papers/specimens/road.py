"""What each paper of the road says of the invented cases."""

from dataclasses import replace

from mediation.casefile.papers import contract as c
from tests.casefile.papers.specimens.base import (
    COURT,
    LOAN,
    REASONS,
    STONE,
    STONE_DUTIES,
    STUDIO,
    TYPES,
    failed,
    settled,
)

CORRECTION = c.CorrectionNotice(
    lines=[
        c.CorrectedLine(
            paper="调解申请书", number="（2026）南民调字第12号", issued_on="2026-02-09",
            what="姓名、名称", was="龚吉吉", now="龚喆",
        ),
        c.CorrectedLine(
            paper="受理登记表", number="（2026）南民调字第12号", issued_on="2026-02-09",
            what="金额", was="720,000.00元", now="72,000.00元",
        ),
    ],
    reason="核对身份证原件和合同，登记时写错",
    clerk="邓晓雯",
)
NOT_ACCEPTED = c.NotAccepted(
    ground="一方明确拒绝调解",
    articles=["people_mediation.start"],
    ways=["向人民法院起诉", "各方都同意调解以后，可以再来申请"],
    clerk="邓晓雯",
)

RECEIPT = c.Receipt(
    received_at="2026-02-09T09:42",
    visitors=["龚喆", "阿卜杜拉·买买提"],
    matter="承揽合同纠纷，申请人民调解",
    query_code="K7P4-2MQX-9TVD",
    query_url="https://yichuang.example/q/K7P42MQX9TVD",
    window="一楼三号窗口",
    clerk="邓晓雯",
    materials=[
        c.Material(name="人民调解申请书", copies=1, pages=2, original=True),
        c.Material(name="身份证", copies=2, pages=2, original=False),
        c.Material(name="石材加工安装合同", copies=1, pages=4, original=False),
        c.Material(name="验收单", copies=1, pages=1, original=False),
    ],
    answer_working_days=3,
    answer_by="2026-02-12",
)
APPLICATION = c.Application(
    claims=["对方支付加工安装款86000元", "对方自2025年11月1日起按同期贷款市场报价利率支付逾期付款的利息"]
)
REGISTER = c.Register(
    registered_by="万小琴",
    accepted_by="余国梁",
    bases=["依当事人申请", "本委员会主动调解", "接受委托移送"],
    basis="依当事人申请",
    types=TYPES,
    people=3,
    risks=["低", "中", "高"],
    risk="低",
    screening="无禁止调解情形；无紧急风险",
    transfer="否",
    interpreter="不需要",
    grades=["简易", "一般", "疑难复杂"],
)
RIGHTS_NOTICE = c.RightsNotice(party=0, period_days=30, period_ends_on="2026-03-12")
RECORD = c.SessionRecord(
    session=2,
    starts_at="2026-03-02T09:05",
    ends_at="2026-03-02T11:40",
    place="第三调解室",
    manner="当面",
    attendance=[
        c.Attendance(name="龚喆", capacity="申请人"),
        c.Attendance(name="阿卜杜拉·买买提", capacity="申请人"),
        c.Attendance(name="万秋燕", capacity="被申请人的委托代理人"),
        c.Attendance(name="熊志远", capacity="被申请人的法定代表人", is_present=False),
    ],
    recorder="万小琴",
    rights_replies=[
        c.Reply(who="龚喆", text="听清了，同意调解"),
        c.Reply(who="阿卜杜拉·买买提", text="听清了，同意调解，不需要翻译"),
        c.Reply(who="万秋燕", text="听清了，同意调解"),
    ],
    recusal_replies=[c.Reply(who="各方", text="不申请")],
    statements=[
        c.Reply(who="龚喆", text="工程去年10月28日验收，还有86000元没有付，催了好几次，石材款是我垫的"),
        c.Reply(who="万秋燕", text="欠款数额没有异议，但一层、二层服务台各有一处接缝不平，甲方应当先来整修"),
        c.Reply(who="阿卜杜拉·买买提", text="接缝可以去修，两个人一天能做完"),
    ],
    evidence="合同、验收单和付款记录经各方核对无异议。\n调解员到现场查看，两处接缝高低差约2毫米。",
    agreed_points=["尚欠加工安装款86000元", "甲方整修两处接缝，费用自负"],
    open_points=[],
    results=["达成协议", "继续调解", "终止调解"],
    result="达成协议",
    result_reason="各方当场签订人民调解协议书",
)
AGREEMENT = c.Agreement(responsibility="乙方付款逾期；甲方应整修接缝", duties=STONE_DUTIES, copies=4, recorder="万小琴")
ORAL = c.OralAgreement(
    duties=[
        c.Duty(
            kind="pay",
            what="借款本金",
            obligors=["胡建平"],
            obligees=["陈𬀩"],
            amount_fen=4200000,
            due_on="2026-06-30",
            manner="转账至陈𬀩出借时使用的银行账户",
        ),
        c.Duty(kind="term", what="利息陈𬀩自愿放弃，双方就本纠纷再无争议"),
    ],
    place="武阳镇前街村调解室",
    performances=["当场履行", "分期履行", "尚未履行"],
    performance="尚未履行",
    recorded_on="2026-05-12",
)
TERMINATION = c.Termination(reasons=REASONS, reason="分歧较大，难以达成协议")
UNDISPUTED = c.UndisputedFacts(
    recorded_on="2026-05-12",
    consents=[c.Consent(name="陈𬀩", on="2026-05-12"), c.Consent(name="胡建平", on="2026-05-12")],
    facts=[
        c.Fact(text="2023年12月28日，胡建平向陈𬀩借款，陈𬀩当日以银行转账方式交付50000元。", evidence="银行转账回单"),
        c.Fact(text="同日，胡建平出具借条一张，载明借款本金50000元、还款日期2024年6月30日。", evidence="借条"),
        c.Fact(text="借条未约定借款期内利息和逾期利息。", evidence="借条"),
        c.Fact(text="2024年9月15日，胡建平以手机转账方式归还8000元。", evidence="手机转账记录"),
        c.Fact(text="2026年1月20日，陈𬀩以短信要求胡建平还款，胡建平当日收到。", evidence="短信记录"),
    ],
    disputed=["2024年11月胡建平是否另以现金归还10000元", "逾期利息的起算日期"],
)
COURT_REPORT = c.CourtReport(
    received_on="2026-04-14",
    succeeded=False,
    failure="分歧较大，难以达成协议",
    course="接收材料后分别联系双方，4月20日当面调解一次，4月29日视频调解一次。双方对借款和已还8000元无争议，"
    "对是否另还现金各执一词，均表示愿由法院裁判。",
    issues=["2024年11月是否另以现金归还10000元", "逾期利息的起算日期"],
    has_undisputed_facts=True,
    has_service_addresses=True,
    materials=[
        c.Material(name="起诉状及证据材料（法院移交）", pages=11, original=True),
        c.Material(name="无争议事实记载表", pages=1, original=True),
        c.Material(name="送达地址确认书", pages=2, original=True),
    ],
    contact="涂慧芳",
)
REFERRAL = c.QuickTrialReferral(
    addressee="南昌县人民法院速裁团队",
    claims=[
        c.Claim(text="判令胡建平归还借款", amount_fen=4200000),
        c.Claim(
            text="判令胡建平支付逾期利息（以42000元为基数，自2026年4月13日起至付清之日止，"
            "按一年期贷款市场报价利率计算）"
        ),
    ],
    amount_note="利息暂不计",
    wage=c.Wage(
        amount_fen=9000000,
        year=2024,
        region="江西省",
        source="示例数值，以省统计部门公布为准",
        percent=50,
        limit_fen=4500000,
    ),
    procedure="小额诉讼程序",
    procedure_key="small_claims",
    procedure_reason="事实清楚、权利义务关系明确，系单一金钱给付，当事人均能联系，未提出反诉，不涉及人身关系、财产确权、"
    "涉外和鉴定",
    consents=[
        c.Reply(who="简易程序（约定适用）", text="无"),
        c.Reply(who="小额诉讼程序（约定适用）", text="无"),
        c.Reply(who="电子送达", text="双方同意，见送达地址确认书"),
    ],
    issues=["2024年11月是否另以现金归还10000元", "逾期利息的起算日期"],
    has_undisputed_facts=True,
    interrupted_on="2026-05-12",
    limitation_on="2029-05-12",
    limitation_is_provisional=True,
    arbitration="不涉及",
    preservation="无",
    evidence_loss="无",
    flags="未成年人 家庭暴力 群体性 语言翻译 残疾 在押 下落不明 涉外".split(),
    materials=[
        c.Material(name="起诉状", pages=2, original=True),
        c.Material(name="当事人身份证明", pages=2, original=False),
        c.Material(name="送达地址确认书", pages=2, original=True),
        c.Material(name="证据目录及证据", pages=7, original=False),
        c.Material(name="调解终结书", pages=1, original=True),
        c.Material(name="无争议事实记载表", pages=1, original=True),
        c.Material(name="争议焦点说明", pages=1, original=True),
        c.Material(name="程序适用同意书", present=False),
        c.Material(name="授权委托手续", present=False),
        c.Material(name="时效与保全情况说明", pages=1, original=True),
        c.Material(name="风险及特别情况提示", present=False),
    ],
    handler="邓晓雯",
    phone="0791-85000036",
)
CONFIRMATION = c.ConfirmationApplication(
    court=COURT,
    court_ground="调解组织所在地和各申请人住所地均在南昌县，本纠纷由调解组织自行受理、调解，各申请人共同选择向贵院提出申请",
    agreement_number="（2026）南民调字第12号",
    duties=STONE_DUTIES,
    attachments=[
        "人民调解协议书1份",
        "调解组织主持调解的证明1份",
        "龚喆、阿卜杜拉·买买提居民身份证复印件各1份",
        "南昌县禾润装饰工程有限公司营业执照复印件、法定代表人身份证明各1份",
        "授权委托书、律师执业证复印件、律所函各1份",
        "送达地址确认书3份",
        "财产权利证明：无",
    ],
)
PROOF = c.MediationProof(
    court=COURT,
    agreement_number="（2026）南民调字第12号",
    place="第三调解室",
    contact="涂慧芳",
    phone="0791-85000012",
)
SERVICE = c.ServiceAddress(
    party=1,
    postcode="330201",
    address="江西省南昌县向塘镇新村路6号",
    receiver="阿卜杜拉·买买提",
    phone="19100000035",
    collector="龚喆",
    collector_relation="合伙经营人",
    collector_id_number="360199198607190011",
    collector_phone="19100000012",
    consents_electronic=True,
    mobile="19100000035",
    email="无",
    platform="人民法院在线服务（以本人手机号码登录）",
)

COMMISSIONED = replace(LOAN, basis="commissioned", court_name=COURT, court_number="（2026）赣0121诉前调208号")

FULL = {
    "receipt": settled("南矛调收〔2026〕417号", RECEIPT),
    "not_accepted": failed(
        "南矛调不受〔2026〕3号", NOT_ACCEPTED, case=replace(LOAN, accepted_on=None, ended_on=None),
        issued_on="2026-04-14",
    ),
    "correction_notice": settled("南矛调登更〔2026〕2号", CORRECTION, issued_on="2026-02-11"),
    "application": settled(None, APPLICATION),
    "register": settled(STONE.number, REGISTER),
    "rights_notice": settled(STONE.number, RIGHTS_NOTICE),
    "session_record": settled(STONE.number, RECORD),
    "agreement": settled(STONE.number, AGREEMENT, issued_on="2026-03-02"),
    "oral_agreement": failed("（2026）南民调字第31号", ORAL, case=replace(LOAN, agreed_on="2026-05-12", ended_on=None)),
    "termination": failed(LOAN.number, TERMINATION, issued_on="2026-05-12"),
    "undisputed_facts": failed(LOAN.number, UNDISPUTED),
    "court_report": failed(
        "南联调报〔2026〕6号", COURT_REPORT, track="judicial", body=STUDIO, case=COMMISSIONED, issued_on="2026-05-12"
    ),
    "quick_trial_referral": failed("南矛调函〔2026〕12号", REFERRAL, issued_on="2026-05-13"),
    "confirmation_application": settled(STONE.number, CONFIRMATION),
    "mediation_proof": settled("南民调证〔2026〕5号", PROOF, issued_on="2026-03-04"),
    "service_address": settled(STONE.number, SERVICE),
}
