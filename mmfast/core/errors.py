"""Typed errors that users see: a kind is declared once, with its id, status and text, and raised wherever it applies.

Feature folders declare their kinds in `errors.py`. The id and the status are the reference's; the text is ours and is
the English default of `core.text`. Not for faults of the program: those are plain exceptions and end as a 500 at the
edge in `api.dispatch`.
"""

from typing import Final

CATALOGUE: Final[dict[str, "ErrorKind"]] = {}
"""Every declared kind by id; the contract tests hold it against the reference's list of ids."""


class AppError(Exception):
    """An error with an id, to be answered as the reference's error JSON.

    `detail` goes to the log, and to the answer only in developer mode.
    """

    __slots__ = ("kind", "params", "detail", "status")

    def __init__(self, kind: "ErrorKind", params: dict[str, object], detail: str = "", status: int = 0) -> None:
        super().__init__(kind.id, params, detail)
        self.kind = kind
        self.params = params
        self.detail = detail
        self.status = status or kind.status

    @property
    def id(self) -> str:
        """The id that clients and translations know the error by."""
        return self.kind.id


class ErrorKind:
    """A declared error; calling it makes the exception to raise: `raise NAME_TAKEN(name="x")`."""

    __slots__ = ("id", "status", "text")

    def __init__(self, id: str, status: int, text: str) -> None:
        self.id = id
        self.status = status
        self.text = text
        CATALOGUE.setdefault(id, self)

    def __call__(self, *, detail: str = "", **params: object) -> AppError:
        """The error with the parameters that its text names in braces."""
        return AppError(self, params, detail)

    def __repr__(self) -> str:
        return f"ErrorKind({self.id!r}, {self.status})"

    def same_with(self, status: int) -> "ErrorKind":
        """The same id and text under another status, for the few ids that the reference answers in two ways."""
        return ErrorKind(self.id, status, self.text)
