"""The routes of shared channels; all but one stand behind guards that refuse."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.spaces.shared_channels.guards import may_read_connections, may_read_shared, may_share_channels

_REMOTE: Final = "/remotecluster/{remote_id}"

_ROUTES: Final = {
    "GetAllSharedChannels": ("GET /sharedchannels/{team_id}", may_read_shared),
    "GetSharedChannelRemotes": ("GET /sharedchannels/{channel_id}/remotes", may_read_shared),
    "GetRemoteClusterInfo": ("GET /sharedchannels/remote_info/{remote_id}", may_read_shared),
    "GetSharedChannelRemotesByRemoteCluster": (f"GET {_REMOTE}/sharedchannelremotes", may_read_connections),
    "InviteRemoteClusterToChannel": (f"POST {_REMOTE}/channels/{{channel_id}}/invite", may_share_channels),
    "UninviteRemoteClusterToChannel": (f"POST {_REMOTE}/channels/{{channel_id}}/uninvite", may_share_channels),
}


async def answer_nothing(ctx: Context) -> None:
    """Never reached: the guards refuse."""


for _name, (_route, _guard) in _ROUTES.items():
    operation(_name, _route, guard=_guard)(answer_nothing)


@operation("CanUserDirectMessage", "GET /sharedchannels/users/{user_id}/can_dm/{other_user_id}", guard=SIGNED_IN)
async def can_user_direct_message(ctx: Context) -> dict[str, bool]:
    """Whether two users' servers let them talk: always, where there are no other servers."""
    return {"can_dm": True}
