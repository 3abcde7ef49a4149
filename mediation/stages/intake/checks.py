"""What this room offers to the table of steps."""

from mediation.casefile.cases.rules import PartyRole
from mediation.ground.steps import fact
from mediation.stages.intake import rules


@fact("intake.complete", rules=("RT-07", "LM-02", "DP-05"))
def complete(case, *, on, by):
    """A case that is about to be made carries its parties with it."""
    names = {role: tuple(party.name for party in case.parties if party.role == role) for role in PartyRole}
    facts = rules.Registration(
        source=case.source,
        applicants=names[PartyRole.APPLICANT],
        respondents=names[PartyRole.RESPONDENT],
        story=case.story,
        type_code=case.type_code,
        applied_on=case.applied_on,
        data_notice=case.data_notice,
        court=case.court_name or "",
        outside_no=case.outside_no or "",
        court_no=case.court_no or "",
    )
    return rules.registration_obstacles(facts, on=on)
