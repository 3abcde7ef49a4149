"""What an agency looks at before it mediates: matters that are not open to it, and how the police hold a meeting."""

from collections.abc import Collection, Mapping, Sequence

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.stages.proceedings.rules import Bar

CHECKLIST, POLICE_CHECKLIST = "AM-18", "AM-03"  # dated settings, lists of words
BARS = {CHECKLIST: Bar.NOT_OPEN, POLICE_CHECKLIST: Bar.POLICE_DO_NOT}


class OfficerCaution(Reason):
    ONE_OFFICER = (
        "one_officer",
        N_("只有一名民警主持：要在规范设置、严格管理的执法办案场所，全程同步录音录像，笔录里写明"),
        "AM-04",
    )


def closed_obstacles(ticked: Sequence[str], lists: Mapping[str, Collection[str]]) -> list[Obstacle]:
    """Return what is ticked against administrative mediation, by the list it stands in; other words say nothing.

    AM-18: Administrative Litigation Law (2017), Art. 60, by analogy. AM-03: Provisions on the Procedures of
    Public-security Organs in Administrative Cases (2020), about Art. 178.
    """
    found = []
    for key, words in lists.items():
        said = tuple(word for word in ticked if word in words)
        found += [because(BARS[key], what=said)] if said else []
    return found


def officer_cautions(*, is_police: bool, officers: int, is_recorded: bool = False) -> list[Obstacle]:
    """Return what to heed where one officer alone mediates and nobody says that it is recorded.

    AM-04: Public Security Administration Punishments Law (2025), Art. 108.
    """
    return [because(OfficerCaution.ONE_OFFICER)] if is_police and officers == 1 and not is_recorded else []
