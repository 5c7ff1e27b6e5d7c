"""The request to execute a command, and what was found of where it is called."""

from msgspec import Struct

from mmfast.features.spaces.channels.types import Channel


class Execution(Struct):
    """A line that begins with a slash, and where it was written."""

    channel_id: str = ""
    team_id: str = ""
    root_id: str = ""
    command: str = ""


class Place(Struct):
    """The channel of the call, and the team whose commands are known there."""

    channel: Channel
    team_id: str
