"""What operations raise. Each door answers each of them once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mediation.ground.choices import N_, Reason


@dataclass(frozen=True)
class Obstacle:
    """One reason that bars a step, with the values of its sentence.

    ``cure`` names the place where it can be mended; a door turns it into an address.
    """

    reason: Reason
    params: Mapping[str, object] = field(default_factory=dict)
    cure: str | None = None

    @property
    def rule(self):
        return self.reason.rule

    def curable_at(self, cure):
        """Return the same obstacle with ``cure`` where it names none of its own."""
        return self if self.cure or not cure else replace(self, cure=cure)


def because(reason, /, cure=None, **params):
    """Return an obstacle: ``because(Reason.TOO_LATE, last_day=day)``."""
    return Obstacle(reason, params, cure)


class Refusal(Exception):
    """Base of everything an operation refuses with; each tells the caller what to do."""


class NotFound(Refusal):
    """The thing does not exist, or is not this actor's to see: both look the same."""


class NotAllowed(Refusal):
    """The actor may see the thing but not do this to it."""

    def __init__(self, permission=None):
        super().__init__(permission)
        self.permission = permission


class RuleBroken(Refusal):
    """The law or the house bars the step; every reason is named at once.

    ``about`` names the thing whose step it was, by public id, so that a door finds where a reason is cured.
    """

    def __init__(self, *obstacles: Obstacle, about: str | None = None):
        super().__init__(", ".join(obstacle.reason for obstacle in obstacles))
        self.obstacles: Sequence[Obstacle] = obstacles
        self.about = about


class Invalid(Refusal):
    """A value cannot be taken as it is. ``fields`` maps field names to sentences."""

    def __init__(self, message="", **fields):
        super().__init__(message or "; ".join(map(str, fields.values())))
        self.message = message
        self.fields = fields


def known(choice, value, field):
    """Return a stored word as its choice. Raises Invalid at ``field`` when there is no such word."""
    try:
        return choice(value)
    except ValueError:
        raise Invalid(**{field: N_("没有这个选项")}) from None


class Stale(Refusal):
    """Somebody was faster. ``theirs`` says what is stored now, ``by`` who wrote it and ``at`` when."""

    def __init__(self, theirs=None, by=None, at=None):
        super().__init__("stale")
        self.theirs = theirs or {}
        self.by = by
        self.at = at
