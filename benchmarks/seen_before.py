"""Is a repeat recognised while it is typed, and how fast, with a county full of other cases?

    .venv/bin/python -m benchmarks.seen_before [--cases 200000] [--engines sqlite postgresql] [--rounds 4]

A throw-away database is filled with the demonstration county and bulk cases. Fifty disputes are registered among them
on days of the last half year, each with two decoys: the same visitor with another matter, and the same other side with
another visitor and another matter. Then each comes again, changed by one of ten rules, and what the panel would offer
is asked for as the page asks. Visitors who are really new are asked about as well. The texts are ours, the people are
made up. Goals: 90 % among the first three, 300 ms.
"""

import argparse
import random
import signal
import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from datetime import time as hour
from pathlib import Path
from statistics import quantiles

from sqlalchemy import select, text

from benchmarks import serving
from mediation.casefile.cases import drafts
from mediation.casefile.cases.models import Party
from mediation.casefile.cases.rules import Channel
from mediation.demonstration import agenda
from mediation.demonstration.bulk import fill
from mediation.demonstration.people import full_name, id_number
from mediation.ground import clock, crypto, db, files
from mediation.registry.access.rules import Actor, Role
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import Sex
from mediation.registry.regions import queries as regions
from mediation.registry.staff.models import Account, Post
from mediation.registry.units.models import Unit
from mediation.rooms import open_rooms
from mediation.stages.intake import matching, queries
from mediation.stages.intake import operations as intake
from mediation.stages.intake.likeness import Told, pairs
from mediation.stages.intake.operations import Matter, Origin
from tests.migrated import migrate

STORIES = tomllib.loads(Path(__file__).with_name("told_twice.toml").read_text("utf-8"))
TOLD = [(row["type"], row["first"], row["again"]) for row in STORIES["told"]]
OTHER_MATTERS = [(row["type"], row["first"]) for row in STORIES["other"]]
SEEDS = 50
DIVISION = "360196"  # one that does not exist
SOUNDS = dict(zip("莲国根伟华芳平建军英生强明涛杰志文春秀梅", "连果跟为花方萍健均鹰升墙鸣滔节治闻椿绣玫", strict=True))


@dataclass(frozen=True)
class Visit:
    """What is typed when somebody comes."""

    visitor: str
    phone: str
    number: str
    other: str
    area_code: str
    story: str
    channel: Channel = Channel.WINDOW
    outside_no: str = ""


@dataclass
class Seed:
    """A dispute that was registered, the visit that repeats it, and by which rule it was changed."""

    rule: str
    again: Visit
    register_no: str = ""
    decoys: list[str] = field(default_factory=list)


