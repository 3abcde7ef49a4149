"""The history of a case says in plain words what was done, and about what."""

import ast
from pathlib import Path

import pytest

import mediation
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.doors.desk import history
from mediation.ground.db import session
from tests import packs, road

ROOMS = Path(mediation.__file__).parent


@pytest.fixture
def told(app):
    """What the history of a case on its way to the court says, newest first."""
    with app.test_request_context():
        public_id = packs.filed(road.make_county())[0]
        case = session.query(Case).filter_by(public_id=public_id).one()
        return [line.what for line in history.lines(case)]


def test_steps_say_what_they_were_about(told):
    assert "登记：窗口来访" in told
    assert "分流：人民调解，武阳镇人民调解委员会" in told
    assert any(line.startswith("登记签字盖章：") for line in told)
    assert "补齐确认材料：申请书上一方签名" in told


def test_other_entries_name_the_party(told):
    assert any(line.endswith("：同意调解") and not line.startswith("一方") for line in told)


def test_no_key_of_the_program_stands_in_a_history(told):
    assert not [line for line in told if "_" in line or "%" in line or "." in line]


def recorded_about_cases():
    """Return the events that the program writes about a case, from its source."""
    for file in ROOMS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "trail.record":
                continue
            if any(word.arg == "case_id" for word in node.keywords) and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_entry_about_a_case_has_words():
    found = set(recorded_about_cases())
    assert len(found) > 15
    assert found <= set(history.EVENTS)


def test_only_steps_of_the_table_have_details():
    assert set(history.TOLD) <= set(STEPS)
