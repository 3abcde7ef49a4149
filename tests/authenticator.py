"""The app on an administrator's telephone."""

import pyotp

from mediation.ground import clock


def code_of(secret: str, later: int = 0) -> str:
    """Return the code that the app shows now, or some steps of thirty seconds later."""
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()), counter_offset=later)
