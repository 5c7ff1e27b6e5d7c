"""What is wrong with the settings tried out."""

from mmfast.core.errors import ErrorKind

MAIL_SETTINGS_MISSING = ErrorKind(
    "api.file.test_connection_email_settings_nil.app_error", 400, "The request lacks settings of the mail server."
)
NO_MAIL_SERVER = ErrorKind("api.admin.test_email.missing_server", 400, "The mail server's name is missing.")
PASSWORD_NEEDED = ErrorKind(
    "api.admin.test_email.reenter_password",
    400,
    "The mail server, its port or the user name has changed; give the password again.",
)
MAIL_FAILED = ErrorKind("app.admin.test_email.failure", 500, "The mail could not be sent.")
STORE_SETTINGS_MISSING = ErrorKind(
    "api.file.test_connection_s3_settings_nil.app_error", 400, "The request lacks settings of the file store."
)
NO_BUCKET = ErrorKind("api.admin.test_s3.missing_s3_bucket", 400, "The bucket's name is missing.")
STORE_FAILED = ErrorKind("api.file.test_connection.app_error", 400, "This server keeps files on its own disk only.")
SITE_FAILED = ErrorKind("app.admin.test_site_url.failure", 400, "No server answers at this address.")
