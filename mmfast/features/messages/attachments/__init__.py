"""Message attachments, the Slack-compatible cards in a post's props. Not files, not pressing their buttons."""
