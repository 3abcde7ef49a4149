"""The classes of data by which grid platforms know what a case is linked to (GB/T 31000-2015; DP-12)."""

from collections.abc import Iterable
from dataclasses import dataclass

from mediation.casefile.cases.parties import PartyKind
from mediation.ground.choices import Choice, N_


class EntityKind(Choice):
    """What a linked record is."""

    PERSON = "person", N_("人")
    PLACE = "place", N_("地")
    OBJECT = "object", N_("物")
    EVENT = "event", N_("事")
    SITUATION = "situation", N_("情")
    ORGANISATION = "organisation", N_("组织")


@dataclass(frozen=True)
class Entity:
    """A linked record with its class."""

    kind: EntityKind
    name: str


def entities(
    *, title: str, parties: Iterable[tuple[str, str]], place: str = "", thing: str = "", situations: Iterable[str] = (),
    bodies: Iterable[str] = (),
) -> list[Entity]:
    """Return what a case is linked to, each record with its class: the event first, then who, where and what.

    ``parties`` are (name, kind of party), ``thing`` is where the thing in dispute lies, ``situations`` what the
    screening found, ``bodies`` the organisations that handle it.
    """
    found = [Entity(EntityKind.EVENT, title)]
    for name, kind in parties:
        is_body = kind == PartyKind.ORGANISATION
        found.append(Entity(EntityKind.ORGANISATION if is_body else EntityKind.PERSON, name))
    found += [Entity(EntityKind.PLACE, place)] if place else []
    found += [Entity(EntityKind.OBJECT, thing)] if thing else []
    found += [Entity(EntityKind.SITUATION, words) for words in situations]
    return found + [Entity(EntityKind.ORGANISATION, name) for name in bodies]
