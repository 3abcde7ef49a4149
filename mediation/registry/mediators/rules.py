"""Mediators: who may be one, and who may be given a case."""

from dataclasses import dataclass
from datetime import date

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.calendar.rules import WorkCalendar
from mediation.registry.people.rules import ADULT_FROM, age_on
from mediation.registry.settings.rules import Figure

PLAIN_DAYS = WorkCalendar({}, frozenset())  # terms and training end on their day, a rest day or not


class MediatorSource(Choice):
    """Where the members of a pool come from."""

    COMMITTEE = "committee", N_("调委会委员")
    ENGAGED = "engaged", N_("聘任调解员")
    RETIRED_JUDGE = "retired_judge", N_("退休法官、检察官")
    RETIRED_POLICE = "retired_police", N_("退休民警")
    LAWYER = "lawyer", N_("律师")
    LEGAL_WORKER = "legal_worker", N_("基层法律服务工作者")
    DEPUTY = "deputy", N_("人大代表、政协委员")
    COUNSELLOR = "counsellor", N_("心理咨询师")
    TRADE = "trade", N_("行业专业人士")
    VILLAGE = "village", N_("村（社区）干部")
    OTHER = "other", N_("其他")


class Bar(Reason):
    NOT_ADULT = "not_adult", N_("%(who)s不满%(age)s周岁，不能担任调解员"), "PM-01"
    NOT_YET = "not_yet", N_("%(who)s的任期从%(day)s开始"), "PM-01"
    TERM_OVER = "term_over", N_("%(who)s的任期已于%(day)s届满"), "PM-02"
    REMOVED = "removed", N_("%(who)s已于%(day)s解聘、罢免"), "PM-17"
    NOT_LISTED = "not_listed", N_("%(who)s不在法院特邀调解名册上"), "JM-01"


class Caution(Reason):
    """What does not forbid an assignment but is shown and kept."""

    TRAINING = "training", N_("%(who)s上次培训是%(day)s，该在%(due_on)s以前再培训"), "PM-21"
    NEVER_TRAINED = "never_trained", N_("%(who)s没有培训记录"), "PM-21"
    TERM = "term", N_("%(who)s是调委会委员，任期到%(day)s满，该换届了"), "PM-02"
    LOAD = "load", N_("%(who)s在办%(open)s件，已到上限%(most)s件"), None


@dataclass(frozen=True)
class MediatorFacts:
    name: str
    born_on: date
    term_from: date
    term_to: date | None = None
    removed_on: date | None = None
    trained_on: date | None = None
    is_court_listed: bool = False
    open_cases: int = 0
    is_member: bool = False  # of the committee, by election; others are engaged


def enrol_obstacles(
    name: str, born_on: date, *, on: date, age: int = ADULT_FROM, birthday_counts: bool = False
) -> list[Obstacle]:
    """Return what forbids taking somebody into the pool: nothing but not being an adult.

    PM-01: People's Mediation Law (2010), Art. 14.
    """
    if age_on(born_on, on, birthday_counts=birthday_counts) >= age:
        return []
    return [because(Bar.NOT_ADULT, who=name, age=age)]


def assign_obstacles(
    mediator: MediatorFacts, *, on: date, for_court: bool = False, age: int = ADULT_FROM, birthday_counts: bool = False
) -> list[Obstacle]:
    """Return what forbids giving a mediator a case; ``for_court``: the court commissioned or entrusted it.

    ``age`` and ``birthday_counts`` are the dated settings of PM-01.
    PM-01, PM-02, PM-17: People's Mediation Law (2010), Arts. 8, 14, 15.
    JM-01: SPC Provisions on Invited Mediation (2016), Arts. 1, 11.
    """
    who = mediator.name
    found = enrol_obstacles(who, mediator.born_on, on=on, age=age, birthday_counts=birthday_counts)
    if on < mediator.term_from:
        found.append(because(Bar.NOT_YET, who=who, day=mediator.term_from))
    if mediator.term_to is not None and on > mediator.term_to:
        found.append(because(Bar.TERM_OVER, who=who, day=mediator.term_to))
    if mediator.removed_on is not None and on >= mediator.removed_on:
        found.append(because(Bar.REMOVED, who=who, day=mediator.removed_on))
    if for_court and not mediator.is_court_listed:
        found.append(because(Bar.NOT_LISTED, who=who))
    return found


def assign_cautions(
    mediator: MediatorFacts, *, on: date, training: Figure, term: Figure, most: int | None = None
) -> list[Obstacle]:
    """Return what to look at before giving a mediator a case.

    ``training`` and ``term`` are the dated settings of PM-21 and PM-02, ``most`` the house's cap on open cases.
    PM-02: People's Mediation Law (2010), Art. 9. PM-21: Art. 14; SPC Provisions on Invited Mediation (2016), Art. 7.
    """
    who, trained_on = mediator.name, mediator.trained_on
    found = []
    if trained_on is None:
        found.append(because(Caution.NEVER_TRAINED, who=who))
    elif on > (due_on := _after(trained_on, training)):
        found.append(because(Caution.TRAINING, who=who, day=trained_on, due_on=due_on))
    if mediator.is_member and on >= (full_on := _after(mediator.term_from, term)):
        found.append(because(Caution.TERM, who=who, day=full_on))
    if most is not None and mediator.open_cases >= most:
        found.append(because(Caution.LOAD, who=who, open=mediator.open_cases, most=most))
    return found


def _after(day: date, figure: Figure) -> date:
    return PLAIN_DAYS.end_of_period(day, **figure.period, roll=False).day
