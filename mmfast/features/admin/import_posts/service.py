"""Writes threads: root, replies, reactions, files, who saved them and who follows.

A post is known by channel, author, moment and message. One that is there already is changed to what the line says, and
gets other files only if the file brings others. What was deleted here stays deleted. Counters and threads are brought
up to date in the same transaction; nobody is notified.
"""

import zlib
from collections.abc import AsyncIterator, Iterable, Sequence

import trio

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.ids import new_id
from mmfast.features.admin.import_archives.service import READ_BYTES
from mmfast.features.admin.import_archives.types import Archive
from mmfast.features.admin.import_lines import errors
from mmfast.features.admin.import_lines.types import AttachmentLine, Entry, ReplyLine
from mmfast.features.admin.import_names.service import Names
from mmfast.features.admin.import_posts import store
from mmfast.features.admin.import_posts.types import Item, KnownPost, NewFile, Thread
from mmfast.features.identity.preferences import store as preferences
from mmfast.features.identity.preferences.types import Preference
from mmfast.features.messages.file_previews import service as previews
from mmfast.features.messages.file_previews.types import TooManyPixels
from mmfast.features.messages.file_texts.service import extract_text
from mmfast.features.messages.file_uploads.service import file_of
from mmfast.features.messages.file_uploads.types import Received
from mmfast.features.messages.files.service import clean_name
from mmfast.features.messages.flagged_posts.service import CATEGORY as FLAGGED
from mmfast.features.spaces.channels.store import CHANNELS
from mmfast.platform.filestore import FileMissing

MAX_STEM: int = 80
"""Characters of a file's name that are kept: the place of a file and its pictures must fit their column."""


async def load_threads(ctx: Context, names: Names, entries: Sequence[Entry]) -> list[Thread]:
    """Where the posts of these lines go."""
    posts = [(entry.number, entry.line.post) for entry in entries if entry.line.post]
    await names.load_teams(ctx, [post.team or "" for _, post in posts])
    await names.load_channels(ctx, {(post.team or "", post.channel or "") for _, post in posts})
    threads = []
    for number, post in posts:
        names.line = number
        team = names.team(post.team or "")
        channel = names.channel(team, post.channel or "")
        threads.append(Thread(number, post, post.replies or [], channel.id, team.id, post.thread_followers))
    return threads


