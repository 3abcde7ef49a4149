"""The second factor of administrators: each code works once, nobody is in before it is right (P8, P11)."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.staff import operations as staff
from mediation.registry.staff import passwords, queries
from mediation.registry.staff.models import Account, LoginSession, PendingLogin, RecoveryCode
from mediation.registry.staff.rules import MOST_PER_ACCOUNT, SECOND_LIFE, WINDOW, Bar, FactorReset, Proof, is_unproven
from tests.authenticator import code_of
from tests.makers import make_actor, make_centre

PASSWORD = "three-lotus-7410"
HERE = "10.0.0.1"
STEP = timedelta(seconds=30)


@pytest.fixture
def centre(ground):
    return make_centre()


@pytest.fixture
def admin(centre):
    return make_actor(centre, Role.SYSTEM_ADMIN, password_hash=passwords.hashed(PASSWORD))


@pytest.fixture
def security_admin(centre):
    return make_actor(centre, Role.SECURITY_ADMIN)


@pytest.fixture
def secret(admin):
    """The secret on the administrator's telephone; the code that proved it is used up."""
    return enrol(admin)[0]


def account_of(by):
    session.expire_all()
    return session.get_one(Account, by.account_id)


def log_in(by):
    return staff.log_in(account_of(by).login, PASSWORD, address=HERE)


def enrol(by):
    """Set the second factor up; return the secret, the session's token and the recovery codes."""
    token = log_in(by).token
    offer = staff.offer_factor(by=by)
    with transaction():
        codes = staff.enrol_factor(staff.present(token).session_id, offer.sealed, code_of(offer.secret), by=by)
    clock.freeze(clock.now() + 2 * STEP)  # the next code is a fresh one
    return offer.secret, token, codes


def finish(entered, code):
    with transaction():
        return staff.finish_log_in(entered.token, code, address=HERE)


def events():
    return [row.event for row in session.query(TrailEntry).order_by(TrailEntry.id)]


@pytest.mark.parametrize(
    ("held", "proof", "expected"),
    [
        ({Role.SYSTEM_ADMIN}, None, True),
        ({Role.SECURITY_ADMIN}, None, True),
        ({Role.AUDITOR}, None, True),
        ({Role.MEDIATOR, Role.AUDITOR}, None, True),
        ({Role.AUDITOR}, Proof.CODE, False),
        ({Role.AUDITOR}, Proof.DEMONSTRATION, False),
        ({Role.MEDIATOR, Role.HEAD}, None, False),
    ],
)
def test_one_administrators_post_among_several_asks_for_it(held, proof, expected):
    assert is_unproven(held, proof) is expected


def test_the_first_log_in_proves_nothing_until_it_is_set_up(admin):
    token = log_in(admin).token
    assert staff.present(token).is_unproven
    _secret, token, codes = enrol(admin)
    assert not staff.present(token).is_unproven
    assert len(set(codes)) == 10 and staff.recovery_codes_left(admin.account_id) == 10
    assert "second_factor.enrolled" in events()


def test_setting_up_ends_every_other_session(admin):
    thief = log_in(admin).token
    _secret, own, _codes = enrol(admin)
    assert staff.present(own) and staff.present(thief) is None


def test_the_secret_lies_sealed_and_bears_the_centres_name(admin):
    offer = staff.offer_factor(by=admin)
    assert offer.secret.encode() not in offer.sealed and len(offer.secret) == 32
    assert "%E5%8D%97%E6%98%8C%E5%8E%BF" in offer.address and f"secret={offer.secret}" in offer.address
    assert account_of(admin).second_factor_sealed is None, "an offer is not stored"
    assert staff.offer_factor(by=admin, sealed=offer.sealed).secret == offer.secret
    assert staff.offer_factor(by=admin, sealed=b"made up").secret != offer.secret


def test_an_offer_of_somebody_else_is_not_kept(admin, security_admin):
    row = staff.present(log_in(admin).token).session_id
    foreign = staff.offer_factor(by=security_admin)
    with pytest.raises(Invalid), transaction():
        staff.enrol_factor(row, foreign.sealed, code_of(foreign.secret), by=admin)
    assert account_of(admin).second_factor_sealed is None


