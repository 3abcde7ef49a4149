"""Showing an operation's refusal on the form that asked for it, with everything that was typed."""

from contextlib import contextmanager

from mediation.doors.shared.cures import reasons_of
from mediation.doors.shared.language import gettext as _
from mediation.ground.db import session
from mediation.ground.errors import Invalid, RuleBroken, Stale


class Answered:
    """Whether the operation inside went through. Reads as true when it did."""

    def __init__(self):
        self.ok = True

    def __bool__(self):
        return self.ok


@contextmanager
def refused_on(form):
    """Run an operation for a form; what it refuses with stands at the form's head or at its fields.

    ``with refused_on(form) as done, transaction(): …`` and afterwards ``if done: return redirect(…)``.
    """
    done = Answered()
    try:
        yield done
    except RuleBroken as error:
        done.ok = False
        session.rollback()
        form.form_errors.extend(reasons_of(error))
    except Invalid as error:
        done.ok = False
        if error.message and not error.fields:
            form.form_errors.append(_(error.message))
        form.take_errors(error)
    except Stale:
        done.ok = False
        form.form_errors.append(_("您打开这一页之后，有人改过这个案件。下面是您填的；请看清最新内容再提交一次。"))
    if not done.ok:
        session.rollback()
