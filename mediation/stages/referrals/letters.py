"""Letters by which a court commissions or entrusts mediation: taken in, signed for, registered, sent back (row 7)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Channel, Track, basis_of, read_court_number, source_of
from mediation.ground import trail
from mediation.ground.choices import N_, Reason
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, Obstacle, RuleBroken, Stale, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Permission
from mediation.registry.deadlines import queries as deadlines
from mediation.stages.proceedings.periods import Procedure, period_key
from mediation.stages.referrals.models import CourtLetter
from mediation.stages.referrals.rules import LetterState

FROM_A_COURT = (Channel.COURT_COMMISSION, Channel.COURT_ENTRUSTMENT)
LISTED = 200  # letters of one desk that wait or run; few, since each is somebody's work

BY_DAYS_LEFT = CourtLetter.due_on.is_(None), CourtLetter.due_on, CourtLetter.id


class Bar(Reason):
    NO_PROCEDURE = "letter_no_procedure", N_("委托的案件要写法院的程序，期限按程序算"), "JM-02"
    NO_COURT_NO = "letter_no_court_no", N_("委托的案件已经立案，要写法院案号"), "RT-07"
    LATER = "letter_later", N_("日期不能晚于今天")
    SIGNED_EARLY = "letter_signed_early", N_("签收日期早于收到日期（%(received)s）")
    NO_REASON = "letter_no_reason", N_("退回法院要写理由")
    OTHER_LETTER = "letter_other", N_("登记的案件和这封函对不上：渠道、法院或者函号不同")


@dataclass(frozen=True)
class Letter:
    """What a court's letter says; ``applicants`` and ``respondents`` as one line each."""

    channel: str
    court_name: str
    letter_no: str
    received_on: date
    court_no: str = ""
    procedure: str = ""
    signed_on: date | None = None
    applicants: str = ""
    respondents: str = ""


@once
def take_in(letter: Letter, *, by: Actor, on: date, key: str | None = None) -> str:
    """Take in a letter; once its materials are signed for, the court's period runs (JM-02). Returns its public id.

    Raises NotAllowed, Invalid, RuleBroken.
    """
    _require(by)
    row = CourtLetter(
        id=new_id(), centre_id=by.centre_id, unit_id=by.unit_id, data_key=keys().new_data_key(),
        recorded_by_id=by.account_id, state=LetterState.WAITING,
    )
    _write(row, letter, on=on)
    session.add(row)
    session.flush()
    trail.record("letter.taken_in", by=by, about=row, params={"letter": row.letter_no, "court": row.court_name})
    return row.public_id


def change(public_id: str, letter: Letter, *, version: int, by: Actor, on: date) -> None:
    """Sign for the materials, or put right what was written of a letter that waits.

    Raises as :func:`take_in`, and Stale.
    """
    row = _waiting(public_id, by)
    if row.version != version:
        raise Stale(stored(row))
    _write(row, letter, on=on)
    row.version += 1
    session.flush()
    trail.record("letter.changed", by=by, about=row, params={"letter": row.letter_no, "signed": row.signed_on})


def send_back(public_id: str, *, reason: str, by: Actor) -> None:
    """Note that a letter went back to the court unregistered, and why."""
    row = _waiting(public_id, by)
    if not reason.strip():
        raise RuleBroken(because(Bar.NO_REASON))
    row.state, row.return_reason = LetterState.RETURNED, reason.strip()[:400]
    row.version += 1
    session.flush()
    trail.record("letter.returned", by=by, about=row, params={"letter": row.letter_no})


def registered(public_id: str, case_public_id: str, *, by: Actor) -> None:
    """Say that a letter has become a case: of that channel, court and number. Raises Stale when it waits no more."""
    row = _waiting(public_id, by)
    case = cases.get(case_public_id, for_=by)
    if (case.channel, case.court_name, case.outside_no) != (row.channel, row.court_name, row.letter_no):
        raise RuleBroken(because(Bar.OTHER_LETTER))
    row.state, row.case_id = LetterState.REGISTERED, case.id
    row.version += 1
    session.flush()
    trail.record("letter.registered", by=by, about=row, case_id=case.id, params={"letter": row.letter_no})


