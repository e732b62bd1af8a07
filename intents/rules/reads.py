"""What people ask to see: balance, spend, forecast, requests, wallets, people, reasons, help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal

from bot.actions.accounts import ListAccounts
from bot.actions.explain import Explain
from bot.actions.help import ShowHelp
from bot.actions.people import ListPeople
from bot.actions.request_lists import ListRequests, RequestState
from bot.actions.spend import ShowBalance, ShowForecast, ShowWallets
from bot.actions.undelivered import ListUndelivered
from bot.planning import OF_NAMES, Question
from intents.extract.letters import fold, words
from intents.names import Named
from intents.rules.asked import Asked, Read
from intents.rules.charts import find_chart
from intents.rules.exports import find_export
from intents.rules.rights import names_right
from intents.rules.slots import ask
from intents.rules.spending import find_days_spend, find_spend, find_top
from intents.rules.strangers import with_asked_strangers
from intents.rules.topics import subject_of, topic_of
from intents.rules.unusual import find_unusual
from intents.sentence import Sentence

_Rule = Callable[[Asked], Read | None]
# So sure at most where a sentence tells something about what a read would show: it is shown where
# nobody else can say more, and a model that may be asked is asked.
_TOLD: Final = 0.7
_STATE_WORDS: Final[dict[RequestState, str]] = {
    "waiting": "open pending waiting abiertas abierta pendientes pendiente",
    "approved": "approved accepted granted aprobadas aprobada aceptadas aceptada",
    "rejected": ("rejected denied declined refused rechazadas rechazada denegadas denegada"),
    "cancelled": "cancelled canceled withdrawn canceladas cancelada retiradas retirada",
    "expired": "expired lapsed caducadas caducada vencidas vencida expiradas",
    "failed": "failed fallidas fallida",
}
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
        "role team project teams projects company model people person makeit"
    )
)
# What may stand in a phrase that looks back at requests, and how they may stand, folded.
_ABOUT: Final = frozenset(
    words(
        "request show tell my me i of from for in by on all and open what ? . ! ¿ , polite is 's"
    )
)
_WERE: Final = frozenset(words("was were fueron han sido"))
_STATES: Final[dict[str, RequestState]] = {
    word: state for state, entries in _STATE_WORDS.items() for word in entries.split()
}
_ORDERS: Final = frozenset(
    words("raise up lower move approve reject cancel close rename remove undo demote take notlet")
)


def find_read(sentence: Sentence) -> Read | None:
    """Return what the sentence asks to see; None if nothing of ours.

    Where it asks about a name that nobody has, the read is a question about that.
    """
    read = _find_read(sentence)
    if any(isinstance(piece.value, Named) for piece in sentence.pieces):
        return read
    pieces = with_asked_strangers(sentence, sentence.pieces)
    if pieces is None or (read is None and any(piece.sign[0] == "~" for piece in pieces)):
        return read
    signs = sentence.signs | {"W"}
    again = _find_read(replace(sentence, pieces=list(pieces), signs=signs))
    asked = again.outcome if again is not None else None
    is_asked = isinstance(asked, Question) and asked.code in OF_NAMES and asked.given
    return again if is_asked else read


def _find_read(sentence: Sentence) -> Read | None:
    reader = Asked(sentence)
    if reader.first in {"ask", "request", "need"} and reader.any("A", "more"):
        return None
    if reader.first in _ORDERS or (reader.first == "give" and "me" not in sentence.signs):
        return None  # an order that was not understood is no question
    for rule in _RULES:
        read = rule(reader)
        if read is not None:
            read = replace(read, is_asked=reader.asks)
            return _doubted(read, rule, reader) if reader.tells else read
    return None


def _doubted(read: Read, rule: _Rule, reader: Asked) -> Read | None:
    """Return a read of what a sentence tells about, less sure; None if it tells of an amount."""
    # "The folks of design could do with 40 more" does not ask who they are.
    if reader.any("A") and rule in _LISTS:
        return None
    return replace(read, confidence=min(read.confidence, _TOLD))


def _explain(a: Asked) -> Read | None:
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
    models = [p.value for p in a.sentence.slots("M") if isinstance(p.value, tuple)]
    if (models or a.any("model")) and not a.any("spend", "howmuch", "top"):
        exact = models[0][0] if models and len(models[0]) == 1 else None
        return Read((Explain(about="model", model=exact),), 0.9)
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


def _how_to(a: Asked) -> Read | None:
    """Answer "how do I ..." and "can I ..." with help, never with the thing itself."""
    if not a.any("how", "if") or a.any("howmuch"):
        return None
    verbs = a.signs & _WRITE_SIGNS
    if a.any("how") and verbs and (a.names or a.any("R") or not a.signs.isdisjoint(_DOMAIN)):
        topic = topic_of(a.signs)
        return Read((ShowHelp(topic=topic),), 0.9 if topic else 0.7)
    return None


def _help(a: Asked) -> Read | None:
    if not a.any("help"):
        return None
    subject = subject_of(fold(a.sentence.text))
    if subject is not None:
        return Read((ShowHelp(topic=subject),), 0.95)
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


def _forecast(a: Asked) -> Read | None:
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


def _history(a: Asked) -> Read | None:
    """Read "rejected requests of design last month": a phrase of nothing else than that."""
    if not a.any("request"):
        return None
    text = a.sentence.text
    typed = [fold(text[piece.start : piece.end]) for piece in a.sentence.pieces]
    states = {_STATES[word] for word in typed if word in _STATES}
    for piece, word in zip(a.sentence.pieces, typed, strict=True):
        is_named = isinstance(piece.value, Named) or (
            piece.value is not None and piece.sign[0] == "T"
        )
        if not (is_named or word in _STATES or word in _WERE or piece.sign in _ABOUT):
            return None
    if len(states) > 1 or not (states - {"waiting"} or a.names or a.any("T")):
        return None
    days = a.days()
    if isinstance(days, Question):
        return Read(days, 0.5)
    which: Literal["open", "mine", "all"] = "mine" if a.any("my", "me", "i") else "all"
    if "waiting" in states:
        which = "open"
    named = [piece.value for piece in a.names if isinstance(piece.value, Named)]
    people = [one.people for one in named if one.people]
    if len(people) > 1:
        return None
    if people and len(people[0]) > 1:
        piece = next(p for p in a.names if isinstance(p.value, Named) and p.value.people)
        given = a.sentence.text[piece.start : piece.end]
        return Read(ask(a.sentence, "which_person", given=given), 0.5)
    person_id = people[0][0].id if people else None
    a.names = [p for p in a.names if isinstance(p.value, Named) and not p.value.people]
    return a.on_wallets(
        lambda wallet_id: ListRequests(
            which=which,
            state=next(iter(states - {"waiting"}), None),
            wallet_id=wallet_id,
            person_id=person_id,
            from_on=days[0],
            until_on=days[1],
        ),
        0.9,
        default=False,
    )


def _requests(a: Asked) -> Read | None:
    is_about_asking = a.any("budget", "request", "more") or a.any("what")
    if a.first in {"aux", "who"} and a.any("ask", "past") and is_about_asking and not a.any("R"):
        return Read((ListRequests(which="open"),), 0.8)
    if "open" in a.signs and {*a.row} <= {"open", "what", "is", "?", "¿", "aux"}:
        return Read((ListRequests(which="open"),), 0.75)
    if "decide" in a.signs and {*a.row} <= {"decide", "what", "is", "?", "¿", "aux"}:
        return Read((ListRequests(which="open"),), 0.9)
    if not a.any("request", "decide", "approve") or a.any("who", "past"):
        return None
    if a.any("how") and not a.any("show"):
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


def _people(a: Asked) -> Read | None:
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
    a.names = [p for p in a.names if isinstance(p.value, Named) and not p.value.people]
    return a.on_wallets(lambda w: ListPeople(wallet_id=w), 0.9, default=False)


def _rights(a: Asked) -> Read | None:
    """Answer "how much may a lead approve?" with who is here and what each role may."""
    is_asked = a.asks or a.any("howmuch", "what", "who")
    if is_asked and names_right(a.sentence) and a.unknown < 2:
        return Read((ListPeople(),), 0.9)
    return None


def _accounts(a: Asked) -> Read | None:
    if not a.any("accounts") or a.unknown or a.any("link", "unlink", "spend", "balance"):
        return None
    if not (a.asks or a.any("show", "my", "of", "all") or a.names or len(a.row) <= 2):
        return None
    people = [p.value.people for p in a.names if isinstance(p.value, Named)]
    if not people:
        return Read((ListAccounts(),), 0.9)
    if not people[0]:
        given = a.sentence.text[a.names[0].start : a.names[0].end]
        return Read(ask(a.sentence, "which_person", given=given), 0.5)
    if len(people) != 1 or len(people[0]) != 1:
        return None
    return Read((ListAccounts(person_id=people[0][0].id),), 0.9)


def _undelivered(a: Asked) -> Read | None:
    rest = [s for s in a.row if s not in _ABOUT and s not in {"undelivered", "message"}]
    return Read((ListUndelivered(),), 0.9) if a.any("undelivered") and not rest else None


def _wallets(a: Asked) -> Read | None:
    if (
        not a.any("wallets", "teams", "projects")
        or a.any("spend", "spender", "runout", "balance")
        or a.unknown > 2
    ):
        return None
    if not (a.asks or a.any("show", "of", "in", "my", "all") or len(a.row) <= 3):
        return None
    return a.on_wallets(lambda w: ShowWallets(wallet_id=w), 0.9, default=False)


def _balance(a: Asked) -> Read | None:
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
                or (size == 2 and a.first == "show" and not a.unknown)
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


def _follow_up(a: Asked) -> Read | None:
    """Read "and last week?" and "what about design?" after an answer."""
    rest = [
        s for s in a.row if s not in {"?", "¿", "and", "what", "for", "in", "of", "by", "but", "."}
    ]
    if len(rest) != 1 or len(a.row) > 5:
        return None
    if rest[0][0] == "T" and a.any("T"):
        return find_days_spend(a)
    if a.names or rest[0] == "stand":
        return a.on_wallets(lambda w: ShowBalance(wallet_id=w), 0.75)
    return None


_LISTS: Final = (_people, _accounts, _wallets)
_RULES: Final[tuple[_Rule, ...]] = (
    _explain,
    _how_to,
    _help,
    find_chart,
    find_unusual,
    find_export,
    _forecast,
    _rights,
    _history,
    _requests,
    find_top,
    _people,
    _accounts,
    _undelivered,
    find_spend,
    _wallets,
    _balance,
    _follow_up,
)
