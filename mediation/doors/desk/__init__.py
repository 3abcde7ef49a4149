"""The staff's desk: one blueprint per room."""

from importlib import import_module

from flask import Blueprint

ROOMS = (
    "account", "deputies", "secondfactor", "home", "cases", "notes", "shifts", "links", "outside", "people", "mending",
    "samepeople", "intake", "screening", "orders", "signposts", "letters", "copyout", "platforms", "routing", "levels",
    "assisting", "meetings", "duties", "proceedings", "appointments", "sessions", "attempts", "bookings", "groups",
    "groupcases", "groupprints", "days", "evidence", "phrases", "routingrules", "dutylists", "arbiter", "triage",
    "pool", "guests", "leave", "handover", "fairness", "misconduct",
    "agreements", "confirmation", "packs", "packruns", "courtacts", "performance", "referrals", "tribunal",
    "courtreports", "fees", "limitation", "archive", "shelves", "check", "bundles", "deliveries", "inquiries",
    "returnvisits", "proposals", "companions", "paperforms",
    "papers", "attachments", "search", "atwindow", "notices", "figures", "supervision", "units", "rooms", "points",
    "breaches",
    "areas", "courts", "causes", "accounts", "mediators", "settings", "settingdrafts", "lawbook", "wordings",
    "calendars", "deadlines", "types", "guides", "grading", "asked",
)


def blueprint() -> Blueprint:
    """Return the desk with all its rooms."""
    found = Blueprint("desk", __name__)
    for name in ROOMS:
        found.register_blueprint(import_module(f"{__name__}.{name}").bp)
    found.app_context_processor(import_module(f"{__name__}.shell").context)
    return found
