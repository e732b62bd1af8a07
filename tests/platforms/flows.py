"""The flows that people take over three platforms, step by step, and what must be true after.

Each step is something that somebody does when everything before it is shown, so that it can be
delivered as often as a platform likes, and the bot can die around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from bot.audit.chain import Verifier
from bot.economy.budgets import list_budgets
from bot.ids import WalletId
from storage.transaction import SqlTx
from storage.verify import verify_ledger
from tests.platforms.office import Delivery, Office
from tests.platforms.telegram_chat import IDS
from tests.turns.chat import ACME, USD

Step = Callable[[Office], Delivery]


def telegram_yes(handle: str) -> Step:
    """Press the first button of the last card in somebody's private chat with the bot."""

    def press(office: Office) -> Delivery:
        shown = office.telegram_card(handle)
        return office.telegram_taps(handle, shown, shown.keyboard[0][0])

    return press


# Chat in Telegram: a question, a draft, another amount, and a yes.
CHAT: Final[Sequence[Step]] = (
    lambda office: office.telegram_says("elena", "how much has launch spent this month?"),
    lambda office: office.telegram_says("elena", "raise launch by 50 until the end of the month"),
    lambda office: office.telegram_says("elena", "yes but make it 60"),
    telegram_yes("elena"),
)
# Each of them is where they will be told things.
GREETINGS: Final[Sequence[Step]] = (
    lambda office: office.teams_says("ben", "hello"),
    lambda office: office.telegram_says("carla", "hola"),
)
# A command in Slack: its form, and the draft that it becomes.
REQUEST: Final[Sequence[Step]] = (
    lambda office: office.slack_command("ana", "/ai-request"),
    lambda office: office.slack_submits(
        "ana", amount="200", wallet="Design", until="30 Nov", reason="launch of 3 things"
    ),
    lambda office: office.slack_taps("ana", "Yes"),
)
# Once the card is in Teams, and the one who was asked next has it in Telegram: a yes in Teams,
# then what others still do with what they were shown.
DECISION: Final[Sequence[Step]] = (
    lambda office: office.teams_taps("ben", "Request"),
    lambda office: office.slack_says("ana", "balance"),
)


def check_books(tx: SqlTx, *, launch: int, design: int, requests: int) -> None:
    """Look that each thing happened once, and that nothing waits. Limits are whole dollars."""
    tx.enter(ACME)
    wallets = [tx.wallets.get(WalletId(name)) for name in ("launch", "design")]
    limits = [budget.limit_nanos // USD for budget in list_budgets(tx, wallets)]
    assert limits == [launch, design]
    states = Counter(x.state for x in tx.proposals.list_requests(only_open=False))
    assert states == Counter({"executed": requests} if requests else {})
    assert tx.inbox.depth() == 0
    assert tx.outbox.depth() == 0
    assert tx.outbox.list_failed(10) == []
    assert list(verify_ledger(tx)) == []
    verifier = Verifier()
    for page in tx.audit.pages():
        assert verifier.check(page) is None
    assert verifier.check_end(tx.audit.head()) is None


def check_shown(office: Office) -> None:
    """Look that both sides see how it ended, and that the card is closed everywhere."""
    card = office.teams_card("ben", "Request")
    assert card.how == "update"
    assert "Approved by Ben Ortiz" in card.words
    assert "actions" not in card.card
    told = [message.shown for message in office.slack.seen_by("ana")]
    assert any("Ben Ortiz approved" in text for text in told)
    assert "has spent $0.00 of $700.00" in told[-1]
    # Slack can be asked what arrived: nothing is posted there twice.
    posted = [str(message.metadata) for message in office.slack.messages if message.metadata]
    assert len(posted) == len(set(posted))
    asked = next(x for x in reversed(office.telegram.messages) if "Ana Lima" in x.text)
    assert asked.chat == str(IDS["carla"])
    assert "Aprobada por Ben Ortiz" in asked.text
    assert asked.keyboard == []
