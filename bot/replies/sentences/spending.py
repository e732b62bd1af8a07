"""Sentences about balances, spending and what binds a wallet, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "balance": "{wallet} has spent {used} of {limit} {period} ({percent}), {left} to go.",
    "balance.last_day": "{wallet} has spent {used} of {limit} {period} ({percent}).",
    "balance.no_limit": "{wallet} has spent {used} {period}. It has no limit of its own.",
    "balance.closed": "{wallet} is closed: nothing is spent from it.",
    "balance.free": "{free} is free.",
    "balance.none_free": "Nothing is free: what would cost more is refused.",
    "balance.held": "{held} is set aside for calls that run now.",
    "balance.also": "Also: {used} of {limit} {period} ({percent}).",
    "balance.binds": "What binds first is {wallet}: {free} free {period}.",
    "balance.mostly": "Most of it: {models}.",
    "pace.runs_out": "At this pace it runs out on {day}.",
    "pace.runs_out_today": "At this pace it runs out today.",
    "pace.holds": "At this pace it comes to {amount}{band} by {day}.",
    "pace.band": " ({low} to {high})",
    "pace.unknown": "Not enough data for a forecast: {days} of spending, {least} are needed.",
    "spend": "{who} spent {amount}, {dates}.",
    "spend.everybody": "Everybody",
    "spend.correction": "corrections by bills",
    "spend.with_model": "{who} with {model}",
    "spend.in_wallet": "{who} in {wallet}",
    "spend.nothing": "{who} spent nothing, {dates}.",
    "spend.more": "That is {percent} more than {span} ({before}).",
    "spend.less": "That is {percent} less than {span} ({before}).",
    "spend.same": "That is about the same as {span} ({before}).",
    "spend.none_before": "It was nothing {span}.",
    "spend.span": "in the {days} before",
    "spend.span.day": "on the day before",
    "tree": "Wallets, {month}:",
    "tree.none": "You may see no wallet here yet.",
    "tree.of": "of {limit}",
    "tree.no_limit": "no limit",
    "export.chargeback": (
        "Chargeback, {who}, {dates}: {amount}, by cost centre, team, wallet and model."
    ),
    "export.chargeback.nothing": (
        "Chargeback, {who}, {dates}: nothing was used, so there is nothing to charge on and no "
        "file. For other days, say “export chargeback from 1 to 15 November”."
    ),
    "export.focus.nothing": (
        "FOCUS 1.2, {who}, {dates}: nothing was used, so the file would have no rows, and there "
        "is none. For other days, say “export focus from 1 to 15 November”."
    ),
    "export.focus": "FOCUS 1.2, {who}, {dates}: {amount}, by day, wallet, person and model.",
    "month_end": (
        "{month} is over: {amount} in all. Here is who bears it, and the same after FOCUS 1.2. "
        "For other days, say “export chargeback from 1 to 15 November”."
    ),
    "month_end.too_large": (
        "{what} is larger than chats take; `bursar export {what}` on the server writes it."
    ),
    "export.file": "{name}, {rows} rows",
    "top": "Who spent most from {wallet}, {dates}; all together {total}:",
    "top.nothing": "Nobody spent anything from {wallet}, {dates}.",
    "forecast.limit": "{wallet} is heading for {amount} by {day}{band}; its limit is {limit}.",
    "forecast.no_limit": (
        "{wallet} is heading for {amount} by {day}{band}; it has no limit of its own."
    ),
    "forecast.band": ", most likely from {low} to {high}",
    "forecast.runs_out": "It runs out on {day}.",
    "forecast.runs_out_today": "It runs out today.",
    "forecast.holds": "The limit holds.",
    "forecast.may_run_out": "The limit holds, but at the most it runs out on {day}.",
    "forecast.pace": "So far {used}; {per_day} a day over the last {days}{trend}.",
    "forecast.rising": ", and rising",
    "forecast.falling": ", and falling",
    "forecast.unknown": "{wallet}: not enough data for a forecast.",
    "forecast.days": "There are {days} of spending, {least} are needed. So far {used}.",
    "page.title": "Your wallet",
    "page.accounts": "Your accounts",
    "page.unlink": "Unlink",
    "page.quiet": "Quiet hours",
    "page.quiet.set": "Set quiet hours",
    "page.quiet.change": "Change",
    "page.quiet.end": "Turn off",
    "people": "People ({number}):",
    "people.none": "Nobody is here yet.",
    "people.limits": "At a time the role {role} may {deeds}.",
    "why.refused": "Why: {what}",
    "why.rule": "Rule: {rule}",
    "why.nothing": "Nothing was refused here lately.",
    "why.binds": "What binds {wallet} is {binder}: {free} free of {limit} {period}, {used} spent.",
    "why.binds.own": "What binds {wallet} is its own {name}: {free} free of {limit} {period}, "
    "{used} spent.",
    "why.no_limit": "No limit binds {wallet}.",
    "why.request": "Request #{ref}: {amount} for {wallet} {until}, from {asker} on {at}; {state}.",
    "why.request.join": "Request #{ref}: {asker} asks to be let in, on {at}; {state}.",
    "why.free": "{amount} free",
}

WORDS_ES: Final[dict[str, str]] = {
    "balance": (
        "{wallet} ha gastado {used} de {limit} {period} ({percent}), con {left} por delante."
    ),
    "balance.last_day": "{wallet} ha gastado {used} de {limit} {period} ({percent}).",
    "balance.no_limit": "{wallet} ha gastado {used} {period}. No tiene límite propio.",
    "balance.closed": "{wallet} está cerrada: no paga nada.",
    "balance.free": "Quedan libres {free}.",
    "balance.none_free": "No queda nada libre: lo que cueste más se rechaza.",
    "balance.held": "Hay {held} apartados para llamadas en curso.",
    "balance.also": "Además: {used} de {limit} {period} ({percent}).",
    "balance.binds": "Lo que limita antes es {wallet}: {free} libres {period}.",
    "balance.mostly": "La mayor parte: {models}.",
    "pace.runs_out": "A este ritmo se agota el {day}.",
    "pace.runs_out_today": "A este ritmo se agota hoy.",
    "pace.holds": "A este ritmo llegará a {amount}{band} el {day}.",
    "pace.band": " (de {low} a {high})",
    "pace.unknown": "Faltan datos para una previsión: hay {days} de gasto y hacen falta {least}.",
    "spend": "{who}: gasto de {amount}, {dates}.",
    "spend.everybody": "Todos",
    "spend.correction": "correcciones por facturas",
    "spend.with_model": "{who} con {model}",
    "spend.in_wallet": "{who} en {wallet}",
    "spend.nothing": "{who}: ningún gasto, {dates}.",
    "spend.more": "Es un {percent} más que {span} ({before}).",
    "spend.less": "Es un {percent} menos que {span} ({before}).",
    "spend.same": "Es más o menos lo mismo que {span} ({before}).",
    "spend.none_before": "No se gastó nada {span}.",
    "spend.span": "en los {days} anteriores",
    "spend.span.day": "el día anterior",
    "tree": "Carteras, {month}:",
    "tree.none": "Aquí aún no puedes ver ninguna cartera.",
    "tree.of": "de {limit}",
    "tree.no_limit": "sin límite",
    "export.chargeback": (
        "Reparto de costes, {who}, {dates}: {amount}, por centro de coste, equipo, cartera y "
        "modelo."
    ),
    "export.chargeback.nothing": (
        "Chargeback, {who}, {dates}: no se usó nada, así que no hay nada que repercutir ni "
        "archivo. Para otros días, di «exporta el chargeback del 1 al 15 de noviembre»."
    ),
    "export.focus.nothing": (
        "FOCUS 1.2, {who}, {dates}: no se usó nada; el archivo no tendría filas, así que no hay "
        "ninguno. Para otros días, di «exporta focus del 1 al 15 de noviembre»."
    ),
    "export.focus": "FOCUS 1.2, {who}, {dates}: {amount}, por día, cartera, persona y modelo.",
    "month_end": (
        "Mes de {month}: {amount} en total. Aquí está quién lo asume, y lo mismo según "
        "FOCUS 1.2. Para otros días, di «exporta el chargeback del 1 al 15 de noviembre»."
    ),
    "month_end.too_large": (
        "{what} es más grande de lo que aceptan los chats; `bursar export {what}` en el servidor "
        "lo escribe."
    ),
    "export.file": "{name}, {rows} filas",
    "top": "Quién gastó más en {wallet}, {dates}; {total} entre todos:",
    "top.nothing": "Nadie gastó nada en {wallet}, {dates}.",
    "forecast.limit": "{wallet} va camino de {amount} el {day}{band}; su límite es de {limit}.",
    "forecast.no_limit": "{wallet} va camino de {amount} el {day}{band}; no tiene límite propio.",
    "forecast.band": ", muy probablemente de {low} a {high}",
    "forecast.runs_out": "Se agota el {day}.",
    "forecast.runs_out_today": "Se agota hoy.",
    "forecast.holds": "El límite alcanza.",
    "forecast.may_run_out": "El límite alcanza, pero en el peor caso se agota el {day}.",
    "forecast.pace": "Hasta ahora {used}; {per_day} al día en los últimos {days}{trend}.",
    "forecast.rising": ", y subiendo",
    "forecast.falling": ", y bajando",
    "forecast.unknown": "{wallet}: faltan datos para una previsión.",
    "forecast.days": "Hay {days} de gasto y hacen falta {least}. Hasta ahora {used}.",
    "page.title": "Tu cartera",
    "page.accounts": "Tus cuentas",
    "page.unlink": "Desvincular",
    "page.quiet": "Horas de silencio",
    "page.quiet.set": "Fijar",
    "page.quiet.change": "Cambiar",
    "page.quiet.end": "Quitar",
    "people": "Personas ({number}):",
    "people.none": "Aún no hay nadie.",
    "people.limits": "De una vez, el rol de {role} puede {deeds}.",
    "why.refused": "Por qué: {what}",
    "why.rule": "Regla: {rule}",
    "why.nothing": "Aquí no se ha rechazado nada últimamente.",
    "why.binds": (
        "Lo que limita a {wallet} es {binder}: {free} libres de {limit} {period}, {used} gastados."
    ),
    "why.binds.own": "Lo que limita a {wallet} es su propio {name}: {free} libres de {limit} "
    "{period}, {used} gastados.",
    "why.no_limit": "Ningún límite afecta a {wallet}.",
    "why.request": "Solicitud #{ref}: {amount} para {wallet} {until}, de {asker}, el {at}; "
    "{state}.",
    "why.request.join": "Solicitud #{ref}: {asker} pide acceso, el {at}; {state}.",
    "why.free": "{amount} libres",
}
