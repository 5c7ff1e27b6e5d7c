"""The operation that executes commands. Imports the features that have built-in ones, which thereby declare them."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.integrations.builtin_commands.types import CommandAnswer
from mmfast.features.integrations.channel_commands import service as channel_commands  # noqa: F401
from mmfast.features.integrations.client_commands import service as client_commands  # noqa: F401
from mmfast.features.integrations.command_execution.guards import may_execute
from mmfast.features.integrations.command_execution.service import execute
from mmfast.features.integrations.command_execution.types import Execution, Place
from mmfast.features.integrations.connection_commands import service as connection_commands  # noqa: F401
from mmfast.features.integrations.message_commands import service as message_commands  # noqa: F401
from mmfast.features.integrations.status_commands import service as status_commands  # noqa: F401


@operation("ExecuteCommand", "POST /commands/execute", guard=may_execute)
async def execute_command(ctx: Context, body: Execution, loaded: Place) -> CommandAnswer:
    """Executes a command and posts its answer."""
    return await execute(ctx, body, loaded)
