"""The guards that need nothing of a feature; the others stand in each feature's `guards.py`.

A guard runs before its handler. It raises an AppError, or returns what it loaded, which the handler gets as `loaded`.
"""

from mmfast.api.context import Context


async def public(ctx: Context) -> None:
    """Open to everybody, with or without a session."""


async def signed_in(ctx: Context) -> None:
    """Open to every session; the session demand itself is the operation's `auth`."""


PUBLIC = public
SIGNED_IN = signed_in
