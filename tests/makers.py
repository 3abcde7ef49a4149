"""Things that tests need to exist, made by the shortest honest way: rows for the registry, operations for cases."""

import dataclasses
from datetime import date

from mediation.casefile.cases.models import Case
from mediation.ground import clock
from mediation.ground.crypto import keys
from mediation.ground.db import session, transaction
from mediation.ground.ids import new_id
from mediation.registry.access.rules import Actor, Role
from mediation.registry.mediators.models import Mediator
from mediation.registry.people.operations import Identity
from mediation.registry.staff.models import Account, Post
from mediation.registry.units.models import Centre, Room, Unit
from mediation.registry.units.rules import UnitKind
from mediation.rooms import open_rooms
from mediation.stages.intake import operations as intake
from mediation.stages.intake.operations import Matter
from mediation.stages.intake.rules import Question
from tests import standing

COUNTY = "360121"
LONG_AGO = date(2020, 1, 1)


@standing.kept
def make_centre(**changes) -> Centre:
    """A centre with its own unit, the root of its tree."""
    open_rooms()
    values = {
        "name": "南昌县社会矛盾纠纷多元化解中心", "short_name": "县中心", "register_word": "南矛调登",
        "area_code": COUNTY, "phone": "0791-85710000", "address": "南昌县莲塘镇澄湖北大道",
    }
    with transaction():
        centre = Centre(id=new_id(), **(values | changes))
        session.add(centre)
        session.flush()
        _unit(centre, UnitKind.CENTRE, centre.name, short_name="中心", parent=None)
    return session.get_one(Centre, centre.id)


@standing.kept
def make_unit(centre, kind=UnitKind.COMMITTEE, name="莲塘镇人民调解委员会", **changes) -> Unit:
    """A unit below the centre's own."""
    with transaction():
        root = session.query(Unit).filter_by(centre_id=centre.id, kind=UnitKind.CENTRE).one()
        unit = _unit(centre, kind, name, parent=root, **changes)
        unit_id = unit.id
    return session.get_one(Unit, unit_id)


def _unit(centre, kind, name, *, parent, **changes):
    unit_id = new_id()
    values = {
        "short_name": name[:8], "area_code": centre.area_code, "number_word": None, "sector_types": {},
        "established_record": "南司调备〔2020〕1号", "valid_from": LONG_AGO,
        "parent_id": parent.id if parent else None, "path": f"{parent.path if parent else '/'}{unit_id}/",
    }
    unit = Unit(id=unit_id, centre_id=centre.id, kind=kind, name=name, **(values | changes))
    session.add(unit)
    session.flush()
    return unit


def root_of(centre) -> Unit:
    """The centre's own unit."""
    return session.query(Unit).filter_by(centre_id=centre.id, kind=UnitKind.CENTRE).one()


_logins = iter(range(1, 10**6))


@standing.kept
def make_actor(centre, role: Role, unit=None, name="龚雪琴", **changes) -> Actor:
    """An account with one post, as the actor that operations are told."""
    with transaction():
        unit = session.get_one(Unit, unit.id) if unit else root_of(centre)
        account = Account(
            id=new_id(), centre_id=centre.id, data_key=keys().new_data_key(), login=f"{role}{next(_logins)}", name=name,
            settings={}, **changes,
        )
        session.add(account)
        session.flush()
        post = Post(account_id=account.id, unit_id=unit.id, role=role, valid_from=LONG_AGO)
        session.add(post)
        session.flush()
        return Actor(account.id, post.id, unit.id, centre.id, role, name=name, unit_name=unit.name)


@standing.kept
def make_mediator(centre, unit, actor=None, name="熊桂生", **changes) -> Mediator:
    """A trained adult mediator in term; with ``actor`` they can log in as that account."""
    values = {
        "birth_on": date(1970, 5, 4), "trained_on": date(2026, 3, 1), "term_from": date(2025, 1, 1), "specialities": {},
        "register_no": "36012101", "is_court_listed": False,
    }
    with transaction():
        mediator = Mediator(
            id=new_id(), centre_id=centre.id, unit_id=unit.id, name=name,
            account_id=actor.account_id if actor else None, **(values | changes),
        )
        session.add(mediator)
    return session.get_one(Mediator, mediator.id)


@standing.kept
def make_room(centre, name="3 号调解室") -> Room:
    """A room for sessions."""
    with transaction():
        room = Room(id=new_id(), centre_id=centre.id, name=name)
        session.add(room)
    return session.get_one(Room, room.id)


VISITOR = Identity("万秋莲", phone="13970812716", id_number="360121196803122260")
OTHER_SIDE = Identity("涂国平", phone="13870810731", address="南昌县武阳镇前进村同组")
DRAIN = Matter(
    story="两家屋后共用一条排水沟。11月18日涂国平浇水泥把沟面垫高约二十公分，两次下雨水都倒灌进来访人家厨房。",
    claims="把沟面恢复原状，赔厨房墙脚损失2600元",
    type_code="neighbour.water",
    amount_fen=260_000,
    area_code="360121106",
    place="武阳镇前进村",
)
changed = dataclasses.replace
NOTHING_TO_REPORT = dict.fromkeys(Question, False)


@standing.kept
def make_case(centre, by, *, on=None, **changes) -> Case:
    """A neighbours' dispute over a drain, registered by a clerk; ``changes`` are arguments of ``intake.register``."""
    values = {"applicants": [VISITOR], "respondents": [OTHER_SIDE], "matter": DRAIN, "data_notice": "1"} | changes
    with transaction():
        public_id = intake.register(by=by, on=on or clock.today(), **values)
    return session.query(Case).filter_by(public_id=public_id).one()


make_registered = make_case


@standing.kept
def make_screened(centre, by, *, on=None, yes=(), **changes) -> Case:
    """The same case after the five questions, those in ``yes`` answered with yes."""
    case = make_case(centre, by, on=on, **changes)
    with transaction():
        answers = NOTHING_TO_REPORT | dict.fromkeys(yes, True)
        intake.screen(case.public_id, answers=answers, by=by, on=on or clock.today())
    return session.get_one(Case, case.id)
