"""Why a line cannot be imported. The ids are the reference's; which field it is about is told beside them."""

from typing import Final

from mmfast.core.errors import ErrorKind


def _kind(name: str, text: str) -> ErrorKind:
    return ErrorKind(f"app.import.{name}.error", 400, text)


NOT_JSON = _kind("bulk_import.json_decode", "The line is not JSON of the expected shape: {reason}.")
BAD_VERSION = _kind("bulk_import.unsupported_version", "The first line must say version 1.")
SECOND_VERSION = _kind("process_import_data_file_version_line.invalid_version", "Only the first line says the version.")
UNKNOWN_KIND = _kind("import_line.unknown_line_type", "There is no kind of line called {kind}.")
EMPTY: Final = {
    kind: _kind(f"import_line.null_{kind}", f"The line has no {kind}.")
    for kind in ("role", "scheme", "emoji", "team", "channel", "user", "bot", "post", "direct_channel", "direct_post")
}

ROLE_NAME = _kind("validate_role_import_data.name_invalid", "The name is no valid name of a role.")
ROLE_DISPLAY_NAME = _kind("validate_role_import_data.display_name_invalid", "The display name is missing or too long.")
ROLE_DESCRIPTION = _kind("validate_role_import_data.description_invalid", "The description is too long.")
ROLE_PERMISSION = _kind("validate_role_import_data.invalid_permission", "There is no permission called {name}.")

SCHEME_NAME = _kind("validate_scheme_import_data.name_invalid", "The name is no valid name of a scheme.")
SCHEME_DISPLAY_NAME = _kind(
    "validate_scheme_import_data.display_name_invalid", "The display name is missing or too long."
)
SCHEME_DESCRIPTION = _kind("validate_scheme_import_data.description_invalid", "The description is too long.")
SCHEME_NO_SCOPE = _kind("validate_scheme_import_data.null_scope", "The scope is missing.")
SCHEME_SCOPE = _kind("validate_scheme_import_data.unknown_scheme", "The scope must be team or channel.")
SCHEME_ROLES = _kind("validate_scheme_import_data.wrong_roles_for_scope", "The scheme has not the roles of its scope.")

EMOJI_EMPTY = _kind("validate_emoji_import_data.empty", "The emoji is empty.")
EMOJI_NO_NAME = _kind("validate_emoji_import_data.name_missing", "The name is missing or invalid.")
EMOJI_NO_IMAGE = _kind("validate_emoji_import_data.image_missing", "The image is missing.")
EMOJI_IMAGE_PATH = _kind("validate_emoji_import_data.invalid_image_path", "There is no image at {path}.")

TEAM_NO_NAME = _kind("validate_team_import_data.name_missing", "The name is missing.")
TEAM_NAME_LENGTH = _kind("validate_team_import_data.name_length", "The name is too short or too long.")
TEAM_NAME_RESERVED = _kind("validate_team_import_data.name_reserved", "The name begins with a reserved word.")
TEAM_NAME_CHARACTERS = _kind(
    "validate_team_import_data.name_characters", "The name may hold small letters, digits and hyphens only."
)
TEAM_NO_DISPLAY_NAME = _kind("validate_team_import_data.display_name_missing", "The display name is missing.")
TEAM_DISPLAY_NAME = _kind("validate_team_import_data.display_name_length", "The display name is empty or too long.")
TEAM_NO_TYPE = _kind("validate_team_import_data.type_missing", "The type is missing.")
TEAM_TYPE = _kind("validate_team_import_data.type_invalid", "The type must be O or I.")
TEAM_DESCRIPTION = _kind("validate_team_import_data.description_length", "The description is too long.")
TEAM_SCHEME = _kind("validate_team_import_data.scheme_invalid", "The scheme's name is not valid.")

CHANNEL_NO_TEAM = _kind("validate_channel_import_data.team_missing", "The team is missing.")
CHANNEL_NO_NAME = _kind("validate_channel_import_data.name_missing", "The name is missing.")
CHANNEL_NAME_LENGTH = _kind("validate_channel_import_data.name_length", "The name is too long.")
CHANNEL_NAME_CHARACTERS = _kind(
    "validate_channel_import_data.name_characters", "The name may hold small letters, digits, - and _ only."
)
CHANNEL_DISPLAY_NAME = _kind(
    "validate_channel_import_data.display_name_length", "The display name is empty or too long."
)
CHANNEL_NO_TYPE = _kind("validate_channel_import_data.type_missing", "The type is missing.")
CHANNEL_TYPE = _kind("validate_channel_import_data.type_invalid", "The type must be O or P.")
CHANNEL_HEADER = _kind("validate_channel_import_data.header_length", "The header is too long.")
CHANNEL_PURPOSE = _kind("validate_channel_import_data.purpose_length", "The purpose is too long.")
CHANNEL_SCHEME = _kind("validate_channel_import_data.scheme_invalid", "The scheme's name is not valid.")

