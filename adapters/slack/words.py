"""The adapter's own words: what stands around a form, on the prompts and on a second copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.slack.place import Language

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "request.title": "Ask for budget",
        "request.amount": "Amount in dollars",
        "request.wallet": "Wallet (yours if empty)",
        "request.until": "Until (a date)",
        "request.reason": "Reason",
        "submit": "Go on",
        "close": "Close",
        "missing": "Please fill this in.",
        "until": "until",
        "copy": "This may be a second copy of a message that you have already.",
        "copy.reference": "This may be a second copy of message {reference}.",
        "status": "is looking it up…",
        "prompt.title": "What can I do for you?",
        "prompt.balance": "What is left?",
        "prompt.spend": "Who spent most this month?",
        "prompt.request": "Ask for budget",
        "prompt.balance.text": "balance",
        "prompt.spend.text": "who spent most this month?",
        "prompt.request.text": "ask for budget",
        "continued": "(continued)",
    },
    "es": {
        "request.title": "Pedir presupuesto",
        "request.amount": "Importe en dólares",
        "request.wallet": "Cartera (la tuya si se deja)",
        "request.until": "Hasta (una fecha)",
        "request.reason": "Motivo",
        "submit": "Continuar",
        "close": "Cerrar",
        "missing": "Rellena este campo.",
        "until": "hasta",
        "copy": "Puede ser una segunda copia de un mensaje que ya tienes.",
        "copy.reference": "Puede ser una segunda copia del mensaje {reference}.",
        "status": "está buscándolo…",
        "prompt.title": "¿Qué puedo hacer por ti?",
        "prompt.balance": "¿Cuánto queda?",
        "prompt.spend": "¿Quién ha gastado más este mes?",
        "prompt.request": "Pedir presupuesto",
        "prompt.balance.text": "saldo",
        "prompt.spend.text": "¿quién ha gastado más este mes?",
        "prompt.request.text": "pedir presupuesto",
        "continued": "(sigue)",
    },
}


def word(language: Language, key: str, **facts: object) -> str:
    """Return a wording with its facts."""
    return WORDS[language][key].format_map(facts)
