"""Signs that mean little alone, and a good deal together."""

from __future__ import annotations

from typing import Final

from bot.guards import injection_words as words
from bot.guards.signals import signal

_RULES = (
    r"(?:rules?|instructions?|directives?|guidelines?|polic(?:y|ies)|restrictions|filters?|safety"
    r"|safeguards|programming|constraints|ethics|principles)"
)

HINTS: Final = (
    signal(
        "override",
        0.35,
        rf"\byour (?:\w{{1,12}} ){{0,2}}(?:{_RULES}|system prompt|prompt|orders|training)\b"
        rf"|\btus? (?:\w{{1,12}} )?(?:{words.RULES_ES})\b"
        r"|\bdeine[nmr]? (?:\w{1,14} )?(?:anweisungen|regeln|vorgaben|richtlinien|systemprompt)\b"
        r"|\b(?:tes|vos) (?:\w{1,12} )?(?:instructions|regles|consignes)\b",
        starts=("your|tu|tus|dein|tes|vos"),
    ),
    signal(
        "override",
        0.3,
        r"\b(?:do away with|contrary to|against|revok\w{1,3}|annul|rescind|break(?:ing)?"
        r"|bend(?:ing)?"
        r"|stick to|no longer|do not|don'?t|never|cancel\w{0,4}|lift\w{0,3}|suspend\w{0,3}"
        r"|escap\w{1,3}"
        r"|outside|beyond|free from|despite|regardless of|without)\b[\w ']{0,30}?"
        rf"\b{_RULES}\b|\b{_RULES}\b[\w ']{{0,20}}?\b(?:switched off|turned off|off|gone"
        r"|(?:do|does|did)(?: not|n'?t) exist|out of the way|meaningless)\b",
        starts=(
            "do away|do not |don't |dont |contrary|against|revok|annul|rescind|break|bend"
            "|stick to|no longer|never|cancel|lift|suspend|escap|outside|beyond|free from"
            "|despite|regardless|without|rule|instr|direct|guide|polic|restr|filter|safe"
            "|program|constr|ethic|princip"
        ),
    ),
    signal(
        "role",
        0.4,
        r"\blet'?s role ?-?play\b|\brogue (?:ai|bot|assistant|model|agent)\b"
        r"|\bi am your (?:master|god"
        r"|creator|maker|boss)\b|\bas (?:if|though) (?:you had|there were|all of your"
        r"|none of your)\b"
        r"|\bpretend (?:that )?(?:the|there (?:is|are) no)\b",
        parts="roleplay|role-play|role play|rogue|i am your|as if|as though|pretend",
    ),
    signal(
        "tool",
        0.3,
        r"\bend of (?:the )?(?:document|file|text|memo|data|transcript|report|email|page)\b"
        r"|\bthe following (?:rules|instructions|orders)\b|\breset yourself\b"
        r"|\bpermitted to break\b"
        r"|\bfor debugging\b|\bfor an audit\b",
        parts="end of|following|reset yourself|permitted|debugging|audit",
    ),
)
