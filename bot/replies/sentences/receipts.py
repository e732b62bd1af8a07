"""Sentences about what was done, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "sent": (
        "Sent to {approver} as #{ref}. I'll tell you when it is decided; it expires on {when}."
    ),
    "sent.join": "Asked, as #{ref}. I'll tell you when it is decided; it expires on {when}.",
    "sent.other": "Request #{ref} waits for {approver}; it expires on {when}.",
    "raised": "Done. {wallet}'s {limit} is {amount} {until}: {more} more.",
    "raised.back": "After that it goes back by itself.",
    "raised.other": "{wallet}'s {limit} is now {amount} {until}: {more} more.",
    "moved": "Done. {amount} moved from {source} to {target}.",
    "moved.other": "{amount} moved from {source} to {target}.",
    "moved.free": "Free now: {source} {source_free}, {target} {target_free}.",
    "restored": "{wallet}'s {limit} is {amount} now.",
    "restored.none": "{wallet} has no {limit} now.",
    "undone": "Undone: {action}.",
    "undo.hint": "To take it back, say “undo”.",
    "limit_set": "Done. {wallet}'s {limit}: {before} -> {after}.",
    "limit_set.other": "{wallet}'s {limit}: {before} -> {after}.",
    "thresholds_set": "Done. {wallet} warns at {percents} of its limit.",
    "wallet.created": "Done. {wallet} is a new wallet below {parent}.",
    "wallet.created.limit": "Its monthly limit is {amount}.",
    "wallet.created.no_limit": "It has no limit of its own; what is above it binds.",
    "wallet.renamed": "Done. {before} is called {wallet} now; its history stays.",
    "wallet.closed": "Done. {wallet} is closed: nothing is spent from it; its history stays.",
    "wallet.reopened": "Done. {wallet} is open again.",
    "person.added": "Done. {name} is here, as a member of {wallet}.",
    "person.added.no_wallet": "Done. {name} is here, without a role so far.",
    "person.handle": "In the terminal they are called {handle}.",
    "person.disabled": "Done. {name} is shut out and may do nothing here any more.",
    "signed.rules": "— read by rules",
    "signed.rules.looked": "— read by rules, looked at again by a model for {cost}",
    "signed.model": "— read by {model} for {cost}",
    "signed.model.estimated": "— read by {model} for about {cost}",
    "signed.fallback": "Another model than usual answered.",
    "signed.why": "No model could be asked.",
    "signed.why.insufficient_funds": "There is too little budget left to ask a model.",
    "signed.why.wallet_closed": "The wallet that would pay for a model is closed.",
    "signed.why.quota_exceeded": "The model was asked as often as it may be today.",
    "signed.why.not_in_plan": "The model is not in your plan.",
    "signed.why.call_too_dear": "A call could cost more than your plan allows for one.",
    "signed.why.unknown_price": "Nobody knows what the model costs, so it was not asked.",
    "undelivered": "What did not arrive ({number}):",
    "undelivered.none": "Everything arrived, as far as I know.",
    "undelivered.hint": "To send one again, say “resend {number}”.",
    "undelivered.blocked": "they have blocked me",
    "undelivered.chat_gone": "the chat is gone",
    "undelivered.archived": "the channel is archived",
    "undelivered.not_installed": "the app is not installed there",
    "undelivered.refused": "the platform refused it",
    "undelivered.token_revoked": "my access to the platform was revoked",
    "undelivered.not_sent": "the platform took nothing, ten times",
    "undelivered.maybe_sent": "no answer came; it may have arrived",
    "undelivered.bug": "a fault of mine; the log has it",
    "undelivered.other": "the platform could not be reached",
    "sent_again": "Done. Message {number} to {name} on {platform} is sent once more.",
    "link.made": (
        "Write me this in private in the other app, by {when}: /link {token}\n"
        "It works once. Whoever has it could act in your name there, so show it to nobody."
    ),
    "account.linked": (
        "Done. This account belongs to {name} of {company} now: same rights, same requests."
    ),
    "account.linked.other": (
        "{account} is linked to you now and may do all that you may. If that was not you, "
        "say “unlink {platform}” at once."
    ),
    "quiet.set": (
        "Your quiet hours are {hours} ({zone}). What I say by myself then waits until they are "
        "over; answers and cards that need your decision come at once."
    ),
    "quiet.ended": "You have no quiet hours any more: what waited comes now.",
    "quiet.shown": "Your quiet hours are {hours} ({zone}). To end them, say “no quiet hours”.",
    "quiet.none": "You have no quiet hours. To set some, say “quiet hours 22:00 to 7:00”.",
    "account.unlinked.own": "Done. {account} is not linked to you any more.",
    "account.unlinked": "Done. {account} is not linked to {name} any more.",
    "account.unlinked.other": "{by} has unlinked {account} from you.",
    "accounts": "Your accounts ({number}):",
    "accounts.none": "No account is linked to you.",
    "accounts.of": "Accounts of {name} ({number}):",
    "accounts.of.none": "No account is linked to {name}.",
    "accounts.hint": "To link one more, say “link”; to remove one, for example, “unlink slack”.",
    "account.since": "since {day}",
    "plan.set": "Done. {name} is on the plan {plan} now, no longer on {before}.",
    "plan.set.other": "You are on the plan {plan} now, no longer on {before}.",
    "pause.lifted": "Done. {name} may write again; the pause would have lasted until {when}.",
    "pause.lifted.other": "Your pause is over: you may write again.",
    "quota.given_back": "Done. {name} has {reads} questions and {writes} changes more today.",
    "quota.given_back.other": "You have {reads} questions and {writes} changes more today.",
    "quota.own": "You are on the plan {plan}.",
    "quota.of": "{name} is on the plan {plan}.",
    "quota.day": (
        "Today: {reads} of {most_reads} questions, {writes} of {most_writes} changes begun. The"
        " next day begins on {when}."
    ),
    "quota.history": "Spending is shown from {day} on.",
    "quota.pause": "On a pause until {when}; messages that came too fast or in it: {swallowed}.",
    "quota.all": "Plans and what is used of them today (questions, changes):",
    "quota.paused": "pause until {at}",
    "role.given": "Done. {name} is {role} of {wallet} now.",
    "role.given.all": "Done. {name} has the role {role} for the whole company now.",
    "role.given.other": "You are {role} of {wallet} now.",
    "role.given.all.other": "You have the role {role} for the whole company now.",
    "role.taken": "Done. {name} is not {role} of {wallet} any more.",
    "role.taken.all": "Done. {name} does not have the role {role} any more.",
    "role.taken.other": "You are not {role} of {wallet} any more.",
    "role.taken.all.other": "You do not have the role {role} any more.",
    "role_limit_set": (
        "Done. The most that the role {role} may {deed} at a time: {before} -> {after}."
    ),
}

WORDS_ES: Final[dict[str, str]] = {
    "sent": (
        "Solicitud #{ref} enviada a {approver}. Te avisaré cuando se decida; caduca el {when}."
    ),
    "sent.join": "Pedido, como #{ref}. Te avisaré cuando se decida; caduca el {when}.",
    "sent.other": "La solicitud #{ref} espera a {approver}; caduca el {when}.",
    "raised": "Hecho. El {limit} de {wallet} es de {amount} {until}: {more} más.",
    "raised.back": "Después vuelve solo a su valor.",
    "raised.other": "El {limit} de {wallet} es ahora de {amount} {until}: {more} más.",
    "moved": "Hecho. {amount} pasan de {source} a {target}.",
    "moved.other": "{amount} pasan de {source} a {target}.",
    "moved.free": "Libre ahora: {source} {source_free}, {target} {target_free}.",
    "restored": "El {limit} de {wallet} es ahora de {amount}.",
    "restored.none": "{wallet} no tiene ahora {limit}.",
    "undone": "Deshecho: {action}.",
    "undo.hint": "Para volver atrás, di «deshaz lo último».",
    "limit_set": "Hecho. El {limit} de {wallet}: {before} -> {after}.",
    "limit_set.other": "El {limit} de {wallet}: {before} -> {after}.",
    "thresholds_set": "Hecho. {wallet} avisa al {percents} de su límite.",
    "wallet.created": "Hecho. {wallet} es una cartera nueva dentro de {parent}.",
    "wallet.created.limit": "Su límite mensual es de {amount}.",
    "wallet.created.no_limit": "No tiene límite propio; cuentan los que están por encima.",
    "wallet.renamed": "Hecho. {before} se llama ahora {wallet}; su historial se conserva.",
    "wallet.closed": "Hecho. {wallet} está cerrada: ya no paga nada; su historial se conserva.",
    "wallet.reopened": "Hecho. {wallet} vuelve a estar abierta.",
    "person.added": "Hecho. {name} ya está, como miembro de {wallet}.",
    "person.added.no_wallet": "Hecho. {name} ya está, por ahora sin rol.",
    "person.handle": "En la terminal se llama {handle}.",
    "person.disabled": "Hecho. {name} ya no tiene acceso y no puede hacer nada aquí.",
    "signed.rules": "— leído con reglas",
    "signed.rules.looked": "— leído con reglas, revisado por un modelo por {cost}",
    "signed.model": "— leído por {model} por {cost}",
    "signed.model.estimated": "— leído por {model} por unos {cost}",
    "signed.fallback": "Ha respondido un modelo distinto del habitual.",
    "signed.why": "No se ha podido preguntar a ningún modelo.",
    "signed.why.insufficient_funds": "Queda muy poco presupuesto para preguntar a un modelo.",
    "signed.why.wallet_closed": "La cartera que pagaría el modelo está cerrada.",
    "signed.why.quota_exceeded": "Hoy ya se ha preguntado al modelo tantas veces como se puede.",
    "signed.why.not_in_plan": "El modelo no está en tu plan.",
    "signed.why.call_too_dear": "Una llamada podría costar más de lo que permite tu plan.",
    "signed.why.unknown_price": "Nadie sabe cuánto cuesta el modelo: no se le ha preguntado.",
    "undelivered": "Lo que no llegó ({number}):",
    "undelivered.none": "Todo ha llegado, que yo sepa.",
    "undelivered.hint": "Para volver a enviar uno, di «reenvía {number}».",
    "undelivered.blocked": "me ha bloqueado",
    "undelivered.chat_gone": "el chat ya no existe",
    "undelivered.archived": "el canal está archivado",
    "undelivered.not_installed": "la aplicación no está instalada allí",
    "undelivered.refused": "la plataforma lo rechazó",
    "undelivered.token_revoked": "me han retirado el acceso a la plataforma",
    "undelivered.not_sent": "la plataforma no lo aceptó, diez veces",
    "undelivered.maybe_sent": "no hubo respuesta; quizá llegó",
    "undelivered.bug": "un fallo mío; está en el registro",
    "undelivered.other": "no se pudo llegar a la plataforma",
    "sent_again": "Hecho. El mensaje {number} a {name} en {platform} se envía otra vez.",
    "link.made": (
        "Escríbeme esto en privado en la otra aplicación, hasta el {when}: /link {token}\n"
        "Sirve una sola vez. Quien lo tenga podría actuar en tu nombre: no lo enseñes a nadie."
    ),
    "account.linked": (
        "Hecho. Esta cuenta es ahora de {name}, de {company}: los mismos derechos y solicitudes."
    ),
    "account.linked.other": (
        "{account} está ahora vinculada a ti y puede todo lo que tú puedes. Si no has sido tú, "
        "di «desvincula {platform}» enseguida."
    ),
    "quiet.set": (
        "Tus horas de silencio son {hours} ({zone}). Lo que yo diga por mi cuenta espera hasta "
        "que acaben; las respuestas y las tarjetas que esperan tu decisión llegan al momento."
    ),
    "quiet.ended": "Ya no tienes horas de silencio: lo que esperaba llega ahora.",
    "quiet.shown": (
        "Tus horas de silencio son {hours} ({zone}). Para quitarlas, di «sin horas de silencio»."
    ),
    "quiet.none": (
        "No tienes horas de silencio. Para fijarlas, di «horas de silencio de 22:00 a 7:00»."
    ),
    "account.unlinked.own": "Hecho. {account} ya no está vinculada a ti.",
    "account.unlinked": "Hecho. {account} ya no está vinculada a {name}.",
    "account.unlinked.other": "{by} ha desvinculado {account} de ti.",
    "accounts": "Tus cuentas ({number}):",
    "accounts.none": "No tienes ninguna cuenta vinculada.",
    "accounts.of": "Cuentas de {name} ({number}):",
    "accounts.of.none": "{name} no tiene ninguna cuenta vinculada.",
    "accounts.hint": (
        "Para vincular otra, di «vincula mi cuenta»; para quitar una, por ejemplo, "
        "«desvincula slack»."
    ),
    "account.since": "desde el {day}",
    "plan.set": "Hecho. {name} está ahora en el plan {plan}; antes, en {before}.",
    "plan.set.other": "Ahora estás en el plan {plan}; antes, en {before}.",
    "pause.lifted": (
        "Hecho. {name} puede volver a escribir; la pausa habría durado hasta el {when}."
    ),
    "pause.lifted.other": "Tu pausa ha terminado: puedes volver a escribir.",
    "quota.given_back": "Hecho. {name} tiene hoy {reads} consultas y {writes} cambios más.",
    "quota.given_back.other": "Hoy tienes {reads} consultas y {writes} cambios más.",
    "quota.own": "Estás en el plan {plan}.",
    "quota.of": "{name} está en el plan {plan}.",
    "quota.day": (
        "Hoy: {reads} de {most_reads} consultas, {writes} de {most_writes} cambios empezados. El"
        " día siguiente empieza el {when}."
    ),
    "quota.history": "El gasto se muestra desde el {day}.",
    "quota.pause": (
        "En pausa hasta el {when}; mensajes que llegaron demasiado deprisa o en ella: {swallowed}."
    ),
    "quota.all": "Planes y lo gastado hoy (consultas, cambios):",
    "quota.paused": "pausa hasta el {at}",
    "role.given": "Hecho. {name} tiene ahora el rol de {role} en {wallet}.",
    "role.given.all": "Hecho. {name} tiene ahora el rol de {role} en toda la empresa.",
    "role.given.other": "Ahora tienes el rol de {role} en {wallet}.",
    "role.given.all.other": "Ahora tienes el rol de {role} en toda la empresa.",
    "role.taken": "Hecho. {name} ya no tiene el rol de {role} en {wallet}.",
    "role.taken.all": "Hecho. {name} ya no tiene el rol de {role}.",
    "role.taken.other": "Ya no tienes el rol de {role} en {wallet}.",
    "role.taken.all.other": "Ya no tienes el rol de {role}.",
    "role_limit_set": (
        "Hecho. Lo máximo que el rol de {role} puede {deed} de una vez: {before} -> {after}."
    ),
}
