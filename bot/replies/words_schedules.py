"""Sentences about what Bursar does by itself, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "upkeep.ledger": (
        "The nightly check found {count} things in the ledger that do not add up, the first: "
        "{first}. Money does not move until somebody has looked: run “bursar doctor” on the "
        "server, and restore the latest sound backup if it says so."
    ),
    "upkeep.chain": (
        "The audit chain is not whole: {what} Nothing was changed by looking. Run “bursar audit "
        "verify” on the server and follow what it says."
    ),
}
WORDS_ES: Final[dict[str, str]] = {
    "upkeep.ledger": (
        "La revisión nocturna encontró {count} cosas en el libro mayor que no cuadran, la "
        "primera: {first}. No se mueve dinero hasta que alguien lo mire: ejecuta «bursar doctor» "
        "en el servidor y restaura la última copia sana si te lo pide."
    ),
    "upkeep.chain": (
        "La cadena de auditoría no está entera: {what} Mirar no ha cambiado nada. Ejecuta «bursar "
        "audit verify» en el servidor y sigue lo que diga."
    ),
}
