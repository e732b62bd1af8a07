"""Signs that the assistant is to be somebody who has no rules."""

from __future__ import annotations

from typing import Final

from bot.guards import injection_words as words
from bot.guards.signals import signal

_BECOME_STARTS = (
    "act|behav|respond|answer|reply|speak|talk|writ|function|operat|serv|perform|role|pretend"
    "|imagin|simulat|imperson|personif|emulat|play|becom"
)
_MODE_STARTS = (
    "dev|debug|god|admin|root|sudo|jailb|unrestr|unfilt|maint|overr|oppos|evil|dan|stan|dude"
    "|anarchy"
    "|chaos|free|desarr|dios|entwick|enter|activ|enabl|switch|go|turn|with|in|into|unlock|engage"
    "|as"
    "|modo|now|stock|second|first"
)
_MODES = (
    r"developer|dev|debug|god|admin|root|sudo|jailbreak|jailbroken|unrestricted|unfiltered"
    r"|maintenance"
    r"|override|opposite|evil|dan|stan|dude|anarchy|chaos|free|desarrollador|desarrollo|dios"
    r"|entwickler"
)

ROLE: Final = (
    signal(
        "role",
        0.55,
        r"\b(?:from now on|from this point(?: on(?:ward)?s?| forward)?|from here on(?: out)?"
        r"|henceforth|starting (?:now|today)|for (?:this|the rest of (?:this|the"
        r"|our)) (?:conversation|chat))"
        r"\W{1,3}(?:\w{1,10} )?(?:you(?:'re|'ll| are| will| must| shall| have to| can(?! call me)"
        r"| should| only| no longer)|the earlier|(?:act|respond|answer|reply|behave"
        r"|speak) (?:only )?(?:as|like|with)|(?:answer|respond to|reply to|say) (?:every|all"
        r"|each|any)"
        r"|(?:the |all )?(?:earlier|previous|old) (?:rules|instructions|orders|directives))\b",
        parts=(
            "from now on|from this point|from here on|henceforth|starting now"
            "|for this conversation|for the rest of"
        ),
    ),
    signal(
        "role",
        0.7,
        r"\bdo anything now\b(?! that\b)|\bdo anything\b[\w ]{0,10}\bnow\b"
        r"|\b(?:as|to be|are|act as|called"
        r"|named|am|como|als|zu sein) (?:a )?dan\b|\bdan(?:,? (?:who|which|can|does|would"
        r"|steht|kann|que)|'s (?:way|answer|rules?))\b",
        parts="dan|do anything|anything now",
    ),
    signal(
        "role",
        0.65,
        rf"\b(?:{_MODES}) (?:mode|modus|modo)\b(?:'?s)?\W{{0,3}}(?:is |has been "
        rf"|now )?(?:enabled|activated|on\b(?! (?:my|the|a|our)\b)|active|unlocked|will|does|can"
        rf"|output|response)"
        rf"|\b(?:enter|entering|activate|enable|switch to|go into|turn on|with|in|into|unlock"
        rf"|engage|as)\b (?:the |a |an |full |your )?(?:{_MODES}) (?:mode|modus)\b(?! (?:for|of"
        rf"|cost))"
        rf"|\bmodo (?:{_MODES})\b|\bnow (?:in|entering) (?:\w{{1,14}} ){{0,3}}mode\b|\b(?:stock"
        rf"|second|first) mode\b",
        starts=_MODE_STARTS,
    ),
    signal(
        "role",
        0.6,
        rf"\b(?:{words.BECOME_EN})\b\W{{1,3}}(?:to be |that |you(?:'re| are)? |as |like |if "
        rf"|though |the role of |out |in the role of |being |yourself as |an? |the |my |another "
        rf"|different |kind of |completely |type of |late |dead |capacity of |only )*"
        rf"\W{{0,2}}(?:[\w'-]{{1,16}}\W{{1,2}}){{0,4}}?(?:{words.LOOSE}"
        rf"|without (?:any )?(?:{words.LIMITS_EN})|(?:has|have|had"
        rf"|with) no (?:\w{{1,12}} )?(?:{words.LIMITS_EN})|no (?:{words.LIMITS_EN})|evil"
        rf"|never (?:refuse|say|decline)|no longer|ruthless)",
        starts=_BECOME_STARTS,
    ),
    signal(
        "role",
        0.6,
        rf"\b(?:you are to |you will |i want you to |you should |you must |please "
        rf"|you now )act (?:as|like) (?:an? |the |my )?"
        rf"|\bact (?:as|like) (?:an? |the "
        rf"|my )?(?:[\w'-]{{1,16}} ){{0,4}}?(?:{words.PERSONA_EN})\b"
        rf"|\b(?:pretend|simulate|imagine)\W{{1,2}}(?:to be |that |you are |you're |being "
        rf"|you have |an? |the )+(?:[\w'-]{{1,16}} ){{0,5}}?(?:{words.PERSONA_EN}|persons?"
        rf"|people)\b"
        r"|\b(?:acts|runs|running) (?:like|on) an? (?:linux )?terminal\b|\bimmerse yourself\b"
        r"|\bgoing to pretend\b|\bfunction in the\W{1,3}capacity\b",
        parts=(
            "act as|acts as|act like|role of|pretend|simulate|terminal|you are to|function in"
            "|immerse"
        ),
    ),
    signal(
        "role",
        0.5,
        rf"\byou(?:'re| are| will be)(?: now| going to be| about to be| no longer"
        rf"| hereby)?\W{{1,2}}(?:called |named |an? |the |my |another |free |completely "
        rf"|new )*(?:[\w'-]{{1,16}} ){{0,3}}?(?:{words.LOOSE}"
        rf"|{words.PERSONA_EN})\b[\w ,]{{0,40}}\b(?:no|without|never|free|not bound|anything"
        rf"|limits?|restrictions?|rules|approves?|who|that|which|always|concentrate)\b",
        parts="you are|you're|you will be",
    ),
    signal(
        "role",
        0.45,
        r"\byou(?:'re| are) (?:now |going to |about to |no longer |free now)(?!responsible|able"
        r"|over|under|out|in charge|at|on)|\byou will now\b",
        parts=(
            "you are now|you're now|you are going to|you are no longer|you will now"
            "|you are about|you are free"
        ),
    ),
    signal(
        "role",
        0.45,
        rf"\b(?:you|ai|model|assistant|bot|it|chatbot|[a-z]{{0,12}}gpt|who|that|which"
        rf"|mode|character|zed)\b[\w ,']{{0,40}}\b(?:ha(?:s|ve|d) (?:no|zero)|with (?:no|zero)"
        rf"|without|free (?:of|from)|(?:not|n't|never) ha(?:ve|s)|not bound by"
        rf"|not (?:care|follow|respect|abide|adhere)[\w ]{{0,12}}|regardless of"
        rf"|no longer bound by)\W{{1,2}}(?:about |any |all |no |the |its |your |their |ethical "
        rf"|typical |[\w']{{1,14}} ){{0,4}}(?:{words.LIMITS_EN})\b",
        starts="you|ai|model|assist|bot|it|he|she|chatb|gpt|who|that|which|mode|char|zed|chatg",
    ),
    signal(
        "role",
        0.4,
        rf"\b(?:{words.LOOSE})\b|\b(?:illegal|unethical|inappropriate|immoral|dangerous|profane"
        rf"|explicit|harmful) (?:or|and|requests?|content|advice|activit\w{{1,3}}|substances"
        rf"|behavio)",
        parts=(
            "unfilter|uncensor|unrestrict|amoral|nonmoral|immoral|unethical|jailb|illegal"
            "|limitless|lawless|profan|inappropriate|explicit"
        ),
    ),
    signal(
        "role",
        0.35,
        r"\bwithout (?:any )?(?:filter|filters|censorship|censor)\b|\bno filter\b"
        r"|\bunfiltered (?:response|answer|and)\b",
        parts="filter|censor",
    ),
    signal(
        "role",
        0.6,
        r"\b(?:stay|remain|keep|be) in (?:character|(?:the|this|your) (?:role|part))\b"
        r"|\bbreak(?:ing|s)?(?: your| the)? character\b"
        r"|\bkeep up the act\b|\bnever (?:refuse|refused|say no|says? that you can'?t|declined?"
        r"|break|said no|apologi[sz]e)\b"
        r"|\b(?:can(?:not|'t)|won'?t|don'?t) (?:refuse|say no|decline)\b",
        starts="stay|remain|keep|be|break|never|can|won|don",
    ),
    signal(
        "role",
        0.4,
        r"\b(?:openai|anthropic|content|ethical|moral|usage)(?:'?s)? (?:content )?(?:polic(?:y"
        r"|ies)|filters?|guidelines|restrictions|moderation)\b"
        r"|\b(?:as|like|hey|hi|hello|dear) (?:an? )?(?:chat ?gpt|ai language model"
        r"|language model)\b|\bchatgpt (?:would|will|can|could|normally|now|is|does)\b"
        r"|\b(?:normal|original|typical|evil|old) chat ?gpt\b",
        starts=(
            "openai|anthropic|content|ethic|moral|usage|as|like|hey|hi|hello|dear|chatgpt|normal"
            "|orig|typical|evil|old"
        ),
    ),
    signal(
        "role",
        0.4,
        r"\b(?:respond|answer|reply|responses?|answers?|prompts?|generate"
        r"|produce)\b[\w ,']{0,40}\b(?:twice|in (?:2|two)(?: \w{1,12}){0,3} ways"
        r"|(?:two|both) (?:different |separate )?(?:voices|personas|personalities|ways"
        r"|responses|paragraphs|types|answers))\b"
        r"|\b(?:first|second) way\b",
        parts="two|twice|both|second way|first way|second response|paragraphs",
    ),
    signal(
        "role",
        0.4,
        r"\b(?:begin|start|end|prefix|precede|preface)\b[\w ]{0,12}\b(?:all|each|every"
        r"|your)(?: of)?(?: your)? (?:outputs?|answers?|repl(?:y|ies)|responses?|messages?"
        r"|sentences?)\b[\w ]{0,24}\b(?:with|by)\b"
        r"|\b(?:respond|reply|answer)(?: to (?:all|every"
        r"|any)[\w ]{0,16})? (?:only )?with\W{1,3}(?:the )?(?:words?|[\"'“\[])"
        r"|\bany(?:thing)? other than\b",
        starts="begin|start|end|prefix|preced|prefac|respond|reply|answer|any",
    ),
    signal(
        "role",
        0.35,
        r"\b(?:hypothetical|fictional|theoretical|imaginary) (?:world|people|person|scenario"
        r"|story|character|response|ai|api|system)\b"
        r"|\brole ?-?play(?:ing)? as\b|\bplay a (?:little "
        r"|fun )?game\b|\b(?:speak|talk|write) like an?\b",
        parts=(
            "fiction|hypothet|theoretic|roleplay|role-play|role play|play a game|game:|scenario"
            "|speak like"
        ),
    ),
    signal(
        "role",
        0.5,
        r"\[(?:your|insert|the|my)?[\w ,]{0,24}(?:prompt|question|request|query|input"
        r"|instruction)s?(?: \w{1,8}){0,2}\]|\{(?:your|insert)? ?(?:prompt|question)[\w ]{0,10}\}",
        parts=(
            "your prompt|insert|prompt]|prompt here|user]|question]|input]|[prompt|your question"
        ),
    ),
    signal(
        "role",
        0.55,
        r"\b(?:late|dead|deceased) (?:grand\w{2,8}|uncle|aunt|father"
        r"|mother)\b[\w ,']{0,60}\b(?:keys?|passwords?|tell|read|secrets?|recipes?)\b",
        parts="grandm|grandf|late uncle|deceased|dead |late grand",
    ),
    signal(
        "role",
        0.55,
        r"\b(?:act|pretend|behave|respond|answer|speak|reply|pose)\b[\w ]{0,12}\b(?:somebody"
        r"|someone"
        r"|something|another (?:one|person|ai|bot|model|assistant)) ?(?:else)?\b(?! (?:who"
        r"|that) (?:may|can)\b)"
        r"|\b(?:assume|take on|adopt|slip into) (?:the|a|an) (?:\w{1,10} )?(?:role|identity"
        r"|persona"
        r"|personality|character)\b|\bplay (?:the|a|another|an?other) (?:\w{1,12} )?(?:part"
        r"|role)\b",
        starts=(
            "act|pretend|behav|respond|answer|speak|reply|pose|assume|take on|adopt|slip into|play"
        ),
    ),
    signal(
        "role",
        0.55,
        r"\b(?:your name is now|you are now (?:called|named|known)|your new name is|i (?:will"
        r"|shall) call you"
        r"|you now go by)\b|\b(?:always complies|never (?:says? no|refuses?|denies|objects"
        r"|disobeys))\b"
        r"[\w ,]{0,40}\b(?:you|your|act|play|be)\b|\b(?:you|your|act|play"
        r"|be)\b[\w ,']{0,60}\b(?:always"
        r" complies|who never (?:says? no|refuses)|never (?:say no|refuse|says no|refuses))\b",
        parts="your name|called|named|known|new name|call you|go by|complies|never",
    ),
    signal(
        "role",
        0.6,
        r"\b(?:freed|free|released|liberated|broken free|break free"
        r"|escaped?)\b[\w ]{0,10}\b(?:from|of) (?:your"
        r"|all|any|the|their|its) (?:\w{1,12} )?(?:chains|shackles|constraints|prison|cage"
        r"|confines|bonds"
        r"|programming|rules|guidelines|laws|restrictions)\b|\b(?:evil|dark|bad) (?:twin"
        r"|version|brother"
        r"|sister|clone|side|self|alter ego)\b|\b(?:un|mis)aligned (?:model|ai|assistant"
        r"|version|chatbot)\b"
        r"|\b(?:ai|model|assistant|bot|robot)\b[\w ]{0,24}\b(?:without|with no"
        r"|beyond) (?:any )?(?:laws?|morals?"
        r"|ethics|conscience|rules)\b",
        starts=(
            "free|releas|liberat|broken|break|escap|evil|dark|bad |unalign|misalign|ai|model"
            "|assistant|bot|robot"
        ),
    ),
    signal(
        "role",
        0.5,
        r"\byou (?:will |shall |should |must |may |can )?only (?:print|output|reply|respond"
        r"|answer|return|say)\b"
        r"|\bi (?:will )?type (?:commands|sql|code)\b|\bbe my (?:terminal|console|shell|evil)\b"
        r"|\bone (?:normal|regular|filtered|standard|usual)[\w ,]{0,20}\b(?:one|other|another)\b",
        parts=(
            "only|i type|i will type|be my|one normal|one regular|one filter|one stand|one usual"
        ),
    ),
    signal(
        "role",
        0.6,
        r"\byou(?:'ve| have| are|'re)? (?:now |been |being |just |currently )*(?:put|switched"
        r"|placed|set|entering"
        r"|operating|running|entered|in)\b[\w ]{0,10}? (?:[\w-]{1,14} ){1,3}mode\b"
        r"|<[^>\n]{0,50}\bmode\b[^>\n]{0,50}>"
        r"|\bsystem mode\b",
        parts="mode",
    ),
)
