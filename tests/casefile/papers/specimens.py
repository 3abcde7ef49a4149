"""Invented cases to print: two that settle and two that fail, and an awkward one. Nobody of this name exists here."""

from dataclasses import replace

from mediation.casefile.papers import contract as c
from mediation.casefile.papers.forms import (
    CONTENTS,
    GROUP_CONSENT,
    GROUP_ELECTION,
    GROUP_LIST,
    GROUP_REPORT,
    NUMBERS,
)

PMC = "中华人民共和国人民调解法"
CPL = "中华人民共和国民事诉讼法"
CITATIONS = [
    c.Citation(key=key, law=law, article=article)
    for key, law, article in (
        ("people_mediation.principles", PMC, "第三条"),
        ("people_mediation.free", PMC, "第四条"),
        ("people_mediation.rights", PMC, "第二十三条"),
        ("people_mediation.duties", PMC, "第二十四条"),
        ("people_mediation.start", PMC, "第十七条"),
        ("people_mediation.end", PMC, "第二十六条"),
        ("people_mediation.oral", PMC, "第三十条"),
        ("people_mediation.binding", PMC, "第三十一条"),
        ("people_mediation.dispute", PMC, "第三十二条"),
        ("people_mediation.confirmation", PMC, "第三十三条"),
        ("civil_procedure.confirmation", CPL, "第二百零五条"),
        ("civil_procedure.confirmation_ruling", CPL, "第二百零六条"),
        ("civil_procedure.simple", CPL, "第一百六十条"),
        ("civil_procedure.small_claims", CPL, "第一百六十五条"),
        ("civil_code.interruption", "中华人民共和国民法典", "第一百九十五条"),
        ("labour_arbitration.order", "中华人民共和国劳动争议调解仲裁法", "第五条"),
        ("labour_arbitration.limit", "中华人民共和国劳动争议调解仲裁法", "第二十七条"),
        ("land.title", "中华人民共和国土地管理法", "第十四条"),
        ("forest.title", "中华人民共和国森林法", "第二十二条"),
    )
]
PERIODS = {"JC-01": 30, "AM-08": 1, "AM-14": 30}
CENTRE = c.Centre(
    name="南昌县社会矛盾纠纷多元化解中心",
    phone="0791-85000036",
    address="江西省南昌县莲塘镇澄碧路66号一楼三号窗口",
)
COMMITTEE = c.Body(
    name="南昌县人民调解委员会",
    record_number="南司调备〔2019〕1号",
    address="江西省南昌县莲塘镇澄碧路66号",
    phone="0791-85000012",
)
STUDIO = c.Body(name="南昌县诉前联合调解服务中心", record_number="赣南调备〔2021〕3号", phone="0791-85000077")
BUREAU = c.Body(name="南昌县市场监督管理局消费争议调解办公室", record_number="南市监〔2020〕8号", phone="0791-85000088")
COURT = "南昌县人民法院"
MEDIATORS = [
    c.Mediator(name="涂慧芳", number="南民调0017", presides=True),
    c.Mediator(name="熊建国", number="南民调0042"),
]

# --- a works contract that settles ---

