"""Trying a definition before it holds: how an invented case would look there, and how well the last ones fit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.registry.platforms.rules import Definition, Field, Ours, Value, cut, fits_since, written
from mediation.stages.copyout import keep, values
from mediation.stages.copyout.rules import Said

CASES, LOOKED_AT = 20, 200
INVENTED = {
    Ours.REGISTER_NO: "南矛调登〔2026〕1208号", Ours.BODY_NO: "（2026）南民调字第86号",
    Ours.TITLE: "张三与李四邻里纠纷",
    Ours.OUTSIDE_NO: "20261101-0042", Ours.COURT_NAME: "南昌县人民法院",
    Ours.COURT_NO: "（2026）赣0121诉前调1208号",
    Ours.CAUSE: "相邻排水纠纷",
    Ours.STORY: "两家屋后共用一条排水沟。\n11月1日李四浇水泥把沟面垫高，水倒灌进张三家厨房。",
    Ours.CLAIMS: "恢复沟面，赔偿2600元", Ours.PLACE: "莲塘镇澄湖西路社区8组", Ours.BODY: "莲塘镇人民调解委员会",
    Ours.MEDIATORS: "王五、赵六", Ours.AGREEMENT_NO: "（2026）南民调字第86号",
    Ours.CONFIRMATION_NO: "（2026）赣0121诉前调确42号",
    Ours.AGREEMENT_TEXT: "1. 李四于2026年12月1日前向张三支付2600.00元。\n2. 李四于2026年12月10日前恢复沟面。",
    Ours.FAILURE: "各方分歧过大",
}
INVENTED_BY_NAME = {
    "names": "张三、张小三", "name": "张三", "ethnic": "汉族", "work": "农民", "id_number": "360121199001010025",
    "phone": "13900000000", "address": "江西省南昌市南昌县莲塘镇澄湖西路社区8组12号",
}
INVENTED_BY_KIND = {Value.DAY: date(2026, 11, 7), Value.MONEY: 260_000, Value.NUMBER: 4, Value.YES: True}


@dataclass(frozen=True)
class Tried:
    """A field as the invented case would fill it, and how many of the last cases would fill it, and how not."""

    field: Field
    sample: str
    filled: int
    said: Counter


@dataclass(frozen=True)
class Trial:
    """What trying a definition showed; ``cases`` is how many real cases were looked at, and nothing of them is told."""

    lines: Sequence[Tried]
    cases: int


def tried(definition: Definition, *, centre_id: int) -> Trial:
    """Try a definition on an invented case and on the last cases that it would want.

    Of the real ones only numbers are told: who keeps the settings reads no cases.
    """
    query = select(Case).where(Case.centre_id == centre_id).order_by(Case.id.desc()).limit(LOOKED_AT)
    found = [case for case in session.scalars(query) if fits_since(definition, keep.facts_of(case))][:CASES]
    files = [values.File(case) for case in found]
    lines = []
    for each in definition.fields:
        said = Counter(_said(file, each) for file in files)
        lines.append(Tried(each, sample_of(each, centre_id=centre_id), said[Said.READY] + said[Said.CUT], said))
    return Trial(lines, len(files))


def _said(file, each: Field) -> Said:
    text = values.text_of(file, each)
    if text is None:
        return Said.UNCODED
    if not text:
        return Said.EMPTY
    return Said.READY if cut(text, each) == text else Said.CUT


def sample_of(each: Field, *, centre_id: int) -> str:
    """Return what an invented case would have in a field, as it would be copied."""
    if each.ours is Ours.FIXED:
        return cut(each.fixed, each)
    words = []
    if each.ours.holds is Value.WORD:
        known = values.vocabulary(each.ours, centre_id=centre_id) or [("", "")]
        word, value = next(((word, name) for word, name in known if word in each.codes), known[0])
        words = [word]
    else:
        by_name = INVENTED_BY_NAME.get(each.ours.value.partition(".")[2])
        value = INVENTED.get(each.ours) or INVENTED_BY_KIND.get(each.ours.holds) or by_name
    return cut(written(value, each, line=words) or "", each)
