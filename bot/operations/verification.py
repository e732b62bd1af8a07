"""Whether a database holds together, in sentences: ledger, audit chain, and chain and anchor."""

from __future__ import annotations

from bot.audit.anchors import Anchor
from storage.chain import ChainFinding, verify_chain
from storage.transaction import SqlTx
from storage.verify import verify_ledger


def verify_all(tx: SqlTx, anchor: Anchor | None) -> tuple[list[str], ChainFinding]:
    """Return what is wrong with the ledger, as sentences, and what the chain showed."""
    return verify_ledger_in_words(tx), verify_chain(tx, anchor)


def verify_ledger_in_words(tx: SqlTx) -> list[str]:
    """Return what is wrong with the ledger, as sentences; empty when nothing is."""
    return [str(fault) for fault in verify_ledger(tx)]
