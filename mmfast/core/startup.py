"""The one exception that means: the server cannot start (or a command cannot work), and this line says why."""


class StartupError(Exception):
    """Printed as one line to the person at the terminal; the process ends with status 1 and has changed nothing."""
