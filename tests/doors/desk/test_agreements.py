"""Agreements through the desk: two people at one draft, and what the linter says beside it."""

import re

import pytest

from mediation.stages.agreements import queries
from tests import cast
from tests.doors.desk.county import desks

OURS, THEIRS = "排水沟被垫高，厨房墙脚受损。", "排水沟被垫高两次，厨房和柴房受损。"


@pytest.fixture
def found(app):
    return desks(app, cast.informed)


def draft(found):
    """Begin a draft; return its address."""
    return found.mediator.submit(f"/cases/{found.case}/agreement").headers["Location"]


def row(found, what, yuan):
    refs = {"clauses-0-obligor": found.parties["涂国平"], "clauses-0-obligee": found.parties["万秋莲"]}
    return refs | {"clauses-0-what": what, "clauses-0-amount": yuan, "clauses-0-due_on": "2026-12-20"}


def saved(found):
    """Return facts, total and clauses as they are stored."""

    def of(case, _proceeding):
        agreement = queries.current(case.id)
        return agreement.facts, agreement.total_fen, [duty.what for duty in agreement.duties]

    return found.of(of)


@pytest.mark.parametrize(("chosen", "clauses"), [("theirs", ["赔偿墙脚"]), ("mine", ["赔偿墙脚和柴房"])])
def test_the_later_of_two_people_chooses_and_no_clause_is_lost(found, chosen, clauses):
    there = draft(found)
    submit = found.mediator.submit
    forms = found.mediator.get(there).forms
    opened = next(form["fields"]["as_shown"] for form in forms if "as_shown" in form["fields"])
    submit(there, do="save", facts=OURS, total="2600", **row(found, "赔偿墙脚", "2600"))

    mine = {"do": "save", "facts": THEIRS, "total": "3200"} | row(found, "赔偿墙脚和柴房", "3200")
    conflict = submit(there, status=409, version="1", as_shown=opened, **mine)
    for words in (OURS, THEIRS, "涂国平 赔偿墙脚 2,600.00 2026-12-20", "涂国平 赔偿墙脚和柴房 3,200.00 2026-12-20"):
        assert words in conflict.text

    submit(there, **mine | {"total": "2600", "clauses_of": chosen})
    assert saved(found) == (THEIRS, 260_000, clauses)


BAD = {"total": "2600", "facts": OURS, "breach_clause": "不付的，否则由法院判决"}


def test_findings_lead_to_their_field_and_a_warning_is_ticked_off(found):
    there = draft(found)
    submit = found.mediator.submit
    submit(there, do="save", **BAD, **row(found, "尽快赔偿墙脚", "2600"))
    page = found.mediator.get(there)
    said = ("第1条“尽快”不明确", "不能约定违约时由法院裁判", "期限顺延到12月21日", "留意 2 处，看过 0 处")
    for words in said:
        assert words in page.text
    assert 'href="#clauses-0-what"' in page.html and 'href="#breach_clause"' in page.html
    assert 'id="clauses-0-due_on"' in page.html and 'href="#clauses-0-due_on"' in page.html

    ticked = re.search(r'尽快.*?name="seen" value="(\w+)"', page.html, re.DOTALL)[1]
    submit(there, do="save", seen=ticked, **BAD, **row(found, "尽快赔偿墙脚", "2600"))
    assert "留意 2 处，看过 1 处" in found.mediator.get(there).text
    assert "看过 1 处提醒，协议稿第 3 次保存" in found.mediator.get(f"/cases/{found.case}/history").text
    refused = submit(there, status=200, do="agree", seen=ticked, **BAD, **row(found, "尽快赔偿墙脚", "2600"))
    assert "不能约定违约时由法院裁判" in refused.text

    submit(there, do="save", seen=ticked, **BAD, **row(found, "尽快赔偿墙脚和门", "2600"))
    assert "看过 0 处" in found.mediator.get(there).text  # other words, another look


def test_the_linter_answers_while_one_types(found):
    there = draft(found)
    hidden = {name: value for form in found.mediator.get(there).forms for name, value in form["fields"].items()}
    typed = hidden | BAD | row(found, "于2027年2月30日前赔偿墙脚", "2600") | {"clauses-0-manner": "no such manner"}
    answer = found.mediator.client.post(there.replace("/edit", "/lint"), data=typed)
    assert answer.status_code == 200
    assert 'data-place="clauses-0-flaws"' in answer.text and "没有这一天" in answer.text
    assert saved(found)[1:] == (None, [])


def test_ticks_of_both_people_are_kept_when_one_was_faster(found):
    there = draft(found)
    submit, text = found.mediator.submit, BAD | row(found, "尽快赔偿墙脚", "2600")
    submit(there, do="save", **text)
    keys = re.findall(r'name="seen" value="(\w+)"', found.mediator.get(there).html)
    submit(there, do="save", seen=keys[:1], **text)
    page = submit(there, status=409, do="save", version="2", seen=keys[1:], **text)
    assert re.findall(r'name="seen" value="(\w+)"', page.text) == [keys[1], keys[0]]
    submit(there, do="save", seen=[keys[1], keys[0]], **text)
    assert "留意 2 处，看过 2 处" in found.mediator.get(there).text


def test_an_oral_agreement_is_warned_about_while_it_is_typed(found):
    there = f"/cases/{found.case}/oral-agreement"
    page = found.mediator.get(there)
    assert f'data-live="{there}/lint"' in page.html and "要改 1 处" in page.text  # no clause yet
    typed = BAD | row(found, "尽快赔偿墙脚", "2600") | {"agreed_on": "2026-11-23", "breach_clause": ""}
    typed["clauses-0-manner"] = "cash"
    hidden = {name: value for form in page.forms for name, value in form["fields"].items()}
    answer = found.mediator.client.post(f"{there}/lint", data=hidden | typed)
    assert 'data-place="clauses-0-flaws"' in answer.text and "“尽快”不明确" in answer.text
    ticked = re.search(r'尽快.*?name="seen" value="(\w+)"', answer.text, re.DOTALL)[1]
    later = found.mediator.client.post(f"{there}/lint", data=hidden | typed | {"agreed_on": "2026-11-24"})
    assert "没有要改的" in answer.text and "要改 1 处" in later.text  # on a day that is still to come
    found.mediator.submit(there, **typed, seen=ticked)
    said = found.of(lambda case, _proceeding: list(queries.current(case.id).seen_warnings))
    assert said == [ticked]
