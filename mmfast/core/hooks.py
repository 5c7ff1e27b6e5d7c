"""News that goes up: a lower feature declares a hook, higher features register what they do about it.

Calls in this program go down (admin > integrations > delivery > messages > spaces > identity). Where something below
must have effects above - a join that makes a post in the channel - the lower feature runs a hook, and knows nothing of
who listens. Handlers run in the order of registration, inside the caller's transaction; an error fails the operation.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from mmfast.api.context import Context

News = TypeVar("News")


class Hook(Generic[News]):
    """A named point at which higher features act on `News`."""

    __slots__ = ("name", "_handlers")

    def __init__(self, name: str) -> None:
        self.name = name
        self._handlers: list[Callable[[Context, News], Awaitable[None]]] = []

    def register(
        self, handler: Callable[["Context", News], Awaitable[None]]
    ) -> Callable[["Context", News], Awaitable[None]]:
        """Adds `handler`; usable as a decorator. Registering the same function twice has no effect."""
        if handler not in self._handlers:
            self._handlers.append(handler)
        return handler

    async def run(self, ctx: "Context", news: News) -> None:
        """Calls every handler in turn."""
        for handler in self._handlers:
            await handler(ctx, news)
