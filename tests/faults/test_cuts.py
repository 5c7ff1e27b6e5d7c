"""Connections cut at random bytes while workers are killed: every client ends with exactly the server's log.

`bench.cuts` does the same 10,000 times.
"""

import os
import random
import signal

from bench.cuts.story import prepare, tell

SEED = 20261128


def killer(server, seed):
    """Kills a worker at random, if none is missing."""
    rng = random.Random(seed)

    def kill():
        workers = server.workers()
        if len(workers) < 2:
            return False
        os.kill(rng.choice(workers), signal.SIGKILL)
        return True

    return kill


async def test_cuts(several):
    story = await prepare(several.port, cuts=300, followers=6, seed=SEED)
    await tell(story, SEED)
    assert all(follower.known == story.written for follower in story.followers)


async def test_cuts_and_killed_workers(several):
    story = await prepare(several.port, cuts=300, followers=6, seed=SEED)
    assert await tell(story, SEED, killer(several, SEED), kills=3) == 3
    assert all(follower.known == story.written for follower in story.followers)
    assert story.renewed > len(story.followers)
    assert "Traceback" not in several.log()
