"""Errors in words: what happened, that nothing was changed, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from bot.economy.money import NANOS_PER_USD
from bot.errors import kinds, models, money, plans, sending, storage, talk
from bot.errors.kinds import Broken, BursarError, Refused, Unavailable
from bot.replies.amounts import about_usd, usd
from bot.replies.dates import duration, in_period
from bot.replies.faults import fault_words
from bot.replies.inert import inert
from bot.replies.parts import deed_words, kinds_of_data, listing, quoted, role_name, shown
from bot.replies.plan_errors import PLANS, RULES_WITH_NUMBERS, quota_facts
from bot.replies.reader import Reader
from bot.replies.told import Told
from bot.replies.words import has_words, say

NOBODY: Final[Mapping[str, str]] = MappingProxyType({})


def error_text(
    error: BursarError | Mapping[str, object],
    reader: Reader,
    *,
    reference: str = "",
    names: Mapping[str, str] = NOBODY,
) -> str:
    """Return what happened, that nothing was changed, and what to do next.

    Args:
        error: as it was raised, or its `code` and facts as they were stored.
        reader: who is told.
        reference: what finds the log line; empty where there is none.
        names: of wallets and people by their ids: an id is never shown.
    """
    told = _told(error, reader, names)
    what, then = _words(told)
    texts = [what]
    if not _changes_nothing_by_itself(told):
        texts.append(told.say("unchanged"))
    texts.append(then)
    text = " ".join(part for part in texts if part)
    return f"{text}\n{told.say('reference', reference=reference)}" if reference else text


def unexpected_text(reader: Reader, reference: str) -> str:
    """Return what is said of a fault that nobody foresaw; its own words may hold anything."""
    text = say(reader.language, "unexpected")
    return f"{text}\n{say(reader.language, 'reference', reference=reference)}"


def told_shortly(error: BursarError, reader: Reader) -> str:
    """Return what happened and what to do next, where it is plain that nothing was changed."""
    return " ".join(part for part in _words(_told(error, reader, NOBODY)) if part)


def what_happened(
    code: str, facts: Mapping[str, object], reader: Reader, names: Mapping[str, str] = NOBODY
) -> str:
    """Return only what happened, in one sentence."""
    return _words(Told(code, facts, reader, names))[0]


def rule_of(code: str, facts: Mapping[str, object], reader: Reader) -> str:
    """Return the rule behind a refusal with its numbers, empty where there is none."""
    told = Told(code, facts, reader)
    if code == "quota_exceeded" and facts.get("plan"):
        return told.say("rule.quota_exceeded.plan", **quota_facts(told))
    numbers = RULES_WITH_NUMBERS.get(code)
    if numbers is not None:
        return told.say(f"rule.{code}", **numbers(told))
    keys = [f"rule.{code}.own"] if facts.get("own") else []
    keys += [f"rule.{code}", *(f"rule.{parent}" for parent in _parents(code))]
    return next((told.say(key) for key in keys if has_words(told.language, key)), "")


def _told(
    error: BursarError | Mapping[str, object], reader: Reader, names: Mapping[str, str]
) -> Told:
    if isinstance(error, BursarError):
        return Told(error.code, error.facts, reader, names)
    facts = error.get("facts")
    code = str(error.get("code", "error"))
    return Told(code, facts if isinstance(facts, Mapping) else error, reader, names)


def _changes_nothing_by_itself(told: Told) -> bool:
    """Tell whether the words say by themselves that nothing was changed."""
    kind = _CLASSES.get(told.code)
    return told.code == "proposal_decided" or (kind is not None and issubclass(kind, Broken))


def _words(told: Told) -> tuple[str, str]:
    special = _SPECIAL.get(told.code)
    return special(told) if special is not None else _plain(told)


def _plain(told: Told, **facts: object) -> tuple[str, str]:
    """Return the sentences of a code; what to do may be its parent's."""
    kind = _CLASSES.get(told.code, BursarError)
    code = told.code if has_words(told.language, f"err.{told.code}") else "error"
    keys = (f"next.{one}" for one in (code, *_parents(code), "error"))
    key = next(key for key in keys if has_words(told.language, key))
    wait = ""
    if issubclass(kind, Unavailable):
        seconds = max(1.0, kind.retry_after_s)
        wait = duration(timedelta(seconds=seconds), told.language)
    facts = {"ref": told.text("ref"), "wallet": told.say("a_wallet"), **facts}
    return told.say(f"err.{code}", **facts), told.say(key, wait=wait, **facts)


def _not_allowed(told: Told) -> tuple[str, str]:
    ref, permission = told.text("ref"), told.text("permission")
    if told.facts.get("own"):
        kind, facts = "own", {"ref": ref}
    elif told.facts.get("nobody") and (needed := told.nanos("needed_nanos")) is not None:
        kind, facts = "nobody.amount", {"needed": usd(needed, told.language)}
    elif told.facts.get("nobody"):
        kind, facts = "nobody", {}
    elif permission == "request.cancel" and ref:
        kind, facts = "cancel", {"ref": ref}
    elif told.facts.get("role"):
        kind, facts = "role", {"role": role_name(told.text("role"), told.language)}
    else:
        return _not_permitted(told, permission)
    key = f"not_allowed.{kind}"
    return told.say(f"err.{key}", **facts), told.say(f"next.{key}", **facts)


