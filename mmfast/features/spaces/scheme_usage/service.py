"""Lists the teams and channels that use a scheme."""

from mmfast.api.context import Context
from mmfast.features.spaces.channels.types import Channel
from mmfast.features.spaces.scheme_usage import store
from mmfast.features.spaces.scheme_usage.errors import NOT_A_CHANNEL_SCHEME, NOT_A_TEAM_SCHEME
from mmfast.features.spaces.scheme_usage.types import Page
from mmfast.features.spaces.schemes.service import MAX_PER_PAGE, get_scheme
from mmfast.features.spaces.teams.types import Team


async def list_teams(ctx: Context, scheme_id: str, page: Page) -> list[Team]:
    """A page of the teams that use a team scheme."""
    scheme = await get_scheme(ctx, scheme_id)
    if scheme.scope != "team":
        raise NOT_A_TEAM_SCHEME()
    per_page = min(max(page.per_page, 1), MAX_PER_PAGE)
    return await store.list_teams(ctx.db, scheme_id, max(page.page, 0) * per_page, per_page)


async def list_channels(ctx: Context, scheme_id: str, page: Page) -> list[Channel]:
    """A page of the channels that use a channel scheme."""
    scheme = await get_scheme(ctx, scheme_id)
    if scheme.scope != "channel":
        raise NOT_A_CHANNEL_SCHEME()
    per_page = min(max(page.per_page, 1), MAX_PER_PAGE)
    return await store.list_channels(ctx.db, scheme_id, max(page.page, 0) * per_page, per_page)
