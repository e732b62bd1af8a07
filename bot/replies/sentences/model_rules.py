"""Sentences about rules for models: caps, pauses, personal data, hosts; both languages."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "act.show_model_rules": "see the rules for models",
    "act.set_cost_cap": "cap what models cost",
    "act.set_personal_data": "say what models see of personal data",
    "act.set_model_hosts": "say where models are asked",
    "act.restore_model_rule": "set a rule for models back",
    "act.pause_models": "stop every call to a model",
    "act.resume_models": "let models be asked again",
    # Rules
    "rules.head": "Rules for models:",
    "rules.turn": "one message",
    "rules.person_day": "one person a day",
    "rules.bot_day": "all calls of a day",
    "rules.personal_data": "personal data",
    "rules.hosts": "asked at",
    "rules.cap": "at most {cap}",
    "rules.cap.none": "no cap",
    "rules.used": "{used} used today",
    "rules.usual": "as the operator has set it",
    "rules.hosts.usual": "all hosts that the operator allows",
    "rules.hosts.public": "the public providers' own hosts",
    "rules.open": "Models are asked. “pause models” stops every call at once.",
    "rules.paused": "Paused by {by} since {at}: no call is made. “resume models” goes on.",
    "policy.warn": "let through, with a warning",
    "policy.redact": "taken out before a model sees it",
    "policy.block": "a message with any goes to no model",
    "pause.new": (
        "Models are paused: no call is made any more, calls under way are settled. Rules read "
        "what you write. “resume models” goes on."
    ),
    "pause.known": "Models are paused already, by {by} since {at}. “resume models” goes on.",
    "pause.over": "Models are asked again.",
    "rule_set.turn": "Models may cost at most {value} for one message.",
    "rule_set.person_day": "Models may cost at most {value} a day for one person.",
    "rule_set.bot_day": "Models may cost at most {value} a day in all.",
    "rule_set.cap.none": "That cap is the operator's again.",
    "rule_set.personal_data": "Personal data: {value}.",
    "rule_set.hosts": "Models are asked at {value} only.",
    "rule_set.hosts.none": "Models are asked wherever the operator allows.",
    # Cards
    "do.rule.turn": "let models cost at most {after} for one message",
    "do.rule.person_day": "let models cost at most {after} a day for one person",
    "do.rule.bot_day": "let models cost at most {after} a day in all",
    "do.rule.cap.none": "leave that cap on models to the operator",
    "do.rule.personal_data.warn": "let personal data through to models, with a warning",
    "do.rule.personal_data.redact": "take personal data out before a model sees it",
    "do.rule.personal_data.block": "ask no model about a message with personal data",
    "do.rule.hosts": "ask models at {after} only",
    "do.rule.hosts.none": "ask models wherever the operator allows",
    "do.resume_models": "let models be asked again, which {wallet} has stopped",
    "card.rule": "{rule}: {before} -> {after}",
    "card.set_model_hosts": (
        "The word inside stands for private nets and this machine. Providers elsewhere are not "
        "asked."
    ),
    # Below a reply
    "key.pasted": (
        "There was a key or a password in your message. I have not kept it and no model has seen "
        "it; revoke it all the same: the chat still shows it."
    ),
    "signed.sent": "With your message a model saw: {kinds}.",
    # Errors
    "err.cost_cap_reached": "Models have cost as much as they may.",
    "err.cost_cap_reached.turn": (
        "Models may cost {limit} for one message; {used} is used, and this call may cost {needed}."
    ),
    "err.cost_cap_reached.person_day": (
        "Models may cost {limit} a day for you; {used} is used, and this call may cost {needed}."
    ),
    "err.cost_cap_reached.bot_day": (
        "Models may cost {limit} a day in all; {used} is used, and this call may cost {needed}."
    ),
    "next.cost_cap_reached": "No model was asked. Your next message has a cap of its own.",
    "next.cost_cap_reached.at": "No model was asked. They can be asked again from {when}.",
    "rule.cost_cap_reached": (
        "what a call may cost at most must fit below each cap, with all that is under way."
    ),
    "err.models_paused": "Models are paused by {by} since {at}, so none was asked.",
    "next.models_paused": "What I read by rules works; an admin says “resume models” to go on.",
    "rule.models_paused": "while models are paused, no call is made and nothing is paid.",
    "err.outside_reach": "No provider is where the company lets models be asked.",
    "next.outside_reach": "An admin says “model rules” to see where that is.",
    "rule.outside_reach": "models are asked only where both the operator and the company allow.",
    "err.withheld": "There is {kinds} in that, so no model was asked.",
    "next.withheld": "Say it without, or let an admin change what models may see.",
    "rule.withheld": "the company shows no model a message with personal data or a key in it.",
    "data.phone": "a phone number",
    "data.email": "an e-mail address",
    "data.card": "a card number",
    "data.iban": "a bank account",
    "data.ip": "a network address",
    "data.mac": "a device's address",
    "data.bitcoin": "a coin address",
    "data.ethereum": "a coin address",
    "data.secret": "a key",
    "data.number": "a personal number ({kind})",
    "data.other": "personal data",
    "field.models": "Models",
    "why:are not paused": "Models are not paused.",
    "why:is that already for models": "That rule is so already.",
    "why:are no hosts": (
        "Hosts are named as api.mistral.ai, .example.com for all below one, or inside."
    ),
    "why:is outside of the company's reach": (
        "The company lets models be asked elsewhere only; “model rules” shows where."
    ),
}

WORDS_ES: Final[dict[str, str]] = {
    "act.show_model_rules": "ver las reglas de los modelos",
    "act.set_cost_cap": "limitar lo que cuestan los modelos",
    "act.set_personal_data": "decidir qué datos personales ven los modelos",
    "act.set_model_hosts": "decidir dónde se pregunta a los modelos",
    "act.restore_model_rule": "devolver una regla de los modelos a como estaba",
    "act.pause_models": "parar todas las llamadas a modelos",
    "act.resume_models": "volver a preguntar a los modelos",
    # Rules
    "rules.head": "Reglas de los modelos:",
    "rules.turn": "un mensaje",
    "rules.person_day": "una persona al día",
    "rules.bot_day": "todas las llamadas de un día",
    "rules.personal_data": "datos personales",
    "rules.hosts": "se pregunta en",
    "rules.cap": "como mucho {cap}",
    "rules.cap.none": "sin tope",
    "rules.used": "hoy se han usado {used}",
    "rules.usual": "como lo ha puesto el operador",
    "rules.hosts.usual": "todos los servidores que permite el operador",
    "rules.hosts.public": "los servidores propios de los proveedores públicos",
    "rules.open": "Se pregunta a los modelos. «pausa los modelos» para todo al momento.",
    "rules.paused": (
        "En pausa por {by} desde {at}: no se hace ninguna llamada. «reanuda los modelos» sigue."
    ),
    "policy.warn": "pasan, con un aviso",
    "policy.redact": "se quitan antes de que los vea un modelo",
    "policy.block": "un mensaje que los tenga no va a ningún modelo",
    "pause.new": (
        "Los modelos están en pausa: ya no se hace ninguna llamada y las que había se liquidan. "
        "Lo que escribes se lee con reglas. «reanuda los modelos» sigue."
    ),
    "pause.known": (
        "Los modelos ya están en pausa, por {by} desde {at}. «reanuda los modelos» sigue."
    ),
    "pause.over": "Se vuelve a preguntar a los modelos.",
    "rule_set.turn": "Los modelos pueden costar como mucho {value} por mensaje.",
    "rule_set.person_day": "Los modelos pueden costar como mucho {value} al día por persona.",
    "rule_set.bot_day": "Los modelos pueden costar como mucho {value} al día en total.",
    "rule_set.cap.none": "Ese tope vuelve a ser el del operador.",
    "rule_set.personal_data": "Datos personales: {value}.",
    "rule_set.hosts": "Se pregunta a los modelos solo en {value}.",
    "rule_set.hosts.none": "Se pregunta a los modelos donde permita el operador.",
    # Cards
    "do.rule.turn": "dejar que los modelos cuesten como mucho {after} por mensaje",
    "do.rule.person_day": "dejar que los modelos cuesten como mucho {after} al día por persona",
    "do.rule.bot_day": "dejar que los modelos cuesten como mucho {after} al día en total",
    "do.rule.cap.none": "dejar ese tope de los modelos al operador",
    "do.rule.personal_data.warn": "dejar pasar los datos personales a los modelos, con un aviso",
    "do.rule.personal_data.redact": "quitar los datos personales antes de que los vea un modelo",
    "do.rule.personal_data.block": (
        "no preguntar a ningún modelo por un mensaje con datos personales"
    ),
    "do.rule.hosts": "preguntar a los modelos solo en {after}",
    "do.rule.hosts.none": "preguntar a los modelos donde permita el operador",
    "do.resume_models": "volver a preguntar a los modelos, que {wallet} ha parado",
    "card.rule": "{rule}: {before} -> {after}",
    "card.set_model_hosts": (
        "La palabra inside son las redes privadas y esta máquina. A los proveedores de fuera no "
        "se les pregunta."
    ),
    # Below a reply
    "key.pasted": (
        "En tu mensaje había una clave o contraseña. No la he guardado y ningún modelo la ha "
        "visto; revócala de todos modos: el chat la sigue mostrando."
    ),
    "signed.sent": "Con tu mensaje, un modelo ha visto: {kinds}.",
    # Errors
    "err.cost_cap_reached": "Los modelos han costado todo lo que pueden.",
    "err.cost_cap_reached.turn": (
        "Los modelos pueden costar {limit} por mensaje; se han usado {used} y esta llamada puede "
        "costar {needed}."
    ),
    "err.cost_cap_reached.person_day": (
        "Los modelos pueden costarte {limit} al día; se han usado {used} y esta llamada puede "
        "costar {needed}."
    ),
    "err.cost_cap_reached.bot_day": (
        "Los modelos pueden costar {limit} al día en total; se han usado {used} y esta llamada "
        "puede costar {needed}."
    ),
    "next.cost_cap_reached": (
        "No se ha preguntado a ningún modelo. Tu próximo mensaje tiene su propio tope."
    ),
    "next.cost_cap_reached.at": (
        "No se ha preguntado a ningún modelo. Se les podrá preguntar desde el {when}."
    ),
    "rule.cost_cap_reached": (
        "lo que una llamada puede costar como mucho debe caber en cada tope, con lo que está en "
        "marcha."
    ),
    "err.models_paused": (
        "Los modelos están en pausa por {by} desde {at}: no se ha preguntado a ninguno."
    ),
    "next.models_paused": (
        "Lo que leo con reglas funciona; un administrador dice «reanuda los modelos» para seguir."
    ),
    "rule.models_paused": (
        "mientras los modelos están en pausa no se hace ninguna llamada y no se paga nada."
    ),
    "err.outside_reach": "Ningún proveedor está donde la empresa deja preguntar a los modelos.",
    "next.outside_reach": "Un administrador dice «reglas de los modelos» para ver dónde es.",
    "rule.outside_reach": (
        "se pregunta a los modelos solo donde lo permiten el operador y la empresa."
    ),
    "err.withheld": "Ahí hay {kinds}: no se ha preguntado a ningún modelo.",
    "next.withheld": "Dilo sin eso, o que un administrador cambie qué ven los modelos.",
    "rule.withheld": (
        "la empresa no enseña a ningún modelo un mensaje con datos personales o con una clave."
    ),
    "data.phone": "un número de teléfono",
    "data.email": "una dirección de correo",
    "data.card": "un número de tarjeta",
    "data.iban": "una cuenta bancaria",
    "data.ip": "una dirección de red",
    "data.mac": "la dirección de un aparato",
    "data.bitcoin": "una dirección de moneda",
    "data.ethereum": "una dirección de moneda",
    "data.secret": "una clave",
    "data.number": "un número personal ({kind})",
    "data.other": "datos personales",
    "field.models": "Los modelos",
    "why:are not paused": "Los modelos no están en pausa.",
    "why:is that already for models": "Esa regla ya es así.",
    "why:are no hosts": (
        "Los servidores se nombran como api.mistral.ai, .example.com para todos los de debajo, o "
        "inside."
    ),
    "why:is outside of the company's reach": (
        "La empresa solo deja preguntar a los modelos en otro sitio; «reglas de los modelos» dice "
        "dónde."
    ),
    "ex:model rules": "reglas de los modelos",
}
