"""One dispute of the demonstration: what is told of it, who is in it, what becomes of it, how far it has come."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Channel, PartyRole
from mediation.demonstration import agenda
from mediation.demonstration.agenda import StandsStill
from mediation.demonstration.cast import Cast
from mediation.demonstration.county import Body, County
from mediation.demonstration.people import Somebody
from mediation.demonstration.plans import Plan
from mediation.demonstration.stories import Story, Telling
from mediation.ground import clock
from mediation.registry.access.rules import Actor, Role
from mediation.registry.calendar.rules import WorkCalendar
from mediation.registry.regions.rules import Place
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake.rules import Question
from mediation.stages.referrals.rules import LabourPrecondition


@dataclass
class Affair:
    """What those who work on a case know of it. Public ids are filled in as the acts give them."""

    number: int
    story: Story
    plan: Plan
    telling: Telling
    place: Place
    applicants: Sequence[Somebody]
    respondents: Sequence[Somebody]
    county: County
    cast: Cast
    calendar: WorkCalendar
    chance: random.Random
    channel: Channel = Channel.WINDOW
    yes: frozenset[Question] = frozenset()  # of the screening
    people: int = 0  # on the larger side, where not everybody is named
    is_shown: bool = False
    guardian: Somebody | None = None  # of the first respondent
    lawyer: Somebody | None = None
    fellows: Sequence[Somebody] = ()  # of a group, besides the applicant

    clerk: Actor | None = None
    body: Body | None = None
    mediator: Actor | None = None
    case: str = ""
    transfer: str = ""
    proceeding: str = ""
    agreement: str = ""
    confirmation: str = ""
    referral: str = ""
    group: str = ""
    is_performed: bool = False
    is_extended: bool = False
    guardian_ref: str = ""
    agent_ref: str = ""
    parties: dict[str, Somebody] = field(default_factory=dict)  # by public id
    asking: list[str] = field(default_factory=list)  # applicants and respondents by public id
    asked: list[str] = field(default_factory=list)

    # --- time ---

    @property
    def today(self) -> date:
        return clock.today()

    def soon(self, low: int = 2, high: int = 9) -> datetime:
        """Return an instant some minutes from now, at the same desk."""
        return clock.now() + timedelta(minutes=self.chance.randint(low, high), seconds=self.chance.randint(0, 59))

    def days(self, low: int, high: int | None = None) -> datetime:
        """Return an instant so many working days from today, slower or faster as this case goes."""
        days = self.chance.randint(low, high if high is not None else low)
        days = max(round(days * self.plan.pace), 1 if days else 0)
        return self.on(agenda.later(self.calendar, self.today + timedelta(days=min(days, 1)), max(days - 1, 0)))

    def on(self, day: date) -> datetime:
        """Return an instant of that day when offices are open, or of the next working day."""
        return agenda.at_work(self.calendar.next_workday(day), self.chance)

    def stands(self, where: str) -> None:
        """Stay here for good if that is the plan."""
        if self.plan.stop == where:
            raise StandsStill(where)

    # --- words ---

    def say(self, text: str) -> str:
        """Return a text of the story, filled in."""
        return self.telling.fill(text)

    @property
    def amount_fen(self) -> int | None:
        return self.telling.yuan * 100 if self.telling.yuan else None

    @property
    def labour_way(self) -> LabourPrecondition | None:
        """What opens the way to court in a labour dispute: an agreement on wages that was not kept (AM-07)."""
        on_wages = self.story.type in ("labour.pay", "migrant_wages")
        return LabourPrecondition.WAGE_AGREEMENT if self.agreement and on_wages else None

    # --- people ---

    @property
    def is_from_court(self) -> bool:
        return self.channel in (Channel.COURT_COMMISSION, Channel.COURT_ENTRUSTMENT)

    @property
    def wants_addresses(self) -> bool:
        """Say whether the case may come before a court, so that addresses for service are confirmed at once."""
        to_court = self.plan.exit in ("quick_trial", "suit") or self.plan.performance == "breached"
        return self.is_shown or self.is_from_court or self.plan.confirm or to_court

    @property
    def may_be_confirmed(self) -> bool:
        """Say whether a court knows the body, and the case is not one that it entrusted itself (JC-03, JM-09)."""
        kinds = (UnitKind.COMMITTEE, UnitKind.SECTOR_COMMITTEE, UnitKind.COURT_MEDIATION)
        return self.body.kind in kinds and self.channel != Channel.COURT_ENTRUSTMENT

    @property
    def head(self) -> Actor:
        return self.cast.heads[self.body.id]

    def desk(self, role: Role) -> Actor:
        """Return somebody at a desk of the centre, the same all through the case."""
        actors = self.cast.desks[role]
        return actors[self.number % len(actors)]

    @property
    def liaison(self) -> Actor:
        return self.desk(Role.LIAISON)

    def meet_parties(self) -> None:
        """Learn the public ids of the parties, in the order in which they were registered."""
        case = cases.get(self.case, for_=self.clerk)
        rows = cases.parties_of(case.id)
        told = [*self.applicants, *self.respondents]
        self.parties = {row.public_id: who for row, who in zip(rows, told, strict=True)}
        self.asking = [row.public_id for row in rows if row.role == PartyRole.APPLICANT]
        self.asked = [row.public_id for row in rows if row.role != PartyRole.APPLICANT]

    @property
    def everybody(self) -> list[str]:
        return [*self.asking, *self.asked]

    @property
    def beside(self) -> list[str]:
        """Who stands beside a party at the table."""
        return [ref for ref in (self.guardian_ref, self.agent_ref) if ref]

    @property
    def is_apart(self) -> bool:
        """Say whether the sides never meet: where there was violence (MH-01)."""
        return Question.VIOLENCE in self.yes

    def name(self, party: str) -> str:
        return self.parties[party].name
