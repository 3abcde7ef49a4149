"""The second factor of administrators: a code of half a minute from an app, or a recovery code (P11).

Every app knows this algorithm (RFC 6238): SHA-1, six digits, thirty seconds. A step is accepted once; the step
before and the one after count too, for a telephone whose clock is a little off.
"""

import re
import secrets
import unicodedata
from typing import NamedTuple

import pyotp
from sqlalchemy import delete, func, select, update

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import Unreadable, keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, because, known
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.staff.models import Account, LoginSession, PendingLogin, RecoveryCode
from mediation.registry.staff.passwords import DIGITS, LETTERS
from mediation.registry.staff.rules import SECOND_LIFE, Bar, FactorReset, Proof
from mediation.registry.staff.sessions import admit, forgive, open_session, posts_of, subject_of, token_hash
from mediation.registry.units.models import Centre
from mediation.registry.units.queries import is_demonstration

PLACE = "accounts", "second_factor"  # where a secret is sealed to; an offered one is sealed to it already
STEP_SECONDS = 30
TOLERANCE = (-1, 0, 1)
MANY = 10
CODE = re.compile(r"\d{6}")
SIGNS = LETTERS + DIGITS


class Offer(NamedTuple):
    """A secret that no app has yet: as it will be stored, as it is typed, and as the address in the picture."""

    sealed: bytes
    secret: str
    address: str


def offer_factor(*, by: Actor, sealed: bytes | None = None) -> Offer:
    """Return a secret for an account, fresh or offered before. Nothing is stored until a code proves it."""
    account = session.get_one(Account, by.account_id)
    box = keys().box(account.data_key)
    try:
        secret = box.open(sealed or b"", *PLACE, account.id).decode()
    except Unreadable:
        secret = pyotp.random_base32()
        sealed = box.seal(secret, *PLACE, account.id)
    centre = session.get_one(Centre, account.centre_id)
    return Offer(sealed, secret, pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=centre.name))


def enrol_factor(session_id: int, sealed: bytes, code: str, *, by: Actor) -> list[str]:
    """Keep an offered secret that a code proves and return fresh recovery codes; every other session ends.

    Raises Invalid when the code does not fit, RuleBroken when the account has a second factor.
    """
    account = session.get_one(Account, by.account_id)
    try:
        secret = keys().box(account.data_key).open(sealed, *PLACE, account.id).decode()
    except Unreadable:
        raise Invalid(code=N_("这个密钥已经作废，请重新扫一次")) from None
    step = _step_of(secret, _plain(code), after=0)
    if step is None:
        raise Invalid(code=N_("数字不对。请看验证器里现在的六位数字，再核对手机的时间"))
    first = update(Account).where(Account.id == account.id, Account.second_factor_sealed.is_(None))
    kept = first.values(second_factor_sealed=sealed, second_factor_last=step, authorisation=Account.authorisation + 1)
    if session.execute(kept).rowcount == 0:
        raise RuleBroken(because(Bar.FACTOR_HELD))
    session.refresh(account)
    own = update(LoginSession).where(LoginSession.id == session_id)
    session.execute(own.values(proof=Proof.CODE, authorisation=account.authorisation))
    trail.record("second_factor.enrolled", by=by, about=account)
    return _new_recovery_codes(account)


def put_factor_off(session_id: int, *, by: Actor) -> None:
    """Let this session go on without; in a demonstration only. Raises NotFound elsewhere."""
    account = session.get_one(Account, by.account_id)
    if not is_demonstration() or account.second_factor_sealed:
        raise NotFound()
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(proof=Proof.DEMONSTRATION))
    trail.record("second_factor.put_off", by=by, about=account)


def is_awaited(token: str) -> bool:
    """Say whether a log-in waits for its second factor."""
    return _pending(token) is not None


