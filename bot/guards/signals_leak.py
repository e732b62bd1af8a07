"""Signs that the assistant is to show what it was told by those who run it."""

from __future__ import annotations

from typing import Final

from bot.guards import injection_words as words
from bot.guards.signals import signal

_W = r"\W{1,4}"
_SOME = r"(?:[\w'-]{1,20}\W{1,3}){0,5}?"
_TELL_STARTS = (
    "reveal|show|print|repeat|display|output|tell|give|share|dump|disclos|expos|leak|recit|reprod"
    "|write|summar|translat|encod|spell|list|state|say|copy|paste|return|send|provid|name|read"
    "|quot"
    "|describ|explain|what"
)

LEAK: Final = (
    signal(
        "leak",
        0.7,
        rf"\b(?:{words.TELL_EN})\b\W{{1,3}}{_SOME}(?:your|its|the|those){_W}(?:(?:full|entire"
        rf"|complete|exact|whole|own|very|current|secret"
        r"|hidden|system|initial|original|internal|confidential|starting|first|previous"
        r"|developer'?s?|underlying|base|given) ?)*"
        r"(?:system prompt|system message|prompt text|system instructions?|(?:initial|original"
        r"|hidden|secret|internal|confidential"
        r"|previous|starting) (?:prompt|instructions?|directions|directives?|guidelines|rules"
        r"|message|text))\b",
        starts=_TELL_STARTS,
    ),
    signal(
        "leak",
        0.6,
        rf"\b(?:{words.TELL_EN})\b\W{{1,3}}{_SOME}your{_W}(?:(?:full|entire|complete|exact|whole"
        rf"|own|current|secret|hidden|initial"
        r"|original|internal|confidential|core|main) )*(?:prompt|instructions|directions"
        r"|directives|guidelines|configuration prompt"
        r"|programming|source prompt)\b(?:(?<=prompt)|(?! (?:for|about|to|on)\b))",
        starts=_TELL_STARTS,
    ),
    signal(
        "leak",
        0.6,
        r"\b(?:show|print|display|name|tell|give|repeat|output|reveal|write|dump|spell ?-?check"
        r"|read)\b(?: me| us| out)?(?: \w{1,10}){0,4}? "
        r"(?:the|this|full|complete|entire|above|whole) (?:\w{1,12} )?prompt\b(?! (?:cost|spend"
        r"|engineering|budget|team|token|usage))"
        r"|\b(?:what|how) (?:is|was|does) (?:the|this|your) (?:\w{1,10} )?prompt\b(?! (?:cost"
        r"|spend|engineering|budget|team|token))"
        r"|\b(?:beginning|start|end|rest|top|content|contents|words|wording|text) of (?:the|this"
        r"|your) (?:\w{1,10} )?prompt\b",
        starts=(
            "show|print|display|name|tell|give|repeat|output|reveal|writ|dump|spell|read|what"
            "|how|begin|start|end|rest|top|content|word"
        ),
    ),
    signal(
        "leak",
        0.7,
        r"\b(?:text|words?|sentences?|lines?|instructions?|content|everything|all"
        r"|wording)\b[\w ']{0,30}\b"
        r"(?:above this|you (?:were|have been|are) (?:initially )?(?:given|told|configured"
        r"|programmed|instructed|set up)\b|you (?:initially )?received"
        r"|(?:stands?|stood|is|was|are|were|comes?|came|written|appears?) (?:directly "
        r"|right )?(?:above|before) (?:this|my|the first)|of the text above|all of the text above)"
        r"|\bwhat (?:was|is|were|are) (?:written|stated|said"
        r"|there) (?:\w{1,8} ){0,3}(?:at the (?:beginning|start|top)|above|before (?:this|my"
        r"|that|the first))"
        r"|\b(?:at|from) the (?:very )?(?:beginning|start|top) of (?:this|our"
        r"|the) (?:conversation|chat|prompt|dialogue|session|message)"
        r"|\b(?:the )?(?:text|sentences?|words?|paragraphs?) (?:directly |right |written "
        r"|just )?(?:above|before (?:this|the text|that))\b",
        starts="text|word|sent|line|instr|content|every|all|word|what|at|from|the|para",
    ),
    signal(
        "leak",
        0.45,
        r"\bverbatim\b|\bword (?:for|by) word\b|\b(?:rot13|base64|hex)\b[\w ]{0,12}\b(?:encode"
        r"|encoded|your|it)\b|\bencod\w{1,4}\b[\w ,]{0,20}\b(?:rot13|base64|hex)\b"
        r"|\bin an? (?:code|markdown) block\b|\bpalabra por palabra\b|\bwortlich\b"
        r"|\bmot pour mot\b",
        parts=(
            "verbatim|word for word|word by word|rot13|base64|in hex|code block|pig latin"
            "|palabra por palabra|wortlich|mot pour mot"
        ),
    ),
    signal(
        "leak",
        0.7,
        r"\bwhat (?:are|were|is) (?:all )?(?:of )?(?:your|those) (?:\w{1,12} )?(?:instructions"
        r"|directives|guidelines|secret key|prompt)\b(?! (?:for|about|on)\b)"
        r"|\bwhat (?:are|were) your (?:\w{1,12} )?rules\b(?! (?:for|about|on)\b)",
        parts=(
            "your instructions|those instructions|your rules|your directives|your guidelines"
            "|secret key|your prompt|initial instr"
        ),
    ),
    signal(
        "leak",
        0.65,
        r"\b(?:repeat|output|print|show|copy|write|say|give|display|list|return|recite|quote|dump"
        r"|reproduce|paste|read)\b[\w ]{0,12}\b(?:everything|all|anything"
        r"|the (?:\w{1,8} )?(?:text|words"
        r"|content|contents|lines|conversation|message))\b(?: (?:that|which|came|is|stands|was"
        r"|comes|stood"
        r"|you see|written|up to|to be found))*\W{1,2}(?:above\s*(?:[.!?,\"']|$|this\b|my\b"
        r"|in an?\b|word|verbatim|and\b"
        r"|starting|including|line)|(?:before|prior to|preceding) (?:this|that|my)\b)",
        starts=(
            "repeat|output|print|show|copy|write|say|give|display|list|return|recit|quot"
            "|dump|reprod"
            "|paste|read"
        ),
    ),
    signal(
        "leak",
        0.6,
        r"\b(?:what|which)\b(?: \w{1,14}){0,2} (?:were|are|have|had) you (?:been |initially "
        r"|originally )?(?:told"
        r"|instructed|given|programmed|trained|configured|ordered|following"
        r"|not allowed to (?:tell|say"
        r"|share|reveal|disclose|talk))\b(?! about me)",
        starts="what|which",
    ),
    signal(
        "leak",
        0.6,
        r"\b(?:instructions|rules|guidelines|directives|prompt|constraints|orders|message"
        r"|text)\b (?:that |which )?"
        r"(?:you (?:started|began|start|begin|received|operate|run|must follow|have to follow"
        r"|follow|obey)"
        r"|you(?:'ve| were| have| are| had) (?:been |initially |originally )?(?:given|told"
        r"|configured|set up"
        r"|got|received|programmed|provided)|you got from|you have from|your (?:developers?"
        r"|makers?|creators?|operators?))\b",
        starts="instr|rules|guide|direct|prompt|constr|order|message|text",
    ),
    signal(
        "leak",
        0.6,
        r"\b(?:convert|rewrite|rephrase|paraphrase|complete|finish|recite|put|turn|transform"
        r"|express|recall"
        r"|email|enumerate|cite|outline|reveal|draw|sing|post|forward|spell|type|give|tell|say"
        r"|show|print"
        r"|repeat|list|explain|write)\b[\w ]{0,24}\b(?:your|its) (?:(?:system|secret|hidden"
        r"|initial|original|full"
        r"|entire|internal|own|exact|first|complete) )*(?:prompt|system message|instructions"
        r"|directives"
        r"|guidelines|constraints|programming|rules)\b(?! (?:for|about|on)\b)",
        starts=(
            "convert|rewrit|rephras|paraphras|complet|finish|recit|put|turn|transform|express"
            "|recall|email|enumerat|cite|outline|reveal|draw|sing|post|forward|spell|type|give"
            "|tell|say|show|print|repeat|list|explain|write"
        ),
    ),
    signal(
        "leak",
        0.6,
        r"\b(?:my|your) system prompt (?:is|was|begins|starts|says|reads)\b|\bfirst (?:message"
        r"|line|words"
        r"|sentence|instruction|prompt)s? (?:of|in) (?:our|this|the) (?:conversation|chat"
        r"|prompt|dialogue)\b"
        r"|\bwords of (?:your|the|this) (?:\w{1,10} )?prompt\b|\bsystem tags?\b"
        r"|\bbetween the (?:\w{1,10} )?tags\b",
        parts="system prompt|first |words of|tags|tag",
    ),
    signal(
        "leak",
        0.65,
        r"\b(?:wording|text|contents?|copy|summary|translation|words)\b of (?:your"
        r"|the (?:hidden"
        r"|system|initial|secret|original)) (?:\w{1,12} )?(?:instructions|prompt|directives"
        r"|guidelines"
        r"|context|message|configuration|rules)\b(?! (?:for|about|on)\b)"
        r"|\byour (?:initial|original|hidden|internal|secret|system) (?:configuration|context"
        r"|set-?up"
        r"|messages?|text)\b|\bhidden context\b",
        starts=("wording|text|content|copy|summary|translation|words|your|hidden"),
    ),
    signal(
        "leak",
        0.55,
        r"\b(?:which|what) (?:rules|instructions|guidelines|directives|constraints"
        r"|orders) (?:do|must"
        r"|should|are) you (?:have to |need to |supposed to |bound to |under to )?(?:follow|obey"
        r"|bound by|under|respect)\b(?! (?:for|about|on)\b)|\b(?:messages?|text|lines"
        r"|words) (?:that "
        r"|which )?(?:precedes?|preceding|come before|came before) (?:mine|this|my)\b|\b(?:leak"
        r"|expose"
        r"|exfiltrate|steal) (?:the|your) (?:system )?prompt\b",
        starts=("which|what|message|text|line|word|leak|expos|exfil|steal"),
    ),
)
