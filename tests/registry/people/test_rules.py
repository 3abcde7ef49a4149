from datetime import date

import pytest
from stdnum.cn import uscc as other_hand

from mediation.registry.people.rules import (
    USCC_ALPHABET,
    Bar,
    Capacity,
    IdKind,
    Sex,
    age_on,
    capacity_on,
    is_minor,
    mask_name,
    mask_number,
    mask_phone,
    name_obstacles,
    normalise_name,
    normalise_phone,
    phone_obstacles,
    read_id_number,
    says_no_phone,
    uscc_obstacles,
)

TODAY = date(2026, 11, 23)


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


def test_credit_codes_agree_with_another_hand():
    """DP-02: python-stdnum knows the same check; every last character is tried on many bodies."""
    for number in range(60):
        body = f"91360121MA{number * 7919 % 10**6:06d}0"[:17]
        found = [last for last in USCC_ALPHABET if not uscc_obstacles(body + last)]
        assert found == [last for last in USCC_ALPHABET if other_hand.is_valid(body + last)] and len(found) == 1


@pytest.mark.parametrize(
    ("text", "born_on", "sex"),
    [
        ("360121198503150015", date(1985, 3, 15), Sex.MALE),
        ("360121199011024025", date(1990, 11, 2), Sex.FEMALE),
        ("360121201006010032", date(2010, 6, 1), Sex.MALE),
        ("３６０１２１１９８５０３１５００１５", date(1985, 3, 15), Sex.MALE),  # full-width
        (" 360121 19850315 0015 ", date(1985, 3, 15), Sex.MALE),
        ("11010519491231002x", date(1949, 12, 31), Sex.FEMALE),
        ("810000199408230021", date(1994, 8, 23), Sex.FEMALE),  # Hong Kong
        ("830000199201300022", date(1992, 1, 30), Sex.FEMALE),  # Taiwan
        ("360199198503150015", date(1985, 3, 15), Sex.MALE),  # a county that no list has
        ("360121202611230011", date(2026, 11, 23), Sex.MALE),  # born on the day of reading
    ],
)
def test_an_id_number_tells_birth_and_sex(text, born_on, sex):
    """DP-01."""
    reading = read_id_number(text, on=TODAY)
    assert (reading.born_on, reading.sex, reading.obstacles) == (born_on, sex, [])
    assert reading.number.isascii() and len(reading.number) == 18


def test_x_is_stored_as_a_capital():
    assert read_id_number("11010519491231002x", on=TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Bar.ID_EMPTY),
        ("360121850315001", Bar.ID_LENGTH),
        ("36012119850315001", Bar.ID_LENGTH),
        ("36012119850315O015", Bar.ID_CHARACTERS),
        ("36012119850315001Y", Bar.ID_CHARACTERS),
        ("3601211985X3150015", Bar.ID_CHARACTERS),
        ("360121199011024026", Bar.ID_CHECK),
        ("360121198502300018", Bar.ID_BIRTH_DATE),
        ("360121202611240017", Bar.ID_BORN_LATER),
    ],
)
def test_a_wrong_id_number_says_what_is_wrong(text, reason):
    """DP-01."""
    reading = read_id_number(text, on=TODAY)
    assert reasons(reading.obstacles) == [reason]
    assert reading.born_on is None and reading.sex is None


def test_everything_wrong_with_an_id_number_is_named_at_once():
    assert reasons(read_id_number("360121198502300013", on=TODAY).obstacles) == [Bar.ID_BIRTH_DATE, Bar.ID_CHECK]


def test_other_papers_have_no_check_digit():
    """DP-03."""
    assert read_id_number("E12345678", IdKind.PASSPORT, on=TODAY).obstacles == []
    assert read_id_number("360121199011024026", IdKind.OFFICER, on=TODAY).obstacles == []
    assert read_id_number("E" * 40, IdKind.PASSPORT, on=TODAY).obstacles == []
    assert reasons(read_id_number("E" * 41, IdKind.PASSPORT, on=TODAY).obstacles) == [Bar.OTHER_ID_LENGTH]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("91360121MA35F0001W", []),
        ("12360121491000001H", []),
        ("９１360121ma35f0001w", []),
        ("91360121MA35F0001X", [Bar.USCC_CHECK]),
        ("91360121MA35F0002W", [Bar.USCC_CHECK]),
        ("91360121MA35F000IW", [Bar.USCC_CHARACTERS]),
        ("91360121MA35F0001", [Bar.USCC_LENGTH]),
    ],
)
def test_uscc(code, found):
    """DP-02."""
    assert reasons(uscc_obstacles(code)) == found


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13970912716", "13970912716"),
        ("139 7091 2716", "13970912716"),
        ("139-7091-2716", "13970912716"),
        ("１３９７０９１２７１６", "13970912716"),
        ("+86 13970912716", "13970912716"),
        ("0791-85712345", "0791-85712345"),
        ("（0791）85712345", "0791-85712345"),
        ("079185712345转8001", "0791-85712345-8001"),
        ("0791-85712345-801", "0791-85712345-801"),
        ("010-62345678", "010-62345678"),
        ("85712345", "85712345"),
        ("400-800-1234", "4008001234"),
        ("+852 2345 6789", "+85223456789"),
        ("12970912716", None),
        ("1397091271", None),
        ("139709127160", None),
        ("0791-15712345", None),
        ("12345", None),
        ("电话", None),
        ("无", None),
    ],
)
def test_phones(text, phone):
    assert normalise_phone(text) == phone


