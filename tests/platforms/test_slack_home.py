"""The app's page, the prompts and the status line."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.conftest import START
from tests.platforms.slack_blocks import shown
from tests.platforms.slack_company import Company, company
from tests.platforms.slack_server import PEOPLE, Json, SteppingClock, answers


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(START)


@pytest.fixture
async def slack(sqlite_database: Database, clock: SteppingClock) -> AsyncIterator[Company]:
    async with company(sqlite_database, clock) as made:
        yield made


async def open_home(slack: Company, handle: str, tab: str = "home") -> None:
    event = {
        "type": "app_home_opened", "user": PEOPLE[handle], "tab": tab,
        "channel": slack.server.direct(handle), "event_ts": "1.1",
    }  # fmt: skip
    await slack.deliver("events_api", slack.server.callback(event))
    await slack.slack.reception.settled()


async def test_the_page_shows_what_is_left_and_what_waits(slack: Company) -> None:
    await slack.dm("ben", "hello")
    await open_home(slack, "ben")
    page = shown(slack.server.homes["U01BEN"]["blocks"])
    assert "Your wallet" in page
    assert "Design has spent $0.00 of $500.00" in page
    assert "▱" in page
    assert "No request waits" in page
    await slack.dm("ana", "ask for 200 more for design until the end of the month")
    await slack.press("ana", "Yes")
    await open_home(slack, "ben")
    page = shown(slack.server.homes["U01BEN"]["blocks"])
    assert "Requests that wait (1)" in page
    assert "$200.00 · Design" in page
    assert "Ana Lima" in page


async def test_the_page_is_in_its_readers_language(slack: Company) -> None:
    await open_home(slack, "carla")
    assert "Tu cartera" in shown(slack.server.homes["U01CARLA"]["blocks"])


async def test_a_stranger_sees_no_number(slack: Company) -> None:
    event = {"type": "app_home_opened", "user": "U09X", "tab": "home", "channel": "D09"}
    await slack.deliver("events_api", slack.server.callback(event))
    await slack.slack.reception.settled()
    assert "$" not in shown(slack.server.homes["U09X"]["blocks"])


async def test_looking_is_no_message(slack: Company) -> None:
    await open_home(slack, "ana")
    assert slack.server.messages == []


async def test_prompts_are_offered_where_nothing_was_said_yet(slack: Company) -> None:
    await open_home(slack, "ana", tab="messages")
    assert slack.server.prompts[-1]["channel_id"] == slack.server.direct("ana")
    assert "thread_ts" not in slack.server.prompts[-1]
    thread: Json = {
        "user_id": PEOPLE["ana"], "channel_id": "DU01ANA", "thread_ts": "1794960000.000001",
        "context": {},
    }  # fmt: skip
    event = {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": "1.2"}
    await slack.deliver("events_api", slack.server.callback(event))
    await slack.slack.reception.settled()
    assert slack.server.prompts[-1]["thread_ts"] == "1794960000.000001"
    for prompt in slack.server.prompts[-1]["prompts"]:
        assert await slack.dm("ana", prompt["message"])


async def test_a_status_that_cannot_be_set_stops_nothing(slack: Company) -> None:
    slack.server.faults["assistant.threads.setStatus"].append(answers(200, "internal_error"))
    slack.server.faults["views.publish"].append(answers(429, "ratelimited", Retry_After="1"))
    assert await slack.dm("ana", "balance", thread="1794960000.000001")
    await open_home(slack, "ana")
    assert slack.server.homes == {}


async def test_a_form_that_slack_does_not_open_is_asked_for_in_words(slack: Company) -> None:
    slack.server.faults["views.open"].append(answers(200, "expired_trigger_id"))
    assert "much" in (await slack.command("ana", "/ai-request")).casefold()
    slack.server.faults["views.open"].append(answers(429, "ratelimited"))
    await slack.dm("ana", "ask for 200 more for design until the end of the month")
    assert "change" in await slack.press("ana", "Edit")


def home(slack: Company, handle: str) -> str:
    return shown(slack.server.homes[PEOPLE[handle]]["blocks"])


async def tap(slack: Company, handle: str, label: str, number: int = 0) -> str:
    """Tap a button of the page; return what comes to the direct messages."""
    before = len(slack.server.messages)
    await slack.deliver("interactive", slack.server.press_home(handle, label, number))
    return slack.said_to(handle, before)


async def test_an_account_is_unlinked_from_the_page_with_a_yes(slack: Company) -> None:
    await open_home(slack, "ana")
    page = home(slack, "ana")
    assert "Your accounts" in page
    assert "Terminal ana" in page
    assert "Slack …1ANA" in page
    card = await tap(slack, "ana", "Unlink", 1)
    assert "unlink your account Terminal ana" in card
    assert slack.server.messages[-1].channel == slack.server.direct("ana")
    await open_home(slack, "ana")
    assert "Terminal ana" in home(slack, "ana")
    await slack.press("ana", "Yes")
    await open_home(slack, "ana")
    assert "Terminal ana" not in home(slack, "ana")


async def test_a_tap_on_the_page_that_is_repeated_counts_once(slack: Company) -> None:
    await open_home(slack, "ana")
    payload = slack.server.press_home("ana", "Unlink")
    for _ in range(5):
        await slack.deliver("interactive", payload)
    assert len(slack.server.messages) == 1


async def test_quiet_hours_are_set_changed_and_ended_from_the_page(slack: Company) -> None:
    await open_home(slack, "ana")
    assert "You have no quiet hours" in home(slack, "ana")
    assert await tap(slack, "ana", "Set quiet hours") == ""
    view = slack.server.views[-1]
    assert [x["element"]["type"] for x in view["blocks"]] == ["timepicker", "timepicker"]
    assert await slack.submit("ana", begins="23:00") == {}
    assert "set your quiet hours to 23:00–07:00" in slack.card("ana", "Yes").shown
    await slack.press("ana", "Yes")
    await open_home(slack, "ana")
    assert "Your quiet hours are 23:00–07:00 (Europe/Madrid)" in home(slack, "ana")
    await tap(slack, "ana", "Change")
    view = slack.server.views[-1]
    assert [x["element"]["initial_time"] for x in view["blocks"]] == ["23:00", "07:00"]
    await slack.submit("ana", begins="22:00", ends="08:30")
    await slack.press("ana", "Yes")
    assert "22:00–08:30" in await slack.dm("ana", "my quiet hours")
    await open_home(slack, "ana")
    assert "end your quiet hours" in await tap(slack, "ana", "Turn off")
    await slack.press("ana", "Yes")
    await open_home(slack, "ana")
    assert "You have no quiet hours" in home(slack, "ana")


async def test_a_time_that_is_missing_is_asked_for_in_the_form(slack: Company) -> None:
    await open_home(slack, "ana")
    await tap(slack, "ana", "Set quiet hours")
    view = slack.server.views[-1]
    payload = slack.server.submit("ana", view)
    for inputs in payload["view"]["state"]["values"].values():
        for one in inputs.values():
            one["selected_time"] = None
    answer = await slack.deliver("interactive", payload)
    assert set(answer["errors"]) == {"begins", "ends"}
    assert slack.server.messages == []


async def test_a_draft_of_quiet_hours_is_edited_in_a_form(slack: Company) -> None:
    await slack.dm("ana", "quiet hours 22:00 to 7:00")
    assert await slack.press("ana", "Edit") == ""
    await slack.submit("ana", ends="06:30")
    card = slack.card("ana", "Yes")
    assert "22:00–06:30" in card.shown
    await slack.press("ana", "Yes")
    assert "22:00–06:30" in await slack.dm("ana", "my quiet hours")
