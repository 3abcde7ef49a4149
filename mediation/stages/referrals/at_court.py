"""At the court a case goes to: which one it may be, what it costs there and how long it takes, read from the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from mediation.casefile.cases import seats
from mediation.casefile.cases.facts import traits_of
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import DISPUTING_ROLES, Exit, PartyKind, PartyRole, Trait
from mediation.ground.errors import Obstacle
from mediation.registry.calendar.rules import LastDay
from mediation.registry.causes import queries as causes
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.deadlines.rules import prolonged
from mediation.registry.regions import queries as regions
from mediation.registry.regions.competence import CompetentCourt
from mediation.registry.regions.rules import Court
from mediation.registry.settings import queries as settings
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import COURTS
from mediation.stages.proceedings.rules import Procedure
from mediation.stages.referrals.circumstances import Circumstances
from mediation.stages.referrals.complaint import Complaint, Litigant, Part, complaint
from mediation.stages.referrals.fees import HALVED_BY, Fee, FeeKind, Halving, fee
from mediation.stages.referrals.jurisdiction import (
    SuitCaution,
    SuitPlaces,
    kind_of,
    suit_cautions,
    suit_courts,
)
from mediation.stages.referrals.models import Referral
from mediation.stages.referrals.pace import (
    CourtDay,
    Day,
    PaceCaution,
    element_cautions,
    evidence_cautions,
    unusual_cautions,
)
from mediation.stages.referrals.rules import LabourPrecondition, Outcome, Warned

DIVORCE, PERSONALITY, IP = "02.02.014", "01", "05"  # in the official list of causes
LIMITS = {Procedure.SIMPLE: "QT-06.simple", Procedure.SMALL_CLAIMS: "QT-06.small_claims"}
EVIDENCE = {Procedure.SIMPLE: "QT-07.simple", Procedure.SMALL_CLAIMS: "QT-07.small_claims"}
HALVED_AT_END = {Outcome.COURT_MEDIATION: Halving.MEDIATED, Outcome.SUIT_WITHDRAWN: Halving.WITHDRAWN}
WARNED = {
    Warned.COURT: (
        SuitCaution.OUTSIDE, SuitCaution.OUTSIDE_EXCLUSIVE, SuitCaution.MAYBE, SuitCaution.PLACE_UNKNOWN,
        SuitCaution.NOTHING_KNOWN,
    ),
    Warned.EVIDENCE: (PaceCaution.EVIDENCE,),
    Warned.UNUSUAL: (PaceCaution.UNUSUAL,),
}


@dataclass(frozen=True)
class Where:
    """The courts that may hear the suit, and what to know of the one that was chosen."""

    courts: Sequence[CompetentCourt]
    cautions: Sequence[Obstacle]


def where(found: Circumstances, *, to: Unit | str | None, is_money_claim: bool) -> Where:
    """Return the courts for a case that goes to a unit, or to a court named in words. QT-15."""
    places = places_of(found, is_money_claim=is_money_claim)
    courts = suit_courts(places)
    chosen = court_of(to) or to.name if isinstance(to, Unit) else to
    return Where(courts, suit_cautions(chosen, places, courts))


def court_of(unit: Unit) -> Court | None:
    """Return the court that a unit is, or belongs to as its tribunal."""
    if unit.kind not in COURTS:
        return None
    known = regions.court(unit.court_code, centre_id=unit.centre_id) if unit.court_code else None
    return known or regions.court_of(unit.area_code, centre_id=unit.centre_id)


def places_of(found: Circumstances, *, is_money_claim: bool) -> SuitPlaces:
    """Return where parties and thing are, as the case says."""
    case, traits = found.case, found.traits
    real_estate = settings.words("QT-15.real_estate", on=case.law_on, centre_id=case.centre_id)
    defendants = _homes(found.rows, PartyRole.RESPONDENT, case)
    sitting = [row for row in found.rows if row.person and row.person.kind == PartyKind.ORGANISATION]
    return SuitPlaces(
        kind=kind_of(cause_of(case), traits, real_estate=real_estate),
        defendants=seats.known(defendants),
        claimants=seats.known(_homes(found.rows, PartyRole.APPLICANT, case)),
        employers=seats.known(seats.homes(sitting, case)),
        place=seats.court_at(case.area_code, case),
        object_place=seats.court_at(case.object_area_code, case),
        is_money_claim=is_money_claim,
        homeless=[name for name, court in defendants.items() if court is None],
    )


def _homes(rows: Sequence[Party], role: PartyRole, case: Case) -> dict[str, Court | None]:
    return seats.homes([row for row in rows if row.role == role], case)


def cause_of(case: Case) -> str:
    """Return the code of the case's cause, or of the one its type usually has."""
    kind = causes.dispute_type(case.type_code, centre_id=case.centre_id)
    usual = kind.causes[0] if kind and kind.causes else ""
    return case.cause_code or usual


