"""The hash chain: what is written of each decision, refusal and money movement, and how.

A row is canonical bytes and `sha256(previous hash || bytes)`. The chain proves that no row was
changed, left out, put in or moved by anyone who cannot rewrite all that follows; it cannot show
that its tail was cut, which is what the anchor (head's number and hash, kept elsewhere) is for.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import orjson

from bot.errors.kinds import InvalidInput
from bot.ids import TenantId

GENESIS: Final = bytes(32)
_HASH_DIGITS: Final = 64
# As it was copied: maybe in groups, maybe over two lines, at the end of what was copied with it.
_COPIED: Final = re.compile(
    rf"(?<![0-9a-z])(?P<hash>(?:[0-9a-f][\s:-]*){{{_HASH_DIGITS}}})[\s.)\]]*$", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[0-9](?:[.,'\u2019\s]?[0-9])*")


@dataclass(frozen=True, slots=True)
class AuditFact:
    """Something that happened: who did what to what. `detail` holds ids, codes and integers.

    Never message text: that is kept apart, and only its salted digest may stand here.
    """

    tenant: TenantId
    actor: str
    what: str
    subject: str
    detail: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A sealed fact; `body` is the canonical bytes, `hash` 32 bytes."""

    seq: int
    tenant: TenantId
    body: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the last row's number (0 when empty) and hash."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Noted:
    """A row as somebody kept it elsewhere; `seq` is None where they kept only its hash."""

    seq: int | None
    hash: bytes


def read_noted(copied: str) -> Noted:
    """Read a row's number and hash out of what was copied: "Audit log: row 1,204, 9f3a...".

    Unseen characters that came along, signs that group digits, and words around do not matter.

    Raises:
        InvalidInput: there is no whole hash at its end.
    """
    seen = "".join(x for x in copied if unicodedata.category(x) != "Cf")
    found = _COPIED.search(seen)
    if found is None:
        raise InvalidInput("head", "ends with no whole hash", example="row 1204, 9f3ac1...")
    numbers = _NUMBER.findall(seen[: found.start()])
    digits = re.sub(r"[^0-9a-f]", "", found["hash"].lower())
    row = int(re.sub("[^0-9]", "", numbers[-1])) if numbers else None
    return Noted(row, bytes.fromhex(digits))


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row at which the chain breaks, and why."""

    seq: int
    why: str


def canonical(fact: AuditFact, *, seq: int, at_us: int) -> bytes:
    """Return the one byte form of a fact: JSON, sorted keys, no blanks, UTF-8."""
    return orjson.dumps(
        {
            "actor": fact.actor,
            "at_us": at_us,
            "detail": fact.detail,
            "seq": seq,
            "subject": fact.subject,
            "tenant": fact.tenant,
            "what": fact.what,
        },
        option=orjson.OPT_SORT_KEYS,
    )


def link(previous: bytes, body: bytes) -> bytes:
    """Return the hash of a row, given the hash of the one before."""
    return hashlib.sha256(previous + body).digest()


def seal(facts: Iterable[AuditFact], head: Head, *, at_us: int) -> list[AuditRow]:
    """Turn facts into rows that go on where `head` stands."""
    rows: list[AuditRow] = []
    seq, previous = head.seq, head.hash
    for fact in facts:
        seq += 1
        body = canonical(fact, seq=seq, at_us=at_us)
        previous = link(previous, body)
        rows.append(AuditRow(seq, fact.tenant, body, previous))
    return rows


class Verifier:
    """Reads rows in order and stops at the first that does not follow from those before."""

    def __init__(self, start: Head | None = None) -> None:
        self.head = start or Head(0, GENESIS)

    def check(self, rows: Iterable[tuple[int, str, bytes, bytes]]) -> Fault | None:
        """Take the next rows as (seq, tenant, body, hash); return the first fault or None."""
        seq, previous = self.head.seq, self.head.hash
        sha256 = hashlib.sha256
        for row_seq, tenant, body, digest in rows:
            if row_seq != seq + 1:
                return Fault(seq + 1, "missing")
            if sha256(previous + body).digest() != digest:
                return Fault(row_seq, "changed")
            # The columns beside the bytes must say the same, or a filter on them could be fooled.
            # From the right, where no detail can stand: the keys are sorted, and a quote inside
            # a string has a backslash before it.
            at = body.rfind(b',"tenant":') + 10
            if not body.startswith(orjson.dumps(tenant) + b',"what":', at):
                return Fault(row_seq, "columns differ from the sealed bytes")
            seq, previous = row_seq, digest
            self.head = Head(seq, previous)
        return None

    def check_end(self, head: Head) -> Fault | None:
        """Compare the last row read with the head that is kept apart."""
        if head.seq != self.head.seq or not hmac.compare_digest(head.hash, self.head.hash):
            return Fault(min(head.seq, self.head.seq) + 1, "the tail was cut or replaced")
        return None


def content_digest(salt: bytes, text: str) -> str:
    """Return the digest of message text that the chain may hold; it says nothing by itself."""
    return hashlib.sha256(salt + text.encode("utf-8", "surrogatepass")).hexdigest()
