"""Sentences about requests and their decisions, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "decided.approved.move": "Approved #{ref}: {given} moved from {source} to {wallet}.",
    "decided.approved.move.other": (
        "{by} approved #{ref}: {given} moved from {source} to {wallet}."
    ),
    "decided.approved.join": (
        "Approved #{ref}: {asker} is here now, without a role so far. "
        "Give one: “make {asker} member of ...”."
    ),
    "decided.approved.join.other": (
        "{by} has let you in as {asker}. You have no role so far; an admin can give you one."
    ),
    "decided.approved.join.wallet": "Approved #{ref}: {asker} is here as a member of {wallet}.",
    "decided.approved.join.wallet.other": (
        "{by} has let you in as {asker}, a member of {wallet}. Say “what can you do?” to begin."
    ),
    "decided.rejected.join": "Rejected #{ref}: {asker} ({account}) is not let in.",
    "decided.rejected.join.other": "You were not let in (#{ref}).",
    "decided.cancelled.join": "Taken back: #{ref}.",
    "decided.cancelled.join.other": "{by} took back #{ref}.",
    "decided.failed.join": "You approved #{ref}, but it could not be done. {why}",
    "decided.failed.join.other": "Your request #{ref} could not be done. {why}",
    "decided.approved": "Approved #{ref}: {wallet}'s {limit} is {amount} {until}.",
    "decided.approved.other": "{by} approved #{ref}: {wallet}'s {limit} is {amount} {until}.",
    "decided.amount": "{given} was given; {asked} was asked for.",
    "decided.rejected": "Rejected #{ref} from {asker}: {asked} for {wallet}. Nothing was changed.",
    "decided.rejected.other": "{by} rejected #{ref}: {asked} for {wallet}. Nothing was changed.",
    "decided.rejected.next": "You can ask again, for less or with another reason.",
    "decided.reason": "Reason: {reason}.",
    "decided.cancelled": "Taken back: #{ref}, {asked} for {wallet}. Nothing was changed.",
    "decided.cancelled.other": "{by} took back #{ref}: {asked} for {wallet}.",
    "decided.failed": "You approved #{ref}, but it could not be done. {why} Nothing was changed.",
    "decided.failed.other": (
        "{by} approved #{ref}, but it could not be done. {why} Nothing was changed."
    ),
    "decided.told": "I have told {asker}.",
    "requests.open": "Requests that wait ({number}):",
    "requests.mine": "Your requests ({number}):",
    "requests.all": "Requests ({number}):",
    "requests.open.none": "No request waits.",
    "requests.mine.none": "You have asked for nothing yet.",
    "requests.all.none": "There are no requests.",
    "requests.about": "Requests: {about} ({number}):",
    "requests.about.none": "No requests: {about}.",
    "requests.mine.about": "Your requests: {about} ({number}):",
    "requests.mine.about.none": "No requests of yours: {about}.",
    "requests.state.waiting": "waiting",
    "requests.state.approved": "approved",
    "requests.state.rejected": "rejected",
    "requests.state.cancelled": "taken back",
    "requests.state.expired": "expired",
    "requests.state.failed": "could not be done",
    "request.join": "to be let in",
    "request.waits": "waits until {at}",
    "request.approved": "approved by {by}",
    "request.rejected": "rejected by {by}",
    "request.cancelled": "taken back",
    "request.expired": "expired",
    "request.failed": "could not be done",
    "request.other": "closed",
    # What a platform's adapter says itself
    "notice.copy": "This may be a second copy: the first may not have arrived.",
    "notice.copy.ref": (
        "This may be a second copy (reference {ref}): the first may not have arrived."
    ),
    "notice.no_picture": "The picture itself could not be shown here.",
    "notice.aside": "I have answered you in private.",
    "notice.card_aside": "I have sent you a card in private. Only you see the details.",
    "notice.no_private": (
        "I can't write to you in private yet: open a chat with me, say hello, and ask there."
    ),
    "notice.open_private": (
        "I answer in private only. Please open a chat with me, press Start, and ask again."
    ),
    "notice.private_chat": "Open the private chat",
}

WORDS_ES: Final[dict[str, str]] = {
    "decided.approved.move": "Aprobada #{ref}: {given} pasan de {source} a {wallet}.",
    "decided.approved.move.other": (
        "{by} ha aprobado #{ref}: {given} pasan de {source} a {wallet}."
    ),
    "decided.approved.join": (
        "Aprobada #{ref}: {asker} ya está, por ahora sin rol. "
        "Dale uno: «haz a {asker} miembro de ...»."
    ),
    "decided.approved.join.other": (
        "{by} te ha dado acceso como {asker}. Aún no tienes rol; un administrador puede darte uno."
    ),
    "decided.approved.join.wallet": "Aprobada #{ref}: {asker} ya está, como miembro de {wallet}.",
    "decided.approved.join.wallet.other": (
        "{by} te ha dado acceso como {asker}, miembro de {wallet}. "
        "Di «¿qué puedes hacer?» para empezar."
    ),
    "decided.rejected.join": "Rechazada #{ref}: {asker} ({account}) no tiene acceso.",
    "decided.rejected.join.other": "No se te ha dado acceso (#{ref}).",
    "decided.cancelled.join": "Retirada: #{ref}.",
    "decided.cancelled.join.other": "{by} ha retirado #{ref}.",
    "decided.failed.join": "Has aprobado #{ref}, pero no se ha podido hacer. {why}",
    "decided.failed.join.other": "Tu solicitud #{ref} no se ha podido hacer. {why}",
    "decided.approved": "Aprobada #{ref}: el {limit} de {wallet} es de {amount} {until}.",
    "decided.approved.other": (
        "{by} ha aprobado #{ref}: el {limit} de {wallet} es de {amount} {until}."
    ),
    "decided.amount": "Se han dado {given}; se pedían {asked}.",
    "decided.rejected": (
        "Rechazada #{ref} de {asker}: {asked} para {wallet}. No se ha cambiado nada."
    ),
    "decided.rejected.other": (
        "{by} ha rechazado #{ref}: {asked} para {wallet}. No se ha cambiado nada."
    ),
    "decided.rejected.next": "Puedes volver a pedirlo, por menos o con otro motivo.",
    "decided.reason": "Motivo: {reason}.",
    "decided.cancelled": "Retirada: #{ref}, {asked} para {wallet}. No se ha cambiado nada.",
    "decided.cancelled.other": "{by} ha retirado #{ref}: {asked} para {wallet}.",
    "decided.failed": "Has aprobado #{ref}, pero no se ha podido hacer. {why} "
    "No se ha cambiado nada.",
    "decided.failed.other": (
        "{by} ha aprobado #{ref}, pero no se ha podido hacer. {why} No se ha cambiado nada."
    ),
    "decided.told": "He avisado a {asker}.",
    "requests.open": "Solicitudes que esperan ({number}):",
    "requests.mine": "Tus solicitudes ({number}):",
    "requests.all": "Solicitudes ({number}):",
    "requests.open.none": "No espera ninguna solicitud.",
    "requests.mine.none": "Aún no has pedido nada.",
    "requests.all.none": "No hay solicitudes.",
    "requests.about": "Solicitudes: {about} ({number}):",
    "requests.about.none": "Ninguna solicitud: {about}.",
    "requests.mine.about": "Tus solicitudes: {about} ({number}):",
    "requests.mine.about.none": "Ninguna solicitud tuya: {about}.",
    "requests.state.waiting": "en espera",
    "requests.state.approved": "aprobadas",
    "requests.state.rejected": "rechazadas",
    "requests.state.cancelled": "retiradas",
    "requests.state.expired": "caducadas",
    "requests.state.failed": "no se pudieron hacer",
    "request.join": "tener acceso",
    "request.waits": "espera hasta el {at}",
    "request.approved": "aprobada por {by}",
    "request.rejected": "rechazada por {by}",
    "request.cancelled": "retirada",
    "request.expired": "caducada",
    "request.failed": "no se pudo hacer",
    "request.other": "cerrada",
    # What a platform's adapter says itself
    "notice.copy": "Puede ser una segunda copia: quizá la primera no llegó.",
    "notice.copy.ref": (
        "Puede ser una segunda copia (referencia {ref}): quizá la primera no llegó."
    ),
    "notice.no_picture": "La imagen misma no se pudo mostrar aquí.",
    "notice.aside": "Te he respondido en privado.",
    "notice.card_aside": "Te he enviado una tarjeta en privado. Solo tú ves los detalles.",
    "notice.no_private": (
        "Aún no puedo escribirte en privado: abre un chat conmigo, salúdame y pregunta allí."
    ),
    "notice.open_private": (
        "Solo respondo en privado. Abre un chat conmigo, pulsa Iniciar y vuelve a preguntar."
    ),
    "notice.private_chat": "Abrir el chat privado",
}
