"""Reading what Slack exports: people, conversations and messages. What becomes of them is `slack_conversion`."""
