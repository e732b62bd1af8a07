"""Identifiers: what they are called, and where new ones come from."""

import secrets
import time
from typing import NewType
from uuid import UUID

TenantId = NewType("TenantId", str)
WalletId = NewType("WalletId", str)
PrincipalId = NewType("PrincipalId", str)
ProposalId = NewType("ProposalId", str)
ConversationId = NewType("ConversationId", str)
HoldId = NewType("HoldId", str)
LinkId = NewType("LinkId", str)
IdempotencyKey = NewType("IdempotencyKey", str)

# Without I, L, O, U, 0 and 1: read aloud and typed back without a mistake, and no words in it.
_REF_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> str:
    """Return a UUIDv7 as 36 characters: sorts by creation time (RFC 9562, section 5.7)."""
    millis = time.time_ns() // 1_000_000
    bits = (millis & (1 << 48) - 1) << 80 | secrets.randbits(80)
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=bits))


def new_ref() -> str:
    """Return a short reference that people read and type, such as `7K2M`; not unique by itself.

    It has a digit and a letter, so that no word and no amount can be taken for one, and is no
    number with letters behind it: 25TH is a day, 57PM a time, 64MB a size, 9HRS a span.
    """
    while True:
        ref = "".join(secrets.choice(_REF_ALPHABET) for _ in range(4))
        if not ref.isdigit() and not ref.lstrip("0123456789").isalpha():
            return ref


def new_token() -> str:
    """Return 128 random bits as 22 characters that fit a button or a link."""
    return secrets.token_urlsafe(16)


def new_link_token() -> str:
    """Return 256 random bits as 43 characters; Telegram's start links hold up to 64 of them."""
    return secrets.token_urlsafe(32)
