"""Which addresses may reach a hosted workspace. For a server of one's own, the firewall or the proxy does this."""
