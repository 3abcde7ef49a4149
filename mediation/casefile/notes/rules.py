"""Whom a note mentions, and how long it may be changed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because

LONGEST = 1000
AT = re.compile(r"(?<![A-Za-z0-9._-])[@＠](\S{1,20})")  # not the one of an address


class Bar(Reason):
    EMPTY = "note_empty", N_("便签是空的")
    TOO_LONG = "note_too_long", N_("便签最多 %(most)s 个字")
    NOBODY = "note_nobody", N_("“@%(name)s”不是能看到本案内容的同事；不提醒人，就不要写 @")
    SEVERAL = "note_several", N_("有几位同事叫%(name)s，请在下面勾选是哪一位")
    NO_SIGHT = "note_no_sight", N_("勾选的人现在看不到本案内容")
    NOT_YOURS = "note_not_yours", N_("只能改、删自己写的便签")
    TOO_LATE = "note_too_late", N_("写了超过 %(minutes)s 分钟，不能再改，可以接着补一条")
    ADDED_TO = "note_added_to", N_("已经有人接着写了，不能再改，可以接着补一条")
    GONE = "note_gone", N_("这条便签已删除")


@dataclass(frozen=True)
class Reader:
    """A colleague who may be mentioned."""

    public_id: str
    name: str


def text_obstacles(text: str) -> list[Obstacle]:
    """Return what is wrong with a note's text."""
    if not text.strip():
        return [because(Bar.EMPTY)]
    return [because(Bar.TOO_LONG, most=LONGEST)] if len(text.strip()) > LONGEST else []


def mentioned(
    text: str, chosen: Collection[str], readers: Sequence[Reader]
) -> tuple[list[str], list[Obstacle]]:
    """Return whom a note mentions, by public id: those chosen, those whose name stands behind an @; and what is wrong.

    Of names that begin alike the longest counts; where two colleagues bear it one of them must be chosen.
    """
    known = {reader.public_id for reader in readers}
    found = dict.fromkeys(each for each in chosen if each in known)
    bars = [because(Bar.NO_SIGHT)] if set(chosen) - known else []
    for said in AT.findall(text):
        names = sorted({reader.name for reader in readers if said.startswith(reader.name)}, key=len)
        if not names:
            bars.append(because(Bar.NOBODY, name=said))
            continue
        called = [reader.public_id for reader in readers if reader.name == names[-1]]
        if len(called) > 1 and not set(called) & set(found):
            bars.append(because(Bar.SEVERAL, name=names[-1]))
        elif len(called) == 1:
            found[called[0]] = None
    return list(found), bars


def change_obstacles(
    *, is_author: bool, is_gone: bool, written_at: datetime, now: datetime, minutes: int, is_added_to: bool
) -> list[Obstacle]:
    """Return what forbids changing a note: another's, deleted, older than ``minutes``, or somebody went on from it."""
    if not is_author:
        return [because(Bar.NOT_YOURS)]
    if is_gone:
        return [because(Bar.GONE)]
    found = [because(Bar.TOO_LATE, minutes=minutes)] if now - written_at > timedelta(minutes=minutes) else []
    return found + ([because(Bar.ADDED_TO)] if is_added_to else [])
