"""The same papers for twelve parties with long stories, and the agreements of part 4 of the forms."""

from dataclasses import replace

from mediation.casefile.papers import contract as c
from tests.casefile.papers.specimens.awkward import STORY
from tests.casefile.papers.specimens.base import ABDULLA, BUREAU, BUYER, GONG, LAWYER, MAKERS, STONE, settled
from tests.casefile.papers.specimens.road import AGREEMENT

SIGNS = "甲乙丙丁戊己庚辛壬癸子丑"


def of_twelve(values: c.Values) -> c.Values:
    """Return a paper of twelve parties, six on a side, with a story of several pages."""
    agents = [LAWYER]
    parties = [
        replace(
            GONG, name=f"龚{sign}", standing="applicant" if place < 6 else "respondent",
            address=f"江西省南昌县莲塘镇桃园路{place}号", agents=agents if place == 2 else [],
        )
        for place, sign in enumerate(SIGNS, 1)
    ]
    parties[2] = replace(parties[2], agents=agents)
    case = replace(values.case, facts=STORY * 14, summary=STORY * 14)
    return replace(values, parties=parties, case=case)


VARIANTS = ("administrative", "police", "traffic", "labour", "medical", "petition")
AGREEMENTS = {
    kind: settled(
        STONE.number, replace(AGREEMENT, variant=kind, specials=[c.Reply(who="责任认定", text="主责")]),
        **({} if kind in ("labour", "medical", "petition") else {"track": "administrative", "body": BUREAU}),
    )
    for kind in VARIANTS
}
AGREEMENTS["police_case"] = settled(STONE.number, replace(AGREEMENT, variant="police_case"))
AIDED = settled(
    STONE.number,
    replace(
        AGREEMENT,
        aids=[
            c.Aid(name=GONG.name, is_read=True, is_written_for=True),
            c.Aid(name=ABDULLA.name, interpreter="热孜亚", relation="同事", language="维吾尔语"),
        ],
    ),
)
DEEMED = settled(
    STONE.number,
    replace(
        AGREEMENT, deemed_on="2026-03-10", served=[c.Consent(name=name, on="2026-03-02") for name in MAKERS + BUYER]
    ),
)