def _not_permitted(told: Told, permission: str) -> tuple[str, str]:
    key = f"may.{permission}"
    what = told.say(key if has_words(told.language, key) else "may.other")
    wallet = told.wallet()
    text = told.say(
        "err.not_allowed.wallet" if wallet else "err.not_allowed", what=what, wallet=wallet
    )
    if permission in {"budget.raise", "budget.move", "wallet.limit"}:
        example = told.say("budget_example")
        return text, told.say("next.not_allowed.budget", example=example)
    if permission == "rights.manage":
        return text, told.say("next.not_allowed.role")
    return text, told.say("next.not_allowed")


def _above_right(told: Told) -> tuple[str, str]:
    language, permission = told.language, told.text("permission")
    most, needed = told.nanos("most_nanos"), told.nanos("needed_nanos")
    if most is None:
        return _plain(told)
    text = told.say(
        "err.above_right.unbounded" if needed is None else "err.above_right.amount",
        role=role_name(told.text("role"), language),
        deed=deed_words(permission, language),
        most=usd(most, language),
        needed=usd(needed or 0, language),
    )
    if permission == "budget.raise":
        return text, told.say("next.not_allowed.budget", example=told.say("budget_example"))
    names = told.facts.get("able")
    able = [shown(str(x)) for x in names[:3]] if isinstance(names, (list, tuple)) else []
    if not able:
        return text, told.say("next.above_right")
    return text, told.say("next.above_right.able", able=listing(able, language, by="or"))


def _not_found(told: Told) -> tuple[str, str]:
    kind, raw = told.text("kind"), told.text("name")
    name = told.names.get(raw, raw)
    key = f"err.not_found.{kind}"
    if not has_words(told.language, key):
        key = "err.not_found"
    if has_words(told.language, f"{key}.named") and name and not _is_id(name):
        key = f"{key}.named"
        name = quoted(name, told.language)
    then = f"next.not_found.{kind}"
    if not has_words(told.language, then):
        then = "next.not_found"
    return told.say(key, name=name), told.say(then)


def _is_id(name: str) -> bool:
    """Tell whether a name is one that only the database uses: digits and hyphens, no capital."""
    is_bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return is_bare and name == name.lower() and not name.replace("-", "").isalpha()


def _ambiguous(told: Told) -> tuple[str, str]:
    choices = told.facts.get("choices")
    offered = choices if isinstance(choices, (list, tuple)) else ()
    listed = listing([shown(str(x)) for x in offered[:3]], told.language, by="or")
    name = quoted(told.text("name"), told.language)
    return told.say("err.ambiguous", name=name, choices=listed), told.say("next.ambiguous")


def _invalid_input(told: Told) -> tuple[str, str]:
    return fault_words(told.text("field"), told.text("why"), told.text("example"), told.language)


