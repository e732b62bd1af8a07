"""Orders for what was asked, in other words than a yes: "please book it", "cancel that one"."""

from __future__ import annotations

import re

from intents.extract.letters import words_of
from intents.replies.consent_frames import Consent
from intents.replies.no_words import BLOCKERS
from intents.replies.text import Asked, is_echo
from intents.replies.yes_words import COMMON, DOWNTONERS

_TO_DO = (
    r"(?:please|kindly|just|now|so|then|go_ahead(?: and)?|and|you (?:can|may)(?: please| now| "
    r"just| "
    r"then)?|lets(?: just)?|let us|feel free to|i(?:d| would) (?:really )?(?:like|love)(?: for)?"
    r"(?: you)? to|(?:i|we) (?:really |do |actually |just |definitely )*(?:want|need|wish|wanna)"
    r"(?: for)?(?: you)?(?: to)?|(?:can|could|would|will) you(?: please| just| kindly)?|"
    r"yes|ready to|im ready to|i am ready to|to|go on and)"
)
_DOING = (
    r"(?P<do>send|submit|ship|book|confirm|post|save|place|process|execute|create|schedule|"
    r"reserve|"
    r"play|buy|purchase|request|run|commit|transfer|pay|finalize|finalise|complete|order|get|"
    r"enter|record|register|secure|arrange|begin|start|initiate|make|rent|hire|take|watch|hear|"
    r"see|visit|have|do|share|add|put|proceed with|continue with|go with|go_ahead with|"
    r"go forward with|go through with|move forward with|carry out|pencil|lock|set|grab|try|do_it|"
    r"hold|keep|use|attend|find|stream|store|note|log|sign me up for|enroll me in|rsvp for)"
)
_AFTER_IT = (
    r"(?:in|up|down|through|(?:on|to|in|into|onto) (?:my|the|our) (?:calendar|schedule|agenda|"
    r"books?|system|diary|list)|for me|for us|on my behalf|please|now|right away|atonce|thanks|"
    r"then|there|here|with (?:him|her|them|it|that)|at that time|for that (?:time|day|date)|"
    r"at this time|on that (?:day|date)|if you could|in stone|so|together)"
)
_ORDER = re.compile(
    rf"(?:{_TO_DO} )*{_DOING}(?: me| us)?(?: (?:it|that|this|them|those|these|one|that one|"
    rf"this one|the same|(?P<article>the|this|that|these|those|my|our|a|an|some|any|your)?"
    rf"(?P<what>(?: (?!for\b|on\b|to\b|in\b|at\b|with\b)[a-z]+){{1,4}}?)))?(?: {_AFTER_IT})*"
)
_LETS_ORDER = re.compile(rf"{_TO_DO}\b")
# Which of these may take "it" is told by what was asked.
_NOT_ALONE = words_of("get have make take do see find try set put add hold keep use start")
_END_ORDER = re.compile(
    rf"(?:{_TO_DO} )*(?:cancel|delete|remove|drop|erase|clear|scratch|close|end|get rid of|take "
    rf"off|"
    rf"reject|decline|revoke)"
    rf"(?: (?:it|that|this|them|those|these|that one|this one|the one|"
    rf"(?:the|this|that|these|those|my) (?P<what>[a-z]+)(?: [a-z]+)?))?"
    rf"(?: (?:for me|for us|please|now|atonce|thanks|then|off|from my calendar|"
    rf"from the calendar|completely|altogether))*"
)


_INTO_CALENDAR = re.compile(
    r"(?:put|add|save) (?:it|that|this|them)(?: down)? (?:on|in|to|into|onto) (?:my|the|our) "
    r"(?:calendar|schedule|agenda|diary)"
)
_NAMED_TO_END = re.compile(
    r"(?:thats|that is|this is|it is|its|those are|these are|they are) (?:the |my )"
    r"(?:right |correct |exact )?(?:one|ones|event|events|meeting|meetings|appointment|"
    r"appointments|reminder|alarm|lunch|dinner|request|requests)(?:(?: that| which)? (?:i|"
    r"we)(?: would| am| was)? "
    r"(?:want|wanted|need|needed|like|meant|mean|trying|looking)(?: you)?(?: to)?(?: be| have)?"
    r"(?: (?:cancel|delete|remove|drop)(?:ed|led|d)?)?|(?: to) (?:cancel|delete|remove|drop))?"
)


def match_order(
    words: tuple[str, ...], asked: Asked, *, after_yes: bool, is_asked_for: bool = False
) -> Consent | None:
    """How strongly a clause orders what was asked, in other words than a yes.

    Args:
        words: the clause without the politeness around it.
        asked: what it answers.
        after_yes: whether a yes went before.
        is_asked_for: whether a "please" went before, which makes the clause an order.
    """
    text = " ".join(words)
    if asked.verb is not None:
        ended = _END_ORDER.fullmatch(text) if after_yes else None
        if _NAMED_TO_END.fullmatch(text):
            return "strong"
        if ended is None or (ended["what"] and not _is_asked_noun(ended["what"], asked)):
            return None
        return "none"
    if after_yes and text in _BARE_ORDERS:
        return "none"
    found = _ORDER.fullmatch(text)
    if found is None or not _KEEPS.isdisjoint(words) or asked.is_money:
        return None
    nouns = (found["what"] or "").split()
    verb = found["do"].split(" ")[0]
    echoes = is_echo(verb, asked)
    if not nouns:
        is_it = text.split(" ")[-1] != found["do"].split(" ")[-1]
        if _INTO_CALENDAR.search(text):
            return "strong"
        if verb in _NOT_ALONE and not echoes:
            return "none" if after_yes and is_it else None
        if not is_it:
            return "strong" if echoes and len(words) > 1 and asked.is_offer else None
        return "strong" if verb not in ("add", "put") or after_yes or not asked.has_draft else None
    names_it = after_yes and echoes and verb not in _NOT_ALONE
    if all(is_echo(noun, asked) or (names_it and noun in COMMON) for noun in nouns) and (
        echoes or asked.is_offer
    ):
        return (
            "strong"
            if asked.is_offer and (after_yes or is_asked_for or _LETS_ORDER.match(text))
            else "none"
        )
    return None


_BARE_ORDERS = frozenset(
    [
        *("submit", "send", "save", "book", "process", "execute", "finalize", "finalise"),
        *("complete", "order", "purchase", "buy", "reserve", "schedule", "create", "start"),
        *("begin", "post", "book now", "send now", "start now", "order now", "buy now"),
    ]
)
_TO_END = COMMON - words_of("hold save saved")
_KEEPS = (BLOCKERS - {"add", "could"}) | DOWNTONERS


def _is_asked_noun(word: str, asked: Asked) -> bool:
    if word in ("draft", "request", "proposal", "plan", "order") and word not in asked.words:
        return False
    return word in _TO_END or word in asked.words


def asks_to_go_on(words: tuple[str, ...], asked: Asked) -> bool:
    """Whether a question asks for what was offered: "can you book it for me?"."""
    return (
        words[0] in ("can", "could", "would", "will", "please")
        and asked.is_offer
        and "confirm" not in words
    )
