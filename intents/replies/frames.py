"""Turns of consent, read by their build: who or what, how it is, and what may surround it.

A turn is matched against a whole clause, so that nothing stands beside it that was not looked at.
What is praised, thanked or repeated may be said in many words; what changes, doubts or limits an
answer stands in the tables of blockers, and no open place of a turn takes one.
"""

from __future__ import annotations

import re

from intents.extract.letters import words_of
from intents.replies.consent_frames import HOW, IT_IS, ME, NOUN, YES_FRAMES, Consent
from intents.replies.no_words import BLOCKERS, QUESTION_START
from intents.replies.text import Asked, Reply
from intents.replies.values import find_values
from intents.replies.yes_words import (
    COMMON,
    CONSENT_ADJECTIVES,
    DISPRAISE,
    DOWNTONERS,
    FILLER,
    NEUTRAL,
    STRONG_YES,
)

# Said with a no or a not and still a yes: nothing in these is open.
_DOUBLE_NEGATIVES = re.compile(
    r"(?:(?:that|this|it|what you said|everything) (?:is|are|was) not|(?:thats|its|youre) "
    r"not|(?:that|this|it) (?:isnt|wasnt)|you (?:arent|are not)|not) "
    r"(?:false|wrong|incorrect|untrue|inaccurate|mistaken|a lie|lying)|"
    r"(?:i |we )?(?:cant|cannot|can not|couldnt|could not) "
    r"(?:argue with (?:that|it|this|you)|agree more|disagree|deny (?:it|that)|"
    r"be (?:better|happier|more (?:right|correct|true|accurate|perfect)))(?: with that)?|"
    r"(?:no hay|no cabe)(?: ninguna| la menor)? duda|ni que decir tiene|sin lugar a dudas|como no"
)
# Asks a favour in the form of a condition, and sets none.
_COURTESIES = re.compile(
    r"if (?:you (?:could|would|will|dont mind|do not mind|please|would be so kind|wouldnt mind|"
    r"would not mind|d be so kind)|i may)(?: please| do_it| do so| for me| thanks)*|"
    r"si (?:eres tan amable|es tan amable|no te importa|no le importa|me haces el favor)|"
    r"why not|(?:i )?cant wait(?: for (?:it|that))?|"
    r"(?:so |that is |thats |its |it is )?(?:much|way|a lot|far) more (?:realistic|reasonable|"
    r"sensible|convenient|suitable|appropriate|helpful|like it|doable|manageable|comfortable|"
    r"practical|accurate|relaxed)"
)
# Frames that add nothing to a yes already given.
_NEUTRAL_FRAMES = re.compile(
    r"(?:(?:have|enjoy|hope you have) (?:a|your|the rest of your) (?:\w+ )?(?:day|one|evening|"
    r"night|"
    r"weekend|afternoon|time|week)|"
    r"(?:i |we )?(?:am |m )?(?:really |do |so |very |truly |much )*(?:appreciate|appreciated|"
    r"grateful)(?: (?:it|that|this|you|your \w+|the \w+|all (?:of )?(?:the|your) \w+|for "
    r"(?:your|the) \w+))?(?: very much| a lot| so much)?|"
    r"(?:youre|you are|youve been|you have been|you were|you did|u r|ur) (?:a|an|the|my|so|such a|"
    r"such an|such|very|really|truly|most|always)(?: (?P<praise>\w+)){1,3}|"
    r"(?:(?:thats|it|that|its|what) )?(?:a |an |such a )?(?:good|great|nice|excellent|amazing|"
    r"awesome|fantastic|wonderful|brilliant|superb|perfect|terrific|outstanding|splendid|"
    r"impressive|fine|super) (?:job|work|going|stuff|service|"
    r"execution|thinking|bot|olly|help)(?: (?:thanks|olly|bot|there|man|you did|done|everyone|"
    r"as always|on that|with that|by you|to command))*|"
    r"well (?:done|said|put)(?: olly| bot)?|nicely done|perfectly done|"
    r"(?:i(?:m| am) )?(?:really |so |very )?looking forward to (?:it|that|this|going|seeing it)|"
    r"i(?:ll| will| can) (?:be there|be ready|make it|"
    r"attend|be waiting)(?: then| at that time| for sure)?|"
    r"(?:it |that |this )?(?:sounds|looks|should be|will be|would be|seems) (?:like )?(?:a lot "
    r"of |"
    r"so much |lots of |great |good |really |very |so )?(?:fun|exciting|interesting)|"
    r"(?:so |that is |thats )?(?:much|way|a lot|far) (?:better|nicer|clearer)|"
    r"(?:you have |youve )?my (?:approval|blessing|consent|ok|okay|permission|go_ahead|full "
    r"approval)|sin problema|(?:muy )?amable|eres (?:un|una|el|la|lo|muy) \w+|que (?:bien|bueno|"
    r"guay|"
    r"amable|rapido)|(?:buen|gran|excelente|buena) (?:trabajo|dia|tarde|noche|semana)|"
    r"mil gracias|te lo agradezco|se lo agradezco|muy bien hecho)"
)

