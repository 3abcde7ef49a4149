"""Who must be beside a party that cannot read, hear or speak Chinese, and what must be read to it (DC-05)."""

import pytest

from mediation.casefile.cases.needs import NeedBar, following_obstacles, reads_large, signing_obstacles
from mediation.casefile.cases.parties import HelperFacts, PartyFacts, PartyFlag, PartyRole, Representation

INTERPRETER = HelperFacts("阿依古丽", Representation.INTERPRETER)
UNKNOWN = HelperFacts("路人", Representation.HELPER, is_known=False)


def party(*flags, helpers=(), role=PartyRole.APPLICANT):
    return PartyFacts("买买提", role, flags=frozenset(flags), helpers=tuple(helpers))


@pytest.mark.parametrize(
    ("who", "bars"),
    [
        (party(), []),
        (party(PartyFlag.CANNOT_READ), []),
        (party(PartyFlag.LANGUAGE), [NeedBar.NO_INTERPRETER]),
        (party(PartyFlag.LANGUAGE, helpers=[HelperFacts("邻居")]), [NeedBar.NO_INTERPRETER]),
        (party(PartyFlag.LANGUAGE, helpers=[INTERPRETER]), []),
        (party(PartyFlag.DEAF), [NeedBar.NO_HELPER]),
        (party(PartyFlag.DEAF, helpers=[HelperFacts("女儿")]), []),
        (party(PartyFlag.DEAF, role=PartyRole.OUTSIDER), []),
    ],
)
def test_nobody_is_talked_to_who_cannot_follow(who, bars):
    assert [each.reason for each in following_obstacles([who])] == bars


@pytest.mark.parametrize(
    ("who", "read_by", "bars"),
    [
        (party(PartyFlag.CANNOT_READ), "", [NeedBar.NOT_READ]),
        (party(PartyFlag.BLIND), "熊桂生", []),
        (party(PartyFlag.LANGUAGE), "", [NeedBar.NO_INTERPRETER]),
        (party(PartyFlag.DEAF, helpers=[UNKNOWN]), "", [NeedBar.HELPER_UNKNOWN]),
        (party(PartyFlag.LANGUAGE, helpers=[INTERPRETER]), "", []),
        (party(PartyFlag.ELDERLY), "", []),
    ],
)
def test_what_is_wanted_before_such_a_party_signs(who, read_by, bars):
    assert [each.reason for each in signing_obstacles(who, read_by=read_by)] == bars


def test_large_print_goes_by_the_flags():
    assert reads_large(["blind"]) and reads_large(["elderly"]) and not reads_large(["violence"])
