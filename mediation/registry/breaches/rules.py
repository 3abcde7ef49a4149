"""What has to follow a leak of personal data, and by when."""

from dataclasses import dataclass
from datetime import date

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because


class Bar(Reason):
    FOUND_LATER = "breach_found_later", N_("发现的日期在今天之后"), "DP-06"
    NO_WORDS = "breach_no_words", N_("没有写泄露、篡改或者丢失了什么"), "DP-06"
    DONE_LATER = "breach_done_later", N_("%(what)s的日期在今天之后"), "DP-06"
    DONE_BEFORE = "breach_done_before", N_("%(what)s的日期在发现以前"), "DP-06"
    NOT_MENDED = "breach_not_mended", N_("没有写怎么补救的"), "DP-06"
    AUTHORITY_NOT_TOLD = "breach_authority_not_told", N_("还没有通知主管部门（网信部门）"), "DP-06"
    PERSONS_NOT_TOLD = "breach_persons_not_told", N_("还没有通知本人；能有效避免危害、不通知的，写明理由"), "DP-06"
    CLOSED = "breach_closed", N_("已经办结"), "DP-06"


@dataclass(frozen=True)
class Answer:
    """What was done about a leak. ``no_harm`` says why the persons need not be told."""

    remedy: str = ""
    mended_on: date | None = None
    authority_told_on: date | None = None
    persons_told_on: date | None = None
    no_harm: str = ""

    @property
    def days(self) -> dict[str, date | None]:
        return {
            N_("补救"): self.mended_on, N_("通知主管部门"): self.authority_told_on,
            N_("通知本人"): self.persons_told_on,
        }


def noting_obstacles(what: str, *, found_on: date, on: date) -> list[Obstacle]:
    """Return what a note of a leak lacks."""
    found = [] if what.strip() else [because(Bar.NO_WORDS)]
    return found + ([because(Bar.FOUND_LATER)] if found_on > on else [])


def answering_obstacles(answer: Answer, *, found_on: date, on: date) -> list[Obstacle]:
    """Return what is wrong with the days on which something was done; what is not done yet is no fault here."""
    told = [(what, day) for what, day in answer.days.items() if day is not None]
    late = [because(Bar.DONE_LATER, what=what) for what, day in told if day > on]
    return late + [because(Bar.DONE_BEFORE, what=what) for what, day in told if day < found_on]


def closing_obstacles(answer: Answer) -> list[Obstacle]:
    """Return what has to be done before a leak is off the list: mended at once, the authority and the persons told.

    Where the measures avoid the harm the persons need not be told.
    DP-06: Personal Information Protection Law (2021), Art. 57.
    """
    found = [] if answer.remedy.strip() and answer.mended_on else [because(Bar.NOT_MENDED)]
    if answer.authority_told_on is None:
        found.append(because(Bar.AUTHORITY_NOT_TOLD))
    if answer.persons_told_on is None and not answer.no_harm.strip():
        found.append(because(Bar.PERSONS_NOT_TOLD))
    return found
