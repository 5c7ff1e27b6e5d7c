"""Times that put things in order."""

from mmfast.core import clock


def test_no_two_posts_of_one_moment(monkeypatch):
    monkeypatch.setattr(clock, "now_ms", lambda: 10**15)
    times = [clock.next_ms() for _ in range(20)]
    assert times == list(range(times[0], times[0] + 20))


def test_it_does_not_run_away_from_the_clock(monkeypatch):
    monkeypatch.setattr(clock, "now_ms", lambda: 10**15 + 1000)
    assert max(clock.next_ms() for _ in range(1000)) <= 10**15 + 1000 + clock.AHEAD_MS + 1


def test_a_clock_that_is_put_back_is_followed(monkeypatch):
    monkeypatch.setattr(clock, "now_ms", lambda: 10**14)
    clock.next_ms()
    assert clock.next_ms() < 10**14 + clock.AHEAD_MS
