"""The mix of actions, the rates and the verdict of bench/load."""

import random
from collections import Counter

import pytest

from bench.load import model
from bench.load.actions import ACTIONS
from bench.load.verdict import Measured, is_supported, judge, merge, percentile, sentence

GOOD = Measured(10_000, 0, 0, 0.02, 0.5, 0.3, 0.2)


def test_weights_sum_to_the_published_total_but_for_rounding():
    assert sum(model.WEIGHTS.values()) == pytest.approx(15.444, abs=0.01)


def test_every_weighted_action_exists_and_no_other():
    assert model.WEIGHTS.keys() == ACTIONS.keys()


def test_rates_are_shares_of_all_users():
    assert sum(model.RATES.values()) == pytest.approx(1)


def test_average_user_acts_and_posts_as_often_as_people_do():
    assert model.actions_per_minute() == pytest.approx(0.68, abs=0.005)
    assert model.posts_per_second(1000) == pytest.approx(0.73, abs=0.01)


def test_numbered_users_have_the_rates_in_their_shares():
    counts = Counter(model.rate_of(number) for number in range(60))
    for rate, share in model.RATES.items():
        assert counts[rate] == pytest.approx(60 * share, abs=2)


def test_idle_times_have_the_mean_of_the_rate():
    chance = random.Random(1)
    assert sum(model.idle_seconds(3, chance) for _ in range(20_000)) / 20_000 == pytest.approx(60, rel=0.03)


def test_first_idle_time_is_what_is_left_of_one_taken_at_random():
    # of a uniform time from 0 to 2m, that is (2m)^2/3 / (2 * m) = 2m/3 in the mean
    chance = random.Random(1)
    assert sum(model.first_idle_seconds(3, chance) for _ in range(20_000)) / 20_000 == pytest.approx(40, rel=0.03)


def test_picks_follow_the_weights():
    chance = random.Random(1)
    counts = Counter(model.pick_action(chance) for _ in range(20_000))
    assert counts["open_channel"] / 20_000 == pytest.approx(6.52 / 15.444, rel=0.05)


def test_a_good_run_is_supported():
    findings = judge(GOOD)
    assert is_supported(findings, GOOD.requests)
    assert sentence(findings, 60, GOOD.requests) == "supports 60 users"


@pytest.mark.parametrize(
    ("measured", "named"),
    [
        (Measured(10_000, 3, 0, 0.02, 0.5), "answers 5xx"),
        (Measured(10_000, 0, 3, 0.02, 0.5), "time-outs"),
        (Measured(10_000, 0, 0, 0.1, 0.5), "mean latency"),
        (Measured(10_000, 0, 0, 0.02, 2.0), "p99 latency"),
        (Measured(10_000, 0, 0, 0.02, 0.5, cpu=0.86), "CPU of the server"),
        (Measured(10_000, 0, 0, 0.02, 0.5, memory=0.9), "memory of the server"),
    ],
)
def test_one_broken_criterion_is_enough_and_is_named(measured, named):
    findings = judge(measured)
    assert not is_supported(findings, measured.requests)
    assert sentence(findings, 60, measured.requests).startswith(f"does not support 60 users: {named}")


def test_errors_below_the_limit_are_tolerated():
    assert is_supported(judge(Measured(10_000, 2, 2, 0.02, 0.5)), 10_000)


def test_what_was_not_measured_is_said():
    assert "CPU of the server" in sentence(judge(Measured(10, 0, 0, 0.02, 0.5)), 5, 10)


def test_no_requests_show_nothing():
    assert not is_supported(judge(Measured(0, 0, 0, 0, 0)), 0)
    assert "nothing" in sentence([], 5, 0)


def test_percentiles_of_counted_times():
    times = Counter({1.0: 98, 50.0: 1, 900.0: 1})
    assert [percentile(times, share) for share in (0.5, 0.98, 0.99, 1)] == [1, 1, 50, 900]
    assert percentile(Counter(), 0.99) == 0


def test_merging_entries_adds_their_times():
    entries = [{"times": {"1": 2, "5": 1}, "total_ms": 7.0}, {"times": {"5": 3}, "total_ms": 15.0}]
    assert merge(entries) == (Counter({1.0: 2, 5.0: 4}), 22.0)
