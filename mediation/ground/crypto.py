"""Secrets at rest: AES-256-GCM bound to its place, keys wrapped by a master key, blind indexes for equality.

A data key belongs to one case or one person and is stored wrapped in its row. What it seals is bound to
table, column and row, so that a ciphertext moved elsewhere does not open.
"""

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"  # AES-256-GCM under the first master key; a later key or cipher takes another byte
NONCE = 12


class Unreadable(Exception):
    """The ciphertext was changed, moved, or sealed under another key."""


class Keys:
    """The installation's keys, derived from one master secret."""

    def __init__(self, master: bytes):
        if len(master) < 32:
            raise ValueError("the master key needs at least 32 bytes")
        self._wrap = AESGCM(self._derive(master, b"wrap"))
        self._index = self._derive(master, b"blind index")
        self.chain = self._derive(master, b"trail")

    @staticmethod
    def _derive(master, purpose):
        return HKDF(SHA256(), 32, salt=None, info=b"yichuang " + purpose).derive(master)

    def new_data_key(self) -> bytes:
        """Return a fresh data key, wrapped; store it as it is."""
        return _seal(self._wrap, AESGCM.generate_key(256), b"data key")

    def box(self, wrapped: bytes) -> "Box":
        """Return the box that a wrapped data key opens."""
        return Box(_open(self._wrap, wrapped, b"data key"))

    def blind(self, value: str, field: str) -> bytes:
        """Return the blind index of a normalised value: equal values of one field have equal indexes."""
        return hmac.new(self._index, f"{field}|{value}".encode(), hashlib.sha256).digest()


class Box:
    """Seals and opens with one data key."""

    def __init__(self, key: bytes):
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes | str, *place) -> bytes:
        """Return ``plain`` sealed for one place, for example ``("people", "id_number", person.id)``."""
        return _seal(self._cipher, plain.encode() if isinstance(plain, str) else plain, _bound(place))

    def open(self, sealed: bytes, *place) -> bytes:
        """Return what was sealed for that place. Raises Unreadable."""
        return _open(self._cipher, sealed, _bound(place))


def _bound(place):
    return "|".join(map(str, place)).encode()


def _seal(cipher, plain, bound):
    nonce = os.urandom(NONCE)
    return VERSION + nonce + cipher.encrypt(nonce, plain, VERSION + bound)


def _open(cipher, sealed, bound):
    if sealed[:1] != VERSION:
        raise Unreadable("unknown key version")
    try:
        return cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], VERSION + bound)
    except InvalidTag:
        raise Unreadable("changed, moved or sealed under another key") from None


_keys: Keys | None = None


def use(master: bytes) -> Keys:
    """Take the installation's master key into use for this process."""
    global _keys
    _keys = Keys(master)
    return _keys


def keys() -> Keys:
    """Return the keys in use."""
    if _keys is None:
        raise RuntimeError("no master key in use")
    return _keys


def read_or_make_key(path: Path, size: int = 32) -> bytes:
    """Return the key kept in a file, made 0600 on first use; refuse one that others may read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(size).hex() + "\n")
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path.name} must be readable by its owner only (chmod 600)")
    key = bytes.fromhex(path.read_text().strip())
    if len(key) < size:
        raise ValueError(f"{path.name} is too short")
    return key


class Sealed:
    """A text attribute kept sealed in ``<name>_sealed`` under the row's own ``data_key``.

    ``person.id_number = "…"`` seals, reading opens; the plain text is never a column. The row needs its id,
    which :func:`mediation.ground.ids.new_id` gives before the insert.
    """

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, row, owner=None):
        if row is None:
            return self
        sealed = getattr(row, self.name + "_sealed")
        if sealed is None:
            return None
        return keys().box(row.data_key).open(sealed, row.__tablename__, self.name, row.id).decode()

    def __set__(self, row, value):
        sealed = None
        if value is not None:
            sealed = keys().box(row.data_key).seal(value, row.__tablename__, self.name, row.id)
        setattr(row, self.name + "_sealed", sealed)
