"""The operations on custom commands, and on what clients offer of all commands."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.api.responses import Created
from mmfast.features.integrations.commands import guards, service
from mmfast.features.integrations.commands.types import (
    Command,
    CommandDraft,
    CommandMove,
    CommandQuery,
    Suggestion,
    SuggestionQuery,
    Token,
)


@operation("CreateCommand", "POST /commands", guard=guards.may_create_command)
async def create_command(ctx: Context, body: CommandDraft) -> Created[Command]:
    """Makes a command."""
    return Created(await service.create_command(ctx, body))


@operation("ListCommands", "GET /commands", guard=guards.may_list_commands)
async def list_commands(ctx: Context, query: CommandQuery, loaded: bool) -> list[Command]:
    """A team's commands: the custom ones whole, or all as clients offer them."""
    if query.custom_only:
        return await service.list_commands(ctx, query.team_id)
    return await service.list_offered(ctx, query.team_id, all_custom=loaded)


@operation("GetCommandById", "GET /commands/{command_id}", guard=guards.may_manage_command)
async def get_command(ctx: Context, command_id: str, loaded: Command) -> Command:
    """One command."""
    return loaded


@operation("UpdateCommand", "PUT /commands/{command_id}", guard=guards.may_update_command)
async def update_command(ctx: Context, command_id: str, body: CommandDraft, loaded: Command) -> Command:
    """Changes a command; its token and its creator stay."""
    return await service.update_command(ctx, loaded, body)


@operation("MoveCommand", "PUT /commands/{command_id}/move", guard=guards.may_move_command)
async def move_command(ctx: Context, command_id: str, body: CommandMove, loaded: Command) -> None:
    """Brings a command into another team."""
    await service.move_command(ctx, loaded, body.team_id)


@operation("RegenCommandToken", "PUT /commands/{command_id}/regen_token", guard=guards.may_manage_command)
async def renew_command_token(ctx: Context, command_id: str, loaded: Command) -> Token:
    """Gives a command a new token."""
    return Token(await service.renew_token(ctx, loaded))


@operation("DeleteCommand", "DELETE /commands/{command_id}", guard=guards.may_manage_command)
async def delete_command(ctx: Context, command_id: str, loaded: Command) -> None:
    """Removes a command."""
    await service.delete_command(ctx, loaded)


@operation("ListAutocompleteCommands", "GET /teams/{team_id}/commands/autocomplete", guard=guards.may_type_commands)
async def list_autocomplete_commands(ctx: Context, team_id: str) -> list[Command]:
    """The commands that clients offer."""
    return await service.list_offered(ctx, team_id, all_custom=False)


@operation(
    "ListCommandAutocompleteSuggestions",
    "GET /teams/{team_id}/commands/autocomplete_suggestions",
    guard=guards.may_type_commands,
)
async def list_suggestions(ctx: Context, team_id: str, query: SuggestionQuery) -> list[Suggestion]:
    """How to go on with what has been typed."""
    if not query.user_input:
        raise INVALID_BODY_PARAM(name="user_input")
    return await service.list_suggestions(ctx, team_id, query.user_input)
