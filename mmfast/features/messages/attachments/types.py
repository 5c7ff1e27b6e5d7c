"""An attachment as it is stored and shown: every field always present, as the clients expect."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType


class AttachmentField(Struct):
    """A row of the small table in an attachment."""

    title: str = ""
    value: Any = None
    short: bool = False


class ActionIntegration(Struct):
    """What a button calls. Never shown to clients."""

    url: str | UnsetType = UNSET
    context: dict[str, Any] | UnsetType = UNSET


class ActionOption(Struct):
    """A choice in a menu."""

    text: str = ""
    value: str = ""


class Action(Struct, omit_defaults=True):
    """A button or menu."""

    id: str = ""
    type: str = ""
    name: str = ""
    disabled: bool = False
    style: str = ""
    tooltip: str = ""
    data_source: str = ""
    options: list[ActionOption] = []
    default_option: str = ""
    integration: ActionIntegration | UnsetType = UNSET
    cookie: str = ""


class Attachment(Struct):
    """One card."""

    id: int = 0
    fallback: str = ""
    color: str = ""
    pretext: str = ""
    author_name: str = ""
    author_link: str = ""
    author_icon: str = ""
    title: str = ""
    title_link: str = ""
    text: str = ""
    fields: list[AttachmentField] | None = None
    image_url: str = ""
    thumb_url: str = ""
    footer: str = ""
    footer_icon: str = ""
    ts: Any = None
    actions: list[Action] | UnsetType = UNSET
