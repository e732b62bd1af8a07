"""What was spent, compared with the days before."""

from datetime import timedelta

from tests.turns.chat import ACME, USD, Chat, spend


async def test_a_day_is_compared_with_the_day_before(chat: Chat) -> None:
    for number, cost in enumerate((4 * USD, 6 * USD)):
        await chat.database.write(
            lambda tx, number=number, cost=cost: spend(  # type: ignore[misc]  # bound now
                tx, "design", "ana", cost, "gpt-5", f"k{number}"
            ),
            tenant=ACME,
        )
        chat.clock.advance(timedelta(days=1))
    said = await chat.say("ana", "what did design spend yesterday?")
    assert "That is 50 % more than on the day before ($4.00)." in said, said
    said = await chat.say("elena", "what did design spend today?")
    assert "Design spent nothing" in said
    said = await chat.say("carla", "¿cuánto gastó diseño ayer?")
    assert "Es un 50 % más que el día anterior ($4,00)." in said, said
    said = await chat.say("carla", "¿cuánto gastó diseño este mes por modelo?")
    assert "No se gastó nada en los 20 días anteriores." in said, said
