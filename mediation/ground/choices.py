"""Words the program stores: short English keys with a Chinese label."""

from enum import StrEnum


def N_(text):
    """Mark ``text`` for translation; the doors translate it when they show it."""
    return text


class Choice(StrEnum):
    """A stored key with the label that people read. ``KEY = "key", N_("标签")``."""

    label: str

    def __new__(cls, value, label=""):
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member

    __hash__ = str.__hash__  # as the key that it is equal to; an enum's own is slow, and pages ask for it all the time


class Reason(Choice):
    """Why something is barred or doubtful: ``KEY = "key", N_("句子"), "JC-01"``.

    The label is a full sentence and may hold named places (``%(who)s``); ``rule`` is a row of the rule table.
    """

    rule: str | None

    def __new__(cls, value, label, rule=None):
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.rule = rule
        return member
