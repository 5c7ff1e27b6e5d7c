"""Who may list which channels."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, INVALID_URL_PARAM
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import require, require_user_or
from mmfast.features.spaces.channel_lists.types import OwnChannelsQuery
from mmfast.features.spaces.teams.guards import require_in_team


async def may_list_public(ctx: Context, team_id: str) -> None:
    """Listing a team's channels is a permission in it."""
    await require_in_team(ctx, team_id, "list_team_channels")


async def may_list_private(ctx: Context, team_id: str) -> None:
    """Private channels are listed for the system's administrators only."""
    await require(ctx, "manage_system")


async def may_list_by_ids(ctx: Context, team_id: str, body: list[str]) -> None:
    """Who may see the team."""
    if not body or not all(is_valid_id(channel_id) for channel_id in body):
        raise INVALID_BODY_PARAM(name="channel_ids")
    await require_in_team(ctx, team_id, "view_team")


async def may_list_own(ctx: Context, user_id: str, query: OwnChannelsQuery) -> None:
    """Everybody their own, and who may edit others."""
    if query.last_delete_at < 0:
        raise INVALID_URL_PARAM(name="last_delete_at")
    await require_user_or(ctx, user_id)


async def may_list_own_in_team(ctx: Context, user_id: str, team_id: str, query: OwnChannelsQuery) -> None:
    """As `may_list_own`, in a team that they may see."""
    await may_list_own(ctx, user_id, query)
    await require_in_team(ctx, team_id, "view_team")


async def may_list_all(ctx: Context) -> None:
    """The console's readers of channels."""
    await require(ctx, "sysconsole_read_user_management_channels", "sysconsole_read_user_management_groups")
