"""The code on the receipt with which a party asks how its case stands: 60 random bits that can be read out loud."""

import re
import secrets
import unicodedata

from mediation.ground.crypto import keys

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base 32 without I, L, O and U, which are misread
LENGTH = 12
GROUPED = re.compile(r"(?:.*#)?([0-9A-Z]{4})[-‐–—－ ]([0-9A-Z]{4})[-‐–—－ ]([0-9A-Z]{4})")
PLAIN = re.compile(r"(?:.*#)?(?=[0-9A-Z]*\d)(?=[0-9A-Z]*[A-Z])([0-9A-Z]{12})")
MISREAD = str.maketrans("ILOU", "110V")


def new_query_code() -> str:
    """Return a new code in three groups of four: ``7K3M-9QXR-2TWB``."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join((signs[:4], signs[4:8], signs[8:]))


def code_in(text: str) -> str | None:
    """Return the code in what was typed or scanned: the bare code, or the receipt's address that ends with it."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    found = GROUPED.fullmatch(plain) or PLAIN.fullmatch(plain)
    return "".join(found.groups()) if found else None


def index_of(code: str) -> bytes:
    """Return what is stored of a code; however it is typed, the same code has the same index."""
    signs = "".join(sign for sign in code.upper().translate(MISREAD) if sign in SIGNS)
    return keys().blind(signs, "cases.query_code")
