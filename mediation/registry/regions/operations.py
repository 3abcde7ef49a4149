"""Giving a centre its areas, and keeping them true."""

import csv
import io
from datetime import date, timedelta

from sqlalchemy import insert, select

from mediation.ground import clock, trail
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.editions import changed
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, because, known
from mediation.ground.ids import new_id
from mediation.ground.pinyin import initials
from mediation.registry.regions import queries, rules
from mediation.registry.regions.models import Area, CourtException
from mediation.registry.regions.rules import AreaLevel, CourtLevel, Place

MANAGE, SYSTEM = "settings_manage", "system"  # keys of access.rules, which lies on the same floor
CODE_LENGTHS = {9, 12}


class Fault(Reason):
    """Why a table of areas is not taken over."""

    NO_COLUMNS = "no_columns", N_("第一行要有“code”“name”两个栏目名")
    BAD_CODE = "bad_code", N_("第%(line)d行：%(code)s不是%(county)s内的乡镇（9位）或村（12位）代码")
    NO_NAME = "no_name", N_("第%(line)d行没有名称")
    NO_TOWN = "no_town", N_("第%(line)d行：没有代码为%(code)s的乡镇")
    NOT_BUILT_IN = "not_built_in", N_("程序没有自带%(county)s的乡镇和村，请导入名单")


def load_areas(centre_id: int, county_code: str, *, by, on: date) -> int:
    """Give a new centre the towns and villages that come with the program; return how many.

    Called when a centre is founded, before anybody holds a post in it. Areas that it already has stay as they are.
    Raises RuleBroken when the program has none for that county.
    """
    if not queries.has_built_in(county_code):
        raise RuleBroken(because(Fault.NOT_BUILT_IN, county=queries.division_name(county_code) or county_code))
    return _add(centre_id, queries.built_in_places(county_code), by=by, on=on)


def import_areas(county_code: str, data: bytes, *, by, on: date) -> int:
    """Add the towns and villages of a CSV file (code, name) to the actor's centre; return how many were new.

    Raises NotAllowed, and RuleBroken with every line that cannot be taken.
    """
    _check(by)
    return _add(by.centre_id, _read(county_code, data), by=by, on=on)


def rename_area(code: str, name: str, *, by, on: date) -> int:
    """Close a place under its old name the day before ``on`` and open it under the new one; return the row's id.

    Raises NotAllowed, NotFound, and Invalid without a name or for a day before the place had its present one.
    """
    _check(by)
    old = _open(code, by)
    name = name.strip()
    if not name:
        raise Invalid(name=N_("请填写名称"))
    if on <= old.valid_from:
        raise Invalid(on=N_("变更日期要晚于原名称的启用日期"))
    old.valid_to = on - timedelta(days=1)
    new = Area(
        id=new_id(),
        centre_id=by.centre_id,
        code=code,
        name=name,
        level=old.level,
        parent_code=old.parent_code,
        initials=initials(rules.short_name(name)),
        valid_from=on,
    )
    session.add(new)
    changed(Area)
    trail.record("areas.rename", by=by, about=new, params={"code": code, "was": old.name, "name": name, "on": on})
    return new.id


def close_area(code: str, *, by, on: date) -> None:
    """Make ``on`` the last day of a place. Raises NotAllowed, NotFound, and Invalid for a day before its first."""
    _check(by)
    old = _open(code, by)
    if on < old.valid_from:
        raise Invalid(on=N_("停用日期不能早于启用日期"))
    old.valid_to = on
    changed(Area)
    trail.record("areas.close", by=by, about=old, params={"code": code, "on": on})


