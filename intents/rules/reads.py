"""What people ask to see: balance, spend, forecast, requests, wallets, people, reasons, help."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.actions.base import ActionCall
from bot.actions.help import ShowHelp
from bot.actions.people import ListPeople
from bot.actions.reads import (
    Explain,
    ListRequests,
    ShowBalance,
    ShowForecast,
    ShowSpend,
    ShowTopSpenders,
    ShowWallets,
    SpendBy,
)
from bot.ids import PrincipalId, WalletId
from bot.planning import Choice, Question
from intents.extract.letters import words
from intents.extract.periods import Period, UnsureDate
from intents.names import Named
from intents.rules.slots import ask, wallets_meant
from intents.rules.topics import topic_of
from intents.sentence import Piece, Sentence

_ASKS: Final = frozenset(
    words("howmuch what show tell who when where why how aux is howlong give open")
)
_ROLES: Final = frozenset({"Kowner", "Kadmin", "Kfinance", "Klead", "Kmember", "Kviewer"})
_WRITE_SIGNS: Final = frozenset(
    words(
        "raise up lower give ask move set make remove approve reject cancel close create "
        "rename add undo warn demote take"
    )
)
_DOMAIN: Final = frozenset(
    words(
        "budget limit wallet wallets spend balance request forecast runout spender threshold "
        "role team project teams projects company model people makeit"
    )
)
_ORDERS: Final = frozenset(
    words("raise up lower move approve reject cancel close rename remove undo demote take notlet")
)
_MAX_COUNT: Final = 20


@dataclass(frozen=True, slots=True)
class Read:
    """What a question asks to see, and how sure that is."""

    outcome: tuple[ActionCall, ...] | Question
    confidence: float


def find_read(sentence: Sentence) -> Read | None:
    """Return what the sentence asks to see; None if nothing of ours."""
    reader = _Asked(sentence)
    if reader.first in _ORDERS or (reader.first == "give" and "me" not in sentence.signs):
        return None  # an order that was not understood is no question
    for rule in _RULES:
        read = rule(reader)
        if read is not None:
            return read
    return None


class _Asked:
    """A sentence with what its names and dates mean for a read."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.signs = sentence.signs
        self.row = [piece.sign for piece in sentence.pieces]
        self.first = next(
            (
                s
                for s in self.row
                if s
                not in {
                    "hi",
                    "bot",
                    "polite",
                    "yes",
                    "thanks",
                    ",",
                    "¿",
                    "¡",
                    "and",
                    "but",
                    ".",
                    "!",
                }
            ),
            "",
        )
        self.names = [p for p in sentence.pieces if isinstance(p.value, Named)]
        self.unknown = sum(sign[0] == "~" for sign in self.row)
        self.asks = self.first in _ASKS or "?" in self.signs

    def any(self, *signs: str) -> bool:
        """Tell whether one of the signs is in the sentence."""
        return not self.signs.isdisjoint(signs)

    def at(self, sign: str) -> int:
        """Return where a sign stands first, -1 if nowhere."""
        return self.row.index(sign) if sign in self.signs and sign in self.row else -1

    @property
    def default_id(self) -> WalletId | None:
        """The wallet that is meant where none is named."""
        context = self.sentence.context
        if self.any("company"):
            roots = self.sentence.index.roots
            if len(roots) == 1:
                return roots[0].id
        if self.any("my"):
            return context.home_wallet_id
        return context.topic_wallet_id or context.home_wallet_id

    def on_wallets(
        self,
        make: Callable[[WalletId | None], ActionCall],
        confidence: float,
        *,
        default: bool = True,
    ) -> Read:
        """Make one call for each wallet that is named, or one for the usual wallet."""
        calls: list[ActionCall] = []
        for piece in self.names:
            named = piece.value
            if not isinstance(named, Named):
                continue
            wallets = wallets_meant(self.sentence, named)
            if not wallets:
                continue
            if len(wallets) > 1 or named.is_doubtful:
                return Read(self._which(piece, [(w.path, make(w.id)) for w in wallets]), 0.5)
            calls.append(make(wallets[0].id))
        calls = list(dict.fromkeys(calls))
        if not calls and self.names:
            piece = self.names[0]
            return Read(self._which(piece, []), 0.5)
        if not calls:
            calls = [make(self.default_id if default else None)]
        if any(piece.is_guess for piece in self.sentence.pieces):
            confidence = min(confidence, 0.8)
        return Read(tuple(calls), confidence)

    def _which(self, piece: Piece, options: list[tuple[str, ActionCall]]) -> Question:
        choices = [Choice(label, (call,)) for label, call in options]
        given = self.sentence.text[piece.start : piece.end]
        return ask(self.sentence, "which_wallet", given=given, choices=choices)

    def days(self) -> tuple[date | None, date | None] | Question:
        """Return the first and last day that are asked about."""
        for piece in self.sentence.slots("T"):
            if isinstance(piece.value, Period):
                return piece.value.from_on, piece.value.until_on
            if isinstance(piece.value, UnsureDate):
                return ask(
                    self.sentence, "which_date", given=self.sentence.text[piece.start : piece.end]
                )
        return None, None

    def count(self) -> int | None:
        """Return the number of a "top 10"."""
        at = self.at("top")
        for piece in self.sentence.pieces[max(at - 1, 0) : at + 3]:
            typed = self.sentence.text[piece.start : piece.end].lower()
            number = (
                int(typed)
                if typed.isascii() and typed.isdigit() and len(typed) < 3
                else _SMALL.get(typed)
            )
            if number is not None and 1 <= number <= _MAX_COUNT:
                return number
        return None


