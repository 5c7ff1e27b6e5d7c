"""The storm: everybody sends a request at once and waits for a word in the answer; refused, they come again as told.

Reads the plan as a line of JSON from standard input, writes what became of it to standard output, and stays connected
until standard input ends.
"""

import asyncio
import json
import random
import re
import sys
import time

import uvloop

RETRY = re.compile(rb"(?i)retry-after: (\d+)")


class Visitor:
    """One of the crowd."""

    def __init__(self, request: str, awaited: str) -> None:
        self._request, self._awaited = request.encode("latin-1"), awaited.encode()
        self.refusals = 0
        self.seconds = 0.0

    async def visit(self, host: str, port: int) -> asyncio.StreamWriter:
        """Comes until let in; the connection stays open."""
        began = time.monotonic()
        while True:
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(self._request)
            heard = b""
            while data := await reader.read(65536):
                heard += data
                if self._awaited in heard:
                    self.seconds = time.monotonic() - began
                    return writer
                if b"HTTP/1.1 503" in heard:
                    break
            self.refusals += 1
            writer.close()
            told = RETRY.search(heard)
            await asyncio.sleep(int(told[1]) if told else random.uniform(1, 5))


async def main() -> None:
    """Lets the storm loose."""
    plan = json.loads(sys.stdin.readline())
    crowd = [Visitor(request, plan["awaited"]) for request in plan["requests"]]
    began = time.monotonic()
    writers = await asyncio.gather(*[one.visit(plan["host"], plan["port"]) for one in crowd])
    took = time.monotonic() - began
    slowest = max(one.seconds for one in crowd)
    told = {"seconds": round(took, 2), "slowest": round(slowest, 2), "refusals": sum(one.refusals for one in crowd)}
    print(json.dumps(told), flush=True)
    sys.stdin.read()
    for writer in writers:
        writer.transport.abort()


if __name__ == "__main__":
    uvloop.run(main())
