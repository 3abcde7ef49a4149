"""Reading one row of a sheet of orders: what it says, and what it lacks to be registered. Nothing is guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

import cn2an

from mediation.casefile.outside.rules import LONGEST_NUMBER, tidy
from mediation.ground.errors import Obstacle, because
from mediation.registry.causes import queries as causes
from mediation.registry.people import rules as people
from mediation.registry.people.operations import Identity
from mediation.registry.regions import queries as regions
from mediation.registry.units import queries as units
from mediation.stages.intake.orders.rules import Fault, Field
from mediation.stages.intake.reading import UNKNOWN, Side, read_side

NOTHING = {"", "/", "无", "-", "—", "不详", "未知", "未提供"}
SERIAL = re.compile(r"[2-6]\d{4}(\.0+)?")  # days from 1954 to 2091
EPOCH = date(1899, 12, 30)
WHOLE_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
COMPACT_DAY = re.compile(r"(20\d{2})(\d{2})(\d{2})(?!\d)")
LOST_DIGITS = re.compile(r"^\d(\.\d+)?E\+\d+$", re.IGNORECASE)
NOTE = re.compile(r"[（(][^）)]*[）)]")
WAN = Decimal(10_000)
LARGEST_FEN = 10**14


@dataclass
class Order:
    """What a row says, as intake takes it, with everything that keeps it from being registered."""

    number: str = ""
    applied_on: date | None = None
    applicants: list[Identity] = field(default_factory=list)
    respondents: list[Identity] = field(default_factory=list)
    unknown_side: str | None = None
    story: str = ""
    claims: str = ""
    type_code: str = ""
    type_is_heard: bool = False  # from the words of the story; the sheet names none
    area_code: str | None = None
    place: str = ""
    amount_fen: int | None = None
    people: int = 0
    faults: list[Obstacle] = field(default_factory=list)

    def lacks(self, fault: Fault, **values) -> None:
        self.faults.append(because(fault, **values))


def read(cells: Sequence[str], columns: Mapping[str, int], *, others_unknown: bool, centre_id: int, on: date) -> Order:
    """Return what a row says. ``columns`` maps fields to places, ``on`` is the day of reading."""
    texts = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}

    def told(name):
        return texts.get(name, "")

    order = Order(claims=told(Field.CLAIMS), story=told(Field.STORY))
    _number(order, told(Field.NUMBER))
    _day(order, told(Field.APPLIED_ON), Field.APPLIED_ON in columns, on)
    _sides(order, told, others_unknown, on)
    _what(order, told(Field.TYPE), centre_id, on)
    _where(order, told, centre_id, on)
    _amount(order, told(Field.AMOUNT))
    return order


def _number(order, text):
    if text in NOTHING or LOST_DIGITS.match(text):
        order.lacks(Fault.NO_NUMBER)
    elif len(text) > LONGEST_NUMBER:
        order.lacks(Fault.NUMBER_LONG)
    else:
        order.number = tidy(people.half_width(text))


def _day(order, text, is_asked, on):
    if not is_asked:
        order.applied_on = on  # the sheet knows no day: that of its coming
        return
    if text in NOTHING:
        order.lacks(Fault.NO_DAY)
        return
    order.applied_on = read_day(text)
    if order.applied_on is None:
        order.lacks(Fault.BAD_DAY, text=text[:30])
    elif order.applied_on > on:
        order.lacks(Fault.LATER, on=order.applied_on)


def read_day(text: str) -> date | None:
    """Return the day that a cell means, the first one of a range; None where the year or more is missing."""
    text = people.half_width(text)
    if SERIAL.fullmatch(text):
        return EPOCH + timedelta(days=int(float(text)))
    found = WHOLE_DAY.search(text) or COMPACT_DAY.search(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _sides(order, told, others_unknown, on):
    ours, theirs = _side(told(Field.APPLICANT)), _side(told(Field.RESPONDENT))
    if not ours.parties:
        order.lacks(Fault.NO_APPLICANT)
    phone, number = _phone(order, told(Field.PHONE)), _id_number(order, told(Field.ID_NUMBER), on)
    for place, each in enumerate(ours.parties):
        is_first = place == 0
        key = "uscc" if each.is_organisation else "id_number"
        more = {key: number} if is_first and number and not each.is_organisation else {}
        address = (told(Field.ADDRESS) if is_first else "") or each.address
        order.applicants.append(
            Identity(each.name, is_organisation=each.is_organisation, address=address or None,
                     phone=(phone if is_first else "") or each.phone, **more)
        )
    order.respondents = [
        Identity(each.name, is_organisation=each.is_organisation, phone=each.phone, address=each.address or None)
        for each in theirs.parties
    ]
    if not theirs.parties:
        if theirs.is_unknown or others_unknown:
            order.unknown_side = theirs.note
        else:
            order.lacks(Fault.NO_OTHER_SIDE)
    order.people = max(ours.people, theirs.people, _people(told(Field.PEOPLE)))


def _side(text: str) -> Side:
    """Return who stands in a cell; remarks in brackets are none of the name."""
    bare = NOTE.sub("", people.half_width(text)).strip()
    if bare in UNKNOWN:
        return Side(is_unknown=True)
    if bare in NOTHING:
        return Side()
    found = read_side(re.sub(r"[\s,，/]+(?=[\u3400-\u9fff]{2,4}(?:[\s,，/、;；等]|$))", "、", bare))
    named = tuple(each for each in found.parties if not people.name_obstacles(each.name))
    return Side(named, found.people, found.is_unknown, found.note)


def _phone(order, text):
    text = people.half_width(text)
    if text in NOTHING:
        return ""
    for part in (text, *re.split(r"[,，、/;；\s]+", text)):
        found = people.normalise_phone(NOTE.sub("", part).removesuffix(".0"))
        if found:
            return found
    order.lacks(Fault.BAD_PHONE)  # what stood there is not written down in plain
    return ""


def _id_number(order, text, on):
    if text in NOTHING:
        return ""
    reading = people.read_id_number(text, on=on)
    if not reading.obstacles:
        return reading.number
    order.lacks(Fault.BAD_NUMBER)
    return ""


def _people(text):
    found = re.search(r"\d+", people.half_width(text))
    return min(int(found[0]), 100_000) if found and len(found[0]) < 7 else 0


def _what(order, named, centre_id, on):
    if not order.story:
        order.lacks(Fault.NO_STORY)
    whose = {"on": on, "centre_id": centre_id}
    bare = named.removesuffix("纠纷").removesuffix("类")
    known = causes.types(**whose)
    exact = next((each for each in known if bare and each.name.removesuffix("纠纷") == bare), None)
    if exact is not None:
        order.type_code = exact.code
        return
    heard = next(iter(causes.suggest_types(f"{named}，{order.story}", limit=1, **whose)), None)
    if heard is None:
        order.lacks(Fault.NO_TYPE)
    else:
        order.type_code, order.type_is_heard = heard.type.code, True


def _where(order, told, centre_id, on):
    """Take the village, else the town, where exactly one is meant; the words stay as they are."""
    town, village, place = (told(each) for each in (Field.TOWN, Field.VILLAGE, Field.PLACE))
    order.place = "".join(each for each in (town, village, place) if each not in NOTHING)[:120]
    county = units.centre(centre_id).area_code
    whose = {"on": on, "centre_id": centre_id, "limit": 2}
    for words in (f"{town} {village}", village, town):
        words = words.strip()
        if words and words not in NOTHING:
            found = regions.search_places(words, county, **whose)
            if len(found) == 1 or (found and words in (found[0].short, found[0].name)):
                order.area_code = found[0].code
                return
    order.area_code = _named_in(place, county, {"on": on, "centre_id": centre_id})


def _named_in(words, county, whose):
    """Return the place that words name: a town, and a village of it where one is named too."""
    town = next((each for each in regions.towns(county, **whose) if each.short in words or each.name in words), None)
    if town is None:
        return None
    villages = [each for each in regions.villages(town.code, **whose) if each.short in words]
    return max(villages, key=lambda each: len(each.short)).code if villages else town.code


def _amount(order, text):
    if text in NOTHING:
        return
    order.amount_fen = read_amount(text)
    if order.amount_fen is None:
        order.lacks(Fault.BAD_AMOUNT, text=text[:20])


def read_amount(text: str) -> int | None:
    """Return an amount in fen: 3.5万元, 35,000, 叁万伍仟元整; None for what is no amount."""
    bare = re.sub(r"[\s,，¥￥约]|人民币", "", people.half_width(text)).removesuffix("整").removesuffix("元")
    times = Decimal(1)
    if re.fullmatch(r"[\d.]+万", bare):
        bare, times = bare[:-1], WAN
    try:
        fen = Decimal(bare) * times * 100
    except InvalidOperation:
        try:
            fen = Decimal(str(cn2an.cn2an(bare, "smart"))) * 100
        except (ValueError, InvalidOperation):
            return None
    if not fen.is_finite() or not 0 <= fen < LARGEST_FEN:
        return None
    return int(fen)


