"""Groups: opening one on a case, changing what was said of it, members who change or leave, single cases taken in."""

from datetime import date, datetime

from sqlalchemy import select, update

from mediation.casefile.cases import links, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.models import Case, CaseLink
from mediation.casefile.cases.rules import CaseState, Consent, PartyRole
from mediation.ground import clock, trail
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.groups import following, listing, queries, rules
from mediation.stages.groups.models import CaseGroup, GroupMember
from mediation.stages.groups.rules import Bar, Work


@once
def open_group(
    case_public_id: str, *, said_count: int, learnt_at: datetime, total_fen: int | None = None,
    side: str = PartyRole.APPLICANT, by: Actor, on: date, key: str | None = None,
) -> str:
    """Make a registered case the lead file of a group; the natural persons of that side are its first members.

    The duties that so many people bring open with it, their time running from ``learnt_at``. Returns the group's
    public id. Raises NotFound, NotAllowed, RuleBroken. Row 20, MH-07.
    """
    case = cases.get(case_public_id, for_=by)
    group = CaseGroup(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, side=known(PartyRole, side, "side"),
        said_count=said_count, total_fen=total_fen, learnt_at=learnt_at,
    )
    parties = queries.parties_on_side(group)
    bars = rules.opening_obstacles(said_count, learnt_at, now=clock.now())
    bars += [because(Bar.IS_GROUP)] if queries.of_case(case.id) is not None else []
    bars += [] if parties else [because(Bar.NO_SIDE, cure="case.supplement")]
    told = {"what": Work.OPENED, "people": said_count}
    steps.take("case.group", case, by=by, on=on, bars=bars, facts=told)
    session.add(group)
    session.flush()
    listing.join(
        group, [(party.person, party.name, None, "") for party in parties],
        parties={party.person.id: party.id for party in parties},
    )
    following.follow(group, case, by=by, on=on, learnt_at=learnt_at)
    return group.public_id


def change_group(
    public_id: str, *, version: int, said_count: int, total_fen: int | None, by: Actor, on: date
) -> None:
    """Put right how many were said and what it is about in money. Raises Stale, RuleBroken, NotFound, NotAllowed."""
    group, case = _held(public_id, version, by)
    bars = rules.opening_obstacles(said_count, group.learnt_at, now=clock.now())
    steps.take("case.group", case, by=by, on=on, bars=bars, facts={"what": Work.CHANGED, "people": said_count})
    told = {"said_count": said_count, "total_fen": total_fen}
    changed = {name: (getattr(group, name), value) for name, value in told.items() if getattr(group, name) != value}
    if changed:
        trail.record("group.changed", by=by, about=group, case_id=case.id, changed=changed, box=case.box())
    group.said_count, group.total_fen = said_count, total_fen
    following.follow(group, case, by=by, on=on)


def propose(public_id: str, text: str, *, version: int, by: Actor, on: date) -> None:
    """Write the terms that members are asked to consent to. Other terms than before: every answer is asked anew.

    MH-07: whoever consented, consented to those terms. Raises Stale, RuleBroken, NotFound, NotAllowed.
    """
    group, case = _held(public_id, version, by)
    text = text.strip()
    if text == (group.proposal or ""):
        return
    withdrawn = forget_answers(group)
    told = {"what": Work.PROPOSED} | ({"withdrawn": withdrawn} if withdrawn else {})
    steps.take("case.group", case, by=by, on=on, facts=told)
    trail.record(
        "group.proposed", by=by, about=group, case_id=case.id, changed={"proposal": (group.proposal, text)},
        box=case.box(),
    )
    group.proposal, group.proposed_on = text or None, on if text else None
    session.flush()


def forget_answers(group: CaseGroup) -> int:
    """Let every answer about settling be asked anew; return how many there were."""
    answered = update(GroupMember).where(GroupMember.group_id == group.id, GroupMember.settles != Consent.PENDING)
    nothing = {"settles": Consent.PENDING, "settles_on": None, "settles_form": None}
    return session.execute(answered.values(**nothing, version=GroupMember.version + 1)).rowcount


def _held(public_id: str, version: int, by: Actor) -> tuple[CaseGroup, Case]:
    """Return a group that was not changed since it was shown; the change counts it up."""
    group, case = queries.get(public_id, for_=by)
    mine = update(CaseGroup).where(CaseGroup.id == group.id, CaseGroup.version == version)
    if session.execute(mine.values(version=version + 1)).rowcount != 1:
        raise Stale()
    return group, case


# --- one member ---


def change_member(
    public_id: str, *, version: int, amount_fen: int | None, place: str, by: Actor, on: date
) -> None:
    """Put right what the list says of a member. Raises Stale, NotFound, NotAllowed."""
    row, case = queries.member(public_id, for_=by)
    take_member(row, version)
    steps.take("case.group", case, by=by, on=on, facts={"what": Work.MEMBER_CHANGED})
    told = {"amount_fen": amount_fen, "place": place.strip() or None}
    changed = {name: (getattr(row, name), value) for name, value in told.items() if getattr(row, name) != value}
    if changed:
        trail.record("group.member_changed", by=by, about=row, case_id=case.id, changed=changed, box=case.box())
    row.amount_fen, row.place = told["amount_fen"], told["place"]
    following.follow(queries.of_case(case.id), case, by=by, on=on)


