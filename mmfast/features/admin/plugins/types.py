"""What clients hear about plugins."""

from typing import Any, Final

from msgspec import Struct

MARKETPLACE_VISITED: Final = "FirstAdminVisitMarketplace"


class Plugins(Struct):
    """The manifests of the plugins that run, and of those that do not."""

    active: list[dict[str, Any]] = []
    inactive: list[dict[str, Any]] = []
