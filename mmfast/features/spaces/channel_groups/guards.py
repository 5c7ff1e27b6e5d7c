"""Who may ask about groups in channels."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.core.ids import is_valid_id
from mmfast.features.identity.roles.service import require
from mmfast.features.spaces.channel_groups.errors import LICENSE_NEEDED
from mmfast.features.spaces.channel_groups.types import MinusGroupsQuery


async def may_subtract_groups(ctx: Context, query: MinusGroupsQuery) -> list[str]:
    """The console's readers of channels. Gives the ids of the groups."""
    group_ids = query.group_ids.split(",")
    if not all(is_valid_id(group_id) for group_id in group_ids):
        raise INVALID_BODY_PARAM(name="group_ids")
    await require(ctx, "sysconsole_read_user_management_channels")
    return group_ids


async def may_count_by_group(ctx: Context) -> None:
    """Nobody, without a licence."""
    raise LICENSE_NEEDED()
