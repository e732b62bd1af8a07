"""Thresholds that were passed: told once, to whom, and to whom next where nobody answers."""

import asyncio
import itertools
from datetime import datetime, timedelta

import pytest

from bot.alerts.ladder import Ladder
from bot.alerts.telling import offered_nanos
from bot.economy import limit_changes
from bot.economy.usage import Usage
from bot.economy.wallets import Wallet
from bot.ids import PrincipalId, WalletId
from bot.people.quiet import QuietHours
from scheduler.jobs.alerts import tell_alerts, tell_unusual
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat, spend

HOURS = timedelta(hours=1)
LADDER = Ladder()
DESIGN = WalletId("design")
_keys = itertools.count()


async def use(chat: Chat, dollars: int, wallet: str = "design", person: str = "ana") -> None:
    key = f"alerts-{next(_keys)}"
    await chat.database.write(
        lambda tx: spend(tx, wallet, person, dollars * USD, "gpt-5", key), tenant=ACME
    )


async def tell(chat: Chat, times: int = 1, ladder: Ladder = LADDER) -> dict[str, str]:
    """Run the job, so often at once; return what was told, by person."""
    before = len(chat.sent)
    await asyncio.gather(*(tell_alerts(chat.database, ladder) for _ in range(times)))
    await chat.app.settled()
    told = [(to, item.message.text) for to, item in chat.sent[before:]]
    assert len(dict(told)) == len(told), "somebody was told twice"
    return dict(told)


async def test_a_warning_is_told_to_the_lead_once(chat: Chat) -> None:
    await use(chat, 410)
    told = await tell(chat)
    assert set(told) == {"ben"}
    assert "Design has used 82 % of its limit: $410.00 of $500.00 this November." in told["ben"]
    assert await tell(chat) == {}
    await use(chat, 10)
    assert await tell(chat) == {}


async def test_eight_at_once_tell_once(chat: Chat) -> None:
    await use(chat, 500)
    told = await tell(chat, times=8)
    assert set(told) == {"ana", "ben", "carla", "elena"}


async def test_95_percent_is_finances_and_reaches_the_lead_with_what_came_before(
    chat: Chat,
) -> None:
    await use(chat, 410)
    await tell(chat)
    await use(chat, 70)
    told = await tell(chat)
    # 90 % was passed on the way, which is the lead's.
    assert set(told) == {"ben", "carla"}
    assert "el 96 %" in told["carla"]


async def test_everybody_concerned_hears_of_a_limit_that_is_used_up(chat: Chat) -> None:
    await use(chat, 100, person="frank")
    await use(chat, 400)
    told = await tell(chat)
    assert set(told) == {"ana", "ben", "carla", "elena"}
    assert (
        "Design has used up its limit: $500.00 of $500.00 this November (100 %)." in (told["ana"])
    )
    assert "Nothing more can be spent from it until Tue 1 Dec, 00:00, or a raise." in told["ana"]
    assert "Carla Ruiz or Elena Vega can raise it." in told["ana"]


async def test_who_spends_hears_nothing_of_a_wallet_that_they_may_not_see(chat: Chat) -> None:
    company = WalletId("company")
    await chat.database.write(
        lambda tx: limit_changes.set_limit(
            tx, company, "month", 400 * USD, key="low", actor="elena"
        ),
        tenant=ACME,
    )
    # Frank may see Data, of which half is used up, and not the company.
    await use(chat, 400, "data", "frank")
    told = await tell(chat)
    assert set(told) == {"carla", "elena"}
    assert "Company" in told["elena"]


async def test_a_wallet_without_a_lead_warns_finance_and_without_finance_the_owner(
    chat: Chat,
) -> None:
    await use(chat, 700, wallet="data")
    assert set(await tell(chat)) == {"carla"}
    await chat.database.write(
        lambda tx: tx.people.take(PrincipalId("carla"), "finance", WalletId("")), tenant=ACME
    )
    await use(chat, 30, wallet="data")
    assert set(await tell(chat)) == {"elena"}


