"""The page that Prometheus reads, as an application for a listener of its own: /metrics and nothing else."""

from collections.abc import Awaitable, Callable

from mmfast.net.connection import Application
from mmfast.wire.request import Request
from mmfast.wire.response import Response

PLAIN = ("Content-Type", "text/plain; charset=utf-8")


def metrics_page(content_type: str, make: Callable[[], Awaitable[bytes]]) -> Application:
    """Answers GET /metrics with what `make` gives."""

    async def answer(request: Request) -> Response:
        if request.path != "/metrics":
            return Response(404, [PLAIN], b"metrics are at /metrics\n")
        if request.method not in ("GET", "HEAD"):
            return Response(405, [PLAIN, ("Allow", "GET, HEAD")], b"only GET\n")
        return Response(200, [("Content-Type", content_type)], await make())

    return answer
