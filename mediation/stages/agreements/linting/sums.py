"""Sums: in figures and in capitals, in rows and in words, in instalments and as a whole."""

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import cn2an

from mediation.ground.choices import N_
from mediation.stages.agreements.linting.findings import BLOCK, WARN, Finding, Flaw, Passage, at, overall, passages
from mediation.stages.agreements.rules import ClauseKind, Draft

SAME, UNCLEAR = (
    "civil_procedure_interpretation.confirmation_materials", "civil_procedure_interpretation.confirmation_dismissal"
)
DIGITS = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬"
SUM = re.compile(
    rf"[¥￥]?\s*(?P<figure>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>[百千万])?\s*[元块]"
    rf"|[¥￥]\s*(?P<bare>\d[\d,，]*(?:\.\d+)?)"
    rf"|(?P<words>[{DIGITS}]+)[元圆块](?:(?P<jiao>[{DIGITS}])角)?(?:零?(?P<fen>[{DIGITS}])分)?整?"
)
UNITS = {"百": 100, "千": 1000, "万": 10_000, None: 1}
BETWEEN = re.compile(r"整?[\s（(）)：:，,]*(?:大写|小写|人民币|金额|即|计)*[\s（(：:]*(?:人民币)?")
NOT_THE_SUM = re.compile(r"([所尚原共]欠|共|合计|总|余|扣|除|每|违约|逾期|押|原|超)[^，。；]{0,6}$")
PART_OF = re.compile(r"整?(?:[中里内各]|的?一半|平分|均分)")
FIRST = re.compile(r"(?:首付|首期|首次|先付|先还)[^，。；\d]{0,6}$")
LAST = re.compile(r"(?:最后一[期次笔]|末[期次])[^，。；\d]{0,6}$")
A_FEW = rf"(\d{{1,3}}|[{DIGITS}]{{1,3}})"
COUNT = re.compile(rf"分(?:为|成|作)?{A_FEW}(?:期|次|笔|个月)|{A_FEW}(?:期|个月)(?:内)?(?:还清|付清|结清|还完|付完)")
EACH = re.compile(r"(?:每(?:期|次|笔|个?月)|按月)[^，。；\d]{0,8}$")
PAID_NOW = re.compile(r"(?:首付|首期|首次|先付|先还|先行支付|当[场日]付|签[字订](?:时|当日|之日)付)[^，。；\d]{0,6}$")
THE_REST = re.compile(r"(?:余款|尾款|剩余|剩下|其余|余下)[^，。；\d]{0,6}$")
WHOLE = re.compile(r"(?:共计?|合计|总计|总额|总共|总计为|一共|全部)[^，。；\d]{0,8}$")
NTH = re.compile(rf"第(\d{{1,3}}|[{DIGITS}]{{1,3}})(?:期|笔|次)")
UNEQUAL = re.compile(r"最后一|末期|末次|尾款|首期|首付|首次|先付|先还")


