"""A centre on its first day: no case, no mediator. Every page of every post opens and says where work comes from."""

import pytest

from mediation.doors.desk.shell import MENU
from mediation.doors.shared.guard import may_enter
from mediation.registry.access.rules import GRANTS, Role
from tests import makers
from tests.doors.visitor import Visitor

WORDS = {
    Role.DISPATCHER: [("/", "窗口登记、筛查过的案件，会排在这里"), ("/cases", "登记第一件")],
    Role.INTAKE_CLERK: [("/cases", "登记第一件"), ("/figures", "这段时间没有受理案件")],
    Role.HEAD: [("/", "案件移送到本单位后，会排在这里"), ("/cases", "还没有您能看到的案件")],
    Role.MEDIATOR: [("/", "指派给您的案件，会排在这里"), ("/notices?show=all", "会写在这里")],
    Role.LIAISON: [("/confirmation", "现在没有材料全齐的")],
    Role.COURT_CLERK: [("/referrals", "移送过来的案件会排在这里"), ("/cases", "还没有您能看到的案件")],
    Role.SUPERVISOR: [("/", "没有")],
    Role.LEADER: [("/figures", "这段时间没有受理案件")],
}


@pytest.mark.parametrize("role", [role for role in GRANTS if role != Role.SYSTEM])
def test_every_page_opens_on_the_first_day(app, role):
    with app.app_context():
        by = makers.make_actor(makers.make_centre(), role)
        addresses = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules() if not rule.arguments}
    somebody = Visitor(app, by)
    for _label, endpoint, permission, roles in MENU:
        if (permission is None or may_enter(permission, by)) and (roles is None or role in roles):
            answer = somebody.client.get(addresses[endpoint], follow_redirects=True)
            assert answer.status_code == 200, endpoint
    for address, words in WORDS.get(role, ()):
        assert words in somebody.get(address).text, address
