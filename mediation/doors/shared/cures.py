"""Where a reason that bars a step is cured: another step's page, a place on the case's page, or a register."""

from dataclasses import dataclass

from flask import current_app, g, url_for

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.shared.guard import pages_of_steps
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.errors import NotFound, Obstacle, RuleBroken
from mediation.registry.access.rules import Depth, Permission

PLACES = frozenset({
    "assisting", "parties", "papers", "duties", "agreement", "performance", "confirmation", "sessions", "proceeding",
    "story",
})

REGISTERS = {
    "mediators": ("desk.mediators.index", Permission.MEDIATORS_MANAGE, N_("去调解员名册")),
    "settings": ("desk.settings.index", Permission.SETTINGS_MANAGE, N_("去设置")),
    "units": ("desk.units.index", Permission.UNITS_MANAGE, N_("去单位")),
}


@dataclass(frozen=True)
class Because:
    """One reason as a page says it, with the way to its cure where the reader has one."""

    text: str
    cure_url: str | None = None
    cure_label: str | None = None
    rule: str | None = None
    word: str | None = None
    key: str = ""


class Ways:
    """The ways that the actor of this request has, in one case where it is known.

    ``offered`` are the steps that the case offers them, where the caller has read them already.
    """

    def __init__(self, case=None, offered=None):
        pages = pages_of_steps(current_app)
        if case is not None and offered is None:
            offered = steps.offered(case, by=g.actor, on=clock.today())
        self._case = case
        self._urls = {
            step.name: url_for(pages[step.name], public_id=subject.public_id)
            for step, subject, _obstacles in offered or () if step.name in pages
        }

    def reason(self, obstacle: Obstacle) -> Because:
        """Return a reason in words with its cure."""
        url, label = self._to(obstacle.cure)
        return Because(sentence(obstacle), url, label, obstacle.rule, key=obstacle.reason)

    def url(self, step: str) -> str | None:
        """Return the address of a step that is offered here, None for one that is not."""
        return self._urls.get(step)

    def _to(self, cure):
        if cure in self._urls:
            return self._urls[cure], _(STEPS[cure].label)
        if cure in PLACES and self._case is not None:
            return url_for("desk.cases.show", public_id=self._case.public_id, _anchor=cure), _("去看")
        if cure in REGISTERS:
            endpoint, permission, label = REGISTERS[cure]
            if g.actor is not None and g.actor.may(permission):
                return url_for(endpoint), _(label)
        return None, None


def reasons_of(error: RuleBroken) -> list[Because]:
    """Return why something was refused, each reason with its cure where the reader has a way there."""
    case = _case_of(error) if any(obstacle.cure for obstacle in error.obstacles) else None
    ways = Ways(case)
    return [ways.reason(obstacle) for obstacle in error.obstacles]


def _case_of(error: RuleBroken):
    if error.about is None or g.actor is None:
        return None
    try:
        return cases.get(error.about, for_=g.actor, depth=Depth.PROGRESS)
    except NotFound:
        return None


def standing(name: str, case) -> list[Because]:
    """Return what bars a creating step of a case before anything is typed, except what its own page cures."""
    found = [each for each in steps.bars_of(STEPS[name], case, by=g.actor, on=clock.today()) if each.cure != name]
    ways = Ways(case) if found else None
    return [ways.reason(obstacle) for obstacle in found]