_SMALL: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "diez": 10,
}  # fmt: skip


def _explain(a: _Asked) -> Read | None:
    ref = next((p.value for p in a.sentence.slots("R") if isinstance(p.value, str)), None)
    if a.any("binds") and a.any("limit", "budget", "spend"):
        return a.on_wallets(lambda w: Explain(about="limit", wallet_id=w), 0.9)
    if ref is not None and a.any("stand", "what", "how") and a.signs.isdisjoint(_WRITE_SIGNS):
        return Read((Explain(about="last", ref=ref),), 0.8)
    if not a.any("why"):
        return None
    if a.first != "why" and not a.any("refused"):
        return None
    if ref is not None:
        return Read((Explain(about="last", ref=ref),), 0.95)
    if a.any("refused"):
        return Read((Explain(about="last"),), 0.95)
    if a.any("A"):
        return Read((Explain(about="amount"),), 0.9)
    if a.any("limit", "runout"):
        return a.on_wallets(lambda w: Explain(about="limit", wallet_id=w), 0.9)
    if a.any("spend") and a.names:
        return None
    if a.any("spend", "mayspend") or (a.any("balance") and a.any("not")):
        return a.on_wallets(lambda w: Explain(about="limit", wallet_id=w), 0.8)
    rest = [
        s
        for s in a.row
        if s not in {"?", "¿", "why", "it", "not", "aux", "!", ".", "is", ",", "what"}
    ]
    if not rest or (
        a.any(
            "budget", "request", "move", "approve", "reject", "wallet", "cancel", "my", "company"
        )
        and a.unknown < 3
    ):
        return Read((Explain(about="last"),), 0.9 if not rest else 0.75)
    return None


def _how_to(a: _Asked) -> Read | None:
    """Answer "how do I ..." and "can I ..." with help, never with the thing itself."""
    if not a.any("how", "if") or a.any("howmuch"):
        return None
    verbs = a.signs & _WRITE_SIGNS
    if a.any("how") and verbs and (a.names or a.any("R") or not a.signs.isdisjoint(_DOMAIN)):
        topic = topic_of(a.signs)
        return Read((ShowHelp(topic=topic),), 0.9 if topic else 0.7)
    return None


def _help(a: _Asked) -> Read | None:
    if not a.any("help"):
        return None
    rest = [
        s
        for s in a.row
        if s
        not in {
            "help",
            "need",
            "?",
            "!",
            ".",
            ",",
            "¿",
            "hi",
            "bot",
            "polite",
            "show",
            "my",
            "me",
            "it",
            "what",
            "list",
            "all",
            "i",
            "yes",
            "give",
            "tell",
            "thanks",
            "of",
            "for",
            "you",
            "with",
            "to",
            "in",
            "on",
            "how",
        }
    ]
    if not rest:
        return Read((ShowHelp(),), 0.95)
    if any(s[0] == "~" for s in rest):
        return None if len(rest) > 2 else Read((ShowHelp(),), 0.6)
    topic = topic_of(rest, least=2)
    return Read((ShowHelp(topic=topic),), 0.9) if topic else None


def _forecast(a: _Asked) -> Read | None:
    strong = a.any("runout", "forecast", "willspend") or (a.any("will") and a.any("spend"))
    weak = (
        (
            a.any("makeit")
            and (
                a.any("U", "T", "month", "week")
                or a.names
                or a.any("budget", "it", "balance", "my")
            )
        )
        or (a.any("howlong") and a.any("budget", "balance", "last", "makeit", "runout", "money"))
        or (a.any("last") and a.any("budget", "howlong") and (a.any("U") or a.first == "aux"))
    )
    if not (strong or weak) or (
        a.unknown > 3 and not a.names and not a.any("budget", "spend", "limit")
    ):
        return None
    if a.any("runout") and not a.asks and not a.any("forecast") and a.unknown > 1:
        return None
    if (
        a.any("forecast")
        and not a.any("budget", "spend", "month", "T", "U", "limit", "runout", "my", "company")
        and not a.names
        and a.unknown > 1
    ):
        return None
    return a.on_wallets(lambda w: ShowForecast(wallet_id=w), 0.95 if strong else 0.85)


