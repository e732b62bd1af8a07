"""What is kept is shown and erased on request; the books and the chain stay whole."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.ids import PrincipalId
from bot.ports import Tx
from intents.free_speech.shapes import spoken_actions
from storage.connection import Row
from storage.tables.columns import metadata
from storage.transaction import SqlTx
from storage.verify import verify_ledger
from tests.turns.chat import ACME
from tests.turns.speech import Speech, plans
from tests.turns.test_free_speech import BY_MODEL

MARK = "platypus"
FORGET = "forget what you know about me"


async def look(speech: Speech, query: str) -> Sequence[Row]:
    return await speech.chat.database.read(lambda tx: tx.connection.rows(text(query)))


async def count_marks(speech: Speech) -> dict[str, int]:
    """Count by place what still holds the mark that a person's messages have."""
    places = {
        "kept": "SELECT count(*) FROM kept_turn WHERE said || answered LIKE '%platypus%'",
        "content": "SELECT count(*) FROM content WHERE body LIKE '%platypus%'",
        "inbox": "SELECT count(*) FROM inbox WHERE payload LIKE '%platypus%'",
        "outbox": "SELECT count(*) FROM outbox WHERE payload LIKE '%platypus%'",
    }
    return {name: (await look(speech, query))[0][0] for name, query in places.items()}


async def is_sound(speech: Speech) -> bool:
    def verify(tx: SqlTx) -> bool:
        return tx.audit.verify() is None and not verify_ledger(tx)

    return await speech.chat.database.read(verify)


async def fill(speech: Speech, who: str = "ana") -> None:
    """Have somebody say things that are kept in every place."""
    await speech.say(who, f"ask for 40 for design, because of the {MARK}")
    await speech.say(who, "yes")
    await speech.say(who, f"the {MARK} wants to know", plans(BY_MODEL))


async def test_what_is_kept_is_listed(speech: Speech) -> None:
    await fill(speech)
    told = await speech.say("ana", "memory")
    for part in ("Terminal ana", "member of Design", "Own wallet: Design", "Plan: premium"):
        assert part in told, told
    assert "the last 3" in told
    assert "since 18 Nov 2026" in told
    assert "behind the audit log: 2" in told
    assert MARK not in told


async def test_a_yes_erases_every_place_and_keeps_books_and_chain(speech: Speech) -> None:
    await fill(speech)
    before = await count_marks(speech)
    assert all(before.values()), before
    design = await speech.design()
    chain = [bytes(row[0]) for row in await look(speech, "SELECT body FROM audit ORDER BY seq")]
    card = await speech.say("ana", FORGET)
    assert "cannot be undone" in card
    # A draft alone erases nothing.
    assert (await count_marks(speech))["content"] == before["content"]
    told = await speech.say("ana", "yes")
    assert "Erased of what you said: turns of our talks 4, summaries 0" in told
    assert "messages behind the audit log 3" in told
    assert "What stays: amounts and decisions" in told
    after = await count_marks(speech)
    # Ben still has the card of the request before him, with the reason that it is decided on.
    assert after == {"kept": 0, "content": 0, "inbox": 0, "outbox": 1}
    assert await speech.design() == design
    now = [bytes(row[0]) for row in await look(speech, "SELECT body FROM audit ORDER BY seq")]
    assert now[: len(chain)] == chain
    assert await is_sound(speech)
    salts = await look(speech, "SELECT salt FROM content WHERE body = ''")
    assert {bytes(row[0]) for row in salts} == {b""}


async def hold_the_mark(speech: Speech) -> dict[str, int]:
    """Count by column, of every table that there is, the rows that hold the mark."""

    def look(tx: SqlTx) -> dict[str, int]:
        found: dict[str, int] = {}
        for table in metadata.sorted_tables:
            for row in tx.connection.rows(select(table)):
                for at, column in enumerate(table.c):
                    value = row[at]
                    if isinstance(value, (bytes, memoryview)):
                        value = bytes(value).decode(errors="replace")
                    if MARK in str(value).casefold():
                        name = f"{table.name}.{column.name}"
                        found[name] = found.get(name, 0) + 1
        return found

    return await speech.chat.database.read(look)


