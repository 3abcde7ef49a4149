"""One room, one door: the acts of the modules beside are called through here."""

from mediation.stages.mending.identity import correct_identity
from mediation.stages.mending.notice import issue_notice
from mediation.stages.mending.requests import approve, ask_about_party, ask_to_correct, refuse, withdraw
from mediation.stages.mending.undoing import ask_to_undo, undo
from mediation.stages.mending.wrongparty import put_back, replace, take_off

__all__ = [
    "approve",
    "ask_about_party",
    "ask_to_correct",
    "ask_to_undo",
    "correct_identity",
    "issue_notice",
    "put_back",
    "refuse",
    "replace",
    "take_off",
    "undo",
    "withdraw",
]
