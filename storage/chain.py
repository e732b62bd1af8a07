"""The audit chain against itself and against its anchor.

A plain function of an open transaction, so that it looks at a running database, at a backup
before it is taken into use, and at rows that are not committed yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.audit.anchors import Anchor
from bot.audit.chain import GENESIS, Fault, Head, Noted, Verifier
from storage.transaction import SqlTx


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """What reading the whole chain showed.

    `mismatch` says in which way it is not the one that was anchored. `noted_seq` is the row that
    was asked for, None where there is none such.
    """

    head: Head
    fault: Fault | None
    mismatch: str = ""
    noted_seq: int | None = None


def verify_chain(tx: SqlTx, anchor: Anchor | None, noted: Noted | None = None) -> ChainFinding:
    """Read every row; name the first that does not fit, compare with an anchor, look for one."""
    verifier = Verifier()
    at_anchor = None
    noted_seq = 0 if noted is not None and noted.hash == GENESIS else None
    for page in tx.audit.pages():
        fault = verifier.check(page)
        if fault is not None:
            return ChainFinding(verifier.head, fault)
        if anchor is not None and page[0][0] <= anchor.head.seq <= page[-1][0]:
            at_anchor = page[anchor.head.seq - page[0][0]][3]
        if noted is not None:
            noted_seq = next((row[0] for row in page if bytes(row[3]) == noted.hash), noted_seq)
    fault = verifier.check_end(tx.audit.head())
    return ChainFinding(
        verifier.head, fault, _compare(verifier.head, at_anchor, anchor), noted_seq
    )


def _compare(head: Head, at_anchor: bytes | None, anchor: Anchor | None) -> str:
    """Say in which way the chain is not the one that was anchored; empty when it is."""
    if anchor is None or anchor.head.seq == 0:
        return ""
    noted = f"{anchor.at:%Y-%m-%d %H:%M:%S} UTC"
    if anchor.head.seq > head.seq:
        return (
            f"The chain ends at row {head.seq}, but the anchor of {noted} says row"
            f" {anchor.head.seq}: {anchor.head.seq - head.seq} rows are missing, because an"
            " older backup was restored or the tail was cut."
        )
    if at_anchor is None or bytes(at_anchor) != anchor.head.hash:
        return (
            f"Row {anchor.head.seq} is not the one that the anchor of {noted} knows: the chain"
            " was written anew, or the anchor belongs to another database."
        )
    return ""
