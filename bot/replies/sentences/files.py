"""Sentences about files that are handed over, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "err.file_not_offered": "That file does not wait for you here any more.",
    "err.file_not_offered.taken": "{name} was taken already, on {at}.",
    "err.file_not_offered.left": "{name} was left, on {at}.",
    "err.file_not_offered.expired": "{name} could be taken until {at}.",
    "err.no_destination": "The place that was named for the file is none that I may write to.",
    "err.no_destination.host": (
        "The place that was named for the file, {host}, is none that I may write to."
    ),
    "next.file_not_offered": "Ask for it once more: “export chargeback last month”, for example.",
    "next.file_not_offered.taken": "It is in your OneDrive, or on its way there.",
    "next.no_destination": (
        "If it is your company's, whoever runs Bursar can add it to `teams.file_hosts`; then take"
        " the file again."
    ),
    "rule.file_not_offered": "a file is taken once, by whom it is for, within seven days.",
    "rule.no_destination": "files are put only where whoever runs Bursar allows it.",
    "notice.no_file": "The file itself could not be handed over here.",
    "notice.file_aside": "The file is in our direct messages.",
    "notice.file_begins": "{name} begins so:",
    "notice.file_in_private": "Ask me for it in our private chat to get all of it as a file.",
    "notice.file_offered": "Press Allow below to have it in your OneDrive.",
    "notice.file_saved": "{name} is in your OneDrive.",
    "notice.file_not_saved": (
        "{name} could not be saved to your OneDrive; nothing of it is there. Press Allow below to"
        " try again."
    ),
    "notice.file_unsure": (
        "I was interrupted while saving {name} to your OneDrive. If it is not there, press Allow"
        " below to try again."
    ),
    "notice.file_gone": (
        "That file is not kept any more, so that nothing was saved to your OneDrive. Ask for it"
        " once more: “export chargeback last month”, for example."
    ),
    "notice.file_left": (
        "{name} was not saved. Ask for it again whenever you want it: “export chargeback last"
        " month”, for example."
    ),
    "notice.file_elsewhere": (
        "{name} could not be handed over in the chat where you took it. Ask for it here."
    ),
}
WORDS_ES: Final[dict[str, str]] = {
    "err.file_not_offered": "Ese archivo ya no te espera aquí.",
    "err.file_not_offered.taken": "{name} ya se recogió, el {at}.",
    "err.file_not_offered.left": "{name} se dejó sin recoger, el {at}.",
    "err.file_not_offered.expired": "{name} se podía recoger hasta el {at}.",
    "err.no_destination": "No puedo escribir en el lugar que se indicó para el archivo.",
    "err.no_destination.host": (
        "No puedo escribir en el lugar que se indicó para el archivo, {host}."
    ),
    "next.file_not_offered": (
        "Pídelo otra vez: «exporta el reparto de costes del mes pasado», por ejemplo."
    ),
    "next.file_not_offered.taken": "Está en tu OneDrive o de camino.",
    "next.no_destination": (
        "Si es de tu empresa, quien administra Bursar puede añadirlo a `teams.file_hosts`; después"
        " recoge el archivo otra vez."
    ),
    "rule.file_not_offered": (
        "un archivo lo recoge una vez la persona para quien es, en siete días."
    ),
    "rule.no_destination": (
        "los archivos solo se guardan donde lo permite quien administra Bursar."
    ),
    "notice.no_file": "El archivo mismo no se pudo entregar aquí.",
    "notice.file_aside": "El archivo está en nuestros mensajes directos.",
    "notice.file_begins": "{name} empieza así:",
    "notice.file_in_private": (
        "Pídemelo en nuestro chat privado para recibirlo entero como archivo."
    ),
    "notice.file_offered": "Pulsa Permitir abajo para tenerlo en tu OneDrive.",
    "notice.file_saved": "{name} está en tu OneDrive.",
    "notice.file_not_saved": (
        "{name} no se pudo guardar en tu OneDrive; allí no hay nada de él. Pulsa Permitir abajo"
        " para intentarlo otra vez."
    ),
    "notice.file_unsure": (
        "Me interrumpí al guardar {name} en tu OneDrive. Si no está allí, pulsa Permitir abajo"
        " para intentarlo otra vez."
    ),
    "notice.file_gone": (
        "Ese archivo ya no se conserva, así que no se guardó nada en tu OneDrive. Pídelo otra vez:"
        " «exporta el reparto de costes del mes pasado», por ejemplo."
    ),
    "notice.file_left": (
        "{name} no se guardó. Pídelo otra vez cuando lo quieras: «exporta el reparto de costes"
        " del mes pasado», por ejemplo."
    ),
    "notice.file_elsewhere": (
        "{name} no se pudo entregar en el chat en el que lo recogiste. Pídelo aquí."
    ),
}
