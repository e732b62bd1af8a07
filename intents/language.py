"""Which of the two languages a sentence is in, from its words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from intents.extract.letters import words as split_table
from intents.rules.lexicon import LEXICONS

# Words that one language has and the other has not; names and numbers tell nothing.
_ENGLISH: Final = frozenset(
    split_table(
        "the of and to for from with by how what when who why where which is are was were do "
        "does did have has had can could would should will i we you my our your me us it "
        "this that these those give ask raise set make show list need want more much many "
        "spent spend left last next week month year day today yesterday tomorrow until since "
        "please help undo close rename create add remove approve reject cancel request move "
        "transfer between limit budget wallet people who's what's i'd i'm don't let's an at "
        "on out up be been any all who hi hello hey thanks thank forecast top spender "
        "spenders everything back lower increase daily weekly monthly open balance spending "
        "requests wallets commands"
    )
)
_SPANISH: Final = frozenset(
    split_table(
        "el la los las de del y que en un una unos para por con sin mi mis tu su se lo le al "
        "es son esta este esto ese eso hay como cuanto cuanta cuantos cuando quien quienes "
        "donde cual cuales dame pide pedir sube subir baja pon poner muestra muestrame "
        "ensena dime necesito necesitamos quiero mas gasto gastos gastado gastamos queda "
        "quedan presupuesto presupuestos limite cartera carteras semana mes ano dia hoy ayer "
        "manana hasta desde pasado pasada proximo proxima ayuda deshaz cierra renombra crea "
        "anade agrega quita aprueba rechaza cancela peticion peticiones solicitud "
        "solicitudes mueve pasa transfiere entre saldo personas gente hola gracias nuestro "
        "nuestra puedes podrias puedo tengo tenemos ha han hemos fue ya no si porque haz "
        "nombra prevision umbral umbrales avisa tope buenas buenos dias todo todos diario "
        "semanal mensual equipo equipos proyecto proyectos modelo llevamos va llega dia "
        "lista"
    )
)
_SPANISH_LETTERS: Final = frozenset("¿¡ñáéíóúÑÁÉÍÓÚ")


def score_languages(words: Iterable[str], text: str) -> tuple[int, int]:
    """Return how much speaks for English and for Spanish; `words` are folded."""
    english = spanish = 0
    in_english, in_spanish = LEXICONS["en"], LEXICONS["es"]
    for word in words:
        is_english, is_spanish = word in in_english, word in in_spanish
        english += word in _ENGLISH or (is_english and not is_spanish)
        spanish += word in _SPANISH or (is_spanish and not is_english)
    if not text.isascii() and not _SPANISH_LETTERS.isdisjoint(text):
        spanish += 1
    return english, spanish
