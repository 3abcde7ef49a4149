"""Asking somebody about a dispute and writing it down, question by question (form 1.3, PM-10)."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import blocks, contract
from mediation.casefile.papers.models import Paper
from mediation.ground import clock
from mediation.ground.choices import N_, Reason
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.proceedings import papers, queries
from mediation.stages.proceedings.models import Inquiry, Proceeding

ASKED, ANSWERED = re.compile(r"^\s*(?:问|[Qq])\s*[:：]\s*"), re.compile(r"^\s*(?:答|[Aa])\s*[:：]\s*")


class Bar(Reason):
    NO_NAME = "inquiry_no_name", N_("没有写被调查人"), "PM-10"
    NO_PLACE = "inquiry_no_place", N_("没有写调查地点"), "PM-10"
    NO_EXCHANGE = "inquiry_no_exchange", N_("没有记问答：一行“问：”，一行“答：”"), "PM-10"
    NO_ANSWER = "inquiry_no_answer", N_("“%(question)s”后面没有记答的话"), "PM-10"
    ENDS_BEFORE = "inquiry_ends_before", N_("结束时间早于开始时间"), None
    IN_FUTURE = "inquiry_in_future", N_("调查时间在现在之后"), None


@dataclass(frozen=True)
class Asked:
    """Who was asked: a name, and what else is known; ``birth_on`` an ISO day."""

    name: str
    sex: str | None = None
    birth_on: str | None = None
    workplace: str | None = None
    address: str | None = None
    phone: str | None = None
    relation: str | None = None


@dataclass(frozen=True)
class Told:
    """An inquiry as it is typed."""

    asked: Asked
    starts_at: datetime
    place: str
    exchange: str
    inquirers: str
    recorder: str
    ends_at: datetime | None = None
    others: str | None = None


def pairs(exchange: str) -> list[tuple[str, str]]:
    """Read ``问：…`` and ``答：…``; what has no mark belongs to what stands before it.

    A question asked twice in a row without an answer keeps an empty one, so that it is seen.
    """
    found: list[list[str]] = []
    is_answer = True
    for line in exchange.splitlines():
        if ASKED.match(line) or not found:
            found.append([ASKED.sub("", line).strip(), ""])
            is_answer = False
        elif ANSWERED.match(line):
            said = ANSWERED.sub("", line).strip()
            found[-1][1] = f"{found[-1][1]}\n{said}".strip()
            is_answer = True
        elif line.strip():
            found[-1][is_answer] = f"{found[-1][is_answer]}\n{line.strip()}".strip()
    return [(question, answer) for question, answer in found if question or answer]


def obstacles(told: Told, *, now: datetime) -> list[Obstacle]:
    """Return what an inquiry lacks. PM-10: People's Mediation Law (2010), Art. 27."""
    read = pairs(told.exchange)
    found = [] if told.asked.name.strip() else [because(Bar.NO_NAME)]
    found += [] if told.place.strip() else [because(Bar.NO_PLACE)]
    found += [] if read else [because(Bar.NO_EXCHANGE)]
    found += [because(Bar.NO_ANSWER, question=question[:20]) for question, answer in read if not answer]
    found += [because(Bar.ENDS_BEFORE)] if told.ends_at and told.ends_at < told.starts_at else []
    return found + ([because(Bar.IN_FUTURE)] if told.starts_at > now else [])


@once
def inquire(
    proceeding_public_id: str, told: Told, *, by: Actor, on: date, key: str | None = None, why_late: str | None = None
) -> str:
    """Write an inquiry down and issue its record for signing. Returns the paper's public id.

    Raises RuleBroken with everything that is missing.
    """
    proceeding, case = queries.get(proceeding_public_id, for_=by)
    bars = obstacles(told, now=clock.now())
    said = {"who": told.asked.name.strip()}
    steps.take("proceeding.inquire", proceeding, by=by, on=on, case=case, bars=bars, facts=said, reason=why_late)
    row = Inquiry(
        id=new_id(), case_id=case.id, proceeding_id=proceeding.id, data_key=keys().new_data_key(),
        starts_at=told.starts_at, ends_at=told.ends_at, place=told.place.strip(), inquirers=told.inquirers.strip(),
        recorder=told.recorder.strip(), others=(told.others or "").strip() or None, recorded_by_id=by.account_id,
    )
    row.asked, row.exchange = json.dumps(asdict(told.asked), ensure_ascii=False), told.exchange.strip()
    session.add(row)
    session.flush()
    return issue(row, proceeding, case, by=by, on=on).public_id


def issue(row: Inquiry, proceeding: Proceeding, case: Case, *, by: Actor, on: date) -> Paper:
    """Issue the record of an inquiry (1.3)."""
    return papers.issue(case, "inquiry_record", values(row, proceeding, case), by=by, on=on, about=row)


def values(row: Inquiry, proceeding: Proceeding, case: Case) -> contract.Values:
    """Return what the record says."""
    who: Mapping = json.loads(row.asked)
    details = contract.InquiryRecord(
        starts_at=_moment(row.starts_at), ends_at=_moment(row.ends_at) if row.ends_at else None, place=row.place,
        inquirers=[name for name in row.inquirers.split("、") if name], recorder=row.recorder, others=row.others,
        exchange=[contract.QuestionAnswer(question=asked, answer=said) for asked, said in pairs(row.exchange)],
        **{name: value or None for name, value in who.items()},
    )
    return papers.values_of(proceeding, case, "inquiry_record", details, on=None)


def _moment(instant: datetime) -> str:
    return clock.local(instant).strftime("%Y-%m-%dT%H:%M")


def of_case(case_id: int) -> Sequence[Inquiry]:
    """Return the inquiries of a case, oldest first."""
    return session.scalars(select(Inquiry).where(Inquiry.case_id == case_id).order_by(Inquiry.id)).all()


def known_people(case_id: int) -> list[Asked]:
    """Return the parties as people to ask, with what the register knows of them, for the form."""
    found = []
    for row in cases.parties_of(case_id):
        if row.person is None:
            continue
        block = blocks.party(row)
        sex, birth_on = getattr(block, "sex", None), getattr(block, "birth_on", None)
        found.append(Asked(
            name=row.name, sex=sex, birth_on=birth_on.isoformat() if birth_on else None,
            workplace=getattr(block, "workplace", None), address=block.address, phone=block.phone,
            relation=row.role.label,
        ))
    return found
