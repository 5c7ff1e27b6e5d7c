"""Switches accounts off and on, and deletes them for good."""

from typing import Final

import msgspec

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.hooks import Hook
from mmfast.features.identity.deactivation import store
from mmfast.features.identity.sessions import service as sessions
from mmfast.features.identity.users import service as users
from mmfast.features.identity.users import store as users_store
from mmfast.features.identity.users.types import User

USER_DEACTIVATED: Final[Hook[User]] = Hook("user_deactivated")
"""Run when an account has been switched off, in the same transaction."""
USER_DELETED: Final[Hook[User]] = Hook("user_deleted")
"""Run before an account's rows are deleted for good, in the same transaction."""


async def set_active(ctx: Context, user: User, active: bool) -> User:
    """Switches the account on or off and tells everybody. Off, its sessions end; all else it has stays."""
    now = now_ms()
    delete_at = 0 if active else now
    after = msgspec.structs.replace(user, delete_at=delete_at, update_at=now, encoded={})
    async with ctx.transaction() as tx:
        await users_store.update_delete_at(tx, user.id, delete_at, now)
        users.forget_user(ctx, user.id)
        if not active:
            await sessions.revoke_sessions_of_user(ctx, user.id)
            await USER_DEACTIVATED.run(ctx, after)
        users.announce_updated(ctx, after)
    return after


async def delete_all_for_good(ctx: Context) -> None:
    """Deletes every account, one after the other: what was done stays done if it breaks off."""
    for user_id in await store.list_user_ids(ctx.db):
        user = await users.find_user(ctx, user_id)
        if user is not None:
            await set_active(ctx, user, False)
            await delete_for_good(ctx, user)


async def delete_for_good(ctx: Context, user: User) -> None:
    """Deletes the account and everything that is its own: its posts, memberships, tokens and settings."""
    async with ctx.transaction() as tx:
        await USER_DELETED.run(ctx, user)
        files = await store.list_files_of(tx, user.id)
        await store.delete_everything_of(tx, user.id)
        users.forget_user(ctx, user.id)
        ctx.invalidate_everything()
    for name in files:
        await ctx.app.files.delete(name)
    await ctx.app.files.delete_folder(f"users/{user.id}")
