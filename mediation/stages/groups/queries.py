"""Reading groups: the group of a case, its figures, its members by page, what settling for them lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import joinedload

from mediation.casefile.cases import facts, links
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import Consent, Trait
from mediation.ground.choices import Choice, N_
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor
from mediation.registry.people.models import Person
from mediation.registry.settings import queries as settings
from mediation.stages.groups import rules
from mediation.stages.groups.models import CaseGroup, GroupMember, GroupPrint
from mediation.stages.groups.rules import Limits, Represented

PAGE = 50
PRINTS_SHOWN = 10
WITH_PERSON = (joinedload(GroupMember.person), joinedload(GroupMember.party))
IN_IT = GroupMember.ended_on.is_(None)
ASKED = and_(IN_IT, GroupMember.party_id.is_(None))  # parties answer for themselves, in the case


class Which(Choice):
    """What a list of members is narrowed to."""

    ALL = "all", N_("全部")
    REPRESENTATIVES = "representatives", N_("代表人")
    UNASKED = "unasked", N_("没表态要不要调解")
    UNSETTLED = "unsettled", N_("没同意和解方案")
    REFUSING = "refusing", N_("不同意的")
    LEFT = "left", N_("已退出")


NARROWED = {
    Which.ALL: IN_IT,
    Which.REPRESENTATIVES: and_(IN_IT, GroupMember.elected_on.is_not(None)),
    Which.UNASKED: and_(ASKED, GroupMember.consent == Consent.PENDING),
    Which.UNSETTLED: and_(ASKED, GroupMember.settles == Consent.PENDING),
    Which.REFUSING: and_(ASKED, or_(GroupMember.consent == Consent.REFUSED, GroupMember.settles == Consent.REFUSED)),
    Which.LEFT: GroupMember.ended_on.is_not(None),
}


@dataclass(frozen=True)
class Figures:
    """What a group comes to: people on the list, those who speak for it, sums, and who has said what."""

    said: int
    listed: int
    representatives: int
    represented: int  # members who are no parties of the case
    listed_fen: int
    total_fen: int | None
    counts: dict[str, int]

    @property
    def people(self) -> int:
        return rules.headcount(self.said, self.listed)

    @property
    def sum_fen(self) -> int:
        """The sum that is reported: as it was said for all, or what the list adds up to where that is more."""
        return max(self.total_fen or 0, self.listed_fen)


@dataclass(frozen=True)
class Page:
    rows: list[GroupMember]
    total: int
    next: int | None


def get(public_id: str, *, for_: Actor) -> tuple[CaseGroup, Case]:
    """Return a group and the case that leads for it, whose contents the actor sees. Raises NotFound."""
    return cases.child(CaseGroup, public_id, for_=for_)


def member(public_id: str, *, for_: Actor) -> tuple[GroupMember, Case]:
    """Return a member, with the person, and the lead case. Raises NotFound."""
    return cases.child(GroupMember, public_id, for_=for_, parts=WITH_PERSON)


_OF_CASE = select(CaseGroup).where(CaseGroup.case_id == bindparam("case_id"))


@until_written(CaseGroup)
def of_case(case_id: int) -> CaseGroup | None:
    """Return the group that a case leads, None where it leads none."""
    return session.scalar(_OF_CASE, {"case_id": case_id})


def _many(condition):
    return func.coalesce(func.sum(when((condition, 1), else_=0)), 0)


_FIGURES = select(
    *(_many(NARROWED[which]).label(which.value) for which in Which),
    _many(ASKED).label("represented"),
    func.coalesce(func.sum(when((IN_IT, GroupMember.amount_fen), else_=0)), 0).label("listed_fen"),
).where(GroupMember.group_id == bindparam("group_id"))


@until_written(CaseGroup, GroupMember)
def figures(group: CaseGroup) -> Figures:
    """Return the figures of a group, in one question."""
    row = session.execute(_FIGURES, {"group_id": group.id}).one()
    counts = {which.value: int(getattr(row, which.value)) for which in Which}
    return Figures(
        group.said_count, counts[Which.ALL], counts[Which.REPRESENTATIVES], int(row.represented), int(row.listed_fen),
        group.total_fen, counts,
    )


def members(
    group: CaseGroup, *, which: Which = Which.ALL, name: str = "", after: int = 0, size: int | None = PAGE
) -> Page:
    """Return a page of members in the order of the list, with their people; ``name`` is how the name begins."""
    chosen = [GroupMember.group_id == group.id, NARROWED[which], GroupMember.position > after]
    if name:
        chosen.append(GroupMember.name.startswith(name, autoescape=True))
    query = select(GroupMember).where(*chosen).order_by(GroupMember.position)
    query = query.options(*WITH_PERSON)
    found = list(session.scalars(query.limit(size + 1) if size else query))
    more = size is not None and len(found) > size
    found = found[:size]
    total = figures(group).counts[which] if not name else len(found)
    return Page(found, total, found[-1].position if more else None)


def chosen(group: CaseGroup, public_ids: Sequence[str]) -> list[GroupMember]:
    """Return the members of these public ids who are in the group now, in the order of the list."""
    query = select(GroupMember).where(GroupMember.group_id == group.id, IN_IT, GroupMember.public_id.in_(public_ids))
    query = query.options(*WITH_PERSON)
    return list(session.scalars(query.order_by(GroupMember.position)))


def representatives(group: CaseGroup) -> list[GroupMember]:
    """Return those who speak for the group."""
    return members(group, which=Which.REPRESENTATIVES, size=None).rows


def taken_in(group: CaseGroup, *, for_: Actor) -> list[tuple[links.Line, int]]:
    """Return the linked cases whose people were taken in and whose progress the reader sees, with how many people."""
    counted = (
        select(GroupMember.from_case_id, func.count())
        .where(GroupMember.group_id == group.id, IN_IT, GroupMember.from_case_id.is_not(None))
        .group_by(GroupMember.from_case_id)
    )
    many = {case_id: count for case_id, count in session.execute(counted)}
    lines = links.of_case(session.get_one(Case, group.case_id), for_=for_)
    return [(line, many[line.case_id]) for line in lines if line.kind == LinkKind.SERIES and line.case_id in many]


def limits(case: Case, *, on: date) -> Limits:
    """Return the figures about so many people that hold for a case."""
    whose = {"centre_id": case.centre_id}
    return Limits(
        report_from=settings.number("group.report_from", on=on, **whose),
        report_sum=settings.amount("group.report_sum", on=on, **whose),
        numerous_from=settings.number("MH-07.numerous", on=case.law_on, **whose),
    )


def most_representatives(case: Case) -> int:
    """Return how many may speak for a group; in a medical dispute as its own law says (MH-07, AM-10)."""
    is_medical = Trait.MEDICAL in facts.traits_of(case.type_code, centre_id=case.centre_id)
    key = "AM-10.representatives" if is_medical else "MH-07.representatives"
    return settings.number(key, on=case.law_on, centre_id=case.centre_id)


def represented(group: CaseGroup) -> Represented:
    """Return what the rules need to know before the representatives settle for the group."""
    found = figures(group)
    refusing, silent = (_names(group, which) for which in (Which.REFUSING, Which.UNSETTLED))
    return Represented(
        said=found.said, listed=found.listed, represented=found.represented, representatives=found.representatives,
        refusing=refusing, silent=silent,
    )


def _names(group, which) -> tuple[str, ...]:
    query = select(GroupMember.name).where(GroupMember.group_id == group.id, NARROWED[which])
    return tuple(session.scalars(query.order_by(GroupMember.position)))


def consent_of(member: GroupMember) -> Consent:
    """Return a member's answer to mediation; a party gives it in the case."""
    return member.party.consent if member.party is not None else member.consent