async def test_no_table_holds_a_word_but_what_others_were_asked(speech: Speech) -> None:
    await fill(speech)
    for said in (
        f"ask for 30 for design, because the {MARK} is hungry",
        "no",
        f"ask for 20 for design, because the {MARK} is thirsty",
        f"yes but because the {MARK} begs",
        "no",
        # This one gives way to the next, and that one waits.
        f"ask for 26 for design, because the {MARK} is old",
        f"remind me to feed the {MARK} tomorrow at 10",
        "yes",
        f"note: buy a {MARK}",
        "yes",
        "undo",
        "yes",
        f"task: wash the {MARK}",
        "yes",
        f"done wash the {MARK}",
        "yes",
        f"digest of the {MARK}",
        f"why {MARK}",
        FORGET,
    ):
        await speech.say("ana", said, plans(), plans())
    assert len(await hold_the_mark(speech)) >= 8
    await speech.say("ana", "yes")
    # Of the one request that was sent: what Ben decides on, and the card that he has.
    assert await hold_the_mark(speech) == {
        "outbox.payload": 1,
        "proposal.calls": 1,
        "proposal.preview": 1,
    }
    assert await is_sound(speech)
    # What became of the drafts can still be looked at.
    assert "#" in await speech.say("ana", "my requests")


async def test_a_draft_that_waits_elsewhere_ends_with_its_reason(speech: Speech) -> None:
    chat = speech.chat
    await chat.database.write(
        lambda tx: tx.people.link(PrincipalId("ana"), "telegram", "bot", "ana"), tenant=ACME
    )
    speech.model.answers = []
    await chat.write("telegram", "ana", f"ask for 30 for design, because the {MARK} is hungry")
    yes = chat.buttons_on("telegram", "ana")["yes"]
    before = await speech.design()
    await speech.say("ana", FORGET)
    await speech.say("ana", "yes")
    assert await hold_the_mark(speech) == {}
    assert "decided already" in await chat.write("telegram", "ana", button=yes)
    assert await speech.design() == before
    assert (await look(speech, "SELECT count(*) FROM proposal WHERE kind = 'request'"))[0][0] == 0


async def test_erasing_twice_finds_only_what_was_said_since(speech: Speech) -> None:
    await fill(speech)
    await speech.say("ana", FORGET)
    await speech.say("ana", "yes")
    await speech.say("ana", "forget")
    told = await speech.say("ana", "yes")
    # The yes, and the second draft.
    assert "turns of our talks 2" in told
    assert "messages 2" in told
    assert await is_sound(speech)


async def test_a_no_erases_nothing(speech: Speech) -> None:
    await fill(speech)
    before = await count_marks(speech)
    await speech.say("ana", FORGET)
    await speech.say("ana", "no")
    assert await count_marks(speech) == before


async def test_nobody_elses_words_are_touched(speech: Speech) -> None:
    await fill(speech, "ben")
    before = await count_marks(speech)
    await speech.say("ana", FORGET)
    await speech.say("ana", "yes")
    assert await count_marks(speech) == before


async def test_a_member_may_not_erase_another(speech: Speech) -> None:
    await fill(speech, "ben")
    before = await count_marks(speech)
    await speech.say("ana", "forget ben")
    await speech.say("ana", "yes", plans(), plans())
    assert await count_marks(speech) == before


async def test_an_owner_erases_another_on_request_and_they_are_told(speech: Speech) -> None:
    await fill(speech, "ana")
    await speech.say("elena", "forget everything about ana")
    told = await speech.say("elena", "yes")
    assert "Erased of what Ana Lima said" in told
    assert "Elena Vega has had erased" in speech.chat.told("ana")
    after = await count_marks(speech)
    assert (after["kept"], after["content"], after["inbox"]) == (0, 0, 0)
    assert await is_sound(speech)


async def test_somebody_who_is_shut_out_can_be_erased(speech: Speech) -> None:
    await fill(speech, "ana")
    await speech.chat.database.write(
        lambda tx: tx.people.set_disabled(PrincipalId("ana"), True), tenant=ACME
    )
    await speech.say("elena", "/forget @ana")
    assert "Erased" in await speech.say("elena", "yes")
    assert (await count_marks(speech))["content"] == 0


