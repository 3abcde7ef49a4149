"""From a seat on a case to whoever sits there now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mediation.casefile.cases import access
from mediation.casefile.notices.rules import INSTEAD, WINDOW_POSTS, Seat
from mediation.ground import clock
from mediation.registry.access.rules import Actor, Relation, Role
from mediation.registry.staff import queries as staff


@dataclass(frozen=True)
class Recipient:
    """A post of a person or, where ``account_id`` is None, of a unit."""

    role: Role
    account_id: int | None = None
    unit_id: int | None = None

    def __str__(self):
        return f"account:{self.account_id}:{self.role}" if self.account_id else f"unit:{self.unit_id}:{self.role}"

    def is_held_by(self, by: Actor) -> bool:
        """Say whether the actor would read what this recipient is told."""
        return self.role == by.role and by.account_id is not None and (
            self.account_id == by.account_id if self.account_id else self.unit_id == by.unit_id
        )


class Seating:
    """Who sits where on some cases, read at once for all of them."""

    def __init__(self, case_ids: Iterable[int]):
        self._ties: dict[tuple[int, Relation], list[tuple[int | None, int | None]]] = {}
        for case_id, relation, unit_id, account_id in access.ties_of(list(case_ids)):
            self._ties.setdefault((case_id, relation), []).append((unit_id, account_id))
        windows = {unit for (_case, relation), ties in self._ties.items() if relation == Relation.REGISTERED
                   for unit, _account in ties if unit}
        self._held: Mapping[int, set[Role]] = staff.roles_held_in(windows, on=clock.today())

    def at(self, case_id: int, seat: Seat) -> list[Recipient]:
        """Return who sits in a seat, or who is told instead of nobody."""
        ties = self._ties.get((case_id, seat.relation), [])
        if not ties:
            return self.at(case_id, INSTEAD[seat]) if seat in INSTEAD else []
        return [self._recipient(seat, unit_id, account_id) for unit_id, account_id in ties]

    def _recipient(self, seat, unit_id, account_id):
        if account_id:
            return Recipient(seat.role, account_id=account_id)
        if seat.relation == Relation.REGISTERED:
            held = self._held.get(unit_id, set())
            posts = [role for role in (seat.role, *WINDOW_POSTS) if role in held]
            return Recipient(posts[0] if posts else seat.role, unit_id=unit_id)
        return Recipient(seat.role, unit_id=unit_id)
