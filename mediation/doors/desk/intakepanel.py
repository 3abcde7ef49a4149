"""What stands beside the registration while it is typed: seen before, where it should go, what it obliges to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mediation.casefile.cases.rules import source_of
from mediation.casefile.duties import operations as duties
from mediation.casefile.duties.rules import DutyKind
from mediation.doors.desk import guides
from mediation.doors.desk.intakeforms import RegisterForm
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Actor, Role
from mediation.registry.causes import queries as causes
from mediation.registry.people import rules as people_rules
from mediation.registry.regions import queries as regions
from mediation.registry.settings import queries as settings
from mediation.stages.intake import matching, queries, rules
from mediation.stages.intake.operations import Belonging
from mediation.stages.routing import queries as routing

NUMBER_LENGTH = 18


@dataclass(frozen=True)
class Panel:
    """The answers of the panel; each is None or empty while too little is typed."""

    missing: list
    reading: str
    told: list
    seen: queries.Seen | None
    offers: list[matching.Candidate]
    belongs: str
    suggested: list
    guide: object
    advice: object
    duties: list
    last_minute: datetime | None
    clues: dict
    hints: list
    has_begun: bool


def of(form: RegisterForm, *, by: Actor) -> Panel:
    """Return what can be said of the form as it is typed so far. Opens a transaction when it looks somebody up."""
    other = form.other_side()
    code, area = form.chosen_type(), form.chosen_place()
    opened = _duties(form, by)
    seen, offers = _earlier(form, area, by)
    return Panel(
        missing=form.missing(),
        reading=reading(form.id_number.data or ""),
        told=list(other.parties),
        seen=seen,
        offers=offers,
        belongs=_still_offered(form.belongs.data, offers),
        suggested=_suggested(form.story.data or "", code, by),
        guide=guides.card(code, on=clock.today(), centre_id=by.centre_id),
        advice=_advice(form, code, area, other, by),
        duties=opened,
        last_minute=_last_minute(by) if opened else None,
        clues=rules.clues(form.story.data or ""),
        hints=rules.hints_for(form.answers() or {}),
        has_begun=bool((form.story.data or "").strip()),
    )


def reading(number: str) -> str:
    """Return what an ID number says: sex, birth, age, where it was given; or what is wrong with a whole one."""
    found = people_rules.read_id_number(number, on=clock.today())
    if found.born_on is None:
        whole = len(found.number) >= NUMBER_LENGTH and found.obstacles
        return _("号码不对，请核对") if whole else ""
    age = people_rules.age_on(found.born_on, clock.today())
    parts = [
        _("%(sex)s，%(year)s年%(month)s月%(day)s日生，%(age)s 岁", sex=_(found.sex.label), year=found.born_on.year,
          month=found.born_on.month, day=found.born_on.day, age=age),
        regions.division_name(found.number[:6]) or "",
        _("校验位相符"),
    ]
    return "　".join(filter(None, parts))


def _earlier(form, area, by):
    """Return who was here before, and the earlier cases that this visit may belong to."""
    if by.role is Role.MEDIATOR:
        return None, []  # whoever registers only what they found sees nobody's past
    whom = {"name": form.name.data or "", "phone": form.phone.data or "", "id_number": form.id_number.data or ""}
    told, seen = form.told(), None
    if queries.whom(**whom, on=clock.today()) or (told.applicants and told.respondents):
        with transaction():
            seen = queries.seen_before(
                **whom, other_names=told.respondents, area_code=area or "", by=by, on=clock.today(),
            )
            told = matching.asked_about(told, by=by)
    people = seen.person_ids if seen else frozenset()
    return seen, matching.candidates(replace(told, people=people), by=by, on=clock.today())


def _still_offered(chosen, offers):
    """Return what was chosen of what is offered now, else a new case."""
    ways = {f"{Belonging.REPEAT}:{offer.public_id}" for offer in offers if offer.public_id}
    ways |= {f"{Belonging.JOIN}:{offer.public_id}" for offer in offers if offer.may_join}
    return chosen if chosen in ways else Belonging.NEW.value


def _suggested(story, code, by):
    """Return the type that the story sounds like and the best other one (idea 2)."""
    if code or not story.strip():
        return []
    return causes.suggest_types(story, on=clock.today(), centre_id=by.centre_id, limit=2)


def _advice(form, code, area, other, by):
    if code is None:
        return None
    return routing.suggest_for_values(
        centre_id=by.centre_id, on=clock.today(), source=source_of(form.known_channel()), type_code=code,
        area_code=area, amount_fen=form.amount.data, people=max(form.visitors().people, other.people),
        flags=[question.value for question in form.ticked()],
    )


def _last_minute(by):
    return duties.due_at(clock.now(), on=clock.today(), centre_id=by.centre_id) - timedelta(minutes=1)


def _duties(form, by) -> list[DutyKind]:
    numerous = settings.number("MH-07.numerous", on=clock.today(), centre_id=by.centre_id)
    answers = form.answers()
    people = max(form.visitors().people, form.other_side().people)
    if answers is None and people < numerous:
        return []
    victim = form.victim_capacity() or people_rules.Capacity.FULL
    return rules.duties_opened(answers or {}, victim=victim, people=people, numerous_from=numerous)
