"""People in the text: near-names of parties, strangers who would be bound, accounts that money goes to."""

import re
from difflib import SequenceMatcher

from mediation.casefile.cases.rules import PartyFacts, PartyKind
from mediation.ground.choices import N_
from mediation.registry.people.rules import COMPOUND_SURNAMES
from mediation.stages.agreements.linting.findings import WARN, Finding, Flaw, Passage, Place, at, passages
from mediation.stages.agreements.rules import ClauseKind, Draft, Manner

SAME = "civil_procedure_interpretation.confirmation_materials"
OTHERS = "civil_procedure_interpretation.confirmation_dismissal"
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖石韦贾夏傅"
    "邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤涂饶晏揭占桂翁章甘付"
)
NAME = "[\u4e00-\u9fff]{2,4}"
DUTY = (
    r"(?:支付|付清|付给|付款|偿还|归还|返还|还清|还款|承担|负责|赔偿|赔付|拆除|修复|修缮|搬离|清理|"
    r"作?担保|代[付偿还]|负担|交付|退还|垫付|报销|来赔|来付|出钱|买单)"
)
BOUND = re.compile(
    rf"(?:由|让)(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?:自愿|愿意|同意|也|另行?|负责|分期|一次性|于|在|代为?|共同|连带|一并)?(?:{DUTY})"
)
SURETY = re.compile(
    r"(?:^|[，。；])(?P<name>[\u4e00-\u9fff]{2,3}?)(?:自愿|愿意|同意|愿)?"
    r"(?:(?:对|为|作为?)[^，。；]{0,16}(?:担保|连带)|(?:承担|负)?[^，。；]{0,4}(?:连带|保证)责任|[替帮代][^，。；]{1,8}(?:还|付|偿|赔|出钱))"
)
KIN = re.compile(
    rf"(?:由|让|要求|责成)?(?:其|他的?|她的?|(?P<who>{NAME}?)的)"
    rf"(?P<kin>儿子|女儿|父亲|母亲|父母|丈夫|妻子|配偶|老板|工头|雇主|哥哥?|弟弟?|姐姐?|妹妹?|兄长?|家人|亲戚|子女|子|女婿|儿媳|岳父|岳母|亲属)"
    rf"[^，。；由的对与向给为]{{0,6}}?{DUTY}"
)
ELSE = re.compile(
    rf"(?:由|让|要求)(?P<body>[\u4e00-\u9fff（）()]{{0,16}}?(?:保险公司|施工队|包工队|村委会|居委会|村民小组|镇政府|乡政府|街道办|"
    rf"派出所|物业公司|开发商|包工头|公司|医院|学校|银行|厂|店|有关部门|相关部门|政府|合作社))"
    rf"[^，。；]{{0,10}}?{DUTY}|(?:^|[，。；])(?P<first>保险公司|物业公司|施工队|开发商|村委会|居委会|镇政府|乡政府)[^，。；]{{0,10}}?{DUTY}"
)
NO_NAME = re.compile(
    r"^(?:于|任何|单位|房东|车主|家属|施工|申请|双方|各方|一方|对方|甲|乙|丙|本人|其|相关|有关|全体|共同|业主|江西|温泉|白天|高速|石料|龙头|万一|向|"
    r"何[人方时]|严格|程序|汪洋|雷电|任意)"
)
ORGANISATION = re.compile(r"[\u4e00-\u9fff（）()]{4,24}?(?:有限公司|公司|合作社|医院|物业|经营部|厂)")
FUNCTION = re.compile(r"[由向给和与、，。；：（）“”\s]|支付|赔偿|承担")


class PeopleFlaw(Flaw):
    NEAR_NAME = (
        "near_name", WARN, N_("%(at)s写的是“%(word)s”，当事人是%(party)s"), N_("对照身份证改成同一个名字"), "DC-02",
        SAME,
    )
    STRANGER = (
        "stranger", WARN, N_("%(at)s要“%(word)s”履行，他不是当事人，没有同意"),
        N_("登记为第三人一起签，或者改由当事人履行"), "JC-13", OTHERS,
    )
    ACCOUNT_NUMBER = (
        "account_number", WARN, N_("第%(no)s条的账号“%(word)s”不像银行账号"), N_("对着银行卡重新核对一遍"), "DC-03",
        OTHERS, "account",
    )
    ACCOUNT_HOLDER = (
        "account_holder", WARN, N_("第%(no)s条的户名里没有收款人%(who)s"), N_("核对户名；付给别人的要写明由谁代收"),
        "DC-02", SAME, "account",
    )


