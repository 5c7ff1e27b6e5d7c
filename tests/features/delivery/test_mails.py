"""The queue: nothing is lost while the mail server is away, and nothing is sent twice."""

import pytest

from mmfast.api.context import Context
from mmfast.core.clock import now_ms
from mmfast.features.delivery.mails import service, store
from mmfast.features.delivery.mails.types import Content
from tests.features.delivery.postbox import open_postbox

CONTENT = Content("Hello", "<p>hello</p>", "hello")


@pytest.fixture
def ctx(app):
    return Context.background(app)


async def waiting(app) -> list[tuple[int, bool]]:
    """Of each mail that waits: how often it was tried, and whether it is claimed."""
    rows = await app.db.fetch("SELECT attempts, claimedat > 0 FROM mmfast_mail_queue ORDER BY id")
    return [tuple(row) for row in rows]


async def make_due(app) -> None:
    await app.db.execute("UPDATE mmfast_mail_queue SET dueat = 0")


async def test_a_mail_outlasts_a_server_that_is_down(app, ctx):
    with open_postbox() as box:
        settings = box.settings
    await app.config_store.patch({"EmailSettings": settings})
    assert await service.queue(ctx, "a@example.com", CONTENT)
    await service.send_due(ctx)
    assert [claimed for _, claimed in await waiting(app)] == [False]
    with open_postbox(int(settings["SMTPPort"])) as box:
        await make_due(app)
        await service.send_due(ctx)
        assert (await box.take())["Subject"] == "Hello"
        await make_due(app)
        await service.send_due(ctx)
        assert box.is_empty()
    assert await waiting(app) == []


async def test_a_mail_is_of_no_effect_if_its_transaction_fails(app, ctx, mailed):
    class ChangeOfMindError(Exception):
        pass

    async def queue_and_fail() -> None:
        async with ctx.transaction():
            await service.queue(ctx, "a@example.com", CONTENT)
            raise ChangeOfMindError

    with pytest.raises(ChangeOfMindError):
        await queue_and_fail()
    assert await waiting(app) == []


async def test_a_temporary_refusal_is_tried_again_and_a_lasting_one_is_not(app, ctx, mailed):
    mailed.answers = ["451 later", "554 never"]
    await service.queue(ctx, "a@example.com", CONTENT)
    await service.send_due(ctx)
    assert await waiting(app) == [(1, False)]
    await make_due(app)
    await service.send_due(ctx)
    assert await waiting(app) == []
    assert mailed.is_empty()


async def test_a_mail_that_may_have_arrived_is_not_sent_again(app, ctx, mailed):
    mailed.answers = [""]
    async with ctx.transaction():
        await service.queue(ctx, "a@example.com", CONTENT)
        await service.queue(ctx, "b@example.com", CONTENT)
    await service.send_due(ctx)
    assert (await mailed.take())["To"] in ("a@example.com", "b@example.com")  # they are due at the same moment
    assert mailed.is_empty()
    assert await waiting(app) == []


async def test_a_mail_is_given_up_after_the_last_try(app, ctx, mailed):
    mailed.answers = ["451 later"]
    await store.make_table(app.db)
    await store.insert(app.db, "a" * 26, now_ms(), service._server(app.config.EmailSettings), "a@example.com", CONTENT)
    await app.db.execute("UPDATE mmfast_mail_queue SET attempts = $1", len(service.DELAYS_MS))
    await service.send_due(ctx)
    assert await waiting(app) == []
    assert mailed.is_empty()


async def test_what_a_worker_left_in_doubt_is_not_sent_again(app, ctx, mailed):
    server = service._server(app.config.EmailSettings)
    await store.make_table(app.db)
    await store.insert(app.db, "a" * 26, now_ms(), server, "a@example.com", CONTENT)
    mail = await store.claim(app.db, server, now_ms())
    assert await store.mark_finishing(app.db, mail, now_ms())
    await app.db.execute("UPDATE mmfast_mail_queue SET claimedat = 1")
    await service.send_due(ctx)
    assert await waiting(app) == [(0, True)]
    await app.db.execute("UPDATE mmfast_mail_queue SET finishingat = 1")
    await service.remove_stale(ctx)
    assert await waiting(app) == []
    assert mailed.is_empty()


