"""Who speaks for a group, and what each of those they speak for says to it (MH-07, RT-03)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Consent, ConsentForm
from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, because, known
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import Capacity, capacity_on
from mediation.stages.groups import operations, queries, rules
from mediation.stages.groups.models import CaseGroup, GroupMember
from mediation.stages.groups.rules import About, Bar, Work
from mediation.stages.intake import parties


@once
def elect(
    group_public_id: str, member_ids: Sequence[str], *, elected_on: date | None, signed_on: date | None, by: Actor,
    on: date, key: str | None = None,
) -> str:
    """Record whom the group elected, by public ids; they become parties of the case, in which they speak and sign.

    ``signed_on`` is the day on the signed paper of the election. Raises RuleBroken, NotFound, NotAllowed. MH-07.
    """
    group, case = queries.get(group_public_id, for_=by)
    rows = queries.chosen(group, member_ids)
    standing = queries.representatives(group)
    fresh = [row for row in rows if not row.is_representative]
    able = [(row.name, capacity_on(row.person.birth_on, on) == Capacity.FULL) for row in fresh]
    bars = rules.election_obstacles(
        have=len(standing), chosen=able, most=queries.most_representatives(case), elected_on=elected_on,
        signed_on=signed_on, on=on,
    )
    bars += [] if len(rows) == len(set(member_ids)) else [because(Bar.NOT_MEMBER)]
    steps.take("case.group", case, by=by, on=on, bars=bars, facts={"what": Work.ELECTED, "people": len(fresh)})
    for row in fresh:
        if row.party_id is None:
            row.party_id = _made_party(row, group, case, by=by, on=on)
        row.elected_on, row.election_signed_on = elected_on or signed_on, signed_on
        row.version += 1
        trail.record("group.elected", by=by, about=row, case_id=case.id, params={"on": row.elected_on})
    session.flush()
    parties.follow(case, cases.parties_of(case.id))
    return group.public_id


def _made_party(row: GroupMember, group: CaseGroup, case: Case, *, by: Actor, on: date) -> int:
    """Make a member a party of the case, with what they said to mediation already; return its row id."""
    present = cases.parties_of(case.id)
    position = max((party.position for party in present), default=0) + 1
    made = parties.make_party(group.side, row.person, Identity(row.name), position=position, by=by, on=on)
    made.case_id = case.id
    made.consent, made.consent_on, made.consent_form = row.consent, row.consent_on, row.consent_form
    made.consent_recorded_by = row.answered_by_id
    session.add(made)
    session.flush()
    return made.id


def step_down(member_id: str, *, version: int, reason: str, by: Actor, on: date) -> None:
    """Record that somebody speaks for the group no more; as a party of the case they speak for themselves on.

    Raises Stale, RuleBroken, NotFound, NotAllowed.
    """
    row, case = queries.member(member_id, for_=by)
    operations.take_member(row, version)
    bars = [] if reason.strip() else [because(Bar.NO_REASON)]
    bars += [] if row.is_representative else [because(Bar.REPRESENTS_NOT, who=row.name)]
    steps.take(
        "case.group", case, by=by, on=on, reason=reason.strip() or None, bars=bars, facts={"what": Work.STEPPED_DOWN}
    )
    trail.record("group.stepped_down", by=by, about=row, case_id=case.id, params={"elected_on": row.elected_on})
    row.elected_on = row.election_signed_on = None
    session.flush()


@once
def record_answers(
    group_public_id: str, *, about: str, answer: str, form: str | None, said_on: date | None,
    member_ids: Sequence[str] | None, by: Actor, on: date, key: str | None = None,
) -> str:
    """Record what members say, many at once: ``member_ids`` by public id, None for all who have said nothing yet.

    ``about`` is mediation or settlement. Whoever is a party answers in the case and is not among them. Answers change
    nothing that others said. Raises RuleBroken, Invalid, NotFound, NotAllowed. MH-07, RT-03.
    """
    group, case = queries.get(group_public_id, for_=by)
    about, answer = known(About, about, "about"), known(Consent, answer, "answer")
    form = known(ConsentForm, form, "form") if form else None
    if answer == Consent.PENDING:
        raise Invalid(answer=N_("没有这个选项"))
    rows = _asked(group, about, member_ids)
    bars = rules.answer_obstacles(
        about, answer, form, said_on=said_on, has_proposal=bool(group.proposal), on=on
    )
    bars += [] if rows else [because(Bar.NOBODY_CHOSEN)]
    bars += [because(Bar.NOT_MEMBER)] if rows and member_ids is not None and len(rows) != len(set(member_ids)) else []
    told = {"what": Work.CONSENTED, "about": about, "answer": answer, "people": len(rows)}
    steps.take("case.group", case, by=by, on=on, bars=bars, facts=told)
    field = "consent" if about == About.MEDIATION else "settles"
    values = {field: answer, f"{field}_on": said_on, f"{field}_form": form, "answered_by_id": by.account_id}
    if about == About.SETTLEMENT and answer == Consent.AGREED:
        _imply_mediation(rows, values | {"consent_on": said_on})
    said = update(GroupMember).where(GroupMember.id.in_(rows)).values(**values, version=GroupMember.version + 1)
    session.execute(said.execution_options(synchronize_session=False))
    session.expire_all()
    trail.record(
        "group.answered", by=by, about=group, case_id=case.id,
        params={"about": about, "answer": answer, "form": form, "on": said_on, "members": rows},
    )
    return group.public_id


def _imply_mediation(rows, values):
    """Whoever consents to settle has consented to mediate; what they said before about that stands."""
    silent = update(GroupMember).where(GroupMember.id.in_(rows), GroupMember.consent == Consent.PENDING)
    said = {"consent": Consent.AGREED, "consent_on": values["consent_on"], "consent_form": values["settles_form"]}
    session.execute(silent.values(**said).execution_options(synchronize_session=False))


def _asked(group: CaseGroup, about: About, member_ids: Sequence[str] | None) -> list[int]:
    """Return the row ids of the members whose answer it is."""
    query = select(GroupMember.id).where(GroupMember.group_id == group.id, queries.ASKED)
    if member_ids is None:
        field = GroupMember.consent if about == About.MEDIATION else GroupMember.settles
        query = query.where(field == Consent.PENDING)
    else:
        query = query.where(GroupMember.public_id.in_(member_ids))
    return list(session.scalars(query.order_by(GroupMember.position)))
