"""Words of drafted settings: what becomes of them, what keeps them from being published."""

from mediation.ground.choices import Choice, N_, Reason


class DraftState(Choice):
    """What has become of a drafted value."""

    OPEN = "open", N_("草稿")
    PUBLISHED = "published", N_("已公布")
    DROPPED = "dropped", N_("已作废")


class DraftBar(Reason):
    """What keeps a drafted value from being published."""

    OVER = "setting_draft_over", N_("这份草稿已经公布或者作废")
    MOVED = "setting_draft_moved", N_("拟稿以后，现在的值有人改过，请重新试一遍再看")
    DAY_PAST = "setting_draft_day_past", N_("拟定的启用日期 %(day)s 已经过了，请改一个日期")
