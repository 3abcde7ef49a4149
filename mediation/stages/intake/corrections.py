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
from mediation.casefile.papers import outdated
from mediation.ground import trail
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import Invalid, Obstacle, RuleBroken, because
from mediation.registry.access.rules import Actor
from mediation.stages.intake import derived, limitation, rules, versions
from mediation.stages.intake.checks import complete


class Field(Choice):
    """What may be corrected of a registration, as people call it."""

    STORY = "story", N_("发生了什么")
    CLAIMS = "claims", N_("要求什么")
    TYPE_CODE = "type_code", N_("类型")
    CAUSE_CODE = "cause_code", N_("案由")
    AMOUNT_FEN = "amount_fen", N_("金额（元）")
    PEOPLE_COUNT = "people_count", N_("人多的一方有几人")
    AREA_CODE = "area_code", N_("地点（镇、村）")
    PLACE = "place", N_("地点写法")
    OBJECT_AREA_CODE = "object_area_code", N_("争议的东西在哪里（不动产）")
    CHANNEL = "channel", N_("渠道")
    POINT_ID = "point_id", N_("收集点")
    OUTSIDE_NO = "outside_no", N_("对方系统的编号")
    APPLIED_ON = "applied_on", N_("申请日期")
    PENDING_ELSEWHERE = "pending_elsewhere", N_("别处是否已受理")
    PENDING_SINCE = "pending_since", N_("别处受理的日期")
    COURT_NAME = "court_name", N_("法院")
    COURT_NO = "court_no", N_("法院案号")
    COURT_PROCEDURE = "court_procedure", N_("法院程序")
    COURT_RECEIVED_ON = "court_received_on", N_("法院材料签收日期")
    LABOUR_PRECONDITION = "labour_precondition", N_("仲裁前置")


FIELDS = tuple(field.value for field in Field)
# What people were told, clocks run by and papers print: after a body took the case on, two pairs of eyes change it.
WEIGHTY = frozenset({
    "story", "claims", "type_code", "cause_code", "amount_fen", "area_code", "place", "object_area_code", "applied_on",
    "channel", "court_procedure", "court_received_on",
})


class Bar(Reason):
    NO_REASON = "no_reason", N_("没有写更正的理由")
    NOTHING = "nothing_changed", N_("没有改动")
    NEEDS_APPROVAL = "needs_approval", N_("案件已经受理，%(fields)s要改，先申请，批准了才改")
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
    in between, RuleBroken when the reason is missing, the corrected registration would not be complete, or the case is
    accepted and what changes needs somebody else's word (:data:`WEIGHTY`).
    """
    case = cases.get(case_public_id, for_=by)
    steps.require(steps.STEPS["case.correct"], case, by=by)
    _known(changes)
    versions.take(case, version, case_id=case.id, stored=lambda: stored(case))
    changed = differing(case, changes)
    if not changed:
        raise RuleBroken(because(Bar.NOTHING))
    if not reason.strip():
        raise RuleBroken(because(Bar.NO_REASON))
    weighty = weighs(case, changed)
    if weighty:
        raise RuleBroken(because(Bar.NEEDS_APPROVAL, fields=[Field(name) for name in weighty]))
    apply(case, changed, reason=reason, by=by, on=on)
    return case.public_id


def differing(case: Case, changes: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what would be different: field → (before, after), normalised as it is stored."""
    _known(changes)
    after = {name: _empty_is_none(name, value) for name, value in changes.items()}
    if "court_no" in after:
        after["court_no"] = rules.court_number(after["court_no"])
    now = stored(case)
    return {name: (now[name], after[name]) for name in FIELDS if name in after and now[name] != after[name]}


def weighs(case: Case, changed: Mapping[str, Any]) -> list[str]:
    """Return which of the changes need an approver: none before a body has accepted the case."""
    return [name for name in FIELDS if name in changed and name in WEIGHTY] if case.accepted_on else []


def bars_of(case: Case, changed: Mapping[str, tuple[Any, Any]], *, by: Actor, on: date) -> list[Obstacle]:
    """Return what would be wrong with the corrected registration; nothing is changed."""
    with session.no_autoflush:
        parties = case.__dict__.get("parties")
        try:
            return _written(case, {name: after for name, (_before, after) in changed.items()}, by=by, on=on)
        finally:
            for name, (before, _after) in changed.items():
                setattr(case, name, before)
            case.source = source_of(case.channel)
            if parties is not None:
                set_committed_value(case, "parties", parties)


def apply(
    case: Case, changed: Mapping[str, tuple[Any, Any]], *, reason: str, by: Actor, on: date, implied: bool = False
) -> None:
    """Write corrected fields and what follows from them. ``implied``: somebody has approved it, the step is theirs.

    Raises RuleBroken when the corrected registration would not be complete.
    """
    before, was = stored(case), outdated.printed(case)
    bars = _written(case, {name: after for name, (_before, after) in changed.items()}, by=by, on=on)
    if bars:
        raise RuleBroken(*bars)
    _follow(case, before, changed, by=by, on=on)
    if changed.keys() & {"channel", "outside_no"}:
        outside.keep_origin(case, by=by)
    fields = sorted(changed)
    said = {"what": "case", "fields": fields, **outdated.told(case, was)}
    steps.take("case.correct", case, by=by, on=on, reason=reason.strip(), facts=said, implied=implied)
    trail.record(
        "case.corrected", by=by, about=case, case_id=case.id, params={"fields": fields}, changed=changed, box=case.box()
    )


def _known(changes):
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise Invalid(**dict.fromkeys(unknown, N_("这一项不能更正")))


def _written(case, after, *, by, on):
    """Set the fields and return what is wrong with the registration as it stands then."""
    for name, value in after.items():
        setattr(case, name, value)
    source = source_of(case.channel)
    if case.track and (source in rules.FROM_A_COURT) != (case.track == Track.JUDICIAL):
        return [because(Bar.TRACK_STANDS, track=case.track)]
    case.source = source
    set_committed_value(case, "parties", cases.parties_of(case.id))
    return complete(case, on=on, by=by)


def _empty_is_none(name, value):
    return value if value or name in ("story", "claims", "people_count") else None


def _follow(case, before, changed, *, by, on):
    case.title = derived.title(case, case.parties)
    case.limitation_interrupted_on = derived.interrupted_on(case)
    if changed.keys() & {"applied_on", "type_code", "channel"}:
        limitation.follow_running(case, by=by, on=on)
    if changed.keys() & {"applied_on", "type_code"}:
        derived.follow_acceptance(case, applied_before=before["applied_on"], by=by)
    session.flush()
