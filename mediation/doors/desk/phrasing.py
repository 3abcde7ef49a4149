"""Phrases at the boxes of a record: offered by type of dispute, put in without a script too."""

from flask import request

from mediation.doors.shared.guard import actor
from mediation.registry.causes import queries as causes
from mediation.registry.phrases import queries
from mediation.registry.phrases.rules import Place
from mediation.stages.proceedings.sessions import BOXES

USUAL = "outcome"  # where a phrase goes that fits everywhere, when no box is named


def offered(case):
    """Return the phrases that fit a case, the actor's own first."""
    kind = causes.main_type(case.type_code, centre_id=case.centre_id)
    return queries.usable(actor(), type_code=kind.code if kind else None)


def insert(form, phrases) -> None:
    """Add the phrase that was pressed to the box it is for, or to the one that was chosen; nothing is saved by it."""
    phrase = next((each for each in phrases if each.public_id == request.form["phrase"]), None)
    wanted = request.form.get("phrase_box") or (phrase.place if phrase else "")
    if phrase is None:
        return
    box = form[wanted if wanted in BOXES else USUAL]
    box.data = f"{box.data}\n{phrase.text}" if box.data else phrase.text


def boxes():
    """Return the boxes that a phrase may be for, with their labels."""
    return [place for place in Place if place in BOXES]
