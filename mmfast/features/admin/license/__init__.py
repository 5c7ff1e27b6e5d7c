"""The licence routes. This server needs no licence and takes none: they answer as a server without one."""