async def test_a_lead_of_the_wallet_above_is_the_lead_of_a_project(chat: Chat) -> None:
    await use(chat, 170, wallet="launch")
    assert "Launch has used 85 %" in (await tell(chat))["ben"]


async def test_nobody_answers_so_finance_hears_after_a_day_once(chat: Chat) -> None:
    await use(chat, 410)
    await tell(chat)
    chat.clock.advance(24 * HOURS - timedelta(microseconds=1))
    assert await tell(chat) == {}
    chat.clock.advance(timedelta(microseconds=1))
    told = await tell(chat, times=8)
    assert set(told) == {"carla"}
    assert "Nadie lo ha reconocido en 24 h." in told["carla"]
    chat.clock.advance(72 * HOURS)
    assert await tell(chat) == {}


async def test_95_percent_reaches_the_owner_after_four_hours(chat: Chat) -> None:
    await use(chat, 480)
    await tell(chat)
    chat.clock.advance(4 * HOURS)
    assert set(await tell(chat)) == {"elena"}


@pytest.mark.parametrize("by", ["tap", "word", "command"])
async def test_acknowledged_goes_no_further(chat: Chat, by: str) -> None:
    await use(chat, 410)
    await tell(chat)
    if by == "tap":
        answer = await chat.say("ben", button=chat.labels("ben")["Acknowledge"])
    else:
        await chat.say("ben", "acknowledge design" if by == "word" else "/ack design")
        answer = await chat.say("ben", "yes")
    assert "Acknowledged" in answer
    chat.clock.advance(48 * HOURS)
    assert await tell(chat) == {}
    assert "No alerts are open." in await chat.say("ben", "alerts")


async def test_undo_opens_it_again(chat: Chat) -> None:
    await use(chat, 410)
    await tell(chat)
    await chat.say("ben", button=chat.labels("ben")["Acknowledge"])
    await chat.say("ben", "undo")
    assert "open again" in await chat.say("ben", "yes")
    chat.clock.advance(24 * HOURS)
    assert set(await tell(chat)) == {"carla"}


async def test_a_raise_ends_it(chat: Chat) -> None:
    await use(chat, 410)
    await tell(chat)
    await chat.database.write(
        lambda tx: limit_changes.raise_limit(
            tx, DESIGN, 500 * USD, until_at=None, key="more", actor="carla"
        ),
        tenant=ACME,
    )
    chat.clock.advance(24 * HOURS)
    assert await tell(chat) == {}
    assert "No alerts are open." in await chat.say("ben", "alerts")


async def test_a_raise_before_it_was_told_keeps_it_for_the_next_time(chat: Chat) -> None:
    await use(chat, 410)
    await chat.database.write(
        lambda tx: limit_changes.raise_limit(
            tx, DESIGN, 500 * USD, until_at=None, key="more", actor="carla"
        ),
        tenant=ACME,
    )
    # Nobody looked before the raise had come: there is nothing to tell.
    assert await tell(chat, times=8) == {}
    await use(chat, 380)
    assert await tell(chat) == {}
    await use(chat, 20)
    assert set(await tell(chat, times=8)) == {"ben"}
    await use(chat, 10)
    assert await tell(chat) == {}


async def test_the_end_of_the_period_ends_it(chat: Chat) -> None:
    await use(chat, 410)
    await tell(chat)
    chat.clock.advance(timedelta(days=30))
    assert await tell(chat) == {}
    assert await chat.database.read(lambda tx: tx.alerts.list_due(9)) == []


async def test_what_was_passed_in_a_period_that_is_over_is_no_news(chat: Chat) -> None:
    await use(chat, 410)
    chat.clock.advance(timedelta(days=30))
    assert await tell(chat) == {}
    await use(chat, 410)
    assert set(await tell(chat)) == {"ben"}


