"""What the linter says, as the page of a draft shows it: beside each clause, and for the agreement as a whole."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from mediation.doors.shared.cures import Because, Ways
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.words import say_by, sentence
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.errors import Obstacle, RuleBroken
from mediation.registry.settings import queries as settings
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import queries
from mediation.stages.agreements.linting.rules import Finding, Place

FIELDS = {"breach_clause": N_("违约责任"), "facts": N_("主要事实和争议")}


def _place_words(place: Place) -> str:
    return _(FIELDS[place.field]) if place.no is None else _("第%(no)s条", no=place.no)


say_by(Place, _place_words)


@dataclass(frozen=True)
class Line:
    """One finding in words; ``url`` leads to the field in which it is mended."""

    key: str
    blocks: bool
    text: str
    cure: str
    url: str
    law: str
    is_seen: bool


@dataclass(frozen=True)
class Panel:
    """Everything beside a draft: ``rows`` by the row of the form, the rest as a whole."""

    rows: Mapping[int, Sequence[Line]]
    whole: Sequence[Line]
    lacks: Sequence[Because]
    bars: int
    warnings: int
    seen: int


def written(agreement, case, form, *, seen: Collection[str]) -> Panel:
    """Return the findings on the text of a draft as it stands in the form, saved or not, and what its paper wants."""
    lacking = agreements.papers.lacking(agreement, case)
    return _panel(queries.proceeding_of(agreement), case, form, on=clock.today(), lacking=lacking, seen=seen)


def oral(case, form, *, seen: Collection[str]) -> Panel:
    """Return the same for what the parties agreed by word of mouth, as of the day on which they did."""
    agreed_on = form.agreed_on.data
    try:
        proceeding = queries.active_proceeding(case)
    except RuleBroken as error:  # it has ended meanwhile; what is typed stays
        return Panel({}, (), [Ways(case).reason(each) for each in error.obstacles], bars=1, warnings=0, seen=0)
    lacking = queries.oral_lacks(case, proceeding, agreed_on=agreed_on, on=clock.today())
    return _panel(proceeding, case, form, on=agreed_on or clock.today(), lacking=lacking, seen=seen)


def _panel(proceeding, case, form, *, on, lacking: Sequence[Obstacle], seen: Collection[str]) -> Panel:
    rows = [index for index, entry in enumerate(form.clauses) if not entry.form.is_blank]
    typed = form.values()
    draft = queries.draft_with(
        proceeding, case, on=on, clauses=[each.as_clause() for each in typed["clauses"]], facts=typed["facts"],
        total_fen=typed["total_fen"], breach_clause=typed["breach_clause"] or "",
    )
    found = queries.findings(draft, case, on=on)
    beside, whole = defaultdict(list), []
    for finding in found:
        row = rows[finding.place.no - 1] if finding.place.no else None
        (whole if row is None else beside[row]).append(_line(finding, row, case, on, seen))
    doubts = [finding for finding in found if not finding.blocks]
    return Panel(
        beside, whole, [Ways(case).reason(each) for each in lacking] if lacking else (),
        bars=len(found) - len(doubts) + len(lacking), warnings=len(doubts),
        seen=sum(finding.key in seen for finding in doubts),
    )


def _line(finding: Finding, row: int | None, case, on, seen) -> Line:
    field = finding.place.field
    if field == "parties":
        url = url_for("desk.cases.show", public_id=case.public_id, _anchor="parties")
    else:
        url = f"#{field}" if row is None or field == "account" else f"#clauses-{row}-{field}"
    law = settings.citation(finding.flaw.article, on=on).short
    return Line(
        finding.key, finding.blocks, sentence(finding.obstacle), _(finding.flaw.cure), url,
        f"{finding.flaw.rule} {law}", finding.key in seen,
    )
