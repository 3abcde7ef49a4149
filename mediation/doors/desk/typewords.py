"""What pages say about dispute types: what one leads to on a day, what a change changes, who made it so."""

from dataclasses import dataclass, replace
from datetime import date

from wtforms.fields.choices import SelectChoice

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Basis, Track, Trait, title_of
from mediation.doors.desk import pickers
from mediation.doors.desk.settingforms import words_of
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.registry.causes import queries as causes
from mediation.registry.causes.rules import line_of, main_code
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.registry.staff import queries as staff
from mediation.stages.intake.rules import acceptance_key
from mediation.stages.proceedings.periods import period_key
from mediation.stages.routing import queries as routing

LEFT, RIGHT = "张三", "李四"
WAYS = {Track.PEOPLES: Basis.SELF_RUN, Track.ADMINISTRATIVE: Basis.SELF_RUN}
PARTS = (
    ("name", N_("名称")), ("traits", N_("性质")), ("keywords", N_("词")), ("causes", N_("常用案由")),
    ("papers", N_("材料")), ("questions", N_("问题")), ("valid_to", N_("用到")), ("successor", N_("接替")),
)


@dataclass(frozen=True)
class Look:
    """What a case of a type looks like on a day."""

    title: str
    cause: str
    traits: list[str]
    advice: object
    periods: list[tuple[str, str]]
    papers: tuple[str, ...]
    questions: tuple


@dataclass(frozen=True)
class Preview:
    """What a change does: each part before and after, the picker that day, a case of the type, who has it now."""

    changes: list[tuple[str, str, str]]
    picker: list[tuple[str, bool]]
    look: Look
    is_offered: bool
    on: date
    open_cases: int
    is_capped: bool


@dataclass(frozen=True)
class Entry:
    """One version in the log: when it was written, by whom, why, from when on, and what it changed."""

    at: object
    who: str
    why: str
    valid_from: date
    valid_to: date | None
    changes: list[tuple[str, str, str]]


def day(text) -> date:
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError:
        return clock.today()


def traits_of(kind) -> list[str]:
    return [_(trait.label) for trait in Trait if trait in kind.traits]


def line(code, by) -> list:
    """Return the types above a type, the main one first."""
    return [causes.dispute_type(each, centre_id=by.centre_id) for each in line_of(code)[:-1]]


def successors(kind, by) -> list[SelectChoice]:
    """Return what may follow a type: all types in use but itself, by main type."""
    in_use = causes.types(on=clock.today(), centre_id=by.centre_id)
    mains = {each.code: each.name for each in in_use if each.parent_code is None}
    offered = [
        SelectChoice(each.code, each.name, optgroup=mains.get(main_code(each.code), ""))
        for each in in_use if each.code != kind.code
    ]
    return [SelectChoice("", _("不指定"), optgroup=_("没有")), *offered]


def look(kind, *, on, by) -> Look:
    """Return what a case of the type looks like on a day; what it does not say itself the nearest type above says."""
    above = causes.effective(kind.parent_code, on=on, centre_id=by.centre_id) if kind.parent_code else None
    return Look(
        title=title_of([LEFT], [RIGHT], kind.name),
        cause=pickers.cause_label(kind.causes[0], centre_id=by.centre_id) if kind.causes else "",
        traits=traits_of(kind),
        advice=routing.suggest_for_values(centre_id=by.centre_id, on=on, type_code=kind.code),
        periods=[(_(track.label), _periods(kind, track, on, by)) for track in WAYS],
        papers=kind.papers or (above.papers if above else ()),
        questions=kind.questions or (above.questions if above else ()),
    )


def preview(after, *, before, on, by) -> Preview:
    """Return what a change does before it is published."""
    above = causes.dispute_type(after.parent_code, on=on, centre_id=by.centre_id) if after.parent_code else None
    whole = replace(after, traits=after.traits | (above.traits if above else frozenset()))
    counted = cases.open_of_type(after.code, centre_id=by.centre_id)
    return Preview(
        changes=changes(before, after, by), picker=_picker(whole, on, by), look=look(whole, on=on, by=by),
        is_offered=whole.is_valid(on), on=on, open_cases=min(counted, cases.COUNT_UP_TO),
        is_capped=counted > cases.COUNT_UP_TO,
    )


def changes(before, after, by) -> list[tuple[str, str, str]]:
    """Return each part that differs: what it is called, before, after."""
    shown = [(_(label), _part(before, name, by), _part(after, name, by)) for name, label in PARTS]
    return [(label, was, is_now) for label, was, is_now in shown if was != is_now]


def log(code, by) -> list[Entry]:
    """Return the versions that the centre wrote, the newest first, each against the one before it."""
    rows = causes.own_versions(code, centre_id=by.centre_id)
    names = staff.names({row.set_by_id for row in rows})
    built_in = causes.built_in_type(code)
    kinds = [causes.own(row) for row in rows]
    earlier = [*kinds[1:], built_in][:len(rows)]
    return [
        Entry(
            row.recorded_at, names.get(row.set_by_id) or _("系统"), row.facts.get("why") or "", row.valid_from,
            row.valid_to, changes(was, kind, by),
        )
        for row, kind, was in zip(rows, kinds, earlier, strict=True)
    ]


def _picker(kind, on, by) -> list[tuple[str, bool]]:
    """Return what the registration offers on that day beside the type: its siblings, and whether each is the type."""
    above = kind.parent_code
    around = causes.types_below(above, on=on, centre_id=by.centre_id) if above else [
        each for each in causes.types(on=on, centre_id=by.centre_id) if each.parent_code is None
    ]
    names = [(kind.name if each.code == kind.code else each.name, each.code == kind.code) for each in around
             if each.code != kind.code or kind.is_valid(on)]
    is_there = any(mine for _name, mine in names)
    return names if is_there or not kind.is_valid(on) else [*names, (kind.name, True)]


def _periods(kind, track, on, by) -> str:
    accept = acceptance_key(track, kind.traits, main_type=main_code(kind.code))
    mediate = period_key(track, WAYS[track], traits=kind.traits, main_type=main_code(kind.code))
    figures = [settings.value(Kind.PERIOD, key, on=on, centre_id=by.centre_id) for key in (accept, mediate)]
    told = [words_of(Kind.PERIOD, figure) if figure else "—" for figure in figures]
    return _("%(accept)s内决定受理，%(mediate)s内调完", accept=told[0], mediate=told[1])


def _part(kind, name, by) -> str:
    if kind is None:
        return ""
    value = getattr(kind, name)
    match name:
        case "traits":
            return _("、").join(_(trait.label) for trait in Trait if trait in value)
        case "causes":
            return _("、").join(pickers.cause_label(code, centre_id=by.centre_id) for code in value)
        case "questions":
            return _("、").join(each.line for each in value)
        case "successor":
            return pickers.type_label(value, centre_id=by.centre_id) if value else ""
        case "keywords" | "papers":
            return _("、").join(value)
    return str(value or "")