async def test_a_snooze_comes_back_to_whoever_snoozed(chat: Chat) -> None:
    await use(chat, 480)
    await tell(chat)
    assert "Pospuesta" in await chat.say("carla", button=chat.labels("carla")["Posponer 1 día"])
    chat.clock.advance(23 * HOURS)
    assert await tell(chat) == {}
    chat.clock.advance(HOURS)
    assert set(await tell(chat)) == {"carla", "elena"}


async def test_a_snooze_by_word_has_its_own_length(chat: Chat) -> None:
    await use(chat, 410)
    await tell(chat)
    await chat.say("ben", "snooze the alert of design for 2 days")
    await chat.say("ben", "yes")
    chat.clock.advance(47 * HOURS)
    assert await tell(chat) == {}
    chat.clock.advance(HOURS)
    assert set(await tell(chat)) == {"ben", "carla"}


async def test_a_mute_is_ones_own_until_the_period_ends(chat: Chat) -> None:
    await use(chat, 410)
    await tell(chat)
    assert "until Tue 1 Dec" in await chat.say("ben", button=chat.labels("ben")["Mute this month"])
    await use(chat, 75)
    assert set(await tell(chat)) == {"carla"}
    assert "nothing of Design and what is below it until Tue 1 Dec" in await chat.say(
        "ben", "alerts"
    )
    chat.clock.advance(timedelta(days=30))
    await use(chat, 410)
    assert set(await tell(chat)) == {"ben"}


async def test_a_mute_for_good_ends_by_a_word(chat: Chat) -> None:
    await chat.say("ben", "mute design for good")
    await chat.say("ben", "yes")
    await use(chat, 410)
    assert await tell(chat) == {}
    await chat.say("ben", "unmute design")
    assert "again" in await chat.say("ben", "yes")
    await use(chat, 45)
    assert set(await tell(chat)) == {"ben"}


async def test_a_mute_covers_what_is_below_and_says_so(chat: Chat) -> None:
    assert "no alerts of Design and of what is below it" in await chat.say("ben", "mute design")
    said = await chat.say("ben", "yes")
    assert "You hear no alerts of Design and the wallet below it until Tue 1 Dec" in said
    assert "“mute only Design” leaves those out." in said
    await use(chat, 170, wallet="launch")
    assert await tell(chat) == {}
    assert "Design and what is below it" in await chat.say("ben", "what have I muted?")
    assert "Launch" not in await chat.say("carla", "¿qué he silenciado?")


@pytest.mark.parametrize("phrase", ["mute only design", "/mute design only", "mute design alone"])
async def test_a_mute_of_one_wallet_alone_lets_those_below_be_heard(
    chat: Chat, phrase: str
) -> None:
    assert "below" not in await chat.say("ben", phrase)
    assert "below" not in await chat.say("ben", "yes")
    await use(chat, 170, wallet="launch")
    assert set(await tell(chat)) == {"ben"}
    await use(chat, 250)
    assert await tell(chat) == {}


async def test_what_is_muted_with_one_above_is_heard_again_with_it(chat: Chat) -> None:
    await chat.say("ben", "mute design and everything below it")
    await chat.say("ben", "yes")
    said = await chat.say("ben", "unmute launch")
    assert "That is muted with “Design”" in said
    assert "Nothing was changed." in said
    await chat.say("ben", "unmute design")
    assert "again" in await chat.say("ben", "yes")
    await use(chat, 170, wallet="launch")
    assert set(await tell(chat)) == {"ben"}
    assert "You have muted nothing." in await chat.say("ben", "/alerts muted")


async def test_a_mute_of_a_wallet_below_leaves_the_one_above(chat: Chat) -> None:
    await chat.say("ben", "mute launch")
    assert "below" not in await chat.say("ben", "yes")
    await use(chat, 410)
    assert set(await tell(chat)) == {"ben"}


async def test_a_mute_in_spanish_says_how_far_it_goes(chat: Chat) -> None:
    assert "ni de lo que tiene debajo" in await chat.say("carla", "silencia diseño")
    said = await chat.say("carla", "sí")
    assert "ni de la cartera que tiene debajo" in said
    assert "«silencia solo Design» las deja fuera." in said
    await chat.say("carla", "silencia solo diseño")
    assert "debajo" not in await chat.say("carla", "sí")


