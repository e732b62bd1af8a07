"""Sentences about what the bot keeps and what it erases, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "act.show_memory": "see what I keep about you",
    "act.forget": "have your words erased",
    "memory": "What I keep about you, {name}:",
    "memory.accounts": "Accounts: {accounts}",
    "memory.roles": "Roles: {roles}",
    "memory.home": "Own wallet: {wallet}",
    "memory.plan": "Plan: {plan}",
    "memory.quiet": "Quiet hours: {hours}",
    "memory.turns": "Our talks: the last {number}, with what I answered, since {day}",
    "memory.no_turns": "Our talks: none",
    "memory.summary": "Older ones, since {day}: {text}",
    "memory.counted": "asked for {asked}",
    "memory.about": "last about {wallets}",
    "memory.tasks": "Open tasks and thoughts: {number}",
    "memory.words": "Messages that led to a change, behind the audit log: {number}",
    "memory.next": (
        "To have your words erased, say “forget what you know about me”. For your accounts and "
        "quiet hours, say “accounts” and “quiet hours”."
    ),
    "forgotten": (
        "Done. Erased of what you said: turns of our talks {turns}, summaries {summaries}, "
        "messages {messages}, my answers in private {answers}, tasks {tasks}, messages behind the "
        "audit log "
        "{words}. What we spoke of last is forgotten too."
    ),
    "forgotten.of": (
        "Done. Erased of what {name} said: turns of talks {turns}, summaries {summaries}, "
        "messages {messages}, my answers in private {answers}, tasks {tasks}, messages behind the "
        "audit log "
        "{words}. What we spoke of last is forgotten too."
    ),
    "forgotten.other": "{by} has had erased what you said to me and what I answered in private.",
    "forgotten.stays": (
        "What stays: amounts and decisions, with the reasons that others decided on, because the "
        "books must add up; the audit log, which holds no words but digests that say nothing any "
        "more; names, roles, accounts and quiet hours, because they are in use. Chat apps and "
        "backups have copies of their own."
    ),
    "do.forget": "erase what you have said to me, and what I answered in private",
    "do.forget.other": "erase what {wallet} has said to me, and what I answered in private",
    "card.forget": "This cannot be undone. Amounts, decisions and the audit log stay.",
}

WORDS_ES: Final[dict[str, str]] = {
    "act.show_memory": "ver lo que guardo de ti",
    "act.forget": "borrar lo que has dicho",
    "memory": "Lo que guardo de ti, {name}:",
    "memory.accounts": "Cuentas: {accounts}",
    "memory.roles": "Roles: {roles}",
    "memory.home": "Cartera propia: {wallet}",
    "memory.plan": "Plan: {plan}",
    "memory.quiet": "Horas de silencio: {hours}",
    "memory.turns": (
        "Nuestras conversaciones: las últimas {number}, con lo que respondí, desde el {day}"
    ),
    "memory.no_turns": "Nuestras conversaciones: ninguna",
    "memory.summary": "Las anteriores, desde el {day}: {text}",
    "memory.counted": "pediste {asked}",
    "memory.about": "lo último sobre {wallets}",
    "memory.tasks": "Tareas e ideas abiertas: {number}",
    "memory.words": "Mensajes que llevaron a un cambio, tras el registro de auditoría: {number}",
    "memory.next": (
        "Para borrar lo que has dicho, di «olvida lo que sabes de mí». Para tus cuentas y horas "
        "de silencio, di «cuentas» y «horas de silencio»."
    ),
    "forgotten": (
        "Hecho. Borrado de lo que dijiste: turnos de conversación {turns}, resúmenes "
        "{summaries}, mensajes {messages}, mis respuestas en privado {answers}, tareas {tasks}, "
        "mensajes tras el registro de auditoría {words}. También he olvidado de qué hablamos por "
        "último."
    ),
    "forgotten.of": (
        "Hecho. Borrado de lo que dijo {name}: turnos de conversación {turns}, resúmenes "
        "{summaries}, mensajes {messages}, mis respuestas en privado {answers}, tareas {tasks}, "
        "mensajes tras el registro de auditoría {words}. También he olvidado de qué hablamos por "
        "último."
    ),
    "forgotten.other": (
        "{by} ha hecho borrar lo que me has dicho y lo que te respondí en privado."
    ),
    "forgotten.stays": (
        "Lo que queda: importes y decisiones, con los motivos sobre los que otros decidieron, "
        "porque las cuentas deben cuadrar; el registro de auditoría, que no contiene palabras "
        "sino resúmenes criptográficos que ya no dicen nada; nombres, roles, cuentas y horas de "
        "silencio, porque están en uso. Las aplicaciones de chat y las copias de seguridad "
        "tienen sus propias copias."
    ),
    "do.forget": "borrar lo que me has dicho y lo que te respondí en privado",
    "do.forget.other": "borrar lo que {wallet} me ha dicho y lo que respondí en privado",
    "card.forget": (
        "No se puede deshacer. Los importes, las decisiones y el registro de auditoría quedan."
    ),
}
