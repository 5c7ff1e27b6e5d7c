"""/help, /logout, /collapse, /expand, and those that only a client can carry out, which it does without the server."""

from typing import Final

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.identity.preferences.service import save_preference
from mmfast.features.identity.preferences.types import Preference
from mmfast.features.integrations.builtin_commands.service import builtin, never, to_caller
from mmfast.features.integrations.builtin_commands.types import CommandAnswer, CommandCall

HELP: Final = Text(
    "api.command_help.success",
    "Write to everybody in a channel, or to some in direct and group messages. Type / to see the commands,"
    " @ to mention people and ~ to name channels.",
)
COLLAPSED: Final = Text("api.command_collapse.success", "Previews of images are collapsed from now on.")
EXPANDED: Final = Text("api.command_expand.success", "Previews of images are expanded from now on.")
_ELSEWHERE: Final = "This client does not know the command /{trigger}."

LOGIN_PAGE: Final = "/login"
DISPLAY: Final = "display_settings"
COLLAPSE: Final = "collapse_previews"


@builtin("help", description=Text("api.command_help.desc", "Show how to find your way"))
async def show_help(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Shows a few words of help."""
    return to_caller(call, HELP)


@builtin("logout", description=Text("api.command_logout.desc", "Sign out"))
async def log_out(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Sends the client to the login page; it ends the session itself."""
    return CommandAnswer(goto_location=LOGIN_PAGE)


async def _set_collapsed(ctx: Context, call: CommandCall, value: str, told: Text) -> CommandAnswer:
    await save_preference(ctx, Preference(call.user.id, DISPLAY, COLLAPSE, value))
    return to_caller(call, told)


@builtin("collapse", description=Text("api.command_collapse.desc", "Collapse previews of images"))
async def collapse(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Shows previews of images collapsed."""
    return await _set_collapsed(ctx, call, "true", COLLAPSED)


@builtin("expand", description=Text("api.command_expand.desc", "Expand previews of images"))
async def expand(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Shows previews of images expanded."""
    return await _set_collapsed(ctx, call, "false", EXPANDED)


SEARCH_ELSEWHERE: Final = Text("api.command_search.unsupported.app_error", _ELSEWHERE)
SHORTCUTS_ELSEWHERE: Final = Text("api.command_shortcuts.unsupported.app_error", _ELSEWHERE)
SETTINGS_ELSEWHERE: Final = Text("api.command_settings.unsupported.app_error", _ELSEWHERE)
MARKETPLACE_ELSEWHERE: Final = Text("api.command_marketplace.unsupported.app_error", _ELSEWHERE)


@builtin("search", description=Text("api.command_search.desc", "Search the messages"), hint="[text]")
async def search(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Only clients search by command."""
    return to_caller(call, SEARCH_ELSEWHERE, trigger="search")


@builtin("shortcuts", description=Text("api.command_shortcuts.desc", "Show the keyboard shortcuts"))
async def show_shortcuts(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Only clients have shortcuts."""
    return to_caller(call, SHORTCUTS_ELSEWHERE, trigger="shortcuts")


@builtin("settings", description=Text("api.command_settings.desc", "Open the settings"))
async def open_settings(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Only clients have a dialog of settings."""
    return to_caller(call, SETTINGS_ELSEWHERE, trigger="settings")


@builtin("marketplace", description=Text("api.command_marketplace.desc", "Open the marketplace"), is_offered=never)
async def open_marketplace(ctx: Context, call: CommandCall) -> CommandAnswer:
    """Only clients have a marketplace."""
    return to_caller(call, MARKETPLACE_ELSEWHERE, trigger="marketplace")