async def test_only_who_decides_about_a_wallet_may_acknowledge(chat: Chat) -> None:
    await use(chat, 500)
    await tell(chat)
    assert "Acknowledge" not in chat.labels("ana")
    assert "Nothing was changed." in await chat.say("ana", "acknowledge design")
    open_alerts = await chat.database.read(lambda tx: tx.alerts.list_open(), tenant=ACME)
    assert len(open_alerts) == 1


async def test_each_is_offered_what_they_may(chat: Chat) -> None:
    await use(chat, 500)
    await tell(chat)
    assert list(chat.labels("ana")) == [
        "Ask for $100.00 more",
        "Who spends most?",
        "Mute this month",
    ]
    assert next(iter(chat.labels("ben"))) == "Ask for $100.00 more"
    assert next(iter(chat.labels("carla"))) == "Subir $100,00"
    assert "until 30 Nov 2026" in await chat.say(
        "ana", button=chat.labels("ana")["Ask for $100.00 more"]
    )
    await chat.say("ana", "yes")
    assert "Ana Lima" in chat.told("ben")


async def test_a_limit_without_end_is_raised_for_good_by_a_tap(chat: Chat) -> None:
    lab = WalletId("lab")

    def make(tx: SqlTx) -> None:
        tx.wallets.add(Wallet(lab, WalletId("data"), "project", "Lab"))
        limit_changes.set_limit(tx, lab, "total", 100 * USD, key="lab", actor="carla")

    await chat.database.write(make, tenant=ACME)
    await use(chat, 85, wallet="lab")
    assert set(await tell(chat)) == {"carla"}
    card = await chat.say("carla", button=chat.labels("carla")["Subir $20,00"])
    assert "$100,00 -> $120,00" in card
    await chat.say("carla", "sí")
    assert "No hay alertas abiertas." in await chat.say("carla", "alertas")


async def test_who_spends_most_is_a_tap_away(chat: Chat) -> None:
    await use(chat, 500)
    await tell(chat)
    assert "Ana Lima" in await chat.say("ben", button=chat.labels("ben")["Who spends most?"])


async def set_quiet(chat: Chat, handle: str) -> None:
    await chat.database.write(
        lambda tx: tx.people.set_quiet(
            PrincipalId(handle), QuietHours("00:00", "23:59"), expected=None
        ),
        tenant=ACME,
    )


async def test_quiet_hours_hold_a_warning_and_not_what_is_urgent(chat: Chat) -> None:
    await set_quiet(chat, "ben")
    await use(chat, 410)
    assert await tell(chat) == {}
    await use(chat, 90)
    assert "used up" in (await tell(chat))["ben"]


async def test_what_is_urgent_is_a_setting(chat: Chat) -> None:
    await set_quiet(chat, "ben")
    await use(chat, 410)
    assert set(await tell(chat, ladder=Ladder(urgent_percent=80))) == {"ben"}
    await use(chat, 90)
    assert "ben" not in await tell(chat, ladder=Ladder(urgent_percent=101))


async def test_a_hard_stop_says_who_can_lift_it(chat: Chat) -> None:
    told = await chat.say("ana", "ask for 9000 more for design")
    assert "Elena Vega can raise it." in told
    # The wallet that binds is not hers to look into; why it was refused is.
    assert "Elena Vega can raise it." in await chat.say("ana", "why?")
    assert "Puede subirlo Elena Vega." in await chat.say("carla", "/raise design 9000")
    assert "Puede subirlo Elena Vega." in await chat.say("carla", "¿por qué?")


def call(at: datetime, dollars: int) -> Usage:
    """Make a call of Ana's from Design's wallet."""
    return Usage(
        id=f"unusual-{next(_keys)}",
        wallet_id=DESIGN,
        principal_id=PrincipalId("ana"),
        feature="chat",
        provider="test",
        model="gpt-5",
        tokens_in=1,
        tokens_out=1,
        cost_nanos=dollars * USD,
        price_version="1",
        at=at,
    )


