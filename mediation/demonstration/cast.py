"""Who acts: heads and mediators of every body, and the shown accounts with a password for this installation."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pypinyin import lazy_pinyin
from sqlalchemy import select

from mediation.demonstration.county import Body, County
from mediation.demonstration.people import full_name
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Role
from mediation.registry.mediators import operations as mediators
from mediation.registry.mediators.rules import CommitteePost, MediatorSource
from mediation.registry.people.rules import Sex
from mediation.registry.staff import operations as staff
from mediation.registry.staff import passwords
from mediation.registry.staff.models import Account, Post

DATA = tomllib.loads((Path(__file__).parent / "staff.toml").read_text("utf-8"))
SINCE = date(2024, 1, 1)
TERM_ENDS = date(2028, 12, 31)
DEPUTY_DAYS = 60
LANGUAGES = ("赣语、普通话", "普通话", "赣语、客家话", "普通话、手语")
POSTS = (CommitteePost.DIRECTOR, CommitteePost.DEPUTY_DIRECTOR, CommitteePost.MEMBER, CommitteePost.MEMBER)
COMMITTEES = ("committee", "sector_committee")
ADDRESS = "10.36.0.8"  # of the county's own network, for the trail
# How many a body has in the pool: by key or by kind, then towns and villages.
STRENGTH = {
    "county": 10, "court_mediation": 10, "medical": 6, "traffic": 6, "labour": 6, "sector_committee": 4, "agency": 2,
    "police": 1, "petition_office": 2, "town": 4, "village": 2,
}
SOURCES = {
    "court_mediation": ("retired_judge", "lawyer", "legal_worker"),
    "sector_committee": ("trade", "lawyer", "retired_judge", "counsellor", "deputy"),
    "agency": ("engaged",),
    "police": ("engaged",),
    "village": ("village", "committee"),
    "committee": ("engaged", "legal_worker", "committee", "deputy", "retired_police"),
}


@dataclass(frozen=True)
class Login:
    """One shown account: what the log-in page lists."""

    post: str
    unit: str
    account: str
    password: str


@dataclass
class Cast:
    """The actors by what they do, and where."""

    desks: dict[Role, list[Actor]] = field(default_factory=dict)
    heads: dict[int, Actor] = field(default_factory=dict)
    mediators: dict[int, list[tuple[str, Actor]]] = field(default_factory=dict)
    founder: Actor | None = None
    trained: list[str] = field(default_factory=list)
    present: dict[int, int] = field(default_factory=dict)  # people in the pool by body
    logins: list[Login] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def desk(self, role: Role, chance: random.Random) -> Actor:
        """Return one of those who sit at a desk of the centre."""
        return chance.choice(self.desks[role])

    def court_clerk(self, body: Body) -> Actor:
        """Return who receives what is sent to a court's body."""
        return next(actor for actor in self.desks[Role.COURT_CLERK] if actor.unit_id == body.id)


def engage(county: County, *, on: date, seed: str, reference: date) -> Cast:
    """Open the accounts, give the posts and fill the pool. Part of the caller's transaction."""
    chance = random.Random(f"{seed}/staff")
    cast = Cast(founder=county.by)
    words = {row["login"]: passwords.readable() for row in DATA["accounts"]}
    passwords.begin(words.values())  # each is wanted only at the end
    for row in DATA["accounts"]:
        _shown(cast, county, row, words[row["login"]], on=on)
    for row in DATA["posts"]:
        account = session.scalars(select(Account).where(Account.login == row["login"])).one()
        _post(cast, county, row, account, on=on)
    for body in county.bodies.values():
        if _strength(body):
            _staff_body(cast, county, body, chance, on=on)
    for row in DATA["deputies"]:
        _deputy(county, row, on=on, to=reference + timedelta(days=DEPUTY_DAYS))
    for login in cast.logins:
        account = session.scalars(select(Account).where(Account.login == login.account)).one()
        staff.redeem_code(login.account, staff.issue_code(account.public_id, by=county.by), login.password)
    return cast


def _shown(cast: Cast, county: County, row: Mapping, password: str, *, on: date) -> None:
    public_id = staff.create_account(row["login"], row["name"], by=county.by)
    cast.taken.add(row["login"])
    account = staff.get_account(public_id, by=county.by)
    actor = _post(cast, county, row, account, on=on)
    cast.logins.append(Login(Role(row["role"]).label, actor.unit_name, row["login"], password))


