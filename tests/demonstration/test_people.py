import random
from datetime import date

from mediation.demonstration.people import DATA, DIVISION, Crowd, full_name, uscc
from mediation.registry.people import operations as people
from mediation.registry.people.rules import Sex, age_on, capacity_on, read_id_number, uscc_obstacles
from mediation.registry.regions import queries as regions
from mediation.registry.regions.rules import Place

PLACE = Place("360121106200", "前进村委会", "qj", "武阳镇", "wy")
ON = date(2026, 7, 14)


def test_everybody_is_somebody_else_and_nobody_at_all():
    crowd, chance = Crowd("x"), random.Random(1)
    found = [crowd.person(chance, on=ON, place=PLACE) for _ in range(500)]
    numbers = [who.identity.id_number for who in found]
    assert len(set(numbers)) == 500 and len({who.identity.phone for who in found}) == 500
    assert regions.division_name(DIVISION) is None
    for who in found:
        reading = read_id_number(who.identity.id_number, on=ON)
        assert (reading.obstacles, reading.born_on, reading.sex) == ([], who.born_on, who.sex)
        assert who.identity.id_number.startswith(DIVISION) and who.identity.phone.startswith("1940")
        assert 28 <= age_on(who.born_on, ON) <= 67
        assert people.faults(who.identity, on=ON) == {}


def test_minors_are_minors():
    who = Crowd("x").person(random.Random(2), on=ON, ages=(16, 17), place=PLACE)
    assert capacity_on(who.born_on, ON) == "limited"


def test_names_suit_the_age_and_the_case():
    assert full_name(random.Random(1), Sex.MALE, date(1950, 1, 1))[1:] in DATA["given"][0]["names"].split()
    taken = frozenset({"万伟"})
    crowd = Crowd("x")
    for seed in range(50):
        chance = random.Random(seed)
        who = crowd.person(chance, on=ON, ages=(20, 25), sex=Sex.MALE, place=PLACE, but=taken, surname="万")
        assert who.name.startswith("万") and who.name not in taken


def test_firms_are_well_formed_and_the_same_name_is_the_same_firm():
    crowd = Crowd("x")
    for kind in DATA["firms"]["kinds"]:
        firm = crowd.firm(random.Random(3), kind, place=PLACE, on=ON)
        again = crowd.firm(random.Random(3), kind, place=PLACE, on=ON)
        assert people.faults(firm.identity, on=ON) == {}
        assert firm.identity.uscc[2:8] == DIVISION
        assert firm == again
    assert uscc_obstacles(uscc(random.Random(9), "shop")) == []
