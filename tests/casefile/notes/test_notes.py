"""Working notes: who reads them, whom they mention, how long they change; and that nothing else reads them (JM-12)."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.notes import operations, queries, rules
from mediation.casefile.notes.rules import Reader
from mediation.casefile.notices.models import Notice
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.ground.trail import TrailValues
from mediation.oversight.supervision import operations as supervision
from mediation.registry.access.rules import Role
from tests import makers, road
from tests.conftest import MORNING
from tests.road import do

PEOPLE = [Reader("a", "罗金水"), Reader("b", "罗金"), Reader("c", "邹华"), Reader("d", "邹华")]


@pytest.mark.parametrize(
    ("text", "chosen", "found", "reasons"),
    [
        ("请@罗金水 去一趟", (), ["a"], []),  # of names that begin alike the longest
        ("@罗金，明天来", (), ["b"], []),
        ("＠罗金水看一下", ("c",), ["c", "a"], []),
        ("写信到 abc@163.com", (), [], []),
        ("@张三 看一下", (), [], ["note_nobody"]),
        ("@邹华 看一下", (), [], ["note_several"]),
        ("@邹华 看一下", ("d",), ["d"], []),
        ("看一下", ("x",), [], ["note_no_sight"]),
    ],
)
def test_mentioned(text, chosen, found, reasons):
    people, bars = rules.mentioned(text, chosen, PEOPLE)
    assert (people, [bar.reason for bar in bars]) == (found, reasons)


@pytest.fixture
def county(ground):
    county = road.make_county()
    county.more["case"] = road.mediating(county)[0]
    return county


def written(county, text="双方都在家，周五上午再去", **changes):
    values = {"by": county.mediator, "text": text} | changes
    return do(operations.write, county.more["case"], **values)


def note_of(public_id, by):
    return queries.get(public_id, for_=by)[0]


def reasons(refused):
    return [obstacle.reason for obstacle in refused.value.obstacles]


def test_colleagues_read_it_and_who_is_mentioned_is_told(county):
    ref = written(county, "@罗金水 请看一下")
    assert note_of(ref, county.clerk).text == "@罗金水 请看一下"  # the window it came from, too
    (notice,) = session.scalars(select(Notice).where(Notice.event == "note.mentioned"))
    assert (notice.account_id, notice.params) == (county.head.account_id, {"who": "熊桂生", "note": ref})
    with pytest.raises(NotFound):
        note_of(ref, makers.make_actor(county.centre, Role.SUPERVISOR))
    with pytest.raises(NotFound):
        written(county, by=makers.make_actor(county.centre, Role.MEDIATOR, county.committee))
    case = cases.get(county.more["case"], for_=county.mediator)
    named = {each.name for each in queries.readers(case, but=county.mediator)}
    assert {"罗金水", "邹华"} <= named and not named & {"熊桂生", "胡法", "邹晓岚"}


def test_who_only_reads_writes_nothing(county):
    looker = makers.make_actor(county.centre, Role.SUPERVISOR)
    do(supervision.look_into, county.more["case"], by=looker, reason="督办")
    with pytest.raises(NotAllowed):
        written(county, by=looker)


def test_a_note_changes_for_some_minutes_and_then_is_gone_on_from(county):
    ref = written(county)
    do(operations.edit, ref, by=county.mediator, text="周五下午再去，@罗金水 一起")
    assert session.scalars(select(Notice.event).where(Notice.event == "note.mentioned")).all()
    with pytest.raises(RuleBroken) as refused:
        do(operations.edit, ref, by=county.head, text="不去")
    assert reasons(refused) == ["note_not_yours"]
    clock.freeze(MORNING + timedelta(minutes=16))
    with pytest.raises(RuleBroken) as refused:
        do(operations.edit, ref, by=county.mediator, text="周六去")
    assert reasons(refused) == ["note_too_late"]
    more = written(county, "周六去", follows=ref)
    assert note_of(more, county.head).follows_id == note_of(ref, county.head).id
    fresh = written(county, "打过电话")
    written(county, "知道了", by=county.head, follows=fresh)
    page = queries.listing(cases.get(county.more["case"], for_=county.head))
    assert operations.changeable(page.notes, by=county.mediator) == {more}
    with pytest.raises(RuleBroken) as refused:
        do(operations.edit, fresh, by=county.mediator, text="没打通")
    assert reasons(refused) == ["note_added_to"]


def test_a_deleted_note_leaves_its_mark(county):
    ref = written(county, "写错案件了")
    with pytest.raises(RuleBroken):
        do(operations.delete, ref, by=county.head)
    do(operations.delete, ref, by=county.mediator)
    note = note_of(ref, county.head)
    assert note.deleted_at == clock.now() and note.text is None
    assert session.scalars(select(TrailValues)).all(), "what it was is kept, sealed"


def test_no_text_no_end(county):
    for text, reason in ((" ", "note_empty"), ("长" * 1001, "note_too_long")):
        with pytest.raises(RuleBroken) as refused:
            written(county, text)
        assert reasons(refused) == [reason]


def test_nothing_that_leaves_the_house_reads_this_room():
    """JM-12: no paper, dossier, export, referral or search can name a note, because nobody imports the room."""
    house = Path(rules.__file__).parents[2]
    allowed = {"casefile/notes", "doors/desk/notes.py", "rooms.py", "demonstration"}
    for path in house.rglob("*.py"):
        place = path.relative_to(house).as_posix()
        if not any(place.startswith(each) for each in allowed):
            named = [node.module for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
            assert not [name for name in named if name and name.startswith("mediation.casefile.notes")], place
