"""How two cases belong together (rows 18, 19 and 21 of the feature map)."""

from mediation.ground.choices import Choice, N_


class LinkKind(Choice):
    """What the later case is to the other; ``MIRRORED`` has the word for the way back."""

    MERGED = "merged", N_("已并入")
    REPEAT = "repeat", N_("重复来访")
    SERIES = "series", N_("系列案")
    COUNTER = "counter", N_("反向主张")
    FOLLOW_UP = "follow_up", N_("后续纠纷")
    SAME_INCIDENT = "same_incident", N_("同一起事")


MIRRORED = {
    LinkKind.MERGED: N_("并入本案"),
    LinkKind.REPEAT: N_("再次来访"),
    LinkKind.SERIES: N_("系列案"),
    LinkKind.COUNTER: N_("反向主张"),
    LinkKind.FOLLOW_UP: N_("前案"),
    LinkKind.SAME_INCIDENT: N_("同一起事"),
}
