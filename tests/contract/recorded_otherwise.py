"""Recorded steps that this server answers otherwise on purpose, with the reason. This list only shrinks."""

RECORDED_OTHERWISE: dict[str, str] = {
    "system_ops.lists: admin: GET /api/v4/limits/server": "there is no limit on users here",
    "system_ops.lists: time zones": "the machine's list of time zones is newer than the reference's",
    "system_ops.analytics: extra counts of a team": "the reference fails to count a team's integrations; we count them",
    "system_ops.logs: download without a log file": "a file that is not there is 404 here, not a fault of the server",
    "system_ops.brand: anyone reads it": "another PNG encoder makes files of another length",
    "system_ops.notifications: an acknowledgement is passed on": "names the recording's own signing key",
    "system_ops.site_tests: the server called": "we say our own name to the site that is asked",
    "system_web.static: GET /static/remote_entry.js": "a file of the reference's web client",
    "system_web.static: GET /unsupported_browser.js": "a file of the reference's web client",
    "system_jobs.create_and_cancel: by an unknown status: an empty list and then the error": "the error alone",
}