class SumFlaw(Flaw):
    NO_TOTAL = (
        "no_total", BLOCK, N_("有付款条款，没有写协议总额"), N_("把各期金额加起来填在协议总额里"), "DC-03", UNCLEAR,
        "total",
    )
    SUMS_DIFFER = (
        "sums_differ", BLOCK, N_("各条金额合计%(sum_fen)s元，与协议总额%(total_fen)s元不一致"),
        N_("核对各期金额和总额，改成一致"), "DC-03", UNCLEAR, "total",
    )
    CAPITALS_DIFFER = (
        "capitals_differ", BLOCK, N_("%(at)s“%(word)s”大写和小写不是同一个数"), N_("和当事人核对，改成同一个数"),
        "DC-02", SAME,
    )
    BAD_CAPITALS = (
        "bad_capitals", WARN, N_("%(at)s“%(word)s”的大写写法读不出金额"), N_("按“壹万贰仟元整”的写法重写"), "DC-02",
        SAME,
    )
    TEXT_DIFFERS = (
        "text_differs", WARN, N_("%(at)s文字里是“%(word)s”，金额栏是%(amount_fen)s元"), N_("看清哪个对，改成一致"),
        "DC-02", SAME, "amount",
    )
    INSTALMENTS_DIFFER = (
        "instalments_differ", BLOCK, N_("%(at)s各期加起来是%(sum_fen)s元，不是%(total_fen)s元"),
        N_("核对期数和每期金额"), "DC-03", UNCLEAR,
    )
    INSTALMENT_COUNT = (
        "instalment_count", WARN, N_("%(at)s写了分%(count)s期，实际只有%(there)s期"),
        N_("一期写一条，各写金额和日期"), "DC-03", UNCLEAR,
    )
    INSTALMENT_GAP = (
        "instalment_gap", WARN, N_("分期缺第%(count)s期，或者期数写重了"), N_("按第一期、第二期顺着写"), "DC-03",
        UNCLEAR, "clauses",
    )


@dataclass(frozen=True)
class Sum:
    start: int
    end: int
    text: str
    fen: int | None
    in_words: bool


def find(draft: Draft) -> list[Finding]:
    """Return sums that contradict each other. DC-02, DC-03: SPC Interpretation of the CPL (2022), Arts. 354, 358(5)."""
    found = _total(draft)
    for passage in passages(draft, with_facts=True):
        sums = sums_in(passage.text)
        found += _capitals(passage, sums)
        if passage.place.field != "facts":
            found += _in_words(passage, sums, draft)
    return found + _rows(draft)


def sums_in(text: str) -> list[Sum]:
    """Return the sums of money in a text; ``fen`` is None where capitals say no number."""
    found = []
    for hit in SUM.finditer(text):
        in_words = bool(hit["words"])
        fen = _of_words(hit) if in_words else _of_figures(hit)
        found.append(Sum(hit.start(), hit.end(), hit[0].strip(), fen, in_words))
    return found


def _of_figures(hit) -> int:
    figure = re.sub("[,，]", "", hit["figure"] or hit["bare"])
    return int(Decimal(figure) * UNITS[hit["unit"]] * 100)


def _of_words(hit) -> int | None:
    whole = number(hit["words"])
    if whole is None:
        return None
    return whole * 100 + (number(hit["jiao"]) or 0) * 10 + (number(hit["fen"]) or 0)


def number(words: str | None) -> int | None:
    """Return a whole number written in figures or Chinese signs, None for what is none."""
    if not words:
        return None
    try:
        return int(cn2an.cn2an(words.replace("萬", "万"), "smart"))
    except ValueError:
        return None


def _total(draft: Draft) -> list[Finding]:
    """The instalments and payments together are the sum that the parties agreed on."""
    amounts = [clause.amount_fen or 0 for clause in draft.clauses if clause.kind == ClauseKind.PAY]
    if amounts and draft.total_fen is None:
        return [overall(SumFlaw.NO_TOTAL)]
    if sum(amounts) == (draft.total_fen or 0):
        return []
    return [overall(SumFlaw.SUMS_DIFFER, sum_fen=sum(amounts), total_fen=draft.total_fen)]


def _capitals(passage: Passage, sums: list[Sum]) -> list[Finding]:
    found = [at(SumFlaw.BAD_CAPITALS, passage, each.text) for each in sums if each.fen is None]
    for first, second in zip(sums, sums[1:], strict=False):
        gap = passage.text[first.end : second.start]
        is_pair = first.in_words != second.in_words and BETWEEN.fullmatch(gap)
        if is_pair and None not in (first.fen, second.fen) and first.fen != second.fen:
            found.append(at(SumFlaw.CAPITALS_DIFFER, passage, passage.text[first.start : second.end].strip()))
    return found


