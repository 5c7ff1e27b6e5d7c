"""Who may manage access policies."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.roles.service import require

POLICY_TYPES = ("parent", "channel")


async def may_manage_policies(ctx: Context) -> None:
    """The system's administrators."""
    await require(ctx, "manage_system")


async def may_send(ctx: Context, body: dict[str, Any]) -> None:
    """As `may_manage_policies`, after the body was read."""
    await require(ctx, "manage_system")


async def may_write_policy(ctx: Context, body: dict[str, Any]) -> None:
    """As `may_manage_policies`; a policy of no known type is refused first."""
    if body.get("type") not in POLICY_TYPES:
        raise INVALID_BODY_PARAM(name="type")
    await require(ctx, "manage_system")
