"""The catalogue of a request, looked up once: a page asks for some three hundred words."""

from flask import g
from flask_babel import Babel, Domain, get_locale


class KeptDomain(Domain):
    """Remembers which catalogue a locale has; Flask-Babel works out its key anew for every word."""

    def __init__(self):
        super().__init__()
        self._by_locale = {}

    def get_translations(self):
        known = g.get("_flask_babel") if g else None
        locale = getattr(known, "babel_locale", None) or get_locale()
        if locale not in self._by_locale:
            self._by_locale[locale] = super().get_translations()
        return self._by_locale[locale]


def keep(babel: Babel) -> None:
    """Let an application's words come from kept catalogues."""
    babel.domain_instance = KeptDomain()
