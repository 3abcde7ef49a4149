"""Sheets that are printed with a pack, a group or a bundle; no papers of their own."""

from mediation.casefile.papers import contract as c
from mediation.casefile.papers.forms import (
    ARCHIVE_REGISTER,
    CONTENTS,
    DOSSIER,
    DOSSIER_END,
    DOSSIER_FILED,
    DOSSIER_NUMBERS,
    GROUP_CONSENT,
    GROUP_ELECTION,
    GROUP_LIST,
    GROUP_REPORT,
    NUMBERS,
    PACK_LIST,
    SIGNATURE_NOTE,
)
from mediation.stages.bundles import front
from tests.casefile.papers.specimens.base import CENTRE, COMMITTEE, COURT, STONE, settled

PACK = c.PackContents(
    court=COURT,
    agreement_number="（2026）南民调字第12号",
    pages=9,
    lines=[
        c.PackLine(name="司法确认申请书", number="南矛调确〔2026〕3号", pages="1—4", remark="各申请人签名或者盖章"),
        c.PackLine(
            name="调解协议书", number="（2026）南民调字第12号", pages="5—7", remark="当事人、调解员签名，调解组织盖章"
        ),
        c.PackLine(name="调解组织主持调解的证明", number="南民调证〔2026〕5号", pages="8", remark="调解组织盖章"),
        c.PackLine(
            name="送达地址确认书（阿卜杜拉·买买提）", number="南矛调送〔2026〕5号", pages="9", remark="受送达人签名"
        ),
        c.PackLine(name="送达地址确认书（龚喆）", remark="尚未出具"),
        c.PackLine(name="身份证复印件", remark="另附"),
    ],
)

GROUP = c.GroupSheet(
    side="申请人",
    people=12,
    listed=3,
    lines=[
        c.GroupLine(
            position=1, name="龚喆", id_number="360199198607190011", phone="19100000012", place="水电班",
            amount_fen=1_520_000, speaks=True,
        ),
        c.GroupLine(position=2, name="阿卜杜拉·买买提", phone="19100000035", amount_fen=1_480_050),
        c.GroupLine(position=3, name="欧阳文"),
    ],
    representatives=["龚喆"],
    most=5,
    total_fen=18_000_000,
    proposal="公司12月31日前付清欠薪的六成。\n余款分两个月付清，大家不再要求利息。",
    claims="付清十二个人的工资。",
    learnt_at="2026-11-23T08:05",
    place="莲塘镇安置房工地",
    reasons=["5人以上"],
    handler="涂慧芳",
)
GROUPS = (GROUP_LIST, GROUP_ELECTION, GROUP_CONSENT, GROUP_REPORT)
BESIDE = {kind: settled("南矛调确〔2026〕3号", PACK) for kind in (CONTENTS, NUMBERS)}
BESIDE |= {kind: settled(STONE.number, GROUP) for kind in GROUPS}

TOLD = front.Told(
    case_id=1, centre=CENTRE.name, title="龚喆等与南昌县禾润装饰工程有限公司承揽合同纠纷",
    register_no="南矛调登〔2026〕417号",
    body_no=STONE.number, archive_no=None, parties=(("申请人", "龚喆"), ("被申请人", "南昌县禾润装饰工程有限公司")),
    unit=COMMITTEE.name, mediators="涂慧芳、熊建国", applied_on="2026-02-09", accepted_on="2026-02-10",
    closed_on=None,
    stage="履行", retention=None, audience="存查、调卷", reason="上级调卷", exported_by="余国梁",
    exported_on="2026-04-02",
    lacks=("证据",),
)
BOUND = {
    "number": STONE.number, "draft": False, "track": "peoples", "citations": [], "handwritten": [], "parties": [],
    "mediators": [], "centre": {"name": CENTRE.name},
    "details": {
        **TOLD.manifest, "parties": [list(each) for each in TOLD.parties], "pages": 3,
        "lines": [
            {"part": "申请书、受理登记表", "title": "调解申请书", "number": STONE.number, "pages": "1", "remark": "",
             "hash": "0f1e2d3c4b5a6978"},
            {"part": "调解协议", "title": "调解协议书", "number": STONE.number, "pages": "2—3", "remark": "已签",
             "hash": "8796a5b4c3d2e1f0"},
            {"part": "身份证明", "title": "身份证复印件", "number": None, "pages": None, "remark": "没有电子件",
             "hash": ""},
        ],
    },
}
BESIDE[PACK_LIST] = BOUND | {
    "number": None,
    "details": {
        "by": "余国梁", "on": "2026-04-02", "pages": 15,
        "lines": [
            {"number": STONE.number, "title": TOLD.title, "court": COURT, "pages": "2—10", "remark": ""},
            {"number": "南矛调登〔2026〕418号", "title": "龚喆与欧阳文相邻纠纷", "court": COURT, "pages": None,
             "remark": "没有印，见名单"},
            {"number": "南矛调登〔2026〕419号", "title": "万秋莲与欧阳文相邻纠纷", "court": COURT, "pages": "11—15",
             "remark": ""},
        ],
    },
}
FILED = BOUND | {
    "details": BOUND["details"] | {
        "is_filed": True, "category": "人民调解", "outcome": "达成协议并履行完毕", "keeper": "余国梁",
        "closed_on": "2026-04-01", "archived_on": "2026-04-02", "archive_no": "南民调卷〔2026〕12号",
        "retention_label": "长期", "review_on": "2056-12-31", "shelf_no": "2号柜 3层 12盒",
        "remarks": ["缺身份证明：核对过电子证照", "身份证复印件没有页号：没有电子件"],
    },
}
REGISTER = BOUND | {
    "number": None,
    "details": {
        "unit": COMMITTEE.name, "year": 2026, "printed_on": "2026-12-31",
        "lines": [{
            "archive_no": "南民调卷〔2026〕12号", "title": TOLD.title, "number": STONE.number,
            "closed_on": "2026-04-01",
            "archived_on": "2026-04-02", "retention": "长期", "remark": "2号柜 3层 12盒",
        }],
    },
}
NOTE = BOUND | {"details": {"unit": COMMITTEE.name, "on": "2026-04-02", "is_test": True}}
BESIDE |= {DOSSIER: BOUND, DOSSIER_NUMBERS: BOUND, DOSSIER_FILED: FILED, DOSSIER_END: FILED}
BESIDE |= {ARCHIVE_REGISTER: REGISTER, SIGNATURE_NOTE: NOTE}
