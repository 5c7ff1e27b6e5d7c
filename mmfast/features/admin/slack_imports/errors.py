"""Why an import from Slack is refused."""

from mmfast.core.errors import ErrorKind

NOT_A_FORM = ErrorKind("api.team.import_team.parse.app_error", 400, "The body is no multipart form.")
NO_SOURCE = ErrorKind("api.team.import_team.no_import_from.app_error", 400, "The form does not say importFrom.")
UNKNOWN_SOURCE = ErrorKind(
    "api.team.import_team.unknown_import_from.app_error", 400, "Nothing can be imported from there; slack is known."
)
NO_SIZE = ErrorKind("api.team.import_team.unavailable.app_error", 400, "The form does not say the size of the file.")
BAD_SIZE = ErrorKind("api.team.import_team.integer.app_error", 400, "The size of the file is no number.")
NO_FILE = ErrorKind("api.team.import_team.no_file.app_error", 400, "The form has no file in the field file.")
SEVERAL_FILES = ErrorKind("api.team.import_team.array.app_error", 400, "Give one file at a time.")
TOO_LARGE = ErrorKind(
    "api.slackimport.slack_import.zip.file_too_large", 413, "The export is larger than files may be on this server."
)
NO_ZIP = ErrorKind("api.slackimport.slack_import.zip.app_error", 400, "The export is no zip file that can be read.")
NO_EXPORT = ErrorKind("api.slackimport.slack_import.open.app_error", 400, "The file is no export of Slack.")
FAILED = ErrorKind("api.team.import_team.open.app_error", 400, "The export was not imported: {reason}")
