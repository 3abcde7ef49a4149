"""What of a case goes into the fields of a platform. Chinese as the platforms are; nothing here is translated."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.entities import entities
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import OPEN_PERFORMANCE, Channel, PartyRole, Source, Track
from mediation.casefile.papers.words import owed
from mediation.ground import clock
from mediation.ground.crypto import keys
from mediation.registry.causes import queries as causes
from mediation.registry.people.rules import IdKind, Sex, age_on
from mediation.registry.platforms.rules import Definition, Field, Ours, cut, written
from mediation.registry.regions import queries as places
from mediation.registry.regions.rules import AreaLevel
from mediation.registry.units import queries as units
from mediation.stages.agreements import queries as agreements
from mediation.stages.agreements.rules import ClauseKind
from mediation.stages.archive.rules import ClosingOutcome
from mediation.stages.confirmation import gather
from mediation.stages.copyout.rules import AgreementForm, Line, Result, Said
from mediation.stages.intake.rules import Question
from mediation.stages.performance import queries as performance
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.rules import TerminationGround

ORGANISATION_ID = "统一社会信用代码"
SIDES = {"applicant": PartyRole.APPLICANT, "respondent": PartyRole.RESPONDENT}


class File:
    """What a card reads of one case, each part when it is first asked for."""

    def __init__(self, case: Case):
        self.case = case

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        return cases.parties_of(self.case.id)

    def side(self, role: PartyRole) -> list[Party]:
        """Return the parties of a side, the leading one first."""
        return sorted((each for each in self.parties if each.role == role), key=lambda each: not each.is_lead)

    @cached_property
    def agreement(self):
        return agreements.effective(self.case.id)

    @cached_property
    def proceeding(self):
        return proceedings.newest(self.case.id)

    @cached_property
    def confirmation(self):
        return next(reversed(gather.of_case(self.case.id)), None)

    @cached_property
    def performances(self):
        return performance.of_case(self.case.id)

    @cached_property
    def places(self):
        return places.path(self.case.area_code, centre_id=self.case.centre_id) if self.case.area_code else []


# --- readers: the value, and for a word the stored words that may have a code, from the narrowest on ---


def _word(choice, value):
    return (choice(value).label, [str(value)]) if value else (None, [])


def _type(file: File):
    code = file.case.type_code
    kind = causes.dispute_type(code, centre_id=file.case.centre_id)
    line = [code.rsplit(".", step)[0] for step in range(code.count(".") + 1)]
    return (kind.name if kind else code), line


def _place(level):
    def read(file):
        here = next((each for each in file.places if each.level is level), None)
        return (here.name, [here.code]) if here else (None, [])

    return read


def _cause(file):
    case = file.case
    found = causes.cause(case.cause_code, on=case.law_on, centre_id=case.centre_id) if case.cause_code else None
    return found.name if found else None


def _body(file):
    unit_id = file.proceeding.unit_id if file.proceeding else file.case.lead_unit_id
    return units.unit(unit_id).name if unit_id else None


def _mediators(file):
    if file.proceeding is None:
        return None
    return "、".join(row.mediator.name for row in proceedings.mediators_on(file.proceeding.id))


def _result(file):
    return _word(Result, file.case.result)


def _failure(file):
    proceeding = file.proceeding
    if proceeding is None or not proceeding.end_ground or file.case.result == Result.MEDIATED:
        return None
    ground = proceeding.end_words or TerminationGround(proceeding.end_ground).label
    return "；".join(filter(None, [ground, proceeding.end_reason]))


def _form(file):
    if file.agreement is None:
        return None, []
    return _word(AgreementForm, AgreementForm.ORAL if file.agreement.is_oral else AgreementForm.WRITTEN)


def _text(file):
    if file.agreement is None:
        return None
    names = {party.public_id: party.name for party in file.parties}
    clauses = [_clause(duty, names) for duty in file.agreement.duties]
    lines = [f"{place}. {text}" for place, text in enumerate(clauses, 1)]
    if file.agreement.breach_clause:
        lines.append(file.agreement.breach_clause)
    return "\n".join(lines)


def _clause(duty, names) -> str:
    who, whom = ("、".join(names.get(ref, "") for ref in side.get("parties", ())) for side in
                 (duty.obligors, duty.obligees))
    until = f"于{duty.due_on.year}年{duty.due_on.month}月{duty.due_on.day}日前" if duty.due_on else ""
    if duty.kind == ClauseKind.PAY:
        sum_ = f"{duty.amount_fen / 100:.2f}元" if duty.amount_fen else ""
        return f"{who}{until}向{whom}{owed(duty.what)}{sum_}。"
    if duty.kind == ClauseKind.TERM:
        return duty.what
    return f"{who}{until}{duty.what}"


def _sum(file):
    return sum(duty.amount_fen or 0 for duty in file.agreement.duties) or None if file.agreement else None


def _performed(file):
    return all(row.state not in OPEN_PERFORMANCE for row in file.performances) if file.performances else None


def _closing(file):
    return _word(ClosingOutcome, file.case.outcome if file.case.closed_on else None)


def _entities(file):
    """Return every linked record with its class of GB/T 31000, for platforms of the grid. DP-12."""
    case = file.case
    there = places.full_name(case.area_code, centre_id=case.centre_id) if case.area_code else ""
    thing = places.full_name(case.object_area_code, centre_id=case.centre_id) if case.object_area_code else ""
    linked = entities(
        title=case.title, place=there, thing=thing,
        parties=[(party.name, party.person.kind if party.person else "") for party in file.parties],
        situations=[Question(key).label.removesuffix("？") for key, is_so in case.screening.items() if is_so],
        bodies=[body] if (body := _body(file)) else [],
    )
    return "；".join(f"{each.kind.label}：{each.name}" for each in linked)


READERS: dict[Ours, Callable[[File], Any]] = {
    Ours.REGISTER_NO: lambda file: file.case.register_no,
    Ours.BODY_NO: lambda file: file.case.body_no,
    Ours.TITLE: lambda file: file.case.title,
    Ours.ENTITIES: _entities,
    Ours.CHANNEL: lambda file: _word(Channel, file.case.channel),
    Ours.SOURCE: lambda file: _word(Source, file.case.source),
    Ours.OUTSIDE_NO: lambda file: file.case.outside_no,
    Ours.COURT_NAME: lambda file: file.case.court_name,
    Ours.COURT_NO: lambda file: file.case.court_no,
    Ours.APPLIED_ON: lambda file: file.case.applied_on,
    Ours.REGISTERED_ON: lambda file: clock.day_of(file.case.registered_at),
    Ours.ACCEPTED_ON: lambda file: file.proceeding.accepted_on if file.proceeding else None,
    Ours.TYPE: _type,
    Ours.CAUSE: _cause,
    Ours.AMOUNT: lambda file: file.case.amount_fen,
    Ours.PEOPLE: lambda file: file.case.people_count or len(file.parties),
    Ours.STORY: lambda file: file.case.story,
    Ours.CLAIMS: lambda file: file.case.claims,
    Ours.TOWN: _place(AreaLevel.TOWN),
    Ours.VILLAGE: _place(AreaLevel.VILLAGE),
    Ours.PLACE: lambda file: "".join([*(each.short for each in file.places[2:]), file.case.place or ""]),
    Ours.TRACK: lambda file: _word(Track, file.case.track),
    Ours.BODY: _body,
    Ours.MEDIATORS: _mediators,
    Ours.RESULT: _result,
    Ours.AGREED_ON: lambda file: file.agreement.agreed_on if file.agreement else None,
    Ours.EFFECTIVE_ON: lambda file: file.agreement.effective_on if file.agreement else None,
    Ours.AGREEMENT_NO: lambda file: file.agreement.number if file.agreement else None,
    Ours.AGREEMENT_FORM: _form,
    Ours.AGREEMENT_TEXT: _text,
    Ours.AGREEMENT_SUM: _sum,
    Ours.PERFORMED: _performed,
    Ours.CONFIRMATION: lambda file: file.confirmation is not None if file.agreement else None,
    Ours.CONFIRMATION_NO: lambda file: file.confirmation.court_no if file.confirmation else None,
    Ours.FAILURE: _failure,
    Ours.CLOSED_ON: lambda file: file.case.closed_on,
    Ours.CLOSING: _closing,
}


def _id_kind(party):
    if party.person.kind == "organisation":
        return ORGANISATION_ID, []
    return _word(IdKind, party.person.id_kind)


OF_A_PARTY: dict[str, Callable[[Party], Any]] = {
    "name": lambda party: party.name,
    "sex": lambda party: _word(Sex, party.person.sex),
    "born_on": lambda party: party.person.birth_on,
    "age": lambda party: (
        age_on(party.person.birth_on, clock.today(), birthday_counts=True) if party.person.birth_on else None
    ),
    "ethnic": lambda party: party.person.ethnic,
    "work": lambda party: party.person.occupation,
    "id_kind": _id_kind,
    "id_number": lambda party: party.person.uscc or party.person.id_number,
    "phone": lambda party: party.person.phone,
    "address": lambda party: party.person.address,
}
MASKED = {"id_number": lambda person: person.id_number_masked, "phone": lambda person: person.phone_masked}
HAS = {"id_number": "id_number_masked", "phone": "phone_masked"}  # says without opening whether there is one


def read(file: File, ours: Ours, party: Party | None = None) -> tuple[Any, list[str]]:
    """Return a value of a case in full, with the stored words that may have a code; ``party`` in place of the lead."""
    if ours.where in SIDES:
        found = _of_side(file, ours, party)
    else:
        found = READERS[ours](file)
    return found if isinstance(found, tuple) else (found, [])


def _of_side(file, ours, party):
    side, name = file.side(SIDES[ours.where]), ours.value.partition(".")[2]
    if name == "names":
        return "、".join(each.name for each in side)
    party = party or next(iter(side), None)
    if party is None or (party.person is None and name != "name"):
        return None
    return OF_A_PARTY[name](party)


def party_of(file: File, ours: Ours) -> Party | None:
    """Return the party whose value stands in a field of a person, None for other fields."""
    return next(iter(file.side(SIDES[ours.where])), None) if ours.where in SIDES else None


def is_open_number(party: Party | None, ours: Ours) -> bool:
    """Say whether a covered field is no secret: an organisation's number is public."""
    return bool(party and party.person and party.person.uscc and ours.value.endswith(".id_number"))


