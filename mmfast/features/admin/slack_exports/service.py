"""Reads an export. Everything here blocks: call it in a thread."""

from collections.abc import Iterator
from typing import Final, TypeVar

import msgspec

from mmfast.features.admin.import_archives.service import read_all
from mmfast.features.admin.import_archives.types import Archive, MissingFile, RefusedArchive
from mmfast.features.admin.slack_exports.types import (
    UPLOADS,
    Conversation,
    Export,
    Kind,
    SlackChannel,
    SlackFile,
    SlackMessage,
    SlackUser,
)

MAX_BYTES: Final = 64 * 1024 * 1024
"""Of one file of the export. A day of one channel comes to a few MB in the busiest workspaces."""

PEOPLE: Final = "users.json"

T = TypeVar("T")


def read_export(archive: Archive) -> Export:
    """People and conversations. Raises RefusedArchive for what is no export."""
    unread: list[str] = []
    names = set(archive.names())
    if PEOPLE not in names:
        raise RefusedArchive(f"the archive has no {PEOPLE}: it is no Slack export")
    people = list(_read(archive, PEOPLE, SlackUser, unread))
    conversations = []
    for kind in Kind:
        if kind.value in names:
            for channel in _read(archive, kind.value, SlackChannel, unread):
                folder = channel.id if kind is Kind.DIRECT else channel.name or channel.id
                conversations.append(Conversation(kind, channel, folder))
    return Export(people, conversations, unread)


def read_messages(archive: Archive, days: list[str], unread: list[str]) -> Iterator[SlackMessage]:
    """The messages of a conversation's days, in order; `unread` is told of what cannot be read."""
    for name in days:
        yield from _read(archive, name, SlackMessage, unread)


def find_days(archive: Archive) -> dict[str, list[str]]:
    """The files of each folder in the order of their days."""
    found: dict[str, list[str]] = {}
    for name in archive.names():
        folder, slash, day = name.rpartition("/")
        if slash and day.endswith(".json"):
            found.setdefault(folder, []).append(name)
    return {folder: sorted(names) for folder, names in found.items()}


def find_upload(archive: Archive, file: SlackFile) -> str | None:
    """Where the content of a shared file is in the archive, if there."""
    if not file.id or not file.name:
        return None
    name = f"{UPLOADS}/{file.id}/{file.name}"
    try:
        archive.size(name)
    except MissingFile:
        return None
    return name


def _read(archive: Archive, name: str, kind: type[T], unread: list[str]) -> Iterator[T]:
    """The objects of a file that is a list. One that is broken costs itself, not the file."""
    try:
        items = msgspec.json.decode(read_all(archive, name, MAX_BYTES), type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        unread.append(f"{name}: {error}")
        return
    for number, raw in enumerate(items, 1):
        try:
            yield msgspec.json.decode(raw, type=kind, strict=False)
        except (msgspec.DecodeError, RecursionError) as error:
            unread.append(f"{name}, item {number}: {error}")
