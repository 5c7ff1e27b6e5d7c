"""The routes of outgoing connections."""

from typing import Final

from mmfast.api.unavailable import declare_unavailable
from mmfast.features.integrations.outgoing_oauth_connections.errors import UNAVAILABLE
from mmfast.features.integrations.outgoing_oauth_connections.guards import may_manage_connections

_PATH: Final = "/oauth/outgoing_connections"
_ONE: Final = _PATH + "/{outgoing_oauth_connection_id}"

declare_unavailable(
    UNAVAILABLE,
    ("ListOutgoingOAuthConnections", f"GET {_PATH}", may_manage_connections),
    ("CreateOutgoingOAuthConnection", f"POST {_PATH}", may_manage_connections),
    ("ValidateOutgoingOAuthConnection", f"POST {_PATH}/validate", may_manage_connections),
    ("GetOutgoingOAuthConnection", f"GET {_ONE}", may_manage_connections),
    ("UpdateOutgoingOAuthConnection", f"PUT {_ONE}", may_manage_connections),
    ("DeleteOutgoingOAuthConnection", f"DELETE {_ONE}", may_manage_connections),
)