def _in_words(passage: Passage, sums: list[Sum], draft: Draft) -> list[Finding]:
    """Compare what the words of a clause say with its row and with themselves."""
    clause, text = passage.clause, passage.text
    before = {each: text[: each.start] for each in sums}
    count = next((number(hit[1] or hit[2]) for hit in COUNT.finditer(text)), None)
    whole, each_fen = (_first(place, sums, before) for place in (WHOLE, EACH))
    listed = [each for each in sums if _is_listed(before[each]) and not NOT_THE_SUM.search(before[each])]
    amount = clause.amount_fen if clause is not None else None
    if amount is None and whole is None and clause is not None and clause.kind != ClauseKind.PAY:
        whole = next((each.fen for each in sums if each not in listed and not EACH.search(before[each])), None)
    found = []
    total = whole or (amount if count and count > 1 or len(listed) > 1 else None)
    if len(listed) > 1 and total:
        found += _differ(passage, sum(each.fen or 0 for each in listed), total)
        if count and count != len(listed):
            found.append(at(SumFlaw.INSTALMENT_COUNT, passage, count=count, there=len(listed)))
    elif count and each_fen and total and UNEQUAL.search(text):
        apart = [_first(place, sums, before) or 0 for place in (FIRST, LAST)]
        may_be = {sum(apart) + each_fen * (count - fewer) for fewer in range(len([fen for fen in apart if fen]) + 1)}
        if any(apart) and total not in may_be:
            found += _differ(passage, max(may_be), total)
    elif count and each_fen and total:
        if not (amount == each_fen and whole is None):  # a row for each, the words on how many there are
            found += _differ(passage, count * each_fen, total)
    elif amount or whole:
        now, later = (_first(place, sums, before) for place in (PAID_NOW, THE_REST))
        if now and later and any(each.fen == (whole or amount) for each in sums):
            found += _differ(passage, now + later, whole or amount)
    if count and count > 1 and len(listed) < 2:
        rows = len([row for row in draft.clauses if row.kind == ClauseKind.PAY])
        if rows < count and not (each_fen and re.search(r"每(个)?(月|期|次)", text)):
            found.append(at(SumFlaw.INSTALMENT_COUNT, passage, count=count, there=rows))
    if amount and not listed and not count:
        plain = [
            each
            for each in sums
            if each.fen and not NOT_THE_SUM.search(before[each]) and not PART_OF.match(text, each.end)
        ]
        if plain and all(each.fen != amount for each in sums):
            found.append(at(SumFlaw.TEXT_DIFFERS, passage, plain[0].text, amount_fen=amount))
    return found


def _first(place: re.Pattern, sums: list[Sum], before: dict[Sum, str]) -> int | None:
    """Return the first sum that stands behind such words."""
    return next((each.fen for each in sums if place.search(before[each])), None)


def _is_listed(before: str) -> bool:
    piece = re.split("[。；;]", before)[-1]
    return bool(NTH.search(re.split("[，,]", piece)[-1]) or re.search(r"第.{1,3}[期笔次][^。；]{0,24}$", piece))


def _differ(passage: Passage, sum_fen: int, total_fen: int) -> list[Finding]:
    if sum_fen == total_fen:
        return []
    return [at(SumFlaw.INSTALMENTS_DIFFER, passage, sum_fen=sum_fen, total_fen=total_fen)]


def _rows(draft: Draft) -> list[Finding]:
    """Rows called 第一期, 第二期 … are as many as the last one says."""
    series = defaultdict(list)
    for clause in draft.clauses:
        hits = NTH.findall(clause.what)
        if clause.kind == ClauseKind.PAY and len(hits) == 1:
            series[NTH.sub("", clause.what), clause.obligors, clause.obligees].append(number(hits[0]) or 0)
    found = []
    for numbers in series.values():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            lacking = sorted(set(range(1, max(numbers) + 1)) - set(numbers)) or [max(numbers)]
            found.append(overall(SumFlaw.INSTALMENT_GAP, count=lacking[0]))
    return found
