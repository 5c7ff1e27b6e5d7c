"""Attaches files to posts and finds those of many posts at once."""

from typing import Any

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.messages.files import store
from mmfast.features.messages.files.types import FileInfo
from mmfast.features.messages.posts.service import ATTACHING, DELETED, EDITING
from mmfast.features.messages.posts.types import Deletion, Draft, Edit, Post


async def list_infos_of_posts(ctx: Context, posts: list[Post], *, deleted: bool = False) -> dict[str, list[Any]]:
    """The files of each of the posts that has some."""
    ids = {post.id: post.read_file_ids() for post in posts}
    known = {
        info.id: info
        for info in await store.list_by_ids(ctx.db, sorted({i for some in ids.values() for i in some}), deleted=deleted)
    }
    found: dict[str, list[Any]] = {}
    for post_id, some in ids.items():
        infos: list[FileInfo] = [known[i] for i in some if i in known]
        if infos:
            found[post_id] = infos
    return found


@ATTACHING.register
async def attach_files(ctx: Context, draft: Draft) -> None:
    """Gives a new post its files: those of the author that no post has yet."""
    post = draft.post
    own = set(await store.attach(ctx.db, draft.file_ids, post.user_id, post.id, post.channel_id))
    draft.file_ids = [file_id for file_id in draft.file_ids if file_id in own]


@EDITING.register
async def exchange_files(ctx: Context, edit: Edit) -> None:
    """Gives a changed post its new files, and marks those that it has no more as deleted."""
    post, before = edit.new, edit.old.read_file_ids()
    added = [file_id for file_id in edit.file_ids if file_id not in before]
    if added and edit.restored:
        await store.unmark_deleted(ctx.db, added)
    elif added:
        own = set(await store.attach(ctx.db, added, post.user_id, post.id, post.channel_id))
        edit.file_ids = [file_id for file_id in edit.file_ids if file_id in before or file_id in own]
    gone = [file_id for file_id in before if file_id not in edit.file_ids]
    if gone:
        await store.mark_deleted(ctx.db, gone, now_ms())


@DELETED.register
async def delete_files(ctx: Context, news: Deletion) -> None:
    """Marks the files of deleted posts."""
    await store.mark_deleted_of_posts(ctx.db, news.post.id, now_ms())