async def test_a_mail_whose_worker_ended_before_it_can_have_been_taken_is_sent(app, ctx, mailed):
    server = service._server(app.config.EmailSettings)
    await store.make_table(app.db)
    await store.insert(app.db, "a" * 26, now_ms(), server, "a@example.com", CONTENT)
    assert await store.claim(app.db, server, now_ms()) is not None
    await service.send_due(ctx)
    assert await waiting(app) == [(0, True)]
    await app.db.execute("UPDATE mmfast_mail_queue SET claimedat = 1")
    await service.send_due(ctx)
    assert (await mailed.take())["Subject"] == "Hello"
    assert await waiting(app) == []
    assert mailed.is_empty()


async def test_a_worker_that_was_too_slow_gives_up_what_another_has_taken_over(app, ctx, mailed, monkeypatch):
    """The slow one has sent all but the last line when the other claims the mail."""
    await service.queue(ctx, "a@example.com", CONTENT)
    mark = store.mark_finishing

    async def be_slow(db, mail, now):
        await db.execute("UPDATE mmfast_mail_queue SET claimedat = $1", mail.claimed_at + service.ABANDONED_MS)
        return await mark(db, mail, now)

    monkeypatch.setattr(store, "mark_finishing", be_slow)
    await service.send_due(ctx)
    assert mailed.is_empty()
    assert await waiting(app) == [(0, True)]
    monkeypatch.undo()
    await app.db.execute("UPDATE mmfast_mail_queue SET claimedat = 1")
    await service.send_due(ctx)
    assert (await mailed.take())["Subject"] == "Hello"
    assert mailed.is_empty()


async def test_ten_minutes_without_a_mail_server_lose_nothing_and_double_nothing(app, ctx, monkeypatch):
    """Mails come in all the while; time goes by in steps of the periodic work."""
    with open_postbox() as box:
        settings = box.settings
    await app.config_store.patch({"EmailSettings": settings})
    clock = {"now": now_ms()}
    monkeypatch.setattr(service, "now_ms", lambda: clock["now"])
    monkeypatch.setattr(app, "spawn", lambda *work: None)  # here only the clock sends
    wanted = []
    for second in range(0, 600, 10):
        if second % 30 == 0:
            wanted.append(f"user{second}@example.com")
            assert await service.queue(ctx, wanted[-1], CONTENT)
        await service.send_due(ctx)
        clock["now"] += 10_000
    assert len(await waiting(app)) == len(wanted) == 20
    arrived = []
    with open_postbox(int(settings["SMTPPort"])) as box:
        for _ in range(100):  # within a quarter of an hour everything is there
            await service.send_due(ctx)
            clock["now"] += 10_000
        while not box.is_empty():
            arrived.append((await box.take())["To"])
    assert sorted(arrived) == sorted(wanted)
    assert await waiting(app) == []


async def test_a_queue_of_an_earlier_release_is_taken_over(app, ctx, mailed):
    await store.make_table(app.db)
    await app.db.execute("ALTER TABLE mmfast_mail_queue DROP COLUMN finishingat, DROP COLUMN conversation")
    await app.db.execute(
        "INSERT INTO mmfast_mail_queue (id, createat, server, recipient, subject, html, body, dueat)"
        " VALUES ($1, $2, $3, 'a@example.com', 'Old', 'x', 'x', $2)",
        *("a" * 26, now_ms(), service._server(app.config.EmailSettings)),
    )
    await service.send_due(ctx)
    assert (await mailed.take())["Subject"] == "Old"


async def test_a_claimed_mail_is_nobody_elses(app, ctx, mailed):
    server = service._server(app.config.EmailSettings)
    await store.make_table(app.db)
    await store.insert(app.db, "a" * 26, now_ms(), server, "a@example.com", CONTENT)
    async with app.db.transaction() as one, app.db.transaction() as other:
        assert await store.claim(one, server, now_ms()) is not None
        assert await store.claim(other, server, now_ms()) is None


async def test_mails_wait_for_the_server_that_they_were_meant_for(app, ctx, mailed):
    await store.make_table(app.db)
    await store.insert(app.db, "a" * 26, now_ms(), "elsewhere:25", "a@example.com", CONTENT)
    await service.send_due(ctx)
    assert await waiting(app) == [(0, False)]
    assert mailed.is_empty()


async def test_no_mail_is_queued_without_a_server_or_an_address(app, ctx, postbox):
    assert not await service.queue(ctx, "a@example.com", CONTENT)
    await app.config_store.patch({"EmailSettings": postbox.settings})
    assert not await service.queue(ctx, "a@example.com\r\nRCPT TO:<b@example.com>", CONTENT)
    assert not await service.queue(ctx, "", CONTENT)
