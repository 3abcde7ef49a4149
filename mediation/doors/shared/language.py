"""The language of a page: chosen once a request, its words looked up without asking again which page it is.

A page says some two hundred words, so that a word may cost no more than a look into a dictionary.
"""

from contextvars import ContextVar
from functools import lru_cache

from babel import Locale
from flask import appcontext_popped, appcontext_pushed, g, request
from flask_babel import Babel, get_locale, get_translations
from flask_login import current_user
from markupsafe import Markup

LANGUAGES = {"zh_CN": "中文", "en": "English"}  # each in its own words, so they are not translated
DEFAULT = "zh_CN"
LOCALES = {key: Locale.parse(key) for key in LANGUAGES}
MOST_WORDS = 8192

_words = ContextVar("words of the page", default=None)  # kept here, because g answers through two proxies
_place = ContextVar("locale of the page", default=None)


def chosen() -> Locale:
    """Return the page's language: the person's setting, then the cookie, then Chinese; never the browser's."""
    own = getattr(current_user, "language", None) if current_user else None
    return LOCALES.get(own or request.cookies.get("language"), LOCALES[DEFAULT])


def gettext(text, /, **values) -> str:
    """Return a text in the page's language; as Flask-Babel's, but cheap."""
    said = _catalogue().ugettext(text)
    return said % values if values else said


def marked(text, /, **values) -> Markup:
    """Return a text of a template in the page's language, its values escaped."""
    said = _marked(_catalogue(), text)
    return said % values if values or "%" in said else said


def _catalogue():
    """Return the words of the page's language, looked for once a request."""
    found = _words.get()
    if found is None:
        found = get_translations()
        if g:
            _words.set(found)
    return found


def page_locale() -> Locale:
    """Return the page's locale, found out once a request; Chinese where there is no page."""
    found = _place.get()
    if found is None:
        found = get_locale() or LOCALES[DEFAULT]
        if g:
            _place.set(found)
    return found


@appcontext_pushed.connect
@appcontext_popped.connect
def _begin_anew(*_, **__):
    """Let no page speak the language of another: a context begins or ends."""
    _words.set(None)
    _place.set(None)


@lru_cache(MOST_WORDS)
def _marked(catalogue, text) -> Markup:
    return Markup(catalogue.ugettext(text))


def set_up(app, translations: str) -> None:
    """Let ``app`` speak its languages; ``translations`` is the folder of the catalogues."""
    Babel(app, locale_selector=chosen, default_translation_directories=translations)
    app.jinja_env.globals.update(_=marked, gettext=marked)
