"""Which addresses may reach a hosted workspace. The machine's firewall or the proxy does this for a server of one's own."""