def set_court(
    area_code: str, court_code: str, name: str, *, by, source: str, on: date, level: str = CourtLevel.BASIC
) -> int:
    """Name the court of an area that does not follow the rule, from a day on; return the row's id. JC-04 to JC-07.

    It holds for the actor's centre and closes the one of the same area and level that it follows. Raises NotAllowed;
    Invalid for what is missing, a place or a code that nobody has, a day before the one it follows began.
    """
    _check(by)
    missing = {
        field: N_("请填写")
        for field, value in {"area_code": area_code, "court_code": court_code, "name": name, "source": source}.items()
        if not value.strip()
    }
    if missing:
        raise Invalid(**missing)
    area_code, level = area_code.strip(), known(CourtLevel, level, "level")
    if queries.place(area_code, centre_id=by.centre_id) is None:
        raise Invalid(area_code=N_("没有这个代码的地方"))
    if not rules.is_court_code(court_code.strip()):
        raise Invalid(court_code=N_("法院代字是省的简称加 2 到 4 位数字，中级人民法院 2 位"))
    before = session.scalar(
        select(CourtException).where(
            CourtException.centre_id == by.centre_id, CourtException.area_code == area_code,
            CourtException.level == level, CourtException.valid_to.is_(None),
        )
    )
    if before is not None:
        if on <= before.valid_from:
            raise Invalid(on=N_("要晚于这个地方现在这一条的启用日期"))
        before.valid_to = on - timedelta(days=1)
    row = CourtException(
        id=new_id(),
        centre_id=by.centre_id,
        area_code=area_code,
        court_code=court_code.strip(),
        name=name.strip(),
        level=level,
        source=source.strip(),
        valid_from=on,
        set_by_id=by.account_id,
    )
    session.add(row)
    changed(CourtException)
    said = {"area": row.area_code, "court": row.court_code, "level": row.level, "on": on}
    trail.record("courts.set", by=by, about=row, params=said)
    return row.id


def end_court(public_id: str, *, by, on: date) -> None:
    """Make ``on`` the last day of a court that did not follow the rule; the rule holds again the day after.

    Raises NotAllowed, NotFound for one that has ended, Invalid for a day before its first.
    """
    _check(by)
    row = queries.exception(public_id, centre_id=by.centre_id)
    if on < row.valid_from:
        raise Invalid(on=N_("停用日期不能早于启用日期"))
    row.valid_to = on
    changed(CourtException)
    trail.record("courts.end", by=by, about=row, params={"area": row.area_code, "court": row.court_code, "on": on})


def _check(by) -> None:
    if by.role != SYSTEM and not by.may(MANAGE):
        raise NotAllowed(MANAGE)


def _open(code: str, by) -> Area:
    """Return the place of that code which the actor's centre has now. Raises NotFound."""
    mine = select(Area).where(Area.centre_id == by.centre_id, Area.code == code, Area.valid_to.is_(None))
    found = session.scalar(mine)
    if found is None:
        raise NotFound()
    return found


def _add(centre_id: int, found, *, by, on: date) -> int:
    known = set(session.scalars(select(Area.code).where(Area.centre_id == centre_id)))
    rows = [
        {
            "id": new_id(),
            "centre_id": centre_id,
            "code": each.code,
            "name": each.name,
            "level": each.level,
            "parent_code": rules.parent_of(each.code),
            "initials": each.initials,
            "valid_from": on,
            "recorded_at": clock.now(),
        }
        for each in found
        if each.code not in known
    ]
    if rows:
        session.execute(insert(Area), rows)
        changed(Area)
        trail.record("areas.load", by=by, params={"areas": len(rows), "on": on})
    return len(rows)


def _read(county_code: str, data: bytes) -> list[Place]:
    lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace")))
    if not {"code", "name"} <= set(lines.fieldnames or ()):
        raise RuleBroken(because(Fault.NO_COLUMNS))
    found: list[Place] = []
    bad = []
    for row in lines:
        code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
        if len(code) not in CODE_LENGTHS or not code.isdecimal() or not code.startswith(county_code):
            county = queries.division_name(county_code) or county_code
            bad.append(because(Fault.BAD_CODE, line=lines.line_num, code=code, county=county))
        elif not name:
            bad.append(because(Fault.NO_NAME, line=lines.line_num))
        else:
            found.append(Place(code, name, row.get("initials") or initials(rules.short_name(name))))
    towns = {each.code for each in found if each.level is AreaLevel.TOWN}
    towns |= {each.code for each in queries.towns(county_code)}
    bad += [
        because(Fault.NO_TOWN, line=at, code=each.code[:9])
        for at, each in enumerate(found, start=2)
        if each.level is AreaLevel.VILLAGE and each.code[:9] not in towns
    ]
    if bad:
        raise RuleBroken(*bad)
    return sorted(found, key=lambda each: (len(each.code), each.code))
