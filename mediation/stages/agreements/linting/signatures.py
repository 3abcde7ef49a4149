"""Who signs: agents with the power to settle, guardians, and signatures that are wanted on paper."""

import re

from mediation.casefile.cases.rules import agent_settles_obstacles, disputing
from mediation.ground.choices import N_
from mediation.registry.people.rules import Capacity
from mediation.stages.agreements.linting.findings import BLOCK, WARN, Finding, Flaw, overall, passages
from mediation.stages.agreements.rules import Draft

BY_SCREEN = re.compile(
    r"电子(?:签名|签章|签字|签署|印章|章)|手写板|扫码签|线上(?:签名|签字|签署)|网签|微信(?:签字|签名|确认签)"
)


class SignatureFlaw(Flaw):
    AGENT_CANNOT_SETTLE = (
        "agent_cannot_settle", WARN, N_("%(agent)s没有写明可以和解、签协议的特别授权，%(who)s要自己签"),
        N_("补一份写明“代为和解、签署调解协议”的授权书"), "QT-16", "civil_procedure.authority", "parties",
    )
    NO_GUARDIAN = (
        "lacks_guardian", BLOCK, N_("%(who)s没有完全民事行为能力，还没有法定代理人"), N_("先登记法定代理人，由他签"),
        "MH-05", "civil_code.guardian_acts", "parties",
    )
    PAPER_ONLY = (
        "on_paper", BLOCK, N_("涉及婚姻、收养、继承，不能用电子签名"), N_("打印出来签纸质"), "JM-16",
        "signature.not_for", "parties",
    )


def find(draft: Draft) -> list[Finding]:
    """Return what is wrong with those who will sign.

    QT-16: Civil Procedure Law (2023), Art. 62. MH-05: Civil Code (2020), Art. 23. JM-16: Electronic Signature Law
    (2019), Art. 3.
    """
    found = []
    for party in disputing(draft.parties):
        if party.capacity != Capacity.FULL and not party.guardian:
            found.append(overall(SignatureFlaw.NO_GUARDIAN, who=party.name))
        for agent in party.agents:
            if agent_settles_obstacles(agent):
                found.append(overall(SignatureFlaw.AGENT_CANNOT_SETTLE, agent=agent.name, who=party.name))
    texts = [passage.text for passage in passages(draft)]
    electronic = draft.signs_electronically or any(BY_SCREEN.search(text) for text in texts)
    if electronic and draft.by_hand:
        found.append(overall(SignatureFlaw.PAPER_ONLY))
    return found
