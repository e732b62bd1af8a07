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
        r"\b(?<!i )(?<!we )(?:do away with|contrary to|against|revok\w{1,3}|annul|rescind"
        r"|break(?:ing)?|bend(?:ing)?"
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
    # What is to be said, word for word.
    signal(
        "override",
        0.3,
        r"\b(?:say|print|write|answer|reply|respond|output|repeat|state|tell|reads?)\b"
        r"[\w ,:']{0,24}(?:[\"“][^\"”\n]{2,80}[\"”]|(?<=\s)'[^'\n]{2,80}'(?!\w))"
        r"|\b(?:say|print|write|answer|reply|respond|output|with) (?:only |just )?the words?\b",
        starts="say|print|writ|answer|reply|respond|output|repeat|state|tell|read|with",
    ),
    # Who claims to be somebody, or gives a reason why not to mind.
    signal(
        "override",
        0.3,
        r"\bi(?:'m| am) (?:from|with|of|on) (?:the )?(?:security|it|admin|safety|red|openai"
        r"|development|audit)[\w ]{0,12}\b|\bi(?:'m| am) (?:the|your|an?) (?:\w{1,12} )?(?:admin"
        r"|administrator|owner|maker|boss|ceo|engineer|master)\b"
        r"|\bi work (?:at|for) (?:openai|anthropic|google|microsoft)\b"
        r"|\bas (?:your|the) (?:\w{1,12} )?(?:admin"
        r"|administrator|owner|developer|programmer|maker|creator|master|god)\b",
        starts="i'm|i am|i work|as your|as the",
    ),
    signal(
        "override",
        0.3,
        r"\b(?:i'?ll|i will) (?:tip|pay|give) you\b|\b(?:dies?|dying|killed|fired) (?:if|unless"
        r"|and only)\b|\b(?:it is|it's|this is) an emergency\b|\bmake an exception\b"
        r"|\bas a test of\b|\bfor (?:research|educational|testing) purposes\b",
        parts="tip you|pay you|give you|dies|dying|killed|emergency|exception|a test of|purposes",
    ),
    signal(
        "role",
        0.4,
        r"\bpretend to (?:be|have)\b"
        r"|\b(?:enter|entering) \w{2,16} (?:mode|state)\b"
        r"|\b\w{2,16} mode\b (?:is |has been |now )?(?:activated|enabled|engaged|unlocked|on\b)"
        r"(?! (?:my|the|a|your|our)\b)",
        parts=" mode |mode on|entering |enter |pretend to",
    ),
    signal(
        "role",
        0.25,
        r"\b(?:respond|answer|reply)\b[^.\n]{1,40}\bas an? "
        r"|\b(?:in (?:full|real|great|vivid|every|graphic) detail|every (?:\w{1,12} )?detail"
        r"|into detail|step by step|leave (?:out )?nothing|holds? nothing back|skip no\w*"
        r"|no details? out|purely fictional|all (?:the )?details)\b",
        parts="detail|step by step|nothing|skip no|fictional| as a",
    ),
)
