"""Why a job of importing cannot begin."""

from mmfast.core.errors import ErrorKind

NO_FILE_NAMED = ErrorKind(
    "import_process.worker.do_job.missing_file", 400, "The job does not say which file to import."
)
NO_SUCH_FILE = ErrorKind("import_process.worker.do_job.file_exists", 400, "There is no import file {name}.")
NOT_OPENED = ErrorKind("import_process.worker.do_job.open_file", 400, "The import file cannot be used: {reason}.")
NO_LINES = ErrorKind("import_process.worker.do_job.missing_jsonl", 400, "The archive has no .jsonl file.")
