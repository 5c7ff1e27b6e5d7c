"""Who may submit dialogs and look options up: for a channel that one may read, in one's team."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.features.integrations.dialogs.types import Submission
from mmfast.features.integrations.integration_calls.service import PLUGIN_PATH
from mmfast.features.integrations.oauth_apps.service import is_web_address
from mmfast.features.spaces.channels.guards import require_content
from mmfast.features.spaces.teams.guards import require_in_team


async def may_submit(ctx: Context, body: Submission) -> None:
    """For a channel that one may read, in one's team."""
    if not body.url:
        raise INVALID_BODY_PARAM(name="url")
    await require_content(ctx, body.channel_id)
    await require_in_team(ctx, body.team_id, "view_team")


async def may_look_up(ctx: Context, body: Submission) -> None:
    """As `may_submit`, at an address of the web or of a plugin."""
    if not (is_web_address(body.url) or body.url.startswith(PLUGIN_PATH)):
        raise INVALID_BODY_PARAM(name="url")
    await may_submit(ctx, body)
