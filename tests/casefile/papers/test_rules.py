"""What keeps a paper from being issued."""

from dataclasses import replace

import pytest

from mediation.casefile.papers import contract, mandatory, rules
from mediation.casefile.papers.rules import Bar
from tests.casefile.papers import specimens as s


def reasons(kind, values):
    return [obstacle.reason for obstacle in rules.obstacles(kind, contract.snapshot(values))]


def missing(kind, values):
    found = rules.obstacles(kind, contract.snapshot(values))
    return [obstacle.params["field"] for obstacle in found if obstacle.reason in (Bar.FIELD, Bar.PARTY_FIELD, Bar.DUTY)]


@pytest.mark.parametrize("kind", s.FULL)
def test_a_complete_paper_may_be_issued(kind):
    assert reasons(kind, s.FULL[kind]) == []


@pytest.mark.parametrize("kind", s.FULL)
def test_every_mandatory_field_is_asked_for(kind):
    snapshot = contract.snapshot(s.FULL[kind])
    for path, label in mandatory.required(kind, snapshot):
        *way, last = path.split(".")
        emptied = contract.snapshot(s.FULL[kind])
        place = emptied
        for step in way:
            place = place[step]
        place[last] = type(place[last])() if isinstance(place[last], (str, list)) else None
        found = rules.obstacles(kind, emptied)
        assert label in [obstacle.params.get("field") for obstacle in found], path


@pytest.mark.parametrize(
    ("facts", "summary", "found"),
    [
        ("案" * 20_000, "", []),
        ("案" * 20_001, "", [Bar.TOO_LONG]),
        ("案" * 20_000, "由" * 20_000, []),
        ("案" * 20_000, ["由" * 20_000] * 2, [Bar.TOO_MUCH]),
    ],
)
def test_a_story_has_an_end(facts, summary, found):
    """P18."""
    snapshot = contract.snapshot(s.FULL["agreement"])
    snapshot["case"] |= {"facts": facts, "summary": summary}
    assert [obstacle.reason for obstacle in rules.obstacles("agreement", snapshot)] == found


def test_all_that_is_missing_is_named_at_once():
    case = replace(s.STONE, facts=None)
    assert missing("agreement", s.settled(None, replace(s.AGREEMENT, duties=[]), case=case)) == [
        "编号",
        "纠纷主要事实、争议事项",
        "协议内容",
    ]


@pytest.mark.parametrize(
    ("party", "change", "field"),
    [
        (s.GONG, {"id_number": None}, "身份号码"),
        (s.GONG, {"birth_on": None}, "出生日期"),
        (s.COMPANY, {"credit_code": None}, "统一社会信用代码"),
        (s.COMPANY, {"head": None}, "法定代表人"),
    ],
)
def test_an_agreement_needs_complete_party_blocks(party, change, field):
    parties = [replace(party, **change), s.ABDULLA]
    duties = [contract.Duty(kind="term", what="互不追究")]
    assert missing("agreement", s.settled("1", replace(s.AGREEMENT, duties=duties), parties=parties)) == [field]


def test_an_application_needs_little_of_the_other_side():
    stranger = contract.Person(standing="respondent", name="楼上住户")
    assert reasons("application", s.settled(None, s.APPLICATION, parties=[s.GONG, stranger])) == []


def test_what_is_left_for_the_pen_counts_as_filled():
    service = replace(s.SERVICE, address=contract.HANDWRITE, postcode=contract.HANDWRITE)
    assert reasons("service_address", s.settled("1", service)) == []


def test_a_ward_is_reached_through_the_guardian():
    assert Bar.PARTY_FIELD not in reasons("agreement", s.crowd(replace(s.AGREEMENT, duties=s.CROWD_DUTIES)))


def test_special_authority_is_spelled_out():
    """QT-16."""
    company = replace(s.COMPANY, agents=[replace(s.LAWYER, powers=[])])
    assert reasons("agreement", s.settled("1", s.AGREEMENT, parties=[s.GONG, s.ABDULLA, company])) == [Bar.POWERS]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"obligors": []}, Bar.DUTY),
        ({"obligees": []}, Bar.DUTY),
        ({"amount_fen": None}, Bar.DUTY_SUM),
        ({"manner": None}, Bar.DUTY),
        ({"instalments": []}, Bar.DUTY_DUE),
        ({"obligors": ["张三"]}, Bar.DUTY_PARTY),
        ({"amount_fen": 8600001}, Bar.DUTY_SUM),
        ({"what": ""}, Bar.DUTY),
    ],
)
def test_a_clause_says_who_what_how_much_when_and_how(change, reason):
    """DC-03, PM-12, DC-02."""
    duties = [replace(s.STONE_DUTIES[0], **change), *s.STONE_DUTIES[1:]]
    assert reason in reasons("agreement", s.settled("1", replace(s.AGREEMENT, duties=duties)))


