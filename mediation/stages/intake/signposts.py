"""Telling people at the window that a dispute is not taken, and where else they can go (row 9, RT-04)."""

from collections.abc import Iterable
from datetime import date

from mediation.casefile.cases import numbers
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import blocks, contract, printing
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers import rules as paper_rules
from mediation.casefile.papers.forms import PAPERS
from mediation.ground import trail
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, because, known
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission
from mediation.registry.staff import queries as staff
from mediation.registry.units.queries import centre
from mediation.stages.intake import refusal
from mediation.stages.intake.models import Signpost
from mediation.stages.intake.refusal import Bar, Ground, Way

LETTER = "not_accepted"
LETTER_WORD = "不受"  # 南矛调不受〔2026〕3号


@once
def point_the_way(
    *, ground: str | None, ways: Iterable[str], by: Actor, on: date, words: str = "", told: bool = False,
    people: int = 1, key: str | None = None,
) -> str:
    """Count somebody who was only told where to go: no case, no name, no word of the dispute. Returns its public id.

    Raises NotAllowed, RuleBroken with everything that is missing.
    """
    _require(by)
    chosen, wanted = read_ground(ground), refusal.read_ways(ways)
    bars = refusal.refusal_obstacles(chosen, wanted, words=words, told=told)
    if not 1 <= people <= refusal.MOST_PEOPLE:
        bars.append(because(Bar.NOBODY))
    if bars:
        raise RuleBroken(*bars)
    return keep(None, chosen, wanted, words=words, people=people, by=by, on=on).public_id


def keep(
    case: Case | None, ground: Ground, ways: list[Way], *, words: str, people: int, by: Actor, on: date
) -> Signpost:
    """Keep a refusal under the next number of the letters; of a case the letter is issued with it.

    The rules have been asked by the caller.
    """
    its_centre = centre(by.centre_id)
    number = numbers.paper_no(its_centre, its_centre.register_word.removesuffix("登") + LETTER_WORD, on)
    row = Signpost(
        centre_id=by.centre_id, unit_id=by.unit_id, case_id=case.id if case else None, ground=ground,
        ways={"ways": [str(way) for way in ways]}, words=words.strip() or None, people=people, on=on, number=number,
        recorded_by_id=by.account_id,
    )
    session.add(row)
    session.flush()
    trail.record("signpost.kept", by=by, about=row, case_id=row.case_id, params={"ground": ground, "number": number})
    if case is not None:
        values = blocks.values(
            case, LETTER, _details(row, by.name), unit=None, track="peoples", number=number, on=on,
            case_block=blocks.matter(case),
        )
        papers.issue(case, LETTER, values, by=by, on=on, about=row)
    return row


def letter(public_id: str, *, by: Actor) -> tuple[str, bytes]:
    """Return number and PDF of the letter for somebody without a case; the name is left for the pen.

    It says the same at each printing. Raises NotFound, NotAllowed; of a case the letter is among its papers.
    """
    _require(by)
    row = get(public_id, for_=by)
    if row.case_id is not None:
        raise NotFound()
    its_centre = centre(row.centre_id)
    details = _details(row, staff.names({row.recorded_by_id}).get(row.recorded_by_id, ""))
    values = contract.Values(
        number=row.number, issued_on=row.on, track="peoples",
        centre=contract.Centre(name=its_centre.name, phone=its_centre.phone, address=its_centre.address),
        body=contract.Body(name=its_centre.name), case=contract.Case(number=None), parties=[], details=details,
    )
    plain = contract.snapshot(values)
    cited = blocks.citations(paper_rules.citation_keys(LETTER, plain), on=row.on)
    snapshot = plain | {"citations": [vars(each) for each in cited]}
    blanks = printing.missing_characters(snapshot)
    return row.number, printing.pdf(LETTER, PAPERS[LETTER].version, snapshot | {"handwritten": blanks})


def get(public_id: str, *, for_: Actor) -> Signpost:
    """Return a refusal of the actor's unit. Raises NotFound."""
    row = session.query(Signpost).filter_by(
        public_id=public_id, centre_id=for_.centre_id, unit_id=for_.unit_id
    ).one_or_none()
    if row is None:
        raise NotFound()
    return row


def newest(*, for_: Actor, limit: int = 50) -> list[tuple[Signpost, str | None]]:
    """Return the newest refusals of the actor's unit, each with the public id of its case where there is one."""
    query = session.query(Signpost, Case.public_id).outerjoin(Case, Case.id == Signpost.case_id)
    query = query.filter(Signpost.unit_id == for_.unit_id).order_by(Signpost.id.desc()).limit(limit)
    return [tuple(row) for row in query]


def read_ground(word: str | None) -> Ground | None:
    """Return the ground that was chosen, None for none. Raises Invalid for a word that is no ground."""
    return known(Ground, word, "ground") if word else None


def _details(row: Signpost, clerk: str) -> contract.NotAccepted:
    _rule, articles = refusal.RESTS_ON[row.ground]
    return contract.NotAccepted(
        ground=row.ground.label, words=row.words, articles=list(articles), clerk=clerk or None,
        ways=[Way(way).label for way in row.ways["ways"]],
    )


def _require(by: Actor) -> None:
    if not by.may(Permission.CASES_REGISTER):
        raise NotAllowed(Permission.CASES_REGISTER)
