"""What an error of the SDK means for a message."""

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from adapters.telegram.client import ServerFailed, TooFast, wait_of
from adapters.telegram.faults import refusal_of, to_error
from bot.errors.kinds import BursarError
from bot.errors.sending import ChatMoved, MaybeSent, NotSent, Undeliverable


def caused(error: TelegramError, cause: BaseException | None) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (caused(NetworkError("x"), httpx.ConnectError("x")), NotSent),
        (caused(TimedOut(), httpx.ConnectTimeout("x")), NotSent),
        (caused(TimedOut(), httpx.PoolTimeout("x")), NotSent),
        (caused(NetworkError("x"), RuntimeError("closed")), NotSent),
        (TooFast(3.0), NotSent),
        (Conflict("x"), NotSent),
        (caused(TimedOut(), httpx.ReadTimeout("x")), MaybeSent),
        (caused(TimedOut(), httpx.WriteTimeout("x")), MaybeSent),
        (caused(NetworkError("x"), httpx.ReadError("x")), MaybeSent),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), MaybeSent),
        (ServerFailed("status 502"), MaybeSent),
        (TelegramError("Invalid server response"), MaybeSent),
        (Forbidden("x"), Undeliverable),
        (InvalidToken(), Undeliverable),
        (EndPointNotFound("x"), Undeliverable),
        (BadRequest("x"), Undeliverable),
        (ChatMigrated(-5), ChatMoved),
    ],
)
def test_what_was_not_sent_is_told_from_what_may_have_been(
    error: TelegramError, expected: type[BursarError]
) -> None:
    assert type(to_error(error, "101")) is expected


@pytest.mark.parametrize(
    ("error", "chat", "why", "ends_chat"),
    [
        (Forbidden("Forbidden: whatever"), "101", "blocked", True),
        (Forbidden("Forbidden: whatever"), "-101", "chat_gone", True),
        (InvalidToken(), "101", "token_revoked", False),
        (BadRequest("Bad Request: chat not found"), "101", "chat_gone", True),
        (BadRequest("Bad Request: CHAT_SOMETHING_NEW"), "101", "refused", False),
    ],
)
def test_what_ends_says_why(error: TelegramError, chat: str, why: str, ends_chat: bool) -> None:
    became = to_error(error, chat)
    assert isinstance(became, Undeliverable)
    assert (became.why, became.ends_chat) == (why, ends_chat)


def test_the_wait_is_the_servers() -> None:
    became = to_error(TooFast(17.0), "101")
    assert isinstance(became, NotSent)
    assert (became.retry_after_s, became.facts["scope"]) == (17.0, "chat")


@pytest.mark.parametrize(
    ("description", "refusal"),
    [
        (
            "Bad Request: message is not modified: specified new message content and reply markup"
            " are exactly the same as a current content and reply markup of the message",
            "unchanged",
        ),
        ("Bad Request: can't parse entities: Unsupported start tag", "markup"),
        ("Bad Request: message can't be edited", "not_editable"),
        ("Bad Request: message to edit not found", "not_editable"),
        ("Bad Request: message thread not found", "no_topic"),
        ("Bad Request: BUTTON_DATA_INVALID", "other"),
    ],
)
def test_refusals_are_told_apart_where_that_matters(description: str, refusal: str) -> None:
    assert refusal_of(BadRequest(description)) == refusal


@pytest.mark.parametrize("said", [b"1e400", b"9" * 400, b"-1", b'"x"', b"null", b"[]"])
def test_a_wait_that_is_no_time_is_a_day_at_most(said: bytes) -> None:
    wait_s = wait_of(b'{"parameters": {"retry_after": ' + said + b"}}")
    assert 0 <= wait_s <= 86_400
