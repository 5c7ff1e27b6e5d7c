"""Built-in commands for connections with other servers, which this server does not have."""
