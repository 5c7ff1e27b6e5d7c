"""Declares operations of features that this server does not have, each refused as clients know it.

The rows stand in the `operations` of the feature's own folder, with real guards: session, parameters, body and
permission are checked as they will be, and only who would be let in hears that the feature is missing. Whoever builds
the feature takes its rows out one by one.
"""

from mmfast.api.context import Context
from mmfast.api.operation import Handler, operation
from mmfast.core.errors import ErrorKind

Row = tuple[str, str, Handler]
"""Name, route and guard, as `operation` takes them."""


def declare_unavailable(refusal: ErrorKind, *rows: Row, unchecked: tuple[str, ...] = ()) -> None:
    """Declares an operation for each row; whom its guard lets in is refused with `refusal`.

    `unchecked` are the path parameters whose form does not matter, as in `operation`.
    """

    async def refuse(ctx: Context) -> None:
        raise refusal()

    refuse.__doc__ = refusal.text
    for name, route, guard in rows:
        operation(name, route, guard=guard, unchecked=unchecked)(refuse)
