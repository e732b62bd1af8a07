"""Commands that ask: what was spent, what is left, what waits, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from bot.actions.accounts import ListAccounts
from bot.actions.base import ActionCall
from bot.actions.explain import Explain
from bot.actions.help import ShowHelp
from bot.actions.request_lists import ListRequests
from bot.actions.spend import ShowTopSpenders
from bot.ids import WalletId
from bot.planning import Question
from intents.commands.aliases import ALIASES
from intents.commands.arguments import Result, gathered, led, unnamed, with_refs
from intents.extract.letters import fold
from intents.names import Named
from intents.rules.reads import find_read
from intents.rules.slots import ask, with_wallet
from intents.rules.topics import SUBJECTS
from intents.sentence import Sentence, read_sentence, split_words


def read_money(lead: Literal["spend", "balance"], sentence: Sentence) -> Result:
    """Read the arguments of a read by the rules of its sentence form."""
    start = {
        "spend": {"en": "spend ", "es": "gasto "},
        "balance": {"en": "balance ", "es": "saldo "},
    }
    text = start[lead][sentence.language] + sentence.text
    read = find_read(
        read_sentence(split_words(text), sentence.language, sentence.context, sentence.index)
    )
    if read is None:
        given = unnamed(sentence)
        if given:
            return ask(sentence, "which_wallet", given=given)
        return ask(sentence, "not_understood", near=(f"show_{lead}",))
    return read.outcome


def for_wallet(
    make: Callable[[WalletId | None], ActionCall], *, default: bool = True
) -> Callable[[Sentence], Result]:
    """Read the wallet that is named, else the one that is spoken of."""

    def run(sentence: Sentence) -> Result:
        found = gathered(sentence)
        if not found.slots.get("w1") and (given := unnamed(sentence)):
            return ask(sentence, "which_wallet", given=given)
        if not found.slots.get("w1") and not default:
            return make(None)
        context = sentence.context
        if not found.slots.get("w1"):
            return make(context.topic_wallet_id or context.home_wallet_id)
        return with_wallet(found, "w1", make)

    return run


def top_spenders(sentence: Sentence) -> Result:
    """Rank who spent most."""
    given = unnamed(sentence)
    if given and not list(sentence.slots("W")):
        return ask(sentence, "which_wallet", given=given)
    text = f"top {sentence.text} spenders"
    read = find_read(read_sentence(split_words(text), "en", sentence.context, sentence.index))
    return read.outcome if read is not None else ShowTopSpenders()


def chart(sentence: Sentence) -> Result:
    """Draw a chart."""
    given = unnamed(sentence)
    if given and not list(sentence.slots("W")):
        return ask(sentence, "which_wallet", given=given)
    read = find_read(led("chart" if sentence.language == "en" else "grafico", sentence))
    if read is None:
        return ask(sentence, "not_understood", near=("show_chart",))
    return read.outcome


def requests(sentence: Sentence) -> Result:
    """List requests."""
    head = "requests" if sentence.language == "en" else "solicitudes"
    read = find_read(led(head, sentence)) if sentence.text.strip() else None
    if read is not None and not isinstance(read.outcome, Question):
        found = [call for call in read.outcome if isinstance(call, ListRequests)]
        if found:
            return tuple(found)
    if "all" in sentence.signs:
        return ListRequests(which="all")
    return ListRequests(which="mine" if sentence.signs & {"my", "me"} else "open")


def export(sentence: Sentence) -> Result:
    """Export costs."""
    read = find_read(led("export" if sentence.language == "en" else "exporta", sentence))
    if read is not None:
        return read.outcome
    given = unnamed(sentence)
    if given and sentence.signs & {"chargeback", "focus"} and not list(sentence.slots("W")):
        return ask(sentence, "which_wallet", given=given)
    return ask(sentence, "not_understood", near=("export_costs",))


def show_help(sentence: Sentence) -> Result:
    """Show help, of a topic where one is named."""
    topic = fold(sentence.text.strip().lstrip("/")).replace("-", "_").replace(" ", "_")[:40]
    if not topic:
        return ShowHelp()
    return ShowHelp(topic=SUBJECTS.get(topic) or ALIASES.get(topic, topic))


def list_accounts(sentence: Sentence) -> Result:
    """List the accounts that are linked."""
    read = find_read(led("accounts" if sentence.language == "en" else "cuentas", sentence))
    return ListAccounts() if read is None else read.outcome


def explain(sentence: Sentence) -> Result:
    """Explain a request, a limit, a model, an amount or the last refusal."""
    found = gathered(with_refs(sentence))
    piece = found.piece("r1")
    if piece is not None and isinstance(piece.value, str):
        return Explain(about="last", ref=piece.value)
    named = next((p.value for p in sentence.pieces if isinstance(p.value, Named)), None)
    if named is not None and named.wallet_id is not None:
        return Explain(about="limit", wallet_id=named.wallet_id)
    models = [p.value for p in sentence.slots("M") if isinstance(p.value, tuple)]
    if models or "model" in sentence.signs:
        exact = models[0][0] if models and len(models[0]) == 1 else None
        return Explain(about="model", model=exact)
    if found.slots.get("a1"):
        return Explain(about="amount")
    return Explain(about="limit" if sentence.signs & {"limit", "binds"} else "last")
