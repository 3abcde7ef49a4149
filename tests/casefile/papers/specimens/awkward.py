"""The same papers for an awkward case: five parties, a minor, rare names, a long and hostile story."""

from dataclasses import replace

from mediation.casefile.papers import contract as c
from tests.casefile.papers.specimens.base import ABDULLA, BUREAU, CHEN, COURT, LAWYER, STONE, STUDIO, settled
from tests.casefile.papers.specimens.road import (
    AGREEMENT,
    APPLICATION,
    CONFIRMATION,
    CORRECTION,
    COURT_REPORT,
    NOT_ACCEPTED,
    ORAL,
    PROOF,
    RECEIPT,
    RECORD,
    REFERRAL,
    REGISTER,
    RIGHTS_NOTICE,
    SERVICE,
    TERMINATION,
    UNDISPUTED,
)

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
