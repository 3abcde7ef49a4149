"""Keys of rows and names in addresses."""

import secrets
import threading

from mediation.ground import clock

EPOCH_MS = 1_577_836_800_000  # 2020-01-01T00:00Z
RANDOM_BITS = 21
SECOND = 1000 << RANDOM_BITS

_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """Return a positive 63-bit id that grows with the program's time, so that keys sort as the rows arose.

    It is known before the insert: what is encrypted for a row is bound to it.
    """
    global _last
    milliseconds = int(clock.now().timestamp() * 1000) - EPOCH_MS
    candidate = milliseconds << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
    with _lock:
        if 0 <= _last - candidate < SECOND:  # many at once may run ahead of the clock; a clock set back starts anew
            candidate = _last + 1
        _last = candidate
    return candidate


def first_id_of(instant) -> int:
    """Return the smallest id that a row made at that instant can have; for keyset ranges by day."""
    return (int(instant.timestamp() * 1000) - EPOCH_MS) << RANDOM_BITS


def new_public_id() -> str:
    """Return 128 random bits in 22 letters that are safe in addresses."""
    return secrets.token_urlsafe(16)
