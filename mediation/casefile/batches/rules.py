"""Words of work on many cases at once. Row 29."""

from mediation.ground.choices import Choice, N_, Reason

MOST = 200  # row 29


class BatchKind(Choice):
    ROUTE = "route", N_("成批分流")
    ASSIGN = "assign", N_("成批指派")
    FILE = "file", N_("成批递交司法确认")


class BatchState(Choice):
    CHECKED = "checked", N_("看过，还没办")
    RUNNING = "running", N_("正在办")
    DONE = "done", N_("办完了")
    STOPPED = "stopped", N_("停下了")


class Verdict(Choice):
    """What would become, or has become, of one case."""

    WILL = "will", N_("会办")
    SKIPPED = "skipped", N_("不办")
    DONE = "done", N_("已办")
    BARRED = "barred", N_("没办成")
    FAILED = "failed", N_("出错，可以再办")


AGAIN = (Verdict.WILL, Verdict.BARRED, Verdict.FAILED)  # what running it once more tries


class Bar(Reason):
    NONE_CHOSEN = "no_case_chosen", N_("先勾上要办的案件")
    TOO_MANY = "too_many_cases", N_("一次最多 %(most)s 件，分几次办")
    NOTHING_TO_DO = "nothing_to_do", N_("没有可以办的，看每一件不办的理由")
    POST_ENDED = "batch_post_ended", N_("办这一批的岗位已经结束，换人另起一批")
    NOT_SAVED = "batch_not_saved", N_("这一件没有存上，可以再办一次")
