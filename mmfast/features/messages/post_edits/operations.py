"""The routes that change posts and show their versions."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.messages.post_edits import service
from mmfast.features.messages.post_edits.guards import (
    may_patch_post,
    may_restore_version,
    may_see_versions,
    may_update_post,
)
from mmfast.features.messages.post_edits.types import PostPatch
from mmfast.features.messages.posts.types import Post, PostInput


@operation("UpdatePost", "PUT /posts/{post_id}", guard=may_update_post)
async def update_post(ctx: Context, post_id: str, body: PostInput, loaded: Post) -> Post:
    return await service.update_post(ctx, loaded, body)


@operation("PatchPost", "PUT /posts/{post_id}/patch", guard=may_patch_post)
async def patch_post(ctx: Context, post_id: str, body: PostPatch, loaded: Post) -> Post:
    return await service.patch_post(ctx, loaded, body)


@operation("GetPostEditHistory", "GET /posts/{post_id}/edit_history", guard=may_see_versions)
async def get_edit_history(ctx: Context, post_id: str, loaded: Post) -> list[Post]:
    return await service.list_versions(ctx, loaded)


@operation("RestorePostVersion", "POST /posts/{post_id}/restore/{restore_version_id}", guard=may_restore_version)
async def restore_version(ctx: Context, post_id: str, restore_version_id: str, loaded: tuple[Post, Post]) -> Post:
    return await service.restore_version(ctx, *loaded)
