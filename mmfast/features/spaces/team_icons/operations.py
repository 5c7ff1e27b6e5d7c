"""The routes of team icons."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.etags import is_known, not_modified
from mmfast.api.forms import read_picture
from mmfast.api.operation import operation
from mmfast.api.responses import Response
from mmfast.features.spaces.team_icons import errors, service
from mmfast.features.spaces.team_icons.guards import may_see_icon, may_set_icon
from mmfast.features.spaces.teams.types import Team

_DAY: Final = ("Cache-Control", "max-age=86400, private")


@operation("GetTeamIcon", "GET /teams/{team_id}/image", guard=may_see_icon, trust_requester=True)
async def get_team_icon(ctx: Context, loaded: Team) -> Response:
    """The icon, which a client may keep for a day."""
    etag = str(loaded.last_team_icon_update) if loaded.last_team_icon_update else "0"
    if is_known(ctx, etag):
        return not_modified(etag)
    icon = await service.read_icon(ctx, loaded)
    return Response(200, [("Content-Type", "image/png"), _DAY, ("Etag", etag)], icon)


@operation("SetTeamIcon", "POST /teams/{team_id}/image", guard=may_set_icon)
async def set_team_icon(ctx: Context, loaded: Team) -> None:
    """Takes the picture in the form field `image`."""
    await service.set_icon(ctx, loaded, await read_picture(ctx, errors.UPLOAD))


@operation("RemoveTeamIcon", "DELETE /teams/{team_id}/image", guard=may_set_icon)
async def remove_team_icon(ctx: Context, loaded: Team) -> None:
    """Takes the icon away."""
    await service.remove_icon(ctx, loaded)