class Batch:
    """Threads that are written together: first what takes long, then the rows in one transaction."""

    def __init__(self, names: Names, archive: Archive, threads: Sequence[Thread]) -> None:
        self._names, self._archive, self._threads = names, archive, threads
        self._items: list[Item] = []
        self._files: list[NewFile] = []
        self._dropped: list[str] = []
        self._written: list[str] = []

    async def prepare(self, ctx: Context) -> None:
        """Finds out what is there already, and writes new files into the store."""
        await self._names.load_people(ctx, _people_of(self._threads))
        for thread in self._threads:
            self._names.line = thread.number
            root = self._item(thread, thread.post, None)
            for reply in thread.replies:
                self._item(thread, reply, root)
        _recognise(self._items, await store.list_known(ctx.db, self._items))
        present = await store.list_files(ctx.db, [i.id for i in self._items if i.known and i.line.attachments])
        for item in self._items:
            self._names.line = item.number
            if item.line.attachments and not item.skipped:
                await self._take_files(ctx, item, item.line.attachments, present.get(item.id, []))

    def _item(self, thread: Thread, line: ReplyLine, root: Item | None) -> Item:
        person = self._names.person(line.user or "")
        item = Item(thread.number, line, new_id(), thread.channel_id, person.id, root)
        self._items.append(item)
        return item

    async def discard(self, ctx: Context) -> None:
        """Removes the files of a batch whose rows could not be written."""
        with trio.move_on_after(10, shield=True):
            for name in self._written:
                await ctx.app.files.delete(name)

    # Files ------------------------------------------------------------------------------------------------------------

    async def _take_files(
        self, ctx: Context, item: Item, lines: list[AttachmentLine], present: list[tuple[str, str, int, str]]
    ) -> None:
        inside = [self._find(line.path or "") for line in lines]
        if item.known and await self._are_same(ctx, inside, present):
            return
        self._dropped += [file_id for file_id, _, _, _ in present]
        item.file_ids = []
        for n, name in enumerate(inside):
            new = await self._write_file(ctx, item, name, item.created_at + n)
            self._files.append(new)
            item.file_ids.append(new.file.info.id)

    def _find(self, path: str) -> str:
        inside = self._archive.find(path)
        if inside is None:
            raise errors.SPEAKING["post"]["attachment"](path=path)
        return inside

    async def _are_same(self, ctx: Context, inside: list[str], present: list[tuple[str, str, int, str]]) -> bool:
        """Whether a post has these files already: by name and size, and then by content."""
        wanted = [(_stored_name(name), self._archive.size(name)) for name in inside]
        if wanted != [(name, size) for _, name, size, _ in present]:
            return False
        for name, (_, _, _, path) in zip(inside, present, strict=True):
            checksum = 0
            try:
                async for piece in ctx.app.files.stream(path):
                    checksum = zlib.crc32(piece, checksum)
            except FileMissing:
                return False
            if checksum != await trio.to_thread.run_sync(self._archive.checksum, name):
                return False
        return True

    async def _write_file(self, ctx: Context, item: Item, name: str, created_at: int) -> NewFile:
        received = Received(new_id(), _stored_name(name), self._archive.size(name), "")
        file = file_of(received, item.channel_id, item.user_id, created_at)
        file.info.size = await ctx.app.files.write(file.path, self._content(name))
        self._written.append(file.path)
        if file.info.is_picture:
            try:
                size = await previews.measure(ctx, file)
                if size is not None:
                    file.info.width, file.info.height = size.width, size.height
                    await previews.make_pictures(ctx, file)
            except TooManyPixels:
                pass  # the picture is kept as any other file
            self._written += [path for path in (file.thumbnail_path, file.preview_path) if path]
        return NewFile(file, item.id, await extract_text(ctx, file))

    async def _content(self, name: str) -> AsyncIterator[bytes]:
        file = await trio.to_thread.run_sync(self._archive.open, name)
        with file:
            while piece := await trio.to_thread.run_sync(file.read, READ_BYTES):
                yield piece

    # Rows -------------------------------------------------------------------------------------------------------------

    async def write(self, ctx: Context) -> None:
        """Writes the rows, in the open transaction."""
        now = now_ms()
        here = [item for item in self._items if not item.skipped]
        new = [item for item in here if not item.known]
        if new:
            await store.insert_posts(ctx.db, new)
            await store.count_in_channels(ctx.db, new)
            for channel_id in {item.channel_id for item in new}:
                ctx.invalidate(CHANNELS, channel_id)
        if len(new) < len(here):
            await store.update_posts(ctx.db, [item for item in here if item.known], now)
        if self._dropped:
            await store.drop_files(ctx.db, self._dropped, now)
        if self._files:
            await store.insert_files(ctx.db, self._files)
        await self._write_reactions(ctx, here)
        await self._write_flags(ctx, here)
        await self._write_threads(ctx, here, now)

    async def _write_reactions(self, ctx: Context, items: list[Item]) -> None:
        rows = [
            (self._names.person(r.user or "").id, item.id, r.emoji_name or "", r.create_at or 0, item.channel_id)
            for item in items
            for r in item.line.reactions or []
        ]
        if rows:
            await store.insert_reactions(ctx.db, rows)

    async def _write_flags(self, ctx: Context, items: list[Item]) -> None:
        rows = [
            Preference(self._names.person(name).id, FLAGGED, item.id, "true")
            for item in items
            for name in item.line.flagged_by or []
        ]
        if rows:
            await preferences.save(ctx.db, rows)

    async def _write_threads(self, ctx: Context, items: list[Item], now: int) -> None:
        """Threads as they are now. Where the file does not say who follows, those who write in a new one do."""
        roots = {item.number: item for item in items if item.root is None}
        answered = {item.root_id for item in items if item.root}
        threads = [(t, roots[t.number]) for t in self._threads if t.number in roots]
        rows = [(root.id, t.channel_id, t.team_id) for t, root in threads if root.id in answered]
        if not rows:
            return
        new = await store.count_threads(ctx.db, rows)
        followers: list[tuple[str, str, int, int]] = []
        for thread, root in threads:
            if thread.followers is not None:
                for f in thread.followers:
                    user_id = self._names.person(f.user or "").id
                    followers.append((root.id, user_id, f.last_viewed or 0, f.unread_mentions or 0))
            elif root.id in new:
                authors = dict.fromkeys([root.user_id, *(i.user_id for i in items if i.root is root)])
                latest = max(reply.create_at or 0 for reply in thread.replies)
                followers += [(root.id, user_id, latest, 0) for user_id in authors]
        if followers:
            each = {row[:2]: row for row in followers}
            await store.save_followers(ctx.db, list(each.values()), now)


def _people_of(threads: Sequence[Thread]) -> Iterable[str]:
    found: set[str] = set()
    for thread in threads:
        found |= {follower.user or "" for follower in thread.followers or []}
        for line in (thread.post, *thread.replies):
            found.add(line.user or "")
            found |= {reaction.user or "" for reaction in line.reactions or []}
            found.update(line.flagged_by or [])
    return found


def _recognise(items: Sequence[Item], known: Sequence[KnownPost]) -> None:
    """Gives those that are there already their ids; of several that are alike, each is taken once."""
    here: dict[tuple[str, str, int, str], list[KnownPost]] = {}
    for post in known:
        here.setdefault((post.channel_id, post.user_id, post.create_at, post.message), []).append(post)
    for item in items:
        alike = here.get((item.channel_id, item.user_id, item.created_at, item.message))
        if alike:
            post = alike.pop(0)
            item.id, item.known = post.id, True
            item.skipped = post.delete_at > 0
        item.skipped = item.skipped or (item.root is not None and item.root.skipped)


def _stored_name(path: str) -> str:
    """The name under which a file of the archive is stored."""
    name = clean_name(path)
    stem, dot, ending = name.rpartition(".")
    if len(name) <= MAX_STEM or not dot:
        return name[:MAX_STEM]
    return f"{stem[: MAX_STEM - len(ending[:16]) - 1]}.{ending[:16]}"
