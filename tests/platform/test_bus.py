"""The bus between workers of one machine."""

import socket

import pytest
import trio

from mmfast.platform.bus import local
from mmfast.platform.bus.local import LocalBus


class Ear:
    """Notes what it hears."""

    def __init__(self, name):
        self.name = name
        self.messages = []
        self.news = trio.Event()
        self.gone = []
        self.gaps = 0

    def greeting(self):
        return [b"I am " + self.name]

    def heard(self, sender, message):
        self.messages.append((sender, message))
        self.news.set()
        self.news = trio.Event()

    def lost(self, sender):
        self.gone.append(sender)

    def missed(self):
        self.gaps += 1

    async def until(self, count):
        while len(self.messages) < count:
            await self.news.wait()


class Company:
    """Some buses in one folder."""

    def __init__(self, folder, count):
        self.ears = [Ear(b"%d" % n) for n in range(count)]
        self.buses = [LocalBus(folder, n, count, ear) for n, ear in enumerate(self.ears)]
        self.scopes = [trio.CancelScope() for _ in range(count)]
        self.taken = []

    async def run(self, number, task_status):
        with self.scopes[number]:
            await self.buses[number].run(lambda sock, message: self.take(number, sock, message), task_status)

    def take(self, number, sock, message):
        self.taken.append((number, sock, message))
        return True


@pytest.fixture
async def company(tmp_path, nursery):
    company = Company(tmp_path, 3)
    with trio.fail_after(20):
        async with trio.open_nursery() as starting:
            for number in range(3):
                starting.start_soon(nursery.start, company.run, number)
        for ear in company.ears:
            await ear.until(2)
            ear.messages.clear()
        yield company


async def test_messages_reach_all_others_in_order(company):
    long = b"x" * 1_000_000
    for n in range(100):
        company.buses[0].send(b"%d" % n)
    company.buses[0].send(long)
    for ear in company.ears[1:]:
        await ear.until(101)
        assert ear.messages == [(0, b"%d" % n) for n in range(100)] + [(0, long)]
    assert company.ears[0].messages == []


async def test_what_was_sent_survives_the_sender(company):
    company.buses[1].send(b"last words")
    company.scopes[1].cancel()
    await company.ears[0].until(1)
    assert company.ears[0].messages == [(1, b"last words")]
    while company.ears[0].gone != [1]:
        await trio.lowlevel.checkpoint()
    company.buses[0].send(b"to the others")
    await company.ears[2].until(2)


async def test_a_worker_that_does_not_read_is_told_that_it_missed_something(company, monkeypatch):
    monkeypatch.setattr(local, "WAITING_BYTES", 1 << 20)
    for _ in range(5):
        company.buses[0].send(b"y" * 1_000_000)  # no checkpoint: nobody can read
    ear = company.ears[1]
    while not ear.gaps:
        await ear.until(len(ear.messages) + 1)
    ear.messages.clear()
    company.buses[0].send(b"again")
    while (0, b"again") not in ear.messages:
        await ear.until(len(ear.messages) + 1)


async def test_what_was_sent_can_be_taken_in_at_once(company):
    company.buses[0].send(b"a change")
    company.buses[1].catch_up()
    assert company.ears[1].messages == [(0, b"a change")]


async def test_sockets_are_handed_over(company):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert company.buses[0].hand_over(2, theirs.fileno(), b"a client")
        assert not company.buses[0].hand_over(9, theirs.fileno(), b"a client")
        while not company.taken:
            await trio.lowlevel.checkpoint()
        ((number, sock, message),) = company.taken
        assert (number, message) == (2, b"a client")
        with sock:
            sock.send(b"hello")
            assert ours.recv(5) == b"hello"
