"""The events that we send and the reference's, held against each other both ways."""

import os
from pathlib import Path

import pytest

import mmfast.realtime.connection
from mmfast.api.router import load_operations
from mmfast.realtime.event import CATALOGUE

pytestmark = pytest.mark.reference

NO_EVENTS = {
    "authentication_challenge": "what a client says to open its line",
    "response": "what the server calls its answers",
    "presence": "what a client says about the channel it shows",
    "posted_notify_ack": "what a client says about a notification it showed",
}
"""Names on the reference's list that are said by clients, or by no event."""

MISSING = {
    "a hosted workspace": ("cloud_subscription_changed", "hosted_customer_signup_progress_updated"),
    "assistants and translation": ("post_translation_updated", "recap_updated"),
    "attributes of profiles": (
        "custom_profile_attributes_field_created",
        "custom_profile_attributes_field_deleted",
        "custom_profile_attributes_field_updated",
        "custom_profile_attributes_values_updated",
    ),
    "bookmarks": (
        "channel_bookmark_created",
        "channel_bookmark_deleted",
        "channel_bookmark_sorted",
        "channel_bookmark_updated",
    ),
    "directory groups": (
        "group_member_add",
        "group_member_deleted",
        "received_group",
        "received_group_associated_to_channel",
        "received_group_associated_to_team",
        "received_group_not_associated_to_channel",
        "received_group_not_associated_to_team",
    ),
    "guests": ("guests_deactivated",),
    "integrations": ("show_toast",),
    "licences": ("license_changed",),
    "messages that burn": ("burn_on_read_all_revealed", "post_burned", "post_revealed"),
    "persistent notifications and acknowledgements": (
        "persistent_notification_triggered",
        "post_acknowledgement_added",
        "post_acknowledgement_removed",
    ),
    "plugins": ("file_download_rejected", "plugin_disabled", "plugin_enabled", "plugin_statuses_changed"),
    "reported posts": ("content_flagging_report_value_updated",),
    "scheduled posts": ("scheduled_post_created", "scheduled_post_deleted", "scheduled_post_updated"),
    "schemes": ("channel_scheme_updated", "update_team_scheme"),
    "sent by nobody any more": ("draft_updated",),
}
"""Events that we do not send yet, by the feature that will. This list only shrinks."""


@pytest.fixture(scope="module")
def known() -> set[str]:
    load_operations()
    assert mmfast.realtime.connection, "its events are declared by the import"
    file = Path(os.environ["MMFAST_REFERENCE"]) / "reference" / "websocket-events.txt"
    return set(file.read_text().split())


def test_no_event_is_invented(known):
    ours = {name for name, event in CATALOGUE.items() if event.__module__.startswith("mmfast.")}
    assert ours - known == set()


def test_every_event_is_declared_or_listed_as_missing(known):
    listed = [name for names in MISSING.values() for name in names]
    assert sorted(known - CATALOGUE.keys() - NO_EVENTS.keys()) == sorted(listed)
