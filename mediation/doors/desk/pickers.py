"""Places, types and causes as forms pick them: what is typed is the truth, the code beside it tells namesakes apart."""

from wtforms import SelectChoice

from mediation.casefile.cases.rules import Channel
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.registry.causes import queries as causes
from mediation.registry.points import queries as collection
from mediation.registry.regions import queries as regions
from mediation.registry.units import queries as units

MOST = 10


def places(text: str, *, centre_id: int) -> list[dict]:
    """Return the towns and villages that a clerk's letters mean, as a suggesting field takes them."""
    found = regions.search_places(text, _county(centre_id), on=clock.today(), centre_id=centre_id, limit=MOST)
    return [{"value": each.code, "label": _place_words(each)} for each in found]


def place_label(code: str | None, *, centre_id: int) -> str:
    """Return how a field shows a place: ``武阳镇 前进村``."""
    found = regions.place(code, centre_id=centre_id) if code else None
    return _place_words(found) if found else ""


def place_code(text: str, code: str | None, *, centre_id: int) -> str | None:
    """Return the code of a place as typed or chosen; None where the words are no place of the list."""
    if not text or (code and place_label(code, centre_id=centre_id) == text):
        return code if text else None
    return next((each["value"] for each in places(text, centre_id=centre_id) if each["label"] == text), None)


def types(text: str, *, centre_id: int) -> list[dict]:
    """Return the dispute types that a clerk's letters mean, with the type above as a hint."""
    found = causes.search_types(text, on=clock.today(), centre_id=centre_id, limit=MOST)
    return [{"value": each.code, "label": each.name, "hint": _above(each, centre_id)} for each in found]


def type_label(code: str | None, *, centre_id: int) -> str:
    found = causes.dispute_type(code, centre_id=centre_id) if code else None
    return found.name if found else ""


def type_code(text: str, code: str | None, *, centre_id: int) -> str | None:
    """Return the code of a type as typed or chosen, None for words that are no type."""
    if code and text and type_label(code, centre_id=centre_id) == text:
        return code
    return next((each["value"] for each in types(text, centre_id=centre_id) if each["label"] == text), None)


def cause_options(text: str, *, centre_id: int) -> list[dict]:
    """Return the causes of action that a clerk's letters mean, with their numbers as hints."""
    found = causes.search(text, on=clock.today(), centre_id=centre_id, limit=MOST)
    return [{"value": each.code, "label": each.name, "hint": each.number} for each in found]


def cause_label(code: str | None, *, centre_id: int) -> str:
    found = causes.cause(code, centre_id=centre_id) if code else None
    return found.name if found else ""


def cause_code(text: str, code: str | None, *, centre_id: int) -> str | None:
    """Return the code of a cause as typed or chosen, None for words that are no cause."""
    if code and text and cause_label(code, centre_id=centre_id) == text:
        return code
    return next((each["value"] for each in cause_options(text, centre_id=centre_id) if each["label"] == text), None)


def points(*, centre_id: int, chosen: str | None = None) -> list[SelectChoice]:
    """Return the collection points that are open today, by channel, and ``chosen`` even when it has ended.

    Empty where the centre has none: then nothing is asked.
    """
    today = clock.today()
    found = [each for each in collection.points(centre_id) if each.is_open(today) or each.public_id == chosen]
    offered = [
        SelectChoice(each.public_id, each.name, {"data-channel": each.channel}, _(Channel(each.channel).label))
        for each in found
    ]
    return [SelectChoice("", _("不是从说事点来的"), optgroup=_("没有")), *offered] if offered else []


def unknown_words(what: str) -> str:
    """Return the complaint about words that are not in a list."""
    return _("列表里没有这个%(what)s，请从提示里选", what=what)


def _county(centre_id):
    return units.centre(centre_id).area_code


def _place_words(place):
    return f"{place.town} {place.short}" if place.town else place.short


def _above(each, centre_id):
    return type_label(each.parent_code, centre_id=centre_id)