def _post(cast: Cast, county: County, row: Mapping, account: Account, *, on: date) -> Actor:
    role = Role(row["role"])
    actor = _grant(county, account, _body_of(county, row["unit"]), role, on=on)
    if role == Role.HEAD:
        cast.heads[actor.unit_id] = actor
    elif role == Role.MEDIATOR:
        _enrol(
            cast, county, _body_of(county, row["unit"]), actor.name, Sex(row["sex"]), row["born_on"], row["source"],
            actor=actor, account=account, on=on, trained_on=on - timedelta(days=60),
        )
    else:
        cast.desks.setdefault(role, []).append(actor)
    return actor


def _grant(county: County, account: Account, body: Body, role: Role, *, on: date) -> Actor:
    public_id = staff.grant_post(account.public_id, body.public_id, role, by=county.by, from_=on)
    post = session.scalars(select(Post).where(Post.public_id == public_id)).one()
    return Actor(
        account.id, post.id, body.id, county.centre_id, role, name=account.name, unit_name=body.name, address=ADDRESS
    )


def _staff_body(cast: Cast, county: County, body: Body, chance: random.Random, *, on: date) -> None:
    """Give a body its head and its mediators; those who get cases have an account, without a password."""
    if body.id not in cast.heads:
        _sex, _born_on, name = _somebody(chance, on, ages=(38, 58))
        cast.heads[body.id] = _grant(county, _account(cast, county, name), body, Role.HEAD, on=on)
    present = len(cast.mediators.get(body.id, ()))
    with_account = 2 if body.kind != "police" and len(body.area_code) <= 9 else 1
    for number in range(present, _strength(body)):
        sex, born_on, name = _somebody(chance, on, ages=(29, 68))
        source = chance.choice(SOURCES.get(body.rank, SOURCES["committee"]))
        account = _account(cast, county, name) if number < with_account else None
        actor = _grant(county, account, body, Role.MEDIATOR, on=on) if account else None
        trained_on = on - timedelta(days=chance.randint(20, 300))
        _enrol(
            cast, county, body, name, sex, born_on, source, actor=actor, account=account, on=on, trained_on=trained_on
        )


def _enrol(cast, county, body, name, sex, born_on, source, *, actor, account, on, trained_on) -> None:
    number = len(cast.trained) + 1
    place = _place_in(cast, body)
    public_id = mediators.enrol(
        by=county.by, on=on, unit_public_id=body.public_id, name=name, birth_on=born_on, term_from=SINCE,
        term_to=TERM_ENDS, sex=sex, register_no=f"NC{number:04d}", source=MediatorSource(source),
        types=body.types, is_full_time=number % 3 == 0, is_court_listed=body.is_court_listed,
        trained_on=trained_on, account_public_id=account.public_id if account else None,
        certificate_no=f"赣调证{2024000 + number}", certificate_until=TERM_ENDS, ethnic="汉族",
        languages=LANGUAGES[number % len(LANGUAGES)], home_area_code=body.area_code if body.rank == "village" else None,
        committee_post=POSTS[place] if body.kind in COMMITTEES and place < len(POSTS) else None,
    )
    cast.trained.append(public_id)
    if actor is not None:
        cast.mediators.setdefault(body.id, []).append((public_id, actor))


def _place_in(cast: Cast, body: Body) -> int:
    """Return how many of a body's people are in the pool before the next one: its first are the committee's members."""
    place = cast.present.get(body.id, 0)
    cast.present[body.id] = place + 1
    return place


def _account(cast: Cast, county: County, name: str) -> Account:
    login = plain = "".join(lazy_pinyin(name))
    number = 1
    while login in cast.taken:
        number += 1
        login = f"{plain}{number}"
    cast.taken.add(login)
    return staff.get_account(staff.create_account(login, name, by=county.by), by=county.by)


def _deputy(county: County, row: Mapping, *, on: date, to: date) -> None:
    account = session.scalars(select(Account).where(Account.login == row["login"])).one()
    heads = select(Post).join(Account, Account.id == Post.account_id)
    post = session.scalars(heads.where(Account.login == row["for"], Post.role == Role.HEAD)).one()
    staff.appoint_deputy(account.public_id, post.public_id, by=county.by, from_=on, to=to)


def _somebody(chance: random.Random, on: date, *, ages: tuple[int, int]) -> tuple[Sex, date, str]:
    sex = chance.choice((Sex.MALE, Sex.MALE, Sex.FEMALE))
    born_on = on - timedelta(days=365 * chance.randint(*ages) + chance.randint(100, 400))
    return sex, born_on, full_name(chance, sex, born_on)


def _body_of(county: County, name: str) -> Body:
    by_name = {place.name: county.bodies[place.code] for place in county.with_committee}
    return county.bodies.get(name) or by_name[name]


def _strength(body: Body) -> int:
    return STRENGTH.get(body.key) or STRENGTH.get(body.rank, 0)