def _insufficient_funds(told: Told) -> tuple[str, str]:
    language = told.language
    needed, free = told.nanos("needed_nanos"), told.nanos("free_nanos")
    wallet = told.wallet()
    if needed is None or free is None:
        name = wallet or told.say("a_wallet_above")
        amount = usd(needed or 0, language)
        if needed is None:
            return told.say("err.shortfall"), told.say("next.insufficient_funds.unknown")
        text = told.say("err.insufficient_funds.unknown", wallet=name, needed=amount)
        return text, told.say("next.insufficient_funds.unknown")
    missing = needed - max(free, 0)
    text = told.say(
        "err.insufficient_funds" if free > 0 else "err.insufficient_funds.none",
        wallet=wallet or told.say("a_wallet_above"),
        free=about_usd(free, language, "less"),
        period=in_period(told.text("period"), told.reader),
        needed=usd(needed, language),
        missing=about_usd(missing, language, "more"),
    )
    if not wallet:
        return text, told.say("next.insufficient_funds.unknown")
    # What to type: whole dollars, rounded up, with nothing that could be read in two ways.
    dollars = -(-missing // NANOS_PER_USD)
    lifts = told.facts.get("lifts")
    names = [shown(str(name)) for name in lifts] if isinstance(lifts, (list, tuple)) else []
    then = told.say(
        "next.insufficient_funds.lifts" if names else "next.insufficient_funds",
        amount=dollars,
        wallet=wallet,
        names=listing(names, language, by="or"),
    )
    return text, then


def _unknown_price(told: Told) -> tuple[str, str]:
    model = told.text("model")
    key = "err.unknown_price.model" if model else "err.unknown_price"
    return told.say(key, model=model), told.say("next.unknown_price")


def _no_model(told: Told) -> tuple[str, str]:
    rule = told.text("rule")
    variant = ".rule" if rule else ""
    return told.say(f"err.no_model{variant}", rule=rule), told.say(f"next.no_model{variant}")


def _file_too_large(told: Told) -> tuple[str, str]:
    return _plain(told, megabytes=told.facts.get("megabytes", 0))


def _usage_changed(told: Told) -> tuple[str, str]:
    return _plain(told, provider=inert(told.text("provider")))


def _paused(told: Told) -> tuple[str, str]:
    return _plain(told, by=shown(told.text("by")), at=told.at("at") or "-")


def _withheld(told: Told) -> tuple[str, str]:
    given = told.facts.get("kinds")
    kinds = [str(one) for one in given] if isinstance(given, (list, tuple)) else []
    return _plain(told, kinds=kinds_of_data(kinds, told.language))


def _wallet_closed(told: Told) -> tuple[str, str]:
    return _plain(told, wallet=told.wallet() or told.say("a_wallet"))


def _expired(told: Told) -> tuple[str, str]:
    at, ref = told.at("expires_at"), told.text("ref")
    key = "err.proposal_expired.at" if at else "err.proposal_expired"
    return told.say(key, ref=ref, at=at), told.say("next.proposal_expired")


def _decided(told: Told) -> tuple[str, str]:
    state, outcome, at = told.text("state"), told.text("outcome"), told.at("at")
    by = told.names.get(told.text("by"), told.text("by"))
    if state == "superseded":
        return _plain(Told("proposal_superseded", told.facts, told.reader, told.names))
    if outcome not in {"approved", "rejected", "cancelled"}:
        outcome = {"discarded": "discarded", "failed": "failed"}.get(state, "done")
    key = f"err.proposal_decided.{outcome}" if by else "err.proposal_decided"
    on = told.say("err.proposal_decided.on", at=at) if at else ""
    return told.say(key, by=by, ref=told.text("ref"), on=on), told.say("next.proposal_decided")


def _offer_used(told: Told) -> tuple[str, str]:
    outcome, at = told.text("outcome"), told.at("at")
    key = (
        f"err.offer_used.{outcome}" if at and outcome in {"done", "drafted"} else "err.offer_used"
    )
    then = "next.offer_used.drafted" if outcome == "drafted" else "next.offer_used"
    return told.say(key, label=told.text("label"), at=at), told.say(then)


def _offer_expired(told: Told) -> tuple[str, str]:
    at = told.at("at")
    key = "err.offer_expired.at" if at else "err.offer_expired"
    return told.say(key, label=told.text("label"), at=at), told.say("next.offer_expired")


def _file_not_offered(told: Told) -> tuple[str, str]:
    outcome, at = told.text("outcome"), told.at("at")
    is_known = at and outcome in {"taken", "left", "expired"}
    key = f"err.file_not_offered.{outcome}" if is_known else "err.file_not_offered"
    then = "next.file_not_offered.taken" if outcome == "taken" else "next.file_not_offered"
    return told.say(key, name=quoted(told.text("name"), told.language), at=at), told.say(then)


def _no_destination(told: Told) -> tuple[str, str]:
    host = told.text("host")
    key = "err.no_destination.host" if host else "err.no_destination"
    return told.say(key, host=inert(host)), told.say("next.no_destination")


def _settings(told: Told) -> tuple[str, str]:
    name = told.text("key")
    text = told.say("err.settings.key" if name else "err.settings", name=name)
    return text, told.say("next.broken")


_SPECIAL: Final[Mapping[str, Callable[[Told], tuple[str, str]]]] = {
    "not_allowed": _not_allowed,
    "above_right": _above_right,
    "not_found": _not_found,
    "ambiguous": _ambiguous,
    "invalid_input": _invalid_input,
    "insufficient_funds": _insufficient_funds,
    "unknown_price": _unknown_price,
    "no_model": _no_model,
    "file_too_large": _file_too_large,
    "usage_changed": _usage_changed,
    "models_paused": _paused,
    "withheld": _withheld,
    "wallet_closed": _wallet_closed,
    "offer_used": _offer_used,
    "offer_expired": _offer_expired,
    "file_not_offered": _file_not_offered,
    "no_destination": _no_destination,
    "proposal_expired": _expired,
    "proposal_decided": _decided,
    "settings": _settings,
    **PLANS,
}


def _parents(code: str) -> tuple[str, ...]:
    """Return the codes of an error's parents, nearest first."""
    kind = _CLASSES.get(code, Refused)
    parents = (one for one in kind.__mro__[1:] if issubclass(one, BursarError))
    return tuple(one.code for one in parents if one.code != code)


# Some modules add errors of their own; a code that none of those here has gets plain words.
_CLASSES: Final[Mapping[str, type[BursarError]]] = {
    kind.code: kind
    for module in (kinds, models, money, plans, sending, storage, talk)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, BursarError)
}
