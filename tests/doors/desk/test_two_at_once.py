"""Two people correct the same case, over and over: whatever either typed is kept or shown to be chosen from (P31)."""

import html
import random

import pytest
from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from tests import makers
from tests.doors.desk.test_intake import TYPED
from tests.doors.visitor import Page, Visitor

FIELDS = {  # how each field is typed, and what is then stored
    "story": lambda n: f"第{n}次说的经过，水从沟里倒灌。",
    "claims": lambda n: f"第{n}种要求",
    "amount_fen": lambda n: str(2_000 + n),
    "place": lambda n: f"沟边第{n}户",
    "people_count": lambda n: str(1 + n % 9),
}


@pytest.fixture
def clerks(app):
    with app.app_context():
        centre = makers.make_centre()
        people = [makers.make_actor(centre, role) for role in (Role.INTAKE_CLERK, Role.DISPATCHER)]
    return [Visitor(app, by) for by in people]


def stored(clerk):
    case = clerk.ask(lambda: session.scalars(select(Case)).one())
    return {name: str(getattr(case, name)) for name in FIELDS} | {"amount_fen": str(case.amount_fen // 100)}


def opened(clerk, address):
    """Return the form as it stands on the page, with what is not in input fields."""
    hidden = next(form["fields"] for form in clerk.get(address).forms if "version" in form["fields"])
    return dict(hidden) | stored(clerk) | {"channel": "window"}


def typed(chance, number):
    names = chance.sample(list(FIELDS), chance.randint(1, len(FIELDS)))
    return {name: FIELDS[name](number) for name in names}


@pytest.mark.parametrize("rounds", [5, pytest.param(200, marks=pytest.mark.long)])
def test_nothing_that_either_typed_is_lost(clerks, rounds):
    first, second = clerks
    chance = random.Random(31)
    case = first.submit("/intake", **TYPED).headers["Location"].rsplit("/", 1)[-1].partition("#")[0]
    address = f"/cases/{case}/correct"
    for number in range(1, rounds + 1):
        forms = opened(first, address), opened(second, address)
        before = stored(first)
        theirs, mine = typed(chance, 2 * number), typed(chance, 2 * number + 1)
        first.post(address, **forms[0] | theirs | {"reason": "记错了"})
        answer = second.client.post(address, data=forms[1] | mine | {"reason": "听错了"})
        assert answer.status_code == 409
        page, shown = Page(answer.text), html.unescape(answer.text)
        assert all(text in shown.replace(",", "") for text in mine.values())
        asked = {each["name"] for each in page.controls if each.get("type") == "radio"}
        assert asked == set(theirs) & set(mine)
        chosen = {name: chance.choice((theirs[name], mine[name])) for name in asked}
        merged = next(form["fields"] for form in page.forms if "as_shown" in form["fields"]) | chosen
        second.post(address, status=302, **merged)  # also where all of the other's was kept
        assert stored(first) == before | theirs | mine | chosen