def text_of(file: File, each: Field, party: Party | None = None) -> str | None:
    """Return a field in full as the platform wants it; None for a word without a code."""
    if each.ours is Ours.FIXED:
        return each.fixed
    value, line = read(file, each.ours, party)
    return written(value, each, line=line)


def line_of(
    file: File, each: Field, *, party: Party | None = None, revealed: dict[tuple[str, str], str] | None = None,
    changed: bool = False,
) -> Line:
    """Return a line of a card. A covered number is masked unless ``revealed`` holds it, by party and field."""
    who = party or party_of(file, each.ours)
    text = text_of(file, each, party)
    shown = {"required": each.required, "longest": each.longest, "changed": changed}
    if text is None:
        value, _words = read(file, each.ours, party)
        return Line(each.label, each.ours, str(value), "", Said.UNCODED, **shown)
    if not text:
        return Line(each.label, each.ours, "", "", Said.EMPTY, **shown)
    if each.ours.is_covered and not is_open_number(who, each.ours):
        name = each.ours.value.partition(".")[2]
        text = (revealed or {}).get((who.public_id, name))
        if text is None:
            return Line(each.label, each.ours, MASKED[name](who.person) or "", "", Said.COVERED, **shown)
    copied = cut(text, each)
    return Line(each.label, each.ours, text, copied, Said.READY if copied == text else Said.CUT, **shown)


