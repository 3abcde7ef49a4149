"""What must be on a paper before it is issued, looked for in its snapshot. Drafts are printed without asking here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mediation.casefile.papers.contract import texts
from mediation.casefile.papers.forms import PAPERS, Form
from mediation.casefile.papers.mandatory import (
    AGREED,
    AGREEMENT_NUMBER,
    BLOCKS,
    DUTIES,
    FACTS,
    PARTY_FIELDS,
    required,
)
from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because

LONGEST_TEXT, ALL_TEXT = 20_000, 50_000  # characters; beyond them the press refuses (P18)
SPECIAL_AUTHORITY = "特别授权"
PEOPLES_LAW = "people_mediation."
BESIDES_THE_EFFECT = ("people_mediation.free", "people_mediation.rights", "people_mediation.duties")
PATH_CITATIONS = {  # of a dispute that a court takes only after somebody else
    "labour": ("labour_arbitration.order", "labour_arbitration.limit"),
    "land_title": ("land.title", "forest.title"),
    "traffic": ("road_traffic.mediation",),
}
VARIANT_CITATIONS = {  # of an agreement of part 4 of the forms
    "police": ("public_security.mediation",), "police_case": ("public_security.settled",),
    "traffic": ("road_traffic.mediation",),
    "labour": ("labour_arbitration.after_agreement", "labour_arbitration.payment_order"),
    "medical": ("medical.confirmation",), "petition": ("petitions.mediation",),
}
RULING_CITATIONS = {  # of a draft ruling by its outcome (JC-10, JC-12, JC-13)
    "refused": ("civil_procedure_interpretation.confirmation_not_accepted",),
    "dismissed": ("civil_procedure_interpretation.confirmation_dismissal",),
    "withdrawn": ("civil_procedure_interpretation.confirmation_withdrawal",),
}
DEEMED_CITATIONS, DEEMED_PERIODS = ("diversified.no_objection",), ("JM-14",)
BY_DETAILS = ("not_accepted", "unsuitable_notice", "acceptance_notice")  # what they rest on stands in their details
PATH_PERIODS = {"labour": ("AM-08",), "land_title": ("AM-14",)}
PROCEDURE_CITATIONS = {"small_claims": ("civil_procedure.small_claims",), "simple": ("civil_procedure.simple",)}


class Bar(Reason):
    FIELD = "paper_field", N_("还没有填：%(field)s")
    PARTY_FIELD = "paper_party_field", N_("还没有填：%(who)s的%(field)s")
    POWERS = "paper_agent_powers", N_("%(who)s是特别授权，请逐项写明权限"), "QT-16"
    CITATION = "paper_citation", N_("设置里没有当日有效的条文（%(key)s），请先补上"), "DC-08"
    PERIOD = "paper_period", N_("设置里没有当日有效的期限（%(row)s），请先补上"), "DC-08"
    DUTY = "paper_duty", N_("协议第（%(place)s）项没有写明%(field)s"), "DC-03"
    DUTY_DUE = "paper_duty_due", N_("协议第（%(place)s）项履行期限不明确"), "PM-12"
    DUTY_PARTY = "paper_duty_party", N_("协议第（%(place)s）项中的%(who)s不是当事人"), "DC-03"
    DUTY_SUM = "paper_duty_sum", N_("协议第（%(place)s）项分期合计与总额不一致"), "DC-02"
    ONE_SIDE = "paper_one_side", N_("司法确认须由全部当事人共同申请，至少要有两方"), "JC-02"
    RESPONDENT = "paper_respondent", N_("各方都是申请人，申请书里不能出现“被申请人”，请改称姓名或者甲方、乙方"), "DC-01"
    NOTHING_CONFIRMABLE = "paper_nothing_confirmable", N_("协议中没有可以申请确认的条款"), "DC-04"
    NO_CONSENT = "paper_no_consent", N_("%(who)s没有同意记载无争议事实"), "JM-13"
    NO_PROPOSAL_CONSENT = "paper_no_proposal_consent", N_("%(who)s没有同意由调解员提出调解方案"), "JM-14"
    DECIDED_BEFORE = "paper_decided_before", N_("公安机关已在%(on)s作出处理决定，履行和申请都要在决定之前"), "AM-02"
    TOO_LONG = "paper_too_long", N_("有一段文字%(length)s字，一段最多%(limit)s字，请精简")
    TOO_MUCH = "paper_too_much", N_("全文%(length)s字，一份文书最多%(limit)s字，请精简")
    DIFFERS = "paper_differs", N_("%(field)s与调解协议书不一致"), "DC-02"


CONSENTED = {"undisputed_facts": Bar.NO_CONSENT, "proposal": Bar.NO_PROPOSAL_CONSENT}  # all must have agreed to it


def obstacles(kind: str, snapshot: Mapping) -> list[Obstacle]:
    """Return everything that keeps the paper from being issued; empty when nothing does.

    Mandatory fields of the forms; DC-01 to DC-04, DC-08, JC-02, JM-13, PM-12, QT-16.
    """
    found = [because(Bar.FIELD, field=label) for path, label in required(kind, snapshot) if not _at(snapshot, path)]
    found += _lengths(snapshot)
    found += _parties(PAPERS[kind], snapshot["parties"])
    found += _table_entries(kind, snapshot)
    details = snapshot["details"]
    if "duties" in details:
        names = {who["name"] for who in snapshot["parties"] if isinstance(who["name"], str)}
        for place, duty in enumerate(details["duties"], 1):
            found += _duty(duty, place, names)
    if kind == "confirmation_application":
        found += _joint_application(snapshot)
    if kind in CONSENTED:
        agreed = [consent["name"] for consent in details["consents"] if consent["on"]]
        found += [
            because(CONSENTED[kind], who=who["name"]) for who in snapshot["parties"] if who["name"] not in agreed
        ]
    if kind == "police_settlement":
        found += _before_the_decision(details)
    if kind == "power_of_attorney" and not snapshot["parties"][details["party"]]["agents"]:
        found.append(because(Bar.FIELD, field=N_("受托人")))
    return found


def _before_the_decision(details: Mapping) -> Iterator[Obstacle]:
    """AM-02: Public Security Administration Punishments Law (2025), Art. 9(4)."""
    if details["decision_on"] and (details["performed_on"] or "") >= details["decision_on"]:
        yield because(Bar.DECIDED_BEFORE, on=details["decision_on"])


def citation_keys(kind: str, snapshot: Mapping) -> tuple[str, ...]:
    """Return the keys of the citation table that the paper quotes (DC-08)."""
    form, details = PAPERS[kind], snapshot["details"]
    keys = form.citations + (form.peoples_citations if snapshot["track"] == "peoples" else ())
    if kind in ("agreement", "rights_notice") and snapshot["case"]["basis"] == "entrusted":
        keys = tuple(key for key in keys if key in BESIDES_THE_EFFECT)
    if kind == "agreement":
        deemed = DEEMED_CITATIONS if details["deemed_on"] else ()
        return keys + VARIANT_CITATIONS.get(details["variant"], ()) + deemed
    if kind in BY_DETAILS:
        return keys + tuple(details["articles"])
    if kind == "ruling_draft":
        return keys + RULING_CITATIONS.get(details["outcome"], ())
    if kind == "termination":
        return keys + PATH_CITATIONS.get(details["path"], ())
    if kind == "quick_trial_referral":
        return keys + PROCEDURE_CITATIONS.get(details["procedure_key"], ())
    return keys


def period_rows(kind: str, snapshot: Mapping) -> tuple[str, ...]:
    """Return the rows of the rules whose dated figures the paper prints."""
    if kind in ("agreement", "rights_notice") and snapshot["case"]["basis"] == "entrusted":
        return ()
    if kind == "agreement" and snapshot["details"]["deemed_on"]:
        return PAPERS[kind].periods + DEEMED_PERIODS
    if kind == "termination":
        return PATH_PERIODS.get(snapshot["details"]["path"], ())
    return PAPERS[kind].periods


def cited(keys: Sequence[str], citations: Sequence[Mapping], track: str) -> str:
    """Return some articles as a paper quotes them, those of one law together.

    The People's Mediation Law is quoted by people's committees only. Raises LookupError for a key without an entry.
    """
    known = {entry["key"]: entry for entry in citations}
    laws: dict[str, list[str]] = {}
    for key in keys:
        if track == "peoples" or not key.startswith(PEOPLES_LAW):
            laws.setdefault(known[key]["law"], []).append(known[key]["article"])
    *others, last = [f"《{law}》{'、'.join(articles)}" for law, articles in laws.items()]
    return f"{'、'.join(others)}和{last}" if others else last


def differences(agreement: Mapping, other: Mapping) -> list[Obstacle]:
    """Return where another paper of the case departs from the agreement: parties, clauses, dates, number (DC-02)."""
    found = []
    for field, label in (("parties", N_("当事人")), ("case.agreed_on", AGREED[1]), ("case.facts", FACTS[1])):
        if _at(agreement, field) != _at(other, field):
            found.append(because(Bar.DIFFERS, field=label))
    details = other["details"]
    if "duties" in details and details["duties"] != agreement["details"]["duties"]:
        found.append(because(Bar.DIFFERS, field=DUTIES[1]))
    if details.get("agreement_number", agreement["number"]) != agreement["number"]:
        found.append(because(Bar.DIFFERS, field=AGREEMENT_NUMBER[1]))
    return found


def _at(snapshot: Mapping, path: str) -> Any:
    value = snapshot
    for step in path.split("."):
        value = value[step]
    return value


def _lengths(snapshot: Mapping) -> Iterator[Obstacle]:
    lengths = [len(text) for text in texts(snapshot)]
    if max(lengths) > LONGEST_TEXT:
        yield because(Bar.TOO_LONG, length=max(lengths), limit=LONGEST_TEXT)
    elif sum(lengths) > ALL_TEXT:
        yield because(Bar.TOO_MUCH, length=sum(lengths), limit=ALL_TEXT)


def _parties(form: Form, parties: Sequence[Mapping]) -> Iterator[Obstacle]:
    if not parties:
        yield because(Bar.FIELD, field=N_("当事人"))
    applicants, others = BLOCKS[form.blocks]
    for who in parties:
        name = who["name"] if isinstance(who["name"], str) else "？"
        asked = (applicants if who["standing"] == "applicant" else others)[who["kind"]]
        for field in asked:
            reached_by_guardian = field == "phone" and who.get("guardians")
            if not who[field] and not reached_by_guardian:
                yield because(Bar.PARTY_FIELD, who=name, field=PARTY_FIELDS[field])
        for agent in who["agents"]:
            if agent["authority"] == SPECIAL_AUTHORITY and not agent["powers"]:
                yield because(Bar.POWERS, who=agent["name"])


def _table_entries(kind: str, snapshot: Mapping) -> Iterator[Obstacle]:
    known = {entry["key"] for entry in snapshot["citations"]}
    for key in citation_keys(kind, snapshot):
        if key not in known:
            yield because(Bar.CITATION, key=key)
    for row in period_rows(kind, snapshot):
        if row not in snapshot["periods"]:
            yield because(Bar.PERIOD, row=row)


def _duty(duty: Mapping, place: int, names: set[str]) -> Iterator[Obstacle]:
    """DC-03: who, what, how much, when and how, of each clause that is owed."""
    if not duty["what"]:
        yield because(Bar.DUTY, place=place, field=N_("内容"))
    if duty["kind"] == "term":
        return
    asked = {"obligors": N_("义务人")}
    if duty["kind"] == "pay":
        asked |= {"obligees": N_("权利人"), "amount_fen": N_("金额"), "manner": N_("付款方式")}
    for field, label in asked.items():
        if not duty[field]:
            yield because(Bar.DUTY, place=place, field=label)
    if not duty["due_on"] and not duty["instalments"]:
        yield because(Bar.DUTY_DUE, place=place)
    for who in (*duty["obligors"], *duty["obligees"]):
        if names and who not in names:
            yield because(Bar.DUTY_PARTY, place=place, who=who)
    if duty["instalments"] and sum(part["amount_fen"] for part in duty["instalments"]) != duty["amount_fen"]:
        yield because(Bar.DUTY_SUM, place=place)


def _joint_application(snapshot: Mapping) -> Iterator[Obstacle]:
    """DC-01, DC-04, JC-02: all parties apply, nobody is a respondent, something can be confirmed."""
    details = snapshot["details"]
    if len(snapshot["parties"]) < 2:
        yield because(Bar.ONE_SIDE)
    told = [snapshot["case"]["facts"], details["court_ground"], *(duty["what"] for duty in details["duties"])]
    if any("被申请人" in text for text in told if isinstance(text, str)):
        yield because(Bar.RESPONDENT)
    if details["duties"] and not any(duty["confirmable"] for duty in details["duties"]):
        yield because(Bar.NOTHING_CONFIRMABLE)
