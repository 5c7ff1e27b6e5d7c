"""Watches over the preferences that save posts: only what one may read can be saved."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, PERMISSION
from mmfast.features.identity.preferences.service import BEFORE_STORED
from mmfast.features.identity.preferences.types import PreferencesChange
from mmfast.features.messages.posts.guards import may_read_post
from mmfast.features.messages.posts.service import find_post

CATEGORY: Final = "flagged_post"


@BEFORE_STORED.register
async def require_readable_posts(ctx: Context, change: PreferencesChange) -> None:
    """Refuses to save a post that the caller may not read."""
    for preference in change.preferences:
        if preference.category != CATEGORY:
            continue
        post = await find_post(ctx, preference.name)
        if post is None:
            raise INVALID_BODY_PARAM(name="preference.name")
        if not await may_read_post(ctx, post):
            raise PERMISSION(detail="needs read_channel_content for the post")
