"""A dialog as the integration sends it and the client shows it, and what is submitted."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType, field

SUBMISSION = "dialog_submission"
LOOKUP = "dialog_lookup"


class DialogOption(Struct):
    """A choice."""

    text: str = ""
    value: str = ""


class DialogElement(Struct):
    """A field of the form."""

    display_name: str = ""
    name: str = ""
    type: str = ""
    subtype: str = ""
    default: str = ""
    placeholder: str = ""
    help_text: str = ""
    optional: bool = False
    min_length: int = 0
    max_length: int = 0
    data_source: str = ""
    options: list[DialogOption] | None = None
    multiselect: bool = False
    data_source_url: str | UnsetType = UNSET
    refresh: bool | UnsetType = UNSET
    min_date: str | UnsetType = UNSET
    max_date: str | UnsetType = UNSET
    time_interval: int | UnsetType = UNSET


class Dialog(Struct):
    """The form."""

    callback_id: str = ""
    title: str = ""
    introduction_text: str = ""
    icon_url: str = ""
    elements: list[DialogElement] | None = None
    submit_label: str = ""
    notify_on_cancel: bool = False
    state: str = ""
    source_url: str | UnsetType = UNSET


class DialogRequest(Struct):
    """What an integration wants opened, and where its form is to be submitted."""

    trigger_id: str = ""
    url: str = ""
    dialog: Dialog = field(default_factory=Dialog)


class Submission(Struct):
    """What a user has filled in, or is looking for."""

    url: str = ""
    callback_id: str = ""
    state: str = ""
    channel_id: str = ""
    team_id: str = ""
    submission: dict[str, Any] | None = None
    cancelled: bool = False


class SubmissionRequest(Struct):
    """What the integration is told."""

    type: str
    callback_id: str
    state: str
    user_id: str
    channel_id: str
    team_id: str
    submission: dict[str, Any] | None
    cancelled: bool


class SubmissionAnswer(Struct, omit_defaults=True):
    """What the integration finds wrong, by field and in general; or a further form."""

    error: str = ""
    errors: dict[str, str] = {}
    type: str = ""
    form: Dialog | None = None


class LookupAnswer(Struct):
    """The options that were found."""

    items: list[DialogOption] | None = None
