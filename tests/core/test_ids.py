"""Ids have their form and do not repeat."""

from mmfast.core.ids import ALPHABET, is_valid_id, new_id


def test_new_ids_are_valid_and_differ():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(is_valid_id(i) and set(i.encode()) <= set(ALPHABET) for i in ids)


def test_what_is_no_id():
    for text in ("", "a" * 25, "a" * 27, "a" * 25 + "-", "é" * 26):
        assert not is_valid_id(text)
