"""The local file store: whole files or none, and never outside its folder."""

import os

import pytest

from mmfast.platform.filestore import CHUNK_BYTES, FileMissing, InvalidName, LocalFileStore


@pytest.fixture
def store(tmp_path):
    return LocalFileStore(tmp_path / "files")


async def pieces(*parts: bytes):
    for part in parts:
        yield part


async def gathered(stream) -> bytes:
    return b"".join([piece async for piece in stream])


async def test_written_is_read_back(store):
    assert await store.write("a/b/c.txt", b"hello") == 5
    assert await store.read("a/b/c.txt") == b"hello"
    assert await store.size("a/b/c.txt") == 5
    assert await store.exists("a/b/c.txt")
    assert await store.modified_at("a/b/c.txt") > 0
    assert store.find_path("a/b/c.txt").read_bytes() == b"hello"


async def test_streams_go_in_and_out(store):
    content = b"0123456789" * CHUNK_BYTES
    assert await store.write("big", pieces(content, b"end")) == len(content) + 3
    assert await gathered(store.stream("big")) == content + b"end"
    assert await gathered(store.stream("big", 5, 10)) == content[5:15]
    assert await gathered(store.stream("big", len(content))) == b"end"


async def test_a_failed_write_leaves_what_was_there(store):
    async def breaking():
        yield b"half"
        raise RuntimeError("gone")

    await store.write("x", b"old")
    with pytest.raises(RuntimeError):
        await store.write("x", breaking())
    assert await store.read("x") == b"old"
    assert sorted(entry.name for entry in store.root.iterdir()) == ["x"]


async def test_append_move_copy_delete(store):
    await store.append("part", b"one")
    await store.append("part", pieces(b"two", b"three"))
    await store.move("part", "deep/whole")
    await store.copy("deep/whole", "deep/again")
    assert await store.read("deep/again") == b"onetwothree"
    assert not await store.exists("part")
    assert await store.list_files("deep") == ["deep/again", "deep/whole"]
    await store.delete("deep/again")
    await store.delete("deep/again")
    await store.delete_folder("deep")
    assert not await store.exists("deep/whole")
    assert await store.list_files("deep") == []


async def test_what_is_absent_is_missing(store):
    for act in (store.read("no"), store.size("no"), store.move("no", "other"), gathered(store.stream("no"))):
        with pytest.raises(FileMissing):
            await act


@pytest.mark.parametrize("name", ["", "/etc/passwd", "..", "../x", "a/../../x", "a/..", "a\0b", "..\\x", "/", "//x"])
async def test_names_cannot_leave_the_folder(store, name):
    with pytest.raises(InvalidName):
        await store.read(name)
    with pytest.raises(InvalidName):
        await store.write(name, b"x")


async def test_facts_in_one_go(store):
    await store.write("a/b.txt", b"four")
    facts = await store.facts("a/b.txt")
    assert (facts.size, facts.modified_at) == (4, await store.modified_at("a/b.txt"))
    with pytest.raises(FileMissing):
        await store.facts("a/none")


async def test_only_stale_files_of_the_folder_itself_are_removed(store):
    for name in ("in/old", "in/.partial-old", "in/new", "in/deeper/old"):
        await store.write(name, b"x")
    for name in ("in/old", "in/.partial-old", "in/deeper/old"):
        os.utime(store.root / name, (1, 1))
    await store.delete_stale("in", 1000)
    await store.delete_stale("nowhere", 1000)
    left = sorted(path.relative_to(store.root).as_posix() for path in store.root.rglob("*") if path.is_file())
    assert left == ["in/deeper/old", "in/new"]
