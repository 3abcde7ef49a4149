"""Who and what the invented cases are about: a works contract that settles, a loan that fails."""

from mediation.casefile.papers import contract as c

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
        ("civil_procedure.enforcement", CPL, "第二百五十条"),
        ("civil_procedure.simple", CPL, "第一百六十条"),
        ("civil_procedure.small_claims", CPL, "第一百六十五条"),
        ("civil_code.interruption", "中华人民共和国民法典", "第一百九十五条"),
        ("labour_arbitration.order", "中华人民共和国劳动争议调解仲裁法", "第五条"),
        ("labour_arbitration.limit", "中华人民共和国劳动争议调解仲裁法", "第二十七条"),
        ("land.title", "中华人民共和国土地管理法", "第十四条"),
        ("forest.title", "中华人民共和国森林法", "第二十二条"),
        ("people_mediation.escalation", PMC, "第二十五条"),
        ("civil_procedure.authority", CPL, "第六十二条"),
        (
            "civil_procedure_interpretation.special_authority",
            "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释",
            "第八十九条",
        ),
        (
            "diversified.no_objection",
            "最高人民法院关于人民法院进一步深化多元化纠纷解决机制改革的意见",
            "第二十四条",
        ),
        *(
            (
                f"civil_procedure_interpretation.{key}",
                "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释",
                f"第三百五十{digit}条",
            )
            for key, digit in (
                ("confirmation_not_accepted", "五"), ("confirmation_withdrawal", "七"), ("confirmation_dismissal", "八")
            )
        ),
        ("public_security.mediation", "中华人民共和国治安管理处罚法", "第九条"),
        ("public_security.settled", "中华人民共和国治安管理处罚法", "第九条第四款"),
        ("road_traffic.mediation", "中华人民共和国道路交通安全法", "第七十四条"),
        ("labour_arbitration.after_agreement", "中华人民共和国劳动争议调解仲裁法", "第十五条"),
        ("labour_arbitration.payment_order", "中华人民共和国劳动争议调解仲裁法", "第十六条"),
        ("medical.confirmation", "医疗纠纷预防和处理条例", "第三十九条"),
        ("petitions.mediation", "信访工作条例", "第三十三条"),
    )
]
PERIODS = {"JC-01": 30, "JM-14": 7, "AM-08": 1, "AM-14": 30}
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
