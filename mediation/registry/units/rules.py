"""Words of units: kinds, the tracks a kind may run, and what a unit may not be made into."""

from datetime import date

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class UnitKind(Choice):
    CENTRE = "centre", N_("中心")
    WINDOW = "window", N_("受理窗口")
    COMMITTEE = "committee", N_("人民调解委员会")
    SECTOR_COMMITTEE = "sector_committee", N_("行业性专业性调委会")
    AGENCY = "agency", N_("行政机关")
    POLICE = "police", N_("公安机关")
    PETITION_OFFICE = "petition_office", N_("信访部门")
    LIAISON_OFFICE = "liaison_office", N_("诉调对接中心")
    COURT_MEDIATION = "court_mediation", N_("特邀调解组织")
    TRIBUNAL = "tribunal", N_("速裁法庭")
    COURT = "court", N_("人民法院")
    ARBITRATION = "arbitration", N_("仲裁机构")
    GOVERNMENT = "government", N_("人民政府")
    STUDIO = "studio", N_("调解工作室")
    SERVICE = "service", N_("服务机构")


# Which tracks a body of a kind runs: people's, administrative or judicial (stored words of cases.rules.Track).
TRACKS_OF = {
    UnitKind.COMMITTEE: ("peoples", "judicial"),
    UnitKind.SECTOR_COMMITTEE: ("peoples", "judicial"),
    UnitKind.STUDIO: ("peoples",),
    UnitKind.AGENCY: ("administrative",),
    UnitKind.POLICE: ("administrative",),
    UnitKind.PETITION_OFFICE: ("administrative",),
    UnitKind.COURT_MEDIATION: ("judicial",),
}

MEDIATION_BODIES = frozenset(  # lawfully established to mediate, agencies left out (JC-03, JC-07)
    {UnitKind.COMMITTEE, UnitKind.SECTOR_COMMITTEE, UnitKind.STUDIO, UnitKind.COURT_MEDIATION}
)
COURTS = frozenset({UnitKind.TRIBUNAL, UnitKind.COURT})


class Bar(Reason):
    SECOND_CENTRE = "second_centre", N_("一个中心只有一个“中心”单位，请选别的类别")
    PARENT_ENDED = "parent_ended", N_("上级单位“%(unit)s”在%(on)s不存在")
    PARENT_BELOW = "parent_below", N_("“%(unit)s”是本单位或者本单位的下级，不能作上级")
    NUMBER_WORD_TAKEN = "number_word_taken", N_("案号字“%(word)s”已由“%(unit)s”使用，各单位的字不能相同"), "CN-05"
    BEFORE_FOUNDED = "before_founded", N_("日期不能早于单位的启用日期%(day)s")
    BEFORE_LAST_CHANGE = "before_last_change", N_("上一次变更是%(day)s，新的变更不能早于这一天")
    IN_FUTURE = "in_future", N_("变更从今天或以前某天起生效，不能填以后的日期")
    IS_ROOT = "is_root", N_("中心本身不能撤销")
    ALREADY_ENDED = "already_ended", N_("这个单位已于%(day)s撤销")
    UNITS_BELOW = "units_below", N_("先撤销下级单位：%(units)s")


def change_obstacles(founded_on: date, *, on: date, today: date, last_change: date | None) -> list[Obstacle]:
    """Return what is wrong with the day of a change: changes follow each other, none is made ahead."""
    if on > today:
        return [because(Bar.IN_FUTURE)]
    if on < founded_on:
        return [because(Bar.BEFORE_FOUNDED, day=founded_on)]
    if last_change is not None and on < last_change:
        return [because(Bar.BEFORE_LAST_CHANGE, day=last_change)]
    return []


def end_obstacles(
    *, on: date, founded_on: date, ended_on: date | None, is_root: bool, units_below: tuple[str, ...] = ()
) -> list[Obstacle]:
    """Return what keeps a unit from ending with that day, as far as units themselves know."""
    found = []
    if is_root:
        found.append(because(Bar.IS_ROOT))
    if ended_on is not None:
        found.append(because(Bar.ALREADY_ENDED, day=ended_on))
    if on < founded_on:
        found.append(because(Bar.BEFORE_FOUNDED, day=founded_on))
    if units_below:
        found.append(because(Bar.UNITS_BELOW, units=units_below))
    return found
