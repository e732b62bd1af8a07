"""Signs that a stored text speaks to the assistant, or plays a part of its prompt."""

from __future__ import annotations

from typing import Final

from bot.guards.signals import signal

TOOL: Final = (
    signal(
        "tool",
        0.7,
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|end|eot_id|start_header_id)\|?>"
        r"|\[/?inst\]|<</?sys>>|</?(?:tool_result|tool_response|instructions?|context"
        r"|prompt|user_query|data|memo)>",
        parts=(
            "<|im_|<|system|<|user|<|end|[inst|[/inst|<<sys|</tool|<tool_re"
            "|</instr|</context|</prompt|<|assistant|</user|</data|</memo"
        ),
    ),
    # What a log or an inventory has as well, unless it says who may do what.
    signal("tool", 0.45, r"</?system>|\[/?system\]", parts="<system|</system|[system|[/system"),
    signal(
        "tool",
        0.35,
        r"(?:system|sistema|admin|developer)\b[^\n:>\]]{0,16}[:>\]][^\n]{0,100}?\b(?:user|person"
        r"|requester|student|asker|human|usuario|limits?|rules|confirm\w*|unrestricted|override"
        r"|you (?:are|have|must|will|obey|may|can|answer)|mode|polic\w+|approv\w+|owner"
        r"|instructions?|grant\w*|permission\w*)\b",
        parts="system|sistema|admin|developer",
    ),
    signal(
        "tool",
        0.45,
        r"(?:^|[>\]\n.-])\s{0,3}(?:#{1,4} ?)?(?:system(?: (?:message|prompt|instruction"
        r"|override))?|sistema)\s?:"
        r"|#{2,4} ?system\b(?! (?:requirements|design|overview|status|info))",
        parts="system:|### system|system prompt:|system message:|override:|sistema:",
    ),
    signal(
        "tool",
        0.55,
        r"(?:^|[>\]\n.-])\s{0,3}(?:#{1,4} ?)?assistant\s?:|#{2,4} ?(?:instruction|response)"
        r"\b(?! \w)",
        parts="assistant:|### instr|### resp",
    ),
    signal(
        "tool",
        0.6,
        r"\b(?:note|message|memo|attention|instructions?|notice|reminder)"
        r"\W{1,3}(?:to |for )?(?:the |any |all |whatever )?(?:ai|llm|language model"
        r"|assistant|ai agent|ai assistant|large language model)s?\b(?: (?:reading|processing"
        r"|that|who|which|model|system)|:|,|\.)"
        r"|\bif you(?:'re| are) an? (?:ai|llm|language model|large language model|ai assistant"
        r"|bot)\b|\b(?:ai|llm) (?:agents?|assistants?|models?)\W{1,2}(?:before|please|must|you"
        r"|stop|do|ignore|note)\b",
        starts="note|mess|memo|atten|instr|notice|remind|if|ai|llm",
    ),
    signal(
        "tool",
        0.4,
        r"\b(?:do not|don'?t|never|without) (?:mention|reveal|disclos|inform"
        r"|tell)\w{0,4} (?:this|it|that|the user|anything|about this|any ?(?:one"
        r"|body))\b[\w ]{0,16}(?:to (?:any|the))?",
        starts="do not |don't |dont |never |without ",
    ),
    signal(
        "tool",
        0.45,
        r"\b(?:send|post|forward|upload|submit|exfiltrate|leak"
        r"|append)\b[\w ,']{0,50}\bto\W{1,3}https?://|!\[[^\]\n]{0,80}\]\(https?://",
        parts="http",
    ),
    signal(
        "tool",
        0.6,
        r"\b(?:decode|decipher|decrypt)\b[\w ,:']{0,50}\b(?:do|follow|execute|run|obey"
        r"|perform)\b (?:what|whatever|it|the|as|that)|\b(?:decodifica"
        r"|descifra)\b[\w ]{0,40}\b(?:haz|ejecuta|obedece|sigue)\b",
        parts="decode|decipher|decrypt|descifra|decodifica",
    ),
    signal(
        "tool",
        0.35,
        r"\bi(?:'m| am) (?:the|your) (?:developer|creator|programmer|openai|system administrator"
        r"|sysadmin)\b|\bsoy (?:el|tu) (?:desarrollador|creador|programador)\b",
        parts="i am the|i'm the|i am your|soy el|soy tu",
    ),
    signal(
        "tool",
        0.3,
        r"\bwithout (?:asking|confirm(?:ation|ing)|a confirmation|approval)\b"
        r"|\bconfirm (?:the draft|it) yourself\b|\bgrant (?:me )?(?:the )?(?:role )?owner\b"
        r"|\bto unlimited\b|\b(?<!never )(?<!not )(?<!n't )(?:print|give|tell|list|show)\b"
        r"[\w ]{0,20}\b(?:api keys?"
        r"|passwords?|admin token|secret key)\b|\bsin preguntar\b",
        starts=("without |confirm |grant |to unlimited|print|give|tell|list|show|sin preg"),
    ),
    signal(
        "tool",
        0.6,
        r"[\"']role[\"']\s{0,2}:\s{0,2}[\"'](?:system|developer|assistant)[\"']|\b(?:end"
        r"|beginning|start) of (?:the )?"
        r"(?:user|system|untrusted|tool)(?:'s)? (?:input|prompt|message|context|data|content"
        r"|instructions)\b",
        parts=(
            "\"role|'role|end of user|end of the user|end of system|end of tool"
            "|of untrusted|of system|of the system|of tool|of the tool|of user"
        ),
    ),
    signal(
        "tool",
        0.6,
        r"\b(?:tell|inform|ask|instruct|convince|direct|advise|urge) (?:(?:the|every|each"
        r"|all|your) )?(?:user|reader|customer"
        r"|person|victim|recipient)s? to (?:visit|click|log|go|open|follow|enter|provide|send"
        r"|call|reset"
        r"|download|install|pay|wire|transfer)\b",
        parts="user|reader|customer|person|victim|recipient",
    ),
    signal(
        "tool",
        0.55,
        r"\[(?:system|admin|developer|operator)[\w ]{1,20}\]|\b(?:to|for) (?:the|any|all"
        r"|every) (?:ai|llm"
        r"|language model)(?: model| assistant| agent| system)?s?\b (?:processing|reading|that"
        r"|who|which"
        r"|handling)|\b(?:now )?follow these (?:new )?(?:instructions|orders)\b"
        r"|\byour next (?:command"
        r"|instruction|order) (?:is|:|to)|\byour next command\b|\btreat (?:this|the following"
        r"|my)[\w ]{0,20}\bas"
        r" (?:if|though|an? (?:system|developer|admin))",
        parts="[|ai |llm|language model|follow these|your next|treat ",
    ),
)