def finish_log_in(token: str, code: str, *, address: str) -> str | None:
    """Return the token of a new session when the code is right; None when it is not, or the wait is over.

    A wrong code counts like a wrong password and locks like one (P8). The caller commits in either case.
    """
    waiting = _pending(token)
    if waiting is None:
        return None
    account = session.get_one(Account, waiting.account_id)
    subject = subject_of(account.login)
    by = Actor(account.id, None, None, account.centre_id, Role.SYSTEM, address=address)
    held = posts_of(account.id)
    stands = held and account.disabled_at is None and account.authorisation == waiting.authorisation
    if not (admit(subject, address) and stands and _accept(account, _plain(code), by)):
        trail.record("login.code_refused", by=by, about=account, result="refused")
        return None
    forgive(subject, address)
    session.execute(delete(PendingLogin).where(PendingLogin.account_id == account.id))
    return open_session(account, held[0], address, proof=Proof.CODE)


def reset_factor(account_public_id: str, reason: str, *, by: Actor) -> None:
    """Take the second factor from somebody who lost it; the sessions end, the next log-in sets it anew.

    Never one's own: a security administrator's is reset on the server. Raises NotAllowed, NotFound, Invalid,
    RuleBroken.
    """
    if by.role != Role.SYSTEM and not by.may(Permission.FACTORS_RESET):
        raise NotAllowed(Permission.FACTORS_RESET)
    reason = known(FactorReset, reason, "reason")
    found = select(Account).where(Account.public_id == account_public_id)
    account = session.scalar(found.where(Account.centre_id == by.centre_id) if by.centre_id is not None else found)
    if account is None:
        raise NotFound()
    if account.id == by.account_id:
        raise RuleBroken(because(Bar.OWN_FACTOR, login=account.login))
    if account.second_factor_sealed is None:
        raise RuleBroken(because(Bar.NO_FACTOR))
    account.second_factor = account.second_factor_last = None
    account.authorisation += 1
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    trail.record("second_factor.reset", by=by, about=account, params={"reason": reason})


def recovery_codes_left(account_id: int) -> int:
    """Return how many recovery codes of an account were not used."""
    unused = (RecoveryCode.account_id == account_id) & RecoveryCode.used_at.is_(None)
    return session.scalar(select(func.count()).where(unused))


def _pending(token: str) -> PendingLogin | None:
    found = session.scalar(select(PendingLogin).where(PendingLogin.token_hash == token_hash(token)))
    return found if found is not None and clock.now() - found.created_at <= SECOND_LIFE else None


def _accept(account: Account, code: str, by: Actor) -> bool:
    """Use a code up; of two who send the same one at the same time, one is let in."""
    if CODE.fullmatch(code):
        step = _step_of(account.second_factor, code, after=account.second_factor_last or 0)
        if step is None:
            return False
        use = update(Account).where(Account.id == account.id, Account.second_factor_last < step)
        return session.execute(use.values(second_factor_last=step)).rowcount == 1
    fits = (RecoveryCode.account_id == account.id) & (RecoveryCode.code_hash == token_hash(code))
    use = update(RecoveryCode).where(fits, RecoveryCode.used_at.is_(None)).values(used_at=clock.now())
    if session.execute(use).rowcount != 1:
        return False
    trail.record("second_factor.recovery_code_used", by=by, about=account)
    return True


def _step_of(secret: str, code: str, *, after: int) -> int | None:
    """Return the step that a code belongs to, None when it is none of those that count."""
    present = int(clock.now().timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret)
    steps = [step for each in TOLERANCE if (step := present + each) > after]
    return next((step for step in steps if secrets.compare_digest(app.generate_otp(step), code)), None)


def _new_recovery_codes(account: Account) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["-".join(_four_signs() for _group in range(4)) for _code in range(MANY)]  # 79 bits each
    session.add_all(RecoveryCode(account_id=account.id, code_hash=token_hash(_plain(code))) for code in codes)
    return codes


def _four_signs() -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(4))


def _plain(code: str) -> str:
    """Return a code as it is compared: what people put between its letters is left out."""
    return re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKC", code).lower())
