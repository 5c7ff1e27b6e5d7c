"""How lines about people name what the database holds."""

from typing import Final

PREFERENCES: Final = {
    ("display_settings", "use_military_time"): "use_military_time",
    ("display_settings", "collapse_previews"): "collapse_previews",
    ("display_settings", "message_display"): "message_display",
    ("display_settings", "collapse_consecutive_messages"): "collapse_consecutive",
    ("display_settings", "colorize_usernames"): "colorize_usernames",
    ("display_settings", "channel_display_mode"): "channel_display_mode",
    ("display_settings", "name_format"): "name_format",
    ("advanced_settings", "feature_enabled_markdown_preview"): "use_markdown_preview",
    ("advanced_settings", "formatting"): "use_formatting",
    ("advanced_settings", "send_on_ctrl_enter"): "send_on_ctrl_enter",
    ("advanced_settings", "code_block_ctrl_enter"): "code_block_ctrl_enter",
    ("advanced_settings", "join_leave"): "show_join_leave",
    ("advanced_settings", "unread_scroll_position"): "show_unread_scroll_position",
    ("advanced_settings", "sync_drafts"): "sync_drafts",
    ("sidebar_settings", "show_unread_section"): "show_unread_section",
    ("sidebar_settings", "limit_visible_dms_gms"): "limit_visible_dms_gms",
}
"""Preferences that lines have a field for, by category and name."""

INTERVALS: Final = {"30": "immediate", "900": "fifteen", "3600": "hour"}
"""How often mails come, by the seconds that the preference holds."""

USER_NOTIFY: Final = {
    "channel": "channel",
    "comments": "comments",
    "desktop": "desktop",
    "desktop_sound": "desktop_sound",
    "email": "email",
    "mention_keys": "mention_keys",
    "mobile": "push",
    "mobile_push_status": "push_status",
}
"""Notification settings of a user: as lines and as the database call them."""

MEMBER_NOTIFY: Final = {"desktop": "desktop", "mark_unread": "mark_unread", "mobile": "push"}
"""Those of a member that are always said."""

MEMBER_NOTIFY_IF_SET: Final = {
    "email": "default",
    "ignore_channel_mentions": "default",
    "channel_auto_follow_threads": "off",
}
"""Those of a member that are said where they are not as given here."""
