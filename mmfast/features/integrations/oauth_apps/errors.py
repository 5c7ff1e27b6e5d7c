"""The errors of OAuth apps. Those of registration have a form of their own: `types.RegistrationError`."""

from mmfast.core.errors import ErrorKind

SWITCHED_OFF = ErrorKind("api.oauth.allow_oauth.turn_off.app_error", 501, "OAuth apps are switched off on this server.")
CREATION_OFF = ErrorKind(
    "api.oauth.register_oauth_app.turn_off.app_error", 501, "OAuth apps are switched off on this server."
)
LIST_NOT_PERMITTED = ErrorKind("api.command.admin_only.app_error", 403, "You may not see the list of OAuth apps.")
APP_NOT_FOUND = ErrorKind("app.oauth.get_app.find.app_error", 404, "There is no such OAuth app.")
PUBLIC_HAS_NO_SECRET = ErrorKind(
    "api.oauth.regenerate_secret.public_client.app_error", 400, "A public app has no secret."
)
BAD_NAME = ErrorKind("model.oauth.is_valid.name.app_error", 400, "A name has 1 to 64 characters.")
BAD_CALLBACK = ErrorKind(
    "model.oauth.is_valid.callback.app_error", 400, "At least one callback address is needed, and all must be valid."
)
BAD_HOMEPAGE = ErrorKind("model.oauth.is_valid.homepage.app_error", 400, "The homepage must be a valid address.")
BAD_DESCRIPTION = ErrorKind(
    "model.oauth.is_valid.description.app_error", 400, "A description has at most 512 characters."
)
BAD_ICON = ErrorKind("model.oauth.is_valid.icon_url.app_error", 400, "The icon's address is not valid.")
BAD_APP_ID = ErrorKind(
    "model.oauth.is_valid.mattermost_app_id.app_error", 400, "The id of the app has at most 32 characters."
)
