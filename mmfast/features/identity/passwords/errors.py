"""What a password may be refused for."""

from typing import Final

from mmfast.core.errors import ErrorKind

TOO_SHORT = ErrorKind(
    "model.user.is_valid.pwd_min_length.app_error", 400, "A password needs at least {minimum} characters."
)
TOO_LONG = ErrorKind("model.user.is_valid.pwd_max_length.app_error", 400, "A password may have 72 bytes at the most.")

_CLASSES: Final = {
    "lowercase": "a small letter",
    "uppercase": "a capital letter",
    "number": "a digit",
    "symbol": "one of the symbols ~!@#$%^&*()",
}


def _missing_kind(names: tuple[str, ...]) -> ErrorKind:
    """The kind for a password that lacks these classes, e.g. ("lowercase", "number")."""
    demands = ", ".join(_CLASSES[n] for n in names)
    return ErrorKind(
        f"model.user.is_valid.pwd_{'_'.join(names)}.app_error",
        400,
        f"A password needs at least {{minimum}} characters, among them {demands}.",
    )


WEAK: Final = {
    names: _missing_kind(names)
    for mask in range(1, 16)
    for names in [tuple(n for bit, n in enumerate(_CLASSES) if mask >> bit & 1)]
}
"""The refusal for each combination of classes that are missing."""
