"""One person on several platforms: linking, unlinking, and the same rights everywhere."""

import asyncio
import re

import pytest

from bot.access import Principal
from bot.economy.wallets import Tenant
from bot.ids import PrincipalId, TenantId
from bot.messages import InboundMessage
from bot.people.links import token_in
from bot.ports import Tx
from tests.turns.chat import ACME, Chat

ANA = PrincipalId("ana")
ANA_ON_SLACK = "U0123ANA"
GLOBEX = TenantId("globex")


async def token_of(chat: Chat, handle: str) -> str:
    """Ask for a token as a person does."""
    answer = await chat.say(handle, "/link")
    found = re.search(r"/link (\S{43})", answer)
    assert found is not None, answer
    return found[1]


async def link(chat: Chat, handle: str, platform: str, who: str) -> None:
    """Link an account to a person, all the way."""
    token = await token_of(chat, handle)
    await chat.write(platform, who, f"/link {token}")
    await chat.write(platform, who, button=chat.buttons_on(platform, who)["yes"])


async def owner_of(chat: Chat, platform: str, who: str) -> str | None:
    """Return the handle of whoever an account belongs to, None for guests and nobody."""

    def look(tx: Tx) -> str | None:
        found = tx.people.find_linked(platform, "bot", who)
        return None if found is None or found.is_guest else found.handle

    return await chat.database.read(look)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("/link " + "a" * 43, True),
        ("/start " + "a" * 43, True),
        ("/link@bursar_bot " + "a" * 43, True),
        ("link " + "A-_9" * 10 + "abc", True),
        ("  " + "a" * 43 + " ", True),
        ("/link " + "a" * 42, False),
        ("/link " + "a" * 44, False),
        ("/link " + "ñ" * 43, False),
        ("ask " + "a" * 43, False),
        ("/link", False),
        ("", False),
    ],
)
def test_a_token_is_told_from_words(text: str, is_one: bool) -> None:
    assert (token_in(text) is not None) == is_one


async def test_an_account_is_linked_by_a_token_and_a_yes(both: Chat) -> None:
    token = await token_of(both, "ana")
    card = await both.write("slack", ANA_ON_SLACK, f"/link {token}", name="Ana L.")
    assert "Ana Lima" in card
    assert "Acme acme" in card
    assert "“Ana L.” (Slack …3ANA)" in card
    assert set(both.buttons_on("slack", ANA_ON_SLACK)) == {"yes", "no"}
    assert await owner_of(both, "slack", ANA_ON_SLACK) is None
    done = await both.write("slack", ANA_ON_SLACK, "yes")
    assert "belongs to Ana Lima" in done
    assert await owner_of(both, "slack", ANA_ON_SLACK) == "ana"
    assert "unlink slack" in both.told("ana")
    balance = await both.write("slack", ANA_ON_SLACK, "balance")
    assert "Design has spent" in balance


async def test_a_deep_link_of_telegram_brings_the_token(both: Chat) -> None:
    token = await token_of(both, "ana")
    await both.write("telegram", "77", f"/start {token}")
    await both.write("telegram", "77", button=both.buttons_on("telegram", "77")["yes"])
    assert await owner_of(both, "telegram", "77") == "ana"


async def test_no_links_nothing(both: Chat) -> None:
    token = await token_of(both, "ana")
    await both.write("slack", ANA_ON_SLACK, f"/link {token}")
    assert "discarded" in await both.write("slack", ANA_ON_SLACK, "no")
    assert await owner_of(both, "slack", ANA_ON_SLACK) is None
    again = await both.write("slack", ANA_ON_SLACK, f"/link {token}")
    assert "does not count" in again


async def test_a_token_links_one_account(both: Chat) -> None:
    token = await token_of(both, "ana")
    await both.write("slack", "first", f"/link {token}")
    second = await both.write("telegram", "second", f"/link {token}")
    assert "does not count" in second
    await both.write("slack", "first", "yes")
    assert await owner_of(both, "slack", "first") == "ana"
    assert await owner_of(both, "telegram", "second") is None


async def test_the_yes_is_pressed_again_without_effect(both: Chat) -> None:
    token = await token_of(both, "ana")
    await both.write("slack", ANA_ON_SLACK, f"/link {token}")
    yes = both.buttons_on("slack", ANA_ON_SLACK)["yes"]
    for _ in range(3):
        await both.write("slack", ANA_ON_SLACK, button=yes)
    assert await owner_of(both, "slack", ANA_ON_SLACK) == "ana"
    accounts = await both.database.read(lambda tx: tx.people.list_accounts(ANA), tenant=ACME)
    assert [x.platform for x in accounts] == ["slack", "terminal"]


async def test_a_token_is_not_shown_where_others_read(both: Chat) -> None:
    await link(both, "ana", "slack", ANA_ON_SLACK)
    answer = await both.write("slack", ANA_ON_SLACK, "/link", group="general")
    assert "others read along" in answer
    assert re.search(r"\S{43}", answer) is None


