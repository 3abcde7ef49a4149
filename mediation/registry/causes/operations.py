"""Importing the official list of causes, and keeping a centre's own types."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import insert

from mediation.ground import trail
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.editions import changed
from mediation.ground.errors import Invalid, NotAllowed, NotFound, Obstacle, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.pinyin import initials
from mediation.registry.causes import asking, official_list, queries, rules
from mediation.registry.causes.models import ImportedCause, ImportedCauseList, TypeVersion
from mediation.registry.causes.rules import Cause, DisputeType

MANAGE, SYSTEM = "settings_manage", "system"  # keys of access.rules, which lies on the same floor
DEEPEST = 3


class Bar(Reason):
    """Why a dispute type cannot be added or changed."""

    TAKEN = "taken", N_("代码%(code)s已经用过，代码不能重复使用"), "ST-01"
    NO_PARENT = "no_parent", N_("没有上级类型%(code)s"), "ST-01"
    TOO_DEEP = "too_deep", N_("纠纷类型最多三级"), "ST-01"
    MAIN_TYPE = "main_type", N_("一级类型由统计口径规定，不能增加、更名或停用"), "ST-01"
    UNKNOWN_CAUSE = "unknown_cause", N_("没有代码为%(code)s的案由")
    TOO_EARLY = "too_early", N_("日期不能早于现有类型的启用日期%(since)s")
    IN_USE_BELOW = "in_use_below", N_("下级类型“%(name)s”还在使用，请先停用")
    NO_SUCCESSOR = "no_successor", N_("接替的类型“%(code)s”那天不能用，请从还在用的类型里选")
    NOTHING = "nothing", N_("没有改动")


@dataclass(frozen=True)
class Preview:
    """What importing a list would change against the one in force on that day."""

    causes: Sequence[Cause]
    faults: Sequence[Obstacle]  # any of them forbids the import
    added: Sequence[Cause]
    removed: Sequence[Cause]
    renamed: Sequence[tuple[Cause, Cause]]


def preview_causes(data: bytes, *, valid_from: date, centre_id: int | None = None) -> Preview:
    """Return what the file would change. Raises RuleBroken for a file that is no list at all."""
    causes, faults = official_list.read(data)
    before = {each.code: each for each in queries.causes(on=valid_from, centre_id=centre_id)}
    after = {each.code: each for each in causes}
    return Preview(
        causes=causes,
        faults=faults,
        added=[each for code, each in after.items() if code not in before],
        removed=[each for code, each in before.items() if code not in after],
        renamed=[
            (before[code], each)
            for code, each in after.items()
            if code in before and before[code].name != each.name
        ],
    )


def import_causes(data: bytes, *, by, valid_from: date, source: str) -> Preview:
    """Make the file the list of causes from a day on, for the actor's centre, or for all when the actor has none.

    Earlier lists stay: old cases keep their codes. Raises NotAllowed, Invalid without a source, and RuleBroken with
    everything that is wrong with the file.
    """
    _check(by)
    if not source.strip():
        raise Invalid(source=N_("请写明案由规定的文号"))
    preview = preview_causes(data, valid_from=valid_from, centre_id=by.centre_id)
    if preview.faults:
        raise RuleBroken(*preview.faults)
    imported = ImportedCauseList(
        id=new_id(),
        centre_id=by.centre_id,
        valid_from=valid_from,
        source=source.strip(),
        imported_by_id=by.account_id,
    )
    session.add(imported)
    session.flush()
    lines = [
        {
            "id": new_id(),
            "cause_list_id": imported.id,
            "position": position,
            "code": each.code,
            "number": each.number,
            "name": each.name,
            "level": each.level,
            "parent_code": each.parent_code,
            "initials": each.initials,
        }
        for position, each in enumerate(preview.causes)
    ]
    session.execute(insert(ImportedCause), lines)
    changed(ImportedCauseList)
    trail.record("causes.import", by=by, about=imported, params={"causes": len(lines), "valid_from": valid_from})
    return preview


def add_type(
    code: str,
    name: str,
    *,
    by,
    on: date,
    causes: Sequence[str] = (),
    keywords: Sequence[str] = (),
    traits: Sequence[str] = (),
    papers: Sequence[str] = (),
    questions: Sequence[str] = (),
    why: str = "",
) -> int:
    """Add a local type below an existing one, for the actor's centre, from a day on; return the version's id.

    ``questions`` are lines as :func:`asking.read` takes them. Raises NotAllowed, Invalid without a name, and RuleBroken
    for a used code, an unknown parent or cause, a fourth level, or a question that cannot be read.
    """
    return _write("types.add", added(
        code, name, by=by, on=on, causes=causes, keywords=keywords, traits=traits, papers=papers, questions=questions,
    ), by=by, why=why)


def added(code: str, name: str, *, by, on: date, questions: Sequence[str] = (), **parts) -> DisputeType:
    """Return the type that :func:`add_type` would write. Raises as it does."""
    _check(by)
    parent_code = code.rpartition(".")[0]
    asked, bars = asking.read(questions)
    if not parent_code:
        bars.append(because(Bar.MAIN_TYPE))
    elif code.count(".") >= DEEPEST:
        bars.append(because(Bar.TOO_DEEP))
    else:
        parent = queries.dispute_type(parent_code, on=on, centre_id=by.centre_id)
        if parent is None or not parent.is_valid(on):
            bars.append(because(Bar.NO_PARENT, code=parent_code))
    if queries.dispute_type(code, centre_id=by.centre_id):
        bars.append(because(Bar.TAKEN, code=code))
    bars += _unknown_causes(parts.get("causes", ()), by)
    new_name = _named(name)
    if bars:
        raise RuleBroken(*bars)
    return DisputeType(
        code=code, name=new_name, initials=initials(new_name), valid_from=on, questions=asked,
        causes=tuple(parts.get("causes", ())), keywords=tuple(parts.get("keywords", ())),
        traits=frozenset(parts.get("traits", ())), papers=tuple(parts.get("papers", ())),
    )


def free_code(parent_code: str, *, by) -> str:
    """Return a code below a type that nobody has used: ``neighbour.own1``. Raises NotFound."""
    _of(parent_code, by)
    number = 1
    while queries.dispute_type(f"{parent_code}.own{number}", centre_id=by.centre_id):
        number += 1
    return f"{parent_code}.own{number}"


def change_type(code: str, *, by, on: date, why: str = "", **changes) -> int:
    """Give a local type another name, other causes, keywords, traits, papers or questions from a day on.

    A closed one is in use again from that day. Main types keep their name and traits. Returns the version's id. Raises
    NotAllowed, NotFound, Invalid for an empty name, RuleBroken; nothing changed is an obstacle too.
    """
    return _write("types.change", changed_type(code, by=by, on=on, **changes), by=by, why=why)


def changed_type(
    code: str,
    *,
    by,
    on: date,
    name: str | None = None,
    causes: Sequence[str] | None = None,
    keywords: Sequence[str] | None = None,
    traits: Sequence[str] | None = None,
    papers: Sequence[str] | None = None,
    questions: Sequence[str] | None = None,
) -> DisputeType:
    """Return the type that :func:`change_type` would write. Raises as it does."""
    _check(by)
    old = own_part(code, by)
    bars = _unknown_causes(causes or (), by)
    asked, faults = (old.questions, []) if questions is None else asking.read(questions)
    bars += faults
    new_name = old.name if name is None else _named(name)
    new_traits = old.traits if traits is None else frozenset(traits)
    if old.parent_code is None and (new_name, new_traits) != (old.name, old.traits):
        bars.append(because(Bar.MAIN_TYPE))
    if on < old.valid_from:
        bars.append(because(Bar.TOO_EARLY, since=old.valid_from))
    is_back = old.valid_to is not None and old.valid_to < on
    new = replace(
        old,
        name=new_name,
        initials=initials(new_name) if new_name != old.name else old.initials,
        causes=old.causes if causes is None else tuple(causes),
        keywords=old.keywords if keywords is None else tuple(keywords),
        traits=new_traits,
        papers=old.papers if papers is None else tuple(papers),
        questions=asked,
        valid_from=on,
        valid_to=None if is_back else old.valid_to,
        successor=None if is_back else old.successor,
    )
    if not bars and replace(new, valid_from=old.valid_from) == old:
        bars.append(because(Bar.NOTHING))
    if bars:
        raise RuleBroken(*bars)
    return new


def close_type(code: str, *, by, on: date, successor: str | None = None, why: str = "") -> int:
    """Make ``on`` the last day of a local type; cases that have it keep it. Return the version's id.

    ``successor`` is the type to choose afterwards. Raises NotAllowed, NotFound, and RuleBroken for a main type, one
    with open types below it, or a successor that is not in use then.
    """
    return _write("types.close", closed_type(code, by=by, on=on, successor=successor), by=by, why=why)


def closed_type(code: str, *, by, on: date, successor: str | None = None) -> DisputeType:
    """Return the type that :func:`close_type` would write. Raises as it does."""
    _check(by)
    old = own_part(code, by)
    bars = [because(Bar.MAIN_TYPE)] if old.parent_code is None else []
    bars += [
        because(Bar.IN_USE_BELOW, name=each.name)
        for each in queries.types_below(code, on=on, centre_id=by.centre_id)
        if each.valid_to is None or each.valid_to > on
    ]
    if on < old.valid_from:
        bars.append(because(Bar.TOO_EARLY, since=old.valid_from))
    next_day = on + timedelta(days=1)
    heir = queries.dispute_type(successor, on=next_day, centre_id=by.centre_id) if successor else None
    if successor and (heir is None or not heir.is_valid(next_day) or successor == code):
        bars.append(because(Bar.NO_SUCCESSOR, code=heir.name if heir else successor))
    if bars:
        raise RuleBroken(*bars)
    return replace(old, valid_to=on, successor=successor or None)


def _check(by) -> None:
    if by.role != SYSTEM and not by.may(MANAGE):
        raise NotAllowed(MANAGE)


def own_part(code: str, by) -> DisputeType:
    """Return the newest version of a type with its own traits only, without those of the types above. NotFound."""
    old = _of(code, by)
    above = queries.dispute_type(old.parent_code, centre_id=by.centre_id) if old.parent_code else None
    return replace(old, traits=old.traits - above.traits) if above else old


def _of(code: str, by) -> DisputeType:
    found = queries.dispute_type(code, centre_id=by.centre_id)
    if found is None:
        raise NotFound()
    return found


def _named(name: str) -> str:
    if not name.strip():
        raise Invalid(name=N_("请填写名称"))
    return name.strip()


def _unknown_causes(codes: Sequence[str], by) -> list[Obstacle]:
    unknown = [code for code in codes if queries.cause(code, centre_id=by.centre_id) is None]
    return [because(Bar.UNKNOWN_CAUSE, code=code) for code in unknown]


def _write(event: str, new: DisputeType, *, by, why: str = "") -> int:
    row = TypeVersion(
        id=new_id(),
        centre_id=by.centre_id,
        code=new.code,
        name=new.name,
        initials=new.initials,
        facts={
            "causes": list(new.causes), "keywords": list(new.keywords), "traits": sorted(new.traits),
            "papers": list(new.papers), "questions": [each.line for each in new.questions],
            "successor": new.successor, "why": why.strip(),
        },
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        set_by_id=by.account_id,
    )
    session.add(row)
    changed(TypeVersion)
    told = {"code": new.code, "name": new.name, "main": rules.main_code(new.code), "on": new.valid_to or new.valid_from}
    trail.record(event, by=by, about=row, params=told)
    return row.id
