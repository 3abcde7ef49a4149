"""What stands beside the choice of a unit: lines of the duty list, earlier rulings, whether the arbiter is asked."""

from dataclasses import dataclass
from datetime import date

from wtforms.fields.choices import SelectChoice

from mediation.doors.desk import pickers
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.registry.dutylists import queries as dutylists
from mediation.registry.units import queries as units
from mediation.stages.routing.arbiter import queries

LIKELY = 6


@dataclass(frozen=True)
class Told:
    """A ruling as pages tell it; it names nobody of the case."""

    public_id: str
    made_on: date
    made_by: str
    place: str
    type: str
    signs: str
    unit: str
    track: object
    why: str
    item: object
    ended_on: date | None
    is_precedent: bool
    case_id: int
    version: int


def likely_items(case):
    """Return the lines of the duty list that a case is most likely about."""
    return dutylists.likely(queries.told(case), centre_id=case.centre_id, on=clock.today(), limit=LIKELY)


def item_choices(items):
    """Return lines of the duty list as choices; none is chosen at first."""
    named = [
        SelectChoice(each.public_id, _("%(group)s %(number)s　%(text)s（%(unit)s）", group=each.class_name,
                                       number=each.number, text=each.text[:40], unit=each.lead))
        for each in items
    ]
    return [SelectChoice("", _("不引用")), *named]


def item(item_id):
    """Return a line of the duty list that was cited."""
    return dutylists.item(item_id)


def precedents(case):
    """Return the standing precedents most like a case."""
    return told(queries.precedents_for(case, on=clock.today()))


def ruling(designation_id):
    """Return the ruling that sent a case, None for none."""
    found = queries.made(designation_id)
    return told([found])[0] if found else None


def waits(case):
    """Return who is to say where a case goes; None where the dispatcher says."""
    named = queries.arbiter_on(case.centre_id, on=clock.today())
    return named.name if named and queries.waiting(case.id) else None


def told(rows):
    """Return rulings as pages tell them."""
    items = dutylists.items_by_id(row.duty_item_id for row in rows)
    names = units.names(rows[0].centre_id) if rows else {}
    return [
        Told(
            row.public_id, row.made_on, row.made_by, pickers.place_label(row.area_code, centre_id=row.centre_id),
            pickers.type_label(row.type_code, centre_id=row.centre_id), row.signs or "",
            names[row.unit_id][1] if row.unit_id in names else "", row.track, row.why or "",
            items.get(row.duty_item_id), row.ended_on, row.is_precedent, row.case_id, row.version,
        )
        for row in rows
    ]