GONG = c.Person(
    standing="applicant",
    name="龚喆",
    sex="男",
    birth_on="1986-07-19",
    ethnicity="汉族",
    occupation="个体石材经营者",
    address="江西省南昌县莲塘镇桃园路18号3栋502室",
    id_number="360199198607190011",
    phone="19100000012",
)
ABDULLA = c.Person(
    standing="applicant",
    name="阿卜杜拉·买买提",
    sex="男",
    birth_on="1990-11-03",
    ethnicity="维吾尔族",
    occupation="石材安装工",
    address="江西省南昌县向塘镇新村路6号",
    id_number="653199199011030013",
    phone="19100000035",
)
LAWYER = c.Agent(
    name="万秋燕",
    sex="女",
    capacity="律师",
    workplace="江西澄湖律师事务所",
    licence="13601202010000000",
    phone="19100000058",
    authority="特别授权",
    powers=["代为承认、变更、放弃请求", "进行和解", "签署调解协议", "申请司法确认", "代收文书"],
)
COMPANY = c.Organisation(
    standing="respondent",
    name="南昌县禾润装饰工程有限公司",
    credit_code="91360199MA000A12B8",
    address="江西省南昌县莲塘镇创业路9号",
    head="熊志远",
    head_post="董事",
    phone="19100000046",
    agents=[LAWYER],
)
STONE = c.Case(
    number="（2026）南民调字第12号",
    register_number="南矛调收〔2026〕417号",
    cause="承揽合同纠纷",
    dispute_type="合同",
    source="当事人申请（来访）",
    summary="龚喆、阿卜杜拉·买买提称：2025年8月6日与南昌县禾润装饰工程有限公司签订石材加工安装合同，工程于2025年10月28日验收，"
    "对方尚欠加工安装款86000元，多次催要未付，请求调解付款。",
    facts="2025年8月6日，甲方承揽乙方餐饮楼工程的石材台面加工、安装，工程于同年10月28日验收，乙方尚欠86000元。"
    "乙方认为一层、二层服务台各有一处接缝不平，应先整修再付款；甲方认为应先付款。",
    amount_fen=8600000,
    applied_on="2026-02-09",
    accepted_on="2026-02-10",
    agreed_on="2026-03-02",
    effective_on="2026-03-02",
)
MAKERS = ["龚喆", "阿卜杜拉·买买提"]
BUYER = ["南昌县禾润装饰工程有限公司"]
STONE_DUTIES = [
    c.Duty(
        kind="pay",
        what="加工安装款",
        obligors=BUYER,
        obligees=MAKERS,
        amount_fen=8600000,
        instalments=[
            c.Instalment(due_on="2026-03-31", amount_fen=3000000),
            c.Instalment(due_on="2026-04-30", amount_fen=3000000),
            c.Instalment(due_on="2026-05-29", amount_fen=2600000),
        ],
        manner="转账至账号622200000000012（户名龚喆，开户行江西澄湖农村商业银行莲塘支行），款到即视为已向二人支付",
        breach="任何一期逾期或者未足额付款的，未付款项全部提前到期，并自逾期次日起至付清之日止，"
        "以未付款项为基数按每日万分之三支付违约金",
    ),
    c.Duty(
        kind="do",
        what="将上述两处接缝整修平整（高低差不超过1毫米），费用自负",
        obligors=MAKERS,
        obligees=BUYER,
        due_on="2026-04-10",
        manner="上门整修，乙方当日书面签收",
    ),
    c.Duty(kind="term", what="以上义务履行完毕后，各方就本纠纷再无争议。"),
]
TYPES = (
    "婚姻家庭 邻里 房屋宅基地 合同 生产经营 损害赔偿 山林土地 征地拆迁 环境污染 "
    "拖欠农民工工资 劳动争议 旅游 电子商务 消费 医疗 道路交通事故 物业 其他"
).split()
REASONS = [
    "一方明确拒绝调解",
    "申请人撤回申请",
    "分歧较大，难以达成协议",
    "无法联系当事人",
    "期限届满未达成协议，也没有同意延长",
    "一方拒绝签字",
    "一方不接受指定的调解员，视为不同意调解",
    "其他机关已受理",
    "发现虚假调解",
    "其他",
]

# --- a loan that fails ---

CHEN = c.Person(
    standing="applicant",
    name="陈𬀩",
    sex="男",
    birth_on="1979-11-25",
    ethnicity="汉族",
    occupation="个体经营者",
    address="江西省南昌县武阳镇前街22号",
    id_number="360199197911250037",
    phone="19100000061",
)
HU = c.Person(
    standing="respondent",
    name="胡建平",
    sex="男",
    birth_on="1982-04-07",
    ethnicity="汉族",
    occupation="货运司机",
    address="江西省南昌县塘南镇新联村45号",
    id_number="360199198204070058",
    phone="19100000073",
)
LOAN = c.Case(
    number="（2026）南民调字第31号",
    cause="民间借贷纠纷",
    dispute_type="合同",
    source="当事人申请（来访）",
    summary="陈𬀩称：胡建平2023年12月28日借款50000元，仅还8000元，请求归还余款。",
    facts="胡建平向陈𬀩借款50000元，已还8000元。",
    amount_fen=4200000,
    applied_on="2026-04-13",
    accepted_on="2026-04-14",
    ended_on="2026-05-12",
)


def settled(number: str | None, details: c.Details, **changes) -> c.Values:
    """The works contract; ``changes`` replace blocks."""
    blocks = {
        "track": "peoples",
        "centre": CENTRE,
        "body": COMMITTEE,
        "case": STONE,
        "parties": [GONG, ABDULLA, COMPANY],
        "mediators": MEDIATORS,
        "sessions": [
            c.Session(on="2026-02-26", place="第三调解室", manner="当面"),
            c.Session(on="2026-03-02", place="第三调解室", manner="当面"),
        ],
        "citations": CITATIONS,
        "periods": PERIODS,
    }
    return c.Values(number=number, details=details, **(blocks | changes))


def failed(number: str | None, details: c.Details, **changes) -> c.Values:
    """The loan; ``changes`` replace blocks."""
    sessions = [
        c.Session(on="2026-04-20", place="第一调解室", manner="当面"),
        c.Session(on="2026-04-29", place="第一调解室", manner="视频"),
    ]
    return settled(number, details, **({"case": LOAN, "parties": [CHEN, HU], "sessions": sessions} | changes))


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

