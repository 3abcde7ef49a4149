"""What each kind of paper says in the invented case that settings show it with: a ditch between two neighbours."""

from datetime import date, timedelta

from mediation.casefile.papers import contract as c

NO, NAME, OTHER = "没有", "张三", "李四"
NUMBER = "（2026）示例第1号"
DUTIES = [
    c.Duty(
        kind="pay", what="厨房墙脚损失", obligors=[OTHER], obligees=[NAME], amount_fen=260_000, due_on="2026-12-31",
        manner="现金",
    ),
    c.Duty(kind="do", what="把水沟沟面恢复到原来的高度", obligors=[OTHER], obligees=[NAME], due_on="2026-12-20"),
    c.Duty(kind="term", what="水沟由两家共用，任何一方不得再垫高"),
]
AGENT = c.Agent(
    name="孙七", capacity="律师", workplace="示例律师事务所", licence="10000000000000000", authority="特别授权",
    powers=["进行和解，签署调解协议"],
)
EVIDENCE = [
    c.EvidenceLine(name="水沟照片", kind="书证", by=NAME, on="2026-01-05", pages=3, proves="沟面被垫高"),
    c.EvidenceLine(name="修墙收据", kind="书证", by=NAME, on="2026-01-05", original=True, pages=1, proves="损失2600元"),
]
MATERIAL = c.Material(name="调解申请书", copies=1, pages=1, original=True)
SHEET = c.DossierSheet(
    title="张三与李四相邻排水纠纷", category="人民调解",
    lines=[c.PackLine(name="调解申请书", pages="1"), c.PackLine(name="受理登记表", pages="2")],
)
POWERS = [
    c.Power(name="参加调解", given=True), c.Power(name="进行和解，签署调解协议", given=True, special=True),
    c.Power(name="提起反诉或者上诉", given=False, special=True),
]
CONTACT = {"contact": "赵六", "phone": "0000-00000000"}


