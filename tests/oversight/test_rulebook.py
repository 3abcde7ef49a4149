"""The law in code: every row has a state, the table is what code and tests say, the page for lawyers is of today."""

from datetime import date

import pytest

from mediation.oversight.rulebook import queries, reading
from mediation.oversight.rulebook.rows import BY_ID, ROWS
from mediation.oversight.rulebook.rules import CODE, Bite, How, Place, State, state_of

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def entries():
    return queries.built_in(on=TODAY)


@pytest.fixture(scope="module")
def places():
    return reading.everything()


def test_every_row_stands_once_and_in_order_of_its_section(entries):
    assert len(ROWS) == len(BY_ID) == 170
    assert sum(queries.counts(entries).values()) == 170
    sections = [row.section for row in ROWS]
    assert sections == sorted(sections, key=list(dict.fromkeys(sections)).index)


def test_what_is_left_out_says_why(entries):
    assert not [entry.row.id for entry in entries if entry.state is State.LEFT_OUT and not entry.row.reason]


def test_every_row_rests_on_something(entries):
    assert not [entry.row.id for entry in entries if not entry.citations and not entry.row.source]


def test_what_bars_or_dates_is_carried_out_in_code_and_proven_by_a_test(entries):
    barring = [entry for entry in entries if entry.row.bite in {Bite.BLOCK, Bite.DUE} and not entry.row.reason]
    assert barring
    assert not [entry.row.id for entry in barring if not entry.at(*CODE) or not entry.tests]


def test_the_table_of_places_is_what_code_and_tests_say(places):
    assert places == reading.read(), "run: flask --app wsgi rules renew"


def test_a_place_is_found_by_its_reason_its_words_and_its_mark(places):
    found = {(place.rule, place.how, place.where) for place in places}
    assert ("JC-01", How.FACT, "mediation/stages/confirmation/checks.py::may_start") in found
    assert ("JC-01", How.REASON, "mediation/stages/confirmation/rules.py::time_obstacles") in found
    assert ("JC-01", How.SETTING, "days:JC-01") in found
    assert not [place for place in places if place.how is not How.SETTING and not _exists(place)]


def _exists(place):
    return (reading.HOUSE / place.where.partition("::")[0]).is_file()


@pytest.mark.parametrize(
    ("rule", "hows", "state"),
    [
        ("JC-01", {How.REASON, How.TEST}, State.ENFORCED),
        ("JC-01", {How.REASON}, State.LEFT_OUT),  # nothing proves it
        ("JC-01", {How.SETTING, How.TEST}, State.LEFT_OUT),  # nothing reads the setting
        ("QT-11", {How.SETTING, How.TEST}, State.LEFT_OUT),
        ("CN-02", {How.FUNCTION, How.TEST}, State.CONFIGURED),
        ("RT-04", {How.PAGE, How.TEST}, State.SHOWN),
        ("DC-01", {How.PAGE, How.TEST}, State.LEFT_OUT),  # a page bars nothing
        ("JC-17", {How.PAPER, How.TEST}, State.ENFORCED),
    ],
)
def test_the_state_follows_from_what_is_found(rule, hows, state):
    assert state_of(BY_ID[rule], [Place(rule, how, "somewhere") for how in hows]) is state


def test_a_filter_narrows_by_state_section_kind_and_words(entries):
    assert {entry.row.section for entry in queries.chosen(entries, section="JC")} == {"JC"}
    assert all(entry.is_unread for entry in queries.chosen(entries, unread=True))
    assert [entry.row.id for entry in queries.chosen(entries, text="jc-01", bite=Bite.DUE)][:1] == ["JC-01"]
    assert not queries.chosen(entries, text="no such words")
