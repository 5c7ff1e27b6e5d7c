"""Ids have their form and do not repeat."""

import os

from mmfast.core.ids import ALPHABET, are_valid_ids, is_valid_id, new_id


def test_new_ids_are_valid_and_differ():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(is_valid_id(i) and set(i.encode()) <= set(ALPHABET) for i in ids)


def test_what_is_no_id():
    for text in ("", "a" * 25, "a" * 27, "a" * 25 + "-", "é" * 26):
        assert not is_valid_id(text)


def test_many_ids_at_once():
    for texts in ([], ["a" * 26], [new_id() for _ in range(300)]):
        assert are_valid_ids(texts)
    for wrong in ("", "a" * 25, "a" * 27, "a" * 25 + "-", "é" * 26):
        assert not are_valid_ids([new_id(), wrong, new_id()])
    assert not are_valid_ids([""])


def test_a_forked_process_gives_out_other_ids():
    new_id()
    read, write = os.pipe()
    if os.fork() == 0:
        os.write(write, " ".join(new_id() for _ in range(50)).encode())
        os._exit(0)
    os.wait()
    theirs = set(os.read(read, 4096).decode().split())
    assert len(theirs) == 50
    assert theirs.isdisjoint(new_id() for _ in range(200))
