"""Sentences about alerts, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "act.list_alerts": "see open alerts",
    "act.acknowledge_alerts": "acknowledge alerts",
    "act.reopen_alerts": "open alerts again",
    "act.snooze_alerts": "put alerts off",
    "act.mute_alerts": "mute a wallet's alerts",
    "act.unmute_alerts": "hear a wallet's alerts again",
    "do.acknowledge_alerts": "acknowledge the alerts of {wallet}",
    "do.reopen_alerts": "open the alerts of {wallet} again",
    "do.snooze_alerts": "put the alerts of {wallet} off",
    "do.mute_alerts": "tell you no alerts of {wallet}",
    "do.mute_alerts.below": "tell you no alerts of {wallet} and of what is below it",
    "do.unmute_alerts": "tell you the alerts of {wallet} again",
    "card.mute_alerts": "Only for you: others are told as before.",
    "card.lasts": "Until {when}.",
    "alert.passed": "{wallet} has used {percent} of its limit: {used} of {limit} {period}.",
    "alert.full": "{wallet} has used up its limit: {used} of {limit} {period} ({percent}).",
    "alert.stop": "Nothing more can be spent from it until the limit is raised.",
    "alert.stop.until": "Nothing more can be spent from it until {at}, or a raise.",
    "alert.rest": "The {free} that are left are too little for a call like the last one.",
    "alert.overdraft": "{free} of its overdraft can still be spent.",
    "alert.lifts": "{names} can raise it.",
    "alert.runs_out": "At this pace it runs out on {day}.",
    "alert.again": "Nobody has acknowledged this for {age}.",
    "offer.raise": "Raise by {amount}",
    "offer.ask": "Ask for {amount} more",
    "offer.top": "Who spends most?",
    "offer.acknowledge": "Acknowledge",
    "offer.snooze": "Snooze 1 day",
    "offer.mute": "Mute this month",
    "alerts": "Open alerts:",
    "alerts.none": "No alerts are open.",
    "alerts.line": "· {wallet}: {percent}, {used} of {limit} {period}, open since {at}.",
    "alerts.snoozed": "Put off until {at}.",
    "alerts.muted": "You hear nothing of {wallet}{below} until {at}.",
    "alerts.muted.for_good": "You hear nothing of {wallet}{below}; “unmute {wallet}” ends that.",
    "alerts.muted.below": " and what is below it",
    "alerts.muted.none": "You have muted nothing.",
    "alerts.hint": "Say “acknowledge {wallet}”, “snooze {wallet}” or “mute {wallet}”.",
    "alerts.unusual": (
        "· {wallet}, unusual today: {spent} on {model} in the hour from {at}, usually at most "
        "{high}."
    ),
    "act.show_unusual": "see unusual spend",
    "unusual.none": "Nothing unusual {where}since {day}.",
    "unusual.now": "Unusual now:",
    "unusual.before": "Since {day}:",
    "unusual.where": "in {wallet} ",
    "unusual.line": "· {wallet}, {at}: {spent} on {model} in an hour, usually at most {high}.",
    "unusual.data": "Each wallet and model is compared once it has {least} of spending.",
    "anomaly": "{wallet} spends unusually much on {model}: {spent} in the hour from {at}.",
    "anomaly.same_hours": "At this hour it is usually {low} to {high}.",
    "anomaly.same_hours.one": "At this hour it is usually {high}.",
    "anomaly.busy_hours.one": "In an hour in which anything is spent it is usually {high}.",
    "anomaly.busy_hours": "In an hour in which anything is spent it is usually {low} to {high}.",
    "anomaly.since": "Since {at} it has come to {total}.",
    "anomaly.person": "Most of it: {name}, {amount}.",
    "shared.trigger": "{wallet} has passed {percent} of its limit: {used} of {limit}.",
    "shared.acknowledge": "{wallet} at {percent} of its limit: somebody sees to it.",
    "shared.repeat": (
        "{wallet} has passed {percent} of its limit and nobody has acknowledged it: {used} of "
        "{limit}."
    ),
    "shared.resolve": "{wallet} at {percent} of its limit: over.",
    "shared.anomaly.trigger": (
        "{wallet} spends unusually much on {model}: {spent} in an hour, usually at most {high}."
    ),
    "shared.anomaly.acknowledge": ("{wallet}'s unusual spend on {model}: somebody sees to it."),
    "shared.anomaly.resolve": "{wallet}'s spend on {model} is as usual again.",
    "undelivered.address": "no address that messages may be sent to",
    "alert.acknowledged": "Acknowledged: nobody else is told about {wallet} now.",
    "alert.reopened": "The alerts of {wallet} are open again.",
    "alert.snoozed": "Put off: I come back to {wallet} on {when}.",
    "alert.muted": "You hear no alerts of {wallet}{below} until {when}. Others do.",
    "alert.muted.for_good": "You hear no alerts of {wallet}{below} any more. Others do.",
    "alert.below": " and the {count} wallets below it",
    "alert.below.one": " and the wallet below it",
    "alert.below.hint": "“mute only {wallet}” leaves those out.",
    "alert.unmuted": "You hear the alerts of {wallet} again.",
    "err.not_found.alert": "No alert is open there.",
    "err.not_found.alert.named": "No alert of {name} is open.",
    "next.not_found.alert": "Say “alerts” to see what is open.",
    "err.not_found.mute": "That is not muted.",
    "err.not_found.mute.named": "You have not muted {name}.",
    "err.not_found.mute_above": "That is muted with what is above it.",
    "err.not_found.mute_above.named": (
        "That is muted with {name}, which you have muted with all below it."
    ),
    "next.not_found.mute_above": (
        "Say its name, as in “unmute design”, to hear of all again, or “mute only design” to hear "
        "of what is below."
    ),
    "next.not_found.mute": "Say “alerts” to see what you have muted.",
    "next.insufficient_funds.lifts": (
        "Ask for less, or ask for budget: “ask for {amount} more for {wallet}”. "
        "{names} can raise it."
    ),
}
WORDS_ES: Final[dict[str, str]] = {
    "act.list_alerts": "ver las alertas abiertas",
    "act.acknowledge_alerts": "reconocer alertas",
    "act.reopen_alerts": "abrir alertas otra vez",
    "act.snooze_alerts": "posponer alertas",
    "act.mute_alerts": "silenciar las alertas de una cartera",
    "act.unmute_alerts": "oír otra vez las alertas de una cartera",
    "do.acknowledge_alerts": "reconocer las alertas de {wallet}",
    "do.reopen_alerts": "abrir otra vez las alertas de {wallet}",
    "do.snooze_alerts": "posponer las alertas de {wallet}",
    "do.mute_alerts": "no decirte las alertas de {wallet}",
    "do.mute_alerts.below": "no decirte las alertas de {wallet} ni de lo que tiene debajo",
    "do.unmute_alerts": "decirte otra vez las alertas de {wallet}",
    "card.mute_alerts": "Solo para ti: a los demás se les avisa como antes.",
    "card.lasts": "Hasta el {when}.",
    "alert.passed": "{wallet} ha usado el {percent} de su límite: {used} de {limit} {period}.",
    "alert.full": "{wallet} ha agotado su límite: {used} de {limit} {period} ({percent}).",
    "alert.stop": "No se puede gastar más de ahí hasta que se suba el límite.",
    "alert.stop.until": "No se puede gastar más de ahí hasta el {at} o una subida.",
    "alert.rest": "Los {free} que quedan no bastan para una llamada como la última.",
    "alert.overdraft": "Aún se pueden gastar {free} de su descubierto.",
    "alert.lifts": "Puede subirlo {names}.",
    "alert.runs_out": "A este ritmo se agota el {day}.",
    "alert.again": "Nadie lo ha reconocido en {age}.",
    "offer.raise": "Subir {amount}",
    "offer.ask": "Pedir {amount} más",
    "offer.top": "¿Quién gasta más?",
    "offer.acknowledge": "Reconocer",
    "offer.snooze": "Posponer 1 día",
    "offer.mute": "Silenciar este mes",
    "alerts": "Alertas abiertas:",
    "alerts.none": "No hay alertas abiertas.",
    "alerts.line": "· {wallet}: {percent}, {used} de {limit} {period}, abierta desde el {at}.",
    "alerts.snoozed": "Pospuesta hasta el {at}.",
    "alerts.muted": "No oyes nada de {wallet}{below} hasta el {at}.",
    "alerts.muted.for_good": "No oyes nada de {wallet}{below}; «reactiva {wallet}» lo cambia.",
    "alerts.muted.below": " ni de lo que tiene debajo",
    "alerts.muted.none": "No has silenciado nada.",
    "alerts.hint": (
        "Di «reconoce la alerta de {wallet}», «pospón la alerta de {wallet}» o "
        "«silencia {wallet}»."
    ),
    "alerts.unusual": (
        "· {wallet}, inusual hoy: {spent} en {model} en la hora desde el {at}, normalmente como "
        "mucho {high}."
    ),
    "act.show_unusual": "ver gasto fuera de lo normal",
    "unusual.none": "Nada fuera de lo normal {where}desde el {day}.",
    "unusual.now": "Fuera de lo normal ahora:",
    "unusual.before": "Desde el {day}:",
    "unusual.where": "en {wallet} ",
    "unusual.line": (
        "· {wallet}, {at}: {spent} en {model} en una hora, lo normal es {high} como mucho."
    ),
    "unusual.data": "Cada cartera y modelo se compara cuando tiene {least} de gasto.",
    "anomaly": "{wallet} gasta más de lo normal en {model}: {spent} en la hora desde el {at}.",
    "anomaly.same_hours": "A esta hora suelen ser de {low} a {high}.",
    "anomaly.same_hours.one": "A esta hora suelen ser {high}.",
    "anomaly.busy_hours.one": "En una hora en la que se gasta algo suelen ser {high}.",
    "anomaly.busy_hours": "En una hora en la que se gasta algo suelen ser de {low} a {high}.",
    "anomaly.since": "Desde el {at} suma {total}.",
    "anomaly.person": "La mayor parte: {name}, {amount}.",
    "shared.trigger": "{wallet} ha pasado el {percent} de su límite: {used} de {limit}.",
    "shared.acknowledge": "{wallet} al {percent} de su límite: alguien se ocupa.",
    "shared.repeat": (
        "{wallet} ha pasado el {percent} de su límite y nadie lo ha reconocido: {used} de {limit}."
    ),
    "shared.resolve": "{wallet} al {percent} de su límite: resuelto.",
    "shared.anomaly.trigger": (
        "{wallet} gasta más de lo normal en {model}: {spent} en una hora, lo normal es {high} "
        "como mucho."
    ),
    "shared.anomaly.acknowledge": (
        "Gasto fuera de lo normal de {wallet} en {model}: alguien se ocupa."
    ),
    "shared.anomaly.resolve": "El gasto de {wallet} en {model} vuelve a ser el normal.",
    "undelivered.address": "no es una dirección a la que se pueda enviar",
    "alert.acknowledged": (
        "Reconocida: no se avisa a nadie más de {wallet} por falta de respuesta."
    ),
    "alert.reopened": "Las alertas de {wallet} están abiertas otra vez.",
    "alert.snoozed": "Pospuesta: vuelvo sobre {wallet} el {when}.",
    "alert.muted": "No oirás alertas de {wallet}{below} hasta el {when}. Los demás sí.",
    "alert.muted.for_good": "Ya no oirás alertas de {wallet}{below}. Los demás sí.",
    "alert.below": " ni de las {count} carteras que tiene debajo",
    "alert.below.one": " ni de la cartera que tiene debajo",
    "alert.below.hint": "«silencia solo {wallet}» las deja fuera.",
    "alert.unmuted": "Vuelves a oír las alertas de {wallet}.",
    "err.not_found.alert": "Ahí no hay ninguna alerta abierta.",
    "err.not_found.alert.named": "No hay ninguna alerta abierta de {name}.",
    "next.not_found.alert": "Di «alertas» para ver qué está abierto.",
    "err.not_found.mute": "Eso no está silenciado.",
    "err.not_found.mute.named": "No has silenciado {name}.",
    "err.not_found.mute_above": "Está silenciado con lo que tiene encima.",
    "err.not_found.mute_above.named": (
        "Está silenciado con {name}, que has silenciado con todo lo que tiene debajo."
    ),
    "next.not_found.mute_above": (
        "Di su nombre, como en «reactiva design», para volver a oírlo todo, o «silencia solo "
        "design» para oír lo de debajo."
    ),
    "next.not_found.mute": "Di «alertas» para ver qué has silenciado.",
    "next.insufficient_funds.lifts": (
        "Pide menos o pide presupuesto: «pide {amount} más para {wallet}». Puede subirlo {names}."
    ),
}
