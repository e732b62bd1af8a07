"""Whether messages are left that nobody got, or that nobody could answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.operations.doctor import Colour, Finding
from storage.transaction import SqlTx

_CHECK: Final = "messages"
# They are kept for longer; what nobody has minded for a month is no news.
_SINCE: Final = timedelta(days=30)


def check_messages(tx: SqlTx) -> list[Finding]:
    """Count what was given up in the last 30 days, of every company."""
    findings = []
    since = tx.now - _SINCE
    for tenant in tx.people.list_tenants():
        tx.enter(tenant.id)
        failed = tx.outbox.count_failed(since)
        if failed:
            findings.append(
                Finding(
                    _CHECK,
                    Colour.yellow,
                    f"{failed} of {tenant.name} in 30 days did not arrive, or may not have",
                    "say `undelivered` in the chat: it shows why, and sends again what you choose",
                )
            )
    given_up = tx.inbox.count_given_up(since)
    if given_up:
        findings.append(
            Finding(
                _CHECK,
                Colour.yellow,
                f"{given_up} in 30 days could not be answered",
                "look in the log for “turn failed”; whoever wrote them was told a reference",
            )
        )
    return findings or [Finding(_CHECK, Colour.green, "none was given up")]
