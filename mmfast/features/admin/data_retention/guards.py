"""Who may see and change retention policies; where a body is read first, a broken one is refused before anything."""

from typing import Any

from mmfast.api.context import Context
from mmfast.features.identity.roles.service import MANAGE_SYSTEM, require, require_user_or

_READ = "sysconsole_read_compliance_data_retention_policy"
_WRITE = "sysconsole_write_compliance_data_retention_policy"


async def may_read_policies(ctx: Context) -> None:
    """Whoever sees the page of policies."""
    await require(ctx, _READ)


async def may_search_channels(ctx: Context, body: dict[str, Any]) -> None:
    """As `may_read_policies`, after the body was read."""
    await require(ctx, _READ)


async def may_write_policies(ctx: Context) -> None:
    """Whoever changes the page of policies."""
    await require(ctx, _WRITE)


async def may_send_policy(ctx: Context, body: dict[str, Any]) -> None:
    """As `may_write_policies`, after the policy was read."""
    await require(ctx, _WRITE)


async def may_send_ids(ctx: Context, body: list[str]) -> None:
    """As `may_write_policies`, after the ids were read."""
    await require(ctx, _WRITE)


async def may_read_policies_of_user(ctx: Context, user_id: str) -> None:
    """The user, and who manages the system."""
    await require_user_or(ctx, user_id, MANAGE_SYSTEM)
