"""Routing many cases at once: to one unit, or each as it is suggested. Row 29."""

from datetime import date

from mediation.casefile.batches import deeds
from mediation.casefile.batches.deeds import Deed, Look
from mediation.casefile.batches.rules import BatchKind
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Track
from mediation.ground.errors import because
from mediation.registry.access.rules import Actor
from mediation.registry.units import queries as units
from mediation.stages.routing import advice
from mediation.stages.routing import operations as routing
from mediation.stages.routing.rules import Bar, OverrideReason


def look(case: Case, target, by: Actor, on: date) -> Look:
    """Return where a case would go.

    ``target`` holds ``unit`` (public id, None: as suggested), ``track``, ``override`` (coded reason) and ``note``.
    """
    suggestion = advice.suggest_for(case, on=on)
    bars = steps.standing_bars("case.route", case, by=by, on=on)
    if target.get("unit"):
        unit, track = units.get(target["unit"], centre_id=by.centre_id), Track(target["track"])
    elif suggestion is not None:
        unit, track = suggestion.way.unit, suggestion.way.track
    else:
        return Look(bars=(*bars, because(Bar.NO_SUGGESTION, cure="case.route")))
    follows = suggestion is not None and (suggestion.way.unit.id, suggestion.way.track) == (unit.id, track)
    override = None if follows or not target.get("override") else OverrideReason(target["override"])
    bars += routing.route_bars(case, unit, track, suggestion, override)
    told = {(bar.reason, str(bar.params)): bar for bar in bars}
    does = {"unit": unit.public_id, "track": str(track), "override": override, "note": target.get("note")}
    return Look(does, unit.name, tuple(told.values()))


def do(case_public_id: str, does, by: Actor, on: date, key: str) -> None:
    """Send one case where the dry run said; what has changed since then bars it."""
    routing.route(
        case_public_id, by=by, on=on, key=key, track=does["track"], unit_public_id=does["unit"],
        override_reason=does.get("override"), note=does.get("note"),
    )


deeds.register(BatchKind.ROUTE, Deed("case.route", look, do))
