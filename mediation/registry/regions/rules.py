"""Codes of divisions, names of places as people say them, and what a court is called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediation.ground.choices import Choice, N_

PROVINCE_CODES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65"
PROVINCE_WORDS = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新"
PROVINCES = dict(zip(PROVINCE_CODES.split(), PROVINCE_WORDS, strict=True))
PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}  # no places, only lines in the list


class AreaLevel(Choice):
    PROVINCE = "province", N_("省")
    CITY = "city", N_("市")
    COUNTY = "county", N_("县（市、区）")
    TOWN = "town", N_("乡镇（街道）")
    VILLAGE = "village", N_("村（社区）")
    GRID = "grid", N_("网格")


class CourtLevel(Choice):
    BASIC = "basic", N_("基层人民法院")
    INTERMEDIATE = "intermediate", N_("中级人民法院")


@dataclass(frozen=True)
class Place:
    """A division, town, village or grid. ``initials`` may hold several readings, apart by blanks."""

    code: str
    name: str
    initials: str = ""
    town: str = ""  # of a village: the name of its town
    town_initials: str = ""  # 莲塘镇: lt, as nobody types the z
    valid_from: date | None = None
    valid_to: date | None = None
    grid: bool = False

    @property
    def level(self) -> AreaLevel:
        return AreaLevel.GRID if self.grid else level_of(self.code)

    @property
    def short(self) -> str:
        """Return the name as people say it: 澄湖西路社区, not 澄湖西路社区居委会."""
        return short_name(self.name)

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Court:
    """A court as case numbers name it. ``checked``: seen in print, not only worked out from the division."""

    code: str
    name: str
    level: CourtLevel
    division_code: str
    checked: bool = False


def is_court_code(code: str) -> bool:
    """Say whether a word may be a court's in case numbers: 赣0121, of an intermediate court 赣01. CN-02."""
    return re.fullmatch(r"[一-龥]\d{2,4}", code) is not None


def level_of(code: str) -> AreaLevel:
    """Return the level of a code of GB/T 2260 (six digits), of a town (nine) or of a village (twelve). DP-04."""
    if len(code) == 6:
        return AreaLevel.PROVINCE if code[2:] == "0000" else AreaLevel.CITY if code[4:] == "00" else AreaLevel.COUNTY
    return {9: AreaLevel.TOWN, 12: AreaLevel.VILLAGE}.get(len(code), AreaLevel.GRID)


def parent_of(code: str) -> str | None:
    """Return the code of the division that a code lies in; None for a province."""
    match level_of(code):
        case AreaLevel.PROVINCE:
            return None
        case AreaLevel.CITY:
            return code[:2] + "0000"
        case AreaLevel.COUNTY:
            return code[:4] + "00"
        case AreaLevel.TOWN:
            return code[:6]
        case AreaLevel.VILLAGE:
            return code[:9]
    return code[:12]


def lies_in(code: str, area_code: str) -> bool:
    """Say whether a place is that area or lies in it."""
    return code.startswith(area_code.removesuffix("00").removesuffix("00") if len(area_code) == 6 else area_code)


def short_name(name: str) -> str:
    """Return a village's name as people say it, without its committee."""
    for committee in ("居民委员会", "居委会"):
        if name.endswith("社区" + committee):
            return name.removesuffix(committee)
    for committee in ("村民委员会", "村委会"):
        if name.endswith(committee) and name != committee:
            return name.removesuffix(committee).removesuffix("村") + "村"
    return name


def town_initials(town: Place) -> str:
    """Return the initials of a town without 镇, 乡 or 街道."""
    stem = town.name.removesuffix("街道").removesuffix("镇").removesuffix("乡")
    return town.initials[: len(stem)]


def matching(text: str, places: Iterable[Place], limit: int) -> list[Place]:
    """Return the places that a few typed letters or characters mean, the likeliest first.

    Each word must fit: initials from the beginning of the name (``lt``), of town and village together (``ltch``), or
    any part of the name (``澄湖``); ``莲塘 农贸`` looks in the town. Towns come before villages.
    """
    words = text.lower().split()
    if not words:
        return []
    found = []
    for place in places:
        ranks = [rank for word in words if (rank := _rank(word, place)) is not None]
        if len(ranks) == len(words):
            found.append((sum(ranks), len(place.code), len(place.short), place.code, place))
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])[:limit]]


def _rank(word: str, place: Place) -> int | None:
    """Return how well a word fits a place, 0 best; None when it does not."""
    own = place.initials.split()
    if place.short == word or place.name == word:
        return 0
    if place.name.startswith(word):
        return 1
    if any(letters.startswith(word) for letters in own):
        return 2
    if place.town_initials and any((place.town_initials + letters).startswith(word) for letters in own):
        return 3
    if word in place.name:
        return 4
    return 5 if word in place.town else None


def basic_court_of(county: Place, city: Place | None) -> Court:
    """Return the basic court of a county-level division, its code worked out from the division's. CN-02.

    A district's court carries the name of its city (南昌市东湖区人民法院), other courts only their own.
    """
    is_district = county.name.endswith("区") and not county.name.endswith(("自治区", "特区", "林区"))
    prefix = city.name if is_district and city else ""
    code = PROVINCES[county.code[:2]] + county.code[2:6]
    return Court(code, f"{prefix}{county.name}人民法院", CourtLevel.BASIC, county.code)


def intermediate_court_of(city: Place) -> Court:
    """Return the intermediate court of a city or prefecture: its code ends after the city's digits. CN-02, JC-06."""
    code = PROVINCES[city.code[:2]] + city.code[2:4]
    return Court(code, f"{city.name}中级人民法院", CourtLevel.INTERMEDIATE, city.code)
