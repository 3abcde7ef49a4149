"""The sentences in which the pages of settings say who changed what, made of the trail's entries."""

from datetime import date

from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.words import value_words
from mediation.ground.choices import N_

SENTENCES = {
    "point.added": N_("加上"), "point.changed": N_("改：%(changes)s"), "point.ended": N_("停用，用到 %(on)s"),
    "point.taken_up": N_("恢复使用"),
    "room.added": N_("加上"), "room.changed": N_("改：%(changes)s"), "room.ended": N_("停用，用到 %(on)s"),
    "room.taken_up": N_("恢复使用"), "room.closed": N_("%(first)s到%(last)s停：%(why)s"),
    "room.opened_again": N_("%(first)s到%(last)s又能用"),
    "phrase.kept": N_("存下"), "phrase.ended": N_("停用"),
}
FIELDS = {
    "name": N_("名称"), "seats": N_("座位"), "unit_id": N_("归谁管"), "place": N_("在哪里"), "equipment": N_("设备"),
    "hours": N_("什么时间能用"), "kind": N_("类别"), "channel": N_("渠道"), "area_code": N_("地方"),
}
DAYS = {"on", "first", "last"}
SILENT = frozenset({"unit_id"})  # row numbers say nothing to people


def told(entry) -> str:
    """Return what an entry of the trail says about a setting, in a sentence."""
    params = dict(entry.params)
    for name in DAYS & params.keys():
        params[name] = value_words(date.fromisoformat(params[name])) if params[name] else ""
    params["changes"] = _("；").join(_change(name, *pair) for name, pair in (params.pop("changed", None) or {}).items())
    sentence = SENTENCES.get(entry.event)
    if sentence is None:
        return entry.event
    return _(sentence, **{name: value if value is not None else "" for name, value in params.items()})


def _change(name, was, now):
    label = _(FIELDS[name]) if name in FIELDS else name
    if name in SILENT:
        return label
    return _("%(what)s %(was)s → %(now)s", what=label, was=_shown(was), now=_shown(now))


def _shown(value):
    if isinstance(value, dict):
        value = value.get("parts", list(value.values()))
    return value_words(value) if value not in (None, "", [], {}) else _("（没有）")
