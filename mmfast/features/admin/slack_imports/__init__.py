"""Importing a Slack export into a team: it is written anew as an archive for bulk loading, and that is imported.

So an import from Slack is checked and batched as every other. Reading the export is `slack_exports`, names are
`slack_people`, messages `slack_posts`.
"""
