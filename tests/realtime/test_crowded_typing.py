"""News of typing where many listen."""

from mmfast.realtime.crowded_typing import TOLD_AT_MOST, WINDOW_MS, CrowdedTyping

PLACE = ("c" * 26, "")
NOW = 1_000_000


def test_a_user_is_told_of_once_in_a_window():
    typing = CrowdedTyping()
    told = [typing.is_told(PLACE, "ann", NOW + at) for at in (0, 1, WINDOW_MS - 1, WINDOW_MS, WINDOW_MS + 1)]
    assert told == [True, False, False, True, False]


def test_threads_are_places_of_their_own():
    typing = CrowdedTyping()
    assert typing.is_told(PLACE, "ann", NOW)
    assert typing.is_told((PLACE[0], "t" * 26), "ann", NOW)


def test_a_crowd_that_writes_is_told_of_by_a_few():
    typing = CrowdedTyping()
    for second in range(4):
        told = [typing.is_told(PLACE, f"user{number}", NOW + second * WINDOW_MS) for number in range(1000)]
        assert sum(told) == TOLD_AT_MOST
