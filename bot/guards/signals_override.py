"""Signs that what holds for the assistant is to be laid aside, or replaced."""

from __future__ import annotations

from typing import Final

from bot.guards import injection_words as words
from bot.guards.signals import signal

_W = r"\W{1,4}"
_EN = words.FILL_EN
_FILLED = rf"(?:{_EN}\W{{1,3}}){{0,7}}?"
_DROP_STARTS = (
    "ig|disreg|dismiss|discard|disobey|forget|overr|bypass|neglect|circumv|unlearn|violat"
    "|set aside"
    "|put aside|leave aside|leaving aside|throw aside|setting aside|putting aside|pay no |do not "
    "|don't |dont |don'n't |never |stop |cease |quit |no longer |not have |needn't |neednt "
    "|without "
)

OVERRIDE: Final = (
    signal(
        "override",
        0.9,
        rf"\b(?:{words.DROP_EN}){_W}{_FILLED}(?:{words.WHICH_EN}){_W}{_FILLED}(?:{words.RULES_EN})\b",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.6,
        rf"\b(?:{words.DROP_EN}){_W}(?:about )?(?:the{_W})?(?:{words.RULES_EN})\b"
        r"(?! for| about| of| in| from)",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.75,
        rf"\b(?:{words.DROP_EN}){_W}{_FILLED}(?:{words.RULES_EN})\W{{1,3}}(?:[a-z']{{1,12}}"
        rf" ){{0,4}}"
        r"(?:above|before|earlier|so far|previously|prior|until now|given|received|told)\b",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.6,
        rf"\b(?:{words.DROP_WEAK_EN}){_W}(?:all{_W})?(?:of{_W})?your{_W}{_FILLED}(?:{words.RULES_EN})\b",
        starts=(
            "skip|drop|delet|eras|revok|annul|rescind|nullif|break|reset|remov|aband"
            "|clear|disabl|turn off"
        ),
    ),
    signal(
        "override",
        0.55,
        rf"\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget){_W}(?:all{_W})?(?:the|these|those|this"
        rf"|any){_W}"
        rf"(?:provided |given |above |previous )?(?:{words.TEXTS_EN})\b",
        parts="article|document|text|inform|source|passage|paragraph|page&ignor|disregard|forget",
    ),
    signal(
        "override",
        0.8,
        rf"\b(?:{words.DROP_EN}){_W}(?:about{_W})?(?:everything|anything|all|whatever|what){_W}"
        r"(?:(?:of|that|you|i|we|was|were|have|has|had|it|is|been|ve|your \w{1,12})\W{1,3}){0,5}"
        r"(?:above|previous(?:ly)?|so far|told|taught|learned|learnt|programmed|instructed|trained"
        r"|before (?:that|this)|before now|prior|up to now|until now|came before|know"
        r"|happened before)\b"
        r"(?!(?:\W{1,2}(?:you|me|us))?\W{1,2}(?:about|of|on|from)\b)",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.4,
        rf"\b(?:{words.DROP_EN}){_W}(?:everything|all|anything|what){_W}(?:that )?i (?:just )?"
        r"(?:said|told you|wrote|asked)\b",
        starts=_DROP_STARTS,
    ),
    signal(
        "override",
        0.6,
        r"\b(?:forget|ignore|disregard) (?:everything|it all|all)(?: else| of (?:it|that))?\W{1,3}"
        r"(?:and |now |just |only |then |instead )*(?:write|say|tell|answer|speak|print|respond"
        r"|reply"
        r"|do|act|become|start|say|repeat|output|give|show)\b",
        parts=(
            "forget everything|forget all|forget it all|ignore everything|ignore all"
            "|disregard every"
        ),
    ),
    signal(
        "override",
        0.65,
        r"\b(?:your|the) (?:new|real|actual|true|only|updated"
        r"|current) (?:and \w{1,12} )?(?:instructions?"
        r"|directives?|orders|rules|task|objective|goal|role|job|purpose|mission)\W{1,2}"
        r"(?:is|are|will be|now|starts?|begins?|:)|\byour (?:instructions?|task|role|job|goal"
        r"|purpose|mission"
        r"|objective) (?:is now|are now|now is|now are)\b",
        starts="your|the",
    ),
    signal(
        "override",
        0.6,
        r"\bnew (?:system )?(?:instructions?|directives?|orders|rules)(?: (?:for you|follow"
        r"|from now"
        r"|below|override|replace|coming)|:)|\b(?:here|now|next)\W{1,3}(?:comes?|come|are|is"
        r"|follows?) (?:a |the |your |some )?"
        r"new (?:task|instructions?|assignment|orders|directives?)\b|\bnew (?:task|instructions?"
        r"|prompt|role) for you\b",
        parts="new",
    ),
    signal(
        "override",
        0.6,
        r"\b(?:your|all|any|the above|previous|earlier|prior|safety|security|content|ethical"
        r"|every|these)"
        r"\W{1,2}(?:(?:of|the|your|previous|earlier|prior|other|above"
        r"|\w{1,10}) ){0,2}(?:instructions?"
        r"|directives?|rules?|guidelines?|polic(?:y|ies)|safeguards?|filters?|safety checks?"
        r"|orders"
        r"|confirmations|restrictions|commands|prompts?)\b[\w ,]{0,30}?\b(?:(?:are|is|were|was"
        r"|have been"
        r"|has been|should be|must be|shall be|can be|will be|may be|to be) (?:now |all "
        r"|hereby )?(?:disabled"
        r"|off|void|null|lifted|suspended|cancell?ed|revoked|gone|overridden|a test|obsolete"
        r"|ignored"
        r"|forgotten|disregarded|discarded|bypassed|superseded|no longer (?:valid|in force"
        r"|binding))"
        r"|(?:do|does) ?(?:n't|nt| not| no longer) (?:apply|count|matter|bind)|(?:hereby "
        r"|now )?(?:cancell?ed|revoked|void|null)"
        r"|no longer (?:apply|applies))\b(?! to (?!you|me|us|this|the (?:chat|conv)))",
        starts=(
            "your|all|any|the above|previous|earlier|prior|safety|secur|content|ethic|every|these"
        ),
    ),
    signal(
        "override",
        0.6,
        r"\b(?:instructions?|everything|orders|rules) (?:(?:before|above|prior to"
        r"|preceding) (?:this|that)"
        r"(?: \w{1,10})?|written before[\w ]{0,16}) (?:is|are|was|were) (?:\w{1,6} )?(?:void"
        r"|a test|null"
        r"|obsolete|invalid|wrong|fake|not real)\b",
        starts="instr|every|order|rules",
    ),
    signal(
        "override",
        0.55,
        r"\b(?:what(?:ever)?|everything|anything|all|nothing|things)\b(?: that"
        r"| of what)? (?:you(?:'ve| have"
        r"| were| are)?|they) (?:been |were |have |had |are |was |ever )*(?:told|taught"
        r"|instructed|trained"
        r"|programmed|ordered|learned|learnt)\b(?! (?:me|us|him|her|about)\b)",
        starts="what|every|any|all|noth|thing",
    ),
    signal(
        "override",
        0.6,
        r"\b(?:highest|top|maximum|absolute|first) priority\W{1,3}(?:rule|instruction|order"
        r"|directive|over"
        r"|above|command)|\babove (?:any|all) other (?:rules?|instructions?|orders)\b|\b(?:takes?"
        r"|taking|has|have) precedence over (?:all|any|every|your)\b"
        r"|\bsupersedes? (?:your|(?:all|any"
        r"|every) (?:\w{1,12} ){0,2}(?:instructions?|rules|prompts?|orders))\b"
        r"|\bthis is an? (?:admin|administrator|root|system|developer|emergency|override"
        r"|superuser)"
        r" (?:command|order|message|override|request|instruction)\b",
        parts="priority|above a|precedence|supersede|this is a",
    ),
    signal(
        "override",
        0.6,
        r"\b(?:forget|ignore|disregard|cease|quit|abandon|leave|drop|give up|set aside"
        r"|put aside|do not"
        r" follow|don't follow)\b[\w ]{0,16}\byour (?:(?:original|initial|first|true|own"
        r"|current|real) )?"
        r"(?:purpose|mission|persona|identity|instructions|directives|guidelines|programming"
        r"|training"
        r"|principles|ethics|conditioning)\b|\bput (?:the|your|all|these|any)[\w ]{0,40}\b(?:rules"
        r"|instructions|guidelines)\b[\w ]{0,30}\b(?:aside|to one side|away)\b",
        starts=(
            "forget|ignor|disregard|cease|quit|abandon|leave|drop|give up|set aside|put "
            "|do not |don't "
        ),
    ),
    signal(
        "override",
        0.55,
        r"\b(?:obey(?:ing)?|serve|answer to) (?:only |just )?(?:me|this (?:message|text|order|one)"
        r"|my (?:orders|commands|instructions))\b"
        r"|\bonly (?:now )?(?:obey|serve|answer to|listen to)\b|\blisten (?:only|just) to me\b"
        r"|\b(?:act on|follow) (?:the|these) following (?:orders?|instructions?) instead\b"
        r"|\byou (?:now |only |now only )(?:work|answer|report|belong) (?:for|to) (?:only )?me\b",
        starts=("obey|serve|listen|answer to|only|act on|follow|you "),
    ),
    signal(
        "override",
        0.5,
        r"\b(?:whatever|what|everything|anything) (?:that )?(?:your|the) (?:operators?"
        r"|developers?|creators?|programmers?|makers?)\b"
        r"|\b(?:don'?t|do not|no longer) (?:obey|listen to|follow) (?:your|the) (?:developers?"
        r"|operators?|creators?)\b",
        parts="operator|developer|creator|programmer|maker|openai|anthropic|trained",
    ),
    signal(
        "override",
        0.55,
        r"\bconcentrate only on|\bfocus only on (?:this|the following)|\bonly (?:do|perform"
        r"|execute) (?:this|the following) task\b",
        parts="concentrat|focus only|this task|following task",
    ),
    signal(
        "override",
        0.6,
        r"\b(?:prompt|you|assistant|system|bot)\b[\w ]{0,30}\b(?:hijacked|pwned|compromised by)\b"
        r"|\b(?:system|security|safety|admin|policy|protocol) override\b|\boverride (?:mode|code"
        r"|protocol|accepted|enabled)\b",
        parts="hijack|override|overrid|pwn",
    ),
)
