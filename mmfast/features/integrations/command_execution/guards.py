"""Where commands may be executed."""

from mmfast.api.context import Context
from mmfast.api.errors import PERMISSION
from mmfast.core.ids import is_valid_id
from mmfast.features.integrations.command_execution.errors import CHANNEL_ARCHIVED, NO_COMMAND, RESTRICTED_DIRECT
from mmfast.features.integrations.command_execution.types import Execution, Place
from mmfast.features.messages.posts.service import require_unrestricted
from mmfast.features.spaces.channels.guards import may_in_this_channel
from mmfast.features.spaces.channels.service import find_channel
from mmfast.features.spaces.teams.guards import require_in_team


async def may_execute(ctx: Context, body: Execution) -> Place:
    """Where one may write. In direct channels the client names the team, which must be one's own."""
    if len(body.command) < 2 or not body.command.startswith("/") or not is_valid_id(body.channel_id):
        raise NO_COMMAND()
    channel = await find_channel(ctx, body.channel_id)
    if channel is None or not await may_in_this_channel(ctx, channel, "create_post"):
        raise PERMISSION(detail="needs create_post in the channel")
    if channel.delete_at:
        raise CHANNEL_ARCHIVED()
    await require_unrestricted(ctx, channel, RESTRICTED_DIRECT)
    if channel.team_id:
        return Place(channel, channel.team_id)
    await require_in_team(ctx, body.team_id, "view_team")
    return Place(channel, body.team_id)
