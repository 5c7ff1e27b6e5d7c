"""The words of a mail, by language."""

from msgspec import Struct

from mmfast.core.text import Text


class Words(Struct):
    """What one kind of mail says; parameters stand in braces."""

    subject: Text
    title: Text
    body: Text
    button: Text | None = None
    note: Text | None = None


def words(name: str, *, subject: str, title: str, body: str, button: str = "", note: str = "") -> Words:
    """Declares the English words of a kind of mail under `mail.<name>.`; other languages give them by these ids."""
    return Words(
        Text(f"mail.{name}.subject", subject),
        Text(f"mail.{name}.title", title),
        Text(f"mail.{name}.body", body),
        Text(f"mail.{name}.button", button) if button else None,
        Text(f"mail.{name}.note", note) if note else None,
    )
