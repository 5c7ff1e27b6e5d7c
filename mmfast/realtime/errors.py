"""The errors of the WebSocket: of opening one, and of the requests that come through it."""

from mmfast.core.errors import ErrorKind

UPGRADE_FAILED = ErrorKind(
    "api.web_socket.connect.upgrade.app_error", 400, "This address only speaks WebSocket, with a valid handshake."
)
NO_ACTION = ErrorKind("api.web_socket_router.no_action.app_error", 400, "The request names no action.")
BAD_SEQ = ErrorKind("api.web_socket_router.bad_seq.app_error", 400, "The request's number must be greater than zero.")
BAD_ACTION = ErrorKind("api.web_socket_router.bad_action.app_error", 500, "There is no such action.")
NOT_AUTHENTICATED = ErrorKind(
    "api.web_socket_router.not_authenticated.app_error", 401, "The connection's session has ended; sign in again."
)
INVALID_PARAM = ErrorKind(
    "api.websocket_handler.invalid_param.app_error", 400, "The request's {name} is missing or invalid."
)
BUSY = ErrorKind("api.websocket_handler.server_busy.app_error", 503, "The server is busy; this can wait.")