def head_of(case: Case) -> Figures | None:
    """Return the figures for the head of a case's page, None where it leads no group; asks nothing then."""
    if case.group_size is None:
        return None
    group = of_case(case.id)
    return figures(group) if group is not None else None


def require_in(members_: Sequence[GroupMember], wanted: Sequence[str]) -> None:
    """Raise NotFound unless every wanted public id is among these members."""
    if {member.public_id for member in members_} != set(wanted):
        raise NotFound()


def printed(public_id: str, *, for_: Actor) -> tuple[GroupPrint, Case]:
    """Return a print and the lead case, whose contents the actor sees. Raises NotFound."""
    return cases.child(GroupPrint, public_id, for_=for_)


def prints(group: CaseGroup) -> list[GroupPrint]:
    """Return what was printed for a group lately, the newest first."""
    query = select(GroupPrint).where(GroupPrint.group_id == group.id)
    return list(session.scalars(query.order_by(GroupPrint.id.desc()).limit(PRINTS_SHOWN)))


def known_people(group: CaseGroup) -> list[tuple[GroupMember, Person]]:
    """Return everybody who is on the list now with what the register knows of them, in one question."""
    query = select(GroupMember, Person).join(Person, Person.id == GroupMember.person_id)
    query = query.where(GroupMember.group_id == group.id, IN_IT).order_by(GroupMember.position)
    return [(row, person) for row, person in session.execute(query)]


def parties_on_side(group: CaseGroup) -> list[Party]:
    """Return the natural persons on the group's side of the case."""
    return [
        party for party in cases.parties_of(group.case_id)
        if party.role == group.side and party.person is not None and party.person.kind == "person"
    ]