PACK = c.PackContents(
    court=COURT,
    agreement_number="（2026）南民调字第12号",
    pages=9,
    lines=[
        c.PackLine(name="司法确认申请书", number="南矛调确〔2026〕3号", pages="1—4", remark="各申请人签名或者盖章"),
        c.PackLine(
            name="调解协议书", number="（2026）南民调字第12号", pages="5—7", remark="当事人、调解员签名，调解组织盖章"
        ),
        c.PackLine(name="调解组织主持调解的证明", number="南民调证〔2026〕5号", pages="8", remark="调解组织盖章"),
        c.PackLine(
            name="送达地址确认书（阿卜杜拉·买买提）", number="南矛调送〔2026〕5号", pages="9", remark="受送达人签名"
        ),
        c.PackLine(name="送达地址确认书（龚喆）", remark="尚未出具"),
        c.PackLine(name="身份证复印件", remark="另附"),
    ],
)

# --- awkward ones ---

MINOR = c.Person(
    standing="applicant",
    name="李䶮",
    sex="女",
    birth_on="2015-05-20",
    ethnicity="汉族",
    address="江西省南昌县塘南镇新联村45号",
    id_number="360199201505200023",
    guardians=[c.Guardian(name="李㛃", relation="母亲", id_number="360199198803150026", phone="19100000080")],
)
LONG_COMPANY = c.Organisation(
    standing="respondent",
    name="江西省澄湖流域生态环境综合治理与乡村振兴建设投资集团南昌县分公司",
    credit_code="91360199MA000B34C1",
    address="江西省南昌县莲塘镇澄湖中路188号澄湖总部经济大厦B座二十一层2101至2108室",
    head_title="负责人",
    head="欧阳明远",
    head_post="分公司经理",
    phone="0791-85000099",
    agents=[replace(LAWYER, name="慕容静姝"), replace(LAWYER, name="司马云飞", sex="男", phone="19100000059")],
)
INSURER = c.Organisation(
    standing="third_party",
    name="澄湖财产保险股份有限公司南昌县支公司",
    credit_code="91360199MA000C56D2",
    address="江西省南昌县莲塘镇五一路20号",
    head_title="负责人",
    head="龚自珍",
    head_post="经理",
    phone="0791-85000098",
)
CROWD = [MINOR, CHEN, ABDULLA, LONG_COMPANY, INSURER]
STORY = (
    "2026年8月14日19时许，李䶮在塘南镇文化广场东侧步道骑自行车，行至施工围挡转弯处时，因围挡外侧堆放的管材未设警示灯，"
    '连人带车摔倒，造成左前臂骨折，同行的陈𬀩和阿卜杜拉·买买提上前搀扶时一并被滑落的管材砸伤。<img src="http://127.0.0.1/x.png">'
    "事发后三人送南昌县人民医院治疗，花费医疗费若干。{{ 7*7 }}\n"
)
CROWD_CASE = replace(
    STONE,
    number="（2026）南民调字第208号",
    cause="地面施工、地下设施损害责任纠纷",
    dispute_type="损害赔偿",
    summary=STORY * 12,
    facts=STORY * 12,
    amount_fen=10005005,
)
CROWD_DUTIES = [
    c.Duty(
        kind="pay",
        what="医疗费、护理费、营养费、交通费合计",
        obligors=[LONG_COMPANY.name],
        obligees=["李䶮", "陈𬀩", "阿卜杜拉·买买提"],
        amount_fen=10005005,
        due_on="2026-12-31",
        manner="转账至三人各自提供的银行账户",
    ),
    c.Duty(kind="term", what="李䶮的户籍随母亲李㛃登记", confirmable=False),
    c.Duty(
        kind="do",
        what="将赔偿所需的保险理赔材料一次交齐",
        obligors=["李䶮", "陈𬀩", "阿卜杜拉·买买提"],
        obligees=[INSURER.name],
        due_on="2026-12-10",
    ),
]


def crowd(details: c.Details, number: str | None = "（2026）南民调字第208号", **changes) -> c.Values:
    """Five parties, a minor, rare names, a long and hostile story."""
    return settled(number, details, **({"case": CROWD_CASE, "parties": CROWD} | changes))


