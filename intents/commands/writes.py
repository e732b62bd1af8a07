"""Commands that change something: budget, limits, wallets, people, what runs by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.actions.accounts import UnlinkAccount
from bot.actions.quiet import SetQuietHours, ShowQuietHours
from bot.actions.schedules import (
    PauseSchedule,
    ResumeSchedule,
    RunSchedule,
)
from bot.planning import OF_NAMES, Question
from intents.commands.arguments import Result, gathered, led, with_refs
from intents.extract.letters import words
from intents.names import Named
from intents.rules import (
    accounts,
    budget,
    decisions,
    limits,
    people,
    quiet,
    rights,
    schedules,
    undelivered,
    wallets,
)
from intents.rules.orders import match_phrasing
from intents.rules.patterns import Found, Outcome
from intents.rules.slots import ask
from intents.rules.strangers import with_last_stranger
from intents.sentence import Sentence, read_sentence, split_words

NONE: Final = frozenset(words("none off no unlimited remove ninguno sin quitar"))


def request(sentence: Sentence) -> Result:
    """Ask for budget: an amount, a wallet, a reason."""
    return budget.request(gathered(sentence))


def raise_budget(sentence: Sentence) -> Result:
    """Raise a wallet for a time."""
    found = gathered(sentence)
    return budget.raise_(found)


def move(sentence: Sentence) -> Result:
    """Move budget from one wallet to another."""
    return budget.move(gathered(sentence, wallets_named=("from", "to")))


def decide(run: Callable[[Found], Outcome]) -> Callable[[Sentence], Result]:
    """Decide the request that is named first; what follows is the reason."""

    def read(sentence: Sentence) -> Result:
        found = gathered(with_refs(sentence), wallets_named=())
        given = "" if found.slots.get("r1") else sentence.text.strip()
        if given and (len(given.split()) == 1 or run is not decisions.reject):
            # A word that is no reference takes no request for one, and a reason is longer.
            return ask(sentence, "which_request", given=given)
        return run(found)

    return read


def change_limit(sentence: Sentence) -> Result:
    """Set a wallet's limit, or take it away."""
    found = gathered(sentence)
    words = set(split_words(sentence.text).words)
    if not found.slots.get("a1") and (words & NONE or "unlimited" in sentence.signs):
        return limits.remove_limit(found)
    return limits.set_limit(found)


def change_role_limit(sentence: Sentence) -> Result:
    """Set what a role may give at a time, or take that bound away."""
    found = gathered(sentence, wallets_named=())
    is_none = set(split_words(sentence.text).words) & NONE or "unlimited" in sentence.signs
    if not found.slots.get("a1") and is_none:
        return rights.remove_limit(found)
    return rights.set_limit(found)


def change_thresholds(sentence: Sentence) -> Result:
    """Set at what percentages a wallet warns."""
    text = (
        "thresholds " + sentence.text if sentence.language == "en" else "umbrales " + sentence.text
    )
    again = read_sentence(split_words(text), sentence.language, sentence.context, sentence.index)
    return limits.set_thresholds(gathered(again))


def _named(
    sentence: Sentence, *, kinds: str, run: Callable[[Found], Outcome], lead: str
) -> Result:
    """Let the phrasings of the sentence form read what is too free for slots."""
    first = sentence.text.partition(" ")[0]
    for start in (kinds, lead) if wallets.says_kind(first) else (lead, kinds):
        text = f"{start} {sentence.text}".strip()
        again = read_sentence(split_words(text), "en", sentence.context, sentence.index)
        found = match_phrasing(again)
        if found is not None:
            return run(found)
        # "Gina Rossi to nosuch": where to is asked about, who is known.
        named = with_last_stranger(again.pieces)
        found = match_phrasing(replace(again, pieces=list(named))) if named is not None else None
        outcome = run(found) if found is not None else None
        if isinstance(outcome, Question) and outcome.code in OF_NAMES and outcome.given:
            return outcome
    return ask(sentence, "which_name")


def create(sentence: Sentence) -> Result:
    """Create a wallet under the name that is typed."""
    return _named(sentence, kinds="create", run=wallets.create, lead="create project")


def rename(sentence: Sentence) -> Result:
    """Rename the wallet that is named first."""
    pieces = sentence.pieces
    if not pieces or not isinstance(pieces[0].value, Named):
        old = next((at for at, p in enumerate(pieces) if p.sign in {"to", "as", "how"}), 1)
        given = sentence.raw(0, old - 1) if pieces and old else ""
        return ask(sentence, "which_wallet", given=given)
    rest = pieces[2:] if len(pieces) > 1 and pieces[1].sign in {"to", "as", "how"} else pieces[1:]
    slots = {"w1": pieces[0].sign}
    name_at = (len(pieces) - len(rest), len(pieces)) if rest else None
    return wallets.rename(Found(sentence, tuple(pieces), slots, name_at=name_at))


def close(sentence: Sentence) -> Result:
    """Close a wallet."""
    return wallets.close(gathered(sentence))


def add(sentence: Sentence) -> Result:
    """Add a person, or one who is known to a wallet."""
    return _named(sentence, kinds="add", run=_add_either, lead="add person")


def _add_either(found: Found) -> Outcome:
    return people.add_known(found) if found.slots.get("w2") else people.add_person(found)


def for_role(run: Callable[[Found], Outcome]) -> Callable[[Sentence], Result]:
    """Give or take a role: a person, a role, a wallet."""

    def read(sentence: Sentence) -> Result:
        found = gathered(sentence, wallets_named=("w1", "w2"))
        number = found.piece("a1")
        rest = found.reason if number is None else sentence.text[number.start : number.end]
        if not found.slots.get("w2") and split_words(rest).words:
            # "In 7" is no "everywhere".
            return ask(sentence, "which_wallet", given=rest)
        return run(found)

    return read


def unlink(sentence: Sentence) -> Result:
    """Take an account from its person."""
    found = match_phrasing(led("unlink", sentence, language="en"))
    if found is not None:
        return accounts.unlink(found)
    # An id is whatever a platform says it is, so it is taken as it stands.
    platform, _, rest = sentence.text.partition(" ")
    if platform.lower() not in accounts.PLATFORMS:
        return ask(sentence, "not_understood", near=("unlink_account",))
    return UnlinkAccount(platform=platform.lower(), ends_with=rest.strip() or None)


def resend(sentence: Sentence) -> Result:
    """Send again what was not delivered, by its number."""
    call = undelivered.numbered(sentence.text.strip().lstrip("#"))
    return call or ask(sentence, "not_understood", near=("send_again",))


def for_schedule(
    call: type[PauseSchedule | ResumeSchedule | RunSchedule],
) -> Callable[[Sentence], Result]:
    """Pause, resume or run the schedule that is named."""

    def read(sentence: Sentence) -> Result:
        which = schedules.read_which(sentence.text)
        if which is None:
            name = call.model_fields["action"].default
            return ask(sentence, "not_understood", near=(name,))
        return call(which=which)

    return read


def set_quiet(sentence: Sentence) -> Result:
    """Show, set or end the hours in which nothing is sent."""
    typed = sentence.text.strip()
    if not typed:
        return ShowQuietHours()
    if quiet.ends_quiet(typed):
        return SetQuietHours()
    return quiet.read_hours(typed) or quiet.ask_hours(sentence, typed)
