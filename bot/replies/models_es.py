"""Spanish sentences about rules for models: caps, pauses, personal data, hosts."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, str]] = {
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
    # Looking after providers
    "act.test_provider": "ver si un proveedor contesta",
    "act.tune_provider": "decidir cómo se pregunta a un proveedor",
    "act.restore_provider": "volver a preguntar a un proveedor como antes",
    "do.tune_provider": "preguntar al proveedor {wallet} con {after}",
    "do.restore_provider": "volver a preguntar al proveedor {wallet} con {after}",
    "provider.tuned": "Al proveedor {name} se le pregunta con {how} desde la próxima llamada.",
    "tested.well": "El proveedor {name} contesta: {model} (servido por {served_by}).",
    "tested.provider_key_refused": "El proveedor {name} no acepta la clave, o no para {model}.",
    "mend.provider_key_refused": (
        "Haz allí una clave nueva; el operador la pone donde dice {key_ref}."
    ),
    "tested.provider_spent": "La cuenta en {name} ha llegado a su límite de gasto.",
    "mend.provider_spent": "Añade saldo o sube el límite allí.",
    "tested.provider_busy": "El proveedor {name} no admite más llamadas en este momento.",
    "mend.provider_busy": "Pruébalo otra vez en un minuto; si sigue igual, pide más allí.",
    "tested.provider_unreachable": "No se llega al proveedor {name}.",
    "mend.provider_unreachable": (
        "Mira su dirección, el cortafuegos y si su servidor está en marcha."
    ),
    "tested.provider_failed": "El proveedor {name} tiene un fallo propio.",
    "mend.provider_failed": "Mira su página de estado y pruébalo más tarde.",
    "tested.answer_broken": "El proveedor {name} contesta con algo que no es una respuesta.",
    "mend.answer_broken": "Mira si su dirección acaba donde empieza su API, como en /v1.",
    "tested.provider_refused": "El proveedor {name} no acepta una pregunta simple a {model}.",
    "mend.provider_refused": "Mira si el modelo es de texto.",
    "tested.unknown_model": "El proveedor {name} no conoce {model}, o no en su dirección.",
    "mend.unknown_model": (
        "Añádelo de nuevo con el nombre del modelo como lo escribe su autor, y desactiva este."
    ),
    "tested.settings": "No hay ninguna clave en {key_ref} para el proveedor {name}.",
    "mend.settings": "El operador la pone allí; hasta entonces desactiva el proveedor.",
    "tested.key_unusable": "Lo que hay en {key_ref} no puede ser una clave.",
    "mend.key_unusable": "El operador pone allí la clave sola, en una línea.",
    "tested.address": "El proveedor {name} está en un servidor que no se permite.",
    "mend.address": (
        "El operador nombra su servidor en `models.hosts`, con https si no está dentro."
    ),
    "tested.other": "No se ha podido preguntar al proveedor {name}.",
    "mend.other": "Pruébalo otra vez; el operador ve más con `bursar doctor`.",
    "field.abilities": "Lo que acepta el servidor",
    "why:are known for this kind": (
        "Solo de los servidores compatibles hay que decir qué aceptan."
    ),
    "field.time-outs": "Los tiempos",
    "why:are longer than all of a call": "Conectar o empezar no puede tardar más que el total.",
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
