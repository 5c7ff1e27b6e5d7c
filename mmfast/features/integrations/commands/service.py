"""Makes, changes, moves and removes custom commands, and says which commands clients offer."""

from msgspec.structs import replace

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.core.errors import ErrorKind
from mmfast.core.ids import new_id
from mmfast.db.errors import StatementError
from mmfast.features.identity.users.service import get_user
from mmfast.features.integrations.builtin_commands import service as builtin_commands
from mmfast.features.integrations.builtin_commands.types import BuiltinCommand, Completion
from mmfast.features.integrations.commands import errors, store
from mmfast.features.integrations.commands.types import (
    GET,
    MAX_DESCRIPTION,
    MAX_DISPLAY_NAME,
    MAX_TRIGGER,
    MAX_URL,
    POST,
    Command,
    CommandDraft,
    Suggestion,
)
from mmfast.features.integrations.oauth_apps.service import is_web_address
from mmfast.features.spaces.teams.events import TEAM_DELETED_FOREVER, TeamDeletedForever


async def get_command(ctx: Context, command_id: str) -> Command:
    """The command, or the error that there is none."""
    command = await store.find(ctx.db, command_id)
    if command is None:
        raise errors.COMMAND_NOT_FOUND()
    return command


async def find_command(ctx: Context, command_id: str) -> Command | None:
    """The command, unless deleted."""
    return await store.find(ctx.db, command_id)


async def find_command_by_trigger(ctx: Context, team_id: str, trigger: str) -> Command | None:
    """The team's command with this trigger."""
    return await store.find_by_trigger(ctx.db, team_id, trigger)


async def list_commands(ctx: Context, team_id: str) -> list[Command]:
    """The team's custom commands."""
    return await store.list_of_team(ctx.db, team_id)


# Managing -------------------------------------------------------------------------------------------------------------


def _require_valid(command: Command) -> None:
    trigger = command.trigger
    if not 0 < len(trigger) <= MAX_TRIGGER or trigger.startswith("/") or any(sign.isspace() for sign in trigger):
        raise errors.BAD_TRIGGER()
    if not 0 < len(command.url) <= MAX_URL:
        raise errors.BAD_URL()
    if not is_web_address(command.url):
        raise errors.BAD_URL_SCHEME()
    if command.method not in (POST, GET):
        raise errors.BAD_METHOD()
    if len(command.display_name) > MAX_DISPLAY_NAME:
        raise errors.BAD_DISPLAY_NAME()
    if len(command.description) > MAX_DESCRIPTION:
        raise errors.BAD_DESCRIPTION()


async def _require_free(ctx: Context, team_id: str, trigger: str) -> None:
    taken = builtin_commands.find_builtin(trigger) or await store.find_by_trigger(ctx.db, team_id, trigger)
    if taken is not None:
        raise errors.TRIGGER_TAKEN(trigger=trigger)


def _as_wanted(command: Command, draft: CommandDraft) -> Command:
    return replace(
        command,
        update_at=now_ms(),
        trigger=draft.trigger.lower(),
        method=draft.method,
        username=draft.username,
        icon_url=draft.icon_url,
        auto_complete=draft.auto_complete,
        auto_complete_desc=draft.auto_complete_desc,
        auto_complete_hint=draft.auto_complete_hint,
        display_name=draft.display_name,
        description=draft.description,
        url=draft.url,
    )


async def create_command(ctx: Context, draft: CommandDraft) -> Command:
    """A new command, the caller's unless another creator is given."""
    blank = Command(id=new_id(), token=new_id(), team_id=draft.team_id, creator_id=draft.creator_id or ctx.user_id)
    command = _as_wanted(blank, draft)
    command.create_at = command.update_at
    await _require_free(ctx, command.team_id, command.trigger)
    _require_valid(command)
    try:
        await store.insert(ctx.db, command)
    except StatementError as error:
        raise _not_saved(error, errors.NOT_CREATED) from None
    return command


async def update_command(ctx: Context, command: Command, draft: CommandDraft) -> Command:
    """Replaces what may change; token, creator and team stay."""
    changed = _as_wanted(command, draft)
    _require_valid(changed)
    if changed.trigger != command.trigger:
        await _require_free(ctx, changed.team_id, changed.trigger)
    try:
        await store.update(ctx.db, changed)
    except StatementError as error:
        raise _not_saved(error, errors.NOT_UPDATED) from None
    return changed


