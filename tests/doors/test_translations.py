"""The English catalogue: every word of the pages has its twin, and a page in English is English throughout."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.staff.models import Account
from mediation.registry.units.rules import UnitKind
from tests import makers
from tests.doors.visitor import Page, Visitor

HOUSE = Path(__file__).parents[2]
CATALOGUE = HOUSE / "mediation/translations/en/LC_MESSAGES/messages.po"
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None, "lazy_pgettext": ((1, "c"), 2)}
HAN = re.compile(r"[\u3400-\u9fff]+")
CHINESE = re.compile(r"[\u3400-\u9fff，。；：、（）]+")
PLACE = re.compile(r"%\(\w+\)[sd]|%%")
# What stays Chinese in English: what is typed, or stands in a file or on a paper, quoted from the source word for word.
QUOTED = re.compile(r"“([^”]*)”")
NUMBER_WORDS = {"南民调", "赣0121"}  # examples of words that stand in case numbers
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
CALL = re.compile(r"\b(?:_|_l|gettext|ngettext|pgettext)\((?:[^()\"']|\"[^\"]*\"|'[^']*'|\((?:[^()]|\([^()]*\))*\))*\)")


@cache
def english():
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {_key(message.id, message.context): message for message in catalogue if message.id}


def words_in_code():
    with (HOUSE / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    for path, line, message, _comments, context in extract_from_dir(HOUSE, methods, options, KEYWORDS):
        yield f"{path}:{line}", _key(message, context), not isinstance(message, str)


def _key(message, context):
    return context, message if isinstance(message, str) else message[0]


def _texts(string):
    return [string] if isinstance(string, str) else list(string)


def _chinese_left(source, text):
    """Return the Chinese in a translation that is neither quoted from the source nor an example for a case number."""
    text = QUOTED.sub(lambda found: "" if found[1] in source else found[0], text)
    for word in NUMBER_WORDS:
        text = text.replace(word, "")
    return HAN.findall(text)


def test_every_word_has_its_english():
    found = list(words_in_code())
    assert len(found) > 1500, "the words were not found where babel.cfg says"
    missing = {
        place: key for place, key, _is_plural in found if key not in english() or not all(_texts(english()[key].string))
    }
    assert not missing, f"make messages, then translate: {missing}"


def test_nothing_is_left_to_be_looked_at():
    assert [key for key, message in english().items() if message.fuzzy] == []


def test_nothing_is_translated_that_nobody_says():
    assert english().keys() <= {key for _place, key, _is_plural in words_in_code()}


def test_plurals_stay_plurals():
    plural = {key for _place, key, is_plural in words_in_code() if is_plural}
    assert {key for key, message in english().items() if message.pluralizable} == plural & english().keys()


def test_the_same_values_are_put_in():
    wrong = {}
    for key, message in english().items():
        wanted = set(PLACE.findall(_texts(message.id)[-1]))
        for text in filter(None, _texts(message.string)):
            found = set(PLACE.findall(text))
            # The singular may leave out its number: "one person only".
            if found != wanted and not (message.pluralizable and text == message.string[0] and found <= wanted):
                wrong[key] = text
            if "%" in PLACE.sub("", text):
                wrong[key] = f"a bare per cent sign breaks the page: {text}"
    assert not wrong


def test_no_chinese_is_left_in_english():
    left = {
        key: text
        for key, message in english().items()
        for text in _texts(message.string)
        if _chinese_left(key[1], text)
    }
    assert not left


@pytest.mark.parametrize("folder", ["desk", "shared"])
def test_pages_say_nothing_outside_the_catalogue(folder):
    left = {}
    for path in sorted((HOUSE / "templates" / folder).rglob("*.html")):
        text = CALL.sub("", COMMENT.sub("", path.read_text()))
        if found := CHINESE.findall(text):
            left[str(path.relative_to(HOUSE))] = found
    assert not left


def test_the_log_in_page_is_english_when_the_cookie_says_so(client):
    client.set_cookie("language", "en")
    page = Page(client.get("/login").text)
    assert page.title.strip() == "Log in · Yichuang"
    assert _chinese_on(page) == []


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (Role.INTAKE_CLERK, ["/intake"]),
        (Role.LEADER, ["/figures"]), (Role.DISPATCHER, ["/"]),
        (Role.LIAISON, ["/confirmation"]),
        (Role.SYSTEM_ADMIN, ["/units", "/accounts", "/mediators", "/password", "/calendars"]),
        (Role.SECURITY_ADMIN, ["/posts"]),
    ],
)
def test_a_desk_with_latin_names_shows_no_chinese(app, role, addresses):
    with app.app_context():
        centre = makers.make_centre(name="Lotus County Centre", short_name="Lotus", address="1 Lotus Road")
        unit = makers.make_unit(centre, UnitKind.COMMITTEE, "Lotus Committee")
        by = makers.make_actor(centre, role, unit, name="Wang")
        session.get_one(Account, by.account_id).language = "en"
        session.commit()
    visitor = Visitor(app, by)
    for address in addresses:
        assert _chinese_on(visitor.get(address)) == [], address


def _chinese_on(page):
    """Return the Chinese of a page, but the switch of language and what is to be typed."""
    return [word for word in HAN.findall(QUOTED.sub("", page.text)) if word != "中文"]
