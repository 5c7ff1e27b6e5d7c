"""A past for the server of `bench.rest`: posts, threads and files as years of use leave them, written by SQL."""

import random
from dataclasses import dataclass, field
from pathlib import Path

from bench.rest.world import World, copy_rows
from mmfast.core.ids import new_id
from mmfast.db.pool import Database

THREAD = 4
"""Every so many posts one begins a thread; the others answer in it."""

BATCH = 5000
BEGAN = 1_600_000_000_000
WORDS = (
    "release",
    "the",
    "build",
    "is",
    "green",
    "again",
    "who",
    "looks",
    "at",
    "this",
    "deploy",
    "on",
    "friday",
    "ok",
)


@dataclass
class _Rows:
    """Rows of a batch, by table."""

    posts: list[tuple] = field(default_factory=list)
    files: list[tuple] = field(default_factory=list)
    threads: list[tuple] = field(default_factory=list)
    followers: list[tuple] = field(default_factory=list)


async def write_history(world: World, db: Database, store: Path, posts: int, files_per_100: int) -> int:
    """Writes so many posts into the channels; gives how many files they have. The same numbers make the same past."""
    dice = random.Random(1)
    await _complete(world, db)
    channels = [(world.channels[size], world.members[: size - 1]) for size in (10, 1000, 5000)]
    written = 0
    for first in range(0, posts, BATCH):
        rows = _Rows()
        for number in range(first, min(first + BATCH, posts), THREAD):
            channel_id, members = dice.choice(channels)
            _thread(rows, dice, channel_id, members, BEGAN + number * 1000, min(THREAD, posts - number))
        await _attach(rows, dice, store, files_per_100)
        written += len(rows.files)
        await _insert(db, world.team_id, rows)
    await db.execute("analyze")
    return written


async def _complete(world: World, db: Database) -> None:
    """Gives the crowd what signing up and joining a team gives: first preferences, and the default channels."""
    await db.execute(
        "insert into preferences (userid, category, name, value)"
        " select c.id, p.category, case when p.name = $2 then c.id else p.name end, p.value"
        " from unnest($1::text[]) as c(id) cross join preferences p where p.userid = $2",
        world.members,
        world.user_id,
    )
    rows = await db.fetch("select id from channels where name in ('town-square', 'off-topic')")
    for row in rows:
        await copy_rows(db, "channelmembers", "channelid", row[0], world.members, world.user_id)


def _thread(rows: _Rows, dice: random.Random, channel_id: str, members: list[str], at: int, size: int) -> None:
    root_id, writers = new_id(), [dice.choice(members) for _ in range(size)]
    for place, writer in enumerate(writers):
        text = " ".join(dice.choices(WORDS, k=dice.randint(3, 40)))
        post_id = root_id if place == 0 else new_id()
        rows.posts.append((post_id, at + place, writer, channel_id, "" if place == 0 else root_id, text, "[]"))
    if size > 1:
        people = list(dict.fromkeys(writers))
        rows.threads.append((root_id, size - 1, at + size - 1, people, channel_id))
        rows.followers += [(root_id, person, at + size) for person in people]


async def _attach(rows: _Rows, dice: random.Random, store: Path, per_100: int) -> None:
    for place, (post_id, at, writer, channel_id, root_id, text, _) in enumerate(rows.posts):
        if dice.randrange(100) >= per_100:
            continue
        file_id, content = new_id(), dice.randbytes(dice.randint(1000, 12_000))
        name = f"file{at}.bin"
        path = f"20200913/teams/noteam/channels/{channel_id}/users/{writer}/{file_id}/{name}"
        (store / path).parent.mkdir(parents=True)
        (store / path).write_bytes(content)
        rows.posts[place] = (post_id, at, writer, channel_id, root_id, text, f'["{file_id}"]')
        rows.files.append((file_id, writer, post_id, at, path, name, len(content), channel_id))


async def _insert(db: Database, team_id: str, rows: _Rows) -> None:
    async with db.transaction() as tx:
        await tx.executemany(
            "insert into posts (id, createat, updateat, deleteat, userid, channelid, rootid, originalid, message, type,"
            " props, hashtags, filenames, fileids, hasreactions, editat, ispinned)"
            " values ($1, $2, $2, 0, $3, $4, $5, '', $6, '', '{}', '', '[]', $7, false, 0, false)",
            rows.posts,
        )
        await tx.executemany(
            "insert into fileinfo (id, creatorid, postid, createat, updateat, deleteat, path, thumbnailpath,"
            " previewpath, name, extension, size, mimetype, width, height, haspreviewimage, content, channelid)"
            " values ($1, $2, $3, $4, $4, 0, $5, '', '', $6, 'bin', $7, 'application/octet-stream', 0, 0, false, '',"
            " $8)",
            rows.files,
        )
        await tx.executemany(
            "insert into threads (postid, replycount, lastreplyat, participants, channelid, threadteamid)"
            f" values ($1, $2, $3, to_jsonb($4::text[]), $5, '{team_id}')",
            rows.threads,
        )
        await tx.executemany(
            "insert into threadmemberships (postid, userid, following, lastviewed, lastupdated, unreadmentions)"
            " values ($1, $2, true, $3, $3, 0)",
            rows.followers,
        )