_LEADS = STRONG_YES | FILLER | frozenset({"oh", "and", "si"})
_NO_SUBJECT = frozenset({"amount", "price", "reason", "wallet", "name", "limit", "total"})
GUARDS = BLOCKERS | DOWNTONERS | DISPRAISE
_NOT_OPEN = GUARDS | QUESTION_START
_DONE_AWAY = COMMON - frozenset({"hold", "save", "saved"})


def body_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a clause without the yes, thanks and greetings around them."""
    start, end = 0, len(words)
    while start < end and words[start] in _LEADS:
        start += 1
    while end > start and words[end - 1] in FILLER:
        end -= 1
    return words[start:end]


# Why something is cancelled, said after the yes: it will be planned anew.
_PLANS_ANEW = re.compile(
    r"(?:i|we)(?:ll| will| can|m going to| am going to| shall)? (?:just )?(?:reschedule|rebook|"
    r"replan|"
    r"make a new one|set up a new one|plan a new one)(?: (?:it|that|this|them|one|another one))?"
    r"(?: (?:later|again|soon|myself|another time|some other time|some other day|next time))*"
)


def plans_anew(words: tuple[str, ...], asked: Asked) -> bool:
    """Whether a clause after the yes to a cancellation only says what its asker does next."""
    return asked.verb is not None and _PLANS_ANEW.fullmatch(" ".join(words)) is not None


def is_courtesy(words: tuple[str, ...], end: str) -> bool:
    """Whether a clause is a polite form that sets no condition: "if you could", "why not?"."""
    text = " ".join(words)
    return _COURTESIES.fullmatch(text) is not None and ("?" not in end or text == "why not")


def match_frame(words: tuple[str, ...], said: Reply, asked: Asked) -> Consent | None:
    """How strongly a whole clause says yes by its build; None where it has no such build."""
    text = " ".join(words)
    if _DOUBLE_NEGATIVES.fullmatch(text):
        return "strong"
    if not GUARDS.isdisjoint(words) or find_values(text):
        return None
    for strength, pattern in YES_FRAMES:
        found = pattern.fullmatch(text)
        if found and _is_open_to(found, said, asked):
            return strength
    found = _NEUTRAL_FRAMES.fullmatch(text)
    if found and _is_open_to(found, said, asked):
        return "none"
    return None


def _is_open_to(found: re.Match[str], said: Reply, asked: Asked) -> bool:
    """Whether the open places of a frame hold what may stand there."""
    for name, word in found.groupdict().items():
        if word is None:
            continue
        if word in _NOT_OPEN or not word.isalpha():
            return False
        is_known = word in NEUTRAL or word in asked.words or word in CONSENT_ADJECTIVES
        if name in ("noun", "noun2", "thing"):
            if word in _NO_SUBJECT or not (
                is_known
                or (word in COMMON and not asked.is_money and asked.verb is None)
                or (asked.verb is not None and word in _DONE_AWAY)
            ):
                return False
        elif (name == "verb" and word in _NOT_DONE_BY_YOU) or (
            name == "how" and not is_known and not word.endswith("ly") and asked.is_money
        ):
            return False
        if not is_known and (
            find_values(word) or re.search(rf"[a-z,] {word.capitalize()}\b", said.raw)
        ):
            # A name or a value of its own.
            return False
    return True


_NOT_DONE_BY_YOU = words_of(
    "should could must need can may will ought might would wont didnt better charge charged"
)


_PREDICATE = re.compile(
    rf"(?:{IT_IS})(?: {HOW})?(?: a| an)? (?P<word>[a-z]+)(?: {NOUN})?(?: {ME})*"
)
_ADJECTIVE = re.compile(
    r"(?!un|in|im|ir|dis|mis|non|over|under|semi|quasi|ex(?:c|p|t))[a-z]{2,}"
    r"(?:able|ible|ful|ous|ic|astic|ory|id|ent|ant|ished|ised|ized|some|tastic|ery|worthy)"
)


def praises(words: tuple[str, ...], said: Reply, asked: Asked) -> bool:
    """Whether a clause after a plain yes calls what was asked by a word of praise not in a table.

    Not where money moves: there a word that is not known may be a wallet.
    """
    if asked.is_money or _NOT_OPEN.intersection(words):
        return False
    found = _PREDICATE.fullmatch(" ".join(words))
    return (
        found is not None
        and _ADJECTIVE.fullmatch(found["word"]) is not None
        and _is_open_to(found, said, asked)
    )
