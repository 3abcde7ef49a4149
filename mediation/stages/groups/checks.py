"""What groups offer to the table of steps."""

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.ground.errors import because
from mediation.ground.steps import fact, reacts_to
from mediation.stages.groups import operations, queries, rules
from mediation.stages.groups.models import CaseGroup, GroupMember
from mediation.stages.groups.rules import Bar
from mediation.stages.intake import involved


@fact("groups.members_consent", rules=("MH-07", "RT-02", "RT-03"), cure="case.group")
def members_consent(subject, *, on, by):
    """Representatives settle only with the consent of everybody whom they represent; a case without a group passes."""
    case = subject if isinstance(subject, Case) else session.get_one(Case, subject.case_id)
    group = queries.of_case(case.id) if case.group_size is not None else None
    return rules.settling_obstacles(queries.represented(group)) if group is not None else []


@fact("groups.may_merge")
def may_merge(case, *, on, by):
    """A lead file keeps its own group; others are merged into it, or taken in."""
    return [because(Bar.IS_MERGED)] if case.group_size is not None else []


@involved.also
def members(rows):
    """Whoever is on the list of a group is in its case; parties are there anyhow."""
    query = select(GroupMember.person_id, GroupMember.case_id, CaseGroup.side)
    query = query.join(CaseGroup, CaseGroup.id == GroupMember.group_id)
    return query.where(GroupMember.person_id.in_(rows), queries.ASKED)


@reacts_to("agreement.revise")
def ask_anew(agreement, *, by, on):
    """Another text is not what the members consented to (MH-07)."""
    case = session.get_one(Case, agreement.case_id)
    group = queries.of_case(case.id) if case.group_size is not None else None
    if group is not None:
        operations.forget_answers(group)