async def be_unusual(chat: Chat) -> None:
    """Spend 2 dollars in this hour of each of the last ten days, and 40 now."""

    def spend(tx: SqlTx) -> None:
        for days in range(10, -1, -1):
            one = call(tx.now - timedelta(days=days), 40 if days == 0 else 2)
            tx.usage.add(one, one.at.astimezone(tx.zone).date())

    await chat.database.write(spend, tenant=ACME)


async def look(chat: Chat, times: int = 1) -> dict[str, str]:
    before = len(chat.sent)
    await asyncio.gather(*(tell_unusual(chat.database) for _ in range(times)))
    await chat.app.settled()
    told = [(to, item.message.text) for to, item in chat.sent[before:]]
    assert len(dict(told)) == len(told), "somebody was told twice"
    return dict(told)


async def test_what_is_unusual_is_told_to_lead_and_finance_once(chat: Chat) -> None:
    await be_unusual(chat)
    told = await look(chat, times=8)
    assert set(told) == {"ben", "carla"}
    assert "Design spends unusually much on gpt-5: $40.00 in the hour from" in told["ben"]
    assert "At this hour it is usually $2.00." in told["ben"]
    assert "Most of it: Ana Lima, $40.00." in told["ben"]
    assert await look(chat) == {}
    assert "unusual today: $40.00 on gpt-5" in await chat.say("ben", "alerts")
    assert "Ana Lima" in await chat.say("ben", button=chat.labels("ben")["Who spends most?"])


async def test_what_is_unusual_is_muted_with_the_wallet(chat: Chat) -> None:
    await chat.say("ben", "mute design")
    await chat.say("ben", "yes")
    await be_unusual(chat)
    assert set(await look(chat)) == {"carla"}


@pytest.mark.parametrize(
    ("limit", "offered"), [(500, 100), (800, 200), (1250, 300), (3, 1), (40, 8), (5000, 1000)]
)
def test_what_is_offered_is_a_round_fifth(limit: int, offered: int) -> None:
    assert offered_nanos(limit * USD) == offered * USD


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("/ack design", "No alert of “Design” is open. Nothing was changed."),
        ("acknowledge design", "No alert of “Design” is open."),
        ("/snooze_alert design 2 days", "No alert of “Design” is open."),
        ("/unmute design", "You have not muted “Design”. Nothing was changed."),
        ("/mute nosuch", "Which wallet is “nosuch”? Names like it: Launch."),
        ("/mute desgn", "Names like it: Design"),
        ("/snooze_alert design 1e9 days", "cannot wait for “1e9 days”. For how long?"),
        ("/snooze_alert design 3 weeks", "From one hour to 14 days"),
        ("/snooze_alert design forever", "cannot wait for “forever”"),
        ("snooze the alert of design forever", "cannot wait for “forever”"),
    ],
)
async def test_what_cannot_be_is_said_and_not_drafted(chat: Chat, words: str, says: str) -> None:
    said = await chat.say("ben", words)
    assert says in said
    assert "Draft" not in said


async def test_an_answer_goes_on_with_what_was_wrong(chat: Chat) -> None:
    await use(chat, 410)
    await tell(chat)
    await chat.say("ben", "/snooze_alert design 1e9 days")
    assert "Draft" in await chat.say("ben", "2 days")
    await chat.say("ana", "/mute nosuch until friday")
    assert "Draft" not in await chat.say("ana", "no")
    await chat.say("ana", "/mute nosuch")
    assert "no alerts of Design" in await chat.say("ana", "design")


async def test_in_spanish_what_cannot_be_is_said(chat: Chat) -> None:
    assert "Nombres parecidos: Launch" in await chat.say("carla", "/silencia nosuch")
    said = await chat.say("carla", "/pospon_alerta diseño 1e9 días")
    assert "De una hora a 14 días" in said
    assert "ninguna alerta abierta" in await chat.say("carla", "reconoce la alerta de diseño")