# --- what it costs ---


def fee_kind(
    case: Case, *, amount_fen: int | None, is_money_claim: bool = True, labour: LabourPrecondition | None = None
) -> FeeKind:
    """Return how the table of fees counts the suit. Wages promised in an agreement are a plain debt (AM-07)."""
    cause, traits = cause_of(case), traits_of(case.type_code, centre_id=case.centre_id)
    if traits & {Trait.LABOUR, Trait.WAGES} and labour != LabourPrecondition.WAGE_AGREEMENT:
        return FeeKind.LABOUR
    if cause == DIVORCE:
        return FeeKind.DIVORCE
    if cause.partition(".")[0] == PERSONALITY:
        return FeeKind.PERSONALITY
    if cause.partition(".")[0] == IP:
        return FeeKind.IP
    return FeeKind.PROPERTY if is_money_claim or amount_fen else FeeKind.OTHER


def fee_of(
    kind: FeeKind, amount_fen: int | None, *, on: date, centre_id: int, procedure: Procedure | None = None,
    outcome: Outcome | None = None,
) -> Fee:
    """Return the court's fee by the table of that day: halved by the procedure, or by how it ended. QT-14, JM-17."""
    table = settings.rule_table("QT-14", on=on, centre_id=centre_id)
    halved_by = HALVED_AT_END.get(outcome) or HALVED_BY.get(procedure)
    return fee(kind, amount_fen, table, halved_by=halved_by)


# --- how long it takes ---


def pace_cautions(
    case: Case, *, on: date, procedure: Procedure | None, evidence_days: int | None, unusual: Sequence[str]
) -> list[Obstacle]:
    """Return what to look at before a quick trial is proposed. QT-07, QT-10."""
    most = {each: settings.days(key, on=on, centre_id=case.centre_id).days for each, key in EVIDENCE.items()}
    forms = settings.words("element_forms", on=on, centre_id=case.centre_id)
    found = evidence_cautions(procedure, evidence_days, most) + unusual_cautions(unusual)
    return found + element_cautions(cause_of(case), forms)


def unusual_words(case: Case, *, on: date) -> list[str]:
    """Return what the court's rules leave out of quick trials, as this place has it. QT-10."""
    return settings.words("QT-10", on=on, centre_id=case.centre_id)


def warned(cautions: Sequence[Obstacle]) -> list[Warned]:
    """Return what the sender was warned of, for the history."""
    known = {reason: word for word, reasons in WARNED.items() for reason in reasons}
    return list(dict.fromkeys(known[each.reason] for each in cautions if each.reason in known))


