"""Sentences about charts, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "act.show_chart": "see a chart of what was spent",
    "chart.days": "{wallet} spent {amount}, {dates}",
    "chart.days.nothing": "{wallet} spent nothing, {dates}",
    "chart.days.limit": "{wallet} has spent {used} of {limit} {period} ({percent})",
    "chart.used_up": "{title}: used up",
    "chart.runs_out": "{title}: runs out on {day}",
    "chart.holds": "{title}: it holds",
    "chart.limit": "limit {amount}",
    "chart.ahead": "{amount} by {day}",
    "chart.most": "most: {amount} on {day}",
    "chart.days.alt": "Chart of what came together by day. {title}. {details}",
    "chart.bars.alt": "Bar chart. {title}. {details}",
    "chart.all": "All that {wallet} spent went to {model}, {dates}",
    "chart.models": "{model} is {percent} of what {wallet} spent, {dates}",
    "chart.others": "{number} others",
    "chart.tree": "{wallet} is the fullest {month}: {percent} of {limit}",
    "chart.tree.over": "Over its limit {month}: {wallets}",
    "chart.tree.over.more": "Over their limits {month}: {wallets}",
    "chart.tree.no_limits": "{wallet} has spent {amount} {month}",
    "chart.tree.nothing": "Nothing has been spent {month}",
    "chart.of": "{used} of {limit}",
}
WORDS_ES: Final[dict[str, str]] = {
    "act.show_chart": "ver un gráfico de lo gastado",
    "chart.days": "{wallet} ha gastado {amount}, {dates}",
    "chart.days.nothing": "{wallet} no ha gastado nada, {dates}",
    "chart.days.limit": "{wallet} lleva gastados {used} de {limit} {period} ({percent})",
    "chart.used_up": "{title}: agotado",
    "chart.runs_out": "{title}: se acaba el {day}",
    "chart.holds": "{title}: alcanza",
    "chart.limit": "límite {amount}",
    "chart.ahead": "{amount} el {day}",
    "chart.most": "máximo: {amount} el {day}",
    "chart.days.alt": "Gráfico de lo acumulado día a día. {title}. {details}",
    "chart.bars.alt": "Gráfico de barras. {title}. {details}",
    "chart.all": "Todo lo que gastó {wallet} fue en {model}, {dates}",
    "chart.models": "{model} es el {percent} de lo que gastó {wallet}, {dates}",
    "chart.others": "otros {number}",
    "chart.tree": "{wallet} es la más llena {month}: {percent} de {limit}",
    "chart.tree.over": "Por encima de su límite {month}: {wallets}",
    "chart.tree.over.more": "Por encima de sus límites {month}: {wallets}",
    "chart.tree.no_limits": "{wallet} lleva gastados {amount} {month}",
    "chart.tree.nothing": "No se ha gastado nada {month}",
    "chart.of": "{used} de {limit}",
}
