"""The liaison's lists."""


from sqlalchemy import event, func, select

from mediation.casefile.cases.models import Case
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.confirmation import boards
from mediation.stages.confirmation.models import Confirmation
from tests import makers, packs
from tests.stages.confirmation.looking import TODAY


def test_the_board_tells_who_owes_what(county):
    packs.handed(county)
    found = boards.board(for_=county.liaison, on=TODAY)
    assert (found.ready, len(found.lacking)) == ([], 1)
    debtors = found.lacking[0].debtors
    assert debtors == ["万秋莲", "涂国平", boards.Debtor.BODY, boards.Debtor.MEDIATOR, boards.Debtor.LIAISON]


def test_a_whole_pack_stands_among_the_ready_ones(county):
    case, _application, _refs = packs.whole(county)
    found = boards.board(for_=county.liaison, on=TODAY)
    assert [pack.row.public_id for pack in found.ready] == [case]
    assert found.lacking == []


def test_the_board_asks_as_often_for_many_packs_as_for_one(county, ground):
    packs.handed(county)

    def asked():
        with transaction():
            pass  # as a request begins: nothing is remembered
        said = []

        def hear(_connection, _cursor, statement, *_more):
            said.append(statement)

        event.listen(ground, "before_cursor_execute", hear)
        boards.board(for_=county.liaison, on=TODAY)
        event.remove(ground, "before_cursor_execute", hear)
        return len(said)

    boards.board(for_=county.liaison, on=TODAY)  # fills what the process keeps
    one = asked()
    for _ in range(2):
        packs.handed(county)
    assert asked() == one


def test_another_centre_s_liaison_sees_nothing(county):
    packs.handed(county)
    elsewhere = makers.make_centre(area_code="360124", register_word="进矛调登")
    office = makers.make_unit(elsewhere, UnitKind.LIAISON_OFFICE, "进贤诉调对接中心")
    stranger = makers.make_actor(elsewhere, Role.LIAISON, office)
    assert boards.board(for_=stranger, on=TODAY).lacking == []


def test_every_row_belongs_to_a_case(county):
    packs.handed(county)
    orphan = select(func.count()).select_from(Confirmation).where(Confirmation.case_id.not_in(select(Case.id)))
    assert session.scalar(orphan) == 0
