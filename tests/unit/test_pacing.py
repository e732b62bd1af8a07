"""How fast a platform is written to, by a clock that stands still."""

from datetime import timedelta

from bot.clock import ManualClock
from bot.platforms.pacing import Pacer, Rate


def wait(clock: ManualClock, seconds: float) -> None:
    clock.advance(timedelta(seconds=seconds))


def test_a_chat_takes_so_many_in_its_span(clock: ManualClock) -> None:
    pacer = Pacer([Rate(2, 10.0)], clock)
    assert [pacer.take("a"), pacer.take("a")] == [0.0, 0.0]
    assert pacer.take("a") == 10.0
    wait(clock, 4)
    assert pacer.take("a") == 6.0
    wait(clock, 6)
    assert pacer.take("a") == 0.0


def test_the_span_slides(clock: ManualClock) -> None:
    pacer = Pacer([Rate(2, 10.0)], clock)
    pacer.take("a")
    wait(clock, 6)
    pacer.take("a")
    wait(clock, 4)
    assert pacer.take("a") == 0.0
    # The second is six seconds from leaving its span.
    assert pacer.take("a") == 6.0


def test_a_slow_chat_holds_up_no_other(clock: ManualClock) -> None:
    pacer = Pacer([Rate(1, 60.0)], clock)
    assert pacer.take("a") == 0.0
    assert pacer.take("a") == 60.0
    assert pacer.take("b") == 0.0


def test_the_apps_own_rate_counts_every_chat(clock: ManualClock) -> None:
    pacer = Pacer([Rate(3, 1.0, "app")], clock)
    assert [pacer.take(chat) for chat in "abc"] == [0.0, 0.0, 0.0]
    assert pacer.take("d") == 1.0
    wait(clock, 1)
    assert pacer.take("d") == 0.0


def test_all_rates_hold_together_and_a_refused_place_counts_for_none(clock: ManualClock) -> None:
    pacer = Pacer([Rate(1, 1.0), Rate(20, 60.0), Rate(2, 5.0, "app")], clock)
    assert pacer.take("a") == 0.0
    assert pacer.take("a") == 1.0
    assert pacer.take("b") == 0.0
    assert pacer.take("c") == 5.0
    wait(clock, 5)
    assert [pacer.take("a"), pacer.take("c")] == [0.0, 0.0]


def test_a_chat_that_is_closed_waits_alone(clock: ManualClock) -> None:
    pacer = Pacer([], clock)
    pacer.close("a", 30.0)
    assert pacer.take("a") == 30.0
    assert pacer.take("b") == 0.0
    wait(clock, 30)
    assert pacer.take("a") == 0.0


def test_where_all_is_closed_every_chat_waits(clock: ManualClock) -> None:
    pacer = Pacer([Rate(1, 1.0)], clock)
    pacer.close(None, 30.0)
    assert [pacer.take("a"), pacer.take("b")] == [30.0, 30.0]


def test_the_longer_closing_counts(clock: ManualClock) -> None:
    pacer = Pacer([], clock)
    pacer.close("a", 30.0)
    pacer.close("a", 5.0)
    assert pacer.take("a") == 30.0


def test_chats_that_are_quiet_are_forgotten_and_the_app_is_not(clock: ManualClock) -> None:
    pacer = Pacer([Rate(1, 3600.0), Rate(10_000, 3600.0, "app")], clock)
    for number in range(5000):
        assert pacer.take(str(number)) == 0.0
    assert pacer.take("4999") == 3600.0
    assert pacer.take("0") == 0.0
