"""Wallets: who holds budget, in a tree, with limits for windows."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.economy.periods import Span
from bot.errors.kinds import InvalidInput
from bot.ids import TenantId, WalletId

WalletKind = Literal["organisation", "team", "project", "person", "key"]


@dataclass(frozen=True, slots=True)
class Wallet:
    """A holder of budget. `thresholds` are percentages, ascending."""

    id: WalletId
    parent_id: WalletId | None
    kind: WalletKind
    name: str
    thresholds: tuple[int, ...] = (80, 90, 95)
    overdraft_percent: int = 0
    is_closed: bool = False
    cost_centre: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """What a wallet may spend in each period of a window."""

    wallet_id: WalletId
    span: Span
    amount_nanos: int


@dataclass(frozen=True, slots=True)
class TemporaryRaise:
    """An addition to a limit that counts from `from_at` until `until_at` (not included)."""

    id: str
    wallet_id: WalletId
    span: Span
    amount_nanos: int
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Tenant:
    """The company. `zone` is an IANA name: its periods begin and end there."""

    id: TenantId
    name: str
    zone: str
    language: Literal["en", "es"]


@dataclass(frozen=True, slots=True)
class NamesChanged:
    """Announced with a commit that changed a wallet's or a person's name, or whether they are."""

    tenant: TenantId


class WalletStore(Protocol):
    """The wallets of one tenant."""

    def get(self, wallet_id: WalletId) -> Wallet:
        """Return a wallet. Raises `NotFound`."""
        ...

    def find(self, wallet_id: WalletId) -> Wallet | None: ...

    def find_by_name(self, name: str) -> Wallet | None:
        """Return the open wallet of that name, compared as `name_key` does."""
        ...

    def chain(self, wallet_id: WalletId) -> list[Wallet]:
        """Return the wallet and its ancestors, the organisation last. Raises `NotFound`."""
        ...

    def list_all(self) -> list[Wallet]:
        """Return every wallet, closed ones too, by name."""
        ...

    def add(self, wallet: Wallet) -> None: ...

    def rename(self, wallet_id: WalletId, name: str) -> None: ...

    def claim(self, wallet_id: WalletId) -> None:
        """Have nobody else close a wallet, or put one below it, until the commit."""
        ...

    def set_closed(self, wallet_id: WalletId, is_closed: bool) -> bool:
        """Close or open again; False when it was so before."""
        ...

    def set_thresholds(self, wallet_id: WalletId, percents: Sequence[int]) -> None: ...

    def list_limits(self, wallet_ids: Sequence[WalletId]) -> list[Limit]:
        """Return the limits of some wallets, by wallet and span."""
        ...

    def set_limit(
        self, wallet_id: WalletId, span: Span, amount_nanos: int | None, *, expected: int | None
    ) -> bool:
        """Set or take away a limit; False when it no longer stands at `expected`."""
        ...

    def claim_limit(self, wallet_id: WalletId, span: Span) -> Limit | None:
        """Return a limit as it is now; nobody else changes or claims it until the commit."""
        ...

    def list_raises(self, wallet_ids: Sequence[WalletId], at: datetime) -> list[TemporaryRaise]:
        """Return the raises that have not ended at a time, oldest first."""
        ...

    def add_raise(self, raise_: TemporaryRaise) -> None: ...

    def end_raise(self, raise_id: str, at: datetime) -> TemporaryRaise | None:
        """End a raise now; None when it is over or was never there."""
        ...

    def list_lapsed(self, limit: int) -> list[tuple[TenantId, TemporaryRaise]]:
        """Return raises of any tenant whose time is over and that nobody has seen to since."""
        ...

    def see_lapsed(self, raise_id: str) -> bool:
        """Note that somebody sees to a raise whose time is over, once."""
        ...


_MAX_NAME = 100


def clean_name(name: str) -> str:
    """Return a name as it is stored: NFC, outer blanks off, inner runs of blanks as one.

    Raises:
        InvalidInput: empty, longer than 100 characters, or with characters that cannot be seen
            (controls, direction marks, zero widths, lone surrogates) or more than four
            combining marks in a row.
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidInput("name", "not valid text", example="Launch") from None
    cleaned = " ".join(unicodedata.normalize("NFC", name).split(" ")).strip()
    cleaned = " ".join(cleaned.split())
    if not cleaned:
        raise InvalidInput("name", "empty", example="Launch")
    if len(cleaned) > _MAX_NAME:
        raise InvalidInput("name", "longer than 100 characters", example="Launch")
    marks = 0
    for index, char in enumerate(cleaned):
        category = unicodedata.category(char)
        # U+FFFD stands where something could not be read: no name either.
        if (
            char == "\ufffd"
            or category in {"Cc", "Cs", "Co", "Cn"}
            or (category == "Cf" and not _joins_emoji(cleaned, index))
        ):
            raise InvalidInput("name", "has characters that cannot be seen", example="Launch")
        marks = marks + 1 if category == "Mn" else 0
        if marks > 4:
            raise InvalidInput("name", "has too many combining marks", example="Launch")
    if not any(unicodedata.category(char)[0] in "LNS" for char in cleaned):
        raise InvalidInput("name", "has no letter, digit or sign", example="Launch")
    return cleaned


def _joins_emoji(text: str, index: int) -> bool:
    """Tell whether a zero-width joiner stands between two symbols, as in family emoji."""
    if text[index] != "\u200d" or not 0 < index < len(text) - 1:
        return False
    before = text[index - 2] if text[index - 1] == "\ufe0f" and index > 1 else text[index - 1]
    return all(unicodedata.category(char) in {"So", "Sk"} for char in (before, text[index + 1]))


# Lower-case letters of Cyrillic and Greek that read as Latin ones (the idea of Unicode TR 39).
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u04cf\u051b\u051d"
    "\u0432\u043a\u043c\u0442\u043d\u03b1\u03bf\u03c1\u03bd\u03b9\u03ba\u03c4\u03c5\u03c7",
    "aeopcyxijsdhlqwbkmthaopviktux",
)


def name_key(name: str) -> str:
    """Return what two names share when people would take one for the other."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(bare.translate(_LOOKALIKES).split())
