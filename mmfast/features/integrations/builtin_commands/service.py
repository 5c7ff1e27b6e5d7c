"""The register of built-in commands, by trigger. Features that have some declare them with `builtin`."""

from collections.abc import Callable
from typing import Final

from msgspec import UNSET, UnsetType

from mmfast.api.context import Context
from mmfast.core.text import Text
from mmfast.features.integrations.builtin_commands.types import (
    EPHEMERAL,
    BuiltinCommand,
    CommandAnswer,
    CommandCall,
    Completion,
    Run,
)

BUILTINS: Final[dict[str, BuiltinCommand]] = {}


def always(ctx: Context) -> bool:
    """Offered under every configuration."""
    return True


def never(ctx: Context) -> bool:
    """Offered by those clients only that know of it themselves."""
    return False


def builtin(
    *triggers: str,
    description: Text,
    hint: str = "",
    display_name: str = "",
    is_offered: Callable[[Context], bool] = always,
    completion: Completion | UnsetType = UNSET,
) -> Callable[[Run], Run]:
    """Declares the decorated function as the command with these triggers."""

    def declare(run: Run) -> Run:
        for trigger in triggers:
            BUILTINS[trigger] = BuiltinCommand(
                trigger, description, hint, run, display_name or trigger, is_offered, completion
            )
        return run

    return declare


def find_builtin(trigger: str) -> BuiltinCommand | None:
    """The built-in command of this trigger."""
    return BUILTINS.get(trigger)


def list_offered(ctx: Context) -> list[BuiltinCommand]:
    """The commands that clients offer while one is typed."""
    return [command for command in BUILTINS.values() if command.is_offered(ctx)]


def to_caller(call: CommandCall, told: Text, /, **params: object) -> CommandAnswer:
    """An answer that only the caller sees, in the caller's language."""
    return CommandAnswer(response_type=EPHEMERAL, text=told.in_locale(call.user.locale, **params))
