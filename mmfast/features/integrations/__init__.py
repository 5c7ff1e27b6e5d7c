"""Programs that take part: webhooks, commands, actions, OAuth apps."""
