"""Presets: the values of each, and who gets which."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.presets import ADMIN, CHAT, FIRST_DAYS, ONBOARDING, UNTRIED_FOR, Presets, Steps
from bot.presets import choose_preset as choose
from bot.settings.model import load_settings

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)


def test_the_presets_are_what_the_design_says() -> None:
    found = [
        (x.name, x.window_s, x.history, x.action_time_out_s) for x in (ONBOARDING, CHAT, ADMIN)
    ]
    assert found == [
        ("onboarding", 300.0, 30, 10.0),
        ("chat", 30.0, 10, 5.0),
        ("admin", 120.0, 20, 5.0),
    ]
    assert {preset.steps for preset in (ONBOARDING, CHAT, ADMIN)} == {Steps(t1=10, t2=3, t3=1)}


def test_each_name_has_its_preset() -> None:
    presets = Presets()
    assert [presets.of(x).name for x in ("onboarding", "chat", "admin")] == [
        "onboarding",
        "chat",
        "admin",
    ]


@pytest.mark.parametrize(
    ("age", "has_confirmed", "is_new"),
    [
        (timedelta(0), True, True),
        (FIRST_DAYS - A_MOMENT, True, True),
        (FIRST_DAYS, True, False),
        (FIRST_DAYS, False, True),
        (UNTRIED_FOR - A_MOMENT, False, True),
        (UNTRIED_FOR, False, False),
        (UNTRIED_FOR, True, False),
    ],
)
@pytest.mark.parametrize("is_manager", [False, True])
def test_new_people_are_new_for_days_and_untried_ones_for_a_month(
    age: timedelta, has_confirmed: bool, is_new: bool, is_manager: bool
) -> None:
    name = choose(
        is_manager=is_manager,
        is_private=True,
        added_at=NOW - age,
        has_confirmed=has_confirmed,
        now=NOW,
    )
    assert (name == "onboarding") == is_new


@pytest.mark.parametrize(
    ("is_manager", "is_private", "name"),
    [
        (True, True, "admin"),
        (True, False, "chat"),
        (False, True, "chat"),
        (False, False, "chat"),
    ],
)
def test_owners_and_admins_get_theirs_where_nobody_reads_along(
    is_manager: bool, is_private: bool, name: str
) -> None:
    long_ago = NOW - timedelta(days=400)
    for added_at in (long_ago, None):
        assert name == choose(
            is_manager=is_manager,
            is_private=is_private,
            added_at=added_at,
            has_confirmed=True,
            now=NOW,
        )


def test_the_settings_begin_as_the_design_says_and_change_what_they_name() -> None:
    assert load_settings().presets.presets == Presets()
    set_so = {"chat": {"history": 4, "steps_t1": 2, "model": "house/small"}}
    found = load_settings(presets=set_so).presets.presets
    assert found.chat == replace(CHAT, history=4, steps=Steps(t1=2), model="house/small")
    assert (found.onboarding, found.admin) == (ONBOARDING, ADMIN)
