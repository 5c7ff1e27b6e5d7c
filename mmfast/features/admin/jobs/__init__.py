"""Jobs: asking for them, looking at them, cancelling them, and the runner that leases and does them.

A job is a row of the table Jobs. A worker takes it by setting it to in_progress; while it works it renews
`lastactivityat`, and a job that has had no sign of life for a minute is taken up by another. `startat` is the lease's
mark: whoever takes a job gives it a new one, and nothing is written under an old one. What a job keeps for going on
later is in mmfast_job_states, a table of our own.

Not here: what the jobs do. Each feature declares its own (`api.jobs`).
"""
