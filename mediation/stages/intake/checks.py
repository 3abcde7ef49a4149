"""What this room offers to the table of steps."""

from mediation.casefile.cases import linking, progress
from mediation.casefile.cases.facts import party_facts
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import PartyRole
from mediation.ground.db import session
from mediation.ground.errors import because
from mediation.ground.steps import fact, reacts_to
from mediation.registry.access.rules import Role
from mediation.registry.causes import queries as causes
from mediation.registry.points import queries as points
from mediation.registry.points import rules as point_rules
from mediation.registry.regions import queries as regions
from mediation.registry.settings import queries as settings
from mediation.stages.intake import limitation, merging, rules
from mediation.stages.intake.rules import Bar


@fact("intake.complete", rules=("RT-07", "LM-02", "DP-04", "DP-05"))
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
        unknown=_unknown_codes(case),
    )
    return rules.registration_obstacles(facts, on=on) + _point_obstacles(case) + _type_obstacles(case, on)


@fact("intake.found_by_finder", rules=("RT-03", "RT-07"))
def found_by_finder(case, *, on, by):
    """Who mediates registers what they found themselves; whoever comes and asks is registered at the window."""
    return rules.finder_obstacles(case.source, is_mediator=by.role is Role.MEDIATOR)


def _type_obstacles(case, on):
    """A type that had ended before the case's day is not chosen any more; cases that have it keep it (row 22)."""
    kind = causes.dispute_type(case.type_code, centre_id=case.centre_id) if case.type_code else None
    if kind is None or kind.valid_to is None or (case.applied_on or on) <= kind.valid_to:
        return []
    heir = causes.dispute_type(kind.successor, centre_id=case.centre_id) if kind.successor else None
    if heir is None:
        return [because(Bar.TYPE_ENDED_BARE, name=kind.name)]
    return [because(Bar.TYPE_ENDED, name=kind.name, heir=heir.name)]


def _point_obstacles(case):
    """A case came through a point of its own channel that collected then (row 3)."""
    point = points.point(case.point_id, centre_id=case.centre_id)
    if point is None:
        return []
    was_open = case.applied_on is None or point.is_open(case.applied_on)
    return point_rules.choice_obstacles(point.name, same_channel=point.channel == case.channel, is_open=was_open)


def _unknown_codes(case):
    """Return the codes of the case that stand in no table; whoever registers, the tables decide."""
    whose = {"centre_id": case.centre_id}
    asked = (
        (Bar.UNKNOWN_TYPE, case.type_code, causes.dispute_type),
        (Bar.UNKNOWN_CAUSE, case.cause_code, causes.cause),
        (Bar.UNKNOWN_PLACE, case.area_code, regions.place),
        (Bar.UNKNOWN_PLACE, case.object_area_code, regions.place),
    )
    return tuple((bar, code) for bar, code, look_up in asked if code and look_up(code, **whose) is None)


@fact("intake.children_have_guardians", rules=("DP-05", "MH-05"), cure="case.supplement")
def children_have_guardians(case, *, on, by):
    """Nothing is done with a small child's case before somebody who may speak for the child is on record (P22)."""
    under = settings.number("DP-05.young", on=case.law_on, centre_id=case.centre_id)
    return rules.child_obstacles(party_facts(case.id, on=on), on=on, under=under)


@fact("intake.may_merge", rules=("RT-01", "RT-09"))
def may_merge(case, *, on, by):
    """Nothing runs or binds in a case that is merged into another. What later rooms opened is read from the history."""
    return linking.merging_obstacles(progress.progress_of(case, progress.history(case.id)))


@fact("intake.may_unmerge")
def may_unmerge(case, *, on, by):
    """Within its days, while the other case is open, by somebody who sees what it gives back (row 18)."""
    return merging.undo_bars(case, on=on, by=by)


@reacts_to("proceeding.end", "proceeding.refuse", "referral.return")
def limitation_runs(subject, *, by, on):
    """Nobody mediates any more, so the parties have to know by when they must go elsewhere (LM-01, AM-08)."""
    limitation.follow(session.get_one(Case, subject.case_id), by=by, on=on)


@reacts_to("agreement.take_effect", "agreement.agree_orally")
def claim_is_settled(agreement, *, by, on):
    """What was agreed takes the place of the claim; its own time runs from the last day for performance."""
    limitation.stand_still(session.get_one(Case, agreement.case_id), on=on, by=by)
