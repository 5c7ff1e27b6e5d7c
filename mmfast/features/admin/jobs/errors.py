"""What jobs refuse. Where the reference fails with a 500, the request is at fault and hears so."""

from mmfast.core.errors import ErrorKind

NOT_FOUND = ErrorKind("app.job.get.app_error", 404, "There is no such job.")
UNKNOWN_TYPE = ErrorKind(
    "api.job.unable_to_create_job.incorrect_job_type", 400, "Jobs of this type cannot be asked for."
)
UNAVAILABLE_TYPE = ErrorKind("model.job.is_valid.type.app_error", 400, "This server has no jobs of this type.")
UNREADABLE_TYPE = ErrorKind("api.job.retrieve.nopermissions", 400, "There are no jobs of this type to be read.")
UNMANAGEABLE_TYPE = ErrorKind(
    "api.job.unable_to_manage_job.incorrect_job_type", 400, "Jobs of this type cannot be changed."
)
BAD_STATUS = ErrorKind("api.job.status.invalid", 400, "The job cannot be set to this status now.")
NOT_FORCED = ErrorKind("app.job.update_status.app_error", 400, "No job can be forced into this status.")
OVER = ErrorKind("jobs.request_cancellation.status.error", 400, "Only a job that waits or runs can be cancelled.")
DOWNLOAD_OFF = ErrorKind(
    "app.job.download_export_results_not_enabled", 501, "Downloading the results of jobs is switched off."
)
NOT_DOWNLOADABLE = ErrorKind(
    "api.job.unable_to_download_job.incorrect_job_type", 400, "Jobs of this type have no results to download."
)
NO_RESULT = ErrorKind("api.job.unable_to_download_job", 404, "This job has left no result.")
