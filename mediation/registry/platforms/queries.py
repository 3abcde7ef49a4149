"""Looking up platforms. Their definitions are few and kept in the process."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor
from mediation.registry.platforms import rules
from mediation.registry.platforms.models import Platform
from mediation.registry.platforms.rules import Definition

BUILT_IN = Path(__file__).parent / "builtin.toml"


@dataclass(frozen=True)
class Edition:
    """One edition of a platform as it is kept."""

    id: int
    public_id: str
    code: str
    definition: Definition
    valid_from: date
    valid_to: date | None
    reason: str | None
    made_by_id: int | None
    recorded_at: datetime
    version: int

    @property
    def name(self) -> str:
        return self.definition.name

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@kept(Platform)
def editions(centre_id: int) -> tuple[Edition, ...]:
    """Return every edition of a centre's platforms, oldest first."""
    rows = session.scalars(select(Platform).where(Platform.centre_id == centre_id).order_by(Platform.id))
    return tuple(
        Edition(
            row.id, row.public_id, row.code, rules.read(row.name, row.system, row.definition), row.valid_from,
            row.valid_to, row.reason, row.made_by_id, row.recorded_at, row.version,
        )
        for row in rows
    )


def platforms(centre_id: int, *, on: date) -> list[Edition]:
    """Return what a centre has to fill on a day, one edition of each platform, by name."""
    found = {each.code: each for each in editions(centre_id) if each.is_valid(on)}
    return sorted(found.values(), key=lambda each: each.name)


def newest(centre_id: int) -> list[Edition]:
    """Return the last edition of every platform, ended or yet to come, by name."""
    found = {each.code: each for each in editions(centre_id)}
    return sorted(found.values(), key=lambda each: each.name)


def mine(by: Actor, *, on: date) -> list[Edition]:
    """Return the platforms that the actor's role fills on a day."""
    return [each for each in platforms(by.centre_id, on=on) if by.role in each.definition.who]


def platform(code: str, *, centre_id: int, on: date | None = None) -> Edition | None:
    """Return a platform as it is on a day, without one its last edition; None for a code that the centre has not."""
    found = [each for each in editions(centre_id) if each.code == code and (on is None or each.is_valid(on))]
    return found[-1] if found else None


def get(public_id: str, *, centre_id: int) -> Edition:
    """Return the last edition of the platform that an edition belongs to. Raises NotFound."""
    every = editions(centre_id)
    code = next((each.code for each in every if each.public_id == public_id), None)
    if code is None:
        raise NotFound()
    return next(each for each in reversed(every) if each.code == code)


def history(code: str, *, centre_id: int) -> list[Edition]:
    """Return the editions of a platform, newest first."""
    return [each for each in reversed(editions(centre_id)) if each.code == code]


@lru_cache(1)
def built_in() -> dict[str, Definition]:
    """Return the platforms that come with the program, by code."""
    found = tomllib.loads(BUILT_IN.read_text(encoding="utf-8"))
    return {code: rules.read(each["name"], each["system"], _stored(each)) for code, each in found.items()}


def _stored(each):
    return each | {"fields": [_field(*line) for line in each["fields"]]}


def _field(label, ours, wants="", longest=0, required=False):
    is_fixed = ours == "fixed"
    return {
        "label": label, "ours": ours, "format": "as_is" if is_fixed else wants, "longest": longest,
        "required": required, "fixed": wants if is_fixed else "",
    }
