"""What can go wrong with the database, in the terms that stores and services handle.

The driver's own exceptions stop here: `translate` turns each into one of these, so nothing above `mmfast.db` imports
asyncpg. Which of them become an answer to a client is the features' business.
"""

from __future__ import annotations

import asyncpg


class DatabaseError(Exception):
    """Anything that the database or the way to it refused."""


class DatabaseUnavailable(DatabaseError):
    """No connection could be had, or it was lost; unless a subclass says more, the statement's outcome is unknown."""


class StatementNotSent(DatabaseUnavailable):
    """The connection was found dead before the statement left this process: it was certainly not executed."""


class PoolExhausted(DatabaseUnavailable):
    """All connections are busy and too many wait already, or one waited too long."""


class QueryTimeout(DatabaseError):
    """The statement ran longer than allowed and was cancelled."""


class SchemaError(DatabaseError):
    """The database is not one that this version can serve; the text is one line for the operator."""


class StatementError(DatabaseError):
    """PostgreSQL refused the statement. `sqlstate` is its five-character code."""

    def __init__(self, message: str, sqlstate: str = "", constraint: str = "", table: str = "") -> None:
        super().__init__(message)
        self.sqlstate = sqlstate
        self.constraint = constraint
        self.table = table


class UniqueViolation(StatementError):
    """A row with the same key exists. `constraint` names the index."""


class ForeignKeyViolation(StatementError):
    """The row refers to one that does not exist, or is referred to."""


class NotNullViolation(StatementError):
    """A column that must have a value got none."""


class CheckViolation(StatementError):
    """A check constraint refused the row."""


class BadValue(StatementError):
    """A value that its column cannot hold (a NUL in a text, a number out of range): the fault of the caller."""


class ValueTooLong(BadValue):
    """A text is longer than its column."""


class SerializationFailure(StatementError):
    """The transaction lost against a concurrent one (or deadlocked with it) and may be tried again as a whole."""


# By SQLSTATE, from appendix A of PostgreSQL's manual.
_BY_SQLSTATE: dict[str, type[StatementError]] = {
    "23505": UniqueViolation,
    "23503": ForeignKeyViolation,
    "23502": NotNullViolation,
    "23514": CheckViolation,
    "22001": ValueTooLong,
    "40001": SerializationFailure,
    "40P01": SerializationFailure,
}
_DATA_EXCEPTION = "22"
_QUERY_CANCELED = "57014"
# Connection exceptions, too many connections, and the operator's interventions (shutdown, crash, starting up).
_UNAVAILABLE = ("08", "53300", "57P01", "57P02", "57P03", "57P05")

DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)


def translate(error: BaseException) -> DatabaseError:
    """The error of ours that says the same as the driver's."""
    if isinstance(error, DatabaseError):
        return error
    if isinstance(error, asyncpg.PostgresError):
        sqlstate = str(error.sqlstate or "")
        if sqlstate.startswith(_UNAVAILABLE):
            return DatabaseUnavailable(str(error))
        if sqlstate == _QUERY_CANCELED:
            return QueryTimeout(str(error))
        kind = _BY_SQLSTATE.get(sqlstate, BadValue if sqlstate.startswith(_DATA_EXCEPTION) else StatementError)
        return kind(str(error), sqlstate, error.constraint_name or "", error.table_name or "")
    if isinstance(error, OSError):
        return DatabaseUnavailable(f"the connection to PostgreSQL failed: {error}")
    return StatementError(str(error))
