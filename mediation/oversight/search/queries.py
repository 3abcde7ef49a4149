"""Finding cases by what people have at hand. Every kind has an index of its own; nothing scans (P25)."""

import re
from datetime import timedelta
from functools import cache

from sqlalchemy import Select, bindparam, or_, select, union

from mediation.casefile.cases import access, query_codes
from mediation.casefile.cases.court_numbers import read_court_number
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.queries import Row, rows_of
from mediation.casefile.outside import queries as outside
from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.people import queries as people
from mediation.registry.people.models import Person
from mediation.registry.people.rules import normalise_number
from mediation.registry.regions import queries as regions
from mediation.registry.staff import operations as staff
from mediation.registry.staff.rules import MOST_ID_SEARCHES_PER_HOUR
from mediation.registry.units.queries import centre
from mediation.stages.confirmation.models import Confirmation
from mediation.stages.groups.models import GroupMember
from mediation.stages.referrals.models import Referral

MOST = 50
HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"


def kind_of(text: str) -> str:
    """Return what was typed: code, number, id_number, phone_tail, initials, name, place, or short."""
    compact = normalise_number(text)
    if query_codes.code_in(text):
        return "code"
    if re.fullmatch(r"\d{17}[\dX]", compact):
        return "id_number"
    if re.fullmatch(r"\d{4}", compact):
        return "phone_tail"
    if re.search(r"\d", text):
        return "number"
    if re.fullmatch(r"[a-zA-Z]{2,12}", compact):
        return "initials"
    if re.fullmatch(rf"[{HAN}·]+", text) and len(text) >= 2:
        return "place" if text[-1] in "镇乡村" and len(text) > 2 else "name"
    return "short" if len(text) < 2 else "name"


def find(text: str, *, for_: Actor) -> list[Row]:
    """Return at most 50 cases at PROGRESS depth, the newest first.

    A sealed case whose contents the reader does not see is found by its number only: who is in it is no answer (P6).
    """
    kind = kind_of(text)
    matching = {
        "code": _by_code, "number": _by_number, "id_number": _by_id_number, "phone_tail": _by_phone_tail,
        "initials": _by_initials, "name": _by_name, "place": _by_place,
    }.get(kind)
    if matching is None:
        return []
    if kind == "name":
        query, values = _naming(for_.role), access.ids(for_) | {"begins": text, "ends": _after(text)}
    else:
        query, values = _matching(matching(text, for_), for_, is_named=kind not in ("number", "code")), None
    return rows_of(list(session.scalars(query, values)))


def _matching(condition, by: Actor, *, is_named: bool) -> Select:
    """Return the statement of the newest matching cases that the actor sees; few match, so each is probed."""
    query = access.scoped(select(Case.id), by, Depth.PROGRESS, narrow=False).where(condition)
    if is_named:
        query = query.where(access.may_be_named(by))
    return query.order_by(Case.id.desc()).limit(MOST)


@cache
def _naming(role: Role) -> Select:
    """Return the statement of a search by name, the one that is asked all day, for anybody of a role."""
    in_them = _somebody(lambda row: (row.name >= bindparam("begins")) & (row.name < bindparam("ends")))
    # The centre is the scope's; asked here, it would scan.
    return _matching(in_them, access.anybody(role), is_named=True)


def _somebody(is_meant):
    """Return the condition on cases that somebody is in, as a party or as a member of the group that it leads."""
    members = select(GroupMember.case_id).where(is_meant(GroupMember), GroupMember.ended_on.is_(None))
    return Case.id.in_(union(select(Party.case_id).where(is_meant(Party)), members))


def _by_number(text, by):
    digits = re.findall(r"\d+", text)
    serial = digits[-1]
    prefix = centre(by.centre_id).register_word
    years = [digits[0]] if len(digits) > 1 and len(digits[0]) == 4 else _register_years(by)
    return _numbered(text, by, read_as=[f"{prefix}〔{year}〕{serial}号" for year in years])


def _numbered(text, by, *, read_as=()):
    """Return the condition on cases that bear exactly this number, or the centre's own in one of the readings."""
    # One question for each kind of number, so that each finds its own index.
    return Case.id.in_(
        union(
            select(Case.id).where(Case.centre_id == by.centre_id, Case.register_no.in_([text, *read_as])),
            select(Case.id).where(Case.body_no == text),
            outside.matching(text, centre_id=by.centre_id),
            *_courts(text),
        )
    )


def _courts(text):
    """Return the queries of the cases that a court has under this number, which it may give with any brackets."""
    number = read_court_number(text)
    bearers = (Referral, Confirmation) if number else ()
    return [select(each.case_id).where(each.court_no == str(number)) for each in bearers]


def _by_code(text, by):
    """Return the condition on the case of a receipt's code; what only looks like one may be somebody's number.

    No serial is read out of it: the digits of a code are random, or missing, and would open a stranger's case.
    """
    code = query_codes.index_of(query_codes.code_in(text))
    return or_(Case.id.in_(select(Case.id).where(Case.query_code_hash == code)), _numbered(text, by))


def _register_years(by):
    newest = select(Case.register_year).where(Case.centre_id == by.centre_id).order_by(Case.id.desc()).limit(1)
    year = session.scalar(newest)
    return [year, year - 1, year - 2] if year else []


def _by_id_number(text, by):
    wanted = keys().blind(normalise_number(text), "people.id_number")
    found = select(people.LASTING).where(Person.centre_id == by.centre_id, Person.id_number_index == wanted)
    return _with_people(found)


def _by_phone_tail(text, by):
    tail = normalise_number(text)
    return _with_people(select(people.LASTING).where(Person.centre_id == by.centre_id, Person.phone_tail == tail))


def _with_people(found: Select):
    """Return the condition on cases that somebody is in, under whatever row the case knows them."""
    return _somebody(lambda row: row.person_id.in_(people.rows_of(found)))


def _by_initials(text, by):
    return _somebody(lambda row: row.initials == text.lower())  # the centre is the scope's


def _by_name(text, by):
    return _somebody(lambda row: (row.name >= text) & (row.name < _after(text)))


def _after(text: str) -> str:
    """Return the first text that no longer begins like this one."""
    return text[:-1] + chr(ord(text[-1]) + 1)


def _by_place(text, by):
    places = regions.search_places(text, centre(by.centre_id).area_code)
    if not places:
        return _by_name(text, by)
    return or_(*[(Case.area_code >= place.code) & (Case.area_code < place.code + "a") for place in places])


def note_id_search(*, by: Actor) -> None:
    """Count a search for a full ID number, logged without the number; more than 30 an hour are refused (P25)."""
    hour = timedelta(hours=1)
    if staff.count_attempts("id_search", str(by.account_id), hour) >= MOST_ID_SEARCHES_PER_HOUR:
        raise Invalid(N_("一小时内查完整证件号的次数到了上限，请稍后再查"))
    staff.note_attempt("id_search", str(by.account_id))
    trail.record("search.id_number", by=by)