def _requests(a: _Asked) -> Read | None:
    if a.first == "aux" and a.any("ask") and a.any("what") and not a.names:
        return Read((ListRequests(which="open"),), 0.8)
    if not a.any("request", "decide", "approve") or a.any("how", "who", "past"):
        return None
    if a.any("approve", "decide") and not a.any("request") and not (a.asks or a.any("open")):
        return None
    if a.any("request") and not (
        a.asks or a.any("open", "my", "all", "show", "stand", "last") or len(a.row) <= 2
    ):
        return None
    if a.unknown > 2:
        return None
    if a.any("all") and not a.any("open"):
        return Read((ListRequests(which="all"),), 0.9)
    mine = a.any("my") and not a.any("decide", "approve")
    if mine or (a.any("i") and a.any("ask", "aux") and not a.any("approve", "decide")):
        return Read((ListRequests(which="mine"),), 0.9)
    return Read((ListRequests(which="open"),), 0.9)


def _top(a: _Asked) -> Read | None:
    spends = a.any("spend", "budget")
    if not (
        a.any("spender")
        or (
            a.any("who")
            and spends
            and not a.any("R", "approve")
            and (a.any("top", "more") or a.asks)
        )
        or (a.any("top") and a.any("people", "person") and a.unknown == 0)
        or (a.any("top") and spends and a.count() is not None)
    ):
        return None
    if a.any("model", "M") or (a.any("who") and a.any("approve", "binds", "role", "pay")):
        return None
    days = a.days()
    if isinstance(days, Question):
        return Read(days, 0.5)
    count = a.count() or 5
    return a.on_wallets(
        lambda w: ShowTopSpenders(wallet_id=w, from_on=days[0], until_on=days[1], count=count),
        0.9,
        default=False,
    )


def _people(a: _Asked) -> Read | None:
    who = a.any("who")
    if (
        (
            a.any("people")
            and (a.asks or a.any("show", "in", "of") or len(a.row) <= 2)
            and not a.any("spend", "budget", "balance")
        )
        or (
            who
            and (
                not a.signs.isdisjoint(_ROLES)
                or a.any("approve", "role", "team", "company", "decide")
                or (a.any("in", "is") and a.names)
            )
        )
        or (a.any("role") and (a.asks or a.any("show")) and a.unknown < 2)
    ):
        pass
    else:
        return None
    if a.unknown > 1:
        return None
    wallets = [
        p for p in a.names if isinstance(p.value, Named) and p.value.wallets and not p.value.people
    ]
    a.names = wallets
    return a.on_wallets(lambda w: ListPeople(wallet_id=w), 0.9, default=False)


def _wallets(a: _Asked) -> Read | None:
    if (
        not a.any("wallets", "teams", "projects")
        or a.any("spend", "spender", "runout", "balance")
        or a.unknown > 2
    ):
        return None
    if not (a.asks or a.any("show", "of", "in", "my", "all") or len(a.row) <= 3):
        return None
    return a.on_wallets(lambda w: ShowWallets(wallet_id=w), 0.9, default=False)


def _by(a: _Asked) -> SpendBy | None:
    after = {"by", "each", "what", "of", "for", "in", "and"}
    for at, sign in enumerate(a.row):
        before = a.row[at - 1] if at else ""
        two = a.row[at - 2] if at > 1 else ""
        near = before in after or two == "each"
        if sign in {"model", "models"} and (near or a.any("top", "each")):
            return "model"
        if sign in {"person", "people"} and near:
            return "person"
        if sign in {"team", "teams", "project", "projects", "wallet", "wallets"} and (
            near or sign.endswith("s") or a.any("top")
        ):
            return "wallet"
        if sign in {"day", "Vday"} and (near or sign == "Vday"):
            return "day"
        if sign in {"month", "Vmonth"} and (before in {"by", "each"} or sign == "Vmonth"):
            return "month"
    if a.any("model") and not a.any("M"):
        return "model"
    if a.any("each"):
        return "wallet"
    return None


