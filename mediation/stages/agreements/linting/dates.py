"""Days: such as there are none, past ones, rest days, and words that name no day."""

import re
from calendar import monthrange
from datetime import date

from mediation.ground.choices import N_
from mediation.registry.calendar.rules import WorkCalendar
from mediation.stages.agreements.linting.findings import BLOCK, WARN, Finding, Flaw, Passage, Place, at, passages
from mediation.stages.agreements.rules import ClauseKind, Draft

UNCLEAR = "civil_procedure_interpretation.confirmation_dismissal"
SAME = "civil_procedure_interpretation.confirmation_materials"
SIGNS = str.maketrans("〇零一二三四五六七八九", "00123456789")
WRITTEN = re.compile(
    r"(?:(?P<year>\d{4}|[〇零一二三四五六七八九]{4})\s*[年./-]\s*)?"
    r"(?P<month>\d{1,2}|[正一二三四五六七八九十]{1,3})\s*[月./-]\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})(?P<end>\s*[日号])?"
)
BY = re.compile(r"[日号]?(之前|以前|前|内|当天|当日)")
DONE = re.compile(r"[日号]?(?:之前|以前|前)[^，。；]{0,4}(付|支|还|偿|归|交|搬|拆|修|腾|清|履行|完成)")
NAMES_NO_DAY = re.compile(
    r"(春节|过年|年关|年底|年前|月底|月初|月中|中秋|国庆|元旦|端午|清明|五一|秋收|收成|开学|放假|农忙|农闲|发工资|工资发|"
    r"工程款到|回款|拿到钱|卖了?房|房子卖|腊月|正月|开春|入冬|立冬|雨季|汛期|收割|完工|分红)[^，。；]{0,6}?(前|之前|后|之后|时|以后|以前)|"
    r"(过几|过些|这几|近几|改)[天日]|下个月|腊月里?|明年|来年|(?<!\d)年内|月内(?!\d)|到时候?|"
    r"[等待](?!候|遇|级|额|办)[^，。；]{1,12}(?:以后|之后|后|时|再)|"
    r"(?:款|钱|工资|补偿|赔偿金|批文)[^，。；]{0,2}(?:下来|到手|到账|到位)[^，。；]{0,2}(?:后|时|再|就)"
)
FIXES_DAY = re.compile(r"之日起\d+|之日起[一二三四五六七八九十]+|每月\d|每月[一二三四五六七八九十]|每年\d")


class DateFlaw(Flaw):
    NO_SUCH_DAY = (
        "no_such_day", BLOCK, N_("%(at)s“%(word)s”，没有这一天"), N_("对着日历改成真有的日期"), "JC-13", UNCLEAR,
    )
    DATE_PAST = (
        "date_past", WARN, N_("%(at)s要在“%(word)s”前履行，这天已经过了"), N_("改成今天以后的日期"), "JC-13", UNCLEAR,
    )
    DATE_DIFFERS = (
        "date_differs", WARN, N_("%(at)s文字里是“%(word)s”，日期栏是%(due_on)s"), N_("看清哪个对，改成一致"), "DC-02",
        SAME, "due_on",
    )
    NO_YEAR = "no_year", WARN, N_("%(at)s“%(word)s”没有写哪一年"), N_("补上年份"), "JC-13", UNCLEAR
    VAGUE_DAY = (
        "vague_day", WARN, N_("%(at)s“%(word)s”不是确定的日子"), N_("写明哪年哪月哪日前"), "JC-13", UNCLEAR, "due_on",
    )
    REST_DAY = (
        "rest_day", WARN, N_("第%(no)s条%(due_on)s是%(why)s，期限顺延到%(next_on)s"),
        N_("改成工作日，免得对哪天到期有争议"), "PT-03", "civil_code.last_day", "due_on",
    )
    ORDER = "order", WARN, N_("第%(no)s条比前一期到期还早"), N_("核对各期日期的先后"), "DC-03", UNCLEAR, "due_on"


def find(draft: Draft, *, on: date, calendar: WorkCalendar | None) -> list[Finding]:
    """Return doubtful and impossible days; ``on`` is the day of the agreement.

    JC-13: SPC Interpretation of the CPL (2022), Art. 358(5). PT-03: Civil Code (2020), Art. 203.
    """
    found = []
    for passage in passages(draft, with_facts=True):
        found += _impossible(passage)
        if passage.place.field != "facts":
            found += _in_words(passage, on)
    return found + (_rest_days(draft, on, calendar) if calendar else []) + _order(draft)


def _impossible(passage: Passage) -> list[Finding]:
    bad = (hit[0] for hit, _day, is_real in days_in(passage.text) if not is_real)
    return [at(DateFlaw.NO_SUCH_DAY, passage, word) for word in bad]


def days_in(text: str):
    """Yield each written day as (match, date or None where there is no year or no such day, whether it may exist)."""
    for hit in WRITTEN.finditer(text):
        if not hit["end"] and not hit["year"]:
            continue  # 3-5, 1/2: no day
        year, month, day = (_number(hit[part]) for part in ("year", "month", "day"))
        if month is None or day is None:
            continue
        may_be = 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]
        yield hit, (date(year, month, day) if may_be and year else None), may_be


def _number(written: str | None) -> int | None:
    if not written or written.isdigit():
        return int(written) if written else None
    if len(written) == 4:
        return int(written.translate(SIGNS))
    if written == "正":
        return 1
    tens, ten, ones = written.partition("十")
    figures = (tens or "1" if ten else "", ones or "0" if ten else written)
    digits = "".join(figures).translate(SIGNS)
    return int(digits) if digits.isdigit() else None


def _in_words(passage: Passage, on: date) -> list[Finding]:
    text, clause = passage.text, passage.clause
    due_on = clause.due_on if clause else None
    found, full = [], []
    for hit, day, is_real in days_in(text):
        rest = text[hit.end() :]
        if day is not None:
            full.append(day)
            if day < on and DONE.match(rest):
                found.append(at(DateFlaw.DATE_PAST, passage, hit[0]))
            elif due_on and day != due_on and BY.match(rest):
                found.append(at(DateFlaw.DATE_DIFFERS, passage, hit[0], due_on=due_on))
        elif is_real and due_on is None and not re.search(r"每年.{0,3}$", text[: hit.start()]):
            found.append(at(DateFlaw.NO_YEAR, passage, hit[0]))
    if clause and due_on is None and not clause.at_once and not full and not FIXES_DAY.search(text):
        found += [at(DateFlaw.VAGUE_DAY, passage, hit[0]) for hit in NAMES_NO_DAY.finditer(text)]
    return found


def _rest_days(draft: Draft, on: date, calendar: WorkCalendar) -> list[Finding]:
    found = []
    for no, clause in enumerate(draft.clauses, 1):
        why = calendar.why_rest(clause.due_on) if clause.due_on and clause.due_on >= on else None
        if why:
            passage = Passage(clause.what, Place(no), clause)
            values = {"due_on": clause.due_on, "why": why, "next_on": calendar.next_workday(clause.due_on)}
            found.append(at(DateFlaw.REST_DAY, passage, **values))
    return found


def _order(draft: Draft) -> list[Finding]:
    """A later instalment is due later."""
    found, before = [], {}
    for no, clause in enumerate(draft.clauses, 1):
        if clause.kind != ClauseKind.PAY or not re.search("第.{1,3}[期笔]", clause.what) or not clause.due_on:
            continue
        between = clause.obligors, clause.obligees
        if between in before and clause.due_on < before[between]:
            found.append(at(DateFlaw.ORDER, Passage(clause.what, Place(no), clause)))
        before[between] = clause.due_on
    return found
