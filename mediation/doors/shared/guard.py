"""The guard: one place that asks, for every endpoint, whether this actor may enter (P1, B1).

A view declares its policy with :func:`policy` or :func:`step_page`; one without a policy keeps the application
from starting. The operations ask again: hiding a door is never the check.
"""

from functools import cache
from urllib.parse import urlsplit

from flask import abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.shared.language import gettext as _
from mediation.ground.errors import NotAllowed
from mediation.registry.access.rules import Actor, Permission

PUBLIC = "public"
LOGGED_IN = "logged in"
FILES = frozenset({"static", "bootstrap.static"})  # the program's own files, the same for everybody
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def policy(needed, *, polls=False, unproven=False):
    """Declare what a view needs: a Permission, LOGGED_IN or PUBLIC.

    ``polls``: asking does not keep a session alive. ``unproven``: it also opens to an administrator whose session
    lacks the second factor; nothing else does (P11).
    """

    def declare(view):
        view.policy = needed
        view.polls = polls
        view.unproven = unproven
        return view

    return declare


def step_page(step_name):
    """Declare a view as the page of a step; its roles are those of the table of steps.

    The view takes the public id of the step's object, or of the case where the step creates one.
    """

    def declare(view):
        view.policy = STEPS[step_name]
        view.polls = False
        view.steps = [*getattr(view, "steps", []), step_name]
        return view

    return declare


def actor() -> Actor:
    """Return who acts in this request."""
    return g.actor


def may_enter(needed, by: Actor | None) -> bool:
    """Say whether a policy lets an actor in."""
    if needed == PUBLIC:
        return True
    if by is None:
        return False
    if needed == LOGGED_IN:
        return True
    if isinstance(needed, Permission):
        return by.may(needed)
    return by.role in needed.who


def check():
    """Stop a request that its endpoint's policy does not let in; runs before every request."""
    if request.endpoint in FILES:
        return None
    if request.method in UNSAFE and _is_from_elsewhere():
        abort(400)
    view = current_app.view_functions[request.endpoint] if request.endpoint else None
    is_unproven = current_user.is_authenticated and current_user.is_unproven
    is_barred = is_unproven and not getattr(view, "unproven", False)  # who is barred is nobody
    g.actor = current_user.actor if current_user.is_authenticated and not is_barred else None
    if view is None or may_enter(view.policy, g.actor):
        return None
    if g.actor is None:
        if request.method != "GET" or getattr(view, "polls", False):
            abort(401)
        if is_unproven:
            return redirect(url_for("desk.secondfactor.enrol"))
        return redirect(url_for("desk.account.login", next=request.full_path.rstrip("?")))
    raise NotAllowed(str(view.policy))


def _is_from_elsewhere() -> bool:
    """Say whether a browser names another site as where the request comes from (P15)."""
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    own = {request.host, urlsplit(current_app.extensions["yichuang"].public_url).netloc}
    try:
        return urlsplit(origin).netloc not in own
    except ValueError:  # no address at all, such as http://[
        return True


@cache
def pages_of_steps(app) -> dict[str, str]:
    """Return the endpoint of each step that has a page; asked when every room has its pages."""
    found = {}
    for endpoint, view in app.view_functions.items():
        for name in getattr(view, "steps", []):
            found[name] = endpoint
    return found


def require_policies(app) -> None:
    """Refuse to start while an endpoint has no policy, or a step that people choose has no page."""
    without = [name for name, view in app.view_functions.items() if name not in FILES and not hasattr(view, "policy")]
    if without:
        raise RuntimeError(f"no policy declared: {', '.join(sorted(without))}")
    pages = pages_of_steps(app)
    missing = [step.name for step in STEPS.values() if not step.implied and step.name not in pages]
    if missing:
        raise RuntimeError(f"no page for steps: {', '.join(sorted(missing))}")


def safe_next(target: str | None) -> str | None:
    """Return a path of this site to go on to, None when the target could lead elsewhere (P17, B20)."""
    if not target or len(target) > 2000 or not target.startswith("/") or "\\" in target:
        return None
    path = target.split("?", 1)[0]
    if "//" in path or any(not "!" <= letter <= "~" for letter in target):
        return None
    return target


def refused_words() -> str:
    """Return the sentence for a forbidden act."""
    return _("您当前的岗位不能办这一项。换岗位，或者请有权限的同事办理。")