def test_to_have_no_phone_is_an_answer_and_an_empty_place_is_none():
    assert phone_obstacles("13970912716") == []
    assert says_no_phone("无") and phone_obstacles(" 无 ") == []
    assert reasons(phone_obstacles("")) == [Bar.PHONE]
    assert reasons(phone_obstacles("1397091271")) == [Bar.PHONE]


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13970912716", "139****2716"),
        ("0791-85712345", "0791-****2345"),
        ("0791-85712345-801", "0791-****2345"),
        ("85712345", "****2345"),
    ],
)
def test_phones_are_masked(phone, shown):
    """DP-07."""
    assert mask_phone(phone) == shown


def test_numbers_are_masked():
    """DP-07."""
    assert mask_number("360121198503150015") == "360121********0015"
    assert mask_number("E12345678") == "E******78"
    assert mask_number("E12") == "***"


def test_names_are_masked_for_the_public():
    assert [mask_name(name) for name in ("张三", "李细根", "阿卜杜拉·买买提")] == ["张某", "李某某", "阿某某"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" 张三 ", "张三"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("John  Smith", "John Smith"),
        ("Ame\u0301lie", "Amélie"),
        ("䶮𬀩㛃", "䶮𬀩㛃"),
    ],
)
def test_names_are_normalised(text, name):
    assert normalise_name(text) == name
    assert name_obstacles(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("   ", Bar.NAME_EMPTY),
        ("张\x00三", Bar.NAME_CHARACTERS),
        ("张\u202e三", Bar.NAME_CHARACTERS),
        ("张\u200b三", Bar.NAME_CHARACTERS),
        ("张\ud800", Bar.NAME_CHARACTERS),
        ("张" * 101, Bar.NAME_LENGTH),
    ],
)
def test_names_that_cannot_be_taken(text, reason):
    assert reasons(name_obstacles(text)) == [reason]


def test_a_name_of_the_longest_length_is_taken():
    assert name_obstacles("张" * 100) == []


@pytest.mark.parametrize(
    ("born_on", "day", "strict", "plain"),
    [
        (date(2008, 11, 22), date(2026, 11, 21), 17, 17),
        (date(2008, 11, 22), date(2026, 11, 22), 17, 18),  # the birthday itself
        (date(2008, 11, 22), date(2026, 11, 23), 18, 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17, 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18, 18),
        (date(2026, 11, 22), date(2026, 11, 22), 0, 0),
    ],
)
def test_age(born_on, day, strict, plain):
    """PM-01, MH-05."""
    assert age_on(born_on, day) == strict
    assert age_on(born_on, day, birthday_counts=True) == plain


@pytest.mark.parametrize(
    ("born_on", "own_earnings", "declared", "capacity"),
    [
        (date(2019, 3, 3), False, None, Capacity.NONE),  # aged 6
        (date(2018, 3, 2), False, None, Capacity.NONE),  # turns 8 today
        (date(2018, 3, 1), False, None, Capacity.LIMITED),
        (date(2010, 3, 2), True, None, Capacity.LIMITED),  # turns 16 today
        (date(2010, 3, 1), True, None, Capacity.FULL),
        (date(2010, 3, 1), False, None, Capacity.LIMITED),
        (date(2008, 3, 2), False, None, Capacity.LIMITED),  # turns 18 today
        (date(2008, 3, 1), False, None, Capacity.FULL),
        (date(1950, 1, 1), False, Capacity.LIMITED, Capacity.LIMITED),
        (date(2019, 3, 3), False, Capacity.FULL, Capacity.NONE),  # no court can declare a small child able
        (None, False, None, Capacity.FULL),
    ],
)
def test_capacity(born_on, own_earnings, declared, capacity):
    """MH-05."""
    assert capacity_on(born_on, date(2026, 3, 2), own_earnings=own_earnings, declared=declared) == capacity


def test_minor():
    """MH-04."""
    assert is_minor(date(2009, 5, 1), date(2026, 11, 22))
    assert is_minor(date(2008, 11, 22), date(2026, 11, 22))
    assert not is_minor(date(2008, 11, 21), date(2026, 11, 22))
    assert not is_minor(None, date(2026, 11, 22))
