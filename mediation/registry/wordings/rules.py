"""Which lines of which paper a centre may word itself, and what must not stand in them. Row 59."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

LAW = re.compile(r"《[^》]*》|第[零〇一二三四五六七八九十百千\d]+条")
LONGEST_LINE, LONGEST_NOTICE, MOST_PARAGRAPHS = 60, 300, 4


class Slot(Choice):
    """A place of a paper that holds local words."""

    HEAD = "head", N_("抬头的机关名称")
    ADDRESS = "address", N_("地址")
    PHONE = "phone", N_("电话")
    NOTICE = "notice", N_("加在告知事项后面的话，一行一段")


@dataclass(frozen=True)
class Paper:
    """A paper with places for local words; what it says without them is worked out by the paper itself."""

    kind: str
    slots: tuple[Slot, ...]


PAPERS = {
    each.kind: each
    for each in (
        Paper("receipt", (Slot.HEAD, Slot.PHONE, Slot.NOTICE)),
        Paper("not_accepted", (Slot.ADDRESS, Slot.PHONE, Slot.NOTICE)),
        Paper("application", (Slot.NOTICE,)),
        Paper("rights_notice", (Slot.NOTICE,)),
        Paper("quick_trial_referral", (Slot.HEAD,)),
    )
}


class Bar(Reason):
    LAW = "wording_law", N_("“%(text)s”像是法律条文：法律怎么说由程序按日期印，这里只写本地的话")
    TOO_LONG = "wording_too_long", N_("“%(slot)s”最多 %(most)s 字，现在 %(length)s 字")
    TOO_MANY = "wording_too_many", N_("最多 %(most)s 段，多了正文会换页")
    SLOT = "wording_slot", N_("这份文书没有“%(slot)s”这一处")
    STARTS_EARLIER = "wording_starts_earlier", N_("启用日期不能早于现在这一版的启用日期（%(since)s）")
    IN_PAST = "wording_in_past", N_("启用日期不能早于今天：已经出具的文书不会变")


def tidy(texts: Mapping[str, str | None]) -> dict[str, str]:
    """Return the words without blanks around them and without empty lines; what is left empty is not there."""
    found = {}
    for key, text in texts.items():
        lines = [" ".join(line.split()) for line in (text or "").splitlines()]
        if kept := "\n".join(line for line in lines if line):
            found[str(key)] = kept
    return found


def obstacles(kind: str, texts: Mapping[str, str]) -> list[Obstacle]:
    """Return what must not stand in the local words of a paper: law, too much, words for a place it has not."""
    found = []
    for key, text in texts.items():
        slot = Slot(key)
        if slot not in PAPERS[kind].slots:
            found.append(because(Bar.SLOT, slot=slot))
        most = LONGEST_NOTICE if slot is Slot.NOTICE else LONGEST_LINE
        if len(text) > most:
            found.append(because(Bar.TOO_LONG, slot=slot, most=most, length=len(text)))
        if text.count("\n") >= MOST_PARAGRAPHS:
            found.append(because(Bar.TOO_MANY, most=MOST_PARAGRAPHS))
        if said := LAW.search(text):
            found.append(because(Bar.LAW, text=said[0]))
    return found
