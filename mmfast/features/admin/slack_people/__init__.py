"""Who the people of a Slack export are here, and where its conversations go: known accounts, free names."""
