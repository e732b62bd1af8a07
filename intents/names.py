"""Which wallets and people a sentence may mean.

An exact name, path or handle comes first, then other names for the same thing (a first name, the
name in the other language), then a close match. More than one candidate is a question. A name in
letters that only look like those of another is never taken silently.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from rapidfuzz import fuzz, process

from bot.ids import PrincipalId, WalletId
from bot.planning import Directory, PersonName, WalletName
from intents.extract.letters import fold, words
from intents.rules.lexicon import LEXICONS, TOKEN

# What people call a unit in the other language: each row is one meaning.
_TRANSLATIONS: Final = (
    "design diseno",
    "data datos",
    "support soporte",
    "sales ventas",
    "engineering ingenieria",
    "research investigacion",
    "operations operaciones",
    "product producto",
    "company empresa compania",
    "launch lanzamiento",
    "brand marca",
    "search busqueda buscador",
    "forecasting previsiones",
    "finance finanzas",
    "growth crecimiento",
    "security seguridad",
    "platform plataforma",
    "development desarrollo",
    "legal juridico",
    "quality calidad",
    "purchasing compras",
    "training formacion",
    "mobile movil",
    "payments pagos",
)
# Cyrillic and Greek letters that look like Latin ones (Unicode TS 39, the common part).
_LOOKALIKES: Final = str.maketrans(
    "аеорсухіјѕԁһԛԝѵӏкмнтвгпАВЕКМНОРСТУХІЈЅαεικνορτυχγηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡıⅼ",
    "aeopcyxijsdhqwvlkmhtbrnabekmhopctyxijsaeiknoptuxynwabezhikmnoptyxagil",
)
_KIND_WORDS: Final = frozenset(
    words("team project wallet department equipo proyecto cartera departamento the el la")
)
_SHORTEST_CLOSE: Final = 4
_CLOSE: Final = 80.0
# Near enough to be named, and far too little to be taken.
_NEAR: Final = 50.0
_MOST_NEAR: Final = 3
# Everyday words that are one letter away from names that teams have.
_NOT_NAMES: Final = frozenset(
    words(
        "date dates lunch band dating desing_ today design_ sign signed support_ sport "
        "brandy bread datos fecha marcha carta caja ben bean ana and any lunes launched "
        "searching searched supported supporting designed designing cancel"
    )
)
_T = TypeVar("_T", WalletName, PersonName)


@dataclass(frozen=True, slots=True)
class Named:
    """What a stretch of words may name. `is_doubtful` names are asked about even when alone."""

    wallets: tuple[WalletName, ...] = ()
    people: tuple[PersonName, ...] = ()
    is_doubtful: bool = False
    is_close: bool = False

    @property
    def wallet_id(self) -> WalletId | None:
        """The only wallet that can be meant."""
        return None if self.is_doubtful or len(self.wallets) != 1 else self.wallets[0].id

    @property
    def person_id(self) -> PrincipalId | None:
        """The only person who can be meant."""
        return None if self.is_doubtful or len(self.people) != 1 else self.people[0].id


def split_name(name: str) -> tuple[str, ...]:
    """Split a name into folded words, as a sentence is split."""
    return tuple(TOKEN.findall(fold(unicodedata.normalize("NFC", name))))


def skeleton(text: str) -> str:
    """Return what `text` looks like in plain Latin letters."""
    shown = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isprintable())
    return fold(shown.translate(_LOOKALIKES))


def has_mixed_scripts(text: str) -> bool:
    """Tell whether Latin letters stand beside letters that only look Latin."""
    if text.isascii():
        return False
    latin = any("LATIN" in unicodedata.name(c, "") for c in text if c.isalpha())
    return latin and any(
        unicodedata.name(c, "").startswith(("CYRILLIC", "GREEK", "FULLWIDTH")) for c in text
    )


class _Levels:
    """The candidates for one spelling: the best level that has any, wallets and people apart."""

    __slots__ = ("people", "wallets")

    def __init__(self) -> None:
        self.wallets: tuple[int, dict[str, WalletName]] = (9, {})
        self.people: tuple[int, dict[str, PersonName]] = (9, {})

    @staticmethod
    def better(old: tuple[int, dict[str, _T]], level: int, one: _T) -> tuple[int, dict[str, _T]]:
        if level > old[0]:
            return old
        kept = old[1] if level == old[0] else {}
        return level, {**kept, one.id: one}


class NameIndex:
    """The names of one directory, folded once."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._spellings: dict[tuple[str, ...], _Levels] = {}
        for wallet in directory.wallets:
            for level, spelling in _wallet_spellings(wallet):
                found = self._spellings.setdefault(spelling, _Levels())
                found.wallets = _Levels.better(found.wallets, level, wallet)
        for person in directory.people:
            for level, spelling in _person_spellings(person):
                found = self._spellings.setdefault(spelling, _Levels())
                found.people = _Levels.better(found.people, level, person)
        self._looks: dict[str, set[str]] = {}
        everything: tuple[WalletName | PersonName, ...] = (*directory.wallets, *directory.people)
        for name in everything:
            folded = fold(unicodedata.normalize("NFC", name.name))
            self._looks.setdefault(skeleton(name.name), set()).add(folded)
        self._named: dict[tuple[str, ...], Named] = {
            spelling: self._settle(levels) for spelling, levels in self._spellings.items()
        }
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for spelling in sorted(self._named, key=len, reverse=True):
            self._by_first.setdefault(spelling[0], []).append(spelling)
        self._shown = {
            skeleton(" ".join(spelling)): named for spelling, named in self._named.items()
        }
        self._close_names = [
            " ".join(s) for s in self._named if sum(map(len, s)) >= _SHORTEST_CLOSE and len(s) < 4
        ]
        self._by_joined = {" ".join(s): named for s, named in self._named.items()}
        self.models = _models(directory.models)
        # Three letters rule out nearly every word.
        self._model_heads = {key[:end] for key in self.models for end in (1, 2, 3)}
        self.wallet_by_id = {wallet.id: wallet for wallet in directory.wallets}
        self.roots = tuple(w for w in directory.wallets if w.parent_id is None)
        self._guessed: dict[str, Named | None] = {}

    def fits(self, directory: Directory) -> bool:
        """Tell whether the index was made from the same names; requests come and go."""
        known = self.directory
        is_same = (
            known.wallets == directory.wallets
            and known.people == directory.people
            and known.models == directory.models
        )
        if is_same:
            # Names that were read anew are compared letter by letter once, and not each time.
            self.directory = directory
        return is_same

    def _settle(self, levels: _Levels) -> Named:
        wallets, people = tuple(levels.wallets[1].values()), tuple(levels.people[1].values())
        both: tuple[WalletName | PersonName, ...] = (*wallets, *people)
        alike = {look for one in both for look in self._looks[skeleton(one.name)]}
        mixed = any(has_mixed_scripts(one.name) for one in both)
        # Two accents apart ("Diseño", "Diseno") fold to one spelling and are two candidates.
        if len(alike) > len({fold(one.name) for one in both}) or mixed:
            shown = {skeleton(one.name) for one in both}
            wallets = tuple(w for w in self.directory.wallets if skeleton(w.name) in shown)
            people = tuple(p for p in self.directory.people if skeleton(p.name) in shown)
            return Named(wallets, people, is_doubtful=True)
        return Named(wallets, people)

    def find(self, words: Sequence[str], at: int) -> tuple[int, Named] | None:
        """Return the longest name that stands at `at`, and how many words it takes."""
        first = words[at]
        for spelling in self._by_first.get(first, ()):
            if tuple(words[at : at + len(spelling)]) == spelling:
                return len(spelling), self._named[spelling]
        if first.startswith("@") and (first[1:],) in self._named:
            return 1, self._named[(first[1:],)]
        if not first.isascii():
            named = self._shown.get(skeleton(first))
            if named is not None:
                return 1, replace(named, is_doubtful=True)
        return None

    def find_model(self, words: Sequence[str], at: int) -> tuple[int, tuple[str, ...]] | None:
        """Return the models that the words at `at` name, and how many words they take."""
        if _model_key(words[at : at + 1])[:3] not in self._model_heads:
            return None
        for length in (4, 3, 2, 1):
            if at + length <= len(words):
                key = _model_key(words[at : at + length])
                if key in self.models:
                    return length, self.models[key]
        return None

    def find_close(self, typed: str) -> Named | None:
        """Return what a misspelt name may mean; None if nothing is close."""
        if (
            len(typed) < _SHORTEST_CLOSE
            or typed in _NOT_NAMES
            or not typed.replace(" ", "").isalpha()
        ):
            return None
        if typed not in self._guessed:
            if len(self._guessed) > 2000:
                self._guessed.clear()
            self._guessed[typed] = self._guess(typed)
        return self._guessed[typed]

    def list_near(self, typed: str, *, is_person: bool = False) -> tuple[str, ...]:
        """Return the names that are most like what was typed, the nearest first.

        Those of wallets, or of people if `is_person`.
        """
        known = self.directory.people if is_person else self.directory.wallets
        names = [one.name for one in known]
        near = process.extract(
            fold(typed),
            names,
            processor=fold,
            scorer=fuzz.WRatio,
            score_cutoff=_NEAR,
            limit=_MOST_NEAR,
        )
        return tuple(dict.fromkeys(one[0] for one in near))

    def _guess(self, typed: str) -> Named | None:
        near = process.extract(
            typed, self._close_names, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=4
        )
        # The first letter is the one that people seldom miss.
        near = [one for one in near if one[0][0] == typed[0] or one[1] >= 90]
        if not near:
            return None
        best = near[0][1]
        named = [self._by_joined[one[0]] for one in near if one[1] >= best - 6]
        return Named(
            _unique(wallet for one in named for wallet in one.wallets),
            _unique(person for one in named for person in one.people),
            is_doubtful=any(one.is_doubtful for one in named),
            is_close=True,
        )

    def wallets_of(self, person: PersonName) -> tuple[WalletName, ...]:
        """Return the wallets of a person: those of that kind that bear the name."""
        names = {fold(person.name), fold(person.handle)}
        return tuple(
            w for w in self.directory.wallets if w.kind == "person" and fold(w.name) in names
        )


