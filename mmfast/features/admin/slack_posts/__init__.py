"""The messages of a Slack conversation as posts with their replies, in the form of bulk loading."""
