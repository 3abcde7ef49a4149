"""What a paper is filled from: plain values, the same blocks for every kind.

A stage builds one `Values` from its case: the common blocks first, then the few details that only this
kind of paper has. `snapshot` turns it into the canonical JSON that is stored, hashed and printed.

- Days are dates or ISO strings (``2026-03-02``), moments ISO strings of local time (``2026-03-02T09:42``).
- Amounts are integers in fen.
- A text that nobody knows is None and prints ``/`` or ``无``. A text left for the pen is `HANDWRITE`
  and prints a ruled line.
- Lists of choices (``reasons``, ``types`` ...) hold the labels to print; the one that is ticked stands beside
  the list, so a paper of last year prints last year's list.

The blocks are an allow-list: what has no field here (notes, offers, concessions: JM-12) can get onto no paper.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

# Callers name everything through this module: contract.Person, contract.Agreement, contract.Reply ...
from mediation.casefile.papers.companions import (  # noqa: F401
    AcceptanceNotice,
    CommissionReceipt,
    Complaint,
    Defence,
    DossierSheet,
    EnforcementGuide,
    EvidenceLine,
    EvidenceList,
    InquiryRecord,
    MediationNotice,
    OwedLine,
    PauseConsent,
    PerformanceReminder,
    PoliceSettlement,
    Power,
    PowerOfAttorney,
    Proposal,
    QuestionAnswer,
    RecusalStatement,
    ReturnVisit,
    RiskReport,
    RulingDraft,
    UnsuitableNotice,
)
from mediation.casefile.papers.details import (  # noqa: F401
    Agreement,
    Aid,
    Application,
    Attendance,
    Claim,
    ConfirmationApplication,
    Consent,
    CorrectedLine,
    CorrectionNotice,
    CourtReport,
    Fact,
    MediationProof,
    NotAccepted,
    OralAgreement,
    PackContents,
    PackLine,
    QuickTrialReferral,
    Receipt,
    Register,
    Reply,
    RightsNotice,
    ServiceAddress,
    SessionRecord,
    Termination,
    UndisputedFacts,
    Wage,
)
from mediation.casefile.papers.groupdetails import GroupLine, GroupSheet  # noqa: F401
from mediation.casefile.papers.pieces import (  # noqa: F401
    HANDWRITE,
    Agent,
    Body,
    Case,
    Centre,
    Citation,
    Day,
    Duty,
    Guardian,
    Instalment,
    Material,
    Mediator,
    Organisation,
    Person,
    Session,
    Text,
)

Details = (
    Receipt
    | NotAccepted
    | Application
    | Register
    | RightsNotice
    | SessionRecord
    | Agreement
    | OralAgreement
    | Termination
    | UndisputedFacts
    | CourtReport
    | QuickTrialReferral
    | ConfirmationApplication
    | MediationProof
    | ServiceAddress
    | CorrectionNotice
    | PackContents
    | GroupSheet
    | AcceptanceNotice
    | CommissionReceipt
    | Complaint
    | Defence
    | DossierSheet
    | EvidenceList
    | InquiryRecord
    | MediationNotice
    | PauseConsent
    | PerformanceReminder
    | EnforcementGuide
    | PoliceSettlement
    | PowerOfAttorney
    | Proposal
    | RecusalStatement
    | ReturnVisit
    | RiskReport
    | RulingDraft
    | UnsuitableNotice
)


@dataclass(frozen=True, kw_only=True)
class Values:
    """Everything one paper is printed from."""

    number: str | None  # of the paper; None while it is a draft without one
    draft: bool = False
    issued_on: Day = None  # the date printed under the body's name; None leaves it for the hand
    track: str  # "peoples", "administrative" or "judicial"
    centre: Centre
    body: Body
    case: Case
    parties: list[Person | Organisation]
    mediators: list[Mediator] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    periods: dict[str, int] = field(default_factory=dict)  # dated figures by row of the rules: {"JC-01": 30}
    handwritten: list[str] = field(default_factory=list)  # characters no font draws: each prints a small ruled blank
    details: Details


def renumbered(values: Values, number: str | None) -> Values:
    """Return the same values under another number of the paper."""
    return replace(values, number=number)


def snapshot(values: Values) -> dict:
    """Return the values as plain JSON types: days become ISO strings. This is what is stored and printed."""
    return json.loads(json.dumps(values, sort_keys=True, default=plain))


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else vars(value)


def texts(value: object) -> Iterator[str]:
    """Yield every text in a snapshot."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def canonical(values: Mapping) -> str:
    """Return one text for equal values: keys sorted, nothing spaced, characters as they are."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat)
