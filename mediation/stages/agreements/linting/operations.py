"""Ticking off warnings: who has looked at what, in which version of the text."""

from collections.abc import Collection
from datetime import date

from mediation.casefile.cases.models import Case
from mediation.ground import trail
from mediation.registry.access.rules import Actor
from mediation.stages.agreements import queries
from mediation.stages.agreements.models import Agreement


def acknowledge(agreement: Agreement, case: Case, seen: Collection[str], *, by: Actor, on: date) -> None:
    """Keep which warnings of the text as it stands are ticked; what is newly ticked is logged with the version.

    A tick falls with the words that it was given for. What blocks cannot be ticked off.
    """
    text = queries.load(agreement.id)  # its clauses have just been written anew
    found = queries.findings(queries.draft_of(text, case, on=on), case, on=on)
    ticked = {each.key: each.flaw for each in found if not each.blocks and each.key in seen}
    before = agreement.seen_warnings or {}
    said = {"version": agreement.version, "on": on.isoformat(), "by": by.name}
    agreement.seen_warnings = {key: before.get(key) or {"flaw": flaw.value, **said} for key, flaw in ticked.items()}
    fresh = {key: flaw for key, flaw in ticked.items() if key not in before}
    if fresh:
        flaws = sorted({flaw.value for flaw in fresh.values()})
        params = {"count": len(fresh), "version": agreement.version, "flaws": flaws}
        trail.record("agreement.warnings_seen", by=by, about=agreement, case_id=case.id, params=params)
