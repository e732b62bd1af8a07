"""From slots to the arguments of a call; where one is missing or unclear, to a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, Literal

from bot.actions.base import MAX_AMOUNT_NANOS, ActionCall
from bot.economy.money import from_decimal
from bot.ids import PrincipalId, WalletId
from bot.planning import OF_NAMES, Choice, PersonName, Question, QuestionCode, WalletName
from intents.extract.money import Amount
from intents.extract.periods import Period, UnsureDate, Until
from intents.names import Named
from intents.rules.patterns import Found, Outcome
from intents.sentence import Sentence

_MAX_CHOICES: Final = 3
_MOST_NAME: Final = 60
_MAX_REASON: Final = 300
_MINUS: Final = ("-", "−", "–")
_CONNECTOR: Final = re.compile(
    r"^[\s,.;:()?!–—-]*(?:(?:please|pls|thanks|por favor|gracias)\b[\s,.;:!-]*)?"
    r"(?:(?:because of|because|cause|due to|since|so that|as we|for the "
    r"reason that|"
    r"reason|for|porque|ya que|debido a|puesto que|dado que|pues|por|para que|para|motivo|es que|"
    r"que|con motivo de|a causa de)\b[\s:]*)?",
    re.IGNORECASE,
)


def ask(
    sentence: Sentence,
    code: QuestionCode,
    *,
    given: str = "",
    choices: Sequence[Choice] = (),
    near: tuple[str, ...] = (),
) -> Question:
    """Make a question about this sentence, with names that are like a wrong one."""
    if code in OF_NAMES and given and not choices and code != "which_other_wallet":
        like = sentence.index.list_near(given[:_MOST_NAME], is_person=code == "which_person")
        near = tuple(name for name in like if name != given)
    return Question(
        code, text=sentence.text, choices=tuple(choices[:_MAX_CHOICES]), near=near, given=given
    )


def with_wallet(
    found: Found,
    label: str,
    then: Callable[[WalletId], Outcome],
    *,
    code: QuestionCode = "which_wallet",
    default: Literal["home", "topic", "none"] = "home",
) -> Outcome:
    """Go on with the wallet that a label caught.

    Where nothing was named it is the topic of the talk, else the speaker's own wallet; `default`
    says how far that goes. A pronoun always means the topic.
    """
    sentence = found.sentence
    context = sentence.context
    sign = found.slots.get(label)
    if sign is None or sign == "it":
        meant = context.topic_wallet_id if sign == "it" or default != "none" else None
        if meant is None and sign is None and default == "home":
            meant = context.home_wallet_id
        return _known(sentence, meant, then, code)
    if sign in {"my", "me"}:
        return _known(sentence, context.home_wallet_id, then, code)
    piece = found.by_sign(sign)
    named = piece.value if piece is not None else None
    if piece is None or not isinstance(named, Named):
        return ask(sentence, code)
    wallets = wallets_meant(sentence, named)
    if len(wallets) == 1 and not named.is_doubtful:
        return then(wallets[0].id)
    given = sentence.text[piece.start : piece.end]
    return ask(sentence, code, given=given, choices=choices_of(wallets, then))


def wallets_meant(sentence: Sentence, named: Named) -> tuple[WalletName, ...]:
    """Return the wallets that a name may mean: its own, else those of the person."""
    if named.wallets:
        return named.wallets
    return tuple(w for person in named.people for w in sentence.index.wallets_of(person))


def _known(
    sentence: Sentence,
    wallet_id: WalletId | None,
    then: Callable[[WalletId], Outcome],
    code: QuestionCode,
) -> Outcome:
    if wallet_id is not None and wallet_id in sentence.index.wallet_by_id:
        return then(wallet_id)
    context, by_id = sentence.context, sentence.index.wallet_by_id
    near = dict.fromkeys((context.topic_wallet_id, context.home_wallet_id))
    likely = tuple(by_id[one] for one in near if one is not None and one in by_id)
    return ask(sentence, code, choices=choices_of(likely, then))


def choices_of(
    wallets: Sequence[WalletName], then: Callable[[WalletId], Outcome]
) -> tuple[Choice, ...]:
    """Offer each wallet with the call that it would make, where nothing else is missing."""
    return tuple(
        Choice(wallet.path, (call,))
        for wallet in wallets[:_MAX_CHOICES]
        if isinstance(call := then(wallet.id), ActionCall)
    )


def with_person(found: Found, label: str, then: Callable[[PrincipalId], Outcome]) -> Outcome:
    """Go on with the person that a label caught."""
    sentence = found.sentence
    sign = found.slots.get(label)
    if sign in {"me", "my"} and sentence.context.speaker_id is not None:
        return then(sentence.context.speaker_id)
    piece = found.by_sign(sign) if sign else None
    if piece is None or not isinstance(piece.value, Named):
        return ask(sentence, "which_person")
    people: tuple[PersonName, ...] = piece.value.people
    if len(people) == 1 and not piece.value.is_doubtful:
        return then(people[0].id)
    choices = [
        Choice(person.name, (call,))
        for person in people[:_MAX_CHOICES]
        if isinstance(call := then(person.id), ActionCall)
    ]
    given = sentence.text[piece.start : piece.end]
    return ask(sentence, "which_person", given=given, choices=choices)


def with_amount(found: Found, label: str, then: Callable[[int], Outcome]) -> Outcome:
    """Go on with the amount that a label caught, in nano-dollars; never with a default."""
    sentence = found.sentence
    piece = found.piece(label)
    if piece is None:
        return ask(sentence, "which_amount")
    nanos = nanos_of(piece.value) if isinstance(piece.value, Amount) else None
    if nanos is None:
        start = piece.start - (sentence.text[: piece.start][-1:] in _MINUS)
        return ask(sentence, "which_amount", given=sentence.text[start : piece.end])
    return then(nanos)


def nanos_of(amount: Amount) -> int | None:
    """Return the nanos of an amount in dollars; None for another currency or a bad size."""
    if amount.unit not in {None, "USD"}:
        return None
    nanos = from_decimal(amount.value)
    return nanos if nanos is not None and 0 < nanos <= MAX_AMOUNT_NANOS else None


def with_until(found: Found, then: Callable[[date | None], Outcome]) -> Outcome:
    """Go on with the day until which something holds; None is for good."""
    sentence = found.sentence
    signs = {p.sign for p in found.pieces if p.value is not None and p.sign[0] in "UT"}
    if not signs and found.has("temp"):
        return ask(sentence, "which_date")
    if not signs:
        return then(None)
    piece = found.by_sign(min(signs, key=lambda sign: sign[0] != "U"))
    value = piece.value if piece is not None else None
    until: date | None = None
    if isinstance(value, Until):
        until = value.on
        if until is None and value.for_good:
            return then(None)
    elif isinstance(value, Period):
        until = value.until_on
    if piece is None or until is None or isinstance(value, UnsureDate) or until < sentence.today:
        given = sentence.text[piece.start : piece.end] if piece is not None else ""
        return ask(sentence, "which_date", given=given)
    return then(until)


def reason_of(found: Found) -> str | None:
    """Return the reason as it was written, without the word that leads it in."""
    reason = _CONNECTOR.sub("", found.reason, count=1).strip(" \t\n.,;:()!–—-")
    return reason[:_MAX_REASON] or None


def slice_name(found: Found) -> str | None:
    """Return a new name as it was written."""
    if found.name_at is None:
        return None
    first, last = found.pieces[found.name_at[0]], found.pieces[found.name_at[1] - 1]
    text, start, end = found.sentence.text, first.start, last.end
    # Signs that no word has belong to the name too: it is kept as it was written.
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip(" \"'“”«».,;:!?")
