"""What clients are told about the configuration."""

from mmfast.realtime.event import Event


class ConfigChanged(Event, name="config_changed"):
    """The settings that clients read have changed; `config` holds them as after login."""

    config: dict[str, str]
