"""Words of handing over open work (row 41)."""

from mediation.ground.choices import Choice, N_, Reason


class HandoverState(Choice):
    RUNNING = "running", N_("正在移交")
    DONE = "done", N_("移交完了")
    UNDOING = "undoing", N_("正在移回")
    UNDONE = "undone", N_("已经移回")


class RowState(Choice):
    WAITING = "waiting", N_("等着移交")
    MOVED = "moved", N_("已移交")
    REFUSED = "refused", N_("没有移")
    RETURNED = "returned", N_("已移回")
    STAYS = "stays", N_("没有移回")


class Bar(Reason):
    NOBODY = "nobody", N_("没有选给谁")
    ALREADY_ON = "already_on", N_("%(who)s已经在这一件上")
    CHOSEN_JOINTLY = "chosen_jointly", N_("法院委派、委托，调解员由各方共同选定，换人要各方重新选"), "JM-04"
    WRONG_STATE = "wrong_state", N_("现在是“%(state)s”，移不了")
    DOUBLE = "double", N_("%(who)s %(day)s %(begin)s–%(end)s 另有调解会，先改期")
    AWAY = "away", N_("%(who)s %(day)s 不在，先改期")
    GONE = "gone", N_("这一件已经不在%(who)s手上")
    HAS_MET = "has_met", N_("%(who)s已经开过会，移不回，请改派")
    TOO_LATE = "too_late", N_("过了%(days)s天，移不回，请改派")
    NO_POST = "no_post", N_("办移交的人已经不在那个岗位上")
    NOT_SAVED = "not_saved", N_("没有存上，这一件留在原处，可以再移交一次")
