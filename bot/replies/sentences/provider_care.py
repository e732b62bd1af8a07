"""Sentences about trying and tuning a provider, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "act.test_provider": "see whether a provider answers",
    "act.tune_provider": "set how a provider is asked",
    "act.restore_provider": "set how a provider is asked back",
    "do.tune_provider": "ask the provider {wallet} with {after}",
    "do.restore_provider": "ask the provider {wallet} with {after} again",
    "provider.tuned": "The provider {name} is asked with {how} from the next call on.",
    "tested.well": "The provider {name} answers: {model} (served by {served_by}).",
    "tested.provider_key_refused": (
        "The provider {name} does not take the key, or not for {model}."
    ),
    "mend.provider_key_refused": (
        "Make a new key there; the operator puts it where {key_ref} says."
    ),
    "tested.provider_spent": "The account at {name} has reached its spending limit.",
    "mend.provider_spent": "Add credit or raise the limit there.",
    "tested.provider_busy": "The provider {name} takes no more calls at this moment.",
    "mend.provider_busy": "Test it again in a minute; if it stays so, ask for more there.",
    "tested.provider_unreachable": "The provider {name} cannot be reached.",
    "mend.provider_unreachable": (
        "Look at its address, at the firewall, and whether its server runs."
    ),
    "tested.provider_failed": "The provider {name} has a fault of its own.",
    "mend.provider_failed": "Look at its status page, and test it again later.",
    "tested.answer_broken": "The provider {name} answers with something that is no answer.",
    "mend.answer_broken": ("Look whether its address ends where its API begins, such as in /v1."),
    "tested.provider_refused": "The provider {name} does not take a plain question to {model}.",
    "mend.provider_refused": "Look whether the model is one for text.",
    "tested.unknown_model": "The provider {name} does not know {model}, or not at its address.",
    "mend.unknown_model": (
        "Add it anew with the model's name as its maker writes it, and disable this one."
    ),
    "tested.settings": "There is no key at {key_ref} for the provider {name}.",
    "mend.settings": "The operator puts it there; until then disable the provider.",
    "tested.key_unusable": "What stands at {key_ref} cannot be a key.",
    "mend.key_unusable": "The operator puts the key there alone, on one line.",
    "tested.address": "The provider {name} is at a host that is not allowed.",
    "mend.address": (
        "The operator names its host in `models.hosts`, with https unless it is inside."
    ),
    "tested.other": "The provider {name} could not be asked.",
    "mend.other": "Test it again; the operator finds more by `bursar doctor`.",
    "field.abilities": "What the server takes",
    "why:are known for this kind": ("Only for compatible servers it must be said what they take."),
    "field.time-outs": "The time-outs",
    "why:are longer than all of a call": "To connect, or to begin, may not take longer than all.",
}

WORDS_ES: Final[dict[str, str]] = {
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
}
