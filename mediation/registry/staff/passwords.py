"""Passwords: Argon2, and the same work for accounts that do not exist (B5)."""

import secrets
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mediation.registry.staff.rules import LONGEST_PASSWORD

_hasher = PasswordHasher()
_nobody: str | None = None
_begun: dict[str, Future[str]] = {}

LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


def begin(words: Iterable[str]) -> None:
    """Begin to hash passwords beside other work: Argon2 leaves the interpreter free; :func:`hashed` waits for each."""
    beside = ThreadPoolExecutor(1)
    for word in words:
        _begun[word] = beside.submit(_hasher.hash, word)
    beside.shutdown(wait=False)


def hashed(password: str) -> str:
    """Return the hash to store."""
    begun = _begun.pop(password, None)
    return begun.result() if begun else _hasher.hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Say whether a password fits; takes as long when there is nothing to compare with."""
    global _nobody
    if _nobody is None:
        _nobody = _hasher.hash(secrets.token_hex(8))
    try:
        fitting = _hasher.verify(stored or _nobody, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    return fitting and stored is not None


def readable() -> str:
    """Return a random password that can be read out and typed: about 60 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)), "".join(secrets.choice(DIGITS) for _ in range(4)))
    more = "".join(secrets.choice(LETTERS + DIGITS) for _ in range(6))
    return "-".join((*groups, more))


def is_outdated(stored: str) -> bool:
    """Say whether a stored hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)
