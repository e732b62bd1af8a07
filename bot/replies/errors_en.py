"""English sentences for errors, questions and what the bot says of itself.

`err.` says what happened, `next.` what to do, `rule.` why it is so; then a code. `why:` is
followed by what an `InvalidInput` calls its fault.
"""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, str]] = {
    "unchanged": "Nothing was changed.",
    "reference": "Reference: {reference}",
    "example": "For example: {example}",
    "unexpected": (
        "Something failed that should not have. Nothing was half done. Try again; if it happens "
        "again, give an administrator the reference."
    ),
    # What happened
    "budget_example": "ask for 200 more for design",
    "err.error": "That did not work.",
    "err.refused": "That cannot be done.",
    "err.not_allowed": "You may not {what}.",
    "err.not_allowed.wallet": "You may not {what} for {wallet}.",
    "err.not_allowed.own": "You asked for #{ref}, so somebody else decides it.",
    "err.not_allowed.nobody": "Nobody but you could decide that, and nobody decides their own.",
    "err.not_allowed.nobody.amount": "Nobody else here may approve {needed} at a time.",
    "err.not_allowed.cancel": "Only whoever asked for #{ref} can take it back.",
    "err.not_allowed.role": "You may not give or take the role {role}.",
    "err.above_right": "That is more than you may do at a time.",
    "err.above_right.amount": (
        "With the role {role} you may {deed} up to {most} at a time, and this is {needed}."
    ),
    "err.above_right.unbounded": (
        "With the role {role} you may {deed} up to {most} at a time, and this has no bound."
    ),
    "err.not_found": "I found nothing by that name.",
    "err.not_found.wallet": "There is no such wallet.",
    "err.not_found.wallet.named": "There is no wallet {name}.",
    "err.not_found.person": "There is no such person.",
    "err.not_found.person.named": "There is no person {name}.",
    "err.not_found.request": "There is no request #{name}.",
    "err.not_found.message": "There is no such message among those that did not arrive.",
    "err.not_found.account": "There is no such account.",
    "err.not_found.account.named": "No {name} account is linked.",
    "err.not_found.schedule": "There is no such thing that I do by myself.",
    "err.not_found.provider": "There is no such provider.",
    "err.not_found.provider.named": "There is no provider {name}.",
    "err.not_found.rule": "There is no such rule.",
    "err.not_found.rule.named": "There is no rule {name}.",
    "err.not_found.model": "That provider has no such model.",
    "err.not_found.model.named": "That provider has no model {name}.",
    "err.not_found.pause": "Nobody is on a pause there.",
    "err.not_found.pause.named": "{name} is on no pause.",
    "err.not_found.use": "Nothing of today's quota is used.",
    "err.not_found.use.named": "{name} has used nothing of today's quota.",
    "err.not_found.link": "That link is not there any more.",
    "err.not_found.button": "That button no longer counts, or is not yours.",
    "err.not_found.proposal": "There is no such draft of yours.",
    "err.ambiguous": "{name} may mean more than one: {choices}.",
    "err.invalid_input": "{field} cannot be that.",
    "err.insufficient_funds": (
        "{wallet} has {free} free {period}, and {needed} is needed: {missing} is missing."
    ),
    "err.insufficient_funds.none": "{wallet} has nothing free {period}, and {needed} is needed.",
    "err.insufficient_funds.unknown": "{wallet} has less than {needed} free.",
    "err.file_too_large": "That makes a file of more than {megabytes} MB, which no chat takes.",
    "err.action_too_slow": "That took longer than it may, so I gave it up.",
    "err.no_model": "No model is configured that could answer that.",
    "err.no_model.rule": "The rule {rule} lets none of the models be asked that are in use.",
    "err.unknown_price": "This model has no price, so its calls cannot be paid.",
    "err.unknown_price.model": "The model {model} has no price, so its calls cannot be paid.",
    "err.quota_exceeded": "You have used up your {limit} {unit} {period}.",
    "err.quota_exceeded.left": (
        "That is {asked} {unit}, and of your {limit} {period} {left} are left."
    ),
    "err.too_fast": "More than {most} messages in {within}: you are on a short pause.",
    "err.too_fast.writes": "More than {most} changes begun in {within}: you are on a short pause.",
    "err.not_in_plan": "Your plan, {plan}, allows none of the models that there are.",
    "err.not_in_plan.model": "Your plan, {plan}, does not allow the model {model}.",
    "err.call_too_dear": (
        "A call of {model} could cost {needed}, and your plan, {plan}, lets one cost {ceiling}."
    ),
    "err.beyond_history": "Your plan, {plan}, looks back {days}: to {day}.",
    "err.wallet_closed": "{wallet} is closed: nothing is spent from it or moved to it.",
    "err.nothing_to_undo": "There is nothing of yours here that can still be taken back.",
    "err.unknown_person": "I don't know you here yet: this account is linked to nobody.",
    "err.not_private": "That is for your eyes only, and others read along here.",
    "err.not_shared": "That is for everybody in a chat, and here nobody else reads along.",
    "err.offer_used": "That button has done its work already.",
    "err.offer_used.done": "“{label}” was done already, on {at}.",
    "err.offer_used.drafted": "“{label}” became a draft already, on {at}.",
    "err.offer_expired": "That button no longer counts.",
    "err.offer_expired.at": "The button “{label}” counted until {at}.",
    "err.proposal_not_open": "#{ref} cannot be decided now.",
    "err.proposal_expired": "#{ref} has expired.",
    "err.proposal_expired.at": "#{ref} expired on {at}.",
    "err.proposal_superseded": "This card is an earlier version of #{ref} and no longer counts.",
    "err.proposal_decided": "#{ref} was decided already.",
    "err.proposal_decided.approved": "{by} approved #{ref} already{on}.",
    "err.proposal_decided.rejected": "{by} rejected #{ref} already{on}.",
    "err.proposal_decided.cancelled": "{by} took #{ref} back already{on}.",
    "err.proposal_decided.done": "{by} confirmed #{ref} already{on}.",
    "err.proposal_decided.discarded": "{by} discarded #{ref} already{on}.",
    "err.proposal_decided.failed": "{by} confirmed #{ref} already{on}; it could not be done.",
    "err.proposal_decided.on": " on {at}",
    "err.shortfall": "There is less free than that takes.",
    "err.conflict": "This has changed meanwhile, so that it no longer fits.",
    "err.key_reused": "The same key came back with other contents.",
    "err.hold_resolved": "That was settled before.",
    "err.unavailable": "I cannot do that right now.",
    "err.not_sent": "The platform does not take messages at the moment.",
    "err.undelivered": "A message did not arrive.",
    "err.maybe_sent": "A message may not have arrived.",
    "err.undeliverable": "A message cannot be delivered there.",
    "err.chat_moved": "The chat has another address now.",
    "err.storage_busy": "The database is busy right now.",
    "err.storage_full": "The database cannot write right now; its disk may be full.",
    "err.ledger_read_only": (
        "The ledger does not add up, so no money moves until an operator has looked. "
        "Reading works."
    ),
    "err.out_of_turn": "I am still busy with your message before this one.",
    "err.unanswered": "No model gave an answer.",
    "err.provider_refused": "The model's provider does not take this call as it is.",
    "err.provider_key_refused": "The model's provider does not take Bursar's key.",
    "err.provider_spent": "Bursar's account at the model's provider has reached its limit.",
    "err.provider_busy": "The model's provider takes no more calls at the moment.",
    "err.provider_unreachable": "The model's provider does not answer.",
    "err.provider_failed": "The model's provider has a fault of its own.",
    "err.answer_broken": "The model's provider answered with something unusable.",
    "err.broken": "Bursar has stopped rather than be wrong.",
    "err.storage_damaged": "The database is damaged or missing.",
    "err.schema_mismatch": "The database and this program are of different versions.",
    "err.database_in_use": "Another process holds the database.",
    "err.ledger_broken": "The ledger's counters and its transfers disagree.",
    "err.settings": "A setting is wrong.",
    "err.settings.key": "The setting {name} is wrong.",
    # What to do
    "next.error": "Try it in other words, or ask “what can you do?”",
    "next.refused": "Ask “why?” for the rule, or ask for something else.",
    "next.not_allowed": "Ask an owner or an admin, or say “what can you do?” for what you may.",
    "next.not_allowed.budget": "You can ask for it: “{example}”.",
    "next.not_allowed.own": "To take it back, say “cancel my request {ref}”.",
    "next.not_allowed.nobody": "An owner can give somebody else the role lead or finance.",
    "next.not_allowed.nobody.amount": (
        "Ask for less; or an owner can change it: “let finance approve up to 5000”."
    ),
    "next.not_allowed.cancel": "Whoever may decide it can reject it: “reject {ref}”.",
    "next.not_allowed.role": "Ask an owner.",
    "next.above_right": "Make it less; or an owner can change what the role may do.",
    "next.above_right.able": "That is for {able}. You can make it less.",
    "next.not_found": "Ask “what can you do?” for what there is.",
    "next.not_found.wallet": "Say “show the wallets” to see those that there are.",
    "next.not_found.person": "Say “people” to see everybody.",
    "next.not_found.message": "Say “undelivered” to see them.",
    "next.not_found.account": "Say “accounts” to see those that there are.",
    "next.not_found.provider": "Say “list providers” to see those that there are.",
    "next.not_found.schedule": "Say “schedules” to see what there is.",
    "next.not_found.rule": "Say “list routing rules” to see those that there are.",
    "next.not_found.model": "Say “list providers” to see which models there are.",
    "next.not_found.pause": "Say “everybody's quota” to see who is.",
    "next.not_found.use": "Say “everybody's quota” to see who has.",
    "next.not_found.link": "Say “link” for a new one.",
    "next.not_found.button": "Answer the latest card, or say what you want once more.",
    "next.not_found.proposal": "Say what you want once more.",
    "next.not_found.request": "Say “requests” to see those that wait.",
    "next.ambiguous": "Say which one, with its whole name.",
    "next.invalid_input": "Say it again with another value.",
    "next.insufficient_funds": (
        "Ask for less, or ask for budget: “ask for {amount} more for {wallet}”."
    ),
    "next.insufficient_funds.unknown": "Ask for less, or ask “why?” for the limit that binds.",
    "next.unknown_price": "Take another model, or ask an operator to enter its price.",
    "next.quota_exceeded": "You can go on later.",
    "next.quota_exceeded.at": "You can go on from {when}.",
    "next.too_fast": "It ends by itself on {when}; until then I answer nothing more, but buttons"
    " of cards that are open still work.",
    "next.not_in_plan": "Name another model, or ask an administrator for another plan.",
    "next.call_too_dear": "Name a cheaper model, or ask an administrator for another plan.",
    "next.beyond_history": "Ask from {day} on, or ask an administrator for another plan.",
    "next.wallet_closed": "Name another wallet, or ask an admin to open it again.",
    "next.nothing_to_undo": "You can still say what you want changed.",
    "next.unknown_person": "Ask an admin to add you and to link this account.",
    "next.not_private": "Write it to me in private.",
    "next.not_shared": "Say it in the group or channel you mean; “digest daily” sets your own.",
    "next.offer_used": "Say what you want in words if it is something else.",
    "next.offer_used.drafted": "Answer its card, or say what you want once more.",
    "next.offer_expired": "Say what you want in words.",
    "next.proposal_not_open": "Say “requests” to see how it stands.",
    "next.proposal_expired": "Say it once more if you still want it.",
    "next.proposal_superseded": "Answer the latest card.",
    "next.proposal_decided": "Your answer has changed nothing.",
    "next.shortfall": "Ask for less, or ask “why?” for the limit that binds.",
    "next.conflict": "Look at how it stands now and ask again if you still want it.",
    "next.key_reused": "Send the new contents with a new key.",
    "next.hold_resolved": "There is nothing left to do.",
    "next.unavailable": "Try again in {wait}.",
    "next.no_model.rule": "An admin can change it: “list routing rules”.",
    "next.file_too_large": (
        "Ask for fewer days or one wallet; `bursar export` on the server writes any size."
    ),
    "next.action_too_slow": "Ask about fewer days or one wallet, or again in a minute.",
    "next.no_model": "An admin can add a provider; what I read by rules works without one.",
    "next.unanswered": "Say it in plain words such as “balance”, or try again in a minute.",
    "next.broken": "An operator must look: `bursar doctor` says what to do.",
    # The rules behind refusals
    "rule.refused": "what is refused leaves everything as it was.",
    "rule.not_allowed": (
        "what somebody may do follows from their roles, as they are at that moment; what no role "
        "allows is refused."
    ),
    "rule.not_allowed.own": "nobody decides a request of their own, on no account of theirs.",
    "rule.above_right": (
        "an owner sets how much a role may do at a time; of several roles the farthest counts, "
        "as they are at the moment of the yes."
    ),
    "rule.not_found": "I act only on what I can find for sure.",
    "rule.ambiguous": "where a name may mean two things I ask and do not guess.",
    "rule.invalid_input": "a value that I cannot take as it is is never rounded or guessed.",
    "rule.insufficient_funds": (
        "a spend counts against the wallet and every wallet above it, and each of them must have "
        "it free."
    ),
    "rule.unknown_price": "a model without a price is never taken to be free.",
    "rule.quota_exceeded": "everybody has so many uses in a span; then they wait for the next.",
    "rule.quota_exceeded.plan": "the plan {plan} allows {limit} {unit} a day; {left} were left,"
    " {asked} asked for.",
    "rule.too_fast": "at most {most} in {within}, counted back from each one; then a pause.",
    "rule.not_in_plan": "a plan may name the models that may be asked; {plan} does.",
    "rule.call_too_dear": "the plan {plan} lets one call cost {ceiling} at most.",
    "rule.beyond_history": "the plan {plan} looks back {days} from today.",
    "rule.wallet_closed": "from a closed wallet, or one below it, nothing is spent.",
    "rule.nothing_to_undo": "only your own last change is taken back, and only once.",
    "rule.unknown_person": "I act only for people whose account an admin has linked.",
    "rule.not_private": "what gives access is shown to one person, where nobody reads along.",
    "rule.not_shared": "what is told to a whole chat is ordered and ended in that chat.",
    "rule.offer_used": "a button that changes something works once.",
    "rule.offer_expired": "a button below a message counts for some days, and not for ever.",
    "rule.proposal_not_open": "a proposal is decided once, while it waits.",
    "rule.proposal_expired": "a draft waits 15 minutes for an answer, a request 48 hours.",
    "rule.proposal_superseded": "only the latest version of a proposal can be confirmed.",
    "rule.proposal_decided": "the first decision counts.",
    "rule.shortfall": "an account is never drawn below what it has free.",
    "rule.conflict": "where two people change the same thing, the first change counts.",
    "rule.key_reused": "a key stands for one thing, so that repeating it does nothing twice.",
    "rule.hold_resolved": "what was set aside is settled or given back once.",
    # What permissions allow
    "may.spend.read": "see what was spent",
    "may.spend.export": "take costs away as a file",
    "may.people.read": "see who is here",
    "may.help.read": "ask for help",
    "may.budget.request": "ask for budget",
    "may.budget.raise": "raise a budget by yourself",
    "may.budget.move": "move budget",
    "may.request.decide": "decide requests",
    "may.request.cancel": "take back requests",
    "may.wallet.limit": "set limits",
    "may.wallet.manage": "create, rename or close wallets",
    "may.people.manage": "add people or change roles",
    "may.rights.manage": "change how much a role may do",
    "may.request.answer": "decide requests",
    "may.delivery.manage": "see what did not arrive",
    "may.schedules.manage": "look after what I do by myself for the company",
    "may.providers.manage": "see or change where models are asked",
    "may.account.own": "link accounts",
    "may.company.join": "ask to be let in",
    "may.undo": "take back changes",
    "may.other": "do that",
    # Units and fields
    "unit.requests": "model calls",
    "unit.tokens": "tokens",
    "unit.reads": "questions",
    "unit.writes": "changes",
    "unit.other": "uses",
    "field.other": "That value",
    "field.amount": "The amount",
    "field.limit": "The limit",
    "field.name": "The name",
    "field.period": "The period",
    "field.role": "The role",
    "field.until": "The day",
    "field.wallet": "The wallet",
    "a_wallet": "The wallet",
    "a_wallet_above": "A wallet further up",
    # Faults of values
    "why:not for this": "Something in that does not belong to this card.",
    "why:is the last owner's last": "By that account alone an owner is still reached.",
    "why:was asked lately": "You have asked already.",
    "why:too many ask today": "Too many people have asked today.",
    "why:is a key itself": (
        "That holds a key, and a chat is no place for one. I keep no provider with it; revoke it "
        "at its maker."
    ),
    "why:is no place of a key": (
        "That says not where a key is. If it is a key, revoke it: a chat is no place for one."
    ),
    "why:is no provider's name": (
        "A provider's name has small letters, digits, dashes and points, at most 40 in all."
    ),
    "why:is no model's name": "That is no name of a model.",
    "why:is needed for this kind": "A provider of this kind needs its address.",
    "why:is no web address": "That is no web address that I could use.",
    "why:is at a host that is not allowed": (
        "Models are asked only at hosts that the operator allows, and this is none of them."
    ),
    "why:is not encrypted": "An address outside of a private net begins with https.",
    "why:is no tag": "Names have small letters, digits, dashes and points, at most 40 in all.",
    "why:need both ends": "Hours have a beginning and an end.",
    "why:are not as many as models": "Each model has a weight, or none has.",
    "why:is another rule's": "There is a rule of that name already.",
    "why:are as many as there may be": "There are fifty rules, which is as many as there may be.",
    "why:is another provider's": "There is a provider of that name already.",
    "why:is so already": "The provider is so already.",
    "why:is past": "That day is past.",
    "why:same on both sides": "It is the same wallet on both sides.",
    "why:source and target are the same": "It is the same wallet on both sides.",
    "why:target has no limit": (
        "The wallet that should get it has no {limit}, so that nothing can be moved there."
    ),
    "why:has no limit to raise": "That wallet has no limit that could be raised.",
    "why:is that already": "The limit is that already.",
    "why:is on it already": "They are on that plan already.",
    "why:are that already": "They are that already.",
    "why:need two times that differ": "They begin at one time and end at another.",
    "why:an owner is never limited": (
        "An owner is never limited: or nobody could lift the limit."
    ),
    "why:may not do that at all": "That role may not do that at all.",
    "why:is held already": "They have that role already.",
    "why:is the last owner's": "That is the last owner; somebody must be.",
    "why:is not held": "They do not have that role.",
    "why:is missing": "That role is for one wallet, and none was named.",
    "why:this role is for everything": "That role is for the whole company, not for one wallet.",
    "why:is somebody else's": "Somebody here has that name, or one that reads alike.",
    "why:is taken by another wallet": "Another wallet has that name, or one that reads alike.",
    "why:the company's own wallet stays open": "The company's own wallet stays open.",
    "why:has open wallets below it": "There are open wallets below it.",
    "why:is open already": "That wallet is open already.",
    "why:not a plain decimal number": "That is no plain number.",
    "why:out of range": "That amount is out of range: above zero, up to a billion dollars.",
    "why:not valid text": "That name is not valid text.",
    "why:empty": "That name is empty.",
    "why:longer than 100 characters": "That name is longer than 100 characters.",
    "why:has characters that cannot be seen": "That name has characters that cannot be seen.",
    "why:has too many combining marks": "That name has too many marks on one letter.",
    "why:has no letter, digit or sign": "That name has no letter, digit or sign.",
    "why:ends before it begins": "That period ends before it begins.",
    "why:is longer than a year": "That period is longer than a year.",
    "why:is too long ago": "Nothing was kept so long ago.",
    "why:is none that was used in these days": "That provider was not used in these days.",
    "why:is not a day": "That is not a day.",
    # What to do about one where its example is not what to type
    "why_next:target has no limit": "Set a limit for it first.",
    "why_next:is a key itself": (
        "Give the new one to the operator as a variable or a file, and name it here as "
        "env:NAME_API_KEY or file:NAME."
    ),
    "why_next:is no place of a key": (
        "Name it as env:NAME_API_KEY or file:NAME; the operator puts the key there."
    ),
    "why_next:is at a host that is not allowed": "Ask the operator to name it in `models.hosts`.",
    "why_next:has no limit to raise": "Set a limit for it first.",
    "why_next:has open wallets below it": "Close those first.",
    "why_next:is the last owner's last": "Link another account first.",
    "why_next:was asked lately": "I tell you as soon as it is decided.",
    "why_next:too many ask today": "Ask again tomorrow.",
    "why_next:is the last owner's": "Make somebody else owner first.",
    # Questions
    "ask.which_amount": "How much? For example: 200 or $1,250.00",
    "ask.which_amount.given": (
        "I can't take “{given}” as an amount. How much in US dollars? "
        "For example: 200 or $1,250.00"
    ),
    "ask.which_amount.two": (
        "“{given}” can be read in two ways. How much? Write {large} or {small}"
    ),
    "ask.which_wallet": "Which wallet?",
    "ask.which_wallet.given": "Which wallet is “{given}”?",
    "ask.which_wallet.example": "For example: Design. “show the wallets” lists them.",
    "ask.which_from_wallet": "From which wallet?",
    "ask.which_to_wallet": "To which wallet?",
    "ask.which_person": "Who?",
    "ask.which_person.given": "Who is “{given}”?",
    "ask.which_person.example": "For example: Ana. “people” lists everybody.",
    "ask.which_date": "Until when? For example: until 15 December, or until the end of the month",
    "ask.which_date.given": (
        "I can't take “{given}” as a day to come. Until when? For example: until 15 December"
    ),
    "ask.which_role": "Which role: owner, admin, finance, lead, member or viewer?",
    "ask.which_request": "Which request? For example: 7K2M. “requests” lists those that wait.",
    "ask.which_request.choices": "Which request?",
    "ask.which_name": "What is it to be called? For example: Website",
    "ask.which_name.given": "I can't take “{given}” as a name. What is it to be called?",
    "ask.pasted_key": (
        "That holds a key, and a chat is no place for one: revoke it at its maker. Give the new "
        "one to the operator as a variable or a file, and name it here as env:NAME_API_KEY or "
        "file:NAME. Nothing was changed."
    ),
    "ask.which_hours": "From when until when? For example: 22:00 to 7:00",
    "ask.which_hours.given": (
        "I can't tell the hours from “{given}”. For example: quiet hours 22:00 to 7:00"
    ),
    "ask.which_percents": "At which percentages? Up to five from 1 to 100, for example: 70 and 90",
    "ask.one_at_a_time": "That is more than one change, and I do one at a time. Which one first?",
    "ask.one_at_a_time.plain": (
        "That is more than one change, and I do one at a time. Say the first one by itself."
    ),
    "ask.not_understood": "I'm not sure what you mean. You can say, for example:",
    # Small replies
    "short.draft_discarded": "Draft #{ref} is discarded. Nothing was changed.",
    "short.draft_expired": (
        "Draft #{ref} has expired. Nothing was changed; say it once more if you still want it."
    ),
    "short.several_steps": (
        "Draft #{ref} has several steps, so it is done or dropped as a whole: say no, and say "
        "anew what you want."
    ),
    "short.step_failed": (
        "Step {number} of {of} ({what}) failed, so that nothing of the draft was done."
    ),
    "short.steps_used_up.1": (
        "One message may ask for {most} reads, and this one needs more. Ask for the rest in "
        "another one."
    ),
    "short.steps_used_up.2": (
        "One message may make {most} small changes that can be undone, and this one asks for "
        "more. Nothing was drafted: say them in several."
    ),
    "short.steps_used_up.3": (
        "One message may make {most} change of money, limits, people or models, and this one "
        "asks for more. Nothing was drafted: which one first?"
    ),
    "short.rounds_used_up": (
        "After {most} looks at what was read there is no answer yet, so that is all that was "
        "found. Ask for a part of it."
    ),
    "short.answer.from": "Read for this:",
    "short.what_to_change": (
        "What should I change in #{ref}? For example: make it 250, until 15 December"
    ),
    "short.what_wallet": (
        "Of which wallet should they be a member? For example: approve {ref} as a member of Design"
    ),
    "short.name_the_one": "Several wait for an answer: {refs}. Which one? For example: yes {ref}",
    "short.still_waiting": "Draft #{ref} still waits: Yes, Edit or No.",
    "short.late_command": (
        "You wrote this {age} ago, and it has reached me only now. Nothing was done. "
        "Do you still want it? Then send it once more."
    ),
    "short.late_command.some_time": (
        "You wrote this some time ago, and it has reached me only now. Nothing was done. "
        "Do you still want it? Then send it once more."
    ),
    "short.card_missed": (
        "Request #{ref} did not reach {name}, and nobody else may decide it. It still waits; "
        "nothing was changed."
    ),
    "short.card_missed.instead": (
        "Request #{ref} did not reach {name}, so I have asked {instead}. It still waits."
    ),
    "short.request_waits": (
        "Request #{ref} from {asker} has waited for you for {age}; it expires on {when}. "
        "Say “approve {ref}” or “reject {ref}”."
    ),
    "short.request_reminded": (
        "Your request #{ref} still waits. I have reminded {names}; it expires on {when}."
    ),
    "short.request_reminded.somebody": "Your request #{ref} still waits; it expires on {when}.",
    "short.request_escalated": (
        "Nobody has decided your request #{ref} yet, so I have asked {names} too; it expires on "
        "{when}."
    ),
    "short.request_escalated.somebody": (
        "Nobody has decided your request #{ref} yet, so I have asked somebody else too; it "
        "expires on {when}."
    ),
    "short.unknown_person": (
        "I don't know you here yet, so I can't tell you anything or do anything for you. "
        "Ask an admin to add you and to link this account."
    ),
    "short.join_waits": "Your request #{ref} waits; I'll tell you when it is decided.",
    "short.join_again": "You can ask to be let in again from {at}.",
    "short.link_bad": (
        "That code does not count: it was used, its ten minutes are over, or it never was one. "
        "Say “link” where I know you for a new one."
    ),
    "short.link_in_group": (
        "A code is for a private chat. Others have read this one, so it counts no more; "
        "say “link” for a new one and write it to me in private."
    ),
    "short.link_own": "This account is yours already. The code counts no more.",
    "short.link_taken": (
        "This account is linked to you already. To link it to somebody else, unlink it first: "
        "“unlink {platform}”. The code counts no more."
    ),
    "short.link_leaked": (
        "Your code was used where others read along, by {account}. It linked nothing and counts "
        "no more. Say “link” for a new one."
    ),
    "short.link_refused": (
        "Your code was used by {account}, which is somebody else's account here. It linked "
        "nothing and counts no more. Say “link” for a new one."
    ),
    "short.thanks": "You're welcome.",
    "short.question_dropped": "All right, forgotten. Nothing was changed.",
    "short.quota_nearly_used": (
        "You have used {used} of your {limit} {unit} of today. The next day begins on {when}."
    ),
    "short.nothing_open": (
        "Nothing here waits for a yes or no. Say “requests” to see the requests that wait."
    ),
    # Greeting
    "hello": "Hello.",
    "hello.name": "Hello {name}.",
    "hello.waiting": "1 proposal waits here for your answer.",
    "hello.waiting.many": "{number} proposals wait here for your answer.",
    "hello.examples": "Try:",
    "hello.never": (
        "I never move money, change a limit or a role without your Yes; nobody approves their "
        "own request."
    ),
}