def _unique(found: Iterable[_T]) -> tuple[_T, ...]:
    return tuple({one.id: one for one in found}.values())


def _is_usable(spelling: tuple[str, ...]) -> bool:
    """Tell whether a short form is a name and not a word or a number that sentences hold."""
    return any(not word.isdigit() for word in spelling) and not (
        len(spelling) == 1
        and (len(spelling[0]) < 2 or any(spelling[0] in x for x in LEXICONS.values()))
    )


def _wallet_spellings(wallet: WalletName) -> Iterator[tuple[int, tuple[str, ...]]]:
    own = split_name(wallet.name)
    if own:
        yield 0, own
    parts = [split_name(part) for part in wallet.path.split(" / ")]
    for start in range(len(parts) - 1):
        tail = [part for part in parts[start:] if part]
        yield 0, tuple(w for i, part in enumerate(tail) for w in (("/",) if i else ()) + part)
        yield 1, tuple(w for part in tail for w in part)
    short = tuple(word for word in own if word not in _KIND_WORDS)
    if short != own and _is_usable(short):
        yield 1, short
    if len(own) == 1:
        for other in _OTHER_NAMES.get(own[0], ()):
            if _is_usable((other,)):
                yield 1, (other,)
    if wallet.kind == "person" and len(own) > 1 and _is_usable(own[:1]):
        yield 1, own[:1]


