"""What no template of a paper may hold: law and periods typed in, and any picture, a court's seal above all."""

import re

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because


class Flaw(Reason):
    """Why a template may not be printed."""

    ARTICLE = "article", N_("样式里写死了条号“%(words)s”，条文只能从条文表取"), "DC-08"
    PERIOD = "period", N_("样式里写死了期限“%(words)s”，期限只能从设置取"), "DC-08"
    PICTURE = "picture", N_("样式里有“%(words)s”：文书不印图片，更不印任何法院的印章，盖章处留空"), "DC-06"


SIGNS = (
    (Flaw.ARTICLE, re.compile(r"第[〇零一二三四五六七八九十百\d]+条")),
    (Flaw.PERIOD, re.compile(r"[二三四五六七八九十\d]+个?(?:工作)?日内")),
    (Flaw.PICTURE, re.compile(r"<img|<svg|<object|<embed|\bsrc=|url\(|data:image")),
)


def template_flaws(text: str) -> list[Obstacle]:
    """Return everything that forbids printing by a template.

    DC-06: SPC Interpretation of the CPL (2022), Art. 262: a people's tribunal uses its court's own seal, so nobody
    else may place one. DC-08, JC-20: articles and periods are dated settings.
    """
    return [because(flaw, words=found.group()) for flaw, sign in SIGNS if (found := sign.search(text))]
