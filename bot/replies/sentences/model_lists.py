"""Sentences about which models there are, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "act.list_models": "see which models there are",
    "kind.model_sync": "the model sync",
    "ran.listed": "nothing new",
    "ran.news": "news, told",
    "ran.unanswered": "a provider gave no list",
    "models": "Models that are set up:",
    "models.offered": "offered",
    "models.missing": "🟡 not offered",
    "models.unlisted": "not looked up",
    "models.unpriced": "🟡 no price known",
    "models.price": "{price_in} in, {price_out} out",
    "models.others": "{name} also offers: {models}",
    "models.more": "{models} and {number} more",
    "models.away": "🟡 {name} gave no list of its models ({at}). “test provider {name}” says why.",
    "models.away.old": (
        "🟡 {name} gave no list of its models ({at}): this is the one of {since}. “test provider "
        "{name}” says why."
    ),
    "models.hint": (
        "Looked up daily; “sync models” does it now. Only what is set up is ever asked; “help "
        "models” shows how more is set up."
    ),
    "models.never": "What providers offer is looked up daily; “sync models” does it now.",
    "model_news.new": "{name} offers new models: {models}.",
    "model_news.missing": (
        "{name} does not list {model} any more, which is set up there: calls to it may fail."
    ),
    "model_news.missing.rule": (
        "{name} does not list {model} any more, which is set up there and asked by the rule "
        "{rules}: calls to it may fail."
    ),
    "model_news.unpriced": (
        "Nobody knows what {model} costs. “/price {model} IN OUT” sets it, in dollars for a "
        "million tokens."
    ),
    "model_news.hint": (
        "Nothing was added or taken away. “models” shows what is set up and what is offered."
    ),
}
WORDS_ES: Final[dict[str, str]] = {
    "act.list_models": "ver qué modelos hay",
    "kind.model_sync": "la sincronización de modelos",
    "ran.listed": "nada nuevo",
    "ran.news": "novedades, comunicadas",
    "ran.unanswered": "un proveedor no dio su lista",
    "models": "Modelos configurados:",
    "models.offered": "se ofrece",
    "models.missing": "🟡 no se ofrece",
    "models.unlisted": "sin consultar",
    "models.unpriced": "🟡 sin precio conocido",
    "models.price": "{price_in} entrada, {price_out} salida",
    "models.others": "{name} ofrece además: {models}",
    "models.more": "{models} y {number} más",
    "models.away": (
        "🟡 {name} no dio la lista de sus modelos ({at}). «prueba el proveedor {name}» dice por "
        "qué."
    ),
    "models.away.old": (
        "🟡 {name} no dio la lista de sus modelos ({at}): esta es la de {since}. «prueba el "
        "proveedor {name}» dice por qué."
    ),
    "models.hint": (
        "Se consulta a diario; «sincroniza los modelos» lo hace ahora. Solo se pregunta a lo "
        "configurado; «ayuda modelos» dice cómo configurar más."
    ),
    "models.never": (
        "Lo que ofrecen los proveedores se consulta a diario; «sincroniza los modelos» lo hace "
        "ahora."
    ),
    "model_news.new": "{name} ofrece modelos nuevos: {models}.",
    "model_news.missing": (
        "{name} ya no incluye {model} en su lista, y está configurado ahí: las llamadas pueden "
        "fallar."
    ),
    "model_news.missing.rule": (
        "{name} ya no incluye {model} en su lista, y está configurado ahí y en la regla {rules}: "
        "las llamadas pueden fallar."
    ),
    "model_news.unpriced": (
        "Nadie sabe cuánto cuesta {model}. «/precio {model} ENTRADA SALIDA» lo fija, en dólares "
        "por millón de tokens."
    ),
    "model_news.hint": (
        "No se añadió ni se quitó nada. «modelos» muestra lo configurado y lo que se ofrece."
    ),
}
