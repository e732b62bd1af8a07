"""What is wrong with a value, and names of fields, units and rights, in English and Spanish.

`why:` is followed by what an `InvalidInput` calls its fault.
"""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    # What permissions allow
    "may.spend.read": "see what was spent",
    "may.spend.export": "take costs away as a file",
    "may.people.read": "see who is here",
    "may.help.read": "ask for help",
    "may.budget.request": "ask for budget",
    "may.budget.raise": "raise a budget by yourself",
    "may.budget.move": "move budget",
    "may.request.decide": "decide requests",
    "may.request.cancel": "take back requests",
    "may.wallet.limit": "set limits",
    "may.wallet.manage": "create, rename or close wallets",
    "may.people.manage": "add people or change roles",
    "may.rights.manage": "change how much a role may do",
    "may.request.answer": "decide requests",
    "may.delivery.manage": "see what did not arrive",
    "may.schedules.manage": "look after what I do by myself for the company",
    "may.providers.manage": "see or change where models are asked",
    "may.account.own": "link accounts",
    "may.company.join": "ask to be let in",
    "may.undo": "take back changes",
    "may.other": "do that",
    # Units and fields
    "unit.requests": "model calls",
    "unit.tokens": "tokens",
    "unit.reads": "questions",
    "unit.writes": "changes",
    "unit.other": "uses",
    "field.other": "That value",
    "field.amount": "The amount",
    "field.limit": "The limit",
    "field.name": "The name",
    "field.period": "The period",
    "field.role": "The role",
    "field.until": "The day",
    "field.wallet": "The wallet",
    "a_wallet": "The wallet",
    "a_wallet_above": "A wallet further up",
    # Faults of values
    "why:not for this": "Something in that does not belong to this card.",
    "why:is the last owner's last": "By that account alone an owner is still reached.",
    "why:was asked lately": "You have asked already.",
    "why:too many ask today": "Too many people have asked today.",
    "why:is a key itself": (
        "That holds a key, and a chat is no place for one. I keep no provider with it; revoke it "
        "at its maker."
    ),
    "why:is no place of a key": (
        "That says not where a key is. If it is a key, revoke it: a chat is no place for one."
    ),
    "why:is no provider's name": (
        "A provider's name has small letters, digits, dashes and points, at most 40 in all."
    ),
    "why:is no model's name": "That is no name of a model.",
    "why:is needed for this kind": "A provider of this kind needs its address.",
    "why:is no web address": "That is no web address that I could use.",
    "why:is at a host that is not allowed": (
        "Models are asked only at hosts that the operator allows, and this is none of them."
    ),
    "why:is not encrypted": "An address outside of a private net begins with https.",
    "why:is no tag": "Names have small letters, digits, dashes and points, at most 40 in all.",
    "why:need both ends": "Hours have a beginning and an end.",
    "why:are not as many as models": "Each model has a weight, or none has.",
    "why:is another rule's": "There is a rule of that name already.",
    "why:are as many as there may be": "There are fifty rules, which is as many as there may be.",
    "why:is another provider's": "There is a provider of that name already.",
    "why:is so already": "The provider is so already.",
    "why:is past": "That day is past.",
    "why:same on both sides": "It is the same wallet on both sides.",
    "why:source and target are the same": "It is the same wallet on both sides.",
    "why:target has no limit": (
        "The wallet that should get it has no {limit}, so that nothing can be moved there."
    ),
    "why:has no limit to raise": "That wallet has no limit that could be raised.",
    "why:is that already": "The limit is that already.",
    "why:is on it already": "They are on that plan already.",
    "why:are that already": "They are that already.",
    "why:need two times that differ": "They begin at one time and end at another.",
    "why:an owner is never limited": (
        "An owner is never limited: or nobody could lift the limit."
    ),
    "why:may not do that at all": "That role may not do that at all.",
    "why:is held already": "They have that role already.",
    "why:is the last owner's": "That is the last owner; somebody must be.",
    "why:is not held": "They do not have that role.",
    "why:is its name already": "That is its name already.",
    "why:is missing": "That role is for one wallet, and none was named.",
    "why:this role is for everything": "That role is for the whole company, not for one wallet.",
    "why:is somebody else's": "Somebody here has that name, or one that reads alike.",
    "why:is taken by another wallet": "Another wallet has that name, or one that reads alike.",
    "why:the company's own wallet stays open": "The company's own wallet stays open.",
    "why:has open wallets below it": "There are open wallets below it.",
    "why:is open already": "That wallet is open already.",
    "why:not a plain decimal number": "That is no plain number.",
    "why:out of range": "That amount is out of range: above zero, up to a billion dollars.",
    "why:not valid text": "That name is not valid text.",
    "why:empty": "That name is empty.",
    "why:longer than 100 characters": "That name is longer than 100 characters.",
    "why:has characters that cannot be seen": "That name has characters that cannot be seen.",
    "why:has too many combining marks": "That name has too many marks on one letter.",
    "why:has no letter, digit or sign": "That name has no letter, digit or sign.",
    "why:is yet to come": "That period is yet to come: nothing has been used in it.",
    "why:ends before it begins": "That period ends before it begins.",
    "why:is longer than a year": "That period is longer than a year.",
    "why:is too long ago": "Nothing was kept so long ago.",
    "why:is none that was used in these days": "That provider was not used in these days.",
    "why:is not a day": "That is not a day.",
    # What to do about one where its example is not what to type
    "why_next:target has no limit": "Set a limit for it first.",
    "why_next:is a key itself": (
        "Give the new one to the operator as a variable or a file, and name it here as "
        "env:NAME_API_KEY or file:NAME."
    ),
    "why_next:is no place of a key": (
        "Name it as env:NAME_API_KEY or file:NAME; the operator puts the key there."
    ),
    "why_next:is at a host that is not allowed": "Ask the operator to name it in `models.hosts`.",
    "why_next:has no limit to raise": "Set a limit for it first.",
    "why_next:has open wallets below it": "Close those first.",
    "why_next:is the last owner's last": "Link another account first.",
    "why_next:was asked lately": "I tell you as soon as it is decided.",
    "why_next:too many ask today": "Ask again tomorrow.",
    "why_next:is the last owner's": "Make somebody else owner first.",
}

WORDS_ES: Final[dict[str, str]] = {
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
    "why:is its name already": "Ya se llama así.",
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
    "why:is yet to come": "Ese periodo está por venir: aún no se ha usado nada.",
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
}
