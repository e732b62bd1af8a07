"""Text made plain for the readers: same length, so that offsets stay true."""

from __future__ import annotations

import re
from typing import Final

from bot.planning import Language


def words(text: str) -> list[str]:
    """Split a table of words that is written as one string, for the reader's sake."""
    return text.split()


def words_of(text: str) -> frozenset[str]:
    """Return the words of such a table as a set."""
    return frozenset(text.split())


_PLAIN: Final = str.maketrans(
    "áàâäéèêëíìîïóòôöúùûüñç’‘`–\u2011\u2010", "aaaaeeeeiiiioooouuuunc'''---"
)
_WORD: Final = re.compile(r"[a-z]+")

# Words that only one of the two languages has, by no means all of them: enough to tell.
_ENGLISH: Final = frozenset(
    words(
        "the of and to for in on at is it my your we you was were be will this that with from by "
        "give ask raise send make set show how what when which who next last week month year day "
        "days today tomorrow yesterday until till since between about spend spent budget more "
        "please hundred thousand million dollar dollars cents monday tuesday wednesday thursday "
        "friday saturday sunday morning evening tonight ago now"
    )
)
_SPANISH: Final = frozenset(
    words(
        "el la los las de del y que en un una unos para por con mi tu su se lo al es son este "
        "esta dame pide sube manda pon muestra cuanto cuando quien proximo proxima pasado pasada "
        "semana mes ano dia dias hoy manana ayer hasta desde entre gasto gasté presupuesto mas "
        "favor cien ciento doscientos mil millon millones dolar dolares euro euros centavos lunes "
        "martes miercoles jueves viernes sabado domingo tarde noche hace ahora"
    )
)


def fold(text: str) -> str:
    """Return `text` in lower case without accents, letter for letter."""
    low = text.lower()
    if len(low) != len(text):  # some capitals, such as U+0130, become two letters
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low if low.isascii() else low.translate(_PLAIN)


def guess_language(folded: str) -> Language:
    """Tell the language of folded text by its common words; English when nothing tells."""
    words = _WORD.findall(folded)
    english = sum(word in _ENGLISH for word in words)
    return "es" if sum(word in _SPANISH for word in words) > english else "en"