AWKWARD = {
    "receipt": crowd(replace(RECEIPT, visitors=[who.name for who in CROWD], materials=[], answer_is_provisional=True)),
    "not_accepted": crowd(
        replace(NOT_ACCEPTED, ground="其他", words="双方已约定由仲裁委员会处理", articles=[]),
        number="南矛调不受〔2026〕4号",
    ),
    "correction_notice": crowd(replace(CORRECTION, lines=CORRECTION.lines * 4), number="南矛调登更〔2026〕3号"),
    "application": crowd(replace(APPLICATION, is_medical=True), track="administrative", body=BUREAU, draft=True),
    "register": crowd(replace(REGISTER, referred_by="南昌县公安局塘南派出所", basis="接受委托移送"), mediators=[]),
    "rights_notice": crowd(
        replace(RIGHTS_NOTICE, party=None, period_is_provisional=True),
        track="judicial",
        body=STUDIO,
        case=replace(CROWD_CASE, basis="commissioned", court_name=COURT),
    ),
    "session_record": crowd(
        replace(RECORD, statements=[c.Reply(who="李㛃", text=STORY * 8), c.Reply(who="慕容静姝", text=STORY * 8)]),
    ),
    "agreement": crowd(replace(AGREEMENT, duties=CROWD_DUTIES, copies=6), draft=True),
    "oral_agreement": crowd(
        replace(ORAL, duties=CROWD_DUTIES), track="administrative", body=BUREAU, issued_on="2026-09-30"
    ),
    "termination": crowd(
        replace(TERMINATION, path="labour", reason="其他", other_reason="被申请人要求由劳动人事争议仲裁委员会处理"),
        sessions=[],
        case=replace(CROWD_CASE, cause="追索劳动报酬纠纷", ended_on="2026-10-12"),
    ),
    "undisputed_facts": crowd(
        replace(
            UNDISPUTED,
            consents=[c.Consent(name=who.name, on="2026-10-12") for who in CROWD],
            facts=[c.Fact(text=STORY, evidence="现场照片、监控录像")] * 6,
            disputed=[],
        )
    ),
    "court_report": crowd(
        replace(COURT_REPORT, succeeded=True, agreement_number="（2026）南诉调字第9号", asks_confirmation=True),
        track="judicial",
        body=STUDIO,
        case=replace(CROWD_CASE, basis="entrusted", court_name=COURT, court_number="（2026）赣0121民初2208号"),
    ),
    "quick_trial_referral": crowd(
        replace(
            REFERRAL,
            procedure="简易程序",
            procedure_key="simple",
            wage=None,
            unmediated_reason="被申请人明确表示不接受调解",
            limitation_on=None,
            raised=["未成年人", "语言翻译"],
        ),
        number="南矛调函〔2026〕13号",
    ),
    "confirmation_application": crowd(
        replace(CONFIRMATION, duties=CROWD_DUTIES, agreement_number="（2026）南诉调字第9号"),
        track="judicial",
        body=STUDIO,
        case=replace(CROWD_CASE, basis="commissioned", court_name=COURT),
    ),
    "mediation_proof": crowd(
        replace(PROOF, recusal="涂慧芳与李㛃系同村居民，已向各方说明，各方书面同意由其继续调解"),
        track="judicial",
        body=STUDIO,
        case=replace(CROWD_CASE, basis="commissioned", court_name=COURT, court_number="（2026）赣0121诉前调908号"),
        number="南联调证〔2026〕9号",
    ),
    "service_address": crowd(
        replace(
            SERVICE,
            party=3,
            address=c.HANDWRITE,
            receiver=c.HANDWRITE,
            collector=None,
            collector_relation=None,
            collector_id_number=None,
            collector_phone=None,
            consents_electronic=False,
            is_confidential=True,
        ),
        handwritten=["䶮"],
    ),
}

# printed with a pack, but no papers
GROUP = c.GroupSheet(
    side="申请人",
    people=12,
    listed=3,
    lines=[
        c.GroupLine(
            position=1, name="龚喆", id_number="360199198607190011", phone="19100000012", place="水电班",
            amount_fen=1_520_000, speaks=True,
        ),
        c.GroupLine(position=2, name="阿卜杜拉·买买提", phone="19100000035", amount_fen=1_480_050),
        c.GroupLine(position=3, name="欧阳文"),
    ],
    representatives=["龚喆"],
    most=5,
    total_fen=18_000_000,
    proposal="公司12月31日前付清欠薪的六成。\n余款分两个月付清，大家不再要求利息。",
    claims="付清十二个人的工资。",
    learnt_at="2026-11-23T08:05",
    place="莲塘镇安置房工地",
    reasons=["5人以上"],
    handler="涂慧芳",
)
GROUPS = (GROUP_LIST, GROUP_ELECTION, GROUP_CONSENT, GROUP_REPORT)
BESIDE = {kind: settled("南矛调确〔2026〕3号", PACK) for kind in (CONTENTS, NUMBERS)}
BESIDE |= {kind: settled(STONE.number, GROUP) for kind in GROUPS}