_USER: Final = "validate_user_import_data."
USER_NO_NAME = _kind(_USER + "username_missing", "The username is missing.")
USER_NAME = _kind(_USER + "username_invalid", "The username is not valid.")
USER_NO_EMAIL = _kind(_USER + "email_missing", "The email address is missing.")
USER_EMAIL = _kind(_USER + "email_length", "The email address is too long or none at all.")
USER_AUTH_AND_PASSWORD = _kind(_USER + "auth_data_and_password", "There is auth_data or a password, not both.")
USER_AUTH_PAIR = _kind(_USER + "auth_data_and_service_dependency", "auth_data and auth_service go together.")
USER_AUTH_LENGTH = _kind(_USER + "auth_data_length", "The auth_data is too long.")
USER_AUTH_SERVICE = _kind("validate_user_teams_import_data.invalid_auth_service", "There is no such auth_service.")
USER_PASSWORD = _kind(_USER + "password_length", "The password is too short or too long.")
USER_NICKNAME = _kind(_USER + "nickname_length", "The nickname is too long.")
USER_FIRST_NAME = _kind(_USER + "first_name_length", "The first name is too long.")
USER_LAST_NAME = _kind(_USER + "last_name_length", "The last name is too long.")
USER_POSITION = _kind(_USER + "position_length", "The position is too long.")
USER_ROLES = _kind(_USER + "roles_invalid", "There are no such system roles.")
USER_IMAGE_PATH = _kind(_USER + "invalid_image_path", "There is no image at {path}.")
USER_TEAM_GUEST = _kind(_USER + "team_guest_missing_system_guest_role", "Only a system guest can be a guest in a team.")
USER_CHANNEL_GUEST = _kind(
    _USER + "channel_guest_missing_system_guest_role", "Only a system guest can be a guest in a channel."
)
USER_GUEST_IN_TEAM = _kind(
    _USER + "system_guest_missing_team_guest_roles", "A system guest can only be a guest in a team."
)
USER_GUEST_IN_CHANNEL = _kind(
    _USER + "system_guest_missing_channel_guest_roles", "A system guest can only be a guest in a channel."
)
NOTIFY: Final = {
    name: _kind(f"{_USER}notify_props_{name}_invalid", f"The value of {name} is not valid.")
    for name in ("desktop", "desktop_sound", "email", "mobile", "mobile_push_status")
} | {
    "channel": _kind(_USER + "notify_props_channel_trigger_invalid", "The value of channel is not valid."),
    "comments": _kind(_USER + "notify_props_comments_trigger_invalid", "The value of comments is not valid."),
}
ADVANCED: Final = {
    "use_markdown_preview": _kind(_USER + "advanced_props_feature_markdown_preview", "The value is not valid."),
    "use_formatting": _kind(_USER + "advanced_props_formatting", "The value is not valid."),
    "show_unread_section": _kind(_USER + "advanced_props_show_unread_section", "The value is not valid."),
    "email_interval": _kind(_USER + "advanced_props_email_interval", "The value is not valid."),
}

MEMBER_NO_TEAM = _kind("validate_user_teams_import_data.team_name_missing", "The team's name is missing.")
MEMBER_TEAM_ROLES = _kind("validate_user_teams_import_data.invalid_roles", "The roles in the team are not valid.")
MEMBER_THEME = _kind("validate_user_teams_import_data.invalid_team_theme", "The theme is not valid.")
MEMBER_NO_CHANNEL = _kind("validate_user_channels_import_data.channel_name_missing", "The channel's name is missing.")
MEMBER_CHANNEL_ROLES = _kind(
    "validate_user_channels_import_data.invalid_roles", "The roles in the channel are not valid."
)
MEMBER_NOTIFY: Final = {
    name: _kind(f"validate_user_channels_import_data.invalid_notify_props_{name}", f"The value of {name} is not valid.")
    for name in ("desktop", "mobile", "mark_unread")
}

BOT_NO_OWNER = _kind("validate_bot_import_data.owner_missing", "The owner is missing.")

_POST: Final = "validate_post_import_data."
POST_NO_TEAM = _kind(_POST + "team_missing", "The team is missing.")
POST_NO_CHANNEL = _kind(_POST + "channel_missing", "The channel is missing.")
POST_PROPS = _kind(_POST + "props_too_large", "The props are too large.")
FOLLOWER_NO_USER = _kind("validate_thread_follower_data.user_missing", "The user is missing.")

