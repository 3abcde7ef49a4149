"""Words of units: kinds, and the tracks a kind may run."""

from mediation.ground.choices import Choice, N_


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


# Which tracks a body of a kind runs: people's, administrative or judicial mediation (stored words of cases.rules.Track).
TRACKS_OF = {
    UnitKind.COMMITTEE: ("peoples", "judicial"),
    UnitKind.SECTOR_COMMITTEE: ("peoples", "judicial"),
    UnitKind.STUDIO: ("peoples",),
    UnitKind.AGENCY: ("administrative",),
    UnitKind.POLICE: ("administrative",),
    UnitKind.PETITION_OFFICE: ("administrative",),
    UnitKind.COURT_MEDIATION: ("judicial",),
}
