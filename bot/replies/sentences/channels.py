"""Sentences about channels that are no chats, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "act.list_channels": "see where alerts go besides the chats",
    "act.test_channel": "try where alerts go",
    "act.pause_channel": "send nothing new to a channel",
    "act.resume_channel": "send to a channel again",
    "act.set_channel": "say what goes to a channel",
    "do.pause_channel": "send nothing new to {wallet}",
    "do.resume_channel": "send alerts to {wallet} again",
    "do.set_channel": "change which alerts go to {wallet}",
    "channels": "Besides the chats, alerts go to:",
    "channels.none": (
        "Alerts go to the chats alone. E-mail, a webhook and PagerDuty are set by whoever runs "
        "Bursar: [email], [webhook], [pagerduty] in its settings."
    ),
    "channels.all": "· {channel}: all of them.",
    "channels.from": "· {channel}: from {percent} of a limit on.",
    "channels.of": "· {channel}: those of {wallets}, with what is below.",
    "channels.of.from": (
        "· {channel}: those of {wallets}, with what is below, from {percent} of a limit on."
    ),
    "channels.closed": (
        "· {channel}: only those of wallets that are closed, so nothing. Say “send alerts of all "
        "wallets to {channel}”."
    ),
    "channels.every": "all wallets",
    "channels.paused": "· {channel}: paused, nothing new goes there.",
    "card.channel.from": "From a share of a limit on: {before} -> {after}",
    "card.channel.of": "Of these, with what is below them: {before} -> {after}",
    "channels.hint": (
        "Say “test channel {channel}”, “pause channel {channel}” or “resume channel {channel}”; "
        "“send only alerts of design to {channel}” chooses wallets."
    ),
    "channel.tested": "A test is on its way to {channel}. I tell you how it went.",
    "channel.paused": (
        "Nothing new goes to {channel}. What began there is ended there all the same."
    ),
    "channel.resumed": (
        "Alerts go to {channel} again: what begins from now on. What began meanwhile does not."
    ),
    "channel.set": "To {channel} go alerts from {percent} of a limit on.",
    "channel.set.all": "To {channel} go all alerts.",
    "channel.set.of": (
        "To {channel} go the alerts of {wallets}, with what is below, from {percent} of a limit "
        "on. What began there is ended there all the same."
    ),
    "channel.set.of.all": (
        "To {channel} go the alerts of {wallets}, with what is below. What began there is ended "
        "there all the same."
    ),
    "channel.taken": "The test was taken by {channel}: look whether it can be seen there.",
    "channel.failed.address": (
        "The test did not go to {channel}: its address may not be reached. It must be a public "
        "https address, or its host stand in `private_hosts` under {section} in the settings."
    ),
    "channel.failed.refused": (
        "The test was refused by {channel}: look at its address and its keys under {section} in "
        "the settings."
    ),
    "channel.failed.other": (
        "The test was not taken by {channel}: nobody answered as expected. Look at {section} in "
        "the settings, and at what `bursar doctor` says."
    ),
    "channel.again": "I try again for some minutes.",
    "why:goes there so already": "The channel is so already.",
    "err.not_found.channel": "That channel is not configured.",
    "err.not_found.channel.named": "{name} is not configured.",
    "next.not_found.channel": (
        "Whoever runs Bursar sets it in its settings; “channels” shows what there is."
    ),
}
WORDS_ES: Final[dict[str, str]] = {
    "act.list_channels": "ver adónde van las alertas además de los chats",
    "act.test_channel": "probar adónde van las alertas",
    "act.pause_channel": "no enviar nada nuevo a un canal",
    "act.resume_channel": "volver a enviar a un canal",
    "act.set_channel": "decir qué va a un canal",
    "do.pause_channel": "no enviar nada nuevo a {wallet}",
    "do.resume_channel": "volver a enviar alertas a {wallet}",
    "do.set_channel": "cambiar qué alertas van a {wallet}",
    "channels": "Además de los chats, las alertas van a:",
    "channels.none": (
        "Las alertas solo van a los chats. El correo, un webhook y PagerDuty los configura quien "
        "opera Bursar: [email], [webhook], [pagerduty] en sus ajustes."
    ),
    "channels.all": "· {channel}: todas.",
    "channels.from": "· {channel}: desde el {percent} de un límite.",
    "channels.of": "· {channel}: las de {wallets}, con lo que hay debajo.",
    "channels.of.from": (
        "· {channel}: las de {wallets}, con lo que hay debajo, desde el {percent} de un límite."
    ),
    "channels.closed": (
        "· {channel}: solo las de carteras cerradas, así que nada. Di «envía a {channel} las "
        "alertas de todas las carteras»."
    ),
    "channels.every": "todas las carteras",
    "channels.paused": "· {channel}: en pausa, no va nada nuevo.",
    "card.channel.from": "Desde una parte de un límite: {before} -> {after}",
    "card.channel.of": "De estas, con lo que hay debajo: {before} -> {after}",
    "channels.hint": (
        "Di «prueba el canal {channel}», «pausa el canal {channel}» o «reanuda el canal "
        "{channel}»; «envía a {channel} solo las alertas de diseño» elige carteras."
    ),
    "channel.tested": "Va una prueba a {channel}. Te digo cómo ha ido.",
    "channel.paused": (
        "A {channel} no va nada nuevo. Lo que empezó allí se cierra allí de todos modos."
    ),
    "channel.resumed": (
        "Las alertas vuelven a ir a {channel}: lo que empiece desde ahora, no lo de antes."
    ),
    "channel.set": "A {channel} van las alertas desde el {percent} de un límite.",
    "channel.set.all": "A {channel} van todas las alertas.",
    "channel.set.of": (
        "A {channel} van las alertas de {wallets}, con lo que hay debajo, desde el {percent} de "
        "un límite. Lo que empezó allí se cierra allí de todos modos."
    ),
    "channel.set.of.all": (
        "A {channel} van las alertas de {wallets}, con lo que hay debajo. Lo que empezó allí se "
        "cierra allí de todos modos."
    ),
    "channel.taken": "{channel} ha aceptado la prueba: mira si se ve allí.",
    "channel.failed.address": (
        "La prueba no ha ido a {channel}: no se puede llegar a su dirección. Debe ser una "
        "dirección https pública, o su servidor estar en `private_hosts` de {section} en los "
        "ajustes."
    ),
    "channel.failed.refused": (
        "{channel} ha rechazado la prueba: mira su dirección y sus claves en {section} de los "
        "ajustes."
    ),
    "channel.failed.other": (
        "{channel} no ha aceptado la prueba: nadie contestó como se esperaba. Mira {section} en "
        "los ajustes y lo que dice `bursar doctor`."
    ),
    "channel.again": "Lo intento otra vez durante unos minutos.",
    "why:goes there so already": "El canal ya está así.",
    "err.not_found.channel": "Ese canal no está configurado.",
    "err.not_found.channel.named": "{name} no está configurado.",
    "next.not_found.channel": (
        "Lo configura quien opera Bursar en sus ajustes; «canales» muestra los que hay."
    ),
}
