"""Whole conversations in Telegram, over the real wire."""

from tests.platforms.telegram_chat import TelegramChat, texts


async def test_a_question_is_answered_where_it_was_asked(telegram: TelegramChat) -> None:
    told = await telegram.say("ana", "how much has design spent this month?")
    assert "$500.00" in texts(told)