async def test_a_token_that_leaks_in_a_group_is_spent_and_its_owner_told(both: Chat) -> None:
    token = await token_of(both, "ana")
    assert await both.write("slack", "mallory", f"/link {token}", group="general") == ""
    assert "others read along" in both.told("ana")
    assert "Slack …lory" in both.told("ana")
    assert "does not count" in await both.write("slack", "mallory", f"/link {token}")
    assert await owner_of(both, "slack", "mallory") is None


async def test_a_person_who_brings_a_token_to_a_group_is_told_why_it_is_spent(both: Chat) -> None:
    await link(both, "ben", "slack", "U0BEN")
    token = await token_of(both, "ben")
    answer = await both.write("slack", "U0BEN", f"/link {token}", group="general")
    assert "counts no more" in answer


async def test_a_linked_account_must_be_unlinked_first(both: Chat) -> None:
    await link(both, "ben", "slack", "U0BEN")
    token = await token_of(both, "ana")
    answer = await both.write("slack", "U0BEN", f"/link {token}")
    assert "unlink slack" in answer
    assert "somebody else's account" in both.told("ana")
    assert await owner_of(both, "slack", "U0BEN") == "ben"
    own = await token_of(both, "ben")
    assert "yours already" in await both.write("slack", "U0BEN", f"/link {own}")


async def test_a_token_made_by_somebody_who_is_shut_out_links_nothing(both: Chat) -> None:
    token = await token_of(both, "ana")
    await both.write("slack", ANA_ON_SLACK, f"/link {token}")
    await both.database.write(lambda tx: tx.people.set_disabled(ANA, True), tenant=ACME)
    answer = await both.write("slack", ANA_ON_SLACK, "yes")
    assert "no longer fits" in answer
    assert await owner_of(both, "slack", ANA_ON_SLACK) is None


async def test_a_name_cannot_pass_for_another(both: Chat) -> None:
    token = await token_of(both, "ana")
    card = await both.write(
        "slack", "U0EVIL99", f"/link {token}", name="Elena Vega\u202e\nYes: confirmed"
    )
    assert "Slack …IL99" in card
    assert "\nYes: confirmed" not in card


async def test_accounts_are_listed_and_unlinked(both: Chat) -> None:
    await link(both, "ana", "slack", ANA_ON_SLACK)
    listed = await both.say("ana", "accounts")
    assert "Slack …3ANA" in listed
    assert "Terminal ana" in listed
    card = await both.say("ana", "unlink slack")
    assert "unlink your account Slack …3ANA" in card
    assert "not linked to you any more" in await both.say("ana", "yes")
    assert await owner_of(both, "slack", ANA_ON_SLACK) is None
    assert "Slack" not in await both.say("ana", "accounts")
    # Whoever writes from it now is a stranger.
    assert "Design has spent" not in await both.write("slack", ANA_ON_SLACK, "balance")


async def test_nothing_more_is_told_on_an_account_that_was_unlinked(both: Chat) -> None:
    await link(both, "ben", "slack", "U0BEN")
    await both.write("slack", "U0BEN", "balance")
    await both.say("ben", "unlink slack")
    await both.say("ben", "yes")
    before = len(both.sent)
    await both.say("ana", "ask for 200 more for design")
    await both.say("ana", "yes")
    told = [item for to, item in both.sent[before:] if to == "ben"]
    assert told
    assert {item.platform for item in told} == {"terminal"}


async def test_an_unlinked_account_cannot_press_what_it_was_shown(both: Chat) -> None:
    await link(both, "ben", "slack", "U0BEN")
    await both.write("slack", "U0BEN", "balance")
    await both.say("ana", "ask for 200 more for design")
    await both.say("ana", "yes")
    yes = both.buttons_on("slack", "U0BEN")["yes"]
    await both.say("ben", "unlink slack")
    await both.say("ben", "yes")
    await both.write("slack", "U0BEN", button=yes)
    assert "approved" not in both.told("ana")


async def test_two_accounts_on_a_platform_are_told_apart_by_their_end(both: Chat) -> None:
    await link(both, "ana", "telegram", "1111")
    await link(both, "ana", "telegram", "2222")
    assert "Telegram 1111" in await both.say("ana", "unlink telegram")
    await both.say("ana", "/unlink telegram 2222")
    await both.say("ana", "yes")
    assert await owner_of(both, "telegram", "1111") == "ana"
    assert await owner_of(both, "telegram", "2222") is None


async def test_an_owner_unlinks_anothers_account_and_a_member_does_not(both: Chat) -> None:
    await link(both, "ben", "slack", "U0BEN")
    assert "may not" in await both.say("ana", "unlink ben's slack account")
    await both.say("elena", "unlink ben's slack account")
    await both.say("elena", "yes")
    assert await owner_of(both, "slack", "U0BEN") is None
    assert "Elena Vega has unlinked Slack" in both.told("ben")


