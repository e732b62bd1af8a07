"""What to do after an error, and the rule behind a refusal, in English and Spanish.

`next.` says what to do, `rule.` why it is so; then a code.
"""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    # What to do
    "next.error": "Try it in other words, or ask “what can you do?”",
    "next.refused": "Ask “why?” for the rule, or ask for something else.",
    "next.not_allowed": "Ask an owner or an admin, or say “what can you do?” for what you may.",
    "next.not_allowed.budget": "You can ask for it: “{example}”.",
    "next.not_allowed.own": "To take it back, say “cancel my request {ref}”.",
    "next.not_allowed.nobody": "An owner can give somebody else the role lead or finance.",
    "next.not_allowed.nobody.amount": (
        "Ask for less; or an owner can change it: “let finance approve up to 5000”."
    ),
    "next.not_allowed.cancel": "Whoever may decide it can reject it: “reject {ref}”.",
    "next.not_allowed.role": "Ask an owner.",
    "next.above_right": "Make it less; or an owner can change what the role may do.",
    "next.above_right.able": "That is for {able}. You can make it less.",
    "next.not_found": "Ask “what can you do?” for what there is.",
    "next.not_found.wallet": "Say “show the wallets” to see those that there are.",
    "next.not_found.person": "Say “people” to see everybody.",
    "next.not_found.message": "Say “undelivered” to see them.",
    "next.not_found.account": "Say “accounts” to see those that there are.",
    "next.not_found.provider": "Say “list providers” to see those that there are.",
    "next.not_found.schedule": "Say “schedules” to see what there is.",
    "next.not_found.rule": "Say “list routing rules” to see those that there are.",
    "next.not_found.model": "Say “list providers” to see which models there are.",
    "next.not_found.pause": "Say “everybody's quota” to see who is.",
    "next.not_found.use": "Say “everybody's quota” to see who has.",
    "next.not_found.link": "Say “link” for a new one.",
    "next.not_found.button": "Answer the latest card, or say what you want once more.",
    "next.not_found.proposal": "Say what you want once more.",
    "next.not_found.request": "Say “requests” to see those that wait.",
    "next.ambiguous": "Say which one, with its whole name.",
    "next.invalid_input": "Say it again with another value.",
    "next.insufficient_funds": (
        "Ask for less, or ask for budget: “ask for {amount} more for {wallet}”."
    ),
    "next.insufficient_funds.unknown": "Ask for less, or ask “why?” for the limit that binds.",
    "next.unknown_price": "Take another model, or ask an operator to enter its price.",
    "next.quota_exceeded": "You can go on later.",
    "next.quota_exceeded.at": "You can go on from {when}.",
    "next.too_fast": "It ends by itself on {when}; until then I answer nothing more, but buttons"
    " of cards that are open still work.",
    "next.not_in_plan": "Name another model, or ask an administrator for another plan.",
    "next.call_too_dear": "Name a cheaper model, or ask an administrator for another plan.",
    "next.beyond_history": "Ask from {day} on, or ask an administrator for another plan.",
    "next.wallet_closed": "Name another wallet, or ask an admin to open it again.",
    "next.nothing_to_undo": "You can still say what you want changed.",
    "next.not_private": "Write it to me in private.",
    "next.not_shared": "Say it in the group or channel you mean; “digest daily” sets your own.",
    "next.offer_used": "Say what you want in words if it is something else.",
    "next.offer_used.drafted": "Answer its card, or say what you want once more.",
    "next.offer_expired": "Say what you want in words.",
    "next.proposal_not_open": "Say “requests” to see how it stands.",
    "next.proposal_expired": "Say it once more if you still want it.",
    "next.proposal_superseded": "Answer the latest card.",
    "next.proposal_decided": "Your answer has changed nothing.",
    "next.shortfall": "Ask for less, or ask “why?” for the limit that binds.",
    "next.conflict": "Look at how it stands now and ask again if you still want it.",
    "next.key_reused": "Send the new contents with a new key.",
    "next.hold_resolved": "There is nothing left to do.",
    "next.unavailable": "Try again in {wait}.",
    "next.no_model.rule": "An admin can change it: “list routing rules”.",
    "next.file_too_large": (
        "Ask for fewer days or one wallet; `bursar export` on the server writes any size."
    ),
    "next.action_too_slow": "Ask about fewer days or one wallet, or again in a minute.",
    "next.no_model": "An admin can add a provider; what I read by rules works without one.",
    "next.unanswered": "Say it in plain words such as “balance”, or try again in a minute.",
    "next.broken": "An operator must look: `bursar doctor` says what to do.",
    # The rules behind refusals
    "rule.refused": "what is refused leaves everything as it was.",
    "rule.not_allowed": (
        "what somebody may do follows from their roles, as they are at that moment; what no role "
        "allows is refused."
    ),
    "rule.not_allowed.own": "nobody decides a request of their own, on no account of theirs.",
    "rule.above_right": (
        "an owner sets how much a role may do at a time; of several roles the farthest counts, "
        "as they are at the moment of the yes."
    ),
    "rule.not_found": "I act only on what I can find for sure.",
    "rule.ambiguous": "where a name may mean two things I ask and do not guess.",
    "rule.invalid_input": "a value that I cannot take as it is is never rounded or guessed.",
    "rule.insufficient_funds": (
        "a spend counts against the wallet and every wallet above it, and each of them must have "
        "it free."
    ),
    "rule.unknown_price": "a model without a price is never taken to be free.",
    "rule.quota_exceeded": "everybody has so many uses in a span; then they wait for the next.",
    "rule.quota_exceeded.plan": "the plan {plan} allows {limit} {unit} a day; {left} were left,"
    " {asked} asked for.",
    "rule.too_fast": "at most {most} in {within}, counted back from each one; then a pause.",
    "rule.not_in_plan": "a plan may name the models that may be asked; {plan} does.",
    "rule.call_too_dear": "the plan {plan} lets one call cost {ceiling} at most.",
    "rule.beyond_history": "the plan {plan} looks back {days} from today.",
    "rule.wallet_closed": "from a closed wallet, or one below it, nothing is spent.",
    "rule.nothing_to_undo": "only your own last change is taken back, and only once.",
    "rule.not_private": "what gives access is shown to one person, where nobody reads along.",
    "rule.not_shared": "what is told to a whole chat is ordered and ended in that chat.",
    "rule.offer_used": "a button that changes something works once.",
    "rule.offer_expired": "a button below a message counts for some days, and not for ever.",
    "rule.proposal_not_open": "a proposal is decided once, while it waits.",
    "rule.proposal_expired": "a draft waits 15 minutes for an answer, a request 48 hours.",
    "rule.proposal_superseded": "only the latest version of a proposal can be confirmed.",
    "rule.proposal_decided": "the first decision counts.",
    "rule.shortfall": "an account is never drawn below what it has free.",
    "rule.conflict": "where two people change the same thing, the first change counts.",
    "rule.key_reused": "a key stands for one thing, so that repeating it does nothing twice.",
    "rule.hold_resolved": "what was set aside is settled or given back once.",
}

