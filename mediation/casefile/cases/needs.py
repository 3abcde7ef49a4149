"""People who cannot read, hear or speak Chinese: who must be beside them, what must be read to them (DC-05)."""

from collections.abc import Sequence

from mediation.casefile.cases.parties import PartyFacts, PartyFlag, Representation, disputing
from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because

READ_NOT = frozenset({PartyFlag.CANNOT_READ, PartyFlag.BLIND})
READ_ALOUD = READ_NOT | {PartyFlag.CANNOT_WRITE, PartyFlag.LANGUAGE, PartyFlag.DEAF, PartyFlag.HARD_OF_HEARING}
LARGE_PRINT = frozenset({PartyFlag.CANNOT_READ, PartyFlag.BLIND, PartyFlag.HARD_OF_HEARING, PartyFlag.ELDERLY})
BESIDE = (Representation.INTERPRETER, Representation.HELPER)


class NeedBar(Reason):
    NO_INTERPRETER = "no_interpreter", N_("%(who)s需要翻译，先登记翻译人员"), "DC-05"
    NO_HELPER = "no_helper", N_("%(who)s听不见，先登记会手语的翻译或者陪同帮助的人"), "DC-05"
    HELPER_UNKNOWN = "helper_unknown", N_("%(helper)s替%(who)s翻译、帮助，要登记和他的关系、证件号"), "DC-05"
    NOT_READ = "not_read", N_("%(who)s不识字或者看不见，先把协议读给本人听，写明谁读的"), "DC-05"


def following_obstacles(parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return one obstacle for each disputing party that could not follow what is said for want of somebody beside it.

    DC-05; People's Mediation Law (2010), Art. 23: the parties speak their mind freely.
    """
    return [bar for party in disputing(parties) for bar in _nobody_beside(party)]


def _nobody_beside(party: PartyFacts) -> list[Obstacle]:
    capacities = {helper.capacity for helper in party.helpers}
    if PartyFlag.LANGUAGE in party.flags and Representation.INTERPRETER not in capacities:
        return [because(NeedBar.NO_INTERPRETER, who=party.name)]
    if PartyFlag.DEAF in party.flags and not capacities:
        return [because(NeedBar.NO_HELPER, who=party.name)]
    return []


def signing_obstacles(party: PartyFacts, *, read_by: str) -> list[Obstacle]:
    """Return what is wanted before such a party signs itself: somebody known beside it, the text read to it. DC-05."""
    found = _nobody_beside(party)
    if {PartyFlag.LANGUAGE, PartyFlag.DEAF} & party.flags:
        unknown = (helper for helper in party.helpers if not helper.is_known)
        found += [because(NeedBar.HELPER_UNKNOWN, helper=helper.name, who=party.name) for helper in unknown]
    if READ_NOT & party.flags and not read_by.strip():
        found.append(because(NeedBar.NOT_READ, who=party.name))
    return found


def reads_large(flags: Sequence[str]) -> bool:
    """Say whether a party is given large print without asking (row 125)."""
    return bool(LARGE_PRINT.intersection(flags))
