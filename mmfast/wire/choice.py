"""Which HTTP/1.1 parser serves: `MMFAST_HTTP=httptools` (the default) or `h11`. Any other name refuses to start."""

import os
from typing import TYPE_CHECKING

HTTP_PARSER = os.environ.get("MMFAST_HTTP", "") or "httptools"

if TYPE_CHECKING or HTTP_PARSER == "httptools":
    from mmfast.wire.http1 import Http1Parser
elif HTTP_PARSER == "h11":
    from mmfast.wire.http1_h11 import Http1Parser
else:
    raise SystemExit(f"MMFAST_HTTP={HTTP_PARSER}: no such HTTP parser; use httptools or h11")

__all__ = ["HTTP_PARSER", "Http1Parser"]
