"""The papers beside the road: notices, records, drafts for the court, the sheets of a file."""

from mediation.casefile.papers import contract
from mediation.casefile.papers.formkinds import Copies, Form
from mediation.ground.choices import N_

EACH = Copies(each_party=1)
TO_COURT = Copies(court=1)

FORMS = (
    Form("inquiry_record", N_("调查记录"), "1.3", contract.InquiryRecord),
    Form("evidence_list", N_("证据材料目录"), "1.4", contract.EvidenceList, copies=TO_COURT),
    Form(
        "return_visit", N_("回访记录"), "1.8", contract.ReturnVisit, peoples_citations=("people_mediation.binding",)
    ),
    Form("dossier_cover", N_("卷宗封面"), "1.9", contract.DossierSheet),
    Form("dossier_contents", N_("卷内目录"), "1.9", contract.DossierSheet),
    Form("dossier_remarks", N_("卷宗情况说明"), "1.9", contract.DossierSheet),
    Form("dossier_back", N_("卷宗封底"), "1.9", contract.DossierSheet),
    Form("mediation_notice", N_("调解通知书"), "1.10", contract.MediationNotice, copies=EACH),
    Form(
        "recusal_statement", N_("调解员回避声明"), "1.10", contract.RecusalStatement,
        peoples_citations=("people_mediation.rights",),
    ),
    Form("pause_consent", N_("中止、延期同意书"), "1.10", contract.PauseConsent),
    Form(
        "unsuitable_notice", N_("不宜调解告知书"), "1.10", contract.UnsuitableNotice, copies=EACH,
        citations=("civil_code.interruption",), peoples_citations=("people_mediation.principles",),
    ),
    Form(
        "performance_reminder", N_("督促履行通知"), "1.10", contract.PerformanceReminder, copies=EACH,
        peoples_citations=("people_mediation.binding", "people_mediation.dispute"),
    ),
    Form(
        "enforcement_guide", N_("申请强制执行须知"), "4", contract.EnforcementGuide, copies=EACH,
        citations=("civil_procedure.confirmation_ruling", "civil_procedure.enforcement"),
    ),
    Form(
        "risk_report", N_("风险报告单"), "1.10", contract.RiskReport, copies=TO_COURT,
        peoples_citations=("people_mediation.escalation",),
    ),
    Form(
        "proposal", N_("调解方案"), "2.3", contract.Proposal, copies=EACH, blocks="full",
        citations=("diversified.no_objection", "civil_procedure.confirmation"),
        peoples_citations=("people_mediation.confirmation",), periods=("JM-14", "JC-01"),
    ),
    Form("commission_receipt", N_("委派委托调解接收回执"), "2.4", contract.CommissionReceipt, copies=TO_COURT),
    Form(
        "ruling_draft", N_("民事裁定书代拟稿"), "3.4", contract.RulingDraft, copies=Copies(body=0, court=1),
        blocks="full",
        citations=("civil_procedure.confirmation_ruling",),
    ),
    Form(
        "power_of_attorney", N_("授权委托书"), "3.7", contract.PowerOfAttorney, copies=TO_COURT,
        citations=("civil_procedure.authority", "civil_procedure_interpretation.special_authority"),
    ),
    Form("complaint", N_("起诉状"), "3.8", contract.Complaint, copies=Copies(body=0, court=1), blocks="suit"),
    Form("defence", N_("答辩状"), "3.8", contract.Defence, copies=Copies(body=0, court=1)),
    Form("acceptance_notice", N_("受理通知书"), "4", contract.AcceptanceNotice, copies=EACH),
    Form(
        "police_settlement", N_("治安案件和解认可申请书"), "4", contract.PoliceSettlement, copies=TO_COURT,
        citations=("public_security.settled",),
    ),
)
