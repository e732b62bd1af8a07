"""Say what an edit changes: in the words of a budget request, or by the draft's own fields."""

from __future__ import annotations

import re
from datetime import date

from bot.planning import Language
from intents.extract.money import find_amounts
from intents.extract.periods import Until, find_until
from intents.replies.slots import change_slots
from intents.replies.text import Asked, Reply, fold, to_number
from intents.replies.unclear import NOT_THIS
from intents.replies.values import Value, count_of, find_values
from intents.rules.lexicon import LEXICONS
from intents.rules.task_orders import is_task_draft

_FOR_GOOD = re.compile(
    r"\b(?:for good|permanently|permanent|forever|indefinitely|no end date|without an? end|"
    r"para siempre|permanente|indefinid[oa]|sin fecha de fin|sin limite de tiempo)\b"
)
_REASON = re.compile(
    r"\b(?:(?:the )?reason (?:is|should be|to|as)|reason:|because(?: of)?|since we|"
    r"(?:el )?motivo (?:es|a)|motivo:|porque|ya que)\s*:?\s+(?P<text>[^.!?\n]{2,200})",
    re.IGNORECASE,
)
_WALLET = re.compile(
    r"\b(?:(?:to|for|from|into|under|charge|use|"
    r"against) (?:the )?(?P<before>[\w&-]+(?: [\w&-]+)?) "
    r"(?:wallet|budget|team|project)|(?:the )?(?:wallet|budget|team|project) (?:is |"
    r"should be |to |of )?"
    r"(?P<after>[A-Z][\w&-]*)|(?:de|a|para|desde|al?) (?:la |el )?(?:cartera|presupuesto|equipo|"
    r"proyecto) (?:de )?(?P<es>[\w&-]+))",
    re.IGNORECASE,
)
# "Make it for Marketing": a name with a capital where the draft named its wallet.
_TO_NAME = re.compile(
    r"\b(?:make it|change it|switch it|move it|charge it|but|que sea|que sean|pero|mejor|prefer|"
    r"rather|prefiero|no,?)(?: be)? (?:(?:to|for|from|para|de|desde|a) )?(?:the )?"
    r"(?P<name>[A-ZÁÉÍÓÚÑ][\w&-]+)(?! \d)"
)
_BUDGET_FIELDS = ("amount", "until", "reason", "wallet")
# The same as actions name them: what they hold is never taken from the words as it stands.
_OWN_FIELDS = (
    "amount_nanos",
    "limit_nanos",
    "until_on",
    "wallet_id",
    "to_wallet_id",
    "from_wallet_id",
)
# "For data", "use data instead", "me refería a data": the wallet, if one is called so.
_MAYBE_WALLET = re.compile(
    r"\b(?:(?P<lead>for|use|i meant?|to be for|para|usa|me refer[ií]a a|quise decir|"
    r"quer[ií]a decir)|en)"
    r" (?P<article>the |el |la )?(?P<name>[^\W\d_][\w&-]*)"
    r"(?= *(?:team|project|wallet|instead|please|mejor|por favor|thanks|[.,!]|$))",
    re.IGNORECASE,
)
# "No 250" is no number of anything.
_NO_BEFORE = re.compile(r"^\W*(?:no|nope|nah|not)\b[\s,.;:!-]+(?=[$€£]?\d)", re.IGNORECASE)


def has_new_value(text: str, asked: Asked) -> bool:
    """Whether a text gives a time, a date or a count that does not stand in what was asked."""
    return any(not _stands_in(value, asked) for value in find_values(text))


def _stands_in(value: Value, asked: Asked) -> bool:
    if value.kind == "number":
        number = to_number(count_of(value.text))
        return number is not None and number in asked.numbers
    return re.search(rf"(?<!\w){re.escape(fold(value.text))}(?!\w)", asked.plain) is not None


def find_changes(
    said: Reply,
    asked: Asked,
    *,
    language: Language | None,
    today: date | None,
) -> dict[str, object]:
    """What a reply changes, by field; empty where an edit is meant and not said."""
    if len(said.raw) > 500:
        return {}
    if is_task_draft(asked.draft):
        # What of a task is changed was looked for before.
        return {}
    if asked.draft and not any(name in asked.draft for name in (*_BUDGET_FIELDS, *_OWN_FIELDS)):
        return change_slots(said.raw, asked)
    return _change_request(said, asked, language, today)


def _change_request(
    said: Reply, asked: Asked, language: Language | None, today: date | None
) -> dict[str, object]:
    changes: dict[str, object] = {}
    amount = _find_amount(said.raw, asked, language)
    if amount is not None:
        changes["amount"] = amount
    until = _find_until(said.raw, language, today)
    if until is not None and until.on is not None:
        changes["until"] = until.on.isoformat()
    elif _FOR_GOOD.search(said.plain) or (until is not None and until.for_good):
        changes["for_good"] = True
    reason = _REASON.search(said.raw)
    if reason:
        changes["reason"] = reason["text"].strip()
    wallet = _WALLET.search(said.raw)
    if wallet:
        name = next(group for group in wallet.groups() if group)
        if name.lower() not in _NO_NAMES:
            changes["wallet"] = name
    named = _TO_NAME.search(said.raw)
    if named and "wallet" not in changes and not find_values(named["name"]):
        changes["wallet"] = named["name"]
    has_wallet = any(name.startswith("wallet") or name.endswith("_id") for name in asked.draft)
    maybe = _MAYBE_WALLET.search(said.raw) if has_wallet else None
    if maybe and "wallet" not in changes and maybe["name"].lower() not in _NO_NAMES:
        is_name = maybe["lead"] is not None and _is_bare_name(maybe, until)
        changes["wallet" if is_name else "maybe_wallet"] = maybe["name"]
    if asked.draft:
        for name, value in change_slots(said.raw, asked).items():
            if name not in changes and name not in ("amount", "until", *_OWN_FIELDS):
                changes[name] = value
    return changes


def _is_bare_name(maybe: re.Match[str], until: Until | None) -> bool:
    """Whether a word stands where only a name does: "for nosuch", and not "for the party"."""
    is_day = until is not None and until.start < maybe.end("name")
    is_known = any(fold(maybe["name"]) in lexicon for lexicon in LEXICONS.values())
    return maybe["article"] is None and not is_day and not is_known


_NO_NAMES = frozenset(
    {"the", "my", "our", "this", "that", "new", "same", "other", "a", "mi", "su"}
)


def _find_amount(text: str, asked: Asked, language: Language | None) -> str | None:
    """The one new amount, as a decimal string; None where there is none or more than one."""
    text = _NO_BEFORE.sub("", NOT_THIS.sub("", text))
    amounts = find_amounts(text, language=language)
    if amounts.ambiguous:
        return None
    found = [amount for amount in amounts.marked if _is_iso(amount.unit)] or [
        amount
        for amount in amounts.found
        if amount.unit is None and text[amount.end : amount.end + 2].strip()[:1] != "%"
    ]
    # "Not 200 but 250": what stood in the draft is not what it changes to.
    new = [amount for amount in found if amount.value.normalize() not in asked.numbers]
    kept = new if len(found) > 1 else found
    return f"{kept[0].value:f}" if len(kept) == 1 else None


def _is_iso(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isupper()


def _find_until(text: str, language: Language | None, today: date | None) -> Until | None:
    if today is None:
        return None
    for spoken in dict.fromkeys((language, "en", "es")):
        until = find_until(text, today=today, language=spoken)
        if until is not None:
            return until if isinstance(until, Until) else None
    return None