def details(kind: str, on: date):
    """Return the details of an invented paper of a kind on a day."""
    late, at = on + timedelta(days=30), f"{on}T09:42"
    both = [c.Consent(name=name, on=on) for name in (NAME, OTHER)]
    return {
        "receipt": lambda: c.Receipt(
            received_at=at, visitors=[NAME], matter="相邻排水纠纷，申请调解", query_code="XXXX-XXXX-XXXX",
            query_url="https://example.invalid/", window="窗口", clerk="王五", answer_working_days=3,
            answer_by=on + timedelta(days=3), materials=[c.Material(name="身份证", copies=1, pages=1, original=False)],
        ),
        "not_accepted": lambda: c.NotAccepted(
            ground="一方明确拒绝调解", ways=["向人民法院起诉", "各方都同意调解以后，可以再来申请"], clerk="王五"
        ),
        "correction_notice": lambda: c.CorrectionNotice(
            lines=[c.CorrectedLine(
                paper="调解申请书", number=NUMBER, issued_on=on, what="姓名、名称", was="张山", now=NAME
            )],
            reason="核对身份证原件", clerk="王五",
        ),
        "application": lambda: c.Application(claims=["恢复沟面", "赔偿厨房墙脚损失2600元"]),
        "register": lambda: c.Register(
            registered_by="王五", accepted_by="周八", bases=["依当事人申请", "主动调解"], basis="依当事人申请",
            types=["邻里", "婚姻家庭", "合同"], people=2, risks=["未发现风险", "有风险"], risk="未发现风险",
            screening="五问均无", transfer="否",
        ),
        "rights_notice": lambda: c.RightsNotice(period_days=30, period_ends_on=late),
        "session_record": lambda: c.SessionRecord(
            session=1, starts_at=at, ends_at=f"{on}T11:00", place="第一调解室", manner="当面", recorder="王五",
            attendance=[c.Attendance(name=NAME, capacity="申请人"), c.Attendance(name=OTHER, capacity="被申请人")],
            rights_replies=[c.Reply(who="各方", text="听清了，同意调解")],
            recusal_replies=[c.Reply(who="各方", text="不申请")],
            statements=[c.Reply(who=NAME, text="水倒灌进厨房"), c.Reply(who=OTHER, text="愿意恢复沟面")],
            results=["达成协议", "继续调解", "终止调解"], result="达成协议",
        ),
        "agreement": lambda: c.Agreement(duties=DUTIES, copies=3),
        "oral_agreement": lambda: c.OralAgreement(
            duties=DUTIES, place="示例村村委会", performances=["当场履行", "分期履行", "尚未履行"],
            performance="尚未履行",
        ),
        "termination": lambda: c.Termination(
            reasons=["一方明确拒绝调解", "分歧较大，难以达成协议"], reason="分歧较大，难以达成协议"
        ),
        "undisputed_facts": lambda: c.UndisputedFacts(
            recorded_on=on, consents=both, facts=[c.Fact(text="沟面现在比原来高20厘米", evidence="照片")],
            disputed=["损失多少"],
        ),
        "court_report": lambda: c.CourtReport(
            received_on=on - timedelta(days=20), succeeded=False, failure="分歧较大，难以达成协议", course="调解一次。",
            materials=[MATERIAL],
        ),
        "quick_trial_referral": lambda: c.QuickTrialReferral(
            addressee="人民法院速裁团队", claims=[c.Claim(text="赔偿损失", amount_fen=260_000)], procedure="简易程序",
            procedure_key="simple", procedure_reason="事实清楚", consents=[], issues=["损失多少"], arbitration=NO,
            preservation=NO, evidence_loss=NO, flags=[], handler="王五", phone="", materials=[MATERIAL],
        ),
        "confirmation_application": lambda: c.ConfirmationApplication(
            court="示例县人民法院", court_ground="调解组织所在地在示例县", agreement_number=NUMBER, duties=DUTIES,
            attachments=["调解协议书1份", "身份证明"],
        ),
        "mediation_proof": lambda: c.MediationProof(
            court="示例县人民法院", agreement_number=NUMBER, place="第一调解室", **CONTACT
        ),
        "service_address": lambda: c.ServiceAddress(
            party=0, postcode="000000", address="示例镇示例村1组", receiver=NAME, phone="13900000000",
            consents_electronic=False,
        ),
        "inquiry_record": lambda: c.InquiryRecord(
            starts_at=at, place="示例村", inquirers=["赵六"], recorder="王五", name="钱九", relation="邻居",
            exchange=[c.QuestionAnswer(question="水沟什么时候垫高的？", answer="去年冬天。")],
        ),
        "evidence_list": lambda: c.EvidenceList(lines=EVIDENCE),
        "return_visit": lambda: c.ReturnVisit(
            agreement_number=NUMBER, reason="了解履行情况", on=on, manner="上门", visited=[NAME, OTHER], visitor="赵六",
            performance=[c.Reply(who=duty.what, text="履行完毕") for duty in DUTIES[:2]], told="水沟已恢复。",
            satisfaction="满意",
        ),
        **{
            sheet: (lambda: SHEET)
            for sheet in ("dossier_cover", "dossier_contents", "dossier_remarks", "dossier_back")
        },
        "mediation_notice": lambda: c.MediationNotice(party=1, starts_at=at, place="第一调解室", **CONTACT),
        "recusal_statement": lambda: c.RecusalStatement(
            mediator="赵六", answers=[c.Reply(who="是不是一方当事人的近亲属？", text="否")], declared_on=on
        ),
        "pause_consent": lambda: c.PauseConsent(kind="extend", reason="等待雨天现场查看", until_on=late),
        "unsuitable_notice": lambda: c.UnsuitableNotice(
            ground="一方当事人不同意调解", ways=["向有管辖权的人民法院起诉"]
        ),
        "performance_reminder": lambda: c.PerformanceReminder(
            party=1, agreement_number=NUMBER, **CONTACT,
            lines=[c.OwedLine(place=1, what="支付厨房墙脚损失", due_on=on, amount_fen=260_000)],
        ),
        "enforcement_guide": lambda: c.EnforcementGuide(
            agreement_number=NUMBER, court="示例县人民法院", court_no="（2026）示0000诉前调确1号", ruled_on=on,
            lines=[c.OwedLine(place=1, what="支付厨房墙脚损失", due_on=on, amount_fen=260_000)],
            performance_ends_on=on, last_on=late, **CONTACT,
        ),
        "risk_report": lambda: c.RiskReport(
            kind="可能激化，报告公安机关或其他部门", addressee="示例派出所", learnt_at=at, reporter="赵六"
        ),
        "proposal": lambda: c.Proposal(consents=both, duties=DUTIES),
        "commission_receipt": lambda: c.CommissionReceipt(
            received_on=on, materials=[MATERIAL], accepts=True, due_on=late, **CONTACT
        ),
        "ruling_draft": lambda: c.RulingDraft(
            outcome="confirmed", court="示例县人民法院", agreement_number=NUMBER, duties=DUTIES, filed_on=on
        ),
        "power_of_attorney": lambda: c.PowerOfAttorney(
            party=0, powers=POWERS, special=True, credentials=["律师执业证复印件", "律师事务所函"]
        ),
        "complaint": lambda: c.Complaint(
            court="示例县人民法院", claims=[c.Claim(text="赔偿损失", amount_fen=260_000)], evidence=EVIDENCE
        ),
        "defence": lambda: c.Defence(party=1, court="示例县人民法院"),
        "acceptance_notice": lambda: c.AcceptanceNotice(period_ends_on=late, **CONTACT),
        "police_settlement": lambda: c.PoliceSettlement(
            police="示例派出所", agreement_number=NUMBER, performed_on=on, proof="收条"
        ),
    }[kind]()
