"""Says posts with all that hangs on them, and direct and group channels, as lines do.

Posts are read in batches of threads: a batch's replies, reactions, files, savers and followers come by one query each.
"""

from collections.abc import AsyncGenerator, Iterable
from typing import Any, Final

from mmfast.api.context import Context
from mmfast.db.executor import Record
from mmfast.features.admin.export_people.service import decoded
from mmfast.features.admin.export_people.types import MEMBER_NOTIFY
from mmfast.features.admin.export_posts import store
from mmfast.features.admin.exports.types import ExportedFile, Tally

BATCH: Final = 200
"""Threads read at a time; their replies come with them."""

_COUNTS: Final = {
    "last_viewed_at": "lastviewedat",
    "msg_count": "msgcount",
    "msg_count_root": "msgcountroot",
    "mention_count": "mentioncount",
    "mention_count_root": "mentioncountroot",
    "urgend_mention_count": "urgentmentioncount",
    "scheme_guest": "schemeguest",
    "scheme_user": "schemeuser",
    "scheme_admin": "schemeadmin",
}
_NOTIFY: Final = {"channel_auto_follow_threads": "off", "email": "default", "ignore_channel_mentions": "default"}


class _Hanging:
    """What hangs on the posts of a batch, by the post's id."""

    def __init__(self) -> None:
        self.reactions: dict[str, list[dict[str, Any]]] = {}
        self.files: dict[str, list[dict[str, Any]]] = {}
        self.flags: dict[str, list[str]] = {}
        self.followers: dict[str, list[dict[str, Any]]] = {}

    @classmethod
    async def load(cls, ctx: Context, posts: list[Record], tally: Tally | None) -> "_Hanging":
        """Loads it; files only if somebody counts what is missing of them."""
        self, ids = cls(), [row["id"] for row in posts]
        reacted = [row["id"] for row in posts if row["hasreactions"]]
        for row in await store.list_reactions(ctx.db, reacted) if reacted else ():
            said = {"user": row["username"], "emoji_name": row["emojiname"], "create_at": row["createat"]}
            self.reactions.setdefault(row["postid"], []).append(said)
        for row in await store.list_flags(ctx.db, ids):
            self.flags.setdefault(row["postid"], []).append(row["username"])
        for row in await store.list_followers(ctx.db, ids):
            read = {"last_viewed": row["lastviewed"] or 0, "unread_mentions": row["unreadmentions"] or 0}
            self.followers.setdefault(row["postid"], []).append({"user": row["username"], **read})
        if tally is not None:
            await self._load_files(ctx, posts, tally)
        return self

    async def _load_files(self, ctx: Context, posts: list[Record], tally: Tally) -> None:
        order = {row["id"]: row["fileids"] or "" for row in posts if row["fileids"] not in (None, "", "[]")}
        rows = await store.list_files(ctx.db, list(order)) if order else []
        for row in sorted(rows, key=lambda row: order[row["postid"]].find(row["id"])):
            if await ctx.app.files.exists(row["path"]):
                self.files.setdefault(row["postid"], []).append({"path": row["path"]})
                tally.named_files += 1
            else:
                tally.missing_files += 1


def _said(row: Record, hanging: _Hanging) -> dict[str, Any]:
    """What posts and replies have in common."""
    return {
        "user": row["username"],
        "type": row["type"] or "",
        "message": row["message"] or "",
        "props": decoded(row["props"]),
        "create_at": row["createat"],
        "edit_at": row["editat"] or 0,
        "is_pinned": bool(row["ispinned"]),
        "flagged_by": hanging.flags.get(row["id"], []),
    }


def _with(said: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Adds the fields that have a value."""
    return said | {name: value for name, value in more.items() if value}


async def _threads(
    ctx: Context, tally: Tally | None, *, direct: bool, archived: bool
) -> AsyncGenerator[list[tuple[Record, dict[str, Any], list[dict[str, Any]], _Hanging]]]:
    """Batches of posts that are no replies: the row, what is said of it, and of its replies."""
    after = (-1, "")
    while roots := await store.list_roots(ctx.db, after, BATCH, direct=direct, archived=archived):
        after = (roots[-1]["createat"], roots[-1]["id"])
        replies = await store.list_replies(ctx.db, [row["id"] for row in roots])
        hanging = await _Hanging.load(ctx, [*roots, *replies], tally)
        below: dict[str, list[dict[str, Any]]] = {}
        for row in replies:
            more = {"reactions": hanging.reactions.get(row["id"]), "attachments": hanging.files.get(row["id"])}
            below.setdefault(row["rootid"], []).append(_with(_said(row, hanging), **more))
        yield [(row, _said(row, hanging), below.get(row["id"], []), hanging) for row in roots]


async def posts(ctx: Context, tally: Tally, *, files: bool, archived: bool) -> AsyncGenerator[list[dict[str, Any]]]:
    """The posts in channels of teams, in batches, the oldest first."""
    async for batch in _threads(ctx, tally if files else None, direct=False, archived=archived):
        yield [
            _with(
                {"team": row["team"], "channel": row["channel"], **said},
                reactions=hanging.reactions.get(row["id"]),
                replies=replies,
                attachments=hanging.files.get(row["id"]),
                thread_followers=hanging.followers.get(row["id"]),
            )
            for row, said, replies, hanging in batch
        ]


async def direct_posts(ctx: Context, tally: Tally, *, files: bool) -> AsyncGenerator[list[dict[str, Any]]]:
    """The posts in direct and group channels, in batches, the oldest first."""
    async for batch in _threads(ctx, tally if files else None, direct=True, archived=False):
        members = await _members(ctx, {row["channelid"] for row, *_ in batch})
        yield [
            _with(
                {
                    "channel_members": [member["username"] for member in members.get(row["channelid"], [])],
                    **said,
                    "reactions": hanging.reactions.get(row["id"]),
                    "replies": replies or None,
                    "attachments": hanging.files.get(row["id"]),
                },
                thread_followers=hanging.followers.get(row["id"]),
            )
            for row, said, replies, hanging in batch
        ]


async def _members(ctx: Context, channel_ids: Iterable[str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in await store.list_members(ctx.db, list(channel_ids)):
        found.setdefault(row["channelid"], []).append(row)
    return found


async def direct_channels(ctx: Context) -> AsyncGenerator[list[dict[str, Any]]]:
    """The direct and group channels that have members, in batches."""
    after = ""
    while rows := await store.list_direct_channels(ctx.db, after, BATCH):
        after = rows[-1]["id"]
        members = await _members(ctx, [row["id"] for row in rows])
        yield [
            _with(
                {"header": row["header"] or "", "participants": [_participant(one) for one in members[row["id"]]]},
                favorited_by=[one["username"] for one in members[row["id"]] if one["favorite"]],
            )
            for row in rows
            if row["id"] in members
        ]


def _participant(row: Record) -> dict[str, Any]:
    notify = decoded(row["notifyprops"])
    said = {name: notify.get(kept, "default") for name, kept in MEMBER_NOTIFY.items()}
    said |= {name: notify.get(name, usual) for name, usual in _NOTIFY.items()}
    return _with(
        {"username": row["username"], "notify_props": said}, **{name: row[column] for name, column in _COUNTS.items()}
    )


async def attachments(ctx: Context, *, archived: bool) -> AsyncGenerator[ExportedFile]:
    """The files of the posts."""
    after = ""
    while rows := await store.list_attachments(ctx.db, after, BATCH, archived=archived):
        after = rows[-1]["id"]
        for row in rows:
            yield ExportedFile(row["path"], row["size"] or 0)
