"""A paper of an invented case, to see how local words look on it before they hold (row 59)."""

from collections.abc import Mapping
from datetime import date, timedelta

from mediation.casefile.papers import contract, printing, rules
from mediation.casefile.papers.forms import PAPERS
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.registry.units.queries import centre

NUMBER = "（2026）示例第1号"
ZHANG = contract.Person(
    standing="applicant", name="张三", sex="男", birth_on="1970-01-01", ethnicity="汉族", occupation="农民",
    address="示例镇示例村1组", id_number="360000197001010000", phone="13900000000",
)
LI = contract.Person(
    standing="respondent", name="李四", sex="男", birth_on="1972-02-02", ethnicity="汉族", occupation="农民",
    address="示例镇示例村2组", id_number="360000197202020000", phone="13900000001",
)
STORY = "两家屋后共用一条排水沟，李四浇水泥把沟面垫高，下雨时水倒灌进张三家厨房。"
NO = "没有"


def _details(kind: str, on: date):
    """Return the details of an invented paper of a kind that has places for local words."""
    return {
        "receipt": lambda: contract.Receipt(
            received_at=f"{on}T09:42", visitors=["张三"], matter="相邻排水纠纷，申请调解", query_code="XXXX-XXXX-XXXX",
            query_url="https://example.invalid/", window="窗口", clerk="王五", answer_working_days=3,
            answer_by=on + timedelta(days=3),
            materials=[contract.Material(name="身份证", copies=1, pages=1, original=False)],
        ),
        "not_accepted": lambda: contract.NotAccepted(
            ground="一方明确拒绝调解", ways=["向人民法院起诉", "各方都同意调解以后，可以再来申请"], clerk="王五"
        ),
        "application": lambda: contract.Application(claims=["恢复沟面", "赔偿厨房墙脚损失2600元"]),
        "rights_notice": lambda: contract.RightsNotice(period_days=30, period_ends_on=on + timedelta(days=30)),
        "quick_trial_referral": lambda: contract.QuickTrialReferral(
            addressee="人民法院速裁团队", claims=[contract.Claim(text="赔偿损失", amount_fen=260_000)],
            procedure="简易程序", procedure_key="simple", procedure_reason="事实清楚", consents=[], issues=["损失多少"],
            arbitration=NO, preservation=NO, evidence_loss=NO, flags=[], handler="王五", phone="",
            materials=[contract.Material(name="调解申请书", copies=1, pages=1, original=True, present=True)],
        ),
    }[kind]()


def pdf(kind: str, local: Mapping[str, str], *, centre_id: int, on: date) -> bytes:
    """Return a paper of an invented case with these local words, marked as a draft.

    The centre's name and the articles are those of the day. Raises what the printer raises.
    """
    snapshot = contract.snapshot(_values(kind, centre_id, on))
    keys = rules.citation_keys(kind, snapshot)
    found = {key: settings.citation(key, on=on, centre_id=centre_id) for key in keys}
    snapshot["citations"] = [
        {"key": key, "law": each.law, "article": each.article} for key, each in found.items()
    ]
    version = settings.value(Kind.TEMPLATE, kind, on=on, centre_id=centre_id) or PAPERS[kind].version
    return printing.pdf(kind, version, snapshot | ({"local": dict(local)} if local else {}))


def _values(kind: str, centre_id: int, on: date) -> contract.Values:
    own = centre(centre_id)
    begun = on - timedelta(days=20)
    case = contract.Case(
        number=NUMBER, register_number=NUMBER, cause="相邻排水纠纷", summary=STORY, facts=STORY, amount_fen=260_000,
        applied_on=begun, accepted_on=begun, ended_on=on,
    )
    periods = {
        row: settings.days(row, on=on, centre_id=centre_id).amount for row in PAPERS[kind].periods
    }
    return contract.Values(
        number=NUMBER, draft=True, issued_on=on, track="peoples",
        centre=contract.Centre(name=own.name, phone=own.phone, address=own.address),
        body=contract.Body(name="示例镇人民调解委员会", record_number="示例〔2022〕1号", phone=own.phone), case=case,
        parties=[ZHANG, LI], mediators=[contract.Mediator(name="赵六", presides=True)], periods=periods,
        details=_details(kind, on),
    )
