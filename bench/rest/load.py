"""The load generator: one operation over and over on a few kept-alive connections, in a process and loop of its own.

Reads a plan as JSON from standard input, writes counts as JSON to standard output. It never shares a process with the
server, so that the server's CPU time is the server's alone.
"""

import asyncio
import json
import sys
import time

import uvloop


async def _connection(plan: dict, share: int, times: list[float], statuses: dict[int, int]) -> None:
    reader, writer = await asyncio.open_connection(plan["host"], plan["port"])
    requests = [request.encode("latin-1") for request in plan["requests"]]
    for i in range(share):
        began = time.perf_counter()
        writer.write(requests[i % len(requests)])
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        statuses[status] = statuses.get(status, 0) + 1
        lower = head.lower()
        at = lower.find(b"content-length:")
        if at >= 0:
            await reader.readexactly(int(lower[at + 15 : lower.index(b"\r\n", at)]))
        else:
            while (line := await reader.readline()) != b"0\r\n":
                await reader.readexactly(int(line, 16) + 2)
            await reader.readline()
        times.append(time.perf_counter() - began)
    writer.close()


async def main() -> None:
    """Runs the plan: `requests` in turn, `count` in all, over `connections`."""
    plan = json.load(sys.stdin)
    times: list[float] = []
    statuses: dict[int, int] = {}
    share = plan["count"] // plan["connections"]
    await asyncio.gather(*[_connection(plan, share, times, statuses) for _ in range(plan["connections"])])
    times.sort()
    json.dump({"done": len(times), "p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)],
               "statuses": statuses}, sys.stdout)


if __name__ == "__main__":
    uvloop.run(main())
