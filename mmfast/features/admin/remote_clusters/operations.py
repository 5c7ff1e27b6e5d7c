"""The routes of connections to other servers."""

from typing import Final

from mmfast.api.context import Context
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.remote_clusters.errors import UNAVAILABLE
from mmfast.features.admin.remote_clusters.guards import may_manage_connections, may_see_connections, proves_remote

_PATH: Final = "/remotecluster"

declare_unavailable(
    UNAVAILABLE,
    ("GetRemoteClusters", f"GET {_PATH}", may_see_connections),
    ("CreateRemoteCluster", f"POST {_PATH}", may_manage_connections),
    ("AcceptRemoteClusterInvite", f"POST {_PATH}/accept_invite", may_manage_connections),
    ("GetRemoteCluster", f"GET {_PATH}/{{remote_id}}", may_manage_connections),
    ("PatchRemoteCluster", f"PATCH {_PATH}/{{remote_id}}", may_manage_connections),
    ("DeleteRemoteCluster", f"DELETE {_PATH}/{{remote_id}}", may_manage_connections),
    ("GenerateRemoteClusterInvite", f"POST {_PATH}/{{remote_id}}/generate_invite", may_manage_connections),
)

_FOR_SERVERS: Final = (
    ("RemoteClusterPing", "POST /remotecluster/ping"),
    ("RemoteClusterAcceptMessage", "POST /remotecluster/msg"),
    ("RemoteClusterConfirmInvite", "POST /remotecluster/confirm_invite"),
    ("UploadRemoteData", "POST /remotecluster/upload/{upload_id}"),
    ("RemoteSetProfileImage", "POST /remotecluster/{user_id}/image"),
)


async def hear_remote(ctx: Context) -> None:
    """What a connected server says; the guard lets nobody through."""


for _name, _route in _FOR_SERVERS:
    operation(_name, _route, guard=proves_remote, auth=OPTIONAL)(hear_remote)
