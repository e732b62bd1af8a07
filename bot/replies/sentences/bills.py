"""Sentences about providers' bills, in English and Spanish."""

from __future__ import annotations

from typing import Final

WORDS_EN: Final[dict[str, str]] = {
    "act.correct_usage": "correct usage by a provider's bill",
    "do.correct_usage": "correct usage of {wallet} by import {request}",
    "card.correction": "Counted {before} -> charged {after}",
    "card.correct_usage": (
        "Who used the models bears the difference, in the periods that it is of; what was charged "
        "less comes back to them as budget."
    ),
    "bill.imported": (
        "The bill of {provider}, {dates}, was imported: it charges {after} for models that came "
        "to {before} here. To post the difference, say “correct usage by import {ref}”."
    ),
    "bill.corrected": (
        "Usage of {provider}, {dates}, is what it charged now: {before} -> {after} (import {ref})."
    ),
    "may.usage.correct": "correct usage by a provider's bill",
    "err.usage_changed": (
        "What was counted of {provider} has changed since that bill was imported."
    ),
    "next.usage_changed": "Import the same file again, and say so once more.",
    "err.already_corrected": "Usage was corrected by import {ref} before.",
    "next.already_corrected": "There is nothing to do: it counts once.",
    "err.bill_unreadable": "The file is not what a provider exports.",
    "next.bill_unreadable": "Mend the lines that are named, or export it again.",
    "rule.usage_changed": "what is posted is what was shown, or nothing.",
    "rule.already_corrected": "a bill corrects once.",
    "rule.bill_unreadable": "a file is read whole or not at all.",
    "err.not_found.import": "There is no import of that reference.",
    "next.not_found.import": "`bursar import usage` on the server names it.",
}
WORDS_ES: Final[dict[str, str]] = {
    "act.correct_usage": "corregir el uso con la factura de un proveedor",
    "do.correct_usage": "corregir el uso de {wallet} con la importación {request}",
    "card.correction": "Contado {before} -> cobrado {after}",
    "card.correct_usage": (
        "La diferencia la asume quien usó los modelos, en los periodos a los que pertenece; lo "
        "cobrado de menos le vuelve como presupuesto."
    ),
    "bill.imported": (
        "Se importó la factura de {provider}, {dates}: cobra {after} por modelos que aquí sumaron "
        "{before}. Para asentar la diferencia, di «corrige el uso con la importación {ref}»."
    ),
    "bill.corrected": (
        "El uso de {provider}, {dates}, es ahora lo que cobró: {before} -> {after} (importación "
        "{ref})."
    ),
    "may.usage.correct": "corregir el uso con la factura de un proveedor",
    "err.usage_changed": "Lo contado de {provider} ha cambiado desde que se importó esa factura.",
    "next.usage_changed": "Importa el mismo archivo otra vez, y vuelve a decirlo.",
    "err.already_corrected": "El uso ya se corrigió con la importación {ref}.",
    "next.already_corrected": "No hay nada que hacer: cuenta una vez.",
    "err.bill_unreadable": "El archivo no es lo que exporta un proveedor.",
    "next.bill_unreadable": "Arregla las líneas que se nombran, o expórtalo otra vez.",
    "rule.usage_changed": "se asienta lo que se mostró, o nada.",
    "rule.already_corrected": "una factura corrige una vez.",
    "rule.bill_unreadable": "un archivo se lee entero o no se lee.",
    "err.not_found.import": "No hay ninguna importación con esa referencia.",
    "next.not_found.import": "`bursar import usage` en el servidor la nombra.",
}
