"""Spanish sentences for errors, questions and what the bot says of itself; keys as in English."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, str]] = {
    "unchanged": "No se ha cambiado nada.",
    "reference": "Referencia: {reference}",
    "example": "Por ejemplo: {example}",
    "unexpected": (
        "Ha fallado algo que no debía fallar. Nada ha quedado a medias. Vuelve a intentarlo; si "
        "se repite, da la referencia a un administrador."
    ),
    # What happened
    "budget_example": "pide 200 más para design",
    "err.error": "Eso no ha funcionado.",
    "err.refused": "Eso no se puede hacer.",
    "err.not_allowed": "No puedes {what}.",
    "err.not_allowed.wallet": "No puedes {what} en {wallet}.",
    "err.not_allowed.own": "Pediste #{ref}, así que lo decide otra persona.",
    "err.not_allowed.nobody": "Solo tú podrías decidirlo, y nadie decide lo suyo.",
    "err.not_allowed.nobody.amount": "Nadie más puede aprobar aquí {needed} de una vez.",
    "err.not_allowed.cancel": "Solo quien pidió #{ref} puede retirarla.",
    "err.not_allowed.role": "No puedes dar ni quitar el rol de {role}.",
    "err.above_right": "Es más de lo que puedes hacer de una vez.",
    "err.above_right.amount": (
        "Con el rol de {role} puedes {deed} hasta {most} de una vez, y esto son {needed}."
    ),
    "err.above_right.unbounded": (
        "Con el rol de {role} puedes {deed} hasta {most} de una vez, y esto no tiene tope."
    ),
    "err.not_found": "No he encontrado nada con ese nombre.",
    "err.not_found.wallet": "No existe esa cartera.",
    "err.not_found.wallet.named": "No existe la cartera {name}.",
    "err.not_found.person": "No existe esa persona.",
    "err.not_found.person.named": "No hay nadie que se llame {name}.",
    "err.not_found.request": "No existe la solicitud #{name}.",
    "err.not_found.message": "No hay tal mensaje entre los que no llegaron.",
    "err.not_found.account": "No hay tal cuenta.",
    "err.not_found.account.named": "No hay ninguna cuenta {name} vinculada.",
    "err.not_found.schedule": "No hay nada así que yo haga por mi cuenta.",
    "err.not_found.provider": "No existe ese proveedor.",
    "err.not_found.provider.named": "No existe el proveedor {name}.",
    "err.not_found.rule": "No existe esa regla.",
    "err.not_found.rule.named": "No existe la regla {name}.",
    "err.not_found.model": "Ese proveedor no tiene ese modelo.",
    "err.not_found.model.named": "Ese proveedor no tiene el modelo {name}.",
    "err.not_found.pause": "Ahí no hay nadie en pausa.",
    "err.not_found.pause.named": "{name} no está en pausa.",
    "err.not_found.use": "No hay nada gastado del cupo de hoy.",
    "err.not_found.use.named": "{name} no ha gastado nada del cupo de hoy.",
    "err.not_found.link": "Ese vínculo ya no está.",
    "err.not_found.button": "Ese botón ya no cuenta o no es tuyo.",
    "err.not_found.proposal": "No existe ese borrador tuyo.",
    "err.ambiguous": "{name} puede ser más de una cosa: {choices}.",
    "err.invalid_input": "{field} no puede ser así.",
    "err.insufficient_funds": (
        "{wallet} tiene {free} libres {period} y hacen falta {needed}: faltan {missing}."
    ),
    "err.insufficient_funds.none": (
        "{wallet} no tiene nada libre {period} y hacen falta {needed}."
    ),
    "err.insufficient_funds.unknown": "{wallet} tiene menos de {needed} libres.",
    "err.file_too_large": "Eso da un archivo de más de {megabytes} MB, que ningún chat acepta.",
    "err.action_too_slow": "Eso tardó más de lo permitido, así que lo dejé.",
    "err.no_model": "No hay ningún modelo configurado que pueda responder a eso.",
    "err.no_model.rule": "La regla {rule} no deja preguntar a ningún modelo en uso.",
    "err.unknown_price": "Ese modelo no tiene precio, así que no se puede pagar.",
    "err.unknown_price.model": "El modelo {model} no tiene precio, así que no se puede pagar.",
    "err.quota_exceeded": "Has gastado tu cupo de {limit} {unit} {period}.",
    "err.quota_exceeded.left": (
        "Son {asked} {unit}, y de tu cupo de {limit} {period} quedan {left}."
    ),
    "err.too_fast": "Más de {most} mensajes en {within}: toca una breve pausa.",
    "err.too_fast.writes": "Más de {most} cambios empezados en {within}: toca una breve pausa.",
    "err.not_in_plan": "Tu plan, {plan}, no permite ninguno de los modelos que hay.",
    "err.not_in_plan.model": "Tu plan, {plan}, no permite el modelo {model}.",
    "err.call_too_dear": (
        "Una llamada a {model} podría costar {needed}, y tu plan, {plan}, permite {ceiling}."
    ),
    "err.beyond_history": "Tu plan, {plan}, mira {days} atrás: hasta el {day}.",
    "err.wallet_closed": "{wallet} está cerrada: no paga nada ni se le puede mover nada.",
    "err.nothing_to_undo": "Aquí no hay nada tuyo que aún se pueda deshacer.",
    "err.unknown_person": "Aún no te conozco aquí: esta cuenta no está vinculada a nadie.",
    "err.not_private": "Eso es solo para ti, y aquí lo leen otros.",
    "err.not_shared": "Eso es para todos en un chat, y aquí no lo lee nadie más.",
    "err.offer_used": "Ese botón ya hizo lo suyo.",
    "err.offer_used.done": "«{label}» ya se hizo, el {at}.",
    "err.offer_used.drafted": "«{label}» ya se convirtió en borrador, el {at}.",
    "err.offer_expired": "Ese botón ya no cuenta.",
    "err.offer_expired.at": "El botón «{label}» contaba hasta el {at}.",
    "err.proposal_not_open": "#{ref} no se puede decidir ahora.",
    "err.proposal_expired": "#{ref} ha caducado.",
    "err.proposal_expired.at": "#{ref} caducó el {at}.",
    "err.proposal_superseded": "Esta tarjeta es una versión anterior de #{ref} y ya no cuenta.",
    "err.proposal_decided": "#{ref} ya estaba decidido.",
    "err.proposal_decided.approved": "{by} ya aprobó #{ref}{on}.",
    "err.proposal_decided.rejected": "{by} ya rechazó #{ref}{on}.",
    "err.proposal_decided.cancelled": "{by} ya retiró #{ref}{on}.",
    "err.proposal_decided.done": "{by} ya confirmó #{ref}{on}.",
    "err.proposal_decided.discarded": "{by} ya descartó #{ref}{on}.",
    "err.proposal_decided.failed": "{by} ya confirmó #{ref}{on}; no se pudo hacer.",
    "err.proposal_decided.on": " el {at}",
    "err.shortfall": "Hay menos libre de lo que hace falta.",
    "err.conflict": "Entretanto ha cambiado y ya no encaja.",
    "err.key_reused": "La misma clave ha llegado con otro contenido.",
    "err.hold_resolved": "Eso ya estaba liquidado.",
    "err.unavailable": "Ahora mismo no puedo hacerlo.",
    "err.not_sent": "La plataforma no admite mensajes en este momento.",
    "err.undelivered": "Un mensaje no ha llegado.",
    "err.maybe_sent": "Puede que un mensaje no haya llegado.",
    "err.undeliverable": "Allí no se puede entregar ningún mensaje.",
    "err.chat_moved": "El chat tiene ahora otra dirección.",
    "err.storage_busy": "La base de datos está ocupada en este momento.",
    "err.storage_full": ("La base de datos no puede escribir ahora; quizá el disco esté lleno."),
    "err.ledger_read_only": (
        "Las cuentas no cuadran, así que no se mueve dinero hasta que alguien lo revise. "
        "Consultar sí se puede."
    ),
    "err.out_of_turn": "Todavía estoy con tu mensaje anterior.",
    "err.unanswered": "Ningún modelo ha respondido.",
    "err.provider_refused": "El proveedor del modelo no acepta esta llamada tal como es.",
    "err.provider_key_refused": "El proveedor del modelo no acepta la clave de Bursar.",
    "err.provider_spent": "La cuenta de Bursar en el proveedor del modelo ha llegado a su límite.",
    "err.provider_busy": "El proveedor del modelo no admite más llamadas en este momento.",
    "err.provider_unreachable": "El proveedor del modelo no contesta.",
    "err.provider_failed": "El proveedor del modelo tiene un fallo propio.",
    "err.answer_broken": "El proveedor del modelo contestó algo que no sirve.",
    "err.broken": "Bursar se ha parado para no equivocarse.",
    "err.storage_damaged": "La base de datos está dañada o no está.",
    "err.schema_mismatch": "La base de datos y este programa son de versiones distintas.",
    "err.database_in_use": "Otro proceso tiene abierta la base de datos.",
    "err.ledger_broken": "Los contadores de las cuentas y sus movimientos no coinciden.",
    "err.settings": "Hay un ajuste incorrecto.",
    "err.settings.key": "El ajuste {name} es incorrecto.",
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
    "next.unknown_person": "Pide a un administrador que te añada y vincule esta cuenta.",
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
    "rule.unknown_person": "solo actúo para personas cuya cuenta ha vinculado un administrador.",
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
    # What permissions allow
    "may.spend.read": "ver lo que se gastó",
    "may.spend.export": "llevarse los costes en un archivo",
    "may.people.read": "ver quién está",
    "may.help.read": "pedir ayuda",
    "may.budget.request": "pedir presupuesto",
    "may.budget.raise": "subir un presupuesto sin pedirlo",
    "may.budget.move": "mover presupuesto",
    "may.request.decide": "decidir solicitudes",
    "may.request.cancel": "retirar solicitudes",
    "may.wallet.limit": "fijar límites",
    "may.wallet.manage": "crear, renombrar ni cerrar carteras",
    "may.people.manage": "añadir personas ni cambiar roles",
    "may.rights.manage": "cambiar cuánto puede hacer un rol",
    "may.request.answer": "decidir solicitudes",
    "may.delivery.manage": "ver lo que no llegó",
    "may.schedules.manage": "cuidar de lo que hago por mi cuenta para la empresa",
    "may.providers.manage": "ver o cambiar dónde se pregunta a los modelos",
    "may.account.own": "vincular cuentas",
    "may.company.join": "pedir acceso",
    "may.undo": "deshacer cambios",
    "may.other": "hacer eso",
    # Units and fields
    "unit.requests": "llamadas a modelos",
    "unit.tokens": "tokens",
    "unit.reads": "consultas",
    "unit.writes": "cambios",
    "unit.other": "usos",
    "field.other": "Ese valor",
    "field.amount": "La cantidad",
    "field.limit": "El límite",
    "field.name": "El nombre",
    "field.period": "El periodo",
    "field.role": "El rol",
    "field.until": "El día",
    "field.wallet": "La cartera",
    "a_wallet": "La cartera",
    "a_wallet_above": "Una cartera superior",
    # Faults of values
    "why:not for this": "Algo de eso no corresponde a esta tarjeta.",
    "why:is the last owner's last": "Solo por esa cuenta se llega aún a un propietario.",
    "why:was asked lately": "Ya lo has pedido.",
    "why:too many ask today": "Hoy lo han pedido demasiadas personas.",
    "why:is a key itself": (
        "Eso contiene una clave, y un chat no es lugar para ella. No guardo ningún proveedor con "
        "ella; revócala donde se hizo."
    ),
    "why:is no place of a key": (
        "Eso no dice dónde está una clave. Si es una clave, revócala: un chat no es su lugar."
    ),
    "why:is no provider's name": (
        "El nombre de un proveedor lleva minúsculas, cifras, guiones y puntos, 40 como mucho."
    ),
    "why:is no model's name": "Eso no es el nombre de un modelo.",
    "why:is needed for this kind": "Un proveedor de esta clase necesita su dirección.",
    "why:is no web address": "Eso no es una dirección web que pueda usar.",
    "why:is at a host that is not allowed": (
        "Solo se pregunta a los modelos en los servidores que permite el operador, y este no lo "
        "es."
    ),
    "why:is not encrypted": "Una dirección fuera de una red privada empieza por https.",
    "why:is no tag": "Los nombres llevan minúsculas, cifras, guiones y puntos, 40 como mucho.",
    "why:need both ends": "Las horas tienen un principio y un fin.",
    "why:are not as many as models": "Cada modelo tiene un peso, o ninguno lo tiene.",
    "why:is another rule's": "Ya hay una regla con ese nombre.",
    "why:are as many as there may be": "Hay cincuenta reglas, que son las que puede haber.",
    "why:is another provider's": "Ya hay un proveedor con ese nombre.",
    "why:is so already": "El proveedor ya está así.",
    "why:is past": "Ese día ya ha pasado.",
    "why:same on both sides": "Es la misma cartera en los dos lados.",
    "why:source and target are the same": "Es la misma cartera en los dos lados.",
    "why:target has no limit": (
        "La cartera que lo recibiría no tiene {limit}, así que no se le puede mover nada."
    ),
    "why:has no limit to raise": "Esa cartera no tiene ningún límite que subir.",
    "why:is that already": "El límite ya es ese.",
    "why:is on it already": "Ya está en ese plan.",
    "why:are that already": "Ya son esas.",
    "why:need two times that differ": "Empiezan a una hora y acaban a otra.",
    "why:an owner is never limited": (
        "Un propietario nunca tiene tope: si no, nadie podría quitarlo."
    ),
    "why:may not do that at all": "Ese rol no puede hacer eso en absoluto.",
    "why:is held already": "Esa persona ya tiene ese rol.",
    "why:is the last owner's": (
        "Es la última persona con el rol de propietario; tiene que haber una."
    ),
    "why:is not held": "Esa persona no tiene ese rol.",
    "why:is missing": "Ese rol es para una cartera y no se ha dicho cuál.",
    "why:this role is for everything": "Ese rol es para toda la empresa, no para una cartera.",
    "why:is somebody else's": "Aquí ya hay alguien con ese nombre, o con uno que se lee igual.",
    "why:is taken by another wallet": "Otra cartera tiene ese nombre, o uno que se lee igual.",
    "why:the company's own wallet stays open": "La cartera de la propia empresa no se cierra.",
    "why:has open wallets below it": "Tiene carteras abiertas por debajo.",
    "why:is open already": "Esa cartera ya está abierta.",
    "why:not a plain decimal number": "Eso no es un número sencillo.",
    "why:out of range": "Esa cantidad no vale: más de cero y hasta mil millones de dólares.",
    "why:not valid text": "Ese nombre no es un texto válido.",
    "why:empty": "Ese nombre está vacío.",
    "why:longer than 100 characters": "Ese nombre tiene más de 100 caracteres.",
    "why:has characters that cannot be seen": "Ese nombre tiene caracteres que no se ven.",
    "why:has too many combining marks": "Ese nombre tiene demasiadas marcas en una letra.",
    "why:has no letter, digit or sign": "Ese nombre no tiene ninguna letra, cifra ni signo.",
    "why:ends before it begins": "Ese periodo acaba antes de empezar.",
    "why:is longer than a year": "Ese periodo dura más de un año.",
    "why:is too long ago": "De hace tanto no se guardó nada.",
    "why:is none that was used in these days": "Ese proveedor no se usó en esos días.",
    "why:is not a day": "Eso no es un día.",
    "why_next:target has no limit": "Fíjale antes un límite.",
    "why_next:is a key itself": (
        "Da la nueva al operador como variable o archivo, y nómbrala aquí como env:NAME_API_KEY "
        "o file:NAME."
    ),
    "why_next:is no place of a key": (
        "Nómbrala como env:NAME_API_KEY o file:NAME; el operador pone allí la clave."
    ),
    "why_next:is at a host that is not allowed": (
        "Pide al operador que lo nombre en `models.hosts`."
    ),
    "why_next:has no limit to raise": "Fíjale antes un límite.",
    "why_next:has open wallets below it": "Ciérralas antes.",
    "why_next:is the last owner's last": "Vincula antes otra cuenta.",
    "why_next:was asked lately": "Te aviso en cuanto se decida.",
    "why_next:too many ask today": "Vuelve a pedirlo mañana.",
    "why_next:is the last owner's": "Da antes ese rol a otra persona.",
    # Examples that the rules give in English
    "ex:list providers": "lista los proveedores",
    "ex:list routing rules": "lista las reglas de enrutado",
    "ex:quiet hours 22:00 to 7:00": "horas de silencio de 22:00 a 7:00",
    "ex:until the end of the month": "hasta fin de mes",
    "ex:from Data to Design": "de Data a Design",
    "ex:set design's limit to 600": "fija el límite de design en 600",
    "ex:make ana lead of design": "haz a ana líder de design",
    "ex:make ana member of design": "haz a ana miembro de design",
    "ex:take lead of design from ben": "ben ya no es líder de design",
    "ex:make ana finance": "haz a ana finanzas",
    "ex:from 1 to 15 November": "del 1 al 15 de noviembre",
    "ex:close brand": "cierra brand",
    "ex:Launch": "Lanzamiento",
    # Questions
    "ask.which_amount": "¿Cuánto? Por ejemplo: 200 o $1.250,00",
    "ask.which_amount.given": (
        "No puedo tomar «{given}» como cantidad. ¿Cuánto, en dólares? Por ejemplo: 200 o $1.250,00"
    ),
    "ask.which_amount.two": (
        "«{given}» se puede leer de dos maneras. ¿Cuánto? Escribe {large} o {small}"
    ),
    "ask.which_wallet": "¿Qué cartera?",
    "ask.which_wallet.given": "¿Qué cartera es «{given}»?",
    "ask.which_wallet.example": "Por ejemplo: Design. «muestra las carteras» las enseña todas.",
    "ask.which_from_wallet": "¿De qué cartera?",
    "ask.which_to_wallet": "¿A qué cartera?",
    "ask.which_person": "¿Quién?",
    "ask.which_person.given": "¿Quién es «{given}»?",
    "ask.which_person.example": "Por ejemplo: Ana. «personas» las enseña a todas.",
    "ask.which_date": ("¿Hasta cuándo? Por ejemplo: hasta el 15 de diciembre, o hasta fin de mes"),
    "ask.which_date.given": (
        "No puedo tomar «{given}» como un día por venir. ¿Hasta cuándo? "
        "Por ejemplo: hasta el 15 de diciembre"
    ),
    "ask.which_role": ("¿Qué rol: propietario, administrador, finanzas, líder, miembro o lector?"),
    "ask.which_request": (
        "¿Qué solicitud? Por ejemplo: 7K2M. «solicitudes» enseña las que esperan."
    ),
    "ask.which_request.choices": "¿Qué solicitud?",
    "ask.which_name": "¿Cómo se va a llamar? Por ejemplo: Web",
    "ask.which_name.given": "No puedo tomar «{given}» como nombre. ¿Cómo se va a llamar?",
    "ask.pasted_key": (
        "Eso contiene una clave, y un chat no es lugar para ella: revócala donde se hizo. Da la "
        "nueva al operador como variable o archivo, y nómbrala aquí como env:NAME_API_KEY o "
        "file:NAME. No se ha cambiado nada."
    ),
    "ask.which_hours": "¿Desde qué hora hasta qué hora? Por ejemplo: de 22:00 a 7:00",
    "ask.which_hours.given": (
        "No distingo las horas en «{given}». Por ejemplo: horas de silencio de 22:00 a 7:00"
    ),
    "ask.which_percents": ("¿En qué porcentajes? Hasta cinco, de 1 a 100, por ejemplo: 70 y 90"),
    "ask.one_at_a_time": "Eso es más de un cambio y los hago de uno en uno. ¿Cuál primero?",
    "ask.one_at_a_time.plain": (
        "Eso es más de un cambio y los hago de uno en uno. Di solo el primero."
    ),
    "ask.not_understood": "No estoy seguro de lo que quieres. Puedes decir, por ejemplo:",
    # Small replies
    "short.draft_discarded": "Borrador #{ref} descartado. No se ha cambiado nada.",
    "short.draft_expired": (
        "El borrador #{ref} ha caducado. No se ha cambiado nada; dilo otra vez si aún lo quieres."
    ),
    "short.several_steps": (
        "El borrador #{ref} tiene varios pasos, así que se hace o se descarta entero: di no y "
        "di de nuevo lo que quieres."
    ),
    "short.step_failed": (
        "El paso {number} de {of} ({what}) falló, así que no se hizo nada del borrador."
    ),
    "short.steps_used_up.1": (
        "Un mensaje puede pedir {most} consultas y este necesita más. Pide el resto en otro."
    ),
    "short.steps_used_up.2": (
        "Un mensaje puede hacer {most} cambios pequeños que se pueden deshacer y este pide "
        "más. No se preparó nada: dilos en varios."
    ),
    "short.steps_used_up.3": (
        "Un mensaje puede hacer {most} cambio de dinero, límites, personas o modelos y este "
        "pide más. No se preparó nada: ¿cuál primero?"
    ),
    "short.rounds_used_up": (
        "Después de mirar {most} veces lo consultado aún no hay respuesta, así que esto es todo "
        "lo que se encontró. Pregunta por una parte."
    ),
    "short.answer.from": "Consultado para esto:",
    "short.what_to_change": (
        "¿Qué cambio en #{ref}? Por ejemplo: que sean 250, hasta el 15 de diciembre"
    ),
    "short.what_wallet": (
        "¿De qué cartera sería miembro? Por ejemplo: aprueba {ref} como miembro de Diseño"
    ),
    "short.name_the_one": "Esperan respuesta varios: {refs}. ¿Cuál? Por ejemplo: sí {ref}",
    "short.still_waiting": "El borrador #{ref} sigue esperando: Sí, Editar o No.",
    "short.late_command": (
        "Escribiste esto hace {age} y me llega ahora. No se ha hecho nada. ¿Aún lo quieres? "
        "Entonces envíalo otra vez."
    ),
    "short.late_command.some_time": (
        "Escribiste esto hace tiempo y me llega ahora. No se ha hecho nada. ¿Aún lo quieres? "
        "Entonces envíalo otra vez."
    ),
    "short.card_missed": (
        "La solicitud #{ref} no le ha llegado a {name} y nadie más puede decidirla. Sigue "
        "pendiente; no ha cambiado nada."
    ),
    "short.card_missed.instead": (
        "La solicitud #{ref} no le ha llegado a {name}, así que se la he pasado a {instead}. "
        "Sigue pendiente."
    ),
    "short.request_waits": (
        "La solicitud #{ref} de {asker} te espera desde hace {age}; caduca el {when}. "
        "Di «aprueba {ref}» o «rechaza {ref}»."
    ),
    "short.request_reminded": (
        "Tu solicitud #{ref} sigue esperando. Se lo he recordado a {names}; caduca el {when}."
    ),
    "short.request_reminded.somebody": "Tu solicitud #{ref} sigue esperando; caduca el {when}.",
    "short.request_escalated": (
        "Nadie ha decidido aún tu solicitud #{ref}, así que también he preguntado a {names}; "
        "caduca el {when}."
    ),
    "short.request_escalated.somebody": (
        "Nadie ha decidido aún tu solicitud #{ref}, así que he preguntado también a otra persona; "
        "caduca el {when}."
    ),
    "short.unknown_person": (
        "Aún no te conozco aquí, así que no puedo contarte ni hacer nada. "
        "Pide a un administrador que te añada y vincule esta cuenta."
    ),
    "short.join_waits": "Tu solicitud #{ref} espera; te avisaré cuando se decida.",
    "short.join_again": "Puedes volver a pedir acceso a partir del {at}.",
    "short.link_bad": (
        "Ese código no vale: ya se ha usado, han pasado sus diez minutos o nunca lo fue. "
        "Di «vincula mi cuenta» donde te conozco para obtener otro."
    ),
    "short.link_in_group": (
        "Un código es para un chat privado. Este ya lo han leído otros, así que no vale; "
        "di «vincula mi cuenta» para obtener otro y escríbemelo en privado."
    ),
    "short.link_own": "Esta cuenta ya es tuya. El código ya no vale.",
    "short.link_taken": (
        "Esta cuenta ya está vinculada a ti. Para vincularla a otra persona, desvincúlala antes: "
        "«desvincula {platform}». El código ya no vale."
    ),
    "short.link_leaked": (
        "Tu código se ha usado donde lo leen otros, desde {account}. No ha vinculado nada y ya no "
        "vale. Di «vincula mi cuenta» para obtener otro."
    ),
    "short.link_refused": (
        "Tu código se ha usado desde {account}, que aquí es la cuenta de otra persona. No ha "
        "vinculado nada y ya no vale. Di «vincula mi cuenta» para obtener otro."
    ),
    "short.thanks": "De nada.",
    "short.question_dropped": "De acuerdo, olvidado. No se ha cambiado nada.",
    "short.quota_nearly_used": (
        "Llevas {used} de tu cupo de {limit} {unit} de hoy. El día siguiente empieza el {when}."
    ),
    "short.nothing_open": (
        "Aquí no hay nada que espere un sí o un no. Di «solicitudes» para ver las que esperan."
    ),
    # Greeting
    "hello": "Hola.",
    "hello.name": "Hola, {name}.",
    "hello.waiting": "1 propuesta espera aquí tu respuesta.",
    "hello.waiting.many": "{number} propuestas esperan aquí tu respuesta.",
    "hello.examples": "Prueba:",
    "hello.never": (
        "Nunca muevo dinero ni cambio un límite o un rol sin tu Sí; nadie aprueba su propia "
        "solicitud."
    ),
}
