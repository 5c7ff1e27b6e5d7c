"""Who waits to be let in, and who is told to come back."""

import trio
import trio.testing

from mmfast.realtime.admission import OPENING_AT_ONCE, PATIENCE_SECONDS, RETRY_SECONDS, Admission


async def hold(admission: Admission, until: trio.Event) -> None:
    async with admission:
        await until.wait()


async def wait_with(admission: Admission, nursery: trio.Nursery, count: int) -> trio.Event:
    """So many clients hold or await their place until the event."""
    until = trio.Event()
    for _ in range(count):
        nursery.start_soon(hold, admission, until)
    await trio.testing.wait_all_tasks_blocked()
    return until


async def test_nobody_waits_while_few_come(nursery):
    admission = Admission()
    await wait_with(admission, nursery, OPENING_AT_ONCE)
    assert admission.expected_wait == 0
    assert not admission.is_full


async def test_who_would_wait_too_long_is_told_to_come_back(nursery):
    admission = Admission()
    await wait_with(admission, nursery, OPENING_AT_ONCE + int(500 * PATIENCE_SECONDS) + 1)
    assert admission.is_full
    least, most = RETRY_SECONDS
    told = {admission.retry_after() for _ in range(200)}
    assert least <= min(told) <= max(told) <= most
    assert len(told) > 5


async def test_a_slow_server_lets_fewer_wait(nursery, autojump_clock):
    admission = Admission()
    ends = [await wait_with(admission, nursery, 1) for _ in range(2 * OPENING_AT_ONCE + 400)]
    assert not admission.is_full
    for end in ends[:300]:
        await trio.sleep(0.1)
        end.set()
        await trio.testing.wait_all_tasks_blocked()
    assert admission.is_full, (
        "at ten clients a second the last of more than a hundred waits for longer than its patience"
    )
