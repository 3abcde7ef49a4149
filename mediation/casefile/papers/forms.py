"""The kinds of paper: name, number in the list of forms, size, copies, version of the template in use.

A new wording gets a new template file and a higher ``version``; papers already issued keep theirs.
"""

import hashlib
from collections.abc import Mapping

from mediation.casefile.papers import companionforms, contract
from mediation.casefile.papers.formkinds import Copies, Form
from mediation.ground.choices import N_

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base 32 without I, L, O and U, which are misread
HASH_BITS = 60
CONTENTS, NUMBERS = "pack_contents", "pack_numbers"  # printed with a pack, but no papers: neither issued nor kept
PACK_LIST = "pack_list"  # before many packs in one file
GROUP_LIST, GROUP_ELECTION = "group_list", "group_election"  # likewise: what many people sign, what is reported first
GROUP_CONSENT, GROUP_REPORT = "group_consent", "group_report"
DOSSIER, DOSSIER_NUMBERS = "dossier", "dossier_numbers"  # printed with a bundle, no papers either
DOSSIER_FILED, DOSSIER_END = "dossier_filed", "dossier_end"  # of a file in the archive: before and after what is in it
SIGNATURE_NOTE = "signature_note"  # what is seen of an electronic signature
ARCHIVE_REGISTER = "archive_register"  # a year of a body's archive
CONFIRMATION = ("civil_procedure.confirmation", "civil_procedure.confirmation_ruling")


def _table(*forms: Form) -> dict[str, Form]:
    return {form.key: form for form in forms}


PAPERS = _table(
    Form(
        "receipt",
        N_("收件回执"),
        "",
        contract.Receipt,
        size="A5",
        copies=Copies(each_party=1, body=0),
        citations=("civil_code.interruption",),
    ),
    Form(
        "not_accepted",
        N_("不予受理告知书"),
        "1.10",
        contract.NotAccepted,
        copies=Copies(each_party=1),
        citations=("civil_code.interruption",),
        peoples_citations=("people_mediation.principles",),
    ),
    Form(
        "application",
        N_("调解申请书"),
        "1.1",
        contract.Application,
        blocks="applicants",
        citations=("civil_code.interruption",),
        peoples_citations=("people_mediation.free",),
    ),
    Form("register", N_("受理登记表"), "1.2", contract.Register),
    Form(
        "rights_notice",
        N_("权利义务告知书"),
        "1.10",
        contract.RightsNotice,
        copies=Copies(each_party=1),
        citations=CONFIRMATION,
        peoples_citations=(
            *("people_mediation.free", "people_mediation.rights", "people_mediation.duties"),
            *("people_mediation.binding", "people_mediation.dispute", "people_mediation.confirmation"),
        ),
        periods=("JC-01",),
    ),
    Form("session_record", N_("调解记录"), "1.5", contract.SessionRecord),
    Form(
        "agreement",
        N_("调解协议书"),
        "1.6",
        contract.Agreement,
        version=2,
        copies=Copies(each_party=1),
        blocks="full",
        citations=("civil_procedure.confirmation",),
        peoples_citations=("people_mediation.confirmation",),
        periods=("JC-01",),
    ),
    Form(
        "oral_agreement",
        N_("口头协议登记表"),
        "1.7",
        contract.OralAgreement,
        peoples_citations=("people_mediation.oral",),
    ),
    Form(
        "termination",
        N_("调解终结书"),
        "2.1",
        contract.Termination,
        copies=Copies(each_party=1),
        citations=("civil_code.interruption",),
        peoples_citations=("people_mediation.end",),
    ),
    Form(
        "undisputed_facts",
        N_("无争议事实记载表"),
        "2.2",
        contract.UndisputedFacts,
        copies=Copies(each_party=1, court=1),
    ),
    Form("court_report", N_("委派委托调解结果报告"), "2.5", contract.CourtReport, copies=Copies(court=1)),
    Form(
        "quick_trial_referral",
        N_("移送速裁函"),
        "2.6",
        contract.QuickTrialReferral,
        copies=Copies(court=1),
        blocks="suit",
    ),
    Form(
        "confirmation_application",
        N_("司法确认申请书"),
        "3.1",
        contract.ConfirmationApplication,
        copies=Copies(court=1),
        blocks="full",
        citations=CONFIRMATION,
        peoples_citations=("people_mediation.confirmation",),
        periods=("JC-01",),
    ),
    Form(
        "mediation_proof",
        N_("调解组织主持调解的证明"),
        "3.2",
        contract.MediationProof,
        copies=Copies(court=1),
    ),
    Form("correction_notice", N_("更正说明"), "", contract.CorrectionNotice, copies=Copies(each_party=1)),
    Form("service_address", N_("送达地址确认书"), "3.6", contract.ServiceAddress, copies=Copies(body=0, court=1)),
    *companionforms.FORMS,
)


def short_hash(number: str | None, version: int, snapshot: Mapping) -> str:
    """Return twelve signs over what a paper says: the first 60 bits of SHA-256, in base 32, grouped by four.

    Number, template version and canonical snapshot go in. Two prints with the same signs say the same.
    """
    said = contract.canonical({"number": number, "version": version, "snapshot": snapshot})
    bits = int.from_bytes(hashlib.sha256(said.encode()).digest()) >> (256 - HASH_BITS)
    signs = "".join(SIGNS[bits >> shift & 31] for shift in range(HASH_BITS - 5, -1, -5))
    return "-".join((signs[:4], signs[4:8], signs[8:]))
