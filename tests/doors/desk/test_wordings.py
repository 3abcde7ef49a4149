"""The pages of local words: looked at first, then set; as a paper before they hold."""

from mediation.ground import clock
from mediation.registry.access.rules import Role
from mediation.registry.wordings import queries
from tests import makers
from tests.doors.visitor import Visitor


def test_words_are_looked_at_as_a_paper_and_then_set(app):
    with app.app_context():
        by = makers.make_actor(makers.make_centre(), Role.SYSTEM_ADMIN)
    admin = Visitor(app, by)
    assert "收件回执" in admin.get("/wordings").text
    told = {"head": "一站式中心", "phone": "", "notice": "午休不停", "valid_from": "2026-11-23", "reason": "新窗口"}
    looked = admin.submit("/wordings/receipt", status=200, **told)
    assert "南昌县" in looked.text and "照此设置" in looked.text
    assert not admin.ask(queries.history, "receipt", centre_id=by.centre_id)
    token = looked.forms[-1]["fields"]["csrf_token"]
    for kind in ("receipt", "not_accepted", "application", "rights_notice", "quick_trial_referral"):
        given = told | {"csrf_token": token} if kind == "receipt" else {"csrf_token": token, "valid_from": "2026-11-23"}
        answer = admin.client.post(f"/wordings/{kind}/paper", data=given)
        assert answer.data.startswith(b"%PDF"), (kind, answer.text[-500:])
    law = admin.submit("/wordings/receipt", status=200, **told | {"notice": "依据《民法典》"})
    assert "《民法典》" in law.text and "照此设置" not in law.text
    admin.submit("/wordings/receipt", do="set", **told)
    assert admin.ask(queries.texts, "receipt", centre_id=by.centre_id, on=clock.today())["notice"] == "午休不停"
    assert "新窗口" in admin.get("/wordings/receipt").text
    admin.submit("/wordings/receipt", do="built_in", **told | {"reason": "不用了"})
    assert not admin.ask(queries.texts, "receipt", centre_id=by.centre_id, on=clock.today())
