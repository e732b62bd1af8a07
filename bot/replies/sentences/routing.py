"""Sentences about providers and how models are chosen, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "providers": "Models are asked here ({number}):",
    "providers.none": "There is no provider of models. Only rules read what you write.",
    "providers.on": "in use",
    "providers.off": "out of use",
    "providers.keyless": "no key",
    "provider.added": (
        "The provider {name} is in use. Say “test provider {name}” to see whether it answers."
    ),
    "provider.disabled": "The provider {name} is out of use: nobody asks it any more.",
    "provider.enabled": "The provider {name} is in use again.",
    "routing_rules": "Models are chosen by the first of these rules that fits ({number}):",
    "routing_rules.none": (
        "There is no rule: of each provider's first models the cheapest is asked."
    ),
    "routing_rules.hint": (
        "Where none fits, the cheapest of each provider's first models is asked."
    ),
    "routing_rule.added": (
        "The rule {name} holds from now on. “why this model?” shows what it decides."
    ),
    "routing_rule.removed": "The rule {name} holds no more.",
    "rule_words": "{when} -> {how}",
    "rule_part.always": "always",
    "rule_part.task": "for {value}",
    "rule_part.plan": "on the plan {value}",
    "rule_part.role": "for whoever is {value}",
    "rule_part.wallet": "paid by {value} or below it",
    "rule_part.used": "with {value} of the budget used",
    "rule_part.hours": "at {value}",
    "rule_part.cost": "from {value} a call",
    "rule_part.region": "answered in {value} only",
    "rule_part.latency": "rather within {value}",
    "rule_how.of": "{how} of {models}",
    "rule_how.cheapest": "the cheapest",
    "rule_how.ordered": "the first, in order,",
    "rule_how.weighted": "one drawn by weight",
    "rule_how.fastest": "one drawn by how fast each answered",
    "rule_how.sticky": "the one that stays with whoever asks",
    "region_set": "Answers of {name} are made in {region}.",
    "region_set.none": "Nothing is known any more of where answers of {name} are made.",
    "route.never": "No model has answered you yet.",
    "route.never.model": "Your latest calls did not go to {model}.",
    "route.answered": "{model} was asked for {task} at {at}.",
    "route.unanswered": "No model answered for {task} at {at}.",
    "route.task.planner": "reading your message",
    "route.task.critic": "looking over a plan",
    "route.task.summary": "summing up the talk",
    "route.task.analysis": "an analysis",
    "route.wanted": "{model} was asked for by name.",
    "route.rule": "The rule {rule} decided: {how}.",
    "route.no_rule": "No rule fits, so it is {how}.",
    "route.most": "up to {amount}",
    "route.left_out": "Not asked: {model}, {why}.",
    "route.not.no_price": "nobody knows what it costs",
    "route.not.not_allowed": "your plan does not have it",
    "route.not.over_ceiling": "it costs more than your plan lets a model cost",
    "route.not.out_of_reach": "the company does not let models be asked there",
    "route.not.other_region": "its answers are made elsewhere",
    "route.not.resting": "it rests after three failures",
    "route.try.answered": "answered in {ms} ms for {cost}",
    "route.try.none": "was not needed",
    "route.try.provider_refused": "did not take the call",
    "route.try.provider_key_refused": "did not take the key",
    "route.try.provider_spent": "its account is spent",
    "route.try.provider_busy": "was busy",
    "route.try.provider_unreachable": "did not answer in time",
    "route.try.provider_failed": "had a fault",
    "route.try.answer_broken": "answered with something unusable",
    "route.cost": "It cost {cost}; {most} was set aside.",
    "model_price_set": (
        "From now on a million tokens of {model} cost {price_in} read and {price_out} "
        "written{prices}."
    ),
}

WORDS_ES: Final[dict[str, str]] = {
    "providers": "Aquí se pregunta a los modelos ({number}):",
    "providers.none": "No hay ningún proveedor de modelos. Solo leen reglas lo que escribes.",
    "providers.on": "en uso",
    "providers.off": "fuera de uso",
    "providers.keyless": "sin clave",
    "provider.added": (
        "El proveedor {name} está en uso. Di «prueba el proveedor {name}» para ver si contesta."
    ),
    "provider.disabled": "El proveedor {name} está fuera de uso: ya nadie le pregunta.",
    "provider.enabled": "El proveedor {name} vuelve a estar en uso.",
    "routing_rules": "Los modelos se eligen con la primera de estas reglas que encaje ({number}):",
    "routing_rules.none": (
        "No hay reglas: se pregunta al más barato de los primeros modelos de cada proveedor."
    ),
    "routing_rules.hint": "Si ninguna encaja, al más barato de los primeros de cada proveedor.",
    "routing_rule.added": (
        "La regla {name} vale desde ahora. «¿por qué este modelo?» muestra qué decide."
    ),
    "routing_rule.removed": "La regla {name} ya no vale.",
    "rule_words": "{when} -> {how}",
    "rule_part.always": "siempre",
    "rule_part.task": "para {value}",
    "rule_part.plan": "con el plan {value}",
    "rule_part.role": "para quien es {value}",
    "rule_part.wallet": "si paga {value} o una de dentro",
    "rule_part.used": "con {value} del presupuesto usado",
    "rule_part.hours": "a las {value}",
    "rule_part.cost": "desde {value} por llamada",
    "rule_part.region": "solo con respuestas hechas en {value}",
    "rule_part.latency": "mejor en {value}",
    "rule_how.of": "{how} de {models}",
    "rule_how.cheapest": "el más barato",
    "rule_how.ordered": "el primero, por orden,",
    "rule_how.weighted": "uno sorteado por peso",
    "rule_how.fastest": "uno sorteado según lo rápido que respondió cada uno",
    "rule_how.sticky": "el que se queda con quien pregunta",
    "region_set": "Las respuestas de {name} se hacen en {region}.",
    "region_set.none": "Ya no se sabe dónde se hacen las respuestas de {name}.",
    "route.never": "Todavía no te ha respondido ningún modelo.",
    "route.never.model": "Ninguna de tus últimas llamadas fue a {model}.",
    "route.answered": "Se preguntó a {model} para {task}, {at}.",
    "route.unanswered": "Ningún modelo respondió para {task}, {at}.",
    "route.task.planner": "leer tu mensaje",
    "route.task.critic": "repasar un plan",
    "route.task.summary": "resumir la conversación",
    "route.task.analysis": "un análisis",
    "route.wanted": "Se pidió {model} por su nombre.",
    "route.rule": "Lo decidió la regla {rule}: {how}.",
    "route.no_rule": "Ninguna regla encaja, así que es {how}.",
    "route.most": "hasta {amount}",
    "route.left_out": "Sin preguntar: {model}, {why}.",
    "route.not.no_price": "nadie sabe cuánto cuesta",
    "route.not.not_allowed": "tu plan no lo tiene",
    "route.not.over_ceiling": "cuesta más de lo que permite tu plan",
    "route.not.out_of_reach": "la empresa no deja preguntar allí",
    "route.not.other_region": "sus respuestas se hacen en otro lugar",
    "route.not.resting": "descansa tras tres fallos",
    "route.try.answered": "respondió en {ms} ms por {cost}",
    "route.try.none": "no hizo falta",
    "route.try.provider_refused": "no aceptó la llamada",
    "route.try.provider_key_refused": "no aceptó la clave",
    "route.try.provider_spent": "su cuenta está agotada",
    "route.try.provider_busy": "estaba ocupado",
    "route.try.provider_unreachable": "no respondió a tiempo",
    "route.try.provider_failed": "tuvo un fallo",
    "route.try.answer_broken": "respondió algo inservible",
    "route.cost": "Costó {cost}; se habían apartado {most}.",
    "model_price_set": (
        "Desde ahora, un millón de tokens de {model} cuesta {price_in} leídos y {price_out} "
        "escritos{prices}."
    ),
}