def test_all_parties_are_applicants_and_none_a_respondent():
    """DC-01, JC-02."""
    case = replace(s.STONE, facts="被申请人尚欠86000元。")
    assert reasons("confirmation_application", s.settled("1", s.CONFIRMATION, case=case)) == [Bar.RESPONDENT]
    duties = [contract.Duty(kind="term", what="互不追究")]
    alone = s.settled("1", replace(s.CONFIRMATION, duties=duties), parties=[s.GONG])
    assert reasons("confirmation_application", alone) == [Bar.ONE_SIDE]


def test_something_must_be_confirmable():
    """DC-04."""
    duties = [replace(duty, confirmable=False) for duty in s.STONE_DUTIES]
    values = s.settled("1", replace(s.CONFIRMATION, duties=duties))
    assert reasons("confirmation_application", values) == [Bar.NOTHING_CONFIRMABLE]


def test_every_party_consents_to_the_record_of_facts():
    """JM-13."""
    values = s.failed("1", replace(s.UNDISPUTED, consents=s.UNDISPUTED.consents[:1]))
    found = rules.obstacles("undisputed_facts", contract.snapshot(values))
    assert [(obstacle.reason, obstacle.params["who"]) for obstacle in found] == [(Bar.NO_CONSENT, "胡建平")]


def test_what_a_paper_quotes_must_be_in_the_table():
    """DC-08."""
    values = s.settled("1", s.CONFIRMATION, citations=[], periods={})
    assert reasons("confirmation_application", values) == [Bar.CITATION] * 3 + [Bar.PERIOD]


@pytest.mark.parametrize(
    ("kind", "details", "changes", "keys"),
    [
        ("termination", s.TERMINATION, {}, {"civil_code.interruption", "people_mediation.end"}),
        ("termination", s.TERMINATION, {"track": "judicial"}, {"civil_code.interruption"}),
        (
            "termination",
            replace(s.TERMINATION, path="labour"),
            {"track": "administrative"},
            {"civil_code.interruption", "labour_arbitration.order", "labour_arbitration.limit"},
        ),
        ("agreement", s.AGREEMENT, {"case": replace(s.STONE, basis="entrusted")}, set()),
        ("quick_trial_referral", s.REFERRAL, {}, {"civil_procedure.small_claims"}),
        ("quick_trial_referral", replace(s.REFERRAL, procedure_key="ordinary"), {}, set()),
    ],
)
def test_which_articles_a_paper_needs(kind, details, changes, keys):
    assert set(rules.citation_keys(kind, contract.snapshot(s.settled("1", details, **changes)))) == keys


def test_articles_of_one_law_stand_together_and_the_peoples_law_only_with_its_committees():
    citations = contract.snapshot(s.FULL["agreement"])["citations"]
    keys = ("people_mediation.confirmation", "civil_procedure.confirmation", "civil_procedure.confirmation_ruling")
    ours = "《中华人民共和国民事诉讼法》第二百零五条、第二百零六条"
    assert rules.cited(keys, citations, "peoples") == f"《中华人民共和国人民调解法》第三十三条和{ours}"
    assert rules.cited(keys, citations, "administrative") == ours
    with pytest.raises(LookupError):
        rules.cited(("civil_procedure.nothing",), citations, "peoples")


def test_papers_of_one_case_say_the_same():
    """DC-02."""
    agreement = contract.snapshot(s.FULL["agreement"])
    assert rules.differences(agreement, contract.snapshot(s.FULL["confirmation_application"])) == []
    assert rules.differences(agreement, contract.snapshot(s.FULL["mediation_proof"])) == []
    duties = [replace(s.STONE_DUTIES[0], amount_fen=860000), *s.STONE_DUTIES[1:]]
    other = s.settled(
        "1",
        replace(s.CONFIRMATION, duties=duties, agreement_number="（2026）南民调字第21号"),
        parties=[replace(s.GONG, id_number="360199198607190038"), s.ABDULLA, s.COMPANY],
    )
    found = rules.differences(agreement, contract.snapshot(other))
    assert [obstacle.params["field"] for obstacle in found] == ["当事人", "协议内容", "调解协议编号"]


def test_a_settlement_in_a_police_case_is_performed_before_the_decision():
    """AM-02: performed 5 March; a decision of the 4th or of that day comes too early, one of the 6th does not."""
    early = [Bar.DECIDED_BEFORE]
    for decided, found in (("2026-03-04", early), ("2026-03-05", early), ("2026-03-06", [])):
        assert reasons("police_settlement", s.settled(None, replace(s.POLICE, decision_on=decided))) == found


def test_everybody_consents_to_a_proposal_first():
    """JM-14."""
    values = s.settled("1", replace(s.PROPOSAL, consents=s.PROPOSAL.consents[:2]))
    assert reasons("proposal", values) == [Bar.NO_PROPOSAL_CONSENT]