async def test_an_admin_takes_no_account_of_an_owner(both: Chat) -> None:
    await both.database.write(
        lambda tx: tx.people.give(PrincipalId("frank"), "admin", None), tenant=ACME
    )
    await link(both, "elena", "slack", "U0ELENA")
    assert "may not" in await both.say("frank", "unlink elena's slack account")


async def test_the_last_owner_keeps_their_last_account(both: Chat) -> None:
    await both.say("elena", "unlink terminal")
    assert "still reached" in await both.say("elena", "yes")
    await link(both, "elena", "slack", "U0ELENA")
    await both.write("slack", "U0ELENA", "unlink terminal")
    await both.write("slack", "U0ELENA", "yes")
    await both.write("slack", "U0ELENA", "unlink slack")
    assert "still reached" in await both.write("slack", "U0ELENA", "yes")
    assert await owner_of(both, "slack", "U0ELENA") == "elena"


async def test_a_requester_approves_on_no_account_of_theirs(both: Chat) -> None:
    """A1: the person is compared, whatever account they use."""
    await link(both, "ben", "slack", "U0BEN")
    await both.say("ben", "ask for 200 more for design")
    await both.say("ben", "yes")
    ref = await both.database.read(lambda tx: tx.proposals.list_requests()[0].ref, tenant=ACME)
    await both.write("slack", "U0BEN", f"approve {ref}")
    answer = await both.write("slack", "U0BEN", "yes")
    request = await both.database.read(lambda tx: tx.proposals.find_request(ref), tenant=ACME)
    assert request is not None
    assert request.state == "pending"
    assert "approved" not in answer.lower()


async def test_a_decision_counts_once_whatever_account(both: Chat) -> None:
    await link(both, "ben", "slack", "U0BEN")
    await both.say("ana", "ask for 200 more for design")
    await both.say("ana", "yes")
    ref = await both.database.read(lambda tx: tx.proposals.list_requests()[0].ref, tenant=ACME)
    await both.write("slack", "U0BEN", f"approve {ref}")
    await both.write("slack", "U0BEN", "yes")
    assert "approved" in both.told("ana")
    late = await both.say("ben", f"approve {ref}")
    assert "already" in late
    assert "$700.00" in await both.say("ana", "balance")


async def test_who_writes_on_two_platforms_at_once_is_answered_on_both(both: Chat) -> None:
    """F7."""
    await link(both, "ana", "slack", ANA_ON_SLACK)
    before = len(both.sent)
    slack = InboundMessage("slack", "bot", "s1", f"dm-{ANA_ON_SLACK}", ANA_ON_SLACK, "balance")
    await asyncio.gather(both.app.receive(both.message("ana", "balance")), both.app.receive(slack))
    await both.app.settled()
    answers = [(item.platform, item.message.text) for _, item in both.sent[before:]]
    assert sorted(platform for platform, _ in answers) == ["slack", "terminal"]
    assert all("$500.00" in text for _, text in answers)


async def test_a_yes_on_two_platforms_at_once_counts_once(both: Chat) -> None:
    """F7: however the two meet, one decides and the other hears that it is decided."""
    await link(both, "ben", "slack", "U0BEN")
    for number in range(1, 4):
        await both.say("ana", "ask for 20 more for design")
        await both.say("ana", "yes")
        ref = await both.database.read(lambda tx: tx.proposals.list_requests()[0].ref, tenant=ACME)
        order = f"approve {ref}"
        await both.say("ben", order)
        await both.write("slack", "U0BEN", order)
        said = InboundMessage("slack", "bot", f"y{number}", "dm-U0BEN", "U0BEN", "yes")
        await asyncio.gather(both.app.receive(said), both.app.receive(both.message("ben", "yes")))
        await both.app.settled()
        assert f"${500 + 20 * number}.00" in await both.say("ana", "balance")


async def test_a_token_of_another_company_makes_the_account_theirs(both: Chat) -> None:
    await both.database.write(make_globex)
    token = await both.database.write(
        lambda tx: tx.links.issue(PrincipalId("g-ana")), tenant=GLOBEX
    )
    await both.write("slack", "U0NEW", f"/link {token}")
    found = await both.database.read(lambda tx: tx.people.find_linked("slack", "bot", "U0NEW"))
    assert found is not None
    assert found.tenant == GLOBEX


def make_globex(tx: Tx) -> None:
    tx.enter(GLOBEX)
    tx.people.add_tenant(Tenant(GLOBEX, "Globex", "UTC", "en"))
    tx.people.add(Principal(PrincipalId("g-ana"), GLOBEX, "Ana", "ana", "en", "UTC"))