def main() -> None:
    """Print for each engine what was found and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--engines", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=4, help="how often each visit is asked about")
    parser.add_argument("--missed", action="store_true", help="name the rule of each repeat that was not found")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for engine in given.engines:
        with serving.folder() as folder, serving.database(engine, folder) as url:
            print(f"\n{engine}, {given.cases:,} cases", flush=True)
            _measure(url, folder, given)


def _measure(url: str, folder: Path, given) -> None:
    migrate(url)
    crypto.use(crypto.read_or_make_key(folder / "master-key"))
    files.use(files.Store(folder / "files"))
    open_rooms()
    engine = db.connect(url)
    try:
        fill(given.cases, say=lambda line: print(f"    {line}", flush=True))
        by, chance = _clerk(), random.Random("seen before")
        seeds = [_plant(chance, place, by) for place in range(SEEDS)]
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))  # what autovacuum does by itself on a real server
        strangers = _strangers(chance, by)
        _report(seeds, strangers, by, given)
    finally:
        db.disconnect()


def _report(seeds: list[Seed], strangers: list[Visit], by: Actor, given) -> None:
    found = [[offer.register_no for offer in _look(seed.again, by)[1]] for seed in seeds]
    hits = [seed.register_no in offers for seed, offers in zip(seeds, found, strict=True)]
    first = sum(offers[:1] == [seed.register_no] for seed, offers in zip(seeds, found, strict=True))
    decoys = sum(bool(set(seed.decoys) & set(offers)) for seed, offers in zip(seeds, found, strict=True))
    new = sum(bool(_look(visit, by)[1]) for visit in strangers)
    print(f"repeats among the first three: {sum(hits)} of {len(seeds)}, as the first: {first}")
    print(f"decoys offered beside them: {decoys}; new visitors with an offer: {new} of {len(strangers)}")
    rules = Counter(seed.rule for seed, hit in zip(seeds, hits, strict=True) if not hit)
    if given.missed and rules:
        print("missed: " + ", ".join(f"{rule} ({n})" for rule, n in rules.items()))
    for name, visits in (("repeats", [seed.again for seed in seeds]), ("new visitors", strangers)):
        took = [_look(visit, by)[0] for _ in range(given.rounds) for visit in visits]
        cuts = quantiles(took, n=20)
        p50, p95, most = (1000 * each for each in (cuts[9], cuts[18], max(took)))
        print(f"look-up of {name}: p50 {p50:.0f} ms, p95 {p95:.0f} ms, most {most:.0f} ms")


def _look(visit: Visit, by: Actor):
    """Ask as the panel does; return seconds and offers. Each visitor has a draft of their own."""
    with db.transaction():
        drafts.forget(queries.DRAFT, by=by)
    db.session.remove()
    began, on = time.perf_counter(), clock.today()
    told = Told(
        (visit.visitor,), (visit.other,) if visit.other else (), area_code=visit.area_code, story=pairs(visit.story),
        channel=visit.channel, outside_no=visit.outside_no,
    )
    with db.transaction():
        seen = queries.seen_before(
            name=visit.visitor, phone=visit.phone, id_number=visit.number, other_names=told.respondents,
            area_code=visit.area_code, by=by, on=on,
        )
        told = matching.asked_about(told, by=by)
    told = replace(told, people=seen.person_ids if seen else frozenset())
    offers = matching.candidates(told, by=by, on=on)
    return time.perf_counter() - began, offers


# --- what is planted ---


def _clerk() -> Actor:
    row = db.session.execute(
        select(Post, Account, Unit).join(Account, Account.id == Post.account_id).join(Unit, Unit.id == Post.unit_id)
        .where(Post.role == Role.INTAKE_CLERK).order_by(Post.id).limit(1)
    ).one()
    post, account, unit = row
    return Actor(
        account.id, post.id, unit.id, unit.centre_id, Role.INTAKE_CLERK, name=account.name, unit_name=unit.name
    )


def _plant(chance: random.Random, place: int, by: Actor) -> Seed:
    """Register a dispute and its decoys on days of the last half year; return it with the visit that repeats it."""
    type_code, story, retold = TOLD[place % len(TOLD)]
    rule = RULES[place % len(RULES)]
    village = chance.choice([each.code for each in regions.places(by.centre_id) if len(each.code) == 12])
    before = Visit(
        _name(chance), f"1940{chance.randrange(10**7):07d}", _number(chance, place), _name(chance), village, story
    )
    seed = Seed(rule.__name__, rule(replace(before, story=retold), before, chance))
    channel, outside_no = seed.again.channel, seed.again.outside_no or ""
    day = clock.today() - timedelta(days=chance.randrange(20, 170))
    with clock.elsewhere():
        clock.freeze(agenda.moment(day, hour(9, place)))
        seed.register_no = _register(replace(before, channel=channel, outside_no=outside_no), type_code, by)
        for number, decoy in enumerate((
            replace(before, other=_name(chance)), replace(before, visitor=_name(chance), number="", phone="无"),
        )):
            other_type, other_story = OTHER_MATTERS[(place + number) % len(OTHER_MATTERS)]
            clock.freeze(agenda.moment(day + timedelta(days=5 + number), hour(10, place)))
            seed.decoys.append(_register(replace(decoy, story=other_story), other_type, by))
    return seed


def _register(visit: Visit, type_code: str, by: Actor) -> str:
    with db.transaction():
        public_id = intake.register(
            by=by, on=clock.today(),
            applicants=[Identity(visit.visitor, phone=visit.phone, id_number=visit.number)],
            respondents=[Identity(visit.other)], origin=Origin(visit.channel, visit.outside_no or None),
            matter=Matter(visit.story, type_code, area_code=visit.area_code), data_notice="1",
        )
    return db.session.execute(
        text("SELECT register_no FROM cases WHERE public_id = :public_id"), {"public_id": public_id}
    ).scalar_one()


def _strangers(chance: random.Random, by: Actor) -> list[Visit]:
    """Return visitors with names of the county, in its villages, with a story that nobody told there."""
    names = list(db.session.scalars(select(Party.name).order_by(Party.id).limit(20_000)))
    villages = [each.code for each in regions.places(by.centre_id) if len(each.code) == 12]
    return [
        Visit(
            chance.choice(names), f"1940{chance.randrange(10**7):07d}", "", chance.choice(names),
            chance.choice(villages), TOLD[place % len(TOLD)][1],
        )
        for place in range(SEEDS)
    ]


def _name(chance: random.Random) -> str:
    return full_name(chance, chance.choice((Sex.MALE, Sex.FEMALE)), date(chance.randrange(1950, 2000), 6, 1))


def _number(chance: random.Random, place: int) -> str:
    return id_number(DIVISION, date(1960, 1, 1) + timedelta(days=place * 200), Sex.MALE, 1)


# --- how a repeat differs: each is given the visit in other words, and the one before ---


def _misheard(name: str) -> str:
    """Return a name with its last character written as another of the same sound, or just another."""
    known = next((sign for sign in reversed(name[1:]) if sign in SOUNDS), None)
    return name.replace(known, SOUNDS[known]) if known else name[:-1] + "升"


def visitor_misheard(again, _before, chance):
    return replace(again, visitor=_misheard(again.visitor), phone=_phone(chance), number="")


def other_side_misheard(again, _before, chance):
    return replace(again, other=_misheard(again.other), phone=_phone(chance), number="")


def other_phone(again, _before, chance):
    return replace(again, phone=_phone(chance), number="")


def sides_swapped(again, before, chance):
    return replace(again, visitor=before.other, other=before.visitor, phone=_phone(chance), number="")


def other_side_not_named(again, _before, _chance):
    return replace(again, other="")


def by_number_other_side_misheard(again, _before, chance):
    return replace(again, visitor=_misheard(again.visitor), other=_misheard(again.other), phone=_phone(chance))


def next_village(again, _before, chance):
    return replace(again, area_code=again.area_code[:9] + f"{chance.randrange(900, 990)}", number="")


def by_paper_without_names(again, _before, chance):
    return replace(
        again, visitor=again.visitor[0] + "某", other=again.other[0] + "某", phone="无", number="",
        channel=Channel.HOTLINE_12345, outside_no=f"R{chance.randrange(10**8)}",
    )


def somebody_of_the_family(again, before, chance):
    return replace(again, visitor=before.visitor[0] + "小兰", phone=_phone(chance), number="")


def both_misheard(again, before, chance):
    half = before.story[: len(before.story) // 2]
    return replace(
        again, visitor=_misheard(again.visitor), other=_misheard(again.other), phone=_phone(chance), number="",
        story=half + again.story[len(again.story) // 2 :],
    )


def _phone(chance: random.Random) -> str:
    return f"1940{chance.randrange(10**7):07d}"


RULES = (
    visitor_misheard, other_side_misheard, other_phone, sides_swapped, other_side_not_named,
    by_number_other_side_misheard, next_village, by_paper_without_names, somebody_of_the_family, both_misheard,
)


if __name__ == "__main__":
    main()