def _not_saved(error: StatementError, kind: ErrorKind) -> Exception:
    """The error to tell of a value that the columns do not take; other faults stay what they are."""
    return kind(detail=str(error)) if error.sqlstate.startswith("22") else error


async def move_command(ctx: Context, command: Command, team_id: str) -> None:
    """Brings a command into another team."""
    if team_id != command.team_id:
        await _require_free(ctx, team_id, command.trigger)
    await store.update(ctx.db, replace(command, team_id=team_id, update_at=now_ms()))


async def renew_token(ctx: Context, command: Command) -> str:
    """Gives a command a new token."""
    changed = replace(command, token=new_id(), update_at=now_ms())
    await store.update(ctx.db, changed)
    return changed.token


async def delete_command(ctx: Context, command: Command) -> None:
    """Removes a command."""
    now = now_ms()
    await store.update(ctx.db, replace(command, delete_at=now, update_at=now))


@TEAM_DELETED_FOREVER.register
async def remove_with_team(ctx: Context, news: TeamDeletedForever) -> None:
    """A team's commands go with it."""
    await store.remove_team(ctx.db, news.team.id)


# Offering -------------------------------------------------------------------------------------------------------------


def _as_offered(command: Command) -> Command:
    """A custom command without what only those need who manage it."""
    return replace(command, token="", creator_id="", method="", url="", username="", icon_url="")


async def _locale(ctx: Context) -> str:
    return (await get_user(ctx, ctx.user_id)).locale


def _entry(command: BuiltinCommand, locale: str) -> Command:
    return Command(
        trigger=command.trigger,
        auto_complete=True,
        auto_complete_desc=command.description.in_locale(locale),
        auto_complete_hint=command.hint,
        display_name=command.display_name,
        autocomplete_data=command.completion,
    )


async def list_offered(ctx: Context, team_id: str, *, all_custom: bool) -> list[Command]:
    """Built-in commands, then the team's that ask to be offered, or all of them."""
    locale = await _locale(ctx)
    offered = [_entry(command, locale) for command in builtin_commands.list_offered(ctx)]
    if ctx.config.ServiceSettings.EnableCommands:
        custom = await store.list_of_team(ctx.db, team_id)
        offered += [_as_offered(command) for command in custom if command.auto_complete or all_custom]
    return offered


async def list_suggestions(ctx: Context, team_id: str, typed: str) -> list[Suggestion]:
    """The commands that begin with what was typed, or what the typed command expects next."""
    typed = typed.removeprefix("/").lower()
    offered = await list_offered(ctx, team_id, all_custom=False)
    trigger, blank, rest = typed.partition(" ")
    if not blank:
        found = [_suggestion(command) for command in offered if command.trigger.startswith(trigger)]
        return sorted(found, key=lambda suggestion: suggestion.Suggestion)
    for command in offered:
        if command.trigger == trigger and isinstance(command.autocomplete_data, Completion):
            return _within(command.autocomplete_data, trigger + " ", rest)
    return []


def _suggestion(command: Command) -> Suggestion:
    completion = command.autocomplete_data
    if isinstance(completion, Completion):
        return Suggestion(command.trigger, command.trigger, completion.Hint, completion.HelpText)
    return Suggestion(command.trigger, command.trigger, command.auto_complete_hint, command.auto_complete_desc)


def _within(completion: Completion, before: str, rest: str) -> list[Suggestion]:
    """What follows in a command with subcommands or arguments, after what was typed before."""
    word, blank, following = rest.partition(" ")
    if completion.SubCommands:
        if not blank:
            return [
                Suggestion(before + sub.Trigger, sub.Trigger, sub.Hint, sub.HelpText)
                for sub in completion.SubCommands
                if sub.Trigger.startswith(word)
            ]
        for sub in completion.SubCommands:
            if sub.Trigger == word:
                return _within(sub, f"{before}{word} ", following)
        return []
    if not completion.Arguments or rest:
        return []
    argument = completion.Arguments[0]
    return [Suggestion(before, "", argument.Data.get("Hint", ""), argument.HelpText)]
