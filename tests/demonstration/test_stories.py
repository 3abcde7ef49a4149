import random
import re
from collections import Counter
from datetime import date
from itertools import product

import pytest

from mediation.demonstration import shows
from mediation.demonstration.stories import Story, Telling, in_words, pick_yuan, stories
from mediation.registry.causes.queries import built_in_types
from mediation.stages.agreements.linting.law import MEDIATION_FEE
from mediation.stages.agreements.linting.words import COURT_DECIDES
from mediation.stages.agreements.rules import ClauseKind

DAY = date(2026, 7, 14)
NAMES = {"a": "万秋莲", "b": "涂国平", "town": "武阳镇", "village": "前进村"}
ALL = [*stories(), *(story for key, story in shows.told().items() if key.startswith("shown."))]
CODES = {each.code for each in built_in_types()}


def tell(story, seed=1):
    chance = random.Random(f"{seed}/{story.key}")
    return Telling(DAY, pick_yuan(chance, story), NAMES, chance)


def texts(story):
    clauses = [clause["what"] for clause in story.deal]
    return [story.story, story.claims, story.a, story.b, story.facts, story.fail, *clauses, *story.undisputed]


def test_there_are_many_stories_and_none_is_told_twice():
    assert len(stories()) >= 90
    told = Counter(story.story for story in stories())
    assert max(told.values()) == 1
    openings = Counter(tell(story).fill(story.story)[:16] for story in stories())
    assert max(openings.values()) <= 2


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_no_blank_is_left_open(story):
    for text, seed in product(texts(story), range(5)):
        filled = tell(story, seed).fill(text)
        assert not re.search(r"[{}|]|\.\.", filled), filled
        assert 2 <= len(filled) <= 300


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_a_story_is_of_a_known_type_and_its_terms_can_be_agreed_on(story):
    assert story.type in CODES
    assert story.where in ("village", "community")
    assert story.deal
    for clause in story.deal:
        kind = next(kind for kind in ClauseKind if kind in clause)
        first, _, second = clause[kind].partition(">")
        assert re.fullmatch("each|[ab]+s?", first) and re.fullmatch("[ab]+s?", second)
        assert not COURT_DECIDES.search(clause["what"]) and not MEDIATION_FEE.search(clause["what"])
        if kind == ClauseKind.PAY:
            assert 0 < clause.get("share", 100) <= 100
            assert story.yuan[1] or "fixed" in clause


def test_the_same_text_is_filled_alike_and_named_choices_agree():
    telling = Telling(DAY, 3600, NAMES, random.Random(5))
    text = "{a}家{room:厨房|灶间}进水，{room}墙脚泡烂，{3..9}袋{稻谷|大米}"
    first = telling.fill(text)
    assert telling.fill(text) == first
    assert first.count("厨房") in (0, 2)


@pytest.mark.parametrize(
    ("blank", "said"),
    [
        ("{d14}", "6月30日"), ("{d-20}", "8月3日"), ("{d200}", "2025年12月26日"), ("{m60}", "5月"),
        ("{m300}", "2025年9月"), ("{yuan}", "3600元"), ("{40%}", "1400元"), ("{town}{village}", "武阳镇前进村"),
    ],
)
def test_blanks(blank, said):
    assert Telling(DAY, 3600, NAMES, random.Random(1)).fill(blank) == said


@pytest.mark.parametrize(("yuan", "said"), [(800, "800元"), (9600, "9600元"), (12_000, "1.2万元"), (12_500, "12500元")])
def test_sums_are_said_as_people_say_them(yuan, said):
    assert in_words(yuan) == said


def test_sums_are_round():
    story = Story(key="x", type="contract.loan", where="village", yuan=(3000, 90_000), story="", claims="", a="", b="",
                  facts="", deal=(), fail="")
    sums = [pick_yuan(random.Random(seed), story) for seed in range(200)]
    assert all(each % 100 == 0 and 2900 <= each <= 90_000 for each in sums)
    assert len(set(sums)) > 100
