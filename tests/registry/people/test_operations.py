"""Taking people in once and changing what is known of them, on both databases."""

from datetime import date

import pytest

from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.registry.people import operations as people
from mediation.registry.people import queries, rules
from mediation.registry.people.models import Person
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import IdKind, RevealReason, Sex
from tests import makers

TODAY = date(2026, 11, 23)
NUMBER = "360121196803122260"
WAN = Identity("万秋莲", id_number=NUMBER, phone="139 7081 2716")


@pytest.fixture
def clerk(ground):
    return makers.make_actor(makers.make_centre(), Role.INTAKE_CLERK)


def take_in(clerk, identity):
    with transaction():
        return people.take_in(identity, by=clerk, on=TODAY).id


def get(person_id):
    return session.get_one(Person, person_id)


def test_what_the_number_says_goes_before_what_was_typed(clerk):
    person = get(take_in(clerk, makers.changed(WAN, sex="male", birth_on=date(2000, 1, 1))))
    assert (person.sex, person.birth_on, person.id_kind) == (Sex.FEMALE, date(1968, 3, 12), IdKind.RESIDENT_ID)
    assert (person.phone, person.phone_tail, person.phone_masked) == ("13970812716", "2716", "139****2716")
    assert person.initials == "wql"


def test_a_number_is_one_person_in_its_centre(clerk):
    first = take_in(clerk, WAN)
    again = Identity("万秋连", id_number="３６０１２１１９６８０３１２２２６０", occupation="种田")
    assert take_in(clerk, again) == first
    assert (get(first).name, get(first).occupation) == ("万秋莲", "种田")
    stranger = makers.make_actor(makers.make_centre(short_name="进贤中心"), Role.INTAKE_CLERK)
    assert take_in(stranger, WAN) != first


def test_the_same_letters_on_another_paper_are_somebody_else(clerk):
    passport = Identity("甲", id_number="E12345678", id_kind=IdKind.PASSPORT)
    assert take_in(clerk, passport) != take_in(clerk, makers.changed(passport, id_kind=IdKind.OFFICER))


def test_an_organisation_is_found_by_its_code(clerk):
    company = Identity("顺达物业公司", is_organisation=True, uscc="91360121ma35f0001w", id_number=NUMBER)
    first = take_in(clerk, company)
    assert take_in(clerk, makers.changed(company, name="南昌县顺达物业服务有限公司", legal_rep_name="胡顺达")) == first
    assert (get(first).uscc, get(first).legal_rep_name, get(first).id_number) == ("91360121MA35F0001W", "胡顺达", None)


def test_everything_wrong_is_named_at_its_field():
    wrong = Identity("", id_number=NUMBER[:-1] + "9", phone="12")
    found = people.faults(wrong, on=TODAY)
    assert {field: [obstacle.reason for obstacle in bars] for field, bars in found.items()} == {
        "name": [rules.Bar.NAME_EMPTY], "id_number": [rules.Bar.ID_CHECK], "phone": [rules.Bar.PHONE],
    }
    assert people.faults(Identity("顺达公司", is_organisation=True, uscc="1"), on=TODAY).keys() == {"uscc"}
    assert people.faults(Identity("甲", phone="无"), on=TODAY) == {}


def test_a_wrong_number_takes_nobody_in(clerk):
    with pytest.raises(RuleBroken):
        take_in(clerk, makers.changed(WAN, id_number=NUMBER[:-1] + "9"))
    assert session.query(Person).count() == 0


def test_a_change_tells_what_stood_there_and_leaves_the_rest(clerk):
    person_id = take_in(clerk, WAN)
    with transaction():
        before = people.change(get(person_id), {"name": "万秋连", "phone": "无", "occupation": ""}, by=clerk, on=TODAY)
    assert before == {"name": "万秋莲", "phone": "13970812716"}
    person = get(person_id)
    assert (person.name, person.phone, person.phone_masked, person.id_number) == ("万秋连", None, None, NUMBER)
    assert person.version == 2
    changed = session.query(TrailEntry).filter_by(event="person.changed").one()
    assert changed.params == {"fields": ["name", "phone"]} and changed.values_hash
    with transaction():
        assert people.change(get(person_id), {"name": "万秋连"}, by=clerk, on=TODAY) == {}


def test_finding_people(clerk):
    person_id = take_in(clerk, WAN)
    assert queries.by_number(clerk.centre_id, IdKind.RESIDENT_ID, " 360121196803122260 ").id == person_id
    assert queries.by_number(clerk.centre_id + 1, IdKind.RESIDENT_ID, NUMBER) is None
    assert [person.id for person in queries.namesakes(clerk.centre_id, "万秋莲", "2716")] == [person_id]
    assert queries.namesakes(clerk.centre_id, "万", "2716") == []
    assert queries.get(get(person_id).public_id, centre_id=clerk.centre_id).id == person_id
    with pytest.raises(NotFound):
        queries.get(get(person_id).public_id, centre_id=clerk.centre_id + 1)


def test_only_covered_fields_are_revealed_and_only_to_those_who_may(clerk):
    person = get(take_in(clerk, WAN))
    with pytest.raises(Invalid):
        people.reveal(person, "address", reason=RevealReason.CALL, by=clerk, case_id=None)
    with pytest.raises(NotAllowed):
        supervisor = makers.changed(clerk, role=Role.SUPERVISOR)
        people.reveal(person, "phone", reason=RevealReason.CALL, by=supervisor, case_id=None)
