"""What the bot keeps: "memory", "forget what you know about me", "olvida a Ben"."""

from __future__ import annotations

import re
from typing import Final

from bot.actions.memory import Forget, ShowMemory
from intents.rules.patterns import Outcome
from intents.rules.typed import bare, courteous
from intents.sentence import Sentence, split_words

_ABOUT_ME: Final = r"(?: (?:about|of|on|de|sobre) (?:me|mi))"
_KEEPS: Final = (
    r"(?:you(?:'ve| have)? )?(?:know|keep|kept|remember|store|stored|have|got|saved)"
    r"|(?:sabes|guardas|recuerdas|tienes|has guardado|conservas)"
)
_SHOWS: Final = re.compile(
    r"(?:(?:show|list|see)(?: me)? )?(?:(?:your|my|the) )?memory"
    rf"|what (?:do|have) you (?:know|keep|kept|remember|store|stored|have|got|saved){_ABOUT_ME}"
    rf"|(?:show|list|tell)(?: me)? (?:what|everything|all) (?:{_KEEPS}){_ABOUT_ME}"
    r"|(?:(?:muestra(?:me)?|ensena(?:me)?|ver) )?(?:(?:tu|mi|la) )?memoria"
    rf"|que (?:{_KEEPS}){_ABOUT_ME}"
    rf"|(?:muestra(?:me)?|dime|ensena(?:me)?) (?:lo|todo lo) que (?:{_KEEPS}){_ABOUT_ME}"
)
_WIPES: Final = r"(?:forget|erase|delete|clear|wipe|remove|olvida|borra|elimina|suprime)"
_MINE: Final = (
    r"(?:all |todos |todo )?(?:of )?(?:my|mis|mi) (?:old )?"
    r"(?:messages|memory|history|data|words|mensajes|memoria|historial|datos|palabras)"
)
_KEPT: Final = (
    rf"(?:what|everything|all)(?: that)? (?:{_KEEPS}){_ABOUT_ME}"
    rf"|(?:lo|todo lo) que (?:{_KEEPS}){_ABOUT_ME}"
    rf"|(?:everything|all|todo){_ABOUT_ME}"
    r"|(?:what|everything|all)(?: that)? (?:i|we) (?:said|wrote|told you)"
    r"|(?:lo|todo lo) que (?:te )?(?:dije|he dicho|escribi|he escrito)"
    r"|your memory(?: of me)?|tu memoria(?: de mi)?"
)
# "forget me" is plain by itself; "delete me" might mean the account.
_FORGETS: Final = re.compile(
    rf"{_WIPES} (?:{_MINE}|{_KEPT})|forget (?:about )?me|olvida(?:me|te de mi)"
)
_ALONE: Final = frozenset({"forget", "forget everything", "olvida todo", "olvidalo todo"})
_OTHER: Final = re.compile(
    r"(?:forget|olvida a|olvidate de)(?: (?:everything|all|todo))?(?: (?:about|of|sobre|de))? "
    r"(?P<name>.{1,80})"
    r"|(?:forget|erase|delete|olvida|borra|elimina) "
    rf"(?:what|everything|all|lo que|todo lo que)(?: (?:{_KEEPS}))? (?:about|of|de|sobre) "
    r"(?P<whom>.{1,80})"
)


def find_memory(sentence: Sentence) -> Outcome | None:
    """Return what a sentence wants of what is kept; None if it is about something else."""
    text = courteous(sentence.text)
    if _SHOWS.fullmatch(text):
        return ShowMemory()
    if text in _ALONE or _FORGETS.fullmatch(text):
        return Forget()
    other = _OTHER.fullmatch(text)
    return None if other is None else _of(other["name"] or other["whom"], sentence)


def is_about_memory(text: str) -> bool:
    """Tell whether a text is about what is kept, so that its "forget" refuses nothing."""
    text = courteous(text)
    return _SHOWS.fullmatch(text) is not None or _FORGETS.fullmatch(text) is not None


def read_forget(sentence: Sentence) -> Outcome:
    """Read whom a command is about: a name, the handle of somebody shut out, oneself if empty."""
    typed = bare(sentence.text)
    if typed in {"", "me", "my", "all", "everything", "mi", "todo"}:
        return Forget()
    return _of(typed, sentence) or Forget(handle=typed.lstrip("@")[:40])


def _of(name: str, sentence: Sentence) -> Forget | None:
    """Return the erasure of the one person that a text names as a whole; None for another."""
    words = split_words(name).words
    found = sentence.index.find(words, 0) if words else None
    if found is None or found[0] != len(words):
        return None
    person_id = found[1].person_id
    return None if person_id is None else Forget(person_id=person_id)