def leave(public_id: str, *, version: int, reason: str, by: Actor, on: date) -> None:
    """Take a member off the list with the reason; the row stays. A party or representative does not leave so.

    Raises Stale, RuleBroken, NotFound, NotAllowed.
    """
    row, case = queries.member(public_id, for_=by)
    take_member(row, version)
    bars = [] if reason.strip() else [because(Bar.NO_REASON)]
    if row.is_representative:
        bars.append(because(Bar.SPEAKS_FOR_OTHERS, who=row.name))
    elif row.party_id is not None:
        bars.append(because(Bar.IS_PARTY, who=row.name))
    steps.take(
        "case.group", case, by=by, on=on, reason=reason.strip() or None, bars=bars, facts={"what": Work.MEMBER_LEFT}
    )
    _end([row], by=by, on=on, reason=reason)
    following.follow(queries.of_case(case.id), case, by=by, on=on)


def take_member(row: GroupMember, version: int) -> None:
    """Count up a member who was not changed since they were shown. Raises Stale."""
    mine = update(GroupMember).where(
        GroupMember.id == row.id, GroupMember.version == version, GroupMember.ended_on.is_(None)
    )
    if session.execute(mine.values(version=version + 1)).rowcount != 1:
        raise Stale()


def _end(rows, *, by, on, reason):
    for row in rows:
        row.ended_on, row.end_reason, row.ended_by_id = on, reason.strip(), by.account_id
    session.flush()


# --- single cases ---


@once
def take_in_case(public_id: str, case_public_id: str, *, by: Actor, on: date, key: str | None = None) -> str:
    """Take the people of a single case into the group; the cases are linked as a series, the other one goes on.

    The sum of a case with one applicant is that member's. Raises NotFound, NotAllowed, RuleBroken. Rows 19, 20.
    """
    group, case = queries.get(public_id, for_=by)
    other, _lead = links.hold(case_public_id, case.public_id, by=by)
    coming = [
        party for party in cases.parties_of(other.id)
        if party.role == group.side and party.person is not None and party.person.kind == "person"
    ]
    bars = _bars_of_other(group, case, other, coming)
    told = {"what": Work.TAKEN_IN, "people": len(coming)}  # the other is not named: not everybody here sees it
    steps.take("case.group", case, by=by, on=on, bars=bars, facts=told)
    if _series(case, other) is None:
        links.link(other.public_id, case.public_id, LinkKind.SERIES, by=by, on=on)
    amount = other.amount_fen if len(coming) == 1 else None
    listing.join(group, [(party.person, party.name, amount, "") for party in coming], from_case=other)
    following.follow(group, case, by=by, on=on)
    return group.public_id


def _bars_of_other(group: CaseGroup, case: Case, other: Case, coming) -> list[Obstacle]:
    number = other.register_no
    if other.id == case.id:
        return [because(Bar.SELF)]
    found = []
    if other.state == CaseState.MERGED:
        found.append(because(Bar.OTHER_MERGED, number=number))
    if other.group_size is not None:
        found.append(because(Bar.OTHER_IS_GROUP, number=number))
    if other.is_sealed != case.is_sealed:
        found.append(because(Bar.OTHER_SEALED))
    if _members_from(group, other):
        found.append(because(Bar.TAKEN_IN_ALREADY, number=number))
    return found if coming else [*found, because(Bar.NOBODY_THERE, number=number)]


def let_go_case(public_id: str, case_public_id: str, *, reason: str, by: Actor, on: date) -> None:
    """Let a single case go again with the reason: its people leave the list, the link ends.

    Raises RuleBroken where one of them speaks for the group; NotFound, NotAllowed.
    """
    group, case = queries.get(public_id, for_=by)
    other, _lead = links.hold(case_public_id, case.public_id, by=by)
    rows = _members_from(group, other)
    bars = [] if rows else [because(Bar.NOT_TAKEN_IN)]
    bars += [] if reason.strip() else [because(Bar.NO_REASON)]
    bars += [because(Bar.SPEAKS_FOR_OTHERS, who=row.name) for row in rows if row.is_representative]
    bars += [because(Bar.IS_PARTY, who=row.name) for row in rows if row.party_id and not row.is_representative]
    told = {"what": Work.LET_GO, "people": len(rows)}
    steps.take("case.group", case, by=by, on=on, reason=reason.strip() or None, bars=bars, facts=told)
    _end(rows, by=by, on=on, reason=reason)
    link = _series(case, other)
    if link is not None:
        links.unlink(link.public_id, by=by, on=on, reason=reason)
    following.follow(group, case, by=by, on=on)


def _members_from(group: CaseGroup, other: Case) -> list[GroupMember]:
    query = select(GroupMember).where(
        GroupMember.group_id == group.id, GroupMember.from_case_id == other.id, queries.IN_IT
    )
    return list(session.scalars(query.order_by(GroupMember.position)))


def _series(case: Case, other: Case) -> CaseLink | None:
    pair = [case.id, other.id]
    return session.scalar(
        select(CaseLink).where(
            CaseLink.case_id.in_(pair), CaseLink.other_id.in_(pair), CaseLink.kind == LinkKind.SERIES,
            CaseLink.ended_on.is_(None),
        )
    )
