"""The shapes of the ping, and of the facts noted about an installation."""

import msgspec
from msgspec import UNSET, UnsetType


class PingQuery(msgspec.Struct):
    """What a ping may ask for."""

    get_server_status: str = ""
    device_id: str = ""


class Ping(msgspec.Struct):
    """The answer to a ping. Mobile apps read the versions; monitors read the statuses."""

    ActiveSearchBackend: str
    AndroidLatestVersion: str
    AndroidMinVersion: str
    IosLatestVersion: str
    IosMinVersion: str
    status: str = "OK"
    database_status: str | UnsetType = UNSET
    filestore_status: str | UnsetType = UNSET
    root_status: bool | UnsetType = UNSET
    CanReceiveNotifications: str | UnsetType = UNSET


class Fact(msgspec.Struct):
    """Something noted about the installation."""

    name: str
    value: str
