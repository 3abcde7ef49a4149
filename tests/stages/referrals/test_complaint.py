from mediation.stages.referrals.complaint import Litigant, Part, complaint


def test_what_the_complaint_cannot_say_yet_and_how_many_copies():
    """QT-09: two defendants, two copies."""
    found = complaint([
        Litigant("万秋莲", True, False, frozenset(Part) - {Part.OCCUPATION, Part.EMPLOYER}),
        Litigant("涂国平", False, False, frozenset({Part.SEX, Part.ADDRESS})),
        Litigant("某公司", False, True, frozenset({Part.ADDRESS})),
    ])
    assert [(gap.params["who"], gap.params["parts"]) for gap in found.gaps] == [
        ("万秋莲", (Part.OCCUPATION, Part.EMPLOYER)), ("涂国平", (Part.EMPLOYER,)),
    ]
    assert found.copies == 2


def test_a_body_that_sues_names_who_stands_for_it():
    [gap] = complaint([Litigant("某公司", True, True, frozenset({Part.ADDRESS, Part.PHONE}))]).gaps
    assert gap.params["parts"] == (Part.LEGAL_REP, Part.LEGAL_REP_POST)
