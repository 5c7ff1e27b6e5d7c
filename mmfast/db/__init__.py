"""PostgreSQL for mmfast: driver, pool, transactions, schema, and the embedded server.

The SQL itself lives in the features' stores; they see only `Executor` and the error classes.
"""

from mmfast.db.errors import (
    BadValue,
    CheckViolation,
    DatabaseError,
    DatabaseUnavailable,
    ForeignKeyViolation,
    NotNullViolation,
    PoolExhausted,
    QueryTimeout,
    SchemaError,
    SerializationFailure,
    StatementError,
    UniqueViolation,
    ValueTooLong,
)
from mmfast.db.executor import Executor, Record
from mmfast.db.pool import Database, Transaction

__all__ = [
    "BadValue",
    "CheckViolation",
    "Database",
    "DatabaseError",
    "DatabaseUnavailable",
    "Executor",
    "ForeignKeyViolation",
    "NotNullViolation",
    "PoolExhausted",
    "QueryTimeout",
    "Record",
    "SchemaError",
    "SerializationFailure",
    "StatementError",
    "Transaction",
    "UniqueViolation",
    "ValueTooLong",
]