def find(draft: Draft) -> list[Finding]:
    """Return doubtful names and accounts.

    DC-02: SPC Interpretation of the CPL (2022), Art. 354. JC-13: the same, Art. 358(2): others' interests.
    """
    known = _known(draft)
    found = []
    for passage in passages(draft, with_facts=True):
        found += _near_names(passage, draft.parties, known)
        if passage.place.field != "facts":
            found += _strangers(passage, draft, known)
    return found + _accounts(draft)


def _known(draft: Draft) -> frozenset[str]:
    names = set(draft.others)
    for party in draft.parties:
        names |= {party.name, party.guardian or ""}
        names |= {other.name for other in (*party.agents, *party.helpers)}
    return frozenset(names - {""})


def _near_names(passage: Passage, parties: list[PartyFacts], known: frozenset[str]) -> list[Finding]:
    text = passage.text
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, "，")
    found = []
    for party in parties:
        near = _near_organisation if party.kind == PartyKind.ORGANISATION else _near_person
        word = near(text, party.name)
        if word:
            found.append(at(PeopleFlaw.NEAR_NAME, passage, word, party=party.name))
    return found


def _near_person(text: str, name: str) -> str | None:
    """Return what differs from a name of three or more signs by one of them, the family name excepted."""
    if len(name) < 3 or not re.fullmatch(r"[\u4e00-\u9fff]+", name):
        return None
    for start in range(len(text) - len(name) + 1):
        piece = text[start : start + len(name)]
        same = [one == other for one, other in zip(piece, name, strict=True)]
        if same[0] and same.count(False) == 1 and not FUNCTION.search(piece):
            return piece
    return None


def _near_organisation(text: str, name: str) -> str | None:
    for hit in ORGANISATION.finditer(text):
        for start in range(len(hit[0]) - 3):
            piece = hit[0][start:]
            close = SequenceMatcher(None, piece, name).ratio() >= 0.8 and abs(len(piece) - len(name)) <= 1
            if close and piece not in name:
                return piece
    return None


def _strangers(passage: Passage, draft: Draft, known: frozenset[str]) -> list[Finding]:
    text, found = passage.text, []
    hit = KIN.search(text)
    minors_parents = hit and re.match("父|母|亲属", hit["kin"]) and any(party.guardian for party in draft.parties)
    if hit and not minors_parents:
        found.append(at(PeopleFlaw.STRANGER, passage, hit[0].lstrip("由让")))
    for hit in (*BOUND.finditer(text), *SURETY.finditer(text)):
        name = hit["name"]
        is_name = name[0] in SURNAMES and len(name) <= 3 or name[:2] in COMPOUND_SURNAMES
        if is_name and not NO_NAME.match(name) and not any(name.startswith(each) or each in name for each in known):
            found.append(at(PeopleFlaw.STRANGER, passage, name))
    for hit in ELSE.finditer(text):
        body = hit["body"] or hit["first"]
        is_named = any(body in each or each in body for each in known)
        if not is_named and not re.search("^[对向与]|甲方|乙方|双方", body):
            is_said_shortly = len(body) <= 4 and any(each.endswith(body[-2:]) for each in known)
            if not is_said_shortly:
                found.append(at(PeopleFlaw.STRANGER, passage, body))
    return found


def _accounts(draft: Draft) -> list[Finding]:
    parties = {party.ref: party for party in draft.parties}
    found = []
    for no, clause in enumerate(draft.clauses, 1):
        if clause.kind != ClauseKind.PAY or clause.manner != Manner.TRANSFER or not clause.account:
            continue
        passage = Passage(clause.account, Place(no), clause)
        payees = [parties[ref] for ref in clause.obligees if ref in parties]
        number = "".join(re.findall(r"\d", " ".join(re.findall(r"\d[\d\s-]{5,}\d", clause.account))))
        if not _is_account(number, by_card=all(party.kind == PartyKind.PERSON for party in payees)):
            found.append(at(PeopleFlaw.ACCOUNT_NUMBER, passage, number or clause.account[:20]))
        holders = [name for party in payees for name in (party.name, party.guardian) if name]
        if holders and not any(name in clause.account for name in holders):
            found.append(at(PeopleFlaw.ACCOUNT_HOLDER, passage, who=payees[0].name))
    return found


def _is_account(number: str, *, by_card: bool) -> bool:
    """Say whether digits may be an account: a card's 16 to 19 with their check digit, else a bank's 9 to 30.

    Cards of persons begin with 62 here; passbooks and the accounts of bodies follow no common check.
    """
    if by_card and number.startswith("62"):
        return 16 <= len(number) <= 19 and _luhn(number)
    return (12 if by_card else 9) <= len(number) <= 30


def _luhn(number: str) -> bool:
    digits = [int(sign) for sign in reversed(number)]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
