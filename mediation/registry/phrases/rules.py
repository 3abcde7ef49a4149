"""Phrases: where they fit, and what a code may be."""

import re

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

CODE = re.compile(r"[a-z0-9]{1,12}")


class Place(Choice):
    """The box of a record that a phrase is for; ANY fits everywhere. Keys are those of the record's boxes."""

    ANY = "any", N_("哪儿都能用")
    RIGHTS = "rights", N_("听清告知")
    RECUSAL = "recusal", N_("回避")
    APPLICANT = "applicant", N_("申请人怎么说")
    RESPONDENT = "respondent", N_("对方怎么说")
    EVIDENCE = "evidence", N_("证据、查明的事实")
    AGREED = "agreed", N_("谈拢的")
    OPEN = "open", N_("没谈拢的")
    OUTCOME = "outcome", N_("说明")


class Bar(Reason):
    BAD_CODE = "bad_phrase_code", N_("短码用小写字母和数字，最多 12 个，如 gs")
    NO_TEXT = "no_phrase_text", N_("没有写内容")
    CODE_TAKEN = "phrase_code_taken", N_("短码“%(code)s”已经有了，换一个或者先停用原来的")
    ENDED = "phrase_ended", N_("这一条已经停用")


def obstacles(code: str, text: str, *, taken: bool) -> list[Obstacle]:
    """Return what is wrong with a phrase. ``taken``: another one in use by the same people has its code."""
    found = [] if CODE.fullmatch(code) else [because(Bar.BAD_CODE)]
    if not text.strip():
        found.append(because(Bar.NO_TEXT))
    return [*found, because(Bar.CODE_TAKEN, code=code)] if taken else found
