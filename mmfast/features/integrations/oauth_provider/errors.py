"""Why the provider refuses. The word before the colon is RFC 6749's."""

from mmfast.core.errors import ErrorKind

METADATA_OFF = ErrorKind(
    "api.oauth.authorization_server_metadata.disabled.app_error", 501, "This server is no OAuth provider."
)
SITE_URL_NEEDED = ErrorKind(
    "api.oauth.authorization_server_metadata.site_url_required.app_error",
    501,
    "The server's own address (SiteURL) is not set.",
)
BAD_REDIRECT = ErrorKind(
    "api.oauth.allow_oauth.redirect_callback.app_error", 400, "The app is not registered with this redirect address."
)
PKCE_REQUIRED = ErrorKind(
    "api.oauth.allow_oauth.pkce_required_public.app_error", 400, "A public app must send a code challenge."
)
BAD_CLIENT = ErrorKind("model.authorize.is_valid.client_id.app_error", 400, "The app's id is not valid.")
BAD_RESPONSE_TYPE = ErrorKind("model.authorize.is_valid.response_type.app_error", 400, "The response type is missing.")
BAD_REDIRECT_URI = ErrorKind(
    "model.authorize.is_valid.redirect_uri.app_error", 400, "The redirect address is not valid."
)
BAD_STATE = ErrorKind("model.authorize.is_valid.state.app_error", 400, "The state is too long.")
BAD_SCOPE = ErrorKind("model.authorize.is_valid.scope.app_error", 400, "The scope is too long.")
CHALLENGE_MISSING = ErrorKind(
    "model.authorize.is_valid.code_challenge.app_error", 400, "The code challenge is missing."
)
CHALLENGE_METHOD_MISSING = ErrorKind(
    "model.authorize.is_valid.code_challenge_method.app_error", 400, "The method of the code challenge is missing."
)
CHALLENGE_METHOD_UNSUPPORTED = ErrorKind(
    "model.authorize.is_valid.code_challenge_method.unsupported.app_error",
    400,
    "The only method of code challenges is S256.",
)
CHALLENGE_LENGTH = ErrorKind(
    "model.authorize.is_valid.code_challenge.length.app_error", 400, "A code challenge has 43 to 128 characters."
)
CHALLENGE_FORMAT = ErrorKind(
    "model.authorize.is_valid.code_challenge.format.app_error", 400, "A code challenge is written in base64url."
)
RESOURCE_LENGTH = ErrorKind("model.authorize.is_valid.resource.length.app_error", 400, "The resource is too long.")
RESOURCE_INVALID = ErrorKind(
    "model.authorize.is_valid.resource.invalid_uri.app_error", 400, "The resource is no address."
)
RESOURCE_NOT_ABSOLUTE = ErrorKind(
    "model.authorize.is_valid.resource.not_absolute.app_error", 400, "The resource must be a whole address."
)
RESOURCE_FRAGMENT = ErrorKind(
    "model.authorize.is_valid.resource.has_fragment.app_error", 400, "The resource must not have a fragment."
)
TOKENS_OFF = ErrorKind("api.oauth.get_access_token.disabled.app_error", 501, "This server is no OAuth provider.")
BAD_REQUEST = ErrorKind("api.oauth.get_access_token.bad_request.app_error", 400, "The request is not one of OAuth.")
BAD_GRANT = ErrorKind(
    "api.oauth.get_access_token.bad_grant.app_error", 400, "invalid_request: the grant type is not supported."
)
MISSING_CODE = ErrorKind(
    "api.oauth.get_access_token.missing_code.app_error", 400, "invalid_request: the code is missing."
)
MISSING_REFRESH_TOKEN = ErrorKind(
    "api.oauth.get_access_token.missing_refresh_token.app_error", 400, "invalid_request: the refresh token is missing."
)
BAD_CLIENT_ID = ErrorKind(
    "api.oauth.get_access_token.bad_client_id.app_error", 400, "invalid_request: the client id is not valid."
)
UNKNOWN_CLIENT = ErrorKind(
    "api.oauth.get_access_token.credentials.app_error", 404, "invalid_client: there is no such client."
)
BAD_SECRET = ErrorKind("model.oauth.validate_grant.credentials.app_error", 401, "invalid_client: the secret is wrong.")
PUBLIC_WITH_SECRET = ErrorKind(
    "model.oauth.validate_grant.public_client_secret.app_error", 400, "invalid_request: a public app has no secret."
)
PUBLIC_CANNOT_RENEW = ErrorKind(
    "model.oauth.validate_grant.public_client_refresh_token.app_error",
    400,
    "invalid_grant: a public app cannot renew its token.",
)
VERIFIER_OF_PUBLIC_MISSING = ErrorKind(
    "model.oauth.validate_grant.pkce_required.app_error",
    400,
    "invalid_request: a public app must send a code verifier.",
)
CODE_EXPIRED = ErrorKind(
    "api.oauth.get_access_token.expired_code.app_error",
    400,
    "invalid_grant: the code is unknown, was used or is too old.",
)
CODE_OF_ANOTHER = ErrorKind(
    "api.oauth.get_access_token.client_id_mismatch.app_error",
    400,
    "invalid_grant: the code was given to another client.",
)
REDIRECT_MISMATCH = ErrorKind(
    "api.oauth.get_access_token.redirect_uri.app_error",
    400,
    "invalid_request: the redirect address is not that of the code.",
)
RESOURCE_MISMATCH = ErrorKind(
    "api.oauth.get_access_token.resource_mismatch.app_error",
    400,
    "invalid_target: the resource is not that of the code.",
)
VERIFIER_MISSING = ErrorKind(
    "model.authorize.validate_pkce.verifier_required.app_error", 400, "invalid_grant: the code verifier is missing."
)
VERIFIER_WRONG = ErrorKind(
    "model.authorize.validate_pkce.verification_failed.app_error", 400, "invalid_grant: the code verifier is wrong."
)
VERIFIER_UNASKED = ErrorKind(
    "model.authorize.validate_pkce.not_used_in_auth.app_error", 400, "invalid_grant: no code challenge was sent before."
)
USER_GONE = ErrorKind("api.oauth.get_access_token.internal_user.app_error", 404, "server_error: the user is not there.")
BAD_REFRESH_TOKEN = ErrorKind(
    "api.oauth.get_access_token.refresh_token.app_error", 404, "invalid_grant: the refresh token is unknown."
)
