"""Bare numbers that are no amounts: what they count, name or date gives them away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intents.extract.letters import words

MONTHS: Final = frozenset(
    words(
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec enero febrero marzo abril mayo junio "
        "julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic"
    )
)
# What a number counts when one of these follows.
_COUNTED: Final = frozenset(
    words(
        "second seconds minute minutes min mins hour hours hr hrs day days week weeks month "
        "months quarter quarters year years time times percent pct percentage points am pm oclock "
        "token tokens request requests call calls message messages user users person people "
        "wallet wallets model models item items row rows key keys seat seats team teams member "
        "members business working segundo segundos minuto minutos hora horas dia dias semana "
        "semanas mes meses trimestre trimestres ano anos vez veces solicitud solicitudes llamada "
        "llamadas mensaje mensajes usuario usuarios persona personas cartera carteras modelo "
        "modelos clave claves equipo equipos miembro miembros"
    )
)
# What a number is the name of when one of these stands before.
_LABELS: Final = frozenset(
    words(
        "gpt claude opus sonnet haiku fable gemini llama mistral phi qwen deepseek grok o v "
        "version q phase room no nr num number # id ref request ticket invoice step level tier "
        "page chapter option choice item line solicitud peticion factura paso nivel pagina opcion "
        "numero linea fase sala top last next past first previous ultimos ultimas proximos "
        "proximas primeros siguientes jan feb"
    )
)
_YEAR_BEFORE: Final = frozenset(words("in of since until by en de del desde hasta year ano para"))


def is_labelled(words: Sequence[str], first: int) -> bool:
    """Whether the number at `words[first]` is a name: of a model, a request, a quarter."""
    return first > 0 and words[first - 1] in _LABELS


def is_counted_or_dated(words: Sequence[str], first: int, after: int) -> bool:
    """Whether the number `words[first:after]` counts something, or is a day or a year."""
    follows = words[after] if after < len(words) else ""
    if follows in _COUNTED or follows in MONTHS or follows in ("%", "º"):
        return True
    if follows == "por" and after + 1 < len(words) and words[after + 1] == "ciento":
        return True
    if follows in ("of", "de", "more", "mas"):
        beyond = words[after + 1] if after + 1 < len(words) else ""
        if beyond in MONTHS or beyond in _COUNTED:
            return True
    before = words[first - 1] if first else ""
    if before in MONTHS and before not in ("may", "mar", "march"):
        return True
    if before in MONTHS and len(words[first]) <= 2:
        return True
    return _is_year(words[first]) and (
        not MONTHS.isdisjoint(words[max(first - 5, 0) : first])
        or before in _YEAR_BEFORE
        or (before == "," and first > 1 and words[first - 2].isdigit())
    )


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")
