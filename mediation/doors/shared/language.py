"""The language of a page: chosen once a request, its words looked up without asking again which page it is.

A page says some two hundred words, so that a word may cost no more than a look into a dictionary.
"""

from functools import cached_property, lru_cache

from babel import Locale
from flask import request
from flask_babel import Babel, Domain, get_domain, get_locale
from flask_login import current_user
from markupsafe import Markup

from mediation.doors.shared.pages import LANGUAGES

DEFAULT = "zh_CN"
LOCALES = {key: Locale.parse(key) for key in LANGUAGES}
MOST_WORDS = 8192


def chosen() -> Locale:
    """Return the page's language: the person's setting, then the cookie, then Chinese; never the browser's."""
    own = getattr(current_user, "language", None) if current_user else None
    return LOCALES.get(own or request.cookies.get("language"), LOCALES[DEFAULT])


class Catalogues(Domain):
    """The catalogues of all languages, each read once."""

    def __init__(self, **options):
        super().__init__(**options)
        self._by_locale = {}

    def get_translations(self):
        locale = get_locale()
        found = self._by_locale.get(locale)
        if found is None:
            found = self._by_locale[locale] = super().get_translations()
        return found


class Languages(Babel):
    """Flask-Babel with those catalogues."""

    @cached_property
    def domain_instance(self):
        return Catalogues(domain=self.domain)


def marked(text, /, **values):
    """Return a text of a template in the page's language, its values escaped."""
    said = _marked(get_domain().get_translations(), text)
    return said % values if values or "%" in said else said


@lru_cache(MOST_WORDS)
def _marked(catalogue, text) -> Markup:
    return Markup(catalogue.ugettext(text))


def set_up(app, translations: str) -> None:
    """Let ``app`` speak its languages; ``translations`` is the folder of the catalogues."""
    Languages(app, locale_selector=chosen, default_translation_directories=translations)
    app.jinja_env.globals.update(_=marked, gettext=marked)
