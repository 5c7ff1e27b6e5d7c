"""Gives posts their files and takes them away again. A post keeps its files in the order of their ids."""

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.messages.files import store
from mmfast.features.messages.files.types import FileInfo
from mmfast.features.messages.posts.service import ATTACHING, DELETED, EDITING
from mmfast.features.messages.posts.types import MAX_FILES, Deletion, Draft, Edit


async def list_files(ctx: Context, post_id: str, *, deleted: bool) -> list[FileInfo]:
    """The files of a post."""
    return await store.list_of_post(ctx.db, post_id, deleted=deleted)


@ATTACHING.register
async def attach_files(ctx: Context, draft: Draft) -> None:
    """Gives a new post its files: those of the author that no post has yet."""
    post = draft.post
    draft.file_ids = sorted(
        await store.attach(ctx.db, draft.file_ids[:MAX_FILES], post.user_id, post.id, post.channel_id)
    )


@EDITING.register
async def change_files(ctx: Context, edit: Edit) -> None:
    """Gives a changed post its new files, and marks those that it lost; an older version's files come back."""
    post, had = edit.old, set(edit.old.read_file_ids())
    wanted = set(edit.file_ids)
    if wanted == had:
        return
    now = now_ms()
    new = sorted(wanted - had)[:MAX_FILES]
    if edit.restored:
        given = await store.unmark_deleted(ctx.db, new, post.id)
    else:
        given = await store.attach(ctx.db, new, post.user_id, post.id, post.channel_id) if new else []
    if had - wanted:
        await store.mark_deleted(ctx.db, sorted(had - wanted), post.id, now)
    edit.file_ids = sorted((had & wanted) | set(given))[:MAX_FILES]


@DELETED.register
async def delete_files(ctx: Context, news: Deletion) -> None:
    """Marks the files of deleted posts; those of removed posts are removed, their content once that is committed."""
    if not news.permanent:
        await store.mark_deleted_of_posts(ctx.db, news.post.id, now_ms())
        return
    names = await store.remove_of_posts(ctx.db, news.removed)
    if names:
        ctx.after_commit(lambda: ctx.app.spawn("remove files", remove_contents, names))


async def remove_contents(ctx: Context, names: list[str]) -> None:
    """Removes files from the store."""
    for name in names:
        await ctx.app.files.delete(name)
