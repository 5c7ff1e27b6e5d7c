"""Posts that people report as harmful, and what reviewers decide about them. Not built yet.

Not here: posts that users flag for themselves (`flagged_posts`).
"""
