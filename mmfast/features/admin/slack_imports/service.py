"""Turns an export into an archive for bulk loading, and imports that. See the folder's docstring for the road."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import trio

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.admin.bulk_import.types import ImportFailed, Options
from mmfast.features.admin.import_archives.service import open_archive
from mmfast.features.admin.import_archives.types import Archive, RefusedArchive
from mmfast.features.admin.imports.service import describe, import_path
from mmfast.features.admin.slack_exports.service import find_days, read_export, read_messages
from mmfast.features.admin.slack_exports.types import Export
from mmfast.features.admin.slack_imports import errors, store
from mmfast.features.admin.slack_imports.types import Converted
from mmfast.features.admin.slack_people.service import (
    IMPORTER,
    NOWHERE,
    address_of,
    channel_lines,
    importer_line,
    importer_of,
    name_people,
    people_of,
    place_conversations,
    user_lines,
    wish_of,
)
from mmfast.features.admin.slack_people.types import Here, Place
from mmfast.features.admin.slack_posts.service import make_posts
from mmfast.features.admin.slack_posts.types import Notes, Scene
from mmfast.features.admin.slack_text.service import Names
from mmfast.features.messages.posts.types import MAX_RUNES
from mmfast.features.spaces.channels.types import PUBLIC
from mmfast.features.spaces.teams.types import Team

LINES: Final = "import.jsonl"
COPY_BYTES: Final = 256 * 1024

Line = dict[str, Any]


async def import_export(ctx: Context, path: Path, team: Team, *, everywhere: bool) -> str:
    """Imports the export in a file of this machine into the team; gives the report.

    Private channels that are here already take people and messages only where the caller is in them, or `everywhere`.
    """
    try:
        archive = await trio.to_thread.run_sync(open_archive, path)
    except RefusedArchive as error:
        raise errors.NO_ZIP(detail=str(error)) from None
    try:
        export = await trio.to_thread.run_sync(read_export, archive)
        here = await _look_around(ctx, export, team, everywhere=everywhere)
        with tempfile.TemporaryDirectory(prefix="mmfast-slack-") as folder:
            target = Path(folder) / "import.zip"
            conversion = Conversion(archive, export, here, MAX_RUNES, now_ms())
            converted = await trio.to_thread.run_sync(conversion.write, target)
            await import_path(ctx, target, Options())
    except RefusedArchive as error:
        raise errors.NO_EXPORT(detail=str(error)) from None
    except ImportFailed as failure:
        raise errors.FAILED(reason=describe(failure)) from None
    finally:
        archive.close()
    return report(converted)


async def _look_around(ctx: Context, export: Export, team: Team, *, everywhere: bool) -> Here:
    """What of the export the server has."""
    people = people_of(export)
    addresses = [address_of(user) for user in people] + [f"{IMPORTER}@{NOWHERE}"]
    channels = await store.list_channels(ctx.db, team.id, ctx.user_id)
    is_open = {name: everywhere or inside or kind == PUBLIC for name, kind, inside in channels}
    return Here(
        team=team.name,
        accounts=await store.find_accounts(ctx.db, addresses),
        usernames=await store.list_usernames(ctx.db, [IMPORTER, *(wish_of(user) for user in people)]),
        channels={name: kind for name, kind, _ in channels if is_open[name]},
        closed={name for name, _, _ in channels if not is_open[name]},
    )


class Conversion:
    """One export on its way. Blocks: use it in a thread."""

    def __init__(self, archive: Archive, export: Export, here: Here, max_post: int, now: int) -> None:
        self._archive, self._export, self._here, self._now = archive, export, here, now
        self._people = name_people(export, here)
        self._places = place_conversations(export, self._people, here)
        channels = {place.conversation.channel.id: place.name for place in self._places if place.name}
        self._scene = Scene(archive, Names(self._people, channels), importer_of(here), max_post)
        self._days = find_days(archive)
        self._notes = Notes()

    def write(self, target: Path) -> Converted:
        """Writes the archive for bulk loading."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as out:
            with out.open(LINES, "w", force_zip64=True) as file:
                for line in self._lines():
                    file.write(msgspec.json.encode(line) + b"\n")
            for path, name in self._notes.uploads.items():
                with self._archive.open(name) as source, out.open(f"data/{path}", "w", force_zip64=True) as copy:
                    shutil.copyfileobj(source, copy, COPY_BYTES)
        return self._converted()

    def _lines(self) -> Iterator[Line]:
        """Each kind after those that it names, as bulk loading demands."""
        yield {"type": "version", "version": 1}
        yield from channel_lines(self._places, self._here, self._now)
        yield from user_lines(self._export, self._people, self._places, self._here, self._now)
        yield importer_line(self._scene.importer)
        for place in self._places:
            if not place.is_direct:
                for post in self._posts(place):
                    yield {"type": "post", "post": {"team": self._here.team, "channel": place.name} | post}
        direct = [place for place in self._places if place.is_direct and place.people]
        for place in direct:
            yield {"type": "direct_channel", "direct_channel": {"members": place.people}}
        for place in direct:
            for post in self._posts(place):
                yield {"type": "direct_post", "direct_post": {"channel_members": place.people} | post}

    def _posts(self, place: Place) -> Iterator[Line]:
        channel = place.conversation.channel
        days = self._days.get(place.conversation.folder, [])
        messages = read_messages(self._archive, days, self._export.unread)
        pinned = {pin.id for pin in channel.pins or [] if pin.id}
        return make_posts(messages, pinned, self._scene, self._notes)

    def _converted(self) -> Converted:
        people = people_of(self._export)
        return Converted(
            people=len(people),
            known=sum(1 for user in people if self._people[user.id] in self._here.accounts.values()),
            deactivated=sum(1 for user in people if user.deleted),
            channels=sum(1 for place in self._places if not place.is_direct),
            merged=sum(1 for place in self._places if not place.is_direct and not place.is_new),
            direct_channels=sum(1 for place in self._places if place.is_direct),
            notes=self._notes,
            unread=self._export.unread,
        )


def report(converted: Converted) -> str:
    """What became of the export, for the person who imports it."""
    notes = converted.notes
    lines = [
        "Import from Slack",
        "",
        f"People: {converted.people}, of whom {converted.known} had an account here (known by mail address),"
        f" and {converted.deactivated} are deactivated in Slack.",
        f"Channels: {converted.channels}, of which {converted.merged} were here already. Direct ones:"
        f" {converted.direct_channels}.",
        f"Posts: {notes.posts}. Files: {len(notes.uploads)}.",
        "",
        "New accounts have no password: people choose one by the link for a forgotten password.",
    ]
    if notes.by_importer:
        lines.append(f"{notes.by_importer} messages of programs and of people outside the export are the importer's.")
    if notes.missing_files:
        lines.append(f"{notes.missing_files} files are not in the export; the posts link to where Slack has them.")
    lines += [f"Left out: {count} {what}." for what, count in sorted(notes.left_out.items())]
    lines += [f"Could not be read: {what}" for what in converted.unread]
    return "\n".join(lines) + "\n"