def days_after(referral: Referral, case: Case, *, answered_before: bool = False) -> list[Day]:
    """Return the days that run after a referral: those of whoever has it, then those of the parties after the answer.

    ``answered_before``: a petition about the matter was answered already, so that this one asks for a review.

    AM-09: Law on Labour-dispute Mediation and Arbitration (2007), Arts. 48, 50. AM-13: Law on the Mediation and
    Arbitration of Rural Land Contract Disputes (2009), Arts. 47, 48. AM-14: Land Administration Law (2019), Art. 14.
    MH-08, MH-09: Regulation on Petition Work (2022), Arts. 22, 23, 34 to 36.
    """
    if referral.kind in (Exit.QUICK_TRIAL, Exit.SUIT):
        return court_days(referral, case.centre_id)
    is_land = Trait.LAND_CONTRACT in traits_of(case.type_code, centre_id=case.centre_id)
    sent, taken, decided = referral.sent_on, referral.taken_on, referral.decided_on
    wanted: list[tuple[CourtDay, date | None, tuple[str, ...]]] = []
    match referral.kind:
        case Exit.ARBITRATION if is_land:
            wanted = [
                (CourtDay.AWARD, taken, ("AM-13.award",)),
                (CourtDay.AWARD_EXTENDED, taken, ("AM-13.award", "AM-13.award_extension")),
            ]
        case Exit.PETITION if answered_before:
            wanted = [(CourtDay.REVIEWED, sent, ("MH-09.answer",))]
        case Exit.PETITION:
            times = settings.number("MH-08.extensions", on=sent, centre_id=case.centre_id)
            wanted = [
                (CourtDay.OBJECTED, sent, ("MH-08.objection",)), (CourtDay.HANDLED, sent, ("MH-08.handle",)),
                (CourtDay.TOLD, sent, ("MH-08.tell",)), (CourtDay.FINISHED, taken, ("MH-08.finish",)),
            ]
            if times:
                longest = ("MH-08.finish", *["MH-08.extension"] * times)
                wanted.append((CourtDay.FINISHED_EXTENDED, taken, longest))
    after = {
        Outcome.AWARD: (CourtDay.SUE, "AM-13.suit" if is_land else "AM-09"),
        Outcome.GOVERNMENT_DECISION: (CourtDay.SUE, "AM-14"),
        Outcome.PETITION_ANSWERED: (CourtDay.REVIEW, "MH-09.ask"),
    }.get(referral.outcome)
    if decided:
        wanted = [(after[0], decided, (after[1],))] if after else []
    return [Day(what, _last_day(from_, keys, case.centre_id)) for what, from_, keys in wanted if from_]


def _last_day(from_: date, keys: Sequence[str], centre_id: int) -> LastDay:
    """Return the last day of the first key's period, prolonged by those of the others."""
    whose = {"on": from_, "centre_id": centre_id}
    figure = reduce(prolonged, [settings.days(key, **whose) for key in keys])
    return deadlines.of_key(keys[0], figure, from_, **whose)


def court_days(referral: Referral, centre_id: int) -> list[Day]:
    """Return by when the court means to, and has to, decide; empty until it has filed the case.

    The target of quick trials is the court's own (QT-11), the limits run in months from filing, once extended.
    QT-06: Civil Procedure Law (2023), Arts. 164, 168; SPC Interpretation of the CPL (2022), Art. 258.
    """
    filed, key = referral.taken_on, LIMITS.get(referral.procedure)
    if filed is None or key is None:
        return []
    found = [
        Day(CourtDay.LIMIT, _last_day(filed, (key,), centre_id)),
        Day(CourtDay.EXTENDED, _last_day(filed, (key, f"{key}_extension"), centre_id)),
    ]
    if referral.kind == Exit.QUICK_TRIAL:
        found.insert(0, Day(CourtDay.TARGET, _last_day(filed, ("QT-11",), centre_id)))
    return found


# --- what the complaint says ---


def complaint_of(found: Circumstances) -> Complaint:
    """Return how complete a complaint can be made of what the case knows. QT-09."""
    sides = [row for row in found.rows if row.role in DISPUTING_ROLES and row.role != PartyRole.THIRD_PARTY]
    return complaint([_litigant(row) for row in sides])


def _litigant(row: Party) -> Litigant:
    person = row.person
    says = {
        Part.SEX: person.sex, Part.AGE: person.birth_on, Part.ETHNIC: person.ethnic,
        Part.OCCUPATION: person.occupation, Part.EMPLOYER: person.employer, Part.ADDRESS: person.address,
        Part.PHONE: person.phone_masked, Part.LEGAL_REP: person.legal_rep_name,
        Part.LEGAL_REP_POST: person.legal_rep_post,
    } if person else {}
    return Litigant(
        row.name, row.role == PartyRole.APPLICANT, bool(person and person.kind == PartyKind.ORGANISATION),
        frozenset(part for part, value in says.items() if value),
    )
