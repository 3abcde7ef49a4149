"""The law in code: each row of the rule table, what became of it, and where; for everybody who works here."""

from flask import Blueprint, abort, render_template, request

from mediation.doors.shared.guard import LOGGED_IN, actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.oversight.rulebook import queries
from mediation.oversight.rulebook.rules import SECTIONS, Bite, State
from mediation.registry.access.rules import Permission
from mediation.registry.settings.queries import name_of

bp = Blueprint("lawbook", __name__)


@bp.get("/rules")
@policy(LOGGED_IN)
def index():
    """All rows with their state, narrowed by state, section, kind and words."""
    entries = _table()
    state, bite = _word(State, "state"), _word(Bite, "bite")
    section = request.args.get("section", "")
    text, unread = request.args.get("q", "").strip()[:60], bool(request.args.get("unread"))
    section = section if section in SECTIONS else ""
    found = queries.chosen(
        entries, state=state, section=section, bite=bite, unread=unread, text=text, said=_,
    )
    groups = [(key, _(title), [each for each in found if each.row.section == key]) for key, title in SECTIONS.items()]
    return render_template(
        "desk/lawbook/index.html", groups=[group for group in groups if group[2]], found=found,
        counts=queries.counts(entries), state=state, bite=bite, section=section, text=text, unread=unread,
        sections=[(key, _(title)) for key, title in SECTIONS.items()], states=list(State), bites=list(Bite),
        filters=_filters(state, section, bite, unread, text), may_set=_may_set(),
    )


@bp.get("/rules/<string(length=5):rule>")
@policy(LOGGED_IN)
def show(rule):
    """One row: its articles, the steps that hang on it, every place in code and every test."""
    entry = next((each for each in _table() if each.row.id == rule), None)
    if entry is None:
        abort(404)
    return render_template(
        "desk/lawbook/show.html", entry=entry, section=SECTIONS[entry.row.section], may_set=_may_set(),
        setting_name=name_of,
    )


def _table():
    return queries.table(on=clock.today(), centre_id=actor().centre_id)


def _may_set():
    return actor().may(Permission.SETTINGS_MANAGE)


def _word(choice, name):
    """Return what the address asks for; an unknown word asks for nothing."""
    word = request.args.get(name, "")
    return choice(word) if word in set(choice) else None


def _filters(state, section, bite, unread, text):
    said = [
        (_(state.label) if state else "", "state"), (_(SECTIONS[section]) if section else "", "section"),
        (_(bite.label) if bite else "", "bite"), (_("只看待核的") if unread else "", "unread"), (text, "q"),
    ]
    return [(words, key) for words, key in said if words]
