"""Registering a dispute. Desk, portal, API and grid all come through here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mediation.casefile.cases import access, numbers, progress, query_codes, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import CaseState, Channel, PartyRole, Stage, Turn, source_of
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.models import Clock
from mediation.casefile.outside import operations as outside
from mediation.casefile.papers import blocks, contract, printing
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.models import Paper
from mediation.ground import clock
from mediation.ground.crypto import keys
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Relation
from mediation.registry.people import operations as people
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import Capacity
from mediation.registry.units import queries as units
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake import derived, relating, rules
from mediation.stages.intake.addresses import Service, record_service_address
from mediation.stages.intake.beside import Helper, add_representative, end_representative, reveal
from mediation.stages.intake.corrections import correct
from mediation.stages.intake.parties import (
    Standing,
    add_party,
    change_party,
    keep_out_the_accused,
    make_party,
    make_unknown,
)
from mediation.stages.intake.relating import Belonging, Belongs
from mediation.stages.intake.screening import learn_risk, screen

__all__ = [  # one room, one door: the acts of the modules beside are called through here
    "Belonging",
    "Belongs",
    "Helper",
    "Matter",
    "Origin",
    "Service",
    "Standing",
    "add_party",
    "add_representative",
    "change_party",
    "correct",
    "end_representative",
    "learn_risk",
    "record_service_address",
    "register",
    "reveal",
    "screen",
]


@dataclass(frozen=True)
class Matter:
    """What the dispute is about. ``people`` counts the larger side where not everybody is named."""

    story: str
    type_code: str
    claims: str = ""
    cause_code: str | None = None
    amount_fen: int | None = None
    area_code: str | None = None
    place: str | None = None
    object_area_code: str | None = None
    people: int = 0


@dataclass(frozen=True)
class Origin:
    """By which way a dispute came, with that way's own number, and who else has it in hand.

    ``point`` is the public id of the collection point of that channel, None where it came through none (row 3).
    The court's fields are those of its letter; ``received_on`` is the day its materials were signed for (JM-02).
    """

    channel: Channel = Channel.WINDOW
    point: str | None = None
    outside_no: str | None = None
    applied_on: date | None = None
    court_name: str | None = None
    court_no: str | None = None
    court_procedure: str | None = None
    court_received_on: date | None = None
    elsewhere: rules.Elsewhere | None = None
    elsewhere_since: date | None = None


@once
def register(
    *,
    by: Actor,
    on: date,
    key: str | None = None,
    applicants: Sequence[Identity],
    respondents: Sequence[Identity] = (),
    unknown_side: str | None = None,
    matter: Matter,
    origin: Origin = Origin(),
    data_notice: str = "",
    public_url: str = "",
    by_hand: bool = False,
    belongs: Belongs | None = None,
    answers: Mapping[rules.Question, bool] | None = None,
    capacity: Capacity | None = None,
    noted: Sequence[rules.Question] = (),
) -> str:
    """Make a case of what was told: parties, number, query code, acceptance clock and receipt in one transaction.

    ``belongs`` says what it is to an earlier case that the actor sees; without it the case is new (rows 17, 21).
    ``answers`` are those of the five questions where they were asked at once, ``capacity`` as :func:`screen` takes it.

    ``by_hand`` leaves a ruled blank on the receipt for each character that no font draws; else such a one, named, bars
    the registration.

    ``unknown_side`` describes an other side that nobody knows, empty words included; None means it is named.
    ``noted`` is what a finder who does not screen has noticed of the five questions; the window sees it in the history.
    Raises RuleBroken with everything that is missing or wrong, NotAllowed when the post may not register.
    """
    number, year = numbers.register_no(units.centre(by.centre_id), on)  # first: it lets registrations pass one by one
    applied_on = origin.applied_on or on
    case = Case(
        id=new_id(), data_key=keys().new_data_key(), centre_id=by.centre_id, state=CaseState.REGISTERED,
        register_no=number, register_year=year, channel=origin.channel, source=source_of(origin.channel),
        point_id=derived.point_id(origin.point, centre_id=by.centre_id), outside_no=origin.outside_no or None,
        applied_on=applied_on, law_on=applied_on, registered_at=clock.now(), registered_by_id=by.account_id,
        registered_unit_id=by.unit_id, type_code=matter.type_code, amount_fen=matter.amount_fen,
        story=matter.story.strip(), claims=matter.claims.strip(), area_code=matter.area_code or None,
        place=matter.place or None,
        object_area_code=matter.object_area_code or None, data_notice=data_notice,
        pending_elsewhere=origin.elsewhere, pending_since=origin.elsewhere_since,
        court_name=origin.court_name or None, court_no=rules.court_number(origin.court_no),
        court_procedure=origin.court_procedure or None, court_received_on=origin.court_received_on, screening={},
        stage=Stage.REGISTERED, turn=Turn.CLERK, turn_since=on, accepted_on=None,
    )
    code = case.query_code = query_codes.new_query_code()
    case.query_code_hash = query_codes.index_of(code)
    sides = (PartyRole.APPLICANT, applicants), (PartyRole.RESPONDENT, respondents)
    told = [(role, each) for role, side in sides for each in side if each.name.strip()]
    case.parties = [
        make_party(role, people.take_in(each, by=by, on=on), each, position=position, by=by, on=on)
        for position, (role, each) in enumerate(told, start=1)
    ]
    if unknown_side is not None and not any(each.name.strip() for each in respondents):
        case.parties.append(make_unknown(unknown_side, position=len(told) + 1, by=by))
    _mark_leads(case.parties)
    case.people_count = max(matter.people, len(applicants), len(respondents))
    case.title = derived.title(case, case.parties)
    case.cause_code = matter.cause_code or derived.usual_cause(case)
    case.limitation_interrupted_on = derived.interrupted_on(case)
    progress.taken.keep((), case.id)  # what is new has no history to ask for
    clocks.none_yet(case)
    told = {"channel": case.channel, "source": case.source} | ({"noted": list(noted)} if noted else {})
    steps.take("case.register", case, by=by, on=on, facts=told, bars=relating.obstacles(belongs, by=by))
    cases.parties_of.keep(tuple(case.parties), case.id)  # as they were written just now
    ties = [(Relation.REGISTERED, by.unit_id, Depth.CONTENTS)]
    root_id = units.first_of_kind(by.centre_id, UnitKind.CENTRE, on=on)
    if root_id is not None:  # where cases are screened and routed, whoever registered them
        ties += [(Relation.REGISTERED, root_id, Depth.CONTENTS), (Relation.SUPERVISION, root_id, Depth.PROGRESS)]
    access.grant_units(case, ties)
    outside.keep_origin(case, by=by)
    keep_out_the_accused(case)
    answer = derived.start_acceptance(case, by=by)
    _issue_receipt(case, answer, code, public_url, by_hand=by_hand, by=by, on=on)
    if answers is not None:
        screen(case.public_id, answers=answers, capacity=capacity, by=by, on=on)
    relating.settle(case, belongs, by=by, on=on, key=key)
    return case.public_id


def _mark_leads(parties):
    """The first of each side speaks for it until somebody says otherwise."""
    for role in PartyRole:
        first = next((party for party in parties if party.role == role), None)
        if first is not None:
            first.is_lead = True


def _issue_receipt(case, answer: Clock, code, public_url, *, by_hand, by, on) -> Paper:
    _public_id, window = units.names(by.centre_id)[by.unit_id]
    details = contract.Receipt(
        received_at=clock.local(case.registered_at).strftime("%Y-%m-%dT%H:%M"),
        visitors=[party.name for party in case.parties if party.role == PartyRole.APPLICANT],
        matter=f"{case.title.removesuffix('纠纷')}纠纷，申请调解",
        query_code=code,
        query_url=f"{public_url}/progress#{code}",  # behind the sign: a browser does not send it, no log keeps it
        window=window,
        clerk=by.name,
        materials=[],
        answer_working_days=answer.amount,
        answer_by=answer.due_on,
        answer_is_provisional=answer.is_provisional,
    )
    values = blocks.values(
        case, "receipt", details, unit=None, track="peoples", number=case.register_no, on=on,
        case_block=blocks.matter(case),
    )
    if by_hand:
        values = replace(values, handwritten=printing.missing_characters(contract.snapshot(values)))
    return papers.issue(case, "receipt", values, by=by, on=on, about=case)