def _spend(a: _Asked) -> Read | None:
    models = [p.value for p in a.sentence.slots("M") if isinstance(p.value, tuple)]
    by = _by(a)
    ours = (
        a.names
        or models
        or a.any("budget", "company", "wallet", "team", "project", "wallets", "teams", "projects")
        or by
    )
    if not a.any("spend"):
        if (
            not (a.any("top") and a.any("model"))
            and not (a.any("where") and a.any("budget") and not a.names)
            and not (models and (a.any("howmuch") or len(a.row) <= 3))
            and not (
                by
                and not a.any("balance")
                and a.unknown == 0
                and len(a.row) <= 6
                and a.any("by", "each")
            )
        ):
            return None
    elif a.any("balance", "mayspend") and not a.any("T"):
        return None
    if a.unknown > (4 if ours else 1) or (a.unknown and not ours and not a.asks):
        return None
    model = models[0][0] if models and len(models[0]) == 1 else None
    if models and model is None and by is None:
        by = "model"
    days = a.days()
    if isinstance(days, Question):
        return Read(days, 0.5)
    from_on, until_on = days
    confidence = 0.95 if a.unknown == 0 else 0.8

    def make(wallet_id: WalletId | None, person_id: PrincipalId | None = None) -> ActionCall:
        return ShowSpend(
            wallet_id=wallet_id,
            person_id=person_id,
            model=model,
            by=by,
            from_on=from_on,
            until_on=until_on,
        )

    people = [p for p in a.names if isinstance(p.value, Named) and p.value.people]
    if people:
        return _of_people(a, people, make, confidence)
    if not a.names and not a.any("budget", "company", "wallet") and _is_singular(a):
        speaker = a.sentence.context.speaker_id
        if speaker is not None:
            return Read((make(None, speaker),), confidence)
    return a.on_wallets(make, confidence)


_SINGULAR: Final = re.compile(
    r"\b(?:i|i've|my|yo|he gastado|he consumido|he usado|llevo gastado|llevo|gasté|mi|mis)\b"
)


def _is_singular(a: _Asked) -> bool:
    return _SINGULAR.search(a.sentence.text.lower()) is not None


def _of_people(
    a: _Asked,
    people: list[Piece],
    make: Callable[[WalletId | None, PrincipalId | None], ActionCall],
    confidence: float,
) -> Read:
    others = [
        p.value.wallet_id for p in a.names if isinstance(p.value, Named) and not p.value.people
    ]
    where = others[0] if others else None
    calls: list[ActionCall] = []
    for piece in people:
        named = piece.value
        if not isinstance(named, Named):
            continue
        if named.person_id is None:
            choices = [Choice(one.name, (make(where, one.id),)) for one in named.people]
            given = a.sentence.text[piece.start : piece.end]
            return Read(ask(a.sentence, "which_person", given=given, choices=choices), 0.5)
        calls.append(make(where, named.person_id))
    return Read(tuple(dict.fromkeys(calls)), confidence)


def _balance(a: _Asked) -> Read | None:
    about = a.any("balance", "mayspend")
    money = a.any("budget", "limit", "wallet")
    named = bool(a.names)
    size = sum(sign not in {"?", "¿", "!", ".", ","} for sign in a.row)
    if (
        not about
        and not money
        and not (
            named
            and (
                size == 1
                or a.any("stand")
                or (a.any("howmuch") and (a.any("aux", "is") or (size <= 4 and not a.unknown)))
            )
        )
    ):
        return None
    if about and not money and not named and a.unknown > (1 if a.asks or len(a.row) < 4 else 0):
        return None
    if not a.asks and not a.any("show", "my") and a.unknown > 0 and not named:
        return None
    if not about and not a.asks and not a.any("show") and len(a.row) > 4:
        return None
    if a.unknown > 3:
        return None
    verbs = a.signs & _WRITE_SIGNS - {"give", "open"}
    if verbs and not a.asks:
        return None
    confidence = 0.75 if a.unknown else 0.95 if about else 0.9
    return a.on_wallets(lambda w: ShowBalance(wallet_id=w), confidence)


def _follow_up(a: _Asked) -> Read | None:
    """Read "and last week?" and "what about design?" after an answer."""
    rest = [
        s for s in a.row if s not in {"?", "¿", "and", "what", "for", "in", "of", "by", "but", "."}
    ]
    if len(rest) != 1 or len(a.row) > 5:
        return None
    if rest[0][0] == "T" and a.any("T"):
        return _as_spend(a)
    if a.names or rest[0] == "stand":
        return a.on_wallets(lambda w: ShowBalance(wallet_id=w), 0.75)
    return None


def _as_spend(a: _Asked) -> Read:
    days = a.days()
    if isinstance(days, Question):
        return Read(days, 0.5)
    return a.on_wallets(lambda w: ShowSpend(wallet_id=w, from_on=days[0], until_on=days[1]), 0.75)


_RULES: Final[tuple[Callable[[_Asked], Read | None], ...]] = (
    _explain,
    _how_to,
    _help,
    _forecast,
    _requests,
    _top,
    _people,
    _spend,
    _wallets,
    _balance,
    _follow_up,
)
