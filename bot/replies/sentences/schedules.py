"""Sentences about what Bursar does by itself, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "why:rests already, or does not": "That is so already.",
    "why:has no time to come": "Its time does not come any more.",
    "act.list_schedules": "see what I do by myself",
    "act.pause_schedule": "let something rest that I do by myself",
    "act.resume_schedule": "have something done again that rests",
    "act.run_schedule": "have something done now that I do by myself",
    "do.pause_schedule": "let {schedule} rest",
    "do.resume_schedule": "have {schedule} done again",
    "do.run_schedule": "have {schedule} done now",
    "card.comes": "Comes next: {when}",
    "schedules": "What I do by myself:",
    "schedules.none": "I do nothing by myself for you.",
    "schedules.hint": (
        "To change one, say for example “pause schedule {ref}”, “resume schedule {ref}” or “run "
        "schedule {ref} now”."
    ),
    "schedules.paused": "rests",
    "schedules.never": "not yet",
    "schedules.last": "{result}, {at}",
    "schedules.companys": "company",
    "schedule.paused": "Done: {schedule} rests. “schedules” shows how to resume it.",
    "schedule.resumed": "Done: {schedule} goes on. Next: {when}.",
    "schedule.asked": "I begin with {schedule} now. “schedules” shows how it ended.",
    "kind.ledger_check": "the ledger check",
    "kind.audit_anchor": "the audit check",
    "kind.retention": "the clean-up",
    "kind.digest": "the digest",
    "kind.task": "the reminder",
    "kind.month_end": "the month-end report",
    "kind.other": "this",
    "ran.sound": "all in order",
    "ran.broken": "something is wrong",
    "ran.dropped": "old things forgotten",
    "ran.nothing": "nothing to do",
    "ran.sent": "sent",
    "ran.nobody": "nobody to tell",
    "ran.missed": "missed",
    "ran.failed": "failed",
    "ran.other": "done",
    "upkeep.ledger": (
        "The nightly check found {count} things in the ledger that do not add up, the first: "
        "{first}. Money does not move until somebody has looked: run `bursar doctor` on the "
        "server, and restore the latest sound backup if it says so."
    ),
    "upkeep.chain": (
        "The audit chain is not whole: {what} Nothing was changed by looking. Run `bursar audit "
        "verify` on the server and follow what it says."
    ),
}
WORDS_ES: Final[dict[str, str]] = {
    "why:rests already, or does not": "Eso ya está así.",
    "why:has no time to come": "Su momento ya no vuelve a llegar.",
    "act.list_schedules": "ver lo que hago por mi cuenta",
    "act.pause_schedule": "poner en pausa algo que hago por mi cuenta",
    "act.resume_schedule": "reanudar algo que está en pausa",
    "act.run_schedule": "hacer ahora algo que hago por mi cuenta",
    "do.pause_schedule": "poner en pausa {schedule}",
    "do.resume_schedule": "reanudar {schedule}",
    "do.run_schedule": "hacer ahora {schedule}",
    "card.comes": "Próxima vez: {when}",
    "schedules": "Lo que hago por mi cuenta:",
    "schedules.none": "No hago nada por mi cuenta para ti.",
    "schedules.hint": (
        "Para cambiar algo, di por ejemplo «pausa la programación {ref}», «reanuda la "
        "programación {ref}» o «ejecuta la programación {ref} ahora»."
    ),
    "schedules.paused": "en pausa",
    "schedules.never": "aún no",
    "schedules.last": "{result}, {at}",
    "schedules.companys": "empresa",
    "schedule.paused": "Hecho: {schedule} queda en pausa. «programaciones» dice cómo reanudarlo.",
    "schedule.resumed": "Hecho: {schedule} sigue. Próxima vez: {when}.",
    "schedule.asked": "Empiezo ahora con {schedule}. «programaciones» muestra cómo acabó.",
    "kind.ledger_check": "la revisión del libro mayor",
    "kind.audit_anchor": "la revisión de la auditoría",
    "kind.retention": "la limpieza",
    "kind.digest": "el resumen",
    "kind.task": "el recordatorio",
    "kind.month_end": "el informe de fin de mes",
    "kind.other": "esto",
    "ran.sound": "todo en orden",
    "ran.broken": "algo va mal",
    "ran.dropped": "se olvidó lo antiguo",
    "ran.nothing": "nada que hacer",
    "ran.sent": "enviado",
    "ran.nobody": "nadie a quien decirlo",
    "ran.missed": "perdido",
    "ran.failed": "falló",
    "ran.other": "hecho",
    "upkeep.ledger": (
        "La revisión nocturna encontró {count} cosas en el libro mayor que no cuadran, la "
        "primera: {first}. No se mueve dinero hasta que alguien lo mire: ejecuta `bursar doctor` "
        "en el servidor y restaura la última copia sana si te lo pide."
    ),
    "upkeep.chain": (
        "La cadena de auditoría no está entera: {what} Mirar no ha cambiado nada. Ejecuta `bursar "
        "audit verify` en el servidor y sigue lo que diga."
    ),
}