WORDS_ES: Final[dict[str, str]] = {
    # What to do
    "next.error": "Dilo con otras palabras o pregunta «¿qué puedes hacer?».",
    "next.refused": "Pregunta «¿por qué?» para ver la regla, o pide otra cosa.",
    "next.not_allowed": (
        "Pídeselo a un propietario o administrador, o di «¿qué puedes hacer?» para ver qué puedes "
        "tú."
    ),
    "next.not_allowed.budget": "Puedes pedirlo: «{example}».",
    "next.not_allowed.own": "Para retirarla, di «cancela mi solicitud {ref}».",
    "next.not_allowed.nobody": (
        "Un propietario puede dar a otra persona el rol de líder o de finanzas."
    ),
    "next.not_allowed.cancel": "Quien puede decidirla puede rechazarla: «rechaza {ref}».",
    "next.not_allowed.role": "Pídeselo a un propietario.",
    "next.not_allowed.nobody.amount": (
        "Pide menos; o un propietario puede cambiarlo: «finanzas puede aprobar hasta 5000»."
    ),
    "next.above_right": "Hazlo por menos; o un propietario puede cambiar lo que puede el rol.",
    "next.above_right.able": "Eso es cosa de {able}. Puedes hacerlo por menos.",
    "next.not_found": "Pregunta «¿qué puedes hacer?» para ver lo que hay.",
    "next.not_found.wallet": "Di «muestra las carteras» para ver las que hay.",
    "next.not_found.person": "Di «personas» para ver a todas.",
    "next.not_found.message": "Di «mensajes no entregados» para verlos.",
    "next.not_found.account": "Di «cuentas» para ver las que hay.",
    "next.not_found.provider": "Di «lista los proveedores» para ver los que hay.",
    "next.not_found.schedule": "Di «programaciones» para ver lo que hay.",
    "next.not_found.rule": "Di «lista las reglas de enrutado» para ver las que hay.",
    "next.not_found.model": "Di «lista los proveedores» para ver qué modelos hay.",
    "next.not_found.pause": "Di «los cupos» para ver quién lo está.",
    "next.not_found.use": "Di «los cupos» para ver quién ha gastado.",
    "next.not_found.link": "Di «vincula mi cuenta» para obtener otro.",
    "next.not_found.button": "Responde a la última tarjeta o di otra vez lo que quieres.",
    "next.not_found.proposal": "Di otra vez lo que quieres.",
    "next.not_found.request": "Di «solicitudes» para ver las que esperan.",
    "next.ambiguous": "Di cuál, con el nombre completo.",
    "next.invalid_input": "Dilo otra vez con otro valor.",
    "next.insufficient_funds": (
        "Pide menos o pide presupuesto: «pide {amount} más para {wallet}»."
    ),
    "next.insufficient_funds.unknown": "Pide menos o pregunta «¿por qué?» para ver qué límite es.",
    "next.unknown_price": "Elige otro modelo o pide que se dé de alta su precio.",
    "next.quota_exceeded": "Podrás seguir más tarde.",
    "next.quota_exceeded.at": "Podrás seguir desde el {when}.",
    "next.too_fast": "Termina sola el {when}; hasta entonces no respondo nada más, pero los"
    " botones de las tarjetas abiertas sí funcionan.",
    "next.not_in_plan": "Di otro modelo, o pide otro plan a un administrador.",
    "next.call_too_dear": "Di un modelo más barato, o pide otro plan a un administrador.",
    "next.beyond_history": "Pregunta desde el {day}, o pide otro plan a un administrador.",
    "next.wallet_closed": "Di otra cartera o pide a un administrador que la vuelva a abrir.",
    "next.nothing_to_undo": "Puedes decirme qué quieres cambiar.",
    "next.not_private": "Escríbemelo en privado.",
    "next.not_shared": "Dilo en el grupo o canal que toque; «resumen diario» pone el tuyo.",
    "next.offer_used": "Di con palabras lo que quieres si es otra cosa.",
    "next.offer_used.drafted": "Responde a su tarjeta o di otra vez lo que quieres.",
    "next.offer_expired": "Di con palabras lo que quieres.",
    "next.proposal_not_open": "Di «solicitudes» para ver cómo está.",
    "next.proposal_expired": "Dilo otra vez si aún lo quieres.",
    "next.proposal_superseded": "Responde a la última tarjeta.",
    "next.proposal_decided": "Tu respuesta no ha cambiado nada.",
    "next.shortfall": "Pide menos o pregunta «¿por qué?» para ver qué límite es.",
    "next.conflict": "Mira cómo está ahora y pídelo otra vez si aún lo quieres.",
    "next.key_reused": "Envía el contenido nuevo con una clave nueva.",
    "next.hold_resolved": "No queda nada por hacer.",
    "next.unavailable": "Vuelve a intentarlo dentro de {wait}.",
    "next.no_model.rule": "Un administrador puede cambiarla: «lista las reglas de enrutado».",
    "next.file_too_large": (
        "Pide menos días o una cartera; `bursar export` en el servidor escribe cualquier tamaño."
    ),
    "next.action_too_slow": "Pregunta por menos días o una cartera, o de nuevo en un minuto.",
    "next.no_model": "Un administrador puede añadir un proveedor; con reglas leo sin ninguno.",
    "next.unanswered": "Dilo con otras palabras, como «saldo», o inténtalo dentro de un minuto.",
    "next.broken": "Tiene que revisarlo quien lo administra: `bursar doctor` dice qué hacer.",
    # The rules behind refusals
    "rule.refused": "lo que se rechaza deja todo como estaba.",
    "rule.not_allowed": (
        "lo que cada cual puede hacer sale de sus roles en ese momento; lo que ningún rol permite "
        "se rechaza."
    ),
    "rule.not_allowed.own": "nadie decide su propia solicitud, desde ninguna de sus cuentas.",
    "rule.above_right": (
        "un propietario fija cuánto puede hacer un rol de una vez; de varios roles cuenta el que "
        "más alcanza, tal como están en el momento del sí."
    ),
    "rule.not_found": "solo actúo sobre lo que encuentro con seguridad.",
    "rule.ambiguous": "si un nombre puede ser dos cosas, pregunto y no adivino.",
    "rule.invalid_input": "un valor que no sirve tal cual no se redondea ni se adivina.",
    "rule.insufficient_funds": (
        "un gasto cuenta en la cartera y en todas las que tiene por encima, y cada una debe "
        "tenerlo libre."
    ),
    "rule.unknown_price": "un modelo sin precio nunca se toma por gratuito.",
    "rule.quota_exceeded": "cada persona tiene un cupo por tramo; después espera al siguiente.",
    "rule.quota_exceeded.plan": "el plan {plan} permite {limit} {unit} al día; quedaban {left} y"
    " se pedían {asked}.",
    "rule.too_fast": "como mucho {most} en {within}, contando hacia atrás desde cada uno; después,"
    " una pausa.",
    "rule.not_in_plan": "un plan puede decir a qué modelos se pregunta; {plan} lo dice.",
    "rule.call_too_dear": "el plan {plan} permite que una llamada cueste como mucho {ceiling}.",
    "rule.beyond_history": "el plan {plan} mira {days} atrás desde hoy.",
    "rule.wallet_closed": "una cartera cerrada no paga nada, ni las que tiene por debajo.",
    "rule.nothing_to_undo": "solo se deshace tu propio último cambio, y una sola vez.",
    "rule.not_private": "lo que da acceso se enseña a una persona, donde no lo lee nadie más.",
    "rule.not_shared": "lo que se cuenta a todo un chat se pide y se quita en ese chat.",
    "rule.offer_used": "un botón que cambia algo funciona una vez.",
    "rule.offer_expired": "un botón bajo un mensaje cuenta unos días, no para siempre.",
    "rule.proposal_not_open": "una propuesta se decide una vez, mientras espera.",
    "rule.proposal_expired": ("un borrador espera respuesta 15 minutos; una solicitud, 48 horas."),
    "rule.proposal_superseded": "solo se confirma la última versión de una propuesta.",
    "rule.proposal_decided": "cuenta la primera decisión.",
    "rule.shortfall": "de una cuenta nunca sale más de lo que tiene libre.",
    "rule.conflict": "si dos personas cambian lo mismo, cuenta el primer cambio.",
    "rule.key_reused": "una clave vale para una sola cosa, así nada se hace dos veces.",
    "rule.hold_resolved": "lo apartado se liquida o se devuelve una sola vez.",
}
