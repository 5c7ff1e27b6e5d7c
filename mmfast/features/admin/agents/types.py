"""What clients ask about agents."""

from typing import Final

from msgspec import Struct

NO_PLUGINS: Final = "app.agents.bridge.not_available.plugin_env_not_initialized"


class AgentsStatus(Struct):
    """Whether agents can be used, and if not, the id of a text that says why."""

    available: bool = False
    reason: str = NO_PLUGINS