def test_a_wrong_code_sets_nothing_up_and_a_second_factor_is_not_replaced(admin):
    row = staff.present(log_in(admin).token).session_id
    offer = staff.offer_factor(by=admin)
    with pytest.raises(Invalid), transaction():
        staff.enrol_factor(row, offer.sealed, code_of(offer.secret, 5), by=admin)
    enrol(admin)
    kept = account_of(admin).second_factor_sealed
    with pytest.raises(RuleBroken) as caught, transaction():
        staff.enrol_factor(row, offer.sealed, code_of(offer.secret), by=admin)
    assert caught.value.obstacles[0].reason is Bar.FACTOR_HELD and account_of(admin).second_factor_sealed == kept


def test_there_is_no_session_before_the_code(admin, secret):
    before = session.query(LoginSession).count()
    entered = log_in(admin)
    assert entered.needs_code and staff.is_awaited(entered.token)
    assert staff.present(entered.token) is None and session.query(LoginSession).count() == before
    token = finish(entered, code_of(secret))
    assert not staff.present(token).is_unproven and not staff.is_awaited(entered.token)
    assert session.query(PendingLogin).count() == 0


def test_a_code_works_once(admin, secret):
    code = code_of(secret)
    assert finish(log_in(admin), code)
    assert finish(log_in(admin), code) is None, "used"
    assert finish(log_in(admin), code_of(secret, -1)) is None, "older than the one used"
    assert finish(log_in(admin), code_of(secret, 1)), "the next one"


def test_the_code_that_set_it_up_does_not_let_in(admin):
    secret, _token, _codes = enrol(admin)
    clock.freeze(clock.now() - STEP)
    assert finish(log_in(admin), code_of(secret, -1)) is None


