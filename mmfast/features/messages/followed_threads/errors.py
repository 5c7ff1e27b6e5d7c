"""The errors of followed threads."""

from mmfast.core.errors import ErrorKind

NEVER_FOLLOWED = ErrorKind(
    "app.user.get_thread_membership_for_user.not_found", 404, "The user never followed this thread."
)
NOT_FOLLOWED = ErrorKind("app.user.get_threads_for_user.not_found", 404, "The user does not follow such a thread.")
BEFORE_AND_AFTER = ErrorKind(
    "api.getThreadsForUser.bad_params", 400, "A list is asked for before a thread or after one, not both."
)
TOTALS_AND_THREADS = ErrorKind(
    "api.getThreadsForUser.bad_only_params", 400, "Only totals and only threads exclude each other."
)
