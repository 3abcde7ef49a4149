"""A paper of an invented case, to see how local words look on it before they hold (row 59)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from mediation.casefile.papers import contract, inventeddetails, printing, rules
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
def pdf(
    kind: str, local: Mapping[str, str], *, centre_id: int, on: date, version: int | None = None, large: bool = False
) -> bytes:
    """Return a paper of an invented case with these local words, marked as a draft.

    The centre's name and the articles are those of the day; ``version`` None is the one in force on it. Raises what the
    printer raises.
    """
    snapshot = contract.snapshot(_values(kind, centre_id, on))
    keys = rules.citation_keys(kind, snapshot)
    found = {key: settings.citation(key, on=on, centre_id=centre_id) for key in keys}
    snapshot["citations"] = [
        {"key": key, "law": each.law, "article": each.article} for key, each in found.items()
    ]
    version = version or settings.value(Kind.TEMPLATE, kind, on=on, centre_id=centre_id) or PAPERS[kind].version
    more = {"local": dict(local)} if local else {}
    return printing.pdf(kind, version, snapshot | more, large=large)


OF_A_COURT = ("commission_receipt", "court_report")  # come only where a court sent the case


def _values(kind: str, centre_id: int, on: date) -> contract.Values:
    own = centre(centre_id)
    begun = on - timedelta(days=20)
    court = {"basis": "commissioned", "court_name": "示例县人民法院", "court_number": "（2026）示例诉前调1号"}
    case = contract.Case(
        number=NUMBER, register_number=NUMBER, cause="相邻排水纠纷", summary=STORY, facts=STORY, amount_fen=260_000,
        applied_on=begun, accepted_on=begun, ended_on=on, agreed_on=on, effective_on=on, dispute_type="邻里",
        source="当事人申请", **(court if kind in OF_A_COURT else {}),
    )
    periods = {
        row: settings.days(row, on=on, centre_id=centre_id).amount for row in PAPERS[kind].periods
    }
    agents = [inventeddetails.AGENT] if kind == "power_of_attorney" else []
    return contract.Values(
        number=NUMBER, draft=True, issued_on=on, track="peoples",
        centre=contract.Centre(name=own.name, phone=own.phone, address=own.address),
        body=contract.Body(name="示例镇人民调解委员会", record_number="示例〔2022〕1号", phone=own.phone), case=case,
        parties=[replace(ZHANG, agents=agents), LI], periods=periods,
        mediators=[contract.Mediator(name="赵六", presides=True)],
        sessions=[contract.Session(on=on - timedelta(days=5), place="第一调解室", manner="当面")],
        details=inventeddetails.details(kind, on),
    )
