"""Numbers that courts give their cases. They are typed from the court's paper, never made here (CN-04)."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because

HALF_WIDTH = str.maketrans("()", "（）")
PATTERN = re.compile(  # 字 and 第 stand in the numbers of others, never in a court's
    r"(?!.*[字第])（(?P<year>[0-9]{4})）(?P<court>[\u4e00-\u9fa5](?:[0-9]{2,4})?)(?P<kind>[\u4e00-\u9fa5]+)(?P<serial>[1-9][0-9]*)号"
    r"(?P<suffix>之[一二三四五六七八九十]+)?"
)


class CourtNumberBar(Reason):
    FORM = "court_number_form", N_("法院案号不对，应写成“（2026）赣0121民初12号”的样子"), "CN-01"


class CourtNumberCaution(Reason):
    KIND = "court_number_kind", N_("案号的类型代字是“%(kind)s”，这里一般是%(expected)s，请核对"), "CN-03"
    OBSOLETE = "court_number_obsolete", N_("案号的类型代字“%(kind)s”已经停用，请看法院的文书再核对"), "CN-03"
    COURT = "court_number_court", N_("案号是%(found)s的，选定的法院是%(expected)s，请核对"), "CN-02"


@dataclass(frozen=True)
class CourtNumber:
    year: int
    court_code: str
    kind: str
    serial: int
    suffix: str = ""

    def __str__(self) -> str:
        return f"（{self.year}）{self.court_code}{self.kind}{self.serial}号{self.suffix}"


def read_court_number(text: str) -> CourtNumber | None:
    """Return what a court's case number says, None when it is none.

    Half-width brackets and blanks are mended; six-angle brackets belong to letters, not to cases.
    A high court's code is the province alone. CN-01: SPC Provisions on Case Numbers (2015), Arts. 2, 3.
    """
    found = PATTERN.fullmatch(re.sub(r"\s", "", text).translate(HALF_WIDTH))
    if not found:
        return None
    return CourtNumber(
        int(found["year"]), found["court"], found["kind"], int(found["serial"]), found["suffix"] or ""
    )


def court_number_obstacles(text: str) -> list[Obstacle]:
    """Return FORM when a typed number is no court's case number. CN-01."""
    return [] if read_court_number(text) else [because(CourtNumberBar.FORM)]


def court_number_cautions(
    text: str, *, kinds: Collection[str], obsolete: Collection[str] = (), court_code: str | None = None
) -> list[Obstacle]:
    """Return what looks odd about a number. ``kinds`` and ``obsolete`` are the dated lists of CN-03.

    CN-03: SPC Provisions on Case Numbers (2015), with the type codes of 2018.
    """
    number = read_court_number(text)
    if number is None:
        return []
    found = []
    if number.kind in obsolete:
        found.append(because(CourtNumberCaution.OBSOLETE, kind=number.kind))
    elif number.kind not in kinds:
        found.append(because(CourtNumberCaution.KIND, kind=number.kind, expected=tuple(kinds)))
    if court_code and number.court_code != court_code:
        found.append(because(CourtNumberCaution.COURT, found=number.court_code, expected=court_code))
    return found
