"""Who may search which channels."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.identity.roles.service import require
from mmfast.features.spaces.channel_search.types import AllChannelsSearch, ScopeQuery, TermSearch
from mmfast.features.spaces.teams.errors import MEMBER_NOT_FOUND
from mmfast.features.spaces.teams.guards import may_in_team
from mmfast.features.spaces.teams.service import is_member


async def may_search_team(ctx: Context, team_id: str, body: TermSearch | None) -> bool:
    """Members search their team. Gives whether they may see all its public channels, or only their own."""
    if body is None:
        raise INVALID_BODY_PARAM(name="channel_search")
    if await may_in_team(ctx, team_id, "list_team_channels"):
        return True
    if not await is_member(ctx, team_id, ctx.user_id):
        raise MEMBER_NOT_FOUND(team_id=team_id, user_id=ctx.user_id)
    return False


async def may_search_groups(ctx: Context, body: TermSearch | None) -> None:
    """Everybody among their own groups."""
    if body is None:
        raise INVALID_BODY_PARAM(name="channel_search")


async def may_search_all(ctx: Context, query: ScopeQuery, body: AllChannelsSearch) -> bool:
    """Everybody searches their own teams; all channels are for the console's readers. Gives whether it is all."""
    if query.system_console.lower() not in ("true", "false", "1", "0", "t", "f", ""):
        raise INVALID_BODY_PARAM(name="system_console")
    everything = query.system_console.lower() in ("true", "1", "t", "")
    if everything:
        await require(ctx, "sysconsole_read_user_management_channels", "sysconsole_read_user_management_groups")
    return everything
