"""The sheets of a group, and the papers that each member gets: filled from the case, printed and not numbered.

Papers are always Chinese, so nothing here is marked for translation.
"""

import json
from collections.abc import Sequence

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import blocks, contract, printing
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import GROUP_CONSENT, GROUP_ELECTION, GROUP_LIST, GROUP_REPORT, PAPERS
from mediation.ground import clock
from mediation.registry.units import queries as units
from mediation.stages.groups import queries
from mediation.stages.groups.models import CaseGroup, GroupMember
from mediation.stages.groups.rules import Each, Sheet
from mediation.stages.proceedings import papers as proceeding_papers
from mediation.stages.proceedings import queries as proceedings

KINDS = {
    Sheet.LIST: GROUP_LIST, Sheet.ELECTION: GROUP_ELECTION, Sheet.CONSENT: GROUP_CONSENT, Sheet.REPORT: GROUP_REPORT,
}
ONLY_REPRESENTED = frozenset({Sheet.CONSENT})  # parties sign the agreement itself

Print = tuple[str, int, dict]  # kind, version of the template, snapshot


def sheet(which: Sheet, group: CaseGroup, case: Case, rows: Sequence[GroupMember], *, handler: str) -> Print:
    """Return a sheet of the whole group or of some members, ready for the press."""
    figures = queries.figures(group)
    rows = [row for row in rows if row.party_id is None or which not in ONLY_REPRESENTED]
    details = contract.GroupSheet(
        side=group.side.label, people=figures.people, listed=figures.listed, total_fen=figures.sum_fen or None,
        lines=[_line(row) for row in rows] if which != Sheet.REPORT else [],
        representatives=[row.name for row in queries.representatives(group)],
        most=queries.most_representatives(case), proposal=group.proposal, claims=case.claims,
        learnt_at=_minute(group.learnt_at), place=case.place, reasons=_reasons(group, case), handler=handler,
    )
    unit = units.unit(case.lead_unit_id) if case.lead_unit_id else None
    centre = blocks.centre(case)
    values = contract.Values(
        number=case.body_no or case.register_no, track=case.track or "peoples", centre=centre,
        body=blocks.body(unit) if unit else contract.Body(name=centre.name), case=blocks.matter(case),
        parties=[blocks.party(row) for row in cases.parties_of(case.id) if row.role in blocks.STANDING],
        details=details,
    )
    return KINDS[which], 1, _by_hand(contract.snapshot(values))


def _line(row: GroupMember) -> contract.GroupLine:
    return contract.GroupLine(
        position=row.position, name=row.name, id_number=row.person.id_number, phone=row.person.phone, place=row.place,
        amount_fen=row.amount_fen, speaks=row.is_representative,
    )


def _reasons(group: CaseGroup, case: Case) -> list[str]:
    """Return why a first report is due, in words."""
    figures, limits = queries.figures(group), queries.limits(case, on=clock.today())
    found = [f"{limits.report_from}人以上"] if figures.people >= limits.report_from else []
    if figures.sum_fen >= limits.report_sum:
        found.append(f"金额{limits.report_sum // 1_000_000}万元以上")
    return found


def _minute(instant) -> str:
    return clock.local(instant).strftime("%Y-%m-%dT%H:%M")


class Addressed:
    """A paper of the case as somebody else's of the same side: it is filled once and printed for each of them."""

    def __init__(self, kind: str, version: int, snapshot: dict, group: CaseGroup):
        self.kind, self.version, self._snapshot = kind, version, snapshot
        self._standing = blocks.STANDING[group.side]
        self._others = [one for one in snapshot["parties"] if one["standing"] != self._standing]

    def to(self, row: GroupMember) -> Print:
        """Return the paper for one member."""
        me = contract.snapshot(blocks.natural(row.person, name=row.name, standing=self._standing))
        snapshot = self._snapshot | {"parties": [me, *self._others]}
        if self.kind == "receipt":
            snapshot["details"] = snapshot["details"] | {"visitors": [row.name]}
        else:
            snapshot["details"] = snapshot["details"] | {"party": 0}
        return self.kind, self.version, _by_hand(snapshot)


def each(which: Each, group: CaseGroup, case: Case) -> Addressed | None:
    """Return a paper of the case that is printed for each member in their own name; None where there is none yet."""
    if which == Each.RECEIPT:
        issued = papers.newest(case.id, "receipt")
        if issued is None:
            return None
        sealed = case.box().open(issued.snapshot_sealed, "papers", "snapshot", issued.id)
        return Addressed("receipt", issued.template_version, json.loads(sealed), group)
    proceeding = proceedings.newest(case.id)
    if proceeding is None:
        return None
    values = contract.snapshot(proceeding_papers.rights_notice(proceeding, case))
    return Addressed("rights_notice", PAPERS["rights_notice"].version, values, group)


def _by_hand(snapshot: dict) -> dict:
    """Leave for the pen what no font draws: one rare name holds up nobody."""
    return snapshot | {"handwritten": printing.missing_characters(snapshot | {"handwritten": []})}
