"""The page of the rule table, the command beside it, and the page for lawyers that it writes."""

import json

import pytest
from flask_babel import force_locale, gettext

from mediation.doors.commands import lawpages
from mediation.ground import clock
from mediation.oversight.rulebook import queries, reading
from mediation.registry.access.rules import Role
from tests.doors.visitor import Visitor
from tests.makers import make_actor, make_centre


@pytest.fixture
def centre(app):
    with app.app_context():
        return make_centre()


def visitor(app, centre, role):
    with app.app_context():
        return Visitor(app, make_actor(centre, role, name="程志远"))


def test_everybody_reads_the_rules_and_finds_one(app, centre):
    mediator = visitor(app, centre, Role.MEDIATOR)
    page = mediator.get("/rules")
    assert "司法确认在三十日内共同申请" in page.text and "170" in page.text
    found = mediator.get("/rules?section=JC&bite=due&q=三十日")
    assert "JC-01" in found.text and "JC-15" not in found.text
    assert "/settings/citation" not in found.html  # a mediator changes no settings
    assert "没有对上的规则" in mediator.get("/rules?q=nothing-of-the-kind").text
    one = mediator.get("/rules/JC-01")
    assert "中华人民共和国民事诉讼法" not in one.text and "民事诉讼法第二百零五条" in one.text
    assert "mediation/stages/confirmation/checks.py::may_start" in one.text
    mediator.get("/rules/XX-01", status=404)
    mediator.get("/rules?state=nonsense&section=nonsense&bite=nonsense")


def test_who_keeps_the_settings_goes_on_to_the_article(app, centre):
    page = visitor(app, centre, Role.SYSTEM_ADMIN).get("/rules?q=JC-01")
    assert "/settings/citation/civil_procedure.confirmation" in page.html
    assert "法律规则" in visitor(app, centre, Role.SYSTEM_ADMIN).get("/settings/front").text


def test_the_command_lists_and_shows(app):
    runner = app.test_cli_runner()
    listed = json.loads(runner.invoke(args=["rules", "list", "--json"]).output)
    assert len(listed["rules"]) == sum(listed["counts"].values()) == 170
    first = next(rule for rule in listed["rules"] if rule["id"] == "JC-01")
    assert first["state"] == "enforced" and first["tests"] and first["settings"] == ["JC-01"]
    left_out = json.loads(runner.invoke(args=["rules", "list", "--json", "--state", "left_out"]).output)
    assert len(left_out["rules"]) == listed["counts"]["left_out"]
    assert "共 170 条" in runner.invoke(args=["rules", "list"]).output
    shown = runner.invoke(args=["rules", "show", "jc-01"]).output
    assert "民事诉讼法第二百零五条" in shown and "操作里执行" in shown
    assert runner.invoke(args=["rules", "show", "XX-01"]).exit_code == 1


@pytest.mark.parametrize(("language", "path"), lawpages.PAGES.items())
def test_the_page_for_lawyers_is_of_today(app, language, path):
    with app.test_request_context(), force_locale(language):
        text = lawpages.text(queries.built_in(on=clock.today()), gettext)
    assert (reading.HOUSE / path).read_text(encoding="utf-8") == text, "run: flask --app wsgi rules renew"