@pytest.mark.parametrize(("later", "is_let_in"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephones_clock_may_be_one_step_off(admin, secret, later, is_let_in):
    clock.freeze(clock.now() + 10 * STEP)
    assert bool(finish(log_in(admin), code_of(secret, later))) is is_let_in


@pytest.mark.parametrize("kind", ["code", "recovery"])
def test_of_four_who_send_one_code_at_once_one_is_let_in(admin, kind):
    secret, _token, codes = enrol(admin)
    waiting = [log_in(admin) for _each in range(4)]
    code = code_of(secret) if kind == "code" else codes[3]
    session.remove()
    together, let_in = Barrier(4), []

    def enter(entered):
        together.wait()
        let_in.append(finish(entered, code))
        session.remove()

    threads = [Thread(target=enter, args=[entered]) for entered in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_in) == 4 and len(list(filter(None, let_in))) == 1


def test_five_wrong_codes_lock_like_wrong_passwords(admin, secret):
    waiting = log_in(admin)
    for _try in range(MOST_PER_ACCOUNT):
        assert finish(waiting, "000000") is None
    assert finish(waiting, code_of(secret)) is None, "locked, whatever the code"
    assert log_in(admin) is None, "for the password too"
    clock.freeze(clock.now() + WINDOW + timedelta(seconds=1))
    assert finish(log_in(admin), code_of(secret))


def test_wrong_passwords_and_wrong_codes_count_together(admin, secret):
    waiting = log_in(admin)
    for _try in range(3):
        finish(waiting, "000000")
    for _try in range(2):
        assert staff.log_in(account_of(admin).login, "wrong-12345", address=HERE) is None
    assert finish(waiting, code_of(secret)) is None


def test_a_right_password_does_not_take_back_wrong_codes(admin, secret):
    """Else who knows the password could guess for ever, one password between two codes."""
    looked_at = 0
    for _try in range(MOST_PER_ACCOUNT + 3):
        entered = log_in(admin)
        looked_at += entered is not None
        if entered:
            finish(entered, "000000")
    assert looked_at == MOST_PER_ACCOUNT


def test_a_half_log_in_ends_by_time_by_disabling_and_by_a_new_password(admin, secret):
    waiting = log_in(admin)
    clock.freeze(clock.now() + SECOND_LIFE)
    assert staff.is_awaited(waiting.token), "the last moment"
    clock.freeze(clock.now() + timedelta(seconds=1))
    assert not staff.is_awaited(waiting.token) and finish(waiting, code_of(secret)) is None
    waiting = log_in(admin)
    with transaction():
        staff.set_password(account_of(admin), "four-lotus-7411")
    assert finish(waiting, code_of(secret)) is None
    with transaction():
        staff.set_password(account_of(admin), PASSWORD)
    waiting = log_in(admin)
    with transaction():
        account_of(admin).disabled_at = clock.now()
    assert finish(waiting, code_of(secret)) is None
    assert finish(waiting, "123456") is None
    assert staff.finish_log_in("made up", code_of(secret), address=HERE) is None


@pytest.mark.parametrize("typed", ["{0[0]} {0[1]}", "  {0[0]}{0[1]} ", "{0[0]}-{0[1]}"])
def test_a_code_is_read_as_people_type_it(admin, secret, typed):
    code = code_of(secret)
    assert finish(log_in(admin), typed.format((code[:3], code[3:])))


def test_full_width_digits_are_digits(admin, secret):
    assert finish(log_in(admin), code_of(secret).translate({ord("0") + n: 0xFF10 + n for n in range(10)}))


def test_a_recovery_code_works_once_and_only_its_hash_is_kept(admin):
    _secret, _token, codes = enrol(admin)
    assert finish(log_in(admin), codes[0].upper().replace("-", " "))
    assert finish(log_in(admin), codes[0]) is None
    assert staff.recovery_codes_left(admin.account_id) == 9 and "second_factor.recovery_code_used" in events()
    assert all(codes[1].replace("-", "").encode() not in row.code_hash for row in session.query(RecoveryCode))


def test_a_recovery_code_of_somebody_else_does_not_let_in(centre, admin):
    other = make_actor(centre, Role.AUDITOR, password_hash=passwords.hashed(PASSWORD))
    _secret, _token, codes = enrol(other)
    enrol(admin)
    assert finish(log_in(admin), codes[0]) is None
    assert staff.recovery_codes_left(other.account_id) == 10


def test_a_reset_ends_the_sessions_and_the_codes_and_says_why(admin, security_admin):
    secret, token, codes = enrol(admin)
    waiting = log_in(admin)
    with transaction():
        staff.reset_factor(account_of(admin).public_id, "lost", by=security_admin)
    assert staff.present(token) is None and finish(waiting, code_of(secret)) is None
    assert finish(waiting, codes[0]) is None and staff.recovery_codes_left(admin.account_id) == 0
    row = session.query(TrailEntry).filter_by(event="second_factor.reset").one()
    assert (row.account_id, row.object_id, row.params) == (
        security_admin.account_id, admin.account_id, {"reason": FactorReset.LOST},
    )
    assert staff.present(log_in(admin).token).is_unproven, "and it must be set up anew"


def test_who_resets_whom(centre, admin, security_admin):
    enrol(admin)
    own = queries.own_public_id(security_admin)
    theirs = account_of(admin).public_id

    def refused(kind, account, by, reason="lost"):
        with pytest.raises(kind) as caught, transaction():
            staff.reset_factor(account, reason, by=by)
        return getattr(caught.value, "obstacles", [None])[0]

    assert refused(RuleBroken, own, security_admin).reason is Bar.OWN_FACTOR
    refused(NotAllowed, theirs, admin)
    refused(NotAllowed, theirs, make_actor(centre, Role.AUDITOR))
    refused(NotAllowed, theirs, make_actor(centre, Role.LEADER))
    refused(NotFound, theirs, make_actor(make_centre(name="进贤县中心", register_word="进矛调登"), Role.SECURITY_ADMIN))
    refused(Invalid, theirs, security_admin, reason="because")
    assert account_of(admin).second_factor_sealed
    with transaction():
        staff.reset_factor(theirs, "changed", by=system_actor(centre.id))
    assert refused(RuleBroken, theirs, security_admin).reason is Bar.NO_FACTOR


def test_it_can_be_put_off_in_a_demonstration_only(centre, admin):
    row = staff.present(log_in(admin).token).session_id
    with pytest.raises(NotFound), transaction():
        staff.put_factor_off(row, by=admin)
    with transaction():
        session.merge(centre).is_demonstration = True
    entered = log_in(admin)
    with transaction():
        staff.put_factor_off(staff.present(entered.token).session_id, by=admin)
    assert not staff.present(entered.token).is_unproven and "second_factor.put_off" in events()
    assert staff.present(log_in(admin).token).is_unproven, "each session anew"
    row = staff.present(log_in(admin).token).session_id
    enrol(admin)
    with pytest.raises(NotFound), transaction():
        staff.put_factor_off(row, by=admin)


def test_others_with_a_factor_of_old_are_still_asked_and_without_are_not(centre, admin, secret):
    clerk = make_actor(centre, Role.INTAKE_CLERK, password_hash=passwords.hashed(PASSWORD))
    entered = log_in(clerk)
    assert not entered.needs_code and not staff.present(entered.token).is_unproven
    with transaction():
        for post in staff.posts_of(admin.account_id):
            post.role = Role.INTAKE_CLERK
    assert log_in(admin).needs_code
