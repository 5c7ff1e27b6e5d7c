"""The text of messages in a Slack export, as Markdown. Texts that programs send are `integrations.slack_markup`."""
