"""Connections cut at random bytes in a stream of events: every client ends with exactly the server's log.

Seeded and repeatable. MMFAST_CUTS sets the number of cuts (10,000 for the long run).
"""

import os
import random

import trio

from mmfast.realtime.event import Event
from tests.realtime.conftest import RawClient

CUTS = int(os.environ.get("MMFAST_CUTS", "150"))
CLIENTS = 5
SEED = 20261123


class Entry(Event, name="test_entry"):
    n: int
    padding: str = ""


class Log:
    """What the server has said so far; what clients read again when they must start anew."""

    def __init__(self):
        self.size = 0
        self.done = False


class Follower:
    """A client that keeps the log by events, and takes its line up again after each cut."""

    def __init__(self, seed, log, workers, token):
        self.random = random.Random(seed)
        self.log, self.workers, self.token = log, workers, token
        self.known = 0
        self.connection_id, self.next = "", 0
        self.renewed = 0

    async def follow(self, left, number):
        """Lives through the cuts that are left, then listens until the log is complete."""
        while left[number]:
            await self.listen(self.random.choice([0, 1, 2, 10, 100, 700, 5000]) + self.random.randrange(300))
            left[number] -= 1
        while not self.is_complete:
            await self.listen(1 << 30)

    @property
    def is_complete(self):
        return self.log.done and self.known == self.log.size

    async def listen(self, allowance):
        """One connection, until `allowance` bytes have come."""
        query = f"?connection_id={self.connection_id}&sequence_number={self.next}" if self.connection_id else ""
        try:
            client = await RawClient.open(self.random.choice(self.workers), self.token, query)
        except (OSError, trio.BrokenResourceError):
            return  # the worker has just gone
        while True:
            for message in client.take():
                self.hear(message)
            if allowance <= 0 or self.is_complete:
                break
            try:
                data = await client.stream.receive_some(min(allowance, 4096))
            except trio.BrokenResourceError:
                data = b""
            if not data:
                break
            allowance -= len(data)
            client.buffer += data
        if self.random.random() < 0.5:  # a reset, as of a phone that leaves its network
            client.stream.socket.setsockopt(trio.socket.SOL_SOCKET, trio.socket.SO_LINGER, bytes([1] + [0] * 7))
        await client.close()

    def hear(self, message):
        if message == 1012:
            return  # a worker stops; the socket ends
        if message["event"] == "hello":
            assert message["seq"] == 0
            self.renewed += 1
            self.connection_id, self.next = message["data"]["connection_id"], 1
            self.known = self.log.size  # reads everything again; what comes after the hello is newer
            return
        assert message["seq"] == self.next, "a number is missing or comes twice"
        self.next += 1
        if message["data"]["n"] < self.known:
            return  # said between the reading again and the hello
        assert message["data"]["n"] == self.known, "a gap"
        self.known += 1


async def write_log(log, workers, followers_done):
    """Events as fast as they are heard, from all workers in turn."""
    rng = random.Random(SEED)
    while not followers_done():
        for _ in range(rng.randrange(4)):
            # One author at a time: the order between two workers is nobody's promise.
            workers[0].hub.publish(Entry(n=log.size, padding="x" * rng.randrange(400)).to(channel_id="log"))
            log.size += 1
        await trio.lowlevel.checkpoint()
    log.done = True
    workers[0].hub.publish(Entry(n=log.size).to(channel_id="log"))
    log.size += 1


async def stop_one(workers, left):
    """Ends the last worker when half of the cuts are done; its lines and their events go with it."""
    while sum(left) > CUTS // 2:
        await trio.lowlevel.checkpoint()
    workers.pop().scope.cancel()


async def run(directory, count, *, stop=False):
    log = Log()
    directory.patience = 60 + CUTS / 20
    async with directory.workers(count) as workers:
        followers = [Follower(SEED + n, log, workers, directory.user("log")[1]) for n in range(CLIENTS)]
        left = [CUTS // CLIENTS] * CLIENTS

        async with trio.open_nursery() as nursery:
            for number, follower in enumerate(followers):
                nursery.start_soon(follower.follow, left, number)
            nursery.start_soon(write_log, log, workers, lambda: not any(left))
            if stop:
                nursery.start_soon(stop_one, workers, left)
    assert all(follower.known == log.size for follower in followers)
    return followers


async def test_one_worker(directory):
    followers = await run(directory, 1)
    assert sum(follower.renewed for follower in followers) <= CUTS / 2


async def test_three_workers(directory):
    await run(directory, 3)


async def test_a_worker_that_goes_takes_nothing_along_but_its_own_lines(directory):
    followers = await run(directory, 3, stop=True)
    assert any(follower.renewed > 1 for follower in followers)
