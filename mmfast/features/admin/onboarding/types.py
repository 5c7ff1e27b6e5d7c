"""What the first administrator says."""

from typing import Final

from msgspec import Struct

DONE: Final = "FirstAdminSetupComplete"
ORGANIZATION: Final = "OrganizationName"
MAX_ORGANIZATION: Final = 1024


class Setup(Struct):
    """The organisation, and plugins that should be installed (there are none to install)."""

    organization: str = ""
    install_plugins: list[str] = []