SPEAKING: Final = {
    kind: {
        "user_missing": _kind(f"validate_{kind}_import_data.user_missing", "The user is missing."),
        "message_missing": _kind(f"validate_{kind}_import_data.message_missing", "The message is missing."),
        "message_length": _kind(f"validate_{kind}_import_data.message_length", "The message is too long."),
        "create_at_missing": _kind(f"validate_{kind}_import_data.create_at_missing", "create_at is missing."),
        "create_at_zero": _kind(f"validate_{kind}_import_data.create_at_zero", "create_at must be above 0."),
        "attachment": _kind(f"validate_{kind}_import_data.attachment", "There is no file at {path}."),
    }
    for kind in ("post", "direct_post", "reply")
}
"""What posts, direct posts and replies may all lack, by kind and then by fault."""

ATTACHMENT_PATH = _kind("validate_attachment_import_data.invalid_path", "The path {path} leads out of the archive.")
ATTACHMENT_FILE = _kind("attachment.bad_file", "The file {path} is larger than files may be.")

REACTION_NO_USER = _kind("validate_reaction_import_data.user_missing", "The user is missing.")
REACTION_NO_NAME = _kind("validate_reaction_import_data.emoji_name_missing", "The emoji's name is missing.")
REACTION_NAME = _kind("validate_reaction_import_data.emoji_name_length", "The emoji's name is too long.")
REACTION_NO_TIME = _kind("validate_reaction_import_data.create_at_missing", "create_at is missing.")
REACTION_ZERO = _kind("validate_reaction_import_data.create_at_zero", "create_at must be above 0.")
REACTION_EARLY = _kind(
    "validate_reaction_import_data.create_at_before_parent", "The reaction is older than what it is a reaction to."
)

_CHANNEL: Final = "validate_direct_channel_import_data."
DIRECT_NO_MEMBERS = _kind(_CHANNEL + "members_required", "The members are missing.")
DIRECT_FEW = _kind(_CHANNEL + "members_too_few", "There are too few members.")
DIRECT_MANY = _kind(_CHANNEL + "members_too_many", "There are too many members.")
DIRECT_HEADER = _kind(_CHANNEL + "header_length", "The header is too long.")
DIRECT_FAVORITER = _kind(_CHANNEL + "unknown_favoriter", "{name} is no member, and so cannot have it as a favourite.")
DIRECT_POST_NO_MEMBERS = _kind("validate_direct_post_import_data.channel_members_required", "The members are missing.")
DIRECT_POST_FEW = _kind("validate_direct_post_import_data.channel_members_too_few", "There are too few members.")
DIRECT_POST_MANY = _kind("validate_direct_post_import_data.channel_members_too_many", "There are too many members.")
DIRECT_POST_FLAGGER = _kind(
    "validate_direct_post_import_data.unknown_flagger", "{name} is no member, and so cannot have saved the message."
)

TEAM_NOT_FOUND = _kind("import_channel.team_not_found", "There is no team {team}, here or before this line.")
TEAMS_NOT_FOUND = _kind("get_teams_by_names.some_teams_not_found", "There is no team {team}, here or before this line.")
CHANNEL_NOT_FOUND = _kind(
    "import_user_channels.channel_not_found", "There is no channel {channel} in the team, here or before this line."
)
POST_CHANNEL_NOT_FOUND = _kind(
    "import_post.channel_not_found", "There is no channel {channel} in the team, here or before this line."
)
USER_NOT_FOUND = _kind("import_post.user_not_found", "There is no user {user}, here or before this line.")
USERS_NOT_FOUND = _kind(
    "get_users_by_username.some_users_not_found", "There is no user {user}, here or before this line."
)
SCHEME_DELETED_OF_TEAM = _kind("import_team.scheme_deleted", "There is no scheme {scheme}, or it is deleted.")
SCHEME_SCOPE_OF_TEAM = _kind("import_team.scheme_wrong_scope", "The scheme {scheme} is not for teams.")
SCHEME_DELETED_OF_CHANNEL = _kind("import_channel.scheme_deleted", "There is no scheme {scheme}, or it is deleted.")
SCHEME_SCOPE_OF_CHANNEL = _kind("import_channel.scheme_wrong_scope", "The scheme {scheme} is not for channels.")
SCHEME_SCOPE_CHANGE = _kind("import_scheme.scope_change", "A scheme cannot change its scope.")
EMOJI_BAD_FILE = _kind("emoji.bad_file", "The image at {path} cannot be used.")
EMAIL_CONFLICT = ErrorKind(
    "app.import.import_user_teams.save_members.conflict.app_error", 400, "{email} is the address of another account."
)
PROFILE_IMAGE = ErrorKind("app.import.profile_image.read_data.app_error", 400, "The image at {path} cannot be used.")
