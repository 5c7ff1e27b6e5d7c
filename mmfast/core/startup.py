"""The one exception that means: the server cannot start (or a command cannot work), and this line says why."""


class StartupError(Exception):
    """Printed as one line to the person at the terminal; the process ends with status 1 and has changed nothing."""


def causes_of(error: BaseException) -> list[BaseException]:
    """The error itself, or the errors in a group of groups."""
    if not isinstance(error, BaseExceptionGroup):
        return [error]
    return [cause for inner in error.exceptions for cause in causes_of(inner)]
