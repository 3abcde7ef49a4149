"""Not accepted at the window: on what ground, and where else people can go (row 9, RT-04)."""

from collections.abc import Collection, Iterable, Mapping

from mediation.casefile.cases.rules import FROM_COURT, Basis
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class Ground(Choice):
    """Why the window does not take a dispute."""

    NOT_CIVIL = "not_civil", N_("不是民事纠纷")
    SPECIAL_BODY = "special_body", N_("依法只能由专门机关处理，或者法律禁止调解")
    WITH_COURT = "with_court", N_("人民法院已经受理")
    WITH_ARBITRATION = "with_arbitration", N_("仲裁机构已经受理")
    WITH_AGENCY = "with_agency", N_("公安机关或者其他行政机关已经受理或者处理")
    MEDICAL_ELSEWHERE = "medical_elsewhere", N_("医疗纠纷，法院或者卫生健康部门已经受理")
    IN_FORCE = "in_force", N_("已有生效的判决、裁定、调解书或者仲裁裁决")
    ONE_REFUSES = "one_refuses", N_("一方明确拒绝调解")
    REPORT = "report", N_("检举、控告，不是纠纷")
    OTHER_PLACE = "other_place", N_("不归本地调解")
    NO_OTHER_SIDE = "no_other_side", N_("没有明确的对方，或者没有具体的请求")
    OTHER = "other", N_("其他")


class Way(Choice):
    """Where else people can go; printed as it stands here."""

    SUIT = "suit", N_("向人民法院起诉")
    COURT_IN_HAND = "court_in_hand", N_("向已经受理的人民法院提出")
    ENFORCEMENT = "enforcement", N_("向人民法院申请执行；对裁判不服的，依法申请再审")
    ARBITRATION = "arbitration", N_("向劳动争议、农村土地承包等仲裁委员会申请仲裁")
    POLICE = "police", N_("向公安机关报案、求助")
    AGENCY = "agency", N_("向主管的行政机关提出")
    REVIEW = "review", N_("申请行政复议或者提起行政诉讼")
    PETITION = "petition", N_("向信访部门提出")
    DISCIPLINE = "discipline", N_("向纪检监察机关检举、控告")
    OTHER_CENTRE = "other_centre", N_("到对方住所地或者纠纷发生地的调解组织申请")
    LEGAL_AID = "legal_aid", N_("向法律援助中心咨询、申请法律援助")
    LATER = "later", N_("各方都同意调解以后，可以再来申请")


# The rows of the table of rules that a ground rests on, and the articles that a letter quotes (keys of the citations).
RESTS_ON: Mapping[Ground, tuple[str, tuple[str, ...]]] = {
    Ground.NOT_CIVIL: ("RT-06", ("committee_rules.not_taken",)),
    Ground.SPECIAL_BODY: ("RT-06", ("committee_rules.not_taken",)),
    Ground.WITH_COURT: ("RT-06", ("committee_rules.not_taken",)),
    Ground.WITH_ARBITRATION: ("RT-06", ("committee_rules.not_taken",)),
    Ground.WITH_AGENCY: ("RT-06", ("committee_rules.not_taken",)),
    Ground.MEDICAL_ELSEWHERE: ("RT-05", ("medical.administrative",)),
    Ground.IN_FORCE: ("MH-10", ("petitions.ways",)),
    Ground.ONE_REFUSES: ("RT-02", ("people_mediation.start",)),
    Ground.REPORT: ("MH-12", ("petitions.informers",)),
    Ground.OTHER_PLACE: ("RT-04", ()),
    Ground.NO_OTHER_SIDE: ("RT-04", ()),
    Ground.OTHER: ("RT-04", ()),
}

# The ways that a ground suggests; the clerk ticks more or fewer.
WAYS_OF: Mapping[Ground, tuple[Way, ...]] = {
    Ground.NOT_CIVIL: (Way.AGENCY, Way.REVIEW, Way.POLICE),
    Ground.SPECIAL_BODY: (Way.AGENCY, Way.SUIT),
    Ground.WITH_COURT: (Way.COURT_IN_HAND,),
    Ground.WITH_ARBITRATION: (Way.ARBITRATION,),
    Ground.WITH_AGENCY: (Way.AGENCY, Way.REVIEW),
    Ground.MEDICAL_ELSEWHERE: (Way.COURT_IN_HAND, Way.AGENCY),
    Ground.IN_FORCE: (Way.ENFORCEMENT,),
    Ground.ONE_REFUSES: (Way.SUIT, Way.ARBITRATION, Way.LATER),
    Ground.REPORT: (Way.DISCIPLINE,),
    Ground.OTHER_PLACE: (Way.OTHER_CENTRE, Way.SUIT),
    Ground.NO_OTHER_SIDE: (Way.LEGAL_AID, Way.LATER),
    Ground.OTHER: (Way.SUIT,),
}


class Bar(Reason):
    NO_GROUND = "refusal_no_ground", N_("没有选为什么不受理"), "RT-04"
    NO_WAY = "refusal_no_way", N_("至少要告知一条别的途径"), "RT-04"
    NO_WORDS = "refusal_no_words", N_("选了“其他”，要写明理由")
    NOT_TOLD = "refusal_not_told", N_("还没有把别的途径告诉来访人"), "RT-04"
    COURT_SENT_IT = (
        "refusal_court_sent_it", N_("案件是法院交来的，已在法院不是不受理的理由；请分流后由承办单位答复法院"), "RT-06"
    )
    NOBODY = "refusal_nobody", N_("来访人数写 1 到 1000")


MOST_PEOPLE = 1000
ELSEWHERE = frozenset({Ground.WITH_COURT, Ground.MEDICAL_ELSEWHERE})


def refusal_obstacles(
    ground: Ground | None, ways: Collection[Way], *, words: str, told: bool, basis: Basis = Basis.SELF_RUN
) -> list[Obstacle]:
    """Return what a refusal at the window lacks: its ground, another way, and that the visitor was told.

    RT-04: People's Mediation Law (2010), Arts. 3(3), 26. RT-06: what the court itself sent is not refused for being
    with the court (SPC Provisions on Invited Mediation (2016), Art. 11).
    """
    found = [] if ground else [because(Bar.NO_GROUND)]
    if not ways:
        found.append(because(Bar.NO_WAY))
    if ground == Ground.OTHER and not words.strip():
        found.append(because(Bar.NO_WORDS))
    if not told:
        found.append(because(Bar.NOT_TOLD))
    if ground in ELSEWHERE and basis in FROM_COURT:
        found.append(because(Bar.COURT_SENT_IT))
    return found


def read_ways(words: Iterable[str]) -> list[Way]:
    """Return the ways that are ticked, in the order of the list."""
    ticked = set(words)
    return [way for way in Way if way in ticked]
