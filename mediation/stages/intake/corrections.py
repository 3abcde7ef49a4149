"""Putting a registration right: typed fields, with the reason, before and after kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Track, source_of
from mediation.casefile.outside import operations as outside
from mediation.ground import trail
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import Invalid, RuleBroken, because
from mediation.registry.access.rules import Actor
from mediation.stages.intake import derived, rules, versions
from mediation.stages.intake.checks import complete

FIELDS = (
    "story", "claims", "type_code", "cause_code", "amount_fen", "people_count", "area_code", "place",
    "object_area_code", "channel", "point_id", "outside_no", "applied_on", "pending_elsewhere", "pending_since",
    "court_name", "court_no", "court_procedure", "court_received_on", "labour_precondition",
)


class Bar(Reason):
    NO_REASON = "no_reason", N_("没有写更正的理由")
    NOTHING = "nothing_changed", N_("没有改动")
    TRACK_STANDS = (
        "track_stands", N_("案件已按“%(track)s”分流，法院交办与否不能再改；先终止这一次、换一种调解，再改渠道"), "JM-01"
    )


def stored(case: Case) -> dict[str, Any]:
    """Return the fields that may be corrected, as they are now, and the version of the case."""
    return {name: getattr(case, name) for name in FIELDS} | {"version": case.version}


def correct(
    case_public_id: str, changes: Mapping[str, Any], *, version: int, reason: str, by: Actor, on: date
) -> str:
    """Correct typed fields of a case; title, source, acceptance clock and limitation follow.

    ``version`` is that of the page the changes were typed on. Raises Stale with what is stored now when somebody saved
    in between, RuleBroken when the reason is missing or the corrected registration would not be complete.
    """
    case = cases.get(case_public_id, for_=by)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise Invalid(**dict.fromkeys(unknown, N_("这一项不能更正")))
    versions.take(case, version, case_id=case.id, stored=lambda: stored(case))
    before = stored(case)
    after = before | {name: _empty_is_none(name, value) for name, value in changes.items()}
    after["court_no"] = rules.court_number(after["court_no"])
    changed = {name: (before[name], after[name]) for name in FIELDS if before[name] != after[name]}
    if not changed:
        raise RuleBroken(because(Bar.NOTHING))
    if not reason.strip():
        raise RuleBroken(because(Bar.NO_REASON))
    for name in changed:
        setattr(case, name, after[name])
    source = source_of(case.channel)
    if case.track and (source in rules.FROM_A_COURT) != (case.track == Track.JUDICIAL):
        raise RuleBroken(because(Bar.TRACK_STANDS, track=case.track))
    case.source = source
    set_committed_value(case, "parties", cases.parties_of(case.id))
    bars = complete(case, on=on, by=by)
    if bars:
        raise RuleBroken(*bars)
    _follow(case, before, changed, by=by)
    if changed.keys() & {"channel", "outside_no"}:
        outside.keep_origin(case, by=by)
    fields = sorted(changed)
    steps.take("case.correct", case, by=by, on=on, reason=reason.strip(), facts={"what": "case", "fields": fields})
    trail.record(
        "case.corrected", by=by, about=case, case_id=case.id, params={"fields": fields}, changed=changed, box=case.box()
    )
    return case.public_id


def _empty_is_none(name, value):
    return value if value or name in ("story", "claims", "people_count") else None


def _follow(case, before, changed, *, by):
    case.title = derived.title(case, case.parties)
    case.limitation_interrupted_on = derived.interrupted_on(case)
    if changed.keys() & {"applied_on", "type_code"}:
        derived.follow_acceptance(case, applied_before=before["applied_on"], by=by)
    session.flush()
