"""What callers of the hosting routes hear."""

from mmfast.core.errors import ErrorKind

NOT_HOSTED = ErrorKind("api.server.cws.needs_enterprise_edition", 400, "This server is not a hosted workspace.")
NO_SIGNUP = ErrorKind("api.server.hosted_signup_unavailable.error", 501, "Nothing can be bought here.")