def marks(file: File, definition: Definition) -> list[tuple[str, str]]:
    """Return for each field a mark of its value, which says whether it is another one later and nothing else."""
    said = ((each.label, text_of(file, each) or "") for each in definition.fields)
    place = f"platform_entries.{file.case.id}"
    return [(label, keys().blind(text, f"{place}.{label}").hex()[:24]) for label, text in said]


def vocabulary(ours: Ours, *, centre_id: int) -> list[tuple[str, str]] | None:
    """Return the stored words of a field with their labels, for a table of codes; None for a field that has none."""
    if ours is Ours.TYPE:
        return [(kind.code, kind.name) for kind in causes.types(on=clock.today(), centre_id=centre_id)]
    if ours in (Ours.TOWN, Ours.VILLAGE):
        level = AreaLevel.TOWN if ours is Ours.TOWN else AreaLevel.VILLAGE
        return [(each.code, each.name) for each in places.places(centre_id) if each.level is level]
    choice = {
        Ours.CHANNEL: Channel, Ours.SOURCE: Source, Ours.TRACK: Track, Ours.APPLICANT_SEX: Sex,
        Ours.RESPONDENT_SEX: Sex, Ours.APPLICANT_ID_KIND: IdKind, Ours.RESPONDENT_ID_KIND: IdKind,
        Ours.RESULT: Result, Ours.AGREEMENT_FORM: AgreementForm, Ours.CLOSING: ClosingOutcome,
    }.get(ours)
    return [(each.value, each.label) for each in choice] if choice else None