def stored(row: CourtLetter) -> dict:
    """Return a letter as its form shows it."""
    names = ("channel", "court_name", "letter_no", "received_on", "signed_on", "version")
    found = {name: getattr(row, name) for name in names}
    return found | {
        "court_no": row.court_no or "", "procedure": row.procedure or "", "applicants": row.applicants or "",
        "respondents": row.respondents or "",
    }


def get(public_id: str, *, for_: Actor) -> CourtLetter:
    """Return a letter of the actor's desk. Raises NotFound."""
    query = select(CourtLetter).where(
        CourtLetter.public_id == public_id, CourtLetter.centre_id == for_.centre_id,
        CourtLetter.unit_id == for_.unit_id,
    )
    row = session.scalar(query)
    if row is None:
        raise NotFound()
    return row


def waiting(*, for_: Actor) -> list[CourtLetter]:
    """Return the letters of the actor's desk that are no case yet, the nearest last day first, then the unsigned."""
    query = select(CourtLetter).where(CourtLetter.unit_id == for_.unit_id, CourtLetter.state == LetterState.WAITING)
    return list(session.scalars(query.order_by(*BY_DAYS_LEFT).limit(LISTED)))


def running(*, for_: Actor) -> list[tuple[CourtLetter, Case]]:
    """Return the letters whose cases are still open and seen by the reader, the nearest last day first."""
    query = access.scoped(select(CourtLetter, Case).join(Case, Case.id == CourtLetter.case_id), for_, Depth.PROGRESS)
    query = query.where(
        CourtLetter.unit_id == for_.unit_id, CourtLetter.state == LetterState.REGISTERED, Case.is_open
    )
    return [tuple(row) for row in session.execute(query.order_by(*BY_DAYS_LEFT).limit(LISTED))]


def _write(row: CourtLetter, letter: Letter, *, on: date) -> None:
    channel = known(Channel, letter.channel, "channel")
    if channel not in FROM_A_COURT:
        raise Invalid(channel=N_("没有这个选项"))
    wrong = {name: N_("请填写") for name in ("court_name", "letter_no") if not getattr(letter, name).strip()}
    if wrong:
        raise Invalid(**wrong)
    bars = _bars(letter, channel, on=on)
    if bars:
        raise RuleBroken(*bars)
    row.channel, row.court_name, row.letter_no = channel, letter.court_name.strip(), letter.letter_no.strip()
    row.court_no = str(read_court_number(letter.court_no) or letter.court_no.strip()) if letter.court_no else None
    row.procedure = known(Procedure, letter.procedure, "procedure") if letter.procedure else None
    row.received_on, row.signed_on = letter.received_on, letter.signed_on
    row.applicants, row.respondents = letter.applicants.strip() or None, letter.respondents.strip() or None
    row.due_on, row.is_provisional = None, False
    if letter.signed_on is not None:
        key = period_key(Track.JUDICIAL, basis_of(source_of(channel)), procedure=row.procedure)
        last = deadlines.last_day(key, letter.signed_on, on=letter.signed_on, centre_id=row.centre_id)
        row.due_on, row.is_provisional = last.day, last.provisional


def _bars(letter: Letter, channel: Channel, *, on: date) -> list[Obstacle]:
    found = []
    if channel == Channel.COURT_ENTRUSTMENT:
        found += [] if letter.procedure else [because(Bar.NO_PROCEDURE)]
        found += [] if letter.court_no.strip() else [because(Bar.NO_COURT_NO)]
    if letter.received_on > on or (letter.signed_on and letter.signed_on > on):
        found.append(because(Bar.LATER))
    if letter.signed_on and letter.signed_on < letter.received_on:
        found.append(because(Bar.SIGNED_EARLY, received=letter.received_on))
    return found


def _waiting(public_id, by):
    _require(by)
    row = get(public_id, for_=by)
    if row.state != LetterState.WAITING:
        raise Stale()
    return row


def _require(by: Actor) -> None:
    if not by.may(Permission.CONFIRMATION_BOARD):
        raise NotAllowed(Permission.CONFIRMATION_BOARD)
