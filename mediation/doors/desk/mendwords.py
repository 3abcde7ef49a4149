"""Corrections as people read them: field, before, after; last days that moved; who may decide."""

from datetime import date

from mediation.casefile.cases import access
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import Channel
from mediation.casefile.clocks.rules import ClockLabel
from mediation.doors.desk import pickers
from mediation.doors.shared import cures, words
from mediation.doors.shared.guard import actor
from mediation.doors.shared.language import gettext as _
from mediation.registry.access.rules import Permission, Role
from mediation.registry.people.rules import mask_number, mask_phone
from mediation.registry.points import queries as points
from mediation.stages.intake.corrections import Field
from mediation.stages.intake.rules import Elsewhere
from mediation.stages.mending import queries
from mediation.stages.mending.rules import Mend
from mediation.stages.mending.undorules import Changed
from mediation.stages.proceedings.periods import Procedure

CODES = {
    "type_code": pickers.type_label, "cause_code": pickers.cause_label, "area_code": pickers.place_label,
    "object_area_code": pickers.place_label,
}
WORDS = {"channel": Channel, "court_procedure": Procedure, "pending_elsewhere": Elsewhere}
DATES = ("applied_on", "court_received_on", "pending_since")


def rows(asked, case) -> list[tuple[str, str, str]]:
    """Return what a request changes as (what, before, after)."""
    content = queries.content_of(asked, case)
    if asked.kind == Mend.REGISTRATION:
        return [
            (_(Field(name).label), *(_value(name, each, case) for each in pair))
            for name, pair in content["fields"].items()
        ]
    if asked.kind == Mend.UNDO:
        label = STEPS[content["step"]].label
        return [(_("撤销上一步"), _(label), _("回到这一步以前的样子"))]
    told = content.get("identity")
    return [(_("当事人"), content["name"], _person(told) if told else _("拿掉，不再是本案当事人"))]


def _person(told):
    number, phone = told.get("id_number"), told.get("phone")
    parts = [told["name"], mask_number(number) if number else told.get("uscc"), mask_phone(phone) if phone else None,
             told.get("address")]
    return _("，").join(part for part in parts if part)


def _value(name, value, case):
    if value in (None, ""):
        return _("空")
    if name == "amount_fen":
        return words.money(value)
    if name in DATES:
        return words.day_words(date.fromisoformat(value))
    if name in CODES:
        return CODES[name](value, centre_id=case.centre_id) or value
    if name in WORDS:
        return words.label(WORDS[name](value))
    if name == "point_id":
        point = points.point(value, centre_id=case.centre_id)
        return point.name if point else _("空")
    return str(value)


def clocks(asked) -> list[tuple[str, date, date]]:
    """Return the last days that a request moved: what is measured, before, after."""
    moved = asked.effect.get("clocks") or ()
    return [
        (words.label(ClockLabel(label)), date.fromisoformat(before), date.fromisoformat(after))
        for label, before, after in moved
    ]


def changes(found) -> list[tuple[str, str, str]]:
    """Return what an undo changes as (what, before, after)."""
    return [(_named(each), *_before_and_after(each)) for each in found]


def _named(change):
    of = change.of
    if change.what in (Changed.CLOCK_ON, Changed.CLOCK_OFF):
        of = words.label(ClockLabel(of))
    elif change.what == Changed.SESSION:
        of = _("第 %(number)s 次", number=of)
    label = _(change.what.label)
    return label if of is None else _("%(what)s：%(of)s", what=label, of=words.value_words(of))


def _before_and_after(change):
    if change.what == Changed.RECEIPT:
        amount = _("%(yuan)s 元", yuan=words.money(change.after)) if change.after else ""
        return _("，").join(filter(None, [words.day_words(change.before), amount])), _("作废，不再计算")
    if change.what in (Changed.SESSION, Changed.COURT_ACT, Changed.PAPER):
        return str(words.value_words(change.before)) if change.before else "", _("作废，留在案卷里")
    if change.what == Changed.ANSWERS:
        return _("已答"), _("没答，重新问")
    if change.what == Changed.DUTY:
        return _("要报告"), _("不用报告")
    if change.what == Changed.SEAL:
        return _("保密"), _("不保密")
    both = change.before, change.after
    return tuple(_("没有") if each is None else str(words.value_words(each)) for each in both)


def may_decide(asked, case) -> bool:
    """Say whether the reader may allow a request: a supervisor, or a head who acts on the case; nobody their own."""
    by = actor()
    if not by.may(Permission.MENDS_DECIDE) or queries.decision_bars(asked, by=by):
        return False
    return by.role is Role.SUPERVISOR or access.acts_on(by, case)


def reasons(obstacles) -> list[str]:
    """Return obstacles as sentences."""
    return [cures.sentence(obstacle) for obstacle in obstacles]
