"""Secrets: sealed to their place, found by a blind index, unreadable elsewhere."""

import pytest

from mediation.ground import crypto

KEYS = crypto.Keys(bytes(range(32)))


def test_what_is_sealed_opens_only_at_its_place():
    box = KEYS.box(KEYS.new_data_key())
    sealed = box.seal("360121198503150015", "people", "id_number", 1)
    assert box.open(sealed, "people", "id_number", 1) == b"360121198503150015"
    for place in (("people", "id_number", 2), ("people", "phone", 1), ("cases", "id_number", 1)):
        with pytest.raises(crypto.Unreadable):
            box.open(sealed, *place)


def test_each_flipped_byte_is_noticed():
    box = KEYS.box(KEYS.new_data_key())
    sealed = box.seal("秘密", "notes", 1)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(crypto.Unreadable):
            box.open(bytes(changed), "notes", 1)


def test_a_key_wrapped_under_another_master_key_does_not_open():
    wrapped = KEYS.new_data_key()
    with pytest.raises(crypto.Unreadable):
        crypto.Keys(bytes(32)).box(wrapped)


def test_blind_indexes_are_equal_for_equal_values_of_one_field_only():
    assert KEYS.blind("1", "people.phone") == KEYS.blind("1", "people.phone")
    assert KEYS.blind("1", "people.phone") != KEYS.blind("1", "people.id_number")
    assert KEYS.blind("1", "people.phone") != crypto.Keys(bytes(32)).blind("1", "people.phone")


def test_a_key_file_is_made_for_its_owner_only(tmp_path):
    path = tmp_path / "inst" / "master-key"
    key = crypto.read_or_make_key(path)
    assert crypto.read_or_make_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(PermissionError):
        crypto.read_or_make_key(path)


def test_a_short_key_is_refused(tmp_path):
    path = tmp_path / "master-key"
    path.write_text("00ff")
    path.chmod(0o600)
    with pytest.raises(ValueError, match="short"):
        crypto.read_or_make_key(path)