def _person_spellings(person: PersonName) -> Iterator[tuple[int, tuple[str, ...]]]:
    own = split_name(person.name)
    if own:
        yield 0, own
    handle = split_name(person.handle)
    if handle and handle != own:
        yield 0, handle
    if len(own) > 1:
        for short in (own[:1], own[1:], own[-1:]):
            if _is_usable(short):
                yield 1, short


_OTHER_NAMES: Final[dict[str, tuple[str, ...]]] = {
    word: tuple(other for other in row.split() if other != word)
    for row in _TRANSLATIONS
    for word in row.split()
}


def _model_key(words: Iterable[str]) -> str:
    return "".join(c for word in words for c in word if c.isalnum())


def _models(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Index models by their names and by the parts that a family shares."""
    exact = {_model_key([fold(name)]): (name,) for name in names}
    shared: dict[str, list[str]] = {}
    for name in names:
        parts = fold(name).replace("/", "-").replace("_", "-").replace(".", "-").split("-")
        heads = {_model_key(parts[:end]) for end in range(1, len(parts))}
        tails = {part for part in parts if len(part) > 3 and part.isalpha()}
        # "sonnet 4.5": from the second part on, as people leave the maker's name out.
        tails |= {_model_key(parts[start:]) for start in range(1, len(parts) - 1)}
        for key in heads | tails:
            if len(key) > 2 and not any(key in lexicon for lexicon in LEXICONS.values()):
                shared.setdefault(key, []).append(name)
    return {**{key: tuple(found) for key, found in shared.items()}, **exact}
