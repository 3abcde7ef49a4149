"""The people and firms of the demonstration: names, numbers, phones and homes that belong to nobody.

ID numbers and credit codes are well formed, in a division that does not exist (360198); phones begin with 194 0.
"""

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import USCC_ALPHABET, Sex, age_on, id_check_digit
from mediation.registry.regions.rules import Place

DIVISION = "360198"
DATA = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))
SURNAMES, WEIGHTS = zip(*DATA["surnames"].items(), strict=True)
GIVEN = [(row["sex"], row["before"], row["names"].split()) for row in DATA["given"]]
WORDS = DATA["firms"]["words"].split()
WORK = ("务农", "务工", "个体经营", "公司职员", "司机", "无固定职业", "教师", "退休人员", "建筑工人", "家政服务")
ESTATES = ("澄湖花园", "莲塘新村", "滨江花苑", "象湖春晓", "银湖家园", "金沙丽景", "迎宾小区", "荷塘月色")


@dataclass(frozen=True)
class Somebody:
    """A person or a firm with everything that a register could ask for."""

    name: str
    identity: Identity
    sex: Sex | None = None
    born_on: date | None = None
    place: Place | None = None

    @property
    def is_firm(self) -> bool:
        return self.identity.is_organisation

    def age_on(self, day: date) -> int:
        """Return how many years old somebody is, 0 for a firm."""
        return age_on(self.born_on, day) if self.born_on else 0

    def as_told(self, *, with_number: bool = True, with_phone: bool = True) -> Identity:
        """Return what the counter hears of this one: the other side is mostly known by name and village only."""
        known = self.identity
        return Identity(
            known.name, is_organisation=known.is_organisation, phone=known.phone if with_phone else "",
            id_number=known.id_number if with_number else "", uscc=known.uscc if with_number else "",
            ethnic=known.ethnic if with_number else None, occupation=known.occupation if with_number else None,
            address=known.address, area_code=known.area_code, legal_rep_name=known.legal_rep_name,
            legal_rep_post=known.legal_rep_post,
        )


class Crowd:
    """Makes people one after the other; no number and, in one case, no name comes twice."""

    def __init__(self, seed: str):
        self._phones = random.Random(f"{seed}/phones")
        self._used: set[str] = set()

    def person(
        self, chance: random.Random, *, on: date, ages=(28, 66), sex: Sex | None = None, place: Place,
        but: frozenset[str] = frozenset(), surname: str | None = None,
    ) -> Somebody:
        """Return somebody of that age who lives in that place; ``but`` are names that are taken in the case."""
        sex = sex or chance.choice((Sex.MALE, Sex.FEMALE))
        born_on = on - timedelta(days=365 * chance.randint(*ages) + 120 + chance.randint(0, 180))
        while (name := full_name(chance, sex, born_on, surname=surname)) in but:
            pass
        number = self._fresh(lambda: id_number(DIVISION, born_on, sex, chance.randrange(500)))
        identity = Identity(
            name, id_number=number, phone=self.phone(), ethnic="汉族", occupation=_work(chance, born_on, on),
            address=address(chance, place), area_code=place.code,
        )
        return Somebody(name, identity, sex, born_on, place)

    def firm(self, chance: random.Random, kind: str, *, place: Place, on: date) -> Somebody:
        """Return a firm of a kind, with its head; the same name is the same firm."""
        pattern = chance.choice(DATA["firms"]["kinds"][kind])
        town = (place.town or place.name).removesuffix("街道").removesuffix("镇").removesuffix("乡")
        name = pattern.format(word=chance.choice(WORDS), town=town, village=place.short.removesuffix("村") + "村")
        own = random.Random(name)
        head = full_name(own, own.choice((Sex.MALE, Sex.MALE, Sex.FEMALE)), date(own.randint(1966, 1988), 1, 1))
        identity = Identity(
            name, is_organisation=True, phone=f"0791-85{own.randint(700000, 799999)}"[:13], uscc=uscc(own, kind),
            address=address(own, place), area_code=place.code, legal_rep_name=head,
            legal_rep_post="主任" if kind == "village" else "校长" if kind == "school" else "总经理",
        )
        return Somebody(name, identity, place=place)

    def phone(self) -> str:
        """Return a mobile number that nobody was given here before."""
        return self._fresh(lambda: f"1940{self._phones.randint(0, 9_999_999):07d}")

    def _fresh(self, make):
        while (value := make()) in self._used:
            pass
        self._used.add(value)
        return value


def full_name(chance: random.Random, sex: Sex, born_on: date, *, surname: str | None = None) -> str:
    """Return a name as people of that sex and age bear it here."""
    names = next(names for which, before, names in GIVEN if which == sex and born_on.year < before)
    return (surname or chance.choices(SURNAMES, WEIGHTS)[0]) + chance.choice(names)


def id_number(division: str, born_on: date, sex: Sex, serial: int) -> str:
    """Return a well-formed citizen's number of a division; ``serial`` below 500 tells those of one birthday apart."""
    first = f"{division}{born_on:%Y%m%d}{serial * 2 + (sex == Sex.MALE):03d}"
    return first + id_check_digit(first)


def uscc(chance: random.Random, kind: str) -> str:
    """Return a well-formed credit code of the division that does not exist."""
    body = "".join(chance.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9))
    first = {"village": "54", "hospital": "12", "school": "52"}.get(kind, "91") + DIVISION + body
    weighted = sum(USCC_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return first + USCC_ALPHABET[-weighted % 31]


def address(chance: random.Random, place: Place) -> str:
    """Return a home: group and house number in a village, building and flat in a community."""
    town = place.town or place.name
    if place.name.endswith("村委会"):
        return f"南昌县{town}{place.short}{chance.randint(1, 12)}组{chance.randint(1, 98)}号"
    flat = f"{chance.randint(1, 18)}栋{chance.randint(1, 3)}单元{chance.randint(1, 17)}0{chance.randint(1, 4)}室"
    return f"南昌县{town}{place.short}{chance.choice(ESTATES)}{flat}"


def bank_account(chance: random.Random, name: str) -> str:
    """Return where somebody takes a transfer; the number is no card's."""
    return f"{name}，{chance.choice(DATA['banks']['names'])}，账号6200{chance.randrange(10**12):012d}"


def _work(chance: random.Random, born_on: date, on: date) -> str:
    years = (on - born_on).days // 365
    return "学生" if years < 18 else "退休人员" if years > 63 else chance.choice(WORK)
