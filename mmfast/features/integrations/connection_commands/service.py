"""/share-channel and /secure-connection: there are no connections with other servers, and who may ask is told so."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.identity.roles.service import may
from mmfast.features.integrations.builtin_commands.service import builtin, to_caller
from mmfast.features.integrations.builtin_commands.types import Argument, CommandAnswer, CommandCall, Completion

SHARING_NOT_PERMITTED: Final = Text(
    "api.command_share.permission_required", "Sharing channels needs the permission `manage_shared_channels`."
)
SHARING_OFF: Final = Text("api.command_share.service_disabled", "This server shares no channels.")
CONNECTING_NOT_PERMITTED: Final = Text(
    "api.command_remote.permission_required", "Connecting servers needs the permission `manage_secure_connections`."
)
CONNECTING_OFF: Final = Text("api.command_remote.service_not_enabled", "This server connects with no others.")


def _words(name: str, help_text: str, *, required: bool = True, pattern: str = "") -> Argument:
    return Argument(name, help_text, "TextInput", required, {"Hint": help_text, "Pattern": pattern})


def _choice(help_text: str, source: str) -> Argument:
    return Argument("connectionID", help_text, "DynamicList", True, {"FetchURL": f"builtin:{source}"})


_SHARE: Final = Completion(
    "share-channel",
    "[action]",
    "Actions: invite, uninvite, unshare, status",
    SubCommands=[
        Completion(
            "invite",
            "",
            "Invite a connected server to this channel",
            Arguments=[
                _choice("The connection to invite", "share-channel"),
                _words("readonly", "Y to let it read only", required=False, pattern="Y|N|y|n"),
            ],
        ),
        Completion(
            "uninvite",
            "",
            "Take a connected server out of this channel",
            Arguments=[_choice("The connection to take out", "share-channel")],
        ),
        Completion("unshare", "", "Stop sharing this channel"),
        Completion("status", "", "Show with whom this channel is shared"),
    ],
)
_NAMES: Final = [
    _words("name", "A name for the connection, unlike all others"),
    _words("displayname", "How the connection is shown", required=False),
    _words("password", "The password of the invitation"),
]
_CONNECT: Final = Completion(
    "secure-connection",
    "[action]",
    "Actions: create, accept, remove, status",
    SubCommands=[
        Completion("create", "", "Make an invitation to connect", Arguments=_NAMES),
        Completion(
            "accept",
            "",
            "Accept another server's invitation",
            Arguments=[*_NAMES, _words("invite", "The invitation as it was received")],
        ),
        Completion(
            "remove",
            "",
            "End a connection",
            Arguments=[_choice("The connection to end", "secure-connection")],
        ),
        Completion("status", "", "Show all connections"),
    ],
)


@builtin(
    "share-channel",
    description=Text("api.command_share.desc", "Share this channel with another server"),
    hint="[action]",
    completion=_SHARE,
)
async def share_channel(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Says why the channel is not shared."""
    permitted = await may(ctx, "manage_shared_channels")
    return to_caller(call, SHARING_OFF if permitted else SHARING_NOT_PERMITTED)


@builtin(
    "secure-connection",
    description=Text("api.command_remote.desc", "Connect with another server"),
    hint="[action]",
    completion=_CONNECT,
)
async def connect(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Says why no server is connected."""
    permitted = await may(ctx, "manage_secure_connections")
    return to_caller(call, CONNECTING_OFF if permitted else CONNECTING_NOT_PERMITTED)