async def test_a_question_and_a_topic_are_forgotten(speech: Speech) -> None:
    await speech.say("ana", "forecast of data")
    await speech.say("ana", FORGET)
    await speech.say("ana", "yes")
    rows = await look(speech, "SELECT topic_wallet_id, question, refusal FROM conversation")
    assert {tuple(row[x] for x in range(3)) for row in rows} == {(None, None, None)}


async def test_what_did_not_arrive_is_not_sent_again_after_it(speech: Speech) -> None:
    await fill(speech)
    await speech.chat.database.write(
        lambda tx: tx.connection.run(
            text("UPDATE outbox SET state = 'dead' WHERE payload LIKE '%platypus%'")
        )
    )
    await speech.say("ana", FORGET)
    await speech.say("ana", "yes")
    told = await speech.say("elena", "undelivered")
    # Only the card that Ben did not get is left.
    assert "Ana" not in told
    assert "Ben" in told


async def test_nothing_is_half_erased(speech: Speech) -> None:
    """The power goes after the last statement, before the commit: everything is there."""
    await fill(speech)
    before = await count_marks(speech)

    class PowerCut(Exception):
        pass

    def erase(tx: Tx) -> None:
        for store in (tx.memory, tx.conversations):
            store.forget(PrincipalId("ana"))
        for place in (tx.inbox, tx.outbox):
            assert place.erase(PrincipalId("ana"))
        assert tx.audit.erase_content(PrincipalId("ana"))
        raise PowerCut

    with pytest.raises(PowerCut):
        await speech.chat.database.write(erase, tenant=ACME)
    assert await count_marks(speech) == before
    assert await is_sound(speech)


async def test_erasing_while_other_talks_of_the_person_run(speech: Speech) -> None:
    chat = speech.chat
    await chat.database.write(
        lambda tx: tx.people.link(PrincipalId("ana"), "telegram", "bot", "ana"), tenant=ACME
    )
    await fill(speech)
    await speech.say("ana", FORGET)

    async def talk(number: int) -> None:
        await chat.write("telegram", "ana", f"spend of design in the last {100 + number} days")

    await asyncio.gather(*(talk(n) for n in range(4)), speech.say("ana", "yes"), talk(5))
    after = await count_marks(speech)
    assert (after["kept"], after["content"], after["inbox"]) == (0, 0, 0)
    assert await is_sound(speech)
    # What was said is answered, whichever came first.
    left = await look(speech, "SELECT count(*) FROM inbox WHERE state <> 'done'")
    assert left[0][0] == 0


async def test_messages_of_who_had_the_account_before_stay(speech: Speech) -> None:
    chat = speech.chat
    ana, ben = PrincipalId("ana"), PrincipalId("ben")

    def link(tx: Tx) -> None:
        tx.people.link(ana, "telegram", "bot", "7")

    await chat.database.write(link, tenant=ACME)
    speech.model.answers = [plans(BY_MODEL)]
    await chat.write("telegram", "7", f"the {MARK} wants to know")
    account = (await chat.database.read(lambda tx: tx.people.list_accounts(ana), tenant=ACME))[0]
    await chat.database.write(lambda tx: tx.people.unlink(ana, account), tenant=ACME)
    chat.clock.advance(timedelta(hours=1))
    await chat.database.write(lambda tx: tx.people.link(ben, "telegram", "bot", "7"), tenant=ACME)
    await chat.write("telegram", "7", "balance")
    before = (await count_marks(speech))["inbox"]
    await chat.database.write(lambda tx: tx.inbox.erase(ben), tenant=ACME)
    assert (await count_marks(speech))["inbox"] == before == 1
    erased = await look(speech, "SELECT count(*) FROM inbox WHERE payload = '{}'")
    assert erased[0][0] == 1


def test_no_model_can_ask_for_an_erasure() -> None:
    assert "forget" not in spoken_actions()
    assert "show_memory" in spoken_actions()
